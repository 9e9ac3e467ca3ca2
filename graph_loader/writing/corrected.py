"""The clerk's own file back: certain corrections made, proposals as comments, problems at the end.

Nothing is moved: every row and column stays where the clerk put it. Formulas become the values
that they showed, because a program that does not compute would lose them.
"""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter

from graph_loader.errors import BadInput
from graph_loader.model import Problem
from graph_loader.reading.notes import Mark
from graph_loader.reading.read import Sheet, open_sheets
from graph_loader.reading.sheet_xml import read_book, shown_instead
from graph_loader.report import Say
from graph_loader.writing.annotate import annotate, cells
from graph_loader.writing.problem_sheet import add_problem_sheet
from graph_loader.writing.spreadsheet import height, put, replacing

_CSV_SHEET = "Data"
_NARROWEST, _WIDEST = 8, 40  # characters of a column: because a name fits, and five on a screen
_MOST_CSV = 20 * 2**20  # bytes; because a million cells take a gigabyte while they are marked
_MOST_XLSX = 60 * 2**20  # bytes of its sheets when unpacked, for the same number of cells
_COLUMNS = 16_384  # because a sheet of Excel has no more
_SHEETS = "xl/worksheets/"
_DRAWN = ("xl/media/", "xl/charts/", "xl/drawings/drawing")


def write_corrected(
    path: Path, out: Path, marks: Sequence[Mark], problems: Sequence[Problem], say: Say
) -> None:
    """Write the file again as a workbook, with what a check of it found.

    Raises:
        BadInput: output-format (not .xlsx), output-is-input, output-unwritable,
            corrected-too-large, corrected-unreadable.

    Cost: about 700 bytes of memory for each cell.
    """
    if out.suffix.lower() != ".xlsx":
        raise BadInput("output-format", file=out.name, known=".xlsx")
    if _is_too_large(path):
        raise BadInput("corrected-too-large", file=path.name)
    with replacing(out, inputs=[path]) as beside:
        book, rows = _workbook(path)
        lost = _is_drawn_on(path)
        if rows:  # a CSV file: its lines are rows now
            marks = [_moved_mark(mark, rows) for mark in marks if mark.index < _COLUMNS]
            problems = [_moved(problem, rows) for problem in problems]
        if book.sheetnames:
            annotate(book, marks, problems, say)
        if rows:
            _lay_out(book[_CSV_SHEET])
        add_problem_sheet(book, marks, problems, say, lost=lost)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book.save(beside)


def _workbook(path: Path) -> tuple[Any, Mapping[int, int]]:
    """The file as a workbook; and for a CSV file, which row each of its lines has become.

    Raises: BadInput ("corrected-unreadable") where there is nothing to give back.
    """
    try:
        sheets = open_sheets(path)
        if sheets and not sheets[0].name:
            return _from_csv(sheets[0])
        book = _without_formulas(path, _opened(path))
    except BadInput as error:
        raise BadInput("corrected-unreadable", file=path.name) from error
    except Exception as error:  # what openpyxl cannot parse raises whatever it met
        raise BadInput("corrected-unreadable", file=path.name) from error
    if not {sheet.name for sheet in sheets} <= set(book.sheetnames):
        raise BadInput("corrected-unreadable", file=path.name)  # another edition of the format
    return book, {}


def _opened(path: Path, **how: bool) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells in English what it does not carry over
        return load_workbook(path, **how)


def _is_too_large(path: Path) -> bool:
    if not path.is_file():
        return False
    if not zipfile.is_zipfile(path):
        return path.stat().st_size > _MOST_CSV
    with zipfile.ZipFile(path) as package:
        parts = package.infolist()
    return sum(p.file_size for p in parts if p.filename.startswith(_SHEETS)) > _MOST_XLSX


def _is_drawn_on(path: Path) -> bool:
    """Whether a workbook holds pictures, charts or shapes."""
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as package:
        return any(name.startswith(_DRAWN) for name in package.namelist())


def _from_csv(source: Sheet) -> tuple[Any, Mapping[int, int]]:
    """Each line a row, so that both have one number; but a cell of several lines takes one row."""
    book = _emptied(Workbook())
    sheet = book.create_sheet(_CSV_SHEET)
    rows: dict[int, int] = {}
    taken = 0
    for row in source.rows(0):
        rows[row.line] = row.line - taken
        taken += sum(text.count("\n") for text in row.cells)
        for index, text in enumerate(row.cells[:_COLUMNS]):
            if text:
                put(sheet.cell(rows[row.line], index + 1), text)
    return book, rows


def _lay_out(sheet: Any) -> None:
    """A CSV file has no widths: as wide as its texts, and what is longer on several lines."""
    widths: dict[int, int] = {}
    high: dict[int, int] = {}
    for cell in cells(sheet):
        text = str(cell.value or "")
        longest = max(map(len, text.split("\n")))
        widths[cell.column] = max(widths.get(cell.column, _NARROWEST), min(_WIDEST, longest + 2))
        if longest > _WIDEST or "\n" in text:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            high[cell.row] = max(high.get(cell.row, 0), height([text], [_WIDEST]))
    for column, width in widths.items():
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row, points in high.items():
        sheet.row_dimensions[row].height = points


def _moved_mark(mark: Mark, rows: Mapping[int, int]) -> Mark:
    problem = _moved(mark.problem, rows) if mark.problem else None
    return replace(mark, sheet=_CSV_SHEET, row=rows[mark.row], problem=problem)


def _moved(problem: Problem, rows: Mapping[int, int]) -> Problem:
    row = rows.get(problem.row, problem.row)
    return replace(problem, sheet=_CSV_SHEET if problem.row else "", row=row)


def _emptied(book: Any) -> Any:
    book.remove(book.active)
    return book


def _without_formulas(path: Path, book: Any) -> Any:
    found = [
        (sheet.title, cell.coordinate)
        for sheet in book.worksheets for cell in cells(sheet)
        if cell.data_type == "f"
    ]  # fmt: skip
    if found:
        values = _opened(path, data_only=True)
        parts = read_book(path).parts
        lost = {
            title: {(row, column) for row, shown in shown_instead(path, parts[title]).items()
                    for column in shown}
            for title in dict.fromkeys(title for title, _ in found)
        }  # fmt: skip
        for title, place in found:
            cell = book[title][place]
            value = values[title][place].value
            if value is None and (cell.row - 1, cell.column - 1) in lost[title]:
                put(cell, str(getattr(cell.value, "text", cell.value)))  # of an array, its text
            elif value is None:
                cell.value = None  # an empty text is a value: a prepared form holds thousands
            else:
                cell.value = value
    return book
