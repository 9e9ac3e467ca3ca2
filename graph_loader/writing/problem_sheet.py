"""The last sheet of a corrected file: what the marks mean, every problem, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties

from graph_loader.model import Problem
from graph_loader.reading.notes import Mark
from graph_loader.report import Say, problem_dict
from graph_loader.text import fold
from graph_loader.writing.annotate import GRAVITY, LOOKS
from graph_loader.writing.problem_table import WIDTHS, in_order
from graph_loader.writing.spreadsheet import HEADING, height, put

FIELDS: Final = ("sheet", "row", "column", "value", "severity", "why", "fix", "state")
"""The columns: those of a file of problems without the file, and what became of each."""
TITLE: Final = "Simpul"  # with which the title begins, so that the sheet is known again
MOST: Final = 100_000  # problems: because a workbook with more of them is slow to open
_LINKS: Final = 50_000  # because Excel opens no sheet with more than 65,530
_STATE_WIDTH: Final = 20  # characters
_TITLE_HEIGHT: Final = 22  # points; because its letters have fourteen
_PROPOSALS: Final = ("candidates", "proposal")
_MENDED: Final = {"text-cleaned", "cell-too-long", "cell-ditto", "date-order", "date-order-mixed",
                  "date-month-first"}  # fmt: skip
"""Problems that a certain correction of the cell settles: another check does not tell them."""
_FONT: Final = "Calibri"

_Key = tuple[str, int, str, str]
Places = Mapping[_Key, tuple[int, bool]]
"""Of each problem that has a cell: its column, and whether the cell was corrected."""


def add_problem_sheet(
    book: Any, marks: Iterable[Mark], problems: Sequence[Problem], say: Say, *, lost: bool
) -> None:
    """Put the sheet at the end, in place of the one that an earlier check wrote.

    `lost`: the file held pictures or charts, which may not all be in the new one.
    """
    _remove_older(book)
    sheet = book.create_sheet(_free_name(book, say))
    first = _legend(sheet, say, _remarks(problems, say, lost=lost))
    for column, name in enumerate(FIELDS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = _width(name)
    _headings(sheet, first, say)
    table = _Rows(sheet, _places(marks), say)
    for row, problem in enumerate(in_order(problems)[:MOST], start=first + 1):
        table.write(row, problem)
    _lay_out(sheet, first)


def _remove_older(book: Any) -> None:
    """A sheet of the clerk's own may bear the name; only one that Simpul began is removed."""
    for sheet in book.worksheets:
        if str(sheet["A1"].value).startswith(f"{TITLE}:"):
            book.remove(sheet)


def _free_name(book: Any, say: Say) -> str:
    """A name that is free in the book; a reader of registers passes over sheets called so."""
    used = {fold(name) for name in book.sheetnames}
    names = (say("problem-table.title"), "Masalah", "Problems")
    return next((name for name in names if fold(name) not in used), names[0])


def _remarks(problems: Sequence[Problem], say: Say, *, lost: bool) -> list[str]:
    remarks = [] if problems else [say("corrected.none")]
    if len(problems) > MOST:
        remarks.append(say("corrected.more", shown=MOST, all=len(problems)))
    return [*remarks, say("corrected.lost")] if lost else remarks


def _legend(sheet: Any, say: Say, remarks: Sequence[str]) -> int:
    """What the marks mean. Returns: the row for the headings of the table."""
    sheet["A1"].value = f"{TITLE}: {say('corrected.title')}"
    sheet["A1"].font = Font(_FONT, 14, bold=True, color=_colour("bg_color"))
    sheet.row_dimensions[1].height = _TITLE_HEIGHT
    for row, kind in enumerate(reversed(GRAVITY), start=2):
        cell = sheet.cell(row, 1, say(f"corrected.kind.{kind}"))
        cell.fill, cell.border, cell.font = LOOKS[kind].fill, LOOKS[kind].border, Font(_FONT, 11)
        sheet.cell(row, 2, say(f"corrected.kind.{kind}.means")).font = Font(_FONT, 11)
    below = 2 + len(GRAVITY)
    for row, text in enumerate(remarks, start=below):
        sheet.cell(row, 1, text).font = Font(_FONT, 11, italic=True)
    return below + len(remarks) + 1


