"""Files made byte by byte: zips that lie about themselves, and old Office containers."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from openpyxl import Workbook

from tests.registers.pen import Cell

MIB: Final = 1 << 20
BOMB_MIB: Final = 1024  # because no office computer spares a gigabyte for one sheet
SHEET: Final = "xl/worksheets/sheet1.xml"
SPREADSHEET: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SECTOR, _STREAM = 512, 4096  # because smaller streams would need a second allocation table
_END, _FREE, _TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


@dataclass(frozen=True, slots=True)
class Entry:
    """One file inside a zip: its deflated bytes, and what the directory says of it."""

    raw: bytes
    crc: int
    size: int


def deflated(text: bytes) -> Entry:
    """Deflate an honest entry."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return Entry(packer.compress(text) + packer.flush(), zlib.crc32(text), len(text))


def bomb(before: bytes, block: bytes, after: bytes) -> Entry:
    """Deflate an entry that holds the block again and again, BOMB_MIB in all.

    The block is deflated once and its bytes are repeated, so that making it costs no time.
    """
    times = BOMB_MIB * MIB // len(block)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    raw = packer.compress(before) + packer.flush(zlib.Z_FULL_FLUSH)
    raw += (packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)) * times
    raw += packer.compress(after) + packer.flush()
    crc = zlib.crc32(before)
    for _ in range(times):
        crc = zlib.crc32(block, crc)
    size = len(before) + len(block) * times + len(after)
    return Entry(raw, zlib.crc32(after, crc), size)


def sheet_bomb() -> Entry:
    """A worksheet of a good many rows, each well formed."""
    row = b'<row><c t="inlineStr"><is><t>Kabupaten Gresik</t></is></c></row>'
    before = f'<?xml version="1.0"?><worksheet xmlns="{SPREADSHEET}"><sheetData>'.encode()
    return bomb(before, row * (MIB // len(row)), b"</sheetData></worksheet>")


def lying(entry: Entry, size: int) -> Entry:
    """The same bytes, declared smaller."""
    return replace(entry, size=size)


def write_zip(path: Path, entries: Mapping[str, Entry]) -> None:
    """A zip whose directory says what each entry says, true or not."""
    body, directory = bytearray(), bytearray()
    for name, one in entries.items():
        facts = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, one.crc, len(one.raw), one.size,
                            len(name), 0)  # fmt: skip
        tail = struct.pack("<HHHII", 0, 0, 0, 0, len(body))
        directory += b"PK\1\2" + struct.pack("<H", 20) + facts + tail + name.encode()
        body += b"PK\3\4" + facts + name.encode() + one.raw
    end = struct.pack("<HHHHIIH", 0, 0, len(entries), len(entries), len(directory), len(body), 0)
    path.write_bytes(bytes(body + directory) + b"PK\5\6" + end)


def workbook(path: Path, *rows: Sequence[Cell]) -> Path:
    """A workbook of one sheet."""
    book = Workbook()
    page = book.worksheets[0]
    for row in rows:
        page.append(list(row))
    book.save(path)
    return path


def with_entry(path: Path, name: str, entry: Entry) -> Path:
    """The same workbook with one of its files put in another's place."""
    with zipfile.ZipFile(path) as archive:
        entries = {item: deflated(archive.read(item)) for item in archive.namelist()}
    write_zip(path, {**entries, name: entry})
    return path


def with_text(path: Path, old: str, new: str, name: str = SHEET) -> Path:
    """The same workbook with a piece of its XML replaced."""
    with zipfile.ZipFile(path) as archive:
        text = archive.read(name).decode()
    assert old in text
    return with_entry(path, name, deflated(text.replace(old, new).encode()))


def ole(*names: str) -> bytes:
    """An old Office container (compound file, version 3) with up to three streams."""
    chain = _STREAM // _SECTOR
    starts = [2 + index * chain for index in range(len(names))]
    table = [_TABLE, _END]
    for start in starts:
        table += [*range(start + 1, start + chain), _END]
    table += [_FREE] * (_SECTOR // 4 - len(table))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, _STREAM, _END, 0,
                        _END, 0, 0)  # fmt: skip
    head += struct.pack("<108I", *[_FREE] * 108)
    folder = _listed("Root Entry", 5, _FREE, 1, _END, 0)
    for index, (name, start) in enumerate(zip(names, starts, strict=True), 1):
        following = index + 1 if index < len(names) else _FREE
        folder += _listed(name, 2, following, _FREE, start, _STREAM)
    folder += bytes(_SECTOR - len(folder))
    streams = b"".join(bytes([7 + index]) * _STREAM for index in range(len(names)))
    return head + struct.pack("<128I", *table) + folder + streams


def _listed(name: str, kind: int, after: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le")
    return text.ljust(64, b"\0") + struct.pack(
        "<HBBIII16xI16xIQ", len(text) + 2, kind, 1, _FREE, after, child, 0, start, size
    )
