"""A clerk's register: which sheets hold agreements, under which headings, in which rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from graph_loader.errors import BadFile
from graph_loader.model import Problem
from graph_loader.reading.clean_dates import split_number
from graph_loader.reading.columns import NOWHERE, Column, near_heading, words_for
from graph_loader.reading.headings import (
    FIRST_ROWS,
    Headings,
    is_repeated,
    recognise,
    side_by_side,
)
from graph_loader.reading.read import Row, Sheet, open_sheets
from graph_loader.text import fold
from graph_loader.writing.template import TEMPLATE_SHEETS

OWN_SHEETS = frozenset({fold(name) for name in TEMPLATE_SHEETS} | {"masalah", "problems"})
"""Folded names of the sheets that Simpul itself writes into a workbook; they hold no agreements."""
_UNFILLED = 2**31  # a row that no sheet has: the headings are looked for in cells as they stand


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A table whose headings are known. `first` is the number of its first row of agreements.

    It takes the columns from `left` up to `right` (None: to the end). `derived` are columns that
    the file does not have: the region that its title names, number and date out of one cell.
    """

    file: str
    sheet: str
    headings: Headings
    first: int
    source: Sheet
    left: int = 0
    right: int | None = None
    derived: tuple[Column, ...] = ()
    region: str = ""

    @property
    def width(self) -> int:
        """How many columns its headings reach over, the derived ones not counted."""
        return max(column.index for column in self.headings.columns if column.of is None) + 1

    def rows(self) -> Iterator[Row]:
        """Its rows below the headings. Raises: BadFile where the damage is further down."""
        last_of_headings = self.first - 1
        whole = not self.left and self.right is None and not self.derived
        for row in self.source.rows(last_of_headings):
            if row.line > last_of_headings:
                yield row if whole else row._replace(cells=self._cells(row.cells))

    def _cells(self, cells: list[str]) -> list[str]:
        own = [""] * self.left + cells[self.left : self.right]
        if not self.derived or not any(own):
            return own
        own += [""] * (self.width - len(own))
        return [*own[: self.width], *self._derive(own), *own[self.width :]]

    def _derive(self, cells: list[str]) -> Iterator[str]:
        for column in self.derived:
            if column.of is None or column.of == NOWHERE:
                yield self.region
            else:
                number, day = split_number(cells[column.of])
                yield number if column.field == "number" else day

    def repeats_headings(self, cells: Sequence[str]) -> bool:
        """Whether a row only says the headings again."""
        return is_repeated(self.headings, cells)


@dataclass(frozen=True, slots=True)
class Register:
    """A file that has been opened: its tables in the order of its sheets, and what is doubtful."""

    file: str
    tables: tuple[Table, ...]
    problems: tuple[Problem, ...]


def open_register(path: Path, region_in: Callable[[str], str] = lambda text: "") -> Register:
    """Open a file and find the headings of each of its sheets.

    `region_in` says which one region a text names ("" for none or several): a register without a
    column for it is that of the region in its title.

    Raises:
        BadFile: the file cannot be used at all (codes "file-…").
    """
    tables: list[Table] = []
    problems: list[Problem] = []
    for sheet in open_sheets(path):
        rows = list(islice(sheet.rows(_UNFILLED), FIRST_ROWS))
        if not rows:
            continue
        found = recognise([row.cells for row in rows])
        region = ""
        if found is not None and found.missing == ("region",):
            region = region_in(_title(sheet, rows[: found.start]))
        if found is None or (found.missing and not region) or sheet.hidden:
            if fold(sheet.name) not in OWN_SHEETS:  # a clerk's own sheet may be called "Masalah"
                problems.append(_unread(path.name, sheet, found, rows))
            continue
        line = rows[found.start].line
        first = rows[found.start + found.height - 1].line + 1
        tables += _tables(Table(path.name, sheet.name, found, first, sheet, region=region))
        problems += (_unknown(path.name, sheet.name, line, c) for c in found.columns if not c.field)
        if region:
            problems.append(Problem("region-from-title", "doubtful", path.name, sheet.name, line,
                                    params=(("region", region),)))  # fmt: skip
    if not tables and not problems:
        raise BadFile("file-empty", file=path.name)
    if not tables:
        problems = [replace(problem, severity="rejected") for problem in problems]
    return Register(path.name, tuple(tables), tuple(problems))


def _tables(table: Table) -> Iterator[Table]:
    """The tables of a sheet, each with the columns that are worked out for it."""
    blocks = side_by_side(table.headings)
    lefts = [block.columns[0].index for block in blocks]
    for block, left, right in zip(blocks, lefts, [*lefts[1:], None], strict=True):
        part = replace(table, headings=block, left=left if len(blocks) > 1 else 0, right=right)
        derived = tuple(_derived(part))
        columns = (*block.columns, *derived)
        yield replace(part, headings=replace(block, columns=columns), derived=derived)


def _derived(table: Table) -> Iterator[Column]:
    index = table.width
    for column in table.headings.columns:
        if column.field == "numbered":
            yield Column(index, "number", column.heading, of=column.index)
            yield Column(index + 1, "signed", column.heading, of=column.index)
            index += 2
    if table.region:
        yield Column(index, "region", "", of=NOWHERE)


def _title(sheet: Sheet, rows: list[Row]) -> str:
    """What stands above the headings, and what the sheet is called."""
    return "\n".join([sheet.name, *(text for row in rows for text in row.cells if text)])


def _unknown(file: str, sheet: str, line: int, column: Column) -> Problem:
    near = near_heading(column.heading)
    near = "" if fold(near) == fold(column.heading) else near
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
