"""Writing a register as a clerk types it: row under row, and what was planted in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook

Cell = str | int | float | date | datetime | None

REJECTED, DOUBTFUL, EITHER = "rejected", "doubtful", ""
FORMATS = {"dmy": "dd/mm/yyyy", "plain": "General"}


@dataclass(frozen=True, slots=True)
class Planted:
    """One thing that a clerk wants to be told.

    `severity` "" leaves it open; then its agreement comes in exactly when it is only doubted.
    `column` "" is a whole row, `row` 0 a whole sheet; `also` are other headings that are as right,
    and up to row `until` it may be told as well.
    An `optional` one may be told or passed over. `value` stands in the cell as it was typed,
    `mended` is what the corrected file has there, `says` what the Indonesian answer must hold.
    """

    sheet: str
    row: int
    column: str
    severity: str
    about: str
    value: str = ""
    also: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    mended: str = ""
    optional: bool = False
    until: int = 0


@dataclass(frozen=True, slots=True)
class Fact:
    """An agreement that must be there: ids of its parties and its dates ("*" where open)."""

    parties: frozenset[str]
    signed: str
    ends: str


def fact(parties: str, signed: str, ends: str = "") -> Fact:
    """A fact whose parties are separated by spaces."""
    return Fact(frozenset(parties.split()), signed, ends)


@dataclass(frozen=True, slots=True)
class Register:
    """A file, how many of its agreements are surely good, what is planted, what must be stored."""

    path: Path
    accepted: int
    planted: tuple[Planted, ...]
    facts: tuple[Fact, ...]


@dataclass(slots=True)
class Pen:
    """One sheet, or one CSV file (`sheet` ""), as it grows."""

    sheet: str = ""
    rows: list[list[Cell]] = field(default_factory=list)
    merges: list[str] = field(default_factory=list)
    planted: list[Planted] = field(default_factory=list)
    _lines: int = 0

    def write(self, *cells: Cell) -> int:
        """Type one row; returns the number that a reader finds it under (in CSV its first line)."""
        self.rows.append(list(cells))
        first = self._lines + 1
        self._lines += 1 + sum(str(cell).count("\n") for cell in cells if not self.sheet)
        return first

    def plant(
        self, row: int, column: str, severity: str, about: str, value: str = "", *,
        also: tuple[str, ...] = (), says: tuple[str, ...] = (), mended: str = "",
        until: int = 0,
    ) -> None:  # fmt: skip
        """Note what must be told about a row."""
        self.planted.append(
            Planted(
                self.sheet, row, column, severity, about, value, also, says, mended, until=until
            )
        )

    def may(self, row: int, about: str) -> None:
        """Note a row (0: the sheet) that may be named as no agreement, or passed over."""
        self.planted.append(Planted(self.sheet, row, "", DOUBTFUL, about, optional=True))

    def malang(self, row: int, column: str, value: str = "Malang") -> None:
        """A bare name that fits a regency and a city."""
        self.plant(row, column, REJECTED, "bare Malang", value,
                   says=("Kabupaten Malang", "Kota Malang"))  # fmt: skip

    def misspelt(self, row: int, column: str, value: str = "Kabupaten Banyuwngi") -> None:
        """A slip that is proposed and never applied."""
        self.plant(row, column, REJECTED, "a misspelt regency", value,
                   says=("Kabupaten Banyuwangi",))  # fmt: skip


def save_csv(path: Path, pen: Pen, delimiter: str = ",", encoding: str = "utf-8") -> None:
    """Save the rows as CSV, in the delimiter and encoding of the clerk's computer."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(pen.rows)
    path.write_bytes(out.getvalue().encode(encoding))


def save_xlsx(path: Path, *pens: Pen, formats: Mapping[str, str] | None = None) -> None:
    """The sheets as a workbook; `formats` gives columns by letter a number format from FORMATS."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for pen in pens:
        page = book.create_sheet(pen.sheet)
        for row in pen.rows:
            page.append(row)
        for block in pen.merges:
            page.merge_cells(block)
        for letter, name in (formats or {}).items():
            for cell in page[letter]:
                cell.number_format = FORMATS[name]
    book.save(path)


def register(path: Path, accepted: int, pens: Sequence[Pen], *facts: Fact) -> Register:
    """What was written, as the tests take it."""
    planted = tuple(thing for pen in pens for thing in pen.planted)
    return Register(path, accepted, planted, facts)
