"""The one place that writes CSV and XLSX: whole or not at all, and never a formula.

rows ──▶ file beside the target ──▶ target        (a reader sees the old one or the new one)
"""

from __future__ import annotations

import csv
import os
import re
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Final

from graph_loader.errors import BadInput
from graph_loader.writing.unwritable import unwritable

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell

MAX_ROWS: Final = 1_048_576  # because a sheet of Excel has no more
MAX_LETTERS: Final = 32_767  # because a cell of Excel holds no more
MAX_HEIGHT: Final = 409  # points; because no row of Excel is higher
LINE: Final = 16  # points; because a line of eleven-point text needs them
WIDTH: Final = 22  # characters; because a name of a regency fits and twelve columns fill a screen
HEADING: Final = {
    "bold": True,
    "font_color": "#FFFFFF",
    "bg_color": "#0F4C4A",
    "text_wrap": True,
    "valign": "vcenter",
}  # because teal is the pages' accent
_CUT: Final = "…"
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SEEMS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_UNPAIRED = re.compile("\r\n?")
_MARKUP = re.compile(r"<r>.*</r>", re.DOTALL)  # which XlsxWriter would take for its own

Value = str | int | date
FIRST_DAY: Final = date(1900, 3, 1)  # because Excel counts a day of 1900 that never was


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: its name (which a CSV does not show), headings, rows and widths in characters.

    `wrapped`: long text is broken into lines, which a table of sentences needs.
    """

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Value]]
    widths: Sequence[int] = ()
    wrapped: bool = False


def write_table(
    path: Path, table: Table, *, inputs: Iterable[Path] = (), about: Table | None = None
) -> int:
    """Write a table to a .csv or .xlsx file, row by row, however many there are.

    `about` is a second sheet, which a CSV does not have. Days are cells of dates in a workbook.

    Returns: how many rows were written, the headings not counted.
    Raises:
        BadInput: output-format, output-is-input, output-unwritable, output-too-long; what stood
            at `path` before is still there.
    """
    write = _writer(path)
    with replacing(path, inputs=inputs) as beside:
        return write(beside, table, about)


@contextmanager
def replacing(path: Path, *, inputs: Iterable[Path] = ()) -> Iterator[Path]:
    """A file beside `path` to write to; it takes the place of `path` if nothing goes wrong.

    `inputs` are the files that the work reads, none of which may be written over.
    Raises: BadInput: output-is-input, output-unwritable.
    """
    target = path.resolve()
    if any(_same(target, other) for other in inputs):
        raise BadInput("output-is-input", file=path.name)
    beside = target.with_name(f".{secrets.token_hex(8)}{target.suffix}")
    try:
        if target.is_dir():
            raise IsADirectoryError(path.name)
        yield beside
        os.replace(beside, target)
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        with suppress(OSError):  # it is gone where it took the target's place
            beside.unlink(missing_ok=True)


def escape(text: str) -> str:
    """A cell of a CSV that no spreadsheet takes for a formula.

    Example:
        >>> escape("=1+1"), escape("'=1+1"), escape("Gresik")
        ("'=1+1", "''=1+1", 'Gresik')
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unescape(text: str) -> str:
    """What `escape` was given.

    Example:
        >>> unescape("'=1+1"), unescape("'t Hooft")
        ('=1+1', "'t Hooft")
    """
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def without_controls(text: str) -> str:
    """The text without the characters that neither XML nor a reader of CSV can take."""
    return text if text.isascii() and text.isprintable() else _ILLEGAL.sub("", text)


def sheet_text(text: str) -> str:
    """The text as a cell of a workbook can hold it; where it must be cut, an ellipsis says so."""
    clean = _UNPAIRED.sub("\n", without_controls(text))
    if len(clean) <= MAX_LETTERS // 2 or _units(clean) <= MAX_LETTERS:
        return clean
    cut = clean.encode("utf-16-le")[: 2 * (MAX_LETTERS - 1)].decode("utf-16-le", "ignore")
    return cut + _CUT


def height(texts: Iterable[Value], widths: Iterable[float]) -> int:
    """How high a row must be to show wrapped texts in columns of these widths, in points.

    Example:
        >>> height(["Gresik", "one two three four five"], [10, 10])
        48
    """
    pairs = zip(texts, widths, strict=False)
    lines = max((_lines(str(text), int(width)) for text, width in pairs), default=1)
    return min(MAX_HEIGHT, LINE * lines)


