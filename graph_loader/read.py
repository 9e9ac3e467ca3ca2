"""Files to rows, with the numbers that the file itself gives its lines."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph_loader.columns import Layout, heading
from graph_loader.errors import BadInput
from graph_loader.model import Problem

MAX_BYTES = 512 * 1024 * 1024  # because a million agreements fit, and a mistaken video does not
MAX_CELL = 10_000  # because no title or note is longer, and a pasted document is


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line where it begins, and its cells by field name; absent cells are empty.

    `surplus` holds what stands to the right of the last heading.
    """

    line: int
    cells: Mapping[str, str]
    surplus: str = ""

    def __getitem__(self, field: str) -> str:
        return self.cells.get(field, "")


@dataclass(frozen=True, slots=True)
class Table:
    """A file that has been opened and whose headings fit."""

    path: Path
    headings: Sequence[str]
    problems: tuple[Problem, ...]

    def rows(self) -> Iterator[Row]:
        """Every row that is not empty. Raises: BadInput where the file cannot be decoded."""
        with self.path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(_text(file))
            try:
                next(reader)
                line = reader.line_num
                for cells in reader:
                    begins, line = line + 1, reader.line_num
                    if any(cells):
                        yield _row(begins, self.headings, cells)
            except (UnicodeDecodeError, csv.Error) as error:
                raise _unreadable(self.path, error) from error


def open_table(path: Path, layout: Layout) -> Table:
    """Open a CSV file and look at its headings.

    Raises:
        BadInput: file-missing, file-empty, file-too-large, file-unreadable, heading-missing.
    """
    if not path.is_file():
        raise BadInput("file-missing", file=path.name)
    if path.stat().st_size > MAX_BYTES:
        raise BadInput("file-too-large", file=path.name, limit=MAX_BYTES // 2**20)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            first = next(csv.reader(_text(file)), [])
    except (UnicodeDecodeError, csv.Error) as error:
        raise _unreadable(path, error) from error
    if not any(first):
        raise BadInput("file-empty", file=path.name)
    headings = [heading(text) for text in first]
    if missing := [name for name in layout.required if name not in headings]:
        raise BadInput("heading-missing", file=path.name, headings=", ".join(missing))
    if twice := sorted({name for name in headings if name and headings.count(name) > 1}):
        raise BadInput("heading-twice", file=path.name, headings=", ".join(twice))
    problems = tuple(
        Problem("heading-unknown", "doubtful", path.name, row=1, column=text)
        for text, name in zip(first, headings, strict=True)
        if name not in layout.known
    )
    return Table(path, headings, problems)


def _row(line: int, headings: Sequence[str], cells: Sequence[str]) -> Row:
    stripped = [cell.strip() for cell in cells]
    surplus = " ".join(filter(None, stripped[len(headings) :]))
    return Row(line, dict(zip(headings, stripped, strict=False)), surplus)


def _text(lines: Iterable[str]) -> Iterator[str]:
    """The lines, as long as they are text: a NUL is the mark of a binary or UTF-16 file."""
    for line in lines:
        if "\0" in line:
            raise csv.Error("NUL")
        yield line


def _unreadable(path: Path, error: Exception) -> BadInput:
    return BadInput("file-unreadable", file=path.name, why=str(error))
