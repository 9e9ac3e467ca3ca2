"""The runnable blocks of the documents: where they stand, and what they say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tests.tooling.checkout import ROOT

RUNNABLE: Final = ("console", "bash", "python")
_FENCE: Final = re.compile(r"^```(\w*)\s*$")
_NOT_RUN: Final = re.compile(r"^<!-- not run: because .+ -->$")


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block: its document, line, language, text, and whether it is excused."""

    document: str
    line: int
    language: str
    text: str
    excused: bool

    def commands(self) -> list[tuple[str, str]]:
        """Each command of a console block with the output shown below it (may be empty)."""
        parts = re.split(r"^\$ ", self.text, flags=re.MULTILINE)
        assert not parts[0].strip(), f"{self.document}:{self.line}: output before a command"
        split = (part.partition("\n") for part in parts[1:])
        return [(command, shown) for command, _, shown in split]


def blocks(document: str, text: str) -> Iterator[Block]:
    """The fenced blocks of one document, in order."""
    lines = text.splitlines()
    start, language = 0, ""
    for number, line in enumerate(lines, 1):
        fence = _FENCE.match(line)
        if not fence:
            continue
        if start:
            above = lines[start - 2].strip() if start > 1 else ""
            inside = "\n".join(lines[start : number - 1]) + "\n"
            yield Block(document, start, language, inside, bool(_NOT_RUN.match(above)))
            start = 0
        else:
            start, language = number, fence[1]
    assert not start, f"{document}:{start}: a block that never ends"


def documents() -> list[str]:
    """README.md and every page of docs/, by name."""
    pages = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").glob("*.md"))
    return ["README.md", *pages]


def runnable(document: str) -> list[Block]:
    """What a reader of that document may run as it stands."""
    found = blocks(document, (ROOT / document).read_text(encoding="utf-8"))
    return [block for block in found if block.language in RUNNABLE and not block.excused]