def _headings(sheet: Any, row: int, say: Say) -> None:
    for column, name in enumerate(FIELDS, start=1):
        cell = sheet.cell(row, column, say(f"problem-table.{name}"))
        cell.font = Font(_FONT, 11, bold=True, color=_colour("font_color"))
        cell.fill = PatternFill("solid", fgColor=_colour("bg_color"))
        cell.alignment = Alignment(wrap_text=True, vertical="center")


def _places(marks: Iterable[Mark]) -> Places:
    found = list(marks)
    corrected = {_place(mark) for mark in found if mark.new is not None}
    return {
        _key(mark.problem): (max(mark.index, 0) + 1, _place(mark) in corrected)
        for mark in found if mark.problem
    }  # fmt: skip


def _place(mark: Mark) -> tuple[str, int, int]:
    return mark.sheet, mark.row, mark.index


def _key(problem: Problem) -> _Key:
    return problem.sheet, problem.row, problem.column, problem.value


class _Rows:
    """Writes problems; a cell takes the style of a model, because to build it anew is slow."""

    def __init__(self, sheet: Any, places: Places, say: Say) -> None:
        self._sheet, self._places, self._say = sheet, places, say
        self._plain = _model(sheet, PatternFill())
        self._grave = {kind: _model(sheet, look.fill) for kind, look in LOOKS.items()}
        self._linked = _model(sheet, PatternFill(), _LINKED)

    def write(self, row: int, problem: Problem) -> None:
        """One problem; its row's number leads to its cell."""
        told = problem_dict(problem, self._say) | {
            "severity": self._say(f"problem-table.{problem.severity}"),
            "state": self._say(f"corrected.state.{_state(problem, self._places)}"),
        }
        texts = {name: str(told[name] or "") for name in FIELDS}
        for column, (name, text) in enumerate(texts.items(), start=1):
            cell = self._sheet.cell(row, column)
            cell._style = self._grave[problem.severity] if name == "severity" else self._plain
            if text:
                put(cell, text)
        self._sheet.row_dimensions[row].height = height([*texts.values()], _ALL_WIDTHS)
        if problem.row:
            self._link(self._sheet.cell(row, 2), problem)

    def _link(self, cell: Any, problem: Problem) -> None:
        cell.value = problem.row
        if cell.row > _LINKS:
            return
        column = get_column_letter(self._places.get(_key(problem), (1, False))[0])
        place = f"{quote_sheetname(problem.sheet)}!{column}{problem.row}"
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=place, display=str(problem.row))
        cell._style = self._linked


def _model(sheet: Any, fill: PatternFill, font: Font | None = None) -> Any:
    """The style of a cell that has been given it."""
    cell: Any = Cell(sheet, 1, 1)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.font, cell.fill = font or Font(_FONT, 11), fill
    return cell._style


def _state(problem: Problem, places: Places) -> str:
    if problem.code in _MENDED and places.get(_key(problem), (0, False))[1]:
        return "corrected"
    if _key(problem) in places and any(name in _PROPOSALS for name, _ in problem.params):
        return "proposal"
    return "needed" if problem.severity == "rejected" else "look"


def _lay_out(sheet: Any, first: int) -> None:
    sheet.freeze_panes = sheet.cell(first + 1, 1)
    sheet.auto_filter.ref = f"A{first}:{get_column_letter(len(FIELDS))}{max(first, sheet.max_row)}"
    sheet.print_title_rows = f"{first}:{first}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9  # A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _width(name: str) -> int:
    return WIDTHS.get(name, _STATE_WIDTH)


def _colour(name: str) -> str:
    return "FF" + str(HEADING[name]).lstrip("#")


_ALL_WIDTHS: Final = tuple(map(_width, FIELDS))
_LINKED: Final = Font(_FONT, 11, color="FF0F4C4A", underline="single")
