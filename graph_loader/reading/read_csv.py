"""CSV as people save it: five encodings, four separators, quoted line breaks, stray quotes."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterable, Iterator
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from graph_loader.errors import BadFile
from graph_loader.reading.headings import FIRST_ROWS, recognise
from graph_loader.reading.read import Row, Sheet, bounded, unguarded
from graph_loader.reading.records import BadQuote, Lines, records
from graph_loader.writing.spreadsheet import unescape

_DELIMITERS = ",;\t|"
_SAMPLE = 64 * 1024  # bytes: because headings and the first rows fit
_CELL = 2**20  # characters: because a cell beyond is an unclosed quote that swallows the file
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\s*\Z', re.IGNORECASE)
_NO_DELIMITER = "\x1f"  # because no register holds it, so that a whole line is one cell
# Text in a Western language holds no such run outside ASCII; another script read as one does.
_WESTERN = ("cp1252", "mac_roman")
_FOREIGN_RUN = re.compile(rb"[\x80-\xff]{4}")


class _Dialect(NamedTuple):
    """How a file separates its cells; and, where each line is quoted as a whole, those lines."""

    delimiter: str
    outer: str = ""


def sheet(path: Path) -> Sheet:
    """A CSV file as one sheet. Raises: BadFile ("file-encoding", "file-quote")."""
    encoding = _encoding(path)
    dialect = _dialect(path, encoding)
    return Sheet("", lambda filled_from: bounded(_rows(path, encoding, dialect), path))


def _encoding(path: Path) -> str:
    """UTF-8, UTF-16 (by its mark, or its many zero bytes), old Mac or cp1252; the whole file."""
    with path.open("rb") as file:
        sample = file.read(_SAMPLE)
    if sample.startswith(codecs.BOM_UTF8):
        guesses = ["utf-8-sig"]
    elif sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        guesses = ["utf-16"]
    elif b"\0" in sample:
        guesses = [_utf_16(sample)]
    elif b"\r" in sample and b"\n" not in sample:  # so ends "CSV (Macintosh)" its lines
        guesses = ["utf-8", "mac_roman"]
    else:
        guesses = ["utf-8", "cp1252"]
    for guess in guesses:
        if _decodes(path, guess):
            return guess
    raise BadFile("file-encoding", file=path.name)


def _utf_16(sample: bytes) -> str:
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    return "utf-16-be" if even > odd else "utf-16-le"


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        while chunk := file.read(2**20):
            if encoding in _WESTERN and _FOREIGN_RUN.search(chunk):
                return False
            try:
                text = decoder.decode(chunk)
            except UnicodeDecodeError:
                return False
            if "\0" in text:
                return False
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _dialect(path: Path, encoding: str) -> _Dialect:
    """Under which the first rows show most headings, then most columns."""
    with path.open(encoding=encoding, newline="") as file:
        lines = [line for _, line in zip(range(FIRST_ROWS), Lines(file), strict=False)]
    if lines and (said := _SEPARATOR_LINE.match(lines[0])):
        return _Dialect(said[1])
    outer = _outer(lines)
    inner = [cells[0] for cells in csv.reader(lines, delimiter=outer) if cells]
    dialects = [_Dialect(delimiter, kind) for kind in ("", outer) for delimiter in _DELIMITERS]
    return max(dialects, key=lambda dialect: _fit(inner if dialect.outer else lines, dialect))


def _outer(lines: list[str]) -> str:
    """What follows a line that is quoted as a whole: empty cells, or nothing."""
    ends = {line.rstrip("\r\n")[-1:] for line in lines} & set(_DELIMITERS)
    return min(ends) if len(ends) == 1 else _NO_DELIMITER


def _fit(lines: list[str], dialect: _Dialect) -> tuple[int, int]:
    try:
        rows = [cells for cells in csv.reader(lines, delimiter=dialect.delimiter) if any(cells)]
    except csv.Error:
        return 0, 0
    found = recognise(rows)
    widths = sorted(len(cells) for cells in rows)
    width = widths[len(widths) // 2] if widths and not dialect.outer else 0
    return len(found.fields) if found else 0, width


def _rows(path: Path, encoding: str, dialect: _Dialect) -> Iterator[Row]:
    """Every row that is not empty. Raises: BadFile ("file-quote") at an open quote."""
    old = csv.field_size_limit(_CELL)
    try:
        with path.open(encoding=encoding, newline="") as file:
            for line, cells in _records(Lines(file), dialect):
                if any(cells) and not (line == 1 and _is_separator_line(cells)):
                    yield Row(line, [_cell(cell) for cell in cells])
    except BadQuote as error:
        raise BadFile("file-quote", file=path.name, row=error.line, line=error.line) from error
    finally:
        csv.field_size_limit(old)


def _records(lines: Lines, dialect: _Dialect) -> Iterator[tuple[int, list[str]]]:
    if not dialect.outer:
        yield from records(lines, dialect.delimiter)
        return
    for line, cells in records(lines, dialect.outer):
        if any(cells) and not any(cells[1:]):
            inner = Lines(StringIO(cells[0], newline=""))
            try:
                _, cells = next(records(inner, dialect.delimiter))
            except BadQuote as error:
                raise BadQuote(line) from error
        yield line, cells


def _cell(text: str) -> str:
    """A cell as typed: a leading apostrophe only keeps a spreadsheet from computing."""
    text = text.strip()
    return unguarded(unescape(text)) if text[:1] == "'" else text


def _is_separator_line(cells: Iterable[str]) -> bool:
    first, *others = cells
    said = first.lower() == "sep=" or _SEPARATOR_LINE.match(first) is not None
    return said and not any(others)
