"""What the documents tell a reader to run is run, and what they show is compared."""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from tests.tooling.checkout import ROOT
from tests.tooling.documents import Block, blocks, documents, runnable

PATIENCE: Final = 120  # seconds; because a first load of the shipped rows takes some of them
_CHECKER: Final = doctest.OutputChecker()
_LOOSE: Final = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@pytest.fixture
def desk(tmp_path: Path) -> dict[str, str]:
    """A reader's shell: an empty folder, a store of its own, `simpul` and `python` on the path."""
    tools = tmp_path / "bin"
    tools.mkdir()
    for name, call in (("simpul", "-m explorer.cli "), ("python", "")):
        script = tools / name
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}" {call}"$@"\n')
        script.chmod(0o755)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SIMPUL_")}
    return kept | {
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "SIMPUL_STORE": f"sqlite:{tmp_path / 'docs.db'}",
    }


def run(command: list[str], where: Path, desk: dict[str, str]) -> tuple[int, str]:
    """The exit code, and all that was written."""
    done = subprocess.run(
        command, cwd=where, env=desk, timeout=PATIENCE, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    return done.returncode, done.stdout


def fault(block: Block, where: Path, desk: dict[str, str]) -> str:
    """What goes wrong when the block is run; empty when nothing does."""
    if block.language != "console":
        program = ["bash", "-euo", "pipefail"] if block.language == "bash" else ["python"]
        code, said = run([*program, "-c", block.text], where, desk)
        return f"exit code {code}\n{said}" if code else ""
    for command, shown in block.commands():
        code, said = run(["bash", "-euo", "pipefail", "-c", command], where, desk)
        if code:
            return f"$ {command}\nexit code {code}\n{said}"
        if shown.strip() and not _CHECKER.check_output(shown, said, _LOOSE):
            return f"$ {command}\nshown:\n{shown}\nsaid:\n{said}"
    return ""


@pytest.mark.slow
@pytest.mark.parametrize("document", documents())
def test_what_a_document_tells_to_run_runs(
    document: str, tmp_path: Path, desk: dict[str, str]
) -> None:
    where = tmp_path / "desk"
    where.mkdir()
    for block in runnable(document):
        found = fault(block, where, desk)
        assert not found, f"{document}:{block.line}: {found}"


def test_the_documents_hold_something_to_run() -> None:
    assert sum(len(runnable(document)) for document in documents()) > 0


@pytest.mark.parametrize("document", documents())
def test_every_file_a_document_points_to_is_there(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", text)
    folder = (ROOT / document).parent
    assert [target for target in targets if not (folder / target).exists()] == []


EXCUSED: Final = "<!-- not run: because it never ends -->\n```console\n$ false\n```\n"


def test_a_block_is_excused_only_by_a_reason_directly_above() -> None:
    (block,) = blocks("x.md", EXCUSED)
    assert block.excused
    (block,) = blocks("x.md", EXCUSED.replace("-->", "-->\n"))
    assert not block.excused
    (block,) = blocks("x.md", EXCUSED.replace(": because it never ends", ""))
    assert not block.excused


@pytest.mark.parametrize(
    ("language", "text", "holds"),
    [
        ("console", "$ echo one two\none ...\n", True),
        ("console", "$ echo one\ntwo\n", False),
        ("console", "$ echo one\n$ false\n", False),
        ("bash", "false\ntrue\n", False),
        ("python", "assert 1 + 1 == 2\n", True),
        ("python", "raise SystemExit(3)\n", False),
    ],
)
def test_a_block_that_does_not_hold_is_told(
    language: str, text: str, holds: bool, tmp_path: Path, desk: dict[str, str]
) -> None:
    block = Block("x.md", 1, language, text, excused=False)
    assert (fault(block, tmp_path, desk) == "") is holds
