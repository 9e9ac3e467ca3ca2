"""What the repository may hold: no machine's place, no registry, no bulk, nothing generated."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

from tests.tooling.checkout import ROOT, text_of, tracked

MAX_BYTES: Final = 1_000_000  # because a clone over a slow line should stay a matter of seconds
LARGE: Final[frozenset[str]] = frozenset()  # files that may be larger, each with its reason

# Written in pieces, so that this file does not hold what it looks for.
_PLACES: Final = re.compile(
    r"(?<![\w./:-])(?:/(?:wo"
    + r"rk|ro"
    + r"ot)/|/ho"
    + r"me/\w+|/Us"
    + r"ers/\w+|[A-Z]:\\Us"
    + r"ers)"
)
_REGISTRIES: Final = re.compile(
    r"py"
    + r"pi\.org|python"
    + r"hosted\.org|registry\.np"
    + r"mjs|artifac"
    + r"tory|--(?:extra-)?index"
    r"-url|local" + r"host:\d+/simple"
)
_EXPORTED: Final = re.compile(r"new vis\.Network\(|drawGraph\(|cdnjs|jsdelivr|unpkg")


def texts() -> list[tuple[str, str]]:
    """Every tracked text with its name."""
    named = ((path.relative_to(ROOT).as_posix(), text_of(path)) for path in tracked())
    return [(name, text) for name, text in named if text is not None]


def lines_that(pattern: re.Pattern[str]) -> list[str]:
    """Where the pattern stands, outside the texts of others."""
    return [
        f"{name}:{number}: {line.strip()[:120]}"
        for name, text in texts()
        if "/vendor/" not in name and pattern.search(text)
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_place_of_one_machine_is_named() -> None:
    assert lines_that(_PLACES) == []


def test_no_registry_is_named() -> None:
    assert lines_that(_REGISTRIES) == []


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (_PLACES, "see /ho" + "me/someone/notes"),
        (_PLACES, "'/wo" + "rk/main'"),
        (_REGISTRIES, "--index" + "-url x"),
        (_REGISTRIES, "from https://py" + "pi.org/project/x"),
        (_EXPORTED, "network = new vis.Network(container, data, options)"),
    ],
)
def test_the_patterns_find_what_they_are_for(pattern: re.Pattern[str], line: str) -> None:
    assert pattern.search(line)


def test_an_address_on_the_web_is_no_place() -> None:
    assert not _PLACES.search("https://kerjasama.example.go.id/ho" + "me/berita")


def test_no_file_is_large() -> None:
    large = {p.relative_to(ROOT).as_posix() for p in tracked() if p.stat().st_size > MAX_BYTES}
    assert large == LARGE


def test_templates_are_written_not_generated() -> None:
    pages = [path for path in tracked() if ROOT / "templates" in path.parents]
    assert pages, "no template is tracked"
    generated = [p.name for p in pages if _is_generated(p)]
    assert generated == []


def _is_generated(page: Path) -> bool:
    text = page.read_text()
    return bool(_EXPORTED.search(text)) or not re.search(r"{%|{{", text)


def test_what_is_run_may_be_run() -> None:
    for name in (".ci/run", "tests/tooling/install_chromium.sh"):
        assert (ROOT / name).stat().st_mode & 0o111, f"{name} is not executable"
