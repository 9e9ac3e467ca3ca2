"""What is told about a file while it is read: problems, and marks on its cells."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from graph_loader.dates import PartialDate
from graph_loader.errors import BadFile
from graph_loader.model import Problem
from graph_loader.reading.columns import NOWHERE, Column
from graph_loader.reading.lines import Line
from graph_loader.reading.register import Table

SHOWN = 200  # characters of a value: because a person must find the cell, not read it


@dataclass(frozen=True, slots=True)
class Mark:
    """Something about one cell, for whoever gives the file back to the clerk.

    `index` is the column's position, -1 where the whole row is meant. `new` is a certain
    correction (None where there is none); `problem` is what was told.
    """

    sheet: str
    row: int
    index: int
    new: str | PartialDate | None = None
    problem: Problem | None = None


@dataclass
class Notes:
    """Every problem in the order of meeting; marks only where somebody wants the file back."""

    problems: list[Problem] = field(default_factory=list)
    marks: list[Mark] | None = None
    _month_first: set[tuple[str, str, str]] = field(default_factory=set)

    @property
    def wanted(self) -> bool:
        """Whether somebody wants the file back, corrected."""
        return self.marks is not None

    def tell(
        self,
        code: str,
        line: Line,
        where: Column | str | None = None,
        *,
        value: str | None = None,
        rejected: bool = False,
        **params: str,
    ) -> None:
        """One problem of one row; `where` is its column, or a field that has one."""
        column = line.cell(where).column if isinstance(where, str) else where
        if value is None:
            value = line.at(column) if column else ""
        severity: Literal["rejected", "doubtful"] = "rejected" if rejected else "doubtful"
        heading = column.heading if column else where if isinstance(where, str) else ""
        table = line.view.table
        sheet = table.sheet
        problem = Problem(
            code, severity, table.file, sheet, line.number, heading, value[:SHOWN],
            tuple(sorted(params.items())),
        )  # fmt: skip
        self.problems.append(problem)
        if self.marks is not None:
            index = column.place if column else NOWHERE
            self.marks.append(Mark(sheet, line.number, index, problem=problem))

    def tell_headings(self, code: str, table: Table, **params: str) -> None:
        """Something doubtful about the headings of a table."""
        row = table.first - table.headings.height
        self.problems.append(
            Problem(code, "doubtful", table.file, table.sheet, row, params=tuple(params.items()))
        )

    def tell_file(self, error: BadFile) -> None:
        """What keeps a whole file out."""
        params = {name: str(value) for name, value in error.params.items()}
        file, sheet = params.pop("file", ""), params.pop("sheet", "")
        row = int(params.pop("row", 0))
        self.problems.append(
            Problem(error.code, "rejected", file, sheet, row, params=tuple(sorted(params.items())))
        )

    def forget(self, from_here: int) -> None:
        """Take back every problem from this one on, and every mark: the reading begins anew."""
        del self.problems[from_here:]
        if self.marks is not None:
            self.marks.clear()

    def month_first(self, line: Line, name: str) -> None:
        """A cell that can only be read with the month first: its column may be all so."""
        column = line.cell(name).column
        if column:
            self._month_first.add((line.view.table.file, line.view.table.sheet, column.heading))

    def finish(self) -> None:
        """What can only be told when all is read: a date of two readings in such a column."""
        if not self._month_first:
            return
        self.problems[:] = map(self._judged, self.problems)
        for at, mark in enumerate(self.marks or ()):
            if self.marks and mark.problem:
                self.marks[at] = replace(mark, problem=self._judged(mark.problem))

    def _judged(self, problem: Problem) -> Problem:
        place = (problem.file, problem.sheet, problem.column)
        mixed = problem.code == "date-order" and place in self._month_first
        return replace(problem, code="date-order-mixed") if mixed else problem

    def correct(self, line: Line, index: int, new: str | PartialDate) -> None:
        """What a cell certainly means, where it is written otherwise."""
        if self.marks is not None and index < line.view.table.width:
            self.marks.append(Mark(line.view.table.sheet, line.number, index, new))
