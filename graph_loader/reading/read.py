"""Files to sheets of text cells, with the numbers that the file itself gives its rows.

What a file is, its first bytes say, not its name. Encodings, dialects and sizes end here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from graph_loader.errors import BadFile

MAX_BYTES = 512 * 2**20  # because a million agreements fit, and a mistaken video does not
MAX_ROWS = 1_048_576  # because no spreadsheet holds more
_FIRST = 512  # bytes: because what a file is, is said there, also below blank lines
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old Excel, and any workbook under a password
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_NOT_TABLES = {
    b"%PDF": "PDF", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"GIF8": "GIF", b"{\\rtf": "RTF",
    b"Rar!": "RAR", b"7z\xbc\xaf": "7z", b"\x1f\x8b": "gzip", b"<!DO": "HTML", b"<htm": "HTML",
    b"<?xm": "XML", b"SQLi": "SQLite",
}  # fmt: skip
_MARKUP = re.compile(rb"\s*<(?:!doctype|html|head|meta|table|body|style)\b", re.IGNORECASE)
_JSON = re.compile(rb"\s*(?:\[\s*)?\{\s*\"")
_GUARD = re.compile(r"'(?=\d)")


class Row(NamedTuple):
    """One row: its number in the file, its cells by position, and whether it is one wide cell."""

    line: int
    cells: list[str]
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a file; a CSV file is one without a name.

    `rows` begins anew at each call, skips empty rows, and fills cells that a merge covers from
    row `filled_from` on (positions count from the file's first row).
    """

    name: str
    rows: Callable[[int], Iterator[Row]]
    hidden: bool = False


def open_sheets(path: Path) -> list[Sheet]:
    """Every sheet of a CSV or XLSX file.

    Raises:
        BadFile: file-missing, file-empty, file-too-large, and what makes it no table: its code
            begins with "file-". Rows may raise it too, where the damage is further down.
    """
    if not path.exists():
        raise BadFile("file-missing", file=path.name)
    if not path.is_file():
        raise BadFile("file-not-a-file", file=path.name)
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            first = file.read(_FIRST)
    except OSError as error:
        raise BadFile("file-forbidden", file=path.name, why=error.strerror or "") from error
    if not size:
        raise BadFile("file-empty", file=path.name)
    if size > MAX_BYTES:
        raise BadFile("file-too-large", file=path.name, limit=MAX_BYTES // 2**20)
    return _by_content(path, first)


def _by_content(path: Path, first: bytes) -> list[Sheet]:
    from graph_loader.reading import (  # the one that is needed, when it is needed
        read_csv,
        read_xlsx,
    )

    if first.startswith(b"PK"):
        return read_xlsx.sheets(path)
    if first.startswith(_OLE):
        locked = _ENCRYPTED in path.read_bytes()
        raise BadFile("file-protected" if locked else "file-old-excel", file=path.name)
    for magic, kind in _NOT_TABLES.items():
        if first.startswith(magic):
            raise BadFile("file-not-a-table", file=path.name, kind=kind)
    for pattern, kind in ((_MARKUP, "HTML"), (_JSON, "JSON")):
        if pattern.match(first):
            raise BadFile("file-not-a-table", file=path.name, kind=kind)
    return [read_csv.sheet(path)]


def bounded(rows: Iterator[Row], path: Path, limit: int = MAX_ROWS) -> Iterator[Row]:
    """The rows, as long as there are not too many. Raises: BadFile ("file-too-many-rows")."""
    for count, row in enumerate(rows):
        if count >= limit:
            raise BadFile("file-too-many-rows", file=path.name, limit=limit)
        yield row


def unguarded(text: str) -> str:
    """A cell without the apostrophe that only says: no number, but text as it is typed.

    Example:
        >>> unguarded("'21-12-2019"), unguarded("'Aisyiyah"), unguarded("'21'")
        ('21-12-2019', "'Aisyiyah", "'21'")
    """
    return text[1:] if _GUARD.match(text) and not text.endswith("'") else text
