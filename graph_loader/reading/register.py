"""A clerk's register: which sheets hold agreements, under which headings, in which rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from graph_loader.errors import BadFile
from graph_loader.model import Problem
from graph_loader.reading.columns import Column, near_heading, words_for
from graph_loader.reading.headings import FIRST_ROWS, Headings, is_repeated, recognise
from graph_loader.reading.read import Row, Sheet, open_sheets
from graph_loader.text import fold
from graph_loader.writing.template import TEMPLATE_SHEETS

OWN_SHEETS = frozenset({fold(name) for name in TEMPLATE_SHEETS} | {"masalah", "problems"})
"""Folded names of the sheets that Simpul itself writes into a workbook; they hold no agreements."""
_UNFILLED = 2**31  # a row that no sheet has: the headings are looked for in cells as they stand


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet whose headings are known. `first` is the number of its first row of agreements."""

    file: str
    sheet: str
    headings: Headings
    first: int
    source: Sheet

    def rows(self) -> Iterator[Row]:
        """Its rows below the headings. Raises: BadFile where the damage is further down."""
        last_of_headings = self.first - 1
        for row in self.source.rows(last_of_headings):
            if row.line > last_of_headings:
                yield row

    def repeats_headings(self, cells: Sequence[str]) -> bool:
        """Whether a row only says the headings again."""
        return is_repeated(self.headings, cells)


@dataclass(frozen=True, slots=True)
class Register:
    """A file that has been opened: its tables in the order of its sheets, and what is doubtful."""

    file: str
    tables: tuple[Table, ...]
    problems: tuple[Problem, ...]


def open_register(path: Path) -> Register:
    """Open a file and find the headings of each of its sheets.

    Raises:
        BadFile: the file cannot be used at all (codes "file-…", "headings-…").
    """
    tables: list[Table] = []
    problems: list[Problem] = []
    for sheet in open_sheets(path):
        rows = list(islice(sheet.rows(_UNFILLED), FIRST_ROWS))
        if not rows or fold(sheet.name) in OWN_SHEETS:
            continue
        found = recognise([row.cells for row in rows])
        if found is None or found.missing or sheet.hidden:
            problems.append(_unread(path.name, sheet, found, rows))
            continue
        first = rows[found.start + found.height - 1].line + 1
        tables.append(Table(path.name, sheet.name, found, first, sheet))
        line = rows[found.start].line
        problems += (_unknown(path.name, sheet.name, line, c) for c in found.columns if not c.field)
    if not tables:
        raise _nothing_to_read(path.name, problems)
    return Register(path.name, tuple(tables), tuple(problems))


def _unknown(file: str, sheet: str, line: int, column: Column) -> Problem:
    near = near_heading(column.heading)
    params = (("candidates", near),) if near else ()
    code = "heading-misspelt" if near else "heading-unknown"
    return Problem(code, "doubtful", file, sheet, line, column.heading, column.heading, params)


def _unread(file: str, sheet: Sheet, found: Headings | None, rows: list[Row]) -> Problem:
    if found is None:
        words = "; ".join(words_for(field) for field in ("party", "title"))
        return Problem("sheet-without-headings", "doubtful", file, sheet.name,
                       params=(("headings", words),))  # fmt: skip
    line = rows[found.start].line
    if found.missing:
        words = "; ".join(words_for(field) for field in found.missing)
        return Problem("heading-missing", "doubtful", file, sheet.name, line,
                       params=(("headings", words),))  # fmt: skip
    return Problem("sheet-hidden", "doubtful", file, sheet.name, line)


def _nothing_to_read(file: str, problems: list[Problem]) -> BadFile:
    """The reason nearest to a usable file: a heading is missing, or there are none, or no row."""
    by_code = {problem.code: problem for problem in reversed(problems)}
    for code in ("heading-missing", "sheet-hidden", "sheet-without-headings"):
        if problem := by_code.get(code):
            return BadFile(code, file=file, sheet=problem.sheet, row=problem.row,
                           **dict(problem.params))  # fmt: skip
    return BadFile("file-empty", file=file)
