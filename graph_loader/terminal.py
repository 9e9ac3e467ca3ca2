"""Problems as a table on a terminal; where nobody is looking, one problem on one line."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TextIO

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from graph_loader.model import Problem
from graph_loader.report import Say, problem_dict

_LINE = 2_000  # characters: because a file or another program that reads along wraps nothing
_VALUE = 40  # characters of a cell: because a person must find it, not read it here
_COLOURS = {"rejected": "bold red", "doubtful": "yellow"}


def show_problems(problems: Sequence[Problem], say: Say, stream: TextIO) -> None:
    """A table for each sheet, its rows in the order of the file."""
    seen = stream.isatty()
    console = Console(file=stream, width=None if seen else _LINE, highlight=False, markup=False,
                      emoji=False)  # fmt: skip
    for (file, sheet), group in groupby(problems, key=lambda one: (one.file, one.sheet)):
        title = say("cli.problems.sheet", file=file, sheet=sheet) if sheet else file
        console.print(Text(title, style="bold"))
        console.print(_table(list(group), say, seen))


def _table(problems: Sequence[Problem], say: Say, seen: bool) -> Table:
    table = Table(box=box.SIMPLE_HEAD if seen else None, pad_edge=False, expand=seen)
    for name, ratio in (("row", 0), ("column", 2), ("value", 3), ("severity", 0), ("why", 6),
                        ("fix", 6)):  # fmt: skip
        table.add_column(say(f"problem-table.{name}"), ratio=ratio if seen and ratio else None,
                         overflow="fold", no_wrap=not seen or not ratio,
                         justify="right" if name == "row" else "left")  # fmt: skip
    for problem in problems:
        told = problem_dict(problem, say)
        table.add_row(
            str(problem.row or ""),
            Text(problem.column),
            Text(_short(problem.value)),
            Text(say(f"problem-table.{problem.severity}"), style=_COLOURS[problem.severity]),
            Text(str(told["why"])),
            Text(str(told["fix"])),
        )
    return table


def _short(value: str) -> str:
    one_line = " ".join(value.split())
    return one_line if len(one_line) <= _VALUE else one_line[: _VALUE - 1] + "…"
