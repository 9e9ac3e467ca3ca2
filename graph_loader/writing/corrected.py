"""The clerk's own file back: certain corrections made, proposals as comments, problems at the end.

Nothing is moved: every row and column stays where the clerk put it. Formulas become the values
that they showed, because a program that does not compute would lose them.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from graph_loader.errors import BadInput
from graph_loader.model import Problem
from graph_loader.reading.notes import Mark
from graph_loader.reading.read import Sheet, open_sheets
from graph_loader.reading.register import OWN_SHEETS
from graph_loader.report import Say, problem_dict
from graph_loader.text import fold
from graph_loader.writing.problem_table import problem_table
from graph_loader.writing.spreadsheet import HEADING, put, replacing

CORRECTED = PatternFill("solid", fgColor="FFDDEFD9")
DOUBTFUL = PatternFill("solid", fgColor="FFFFF2CC")
REJECTED = PatternFill("solid", fgColor="FFF8D7DA")
_AUTHOR = "Simpul"
_DAY = "dd-mm-yyyy"
_WIDTH, _HEIGHT = 320, 130  # pixels: because two sentences fit
_SHOWN = 500  # characters of a comment: because nobody reads a longer one in a box
_CSV_SHEET = "Data"
_BEFORE = 80  # characters of what stood there before


def write_corrected(
    path: Path, out: Path, marks: Sequence[Mark], problems: Sequence[Problem], say: Say
) -> None:
    """Write the file again as a workbook, with what a check of it found.

    Raises:
        BadInput: output-format (not .xlsx), output-is-input, output-unwritable.
    """
    if out.suffix.lower() != ".xlsx":
        raise BadInput("output-format", file=out.name, known=".xlsx")
    with replacing(out, inputs=[path]) as beside:
        book, rows = _workbook(path)
        if rows:  # a CSV file: its lines are rows now
            marks = [replace(mark, sheet=_CSV_SHEET, row=rows[mark.row]) for mark in marks]
            problems = [_moved(problem, rows) for problem in problems]
        if book.sheetnames:
            _annotate(book, marks, say)
            _annotate_headings(book, problems, say)
        _add_problems(book, problems, say)
        book.save(beside)


def _workbook(path: Path) -> tuple[Any, Mapping[int, int]]:
    """The file as a workbook; and for a CSV file, which row each of its lines has become."""
    try:
        sheets = open_sheets(path)
        if sheets and not sheets[0].name:
            return _from_csv(sheets[0])
        return _without_formulas(path, load_workbook(path)), {}
    except BadInput:
        return _emptied(Workbook()), {}  # there is nothing to give back but its problems


def _from_csv(source: Sheet) -> tuple[Any, Mapping[int, int]]:
    """Each line a row, so that both have one number; but a cell of several lines takes one row."""
    book = _emptied(Workbook())
    sheet = book.create_sheet(_CSV_SHEET)
    rows: dict[int, int] = {}
    taken = 0
    for row in source.rows(0):
        rows[row.line] = row.line - taken
        taken += sum(text.count("\n") for text in row.cells)
        for index, text in enumerate(row.cells):
            if text:
                put(sheet.cell(rows[row.line], index + 1), text)
    return book, rows


def _moved(problem: Problem, rows: Mapping[int, int]) -> Problem:
    row = rows.get(problem.row, problem.row)
    return replace(problem, sheet=_CSV_SHEET if problem.row else "", row=row)


def _emptied(book: Any) -> Any:
    book.remove(book.active)
    return book


def _without_formulas(path: Path, book: Any) -> Any:
    found = [
        (sheet.title, cell.coordinate)
        for sheet in book.worksheets for row in sheet.iter_rows() for cell in row
        if cell.data_type == "f"
    ]  # fmt: skip
    if found:
        values = load_workbook(path, data_only=True)
        for title, place in found:
            cell = book[title][place]
            value = values[title][place].value
            if value is None:
                put(cell, str(cell.value))
            else:
                cell.value = value
    return book


def _annotate(book: Any, marks: Iterable[Mark], say: Say) -> None:
    by_cell: dict[tuple[str, int, int], list[Mark]] = defaultdict(list)
    for mark in marks:
        by_cell[mark.sheet, mark.row, mark.index].append(mark)
    for (name, row, index), found in by_cell.items():
        cell = _cell(book[name], row, index)
        if cell is None:
            continue
        told = [_sentence(mark.problem, say) for mark in found if mark.problem]
        new = next((mark.new for mark in reversed(found) if mark.new is not None), None)
        if new is not None:
            told.insert(0, say("corrected.was", value=str(cell.value or "")[:_BEFORE]))
            _correct(cell, new)
        _comment(cell, told)
        cell.fill = CORRECTED if new is not None else _fill(found)


def _fill(marks: Iterable[Mark]) -> PatternFill:
    rejected = any(mark.problem and mark.problem.severity == "rejected" for mark in marks)
    return REJECTED if rejected else DOUBTFUL


def _correct(cell: Cell, new: object) -> None:
    if isinstance(new, str):
        put(cell, new)
    else:
        cell.value = dt.date.fromisoformat(str(new))
        cell.number_format = _DAY


def _cell(sheet: Worksheet, row: int, index: int) -> Cell | None:
    """The cell at a place, the first of its merge; of a whole row, the first that is filled."""
    if index < 0:
        filled = (cell for cell in sheet[row] if cell.value not in (None, ""))
        return next(filled, None)
    cell = sheet.cell(row, index + 1)
    if isinstance(cell, MergedCell):
        for area in sheet.merged_cells.ranges:
            if cell.coordinate in area:
                return sheet.cell(area.min_row, area.min_col)  # type: ignore[return-value]
    return cell  # type: ignore[return-value]


def _annotate_headings(book: Any, problems: Iterable[Problem], say: Say) -> None:
    """A problem of a heading stands at no row of agreements, so it has no mark."""
    for problem in problems:
        if not problem.code.startswith("heading-") or not problem.column:
            continue
        sheet = book[problem.sheet]
        for row in (problem.row, problem.row + 1):
            for cell in sheet[row]:
                text = " ".join(str(cell.value or "").split())
                if text == problem.column and not isinstance(cell, MergedCell):
                    _comment(cell, [_sentence(problem, say)])
                    cell.fill = DOUBTFUL


def _sentence(problem: Problem, say: Say) -> str:
    told = problem_dict(problem, say)
    return f"{told['why']} {told['fix']}"


def _comment(cell: Cell, told: Sequence[str]) -> None:
    if not told:
        return
    before = [cell.comment.text] if cell.comment and cell.comment.author == _AUTHOR else []
    text = "\n".join(dict.fromkeys([*before, *told]))[:_SHOWN]
    cell.comment = Comment(text, _AUTHOR, height=_HEIGHT, width=_WIDTH)


def _add_problems(book: Any, problems: Sequence[Problem], say: Say) -> None:
    """The last sheet: every problem in words."""
    for name in [name for name in book.sheetnames if fold(name) in OWN_SHEETS]:
        if fold(name) == fold(say("problem-table.title")):
            book.remove(book[name])
    table = problem_table(problems, say)
    sheet = book.create_sheet(table.name)
    heading_font = Font(bold=True, color="FF" + str(HEADING["font_color"]).lstrip("#"))
    heading_fill = PatternFill("solid", fgColor="FF" + str(HEADING["bg_color"]).lstrip("#"))
    for number, row in enumerate([table.headings, *table.rows], start=1):
        for index, value in enumerate(row, start=1):
            cell = sheet.cell(number, index)
            if isinstance(value, int):
                cell.value = value
            elif value:
                put(cell, value)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if number == 1:
                cell.font, cell.fill = heading_font, heading_fill
    for index, width in enumerate(table.widths):
        sheet.column_dimensions[sheet.cell(1, index + 1).column_letter].width = width
    sheet.freeze_panes = "A2"
