"""Rows under their headings: what each one is, and its cells by field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from graph_loader.reading.clean import says_nothing
from graph_loader.reading.columns import PARTY_FIELDS, Column
from graph_loader.reading.read import Row
from graph_loader.reading.register import Table
from graph_loader.text import fold

JOINED = frozenset({"topic", "outcome", "note", "goals"})
"""Fields that several columns may share ("Bidang" and "Ruang Lingkup"); others take the first."""
_OF_AGREEMENT = ("key", "number", "title", "instrument", "signed", "starts", "ends", "duration",
                 "topic")  # fmt: skip
_TOTAL = re.compile(r"(?:sub ?|grand ?)?(?:jumlah|total|jml)\b|rekapitulasi\b|rekap\b")
_NOTE = re.compile(
    r"(?:catatan|keterangan|ket|notes?|nb|sumber|source|diperbarui|dicetak|mengetahui|nip"
    r"|tembusan|disclaimer|updated|prepared by|data per|per tanggal)\b"
)
_EXAMPLE = re.compile(r"(?:contoh|example)\b")
_ALARM = frozenset({"co", "ex"})  # the beginnings of an example
_SPARSE = 2  # cells: because a row with no more is a line between agreements, if no party tells
_LOOKED_AT = 60  # characters: because what a line is, its beginning says


class Cell(NamedTuple):
    """One cell: its text, and its column (None where the field has no column)."""

    text: str
    column: Column | None = None


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """A table's columns by field, ready for its rows. `single` is where most fields stand."""

    table: Table
    width: int
    parties: tuple[Column, ...]
    fields: dict[str, tuple[Column, ...]]
    single: dict[str, int]
    plain: tuple[tuple[str, int], ...]
    """`single` without the fields that name parties."""
    several: tuple[str, ...]
    """Other fields that several columns claim."""
    doubled: tuple[str, ...]
    """Those of them of which one column is read."""
    derived: range
    """Positions of cells that the file does not have."""

    @classmethod
    def of(cls, table: Table) -> View:
        """The view of one table."""
        fields: dict[str, tuple[Column, ...]] = {}
        for column in table.headings.columns:
            if column.field and column.field != "numbered":
                fields[column.field] = (*fields.get(column.field, ()), column)
        parties = [column for name in PARTY_FIELDS for column in fields.get(name, ())]
        single = {name: columns[0].index for name, columns in fields.items() if len(columns) == 1}
        several = tuple(name for name in fields if name not in single and name not in PARTY_FIELDS)
        return cls(
            table,
            table.width + len(table.derived),
            tuple(sorted(parties, key=lambda column: column.place)),
            fields,
            single,
            tuple((name, at) for name, at in single.items() if name not in PARTY_FIELDS),
            several,
            tuple(name for name in several if name not in JOINED and name != "number"),
            range(table.width, table.width + len(table.derived)),
        )

    @property
    def is_doubtful(self) -> bool:
        """Whether a single row can disagree with itself."""
        return bool(self.doubled) or "level" in self.fields

    @property
    def is_wide(self) -> bool:
        """Whether one row may name all parties of its agreement, in columns of their own."""
        return len(self.parties) > 1


class Line:
    """One row of a table; its cells reach at least as far as the headings."""

    __slots__ = ("_filled", "_named", "above", "after_aside", "cells", "number", "view", "wide")

    def __init__(self, view: View, row: Row) -> None:
        self.view, self.number, self.cells, self.wide = view, row.line, row.cells, row.wide
        if len(self.cells) < view.width:
            self.cells = self.cells + [""] * (view.width - len(self.cells))
        self.after_aside = False
        """Whether a row that is no agreement stands between it and the one above."""
        self.above = ""
        """The region that the rows above last named: what a blank cell may mean."""
        self._named: list[tuple[Column, str]] | None = None
        self._filled: list[str] | None = None

    def at(self, column: Column) -> str:
        """The text in a column."""
        return self.cells[column.index]

    def text(self, name: str) -> str:
        """What the field says: of several columns the first that says something, or all."""
        index = self.view.single.get(name)
        if index is not None:
            return self.cells[index]
        return self.cell(name).text if name in self.view.fields else ""

    def cell(self, name: str) -> Cell:
        """The text of `text`, and the column in which it stands."""
        columns = self.view.fields.get(name, ())
        told = [(text, column) for column in columns if (text := self.at(column))]
        if not told:
            return Cell("", columns[0] if columns else None)
        if name in JOINED:
            return Cell("; ".join(dict.fromkeys(text for text, _ in told)), told[0][1])
        return Cell(*told[0])

    def texts(self, name: str) -> list[str]:
        """What each column of the field says."""
        return [text for column in self.view.fields.get(name, ()) if (text := self.at(column))]

    def others(self, name: str) -> Iterator[Cell]:
        """Further columns of a field that say something else than the one that is read."""
        read = self.cell(name)
        for column in self.view.fields.get(name, ()):
            text = self.at(column)
            if text and column != read.column and fold(text) != fold(read.text):
                yield Cell(text, column)

    def clean(self, index: int, text: str) -> None:
        """Put other text into a cell."""
        self.cells[index] = text
        self._named = self._filled = None

    def named(self) -> list[tuple[Column, str]]:
        """The party columns that say something."""
        if self._named is None:
            self._named = [
                (column, text)
                for column in self.view.parties
                if (text := self.cells[column.index]) and not says_nothing(text)
            ]
        return self._named

    @property
    def own(self) -> list[tuple[Column, str]]:
        """`named`, without a region that only the title names."""
        return [one for one in self.named() if one[0].of is None] if self.view.table.region else (
            self.named()
        )  # fmt: skip

    @property
    def filled(self) -> list[str]:
        """Its cells that are not empty."""
        if self._filled is None:
            derived = self.view.derived
            self._filled = (
                [text for at, text in enumerate(self.cells) if text and at not in derived]
                if derived
                else [text for text in self.cells if text]
            )
        return self._filled

    @property
    def tells_of_agreement(self) -> bool:
        """Whether any cell speaks of the agreement itself, and not of a party."""
        return any(self.text(name) for name in _OF_AGREEMENT)

    def aside(self) -> str:
        """What the row is if it is no agreement: "row-total", "row-note", "row-example", or ""."""
        filled, named = self.filled, self.own
        begins = filled[0][:2].lower()
        if len(named) > 1 and len(filled) > _SPARSE and not self.wide and begins not in _ALARM:
            return ""
        first = fold(filled[0][:_LOOKED_AT])
        if _EXAMPLE.match(first) and any(
            self.text(name) == filled[0] for name in ("key", "number", "serial")
        ):
            return "row-example"
        if len(named) < 2 or len(filled) <= _SPARSE:
            if _TOTAL.match(first) or _TOTAL.match(fold(filled[-1][:_LOOKED_AT])):
                return "row-total"
            if _NOTE.match(first):
                return "row-note"
        if self.wide or (not named and len(filled) <= _SPARSE):
            return "row-note"
        if len(filled) <= _SPARSE and self.view.is_wide and not self.tells_of_agreement:
            return "" if len(named) == len(filled) else "row-note"
        return ""
