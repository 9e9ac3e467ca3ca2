"""Every problem of a file as a table that a clerk can open, sort and tick off."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from graph_loader.model import Problem
from graph_loader.report import Say, problem_dict
from graph_loader.writing.spreadsheet import Table, Value, write_table

WIDTHS: Final = {"file": 22, "sheet": 14, "row": 7, "column": 20, "value": 30, "severity": 11,
                 "why": 48, "fix": 48}  # fmt: skip
"""Characters for each column, in their order; because a landscape page holds about two hundred."""


def write_problems(
    path: Path, problems: Iterable[Problem], say: Say, *, inputs: Iterable[Path] = ()
) -> int:
    """Write the problems to a .csv or .xlsx file. Returns: how many there are.

    Raises: BadInput, as `write_table` does.
    """
    return write_table(path, problem_table(problems, say), inputs=inputs)


def problem_table(problems: Iterable[Problem], say: Say) -> Table:
    """The problems in words: file by file, sheet by sheet, row by row, column by column.

    A problem of a whole file has no row and comes first.
    """
    headings = [say(f"problem-table.{name}") for name in WIDTHS]
    rows = [_row(problem, say) for problem in in_order(problems)]
    return Table(say("problem-table.title"), headings, rows, tuple(WIDTHS.values()), wrapped=True)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """File by file, sheet by sheet, row by row, column by column."""
    return sorted(problems, key=_place)


def _place(problem: Problem) -> tuple[str, str, int, str]:
    return problem.file, problem.sheet, problem.row, problem.column


def _row(problem: Problem, say: Say) -> list[Value]:
    told = problem_dict(problem, say)
    told["severity"] = say(f"problem-table.{problem.severity}")
    told["row"] = problem.row or ""
    return [value if isinstance(value, int) else str(value) for value in map(told.get, WIDTHS)]
