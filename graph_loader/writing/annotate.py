"""Marks on the clerk's own cells: filled and framed by how grave it is, and explained.

A mark is told apart by its frame and by the first word of its comment as well as by its colour.
What the clerk wrote in a comment herself stays, above what Simpul adds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from textwrap import wrap
from typing import Any, Final, Literal

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Border, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from graph_loader.model import Problem
from graph_loader.reading.notes import Mark
from graph_loader.report import Say, problem_dict
from graph_loader.writing.spreadsheet import put

Kind = Literal["corrected", "doubtful", "rejected"]
GRAVITY: Final[Sequence[Kind]] = ("corrected", "doubtful", "rejected")
"""From the lightest to the gravest: a cell with several marks looks like the gravest."""
AUTHOR: Final = "Simpul"
SIGN: Final = "— Simpul —"
"""The line between what the clerk wrote in a comment and what Simpul adds."""

_DAY = "dd-mm-yyyy"
_SHOWN = 600  # characters of Simpul's own: because nobody reads a longer comment in a box
_BEFORE = 80  # characters of what stood there before
_WIDTH, _LETTERS = 320, 44  # pixels; letters on a line of them, in the font of comments
_LINE, _MARGIN, _HIGHEST = 17, 14, 600  # pixels; because a higher box does not fit on a screen


@dataclass(frozen=True, slots=True)
class Look:
    """How a mark of one kind looks."""

    fill: PatternFill
    border: Border


def _look(colour: str, style: Any, frame: str) -> Look:
    side = Side(style, "FF" + frame) if style else Side()
    return Look(PatternFill("solid", fgColor="FF" + colour), Border(side, side, side, side))


LOOKS: Final[Mapping[Kind, Look]] = {
    "corrected": _look("DDEFD9", None, ""),
    "doubtful": _look("FFF2CC", "dashed", "8A6D00"),
    "rejected": _look("F8D7DA", "medium", "A3212F"),
}


@dataclass
class _Told:
    """All that is told about one cell."""

    kinds: set[Kind] = field(default_factory=set)
    was: str | None = None
    sentences: list[str] = field(default_factory=list)


def annotate(book: Any, marks: Iterable[Mark], problems: Iterable[Problem], say: Say) -> None:
    """Make every certain correction in its cell, and tell on each cell what was found there.

    What an earlier check had marked as doubtful or rejected is no longer marked, unless it is
    found again.
    """
    pages = {sheet.title: _Page(sheet) for sheet in book.worksheets}
    for mark in marks:
        cell = pages[mark.sheet].cell(mark.row, mark.index)
        if cell is not None:
            _note(pages[mark.sheet].told(cell), cell, mark, say)
    for problem in problems:
        if problem.code.startswith("heading-") and problem.column:
            for cell in pages[problem.sheet].headings(problem):
                _tell(pages[problem.sheet].told(cell), problem, say)
    for page in pages.values():
        page.write(say)


class _Page:
    """One sheet, its merged cells known by the place they hide, and what is told on it."""

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet
        self._told: dict[tuple[int, int], _Told] = {}
        self._anchors = {
            place: (area.min_row, area.min_col)
            for area in sheet.merged_cells.ranges for place in area.cells
        }  # fmt: skip
        self._first: dict[int, int] = {}
        for cell in cells(sheet):
            if cell.value not in (None, ""):
                self._first[cell.row] = min(cell.column, self._first.get(cell.row, cell.column))
            if cell.comment:
                _forget(cell)

    def cell(self, row: int, index: int) -> Cell | None:
        """The cell at a place, the first of its merge; of a whole row, the first that is filled."""
        column = index + 1 if index >= 0 else self._first.get(row, 0)
        if not column:
            return None
        return self._sheet.cell(*self._anchors.get((row, column), (row, column)))  # type: ignore[return-value]

    def headings(self, problem: Problem) -> Iterator[Cell]:
        """Where a heading stands: its problem has a row, of one or two, and no place in it."""
        for row in (problem.row, problem.row + 1):
            for cell in self._sheet[row]:
                text = " ".join(str(cell.value or "").split())
                if text == problem.column and not isinstance(cell, MergedCell):
                    yield cell

    def told(self, cell: Cell) -> _Told:
        """What is told about a cell; more may be added."""
        return self._told.setdefault((cell.row, cell.column), _Told())

    def write(self, say: Say) -> None:
        """Give each cell its look and its comment."""
        for (row, column), told in self._told.items():
            cell: Any = self._sheet.cell(row, column)
            look = LOOKS[max(told.kinds, key=GRAVITY.index)]
            cell.fill, cell.border = look.fill, look.border
            was = [] if told.was is None else [say("corrected.was", value=told.was)]
            _comment(cell, list(dict.fromkeys([*was, *told.sentences])))


def cells(sheet: Worksheet) -> Iterator[Any]:
    """Every cell that a file holds, and none of the empty ones between it and the farthest."""
    return iter(sheet._cells.values())


def _note(told: _Told, cell: Cell, mark: Mark, say: Say) -> None:
    if mark.new is not None:
        if told.was is None:
            told.was = _seen(cell.value)
        told.kinds.add("corrected")
        _correct(cell, mark.new)
    if mark.problem:
        _tell(told, mark.problem, say)


def _tell(told: _Told, problem: Problem, say: Say) -> None:
    words = problem_dict(problem, say)
    grave = say(f"problem-table.{problem.severity}").upper()
    told.kinds.add(problem.severity)
    told.sentences.append(f"{grave}. {words['why']} {words['fix']}")


def _seen(value: object) -> str:
    text = value.strftime("%d-%m-%Y") if isinstance(value, dt.date) else str(value or "")
    return text[:_BEFORE] + "…" * (len(text) > _BEFORE)


def _correct(cell: Cell, new: object) -> None:
    if isinstance(new, str):
        put(cell, new)
        return
    cell.value = dt.date.fromisoformat(str(new))
    cell.number_format = _DAY
    shown: Any = copy(cell.alignment)
    shown.shrink_to_fit, shown.wrap_text = True, False  # else a narrow column shows ###
    cell.alignment = shown


def _comment(cell: Any, told: Sequence[str]) -> None:
    ours = "\n".join(told)
    ours = ours if len(ours) <= _SHOWN else ours[: _SHOWN - 1] + "…"
    if cell.comment:
        author, text = cell.comment.author, f"{cell.comment.text}\n{SIGN}\n{ours}"
    else:
        author, text = AUTHOR, ours
    cell.comment = Comment(text, author, height=_height(text), width=_WIDTH)


def _height(text: str) -> int:
    """Pixels in which the whole comment is seen."""
    lines = sum(max(1, len(wrap(line, _LETTERS))) for line in text.split("\n"))
    return min(_HIGHEST, _MARGIN + _LINE * lines)


def _forget(cell: Any) -> None:
    """Take away what an earlier check found fault with; a correction that it made stays told."""
    text: str = cell.comment.text
    hers, sign, _ = text.partition(f"\n{SIGN}\n")
    ours = bool(sign) or cell.comment.author == AUTHOR
    if not sign and ours:
        hers = ""
    if ours and cell.fill.fgColor.rgb != LOOKS["corrected"].fill.fgColor.rgb:
        cell.fill, cell.border = PatternFill(), Border()
        text = hers
    author = cell.comment.author
    cell.comment = Comment(text, author, height=_height(text), width=_WIDTH) if text else None
