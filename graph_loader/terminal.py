"""What a terminal shows: problems, in a table where it is wide, and what a store holds.

On a narrow terminal each problem is a block.

Where nobody is looking (a pipe, a file) each problem is one line of fields with tabs between
them, whole, under one line of headings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, Final, TextIO
from zoneinfo import ZoneInfo

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from graph_loader.background.load import is_background
from graph_loader.model import Load, Problem, Source
from graph_loader.report import Say, problem_dict
from graph_loader.store.base import Page, Unfinished

FIELDS: Final = ("file", "sheet", "row", "column", "value", "severity", "why", "fix")
"""What a line for a program holds, in its order, which is that of the file of problems."""
ROOMY: Final = 120  # columns; because below them sentences in a table are squeezed to splinters
_VALUE: Final = 40  # characters of a cell: because a person must find it, not read it here
_WORD: Final = 18  # characters: because a longer word may break, where others may not
_COLOURS: Final = {"rejected": "bold red", "doubtful": "yellow"}
_UNSEEN: Final = "\ufffd"  # in place of what would steer the terminal or turn the text around
_SHARES: Final = {"row": 0, "column": 0, "value": 3, "severity": 0, "why": 6, "fix": 6}
_INDENT: Final = 4
_ZONE: Final = ZoneInfo("Asia/Jakarta")  # because every bureau's day is told in it


def show_problems(problems: Sequence[Problem], say: Say, stream: TextIO) -> None:
    """Every problem, sheet by sheet, its rows in the order of the file."""
    told = [_told(problem, say) for problem in problems]
    if not stream.isatty():
        stream.writelines(_lines(told, say))
        return
    console = Console(file=stream, highlight=False, markup=False, emoji=False)
    for (file, sheet), group in groupby(told, key=lambda one: (one["file"], one["sheet"])):
        title = say("cli.problems.sheet", file=file, sheet=sheet) if sheet else file
        console.print(Text(title, style="bold"))
        if console.width >= ROOMY:
            console.print(_table(list(group), say))
        else:
            _blocks(list(group), say, console)


def _told(problem: Problem, say: Say) -> dict[str, str]:
    """A problem as words that are safe to print; `code` is its severity's key."""
    words = {name: _plain(str(value)) for name, value in problem_dict(problem, say).items()}
    words["row"] = str(problem.row or "")
    words["severity"] = say(f"problem-table.{problem.severity}")
    return words | {"code": problem.severity}


def _plain(text: str) -> str:
    """The text on one line, with nothing in it that a terminal would obey."""
    line = " ".join(text.split())
    if line.isprintable():
        return line
    return "".join(letter if letter.isprintable() else _UNSEEN for letter in line)


def _lines(told: Iterable[dict[str, str]], say: Say) -> Iterable[str]:
    yield "\t".join(say(f"problem-table.{name}") for name in FIELDS) + "\n"
    for one in told:
        yield "\t".join(one[name] for name in FIELDS) + "\n"


def _table(told: Sequence[dict[str, str]], say: Say) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True)
    shown = [one | {"value": _short(one["value"])} for one in told]
    for name, share in _SHARES.items():
        table.add_column(
            say(f"problem-table.{name}"), ratio=share or None, overflow="fold",
            no_wrap=name in ("row", "severity"),
            width=_longest_word(shown, name, say) if name == "column" else None,
            justify="right" if name == "row" else "left",
        )  # fmt: skip
    for one in shown:
        styles = {"severity": _COLOURS[one["code"]]}
        table.add_row(*(Text(one[name], style=styles.get(name, "")) for name in _SHARES))
    return table


def _longest_word(told: Sequence[dict[str, str]], name: str, say: Say) -> int:
    words = [word for one in told for word in one[name].split()]
    return min(_WORD, max(map(len, [*words, say(f"problem-table.{name}")])))


