"""Workbooks: checked before they are parsed, every cell read as the text that a person sees."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain, islice
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from graph_loader.errors import BadFile
from graph_loader.reading.headings import FIRST_ROWS, recognise
from graph_loader.reading.package import check_package
from graph_loader.reading.read import MAX_ROWS, Row, Sheet, bounded, unguarded
from graph_loader.reading.sheet_xml import Book, Shown, read_book, shown_instead

MAX_SHEETS = 100  # because one for each of 38 regencies and each of 30 years fits
_WIDE = 3  # columns: because a cell merged over more is a title or a section line
_EPOCH, _EPOCH_1904 = dt.date(1899, 12, 30), dt.date(1904, 1, 1)  # day 0 of either calendar
_YEARS = range(1900, 2101)  # because as days they lie before 1910, when no region signed anything
_DAYS_1904 = range(14_976, 71_589)  # because those days are 1945 to 2100
_DATED = frozenset({"signed", "starts", "ends", "duration"})
_OF_NOTHING = frozenset({"#N/A", "#VALUE!"})  # because so end look-ups and sums of empty cells


def sheets(path: Path) -> list[Sheet]:
    """The worksheets of a workbook, in its order.

    Raises:
        BadFile: file-protected, file-damaged, file-not-a-workbook, file-other-spreadsheet,
            file-word, file-not-a-table, file-too-large, file-unzips-too-large,
            file-too-many-sheets, file-same-sheets, file-too-sparse.
    """
    hints = check_package(path)
    try:
        opened = CalamineWorkbook.from_path(path)
        book = read_book(path)
    except PasswordError as error:
        raise BadFile("file-protected", file=path.name) from error
    except (CalamineError, OSError, ValueError) as error:
        raise BadFile("file-damaged", file=path.name) from error
    found = [meta for meta in opened.sheets_metadata if meta.typ is SheetTypeEnum.WorkSheet]
    if len(found) > MAX_SHEETS:
        raise BadFile("file-too-many-sheets", file=path.name, n=len(found), limit=MAX_SHEETS)
    name, times = Counter(opened.sheet_names).most_common(1)[0] if found else ("", 1)
    if times > 1:  # no reader tells them apart
        raise BadFile("file-same-sheets", file=path.name, sheet=name)
    return [
        Sheet(meta.name, _Reader(path, opened, meta.name, book, hints),
              hidden=meta.visible is not SheetVisibleEnum.Visible)
        for meta in found
    ]  # fmt: skip


class _Reader:
    """The rows of one sheet, read anew at each call."""

    def __init__(
        self, path: Path, opened: CalamineWorkbook, name: str, book: Book, hints: frozenset[str]
    ) -> None:
        self._path, self._opened, self._name = path, opened, name
        self._part = book.parts.get(name, "")
        self._look = self._part in hints
        self._epoch_1904 = book.epoch_1904
        self._sheet: CalamineSheet | None = None
        self._shown: Shown = {}

    def __call__(self, filled_from: int) -> Iterator[Row]:
        if self._sheet is None:
            try:
                self._sheet = self._opened.get_sheet_by_name(self._name)
                self._shown = shown_instead(self._path, self._part) if self._look else {}
            except (CalamineError, ValueError) as error:
                raise BadFile("file-damaged", file=self._path.name) from error
        rows = _rows(self._sheet, self._epoch_1904)
        filled = _filled(self._sheet, rows, filled_from, self._shown)
        return bounded(filled, self._path, MAX_ROWS)


def _rows(sheet: CalamineSheet, epoch_1904: bool) -> Iterator[list[str]]:
    """The cells of every row as texts, the empty columns at the left included."""
    offset = [""] * (sheet.start[1] if sheet.start else 0)
    text = _text_1904 if epoch_1904 else _text
    rows = (
        offset + [value.strip() if type(value) is str else text(value) for value in values]
        for values in sheet.iter_rows()
    )
    return _days_as_dates(rows) if epoch_1904 else rows


def _days_as_dates(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    """Day numbers without a date format, as dates, in a workbook whose days begin in 1904.

    Only below the heading of a date: elsewhere such a number may be money.
    """
    first = list(islice(rows, FIRST_ROWS))
    found = recognise(first)
    days = [column.index for column in found.columns if column.field in _DATED] if found else []
    for cells in chain(first, rows):
        for column in days:
            text = cells[column] if column < len(cells) else ""
            if text.isdecimal() and int(text) in _DAYS_1904:
                cells[column] = (_EPOCH_1904 + dt.timedelta(days=int(text))).isoformat()
        yield cells


def _filled(
    sheet: CalamineSheet, rows: Iterator[list[str]], filled_from: int, shown: Shown
) -> Iterator[Row]:
    """Every row that is not empty, with what its merged cells and its formulas show."""
    wide, covered = _merges(sheet, filled_from)
    tops = {top for places in covered.values() for _, top in places}
    kept: dict[tuple[int, int], str] = {}
    last = -1
    for last, cells in enumerate(rows):
        if last in shown:
            _show(shown[last], cells)
        if last in tops:
            kept |= {(column, last): text for column, text in enumerate(cells) if text}
        for column, top in covered.get(last, ()):
            if column < len(cells) and not cells[column]:
                cells[column] = kept.get((column, top), "")
        row = "".join(cells)
        if row:
            yield Row(last + 1, [*map(unguarded, cells)] if "'" in row else cells, last in wide)
    for position in sorted(place for place in shown if place > last):
        if any(cells := _show(shown[position], [])):
            yield Row(position + 1, cells)


def _show(texts: Mapping[int, str], cells: list[str]) -> list[str]:
    """A formula without value and an error are shown as what they are.

    A row that nobody has filled in shows no error: its look-ups had nothing to look up.
    """
    if _OF_NOTHING.issuperset(texts.values()) and not any(map(_is_said, cells)):
        return cells
    cells += [""] * (max(texts) + 1 - len(cells))
    for column, text in texts.items():
        cells[column] = cells[column] or text
    return cells


def _is_said(text: str) -> bool:
    return bool(text) and not text.replace(".", "").isdecimal()


def _merges(
    sheet: CalamineSheet, filled_from: int
) -> tuple[set[int], dict[int, list[tuple[int, int]]]]:
    """The rows that are one wide cell; and, by row, the columns to fill and from which row."""
    wide: set[int] = set()
    covered: dict[int, list[tuple[int, int]]] = {}
    last = sheet.end[0] if sheet.end else 0
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        if right - left >= _WIDE:
            wide.update(range(top, min(bottom, last) + 1))
            continue
        for row in range(max(top + 1, filled_from), min(bottom, last) + 1):
            covered.setdefault(row, []).append((left, top))
    return wide, covered


def _text(value: object, epoch: dt.date = _EPOCH) -> str:
    """A value as a person sees it.

    A date that is a plausible year as a number is that year: somebody typed 2019 into a cell
    that shows dates, and the spreadsheet took it for a day of 1905. Its day 0 is no day: so
    looks a date that was taken over from an empty cell.
    """
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, dt.date):
        day = value.date() if isinstance(value, dt.datetime) else value
        number = (day - epoch).days
        whole = not isinstance(value, dt.datetime) or value.time() == dt.time()
        return str(number) if whole and number in _YEARS else day.isoformat()
    if isinstance(value, bool):
        return str(value).upper()
    return "" if value == dt.time() else str(value)  # whole numbers and times of day as they are


def _text_1904(value: object) -> str:
    return _text(value, _EPOCH_1904)
