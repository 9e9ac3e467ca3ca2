"""The records of a CSV file, strictly read; leniently where a quotation mark is only astray.

"Universitas Jember" Jember;2019     a stray mark: the record ends with its line, and is read
"Universitas Jember;2019             an open one: it swallows what follows, and is told
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

_END = "\x1a"  # which old programs write behind the last line
_STRAY = frozenset("\ufeff" + _END)  # the first, because joined files hold the mark of each
_FEW = 3  # columns: because in a narrower table a sentence has as many separators as a row


class BadQuote(Exception):
    """A quotation mark that is open from this line on."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class Lines:
    """The lines of a file; `record` holds those of the record that is being read."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = lines
        self.record: list[str] = []

    def __iter__(self) -> Iterator[str]:
        record = self.record
        for line in self._lines:
            if line[0] in _STRAY:
                line = line[1:]
            record.append(line)
            yield line


def records(lines: Lines, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the number of its first line. Raises: BadQuote."""
    rest = iter(lines)
    reader = csv.reader(rest, delimiter=delimiter, strict=True)
    line, width, widest = 1, 0, 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            found = _astray(lines.record, delimiter)
            if found is None or (widest and len(found) not in (width, widest)):
                raise BadQuote(line) from error
            cells = found
            reader = csv.reader(rest, delimiter=delimiter, strict=True)
        if len(lines.record) > 1 and _swallows(cells, delimiter, widest):
            raise BadQuote(line)
        yield line, cells
        width = len(cells)
        widest = max(widest, width)
        line += len(lines.record)
        lines.record.clear()


def _astray(record: list[str], delimiter: str) -> list[str] | None:
    """A line with a stray quotation mark, as it reads; None where a mark stays open.

    A record of several lines is never read so: nobody can tell where its open mark should end.
    """
    if len(record) > 1:
        return None
    try:
        found = list(csv.reader([record[0], _END], delimiter=delimiter))
    except csv.Error:
        return None
    return found[0] if len(found) == 2 else None


def _swallows(cells: list[str], delimiter: str, widest: int) -> bool:
    """Whether a record that is too short holds a cell with a whole further row in it."""
    return _FEW < widest > len(cells) and any(
        line.count(delimiter) >= widest - 1 for cell in cells for line in cell.splitlines()[1:]
    )