def _lines(text: str, width: int) -> int:
    return sum(max(1, len(wrap(line, max(1, width)))) for line in text.split("\n"))


def put(cell: Cell, text: str) -> None:
    """Write text to a cell of an openpyxl workbook as text: no formula, no error value."""
    cell.value = _SEEMS_ESCAPED.sub("_x005F_", sheet_text(text))
    cell.data_type = "s"
    if _FORMULA.match(text):
        cell.quotePrefix = True  # so that it is still text after somebody has edited the cell


def _writer(path: Path) -> Callable[[Path, Table, Table | None], int]:
    write = _WRITERS.get(path.suffix.lower())
    if write is None:
        raise BadInput("output-format", file=path.name, known=", ".join(_WRITERS))
    return write


def _same(target: Path, other: Path) -> bool:
    try:
        return target.samefile(other)
    except OSError:
        return target == other.resolve()


def _write_csv(path: Path, table: Table, about: Table | None) -> int:
    count = 0
    with path.open("x", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(table.headings)
        for row in table.rows:
            writer.writerow([_csv_value(value) for value in row])
            count += 1
    return count


def _csv_value(value: Value) -> Value:
    return escape(without_controls(value)) if isinstance(value, str) else value


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2  # as Excel counts letters


def _write_xlsx(path: Path, table: Table, about: Table | None) -> int:
    with new_workbook(path) as book:
        count = _fill(book, table, path.name)
        if about is not None:
            _fill(book, about, path.name)
        return count


@contextmanager
def new_workbook(path: Path) -> Iterator[Any]:
    """An XlsxWriter workbook that keeps each row on the disk as it comes.

    Raises: OSError where it cannot be written, as `replacing` expects.
    """
    from xlsxwriter import Workbook  # type: ignore[import-untyped]  # here, for most commands
    from xlsxwriter.exceptions import FileCreateError  # type: ignore[import-untyped]  # write none

    try:
        with path.open("xb") as file, Workbook(file, {"constant_memory": True}) as book:
            book.use_zip64()
            yield book
    except FileCreateError as error:
        raise error.args[0] from error  # what the disk said


def _fill(book: Any, table: Table, file: str) -> int:
    sheet = book.add_worksheet(table.name)
    wrapped = {"text_wrap": table.wrapped, "valign": "top"}
    body, quoted = book.add_format(wrapped), book.add_format(wrapped | {"quote_prefix": True})
    day = book.add_format(wrapped | {"num_format": "yyyy-mm-dd", "align": "left"})
    _lay_out(sheet, table, book.add_format(HEADING))
    count = 0
    for row in table.rows:
        count += 1
        if count >= MAX_ROWS:
            raise BadInput("output-too-long", file=file, limit=MAX_ROWS - 1)
        if table.wrapped:
            sheet.set_row(count, height(row, table.widths))
        for column, value in enumerate(row):
            style = quoted if isinstance(value, str) and _FORMULA.match(value) else body
            style = day if isinstance(value, date) else style
            write_cell(sheet, count, column, value, style)
    sheet.autofilter(0, 0, count, len(table.headings) - 1)
    return count


def _lay_out(sheet: Any, table: Table, heading: Any) -> None:
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    for column, text in enumerate(table.headings):
        width = table.widths[column] if column < len(table.widths) else WIDTH
        sheet.set_column(column, column, width)
        write_cell(sheet, 0, column, text, heading)


def write_cell(sheet: Any, row: int, column: int, value: Value, style: Any) -> None:
    """Write a number, a day or text to a cell of an XlsxWriter sheet; nothing stays empty."""
    if isinstance(value, date) and value >= FIRST_DAY:
        sheet.write_datetime(row, column, value, style)
        return
    if isinstance(value, int):
        sheet.write_number(row, column, value, style)
        return
    value = str(value)
    if _MARKUP.fullmatch(text := sheet_text(value)):
        sheet.write_rich_string(row, column, text[:1], style, text[1:], style)
    elif text:
        sheet.write_string(row, column, text, style)


_WRITERS: Final = {".xlsx": _write_xlsx, ".csv": _write_csv}