def _blocks(told: Sequence[dict[str, str]], say: Say, console: Console) -> None:
    """Where it stands and how grave it is; below it, what is wrong and what to do."""
    for one in told:
        head = Text(", ".join(_place(one, say)), style="bold")
        head.append(one["severity"], style=_COLOURS[one["code"]])
        console.print(Padding(head, (0, 0, 0, _INDENT // 2)))
        for line in _body(one, say):
            console.print(Padding(Text(line), (0, 0, 0, _INDENT)))


def _place(one: dict[str, str], say: Say) -> list[str]:
    row = say("cli.problem.row", row=one["row"]) if one["row"] else ""
    return [*filter(None, (row, one["column"])), ""]


def _body(one: dict[str, str], say: Say) -> list[str]:
    """The sentences; the cell itself only where they do not quote it."""
    quoted = not one["value"] or one["value"] in one["why"]
    value = [] if quoted else [say("cli.problem.value", value=_short(one["value"]))]
    return [*value, one["why"], say("cli.problem.fix", fix=one["fix"])]


def _short(value: str) -> str:
    return value if len(value) <= _VALUE else value[: _VALUE - 1] + "…"


def status_lines(
    facts: Mapping[str, Any], sources: Sequence[Source], loads: Page[Load], say: Say,
    unfinished: Unfinished | None = None,
) -> list[str]:  # fmt: skip
    """What a store holds, in words: its counts, its sources, its last loads.

    `facts` are those of `holdings`, and `store`; the counts are told only where no load is
    unfinished. Times are those of Jakarta.
    """
    lines = [say("cli.status.store", store=facts["store"], version=facts["version"])]
    if unfinished is not None:
        lines += _unfinished_lines(unfinished, say)
    else:
        counts = {name: say(f"count.{name}", n=facts[name]) for name in ("parties", "agreements")}
        lines += [say("cli.status.held", **counts), *_background_lines(facts["background"], say)]
    if not loads.total:
        return lines if unfinished else [*lines, say("cli.status.empty")]
    lines += [say("cli.status.sources"), *(f"  {one.id}: {_plain(one.name)}" for one in sources)]
    shown = "all" if len(loads.items) == loads.total else "some"
    lines.append(say(f"cli.status.loads.{shown}", shown=len(loads.items), all=loads.total))
    return lines + [line for load in loads.items for line in _load_lines(load, say)]


def _background_lines(held: Mapping[str, Any], say: Say) -> list[str]:
    """How much is known of twin towns, and by which lists; nothing where none is loaded."""
    if not held["links"]:
        return []
    counts = {name: held[name] for name in ("places", "links")}
    return [say("cli.status.background", lists=", ".join(held["sources"]), **counts)]


def _unfinished_lines(load: Unfinished, say: Say) -> list[str]:
    """A load that runs or was broken off: the store cannot tell which, a person can."""
    what = "load" if load.load else "copy"
    named = ", ".join(filter(None, (_plain(load.file), load.source)))
    done = say("cli.status.unfinished.done", done=load.done, total=load.total)
    return [say(f"cli.status.unfinished.{what}", when=_when(load.started, say)),
            f"  {named}: {done}" if named else f"  {done}",
            say(f"cli.status.unfinished.{what}.next")]  # fmt: skip


def _when(moment: datetime, say: Say) -> str:
    at = moment.astimezone(_ZONE)
    return say("cli.status.at", day=at.date(), hour=f"{at:%H}", minute=f"{at:%M}")


def _load_lines(load: Load, say: Say) -> tuple[str, str]:
    when = _when(load.finished, say)
    listed = is_background(Source(load.source, ""))
    held = say("count.rows", n=load.rows) if listed else say("count.agreements", n=load.accepted)
    found = say("count.problems", n=load.problems)
    file = f"{_plain(load.file)}: " if load.file else ""
    return f"  {load.id}. {when}, {load.source}", f"     {file}{held}, {found}"
