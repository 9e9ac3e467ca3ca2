"""Workbooks: checked before they are parsed, every cell read as the text that a person sees."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
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
from graph_loader.reading.read import MAX_ROWS, Row, Sheet, bounded

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


def sheets(path: Path) -> list[Sheet]:
    """The worksheets of a workbook, in its order.

    Raises:
        BadFile: file-protected, file-damaged, file-not-a-workbook, file-too-large,
            file-unzips-too-large, file-too-many-sheets, file-too-sparse.
    """
    formulas = _check_package(path)
    try:
        book = CalamineWorkbook.from_path(path)
    except PasswordError as error:
        raise BadFile("file-protected", file=path.name) from error
    except (CalamineError, OSError, ValueError) as error:
        raise BadFile("file-damaged", file=path.name) from error
    found = [meta for meta in book.sheets_metadata if meta.typ is SheetTypeEnum.WorkSheet]
    if len(found) > MAX_SHEETS:
        raise BadFile("file-too-many-sheets", file=path.name, n=len(found), limit=MAX_SHEETS)
    return [
        Sheet(meta.name, _Reader(path, book, meta.name, formulas),
              hidden=meta.visible is not SheetVisibleEnum.Visible)
        for meta in found
    ]  # fmt: skip


# ---- before parsing ----------------------------------------------------------------------------


def _check_package(path: Path) -> bool:
    """Unpack everything once, so that declared sizes need not be believed.

    Returns: whether any cell holds a formula.
    """
    if path.stat().st_size > MAX_PACKED:
        raise BadFile("file-too-large", file=path.name, limit=MAX_PACKED // 2**20)
    try:
        with zipfile.ZipFile(path) as package:
            names = package.namelist()
            if "xl/workbook.xml" not in names:
                raise BadFile("file-not-a-workbook", file=path.name)
            for member in package.infolist():
                if member.flag_bits & 1:
                    raise BadFile("file-protected", file=path.name)
            _check_sizes(package, path)
            return _check_members(package, path)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise BadFile("file-damaged", file=path.name) from error


def _check_sizes(package: zipfile.ZipFile, path: Path) -> None:
    total = sum(member.file_size for member in package.infolist())
    packed = max(1, sum(member.compress_size for member in package.infolist()))
    if total > MAX_UNPACKED or (total > RATIO_FROM and total / packed > MAX_RATIO):
        raise BadFile("file-unzips-too-large", file=path.name, limit=MAX_UNPACKED // 2**20)


def _check_members(package: zipfile.ZipFile, path: Path) -> bool:
    """Each member in full: its checksum fits, no sheet has cells far out; is there a formula?"""
    formulas = False
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
                    formulas = formulas or b"<f>" in text or b"<f " in text
                    for match in _FAR.finditer(text):
                        column, row = _place(match[1].decode())
                        columns, rows = max(columns, column), max(rows, row)
                    tail = text[-_OVERLAP:]
        if columns * rows > MAX_CELLS and columns > 1:
            raise BadFile("file-too-sparse", file=path.name)
    return formulas


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

    def __init__(self, path: Path, book: CalamineWorkbook, name: str, formulas: bool) -> None:
        self._path, self._book, self._name = path, book, name
        self._formulas = formulas
        self._sheet: CalamineSheet | None = None
        self._lost: Mapping[tuple[int, int], str] = {}

    def __call__(self, filled_from: int) -> Iterator[Row]:
        if self._sheet is None:
            try:
                self._sheet = self._book.get_sheet_by_name(self._name)
            except (CalamineError, ValueError) as error:
                raise BadFile("file-damaged", file=self._path.name) from error
            self._lost = formulas_of(self._path, self._name) if self._formulas else {}
        return bounded(_rows(self._sheet, filled_from, self._lost), self._path, MAX_ROWS)


def _rows(
    sheet: CalamineSheet, filled_from: int, formulas: Mapping[tuple[int, int], str]
) -> Iterator[Row]:
    offset = [""] * (sheet.start[1] if sheet.start else 0)
    wide, covered = _merges(sheet, filled_from)
    tops = {top for places in covered.values() for _, top in places}
    kept: dict[tuple[int, int], str] = {}
    lost: dict[int, dict[int, str]] = {}
    for (row, column), formula in formulas.items():
        lost.setdefault(row, {})[column] = formula
    for position, values in enumerate(sheet.iter_rows()):
        cells = offset + [value.strip() if type(value) is str else _text(value) for value in values]
        if position in lost:
            _show(lost.pop(position), cells)
        if position in tops:
            kept |= {(column, position): text for column, text in enumerate(cells) if text}
        for column, top in covered.get(position, ()):
            if column < len(cells) and not cells[column]:
                cells[column] = kept.get((column, top), "")
        if any(cells):
            yield Row(position + 1, cells, position in wide)
    for position, formulas_there in sorted(lost.items()):
        yield Row(position + 1, _show(formulas_there, []))


def _show(formulas: Mapping[int, str], cells: list[str]) -> list[str]:
    """A formula whose value the file does not hold is shown as what it is."""
    cells += [""] * (max(formulas) + 1 - len(cells))
    for column, formula in formulas.items():
        cells[column] = cells[column] or formula
    return cells


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


def _text(value: object) -> str:
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, bool):
        return str(value).upper()
    return str(value)  # a date is ISO; whole numbers as they are


def formulas_of(path: Path, sheet: str) -> Mapping[tuple[int, int], str]:
    """Every formula of a sheet by (row, column) position; slow, so only where there are any."""
    from openpyxl import load_workbook  # slow to import

    try:
        book = load_workbook(path, read_only=True, data_only=False)
        return {
            (row, column): str(cell.value)
            for row, cells in enumerate(book[sheet].iter_rows())
            for column, cell in enumerate(cells)
            if cell.data_type == "f"
        }
    except Exception:  # what openpyxl cannot parse raises whatever it met; its values are read
        return {}
