"""The archive that a workbook is: what it must not be, asked before anything is parsed."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

from graph_loader.errors import BadFile
from graph_loader.reading.sheet_xml import WORKBOOK, needs_a_look

MAX_PACKED = 128 * 2**20  # bytes: because a full sheet of a million rows is smaller
MAX_UNPACKED = 2**30  # bytes: because ten times the largest real workbook still fits
MAX_RATIO = 400  # because repetitive sheets reach 100, and zip bombs 1000
RATIO_FROM = 16 * 2**20  # bytes: because below it no ratio does harm
MAX_CELLS = 30_000_000  # because an empty cell costs memory too: a stray one far out is a trap
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


def check_package(path: Path) -> frozenset[str]:
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
