"""CSV as people save it: four encodings, three separators, quoted line breaks."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from graph_loader.errors import BadFile
from graph_loader.reading.headings import FIRST_ROWS, recognise
from graph_loader.reading.read import Row, Sheet, bounded
from graph_loader.writing.spreadsheet import unescape

_DELIMITERS = ",;\t|"
_SAMPLE = 64 * 1024  # bytes: because headings and the first rows fit
_CELL = 2**20  # characters: because a cell beyond is an unclosed quote that swallows the file
_SEPARATOR_LINE = re.compile(r"sep=(.)\s*\Z", re.IGNORECASE)
# Text in a Western language holds no such run outside ASCII; another script read as cp1252 does.
_FOREIGN_RUN = re.compile(rb"[\x80-\xff]{4}")


def sheet(path: Path) -> Sheet:
    """A CSV file as one sheet. Raises: BadFile ("file-encoding", "file-unreadable")."""
    encoding = _encoding(path)
    delimiter = _delimiter(path, encoding)
    return Sheet("", lambda filled_from: bounded(_rows(path, encoding, delimiter), path))


def _encoding(path: Path) -> str:
    """UTF-8, UTF-16 (by its mark, or its many zero bytes) or cp1252, tried on the whole file."""
    with path.open("rb") as file:
        sample = file.read(_SAMPLE)
    if sample.startswith(codecs.BOM_UTF8):
        guesses = ["utf-8-sig"]
    elif sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        guesses = ["utf-16"]
    elif b"\0" in sample:
        guesses = [_utf_16(sample)]
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
            if encoding == "cp1252" and _FOREIGN_RUN.search(chunk):
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


def _delimiter(path: Path, encoding: str) -> str:
    """The separator under which the first rows show most headings, then most columns."""
    with path.open(encoding=encoding, newline="") as file:
        lines = [line for _, line in zip(range(FIRST_ROWS), file, strict=False)]
    if lines and (said := _SEPARATOR_LINE.match(lines[0].lstrip("\ufeff"))):
        return said[1]
    return max(_DELIMITERS, key=lambda delimiter: _fit(lines, delimiter))


def _fit(lines: list[str], delimiter: str) -> tuple[int, int]:
    try:
        rows = [cells for cells in csv.reader(lines, delimiter=delimiter) if any(cells)]
    except csv.Error:
        return 0, 0
    found = recognise(rows)
    widths = sorted(len(cells) for cells in rows)
    return len(found.fields) if found else 0, widths[len(widths) // 2] if widths else 0


def _rows(path: Path, encoding: str, delimiter: str) -> Iterator[Row]:
    """Every row that is not empty. Raises: BadFile ("file-unreadable") at an open quote."""
    old = csv.field_size_limit(_CELL)
    with path.open(encoding=encoding, newline="") as file:
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        line = 0
        try:
            for cells in reader:
                begins, line = line + 1, reader.line_num
                if any(cells) and not (begins == 1 and _is_separator_line(cells)):
                    yield Row(begins, [_cell(cell) for cell in cells])
        except csv.Error as error:
            raise BadFile("file-quote", file=path.name, row=line + 1) from error
        finally:
            csv.field_size_limit(old)


def _cell(text: str) -> str:
    """A cell as typed: a leading apostrophe only keeps a spreadsheet from computing."""
    text = text.strip()
    return unescape(text) if text[:1] == "'" else text


def _is_separator_line(cells: Iterable[str]) -> bool:
    return next(iter(cells)).lower() == "sep="
