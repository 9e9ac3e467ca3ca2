"""Workbooks: checked before they are parsed, every cell read as the text that a person sees."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
import zlib
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
from graph_loader.reading.read import MAX_ROWS, Row, Sheet, bounded, unguarded
from graph_loader.reading.sheet_xml import (
    WORKBOOK,
    Book,
    Shown,
    needs_a_look,
    read_book,
    shown_instead,
)

MAX_PACKED = 128 * 2**20  # bytes: because a full sheet of a million rows is smaller
MAX_UNPACKED = 2**30  # bytes: because ten times the largest real workbook still fits
MAX_RATIO = 400  # because repetitive sheets reach 100, and zip bombs 1000
RATIO_FROM = 16 * 2**20  # bytes: because below it no ratio does harm
MAX_SHEETS = 100  # because one for each of 38 regencies and each of 30 years fits
MAX_CELLS = 30_000_000  # because an empty cell costs memory too: a stray one far out is a trap
_WIDE = 3  # columns: because a cell merged over more is a title or a section line
_CHUNK = 2**20
# Only cells far out, so that an ordinary sheet is passed over at the speed of a search.
_FAR = re.compile(rb"""r\s*=\s*["']((?:[A-Z]{3,}|[E-Z][A-Z])\d+|[A-Z]*\d{6,})["']""")
_CELL = re.compile(r"([A-Z]*)(\d+)")
_OVERLAP = 64  # bytes: because no such attribute is longer
_PACKINGS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_OTHERS = {
    "word/document.xml": ("file-word", "Word"),
    "xl/workbook.bin": ("file-other-spreadsheet", "XLSB"),
    "Index/Document.iwa": ("file-other-spreadsheet", "Numbers"),
    "ppt/presentation.xml": ("file-not-a-table", "PowerPoint"),
}
_OPEN_DOCUMENT = {
    b"spreadsheet": ("file-other-spreadsheet", "ODS"),
    b"text": ("file-word", "Writer"),
    b"presentation": ("file-not-a-table", "Impress"),
}
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
    hints = _check_package(path)
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


# ---- before parsing ----------------------------------------------------------------------------


def _check_package(path: Path) -> frozenset[str]:
    """Unpack everything once, so that declared sizes need not be believed.

    Returns: the sheets' members that may hold a formula or an error.
    """
    if path.stat().st_size > MAX_PACKED:
        raise BadFile("file-too-large", file=path.name, limit=MAX_PACKED // 2**20)
    try:
        with zipfile.ZipFile(path) as package:
            if WORKBOOK not in package.namelist():
                raise _other(package, path)
            for member in package.infolist():
                if member.flag_bits & 1:
                    raise BadFile("file-protected", file=path.name)
            _check_sizes(package, path)
            return _check_members(package, path)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise BadFile("file-damaged", file=path.name) from error


def _other(package: zipfile.ZipFile, path: Path) -> BadFile:
    """What else a ZIP archive is, by its members."""
    code, kind = "file-not-a-workbook", ""
    for name in package.namelist():
        code, kind = _OTHERS.get(name, (code, kind))
    if "mimetype" in package.namelist():
        with package.open("mimetype") as stream:
            family = stream.read(_OVERLAP).rpartition(b".")[2].strip()
        code, kind = _OPEN_DOCUMENT.get(family, (code, kind))
    return BadFile(code, file=path.name, **({"kind": kind} if kind else {}))


def _check_sizes(package: zipfile.ZipFile, path: Path) -> None:
    total = sum(member.file_size for member in package.infolist())
    packed = max(1, sum(member.compress_size for member in package.infolist()))
    if total > MAX_UNPACKED or (total > RATIO_FROM and total / packed > MAX_RATIO):
        raise BadFile("file-unzips-too-large", file=path.name, limit=MAX_UNPACKED // 2**20)


def _check_members(package: zipfile.ZipFile, path: Path) -> frozenset[str]:
    """Each member in full: its checksum fits, no sheet has cells far out; which need a look?"""
    hints = set()
    for member in package.infolist():
        if member.compress_type not in _PACKINGS:
            raise BadFile("file-damaged", file=path.name)
        is_sheet = member.filename.startswith("xl/worksheets/")
        columns = rows = 1
        tail = b""
        with package.open(member) as stream:
            while chunk := stream.read(_CHUNK):
                if is_sheet:
                    text = tail + chunk
                    if member.filename not in hints and needs_a_look(text):
                        hints.add(member.filename)
                    for match in _FAR.finditer(text):
                        column, row = _place(match[1].decode())
                        columns, rows = max(columns, column), max(rows, row)
                    tail = text[-_OVERLAP:]
        if columns * rows > MAX_CELLS and columns > 1:
            raise BadFile("file-too-sparse", file=path.name)
    return frozenset(hints)


def _place(address: str) -> tuple[int, int]:
    match = _CELL.fullmatch(address)
    assert match is not None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return column or 1, int(match[2])


# ---- rows --------------------------------------------------------------------------------------


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
    that shows dates, and the spreadsheet took it for a day of 1905.
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
    return str(value)  # whole numbers and times of day as they are


def _text_1904(value: object) -> str:
    return _text(value, _EPOCH_1904)
