"""What the loader answers on a terminal, or to a program as JSON: counts, problems, what to do."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence

import click

from graph_loader import report
from graph_loader.commands import ALL_IN, NOTHING_DONE, SOME_REJECTED, Console
from graph_loader.load import Checked, LoadOutcome
from graph_loader.model import Problem

SHOWN_PROBLEMS = 20  # because the last screen of a load should still show its counts


def tell_checked(checked: Checked, console: Console, as_json: bool, shown: int | None) -> None:
    """What files hold, where nothing was stored; at most so many problems."""
    facts = report.checked_dict(checked, console.say)
    if as_json:
        click.echo(json.dumps(facts, ensure_ascii=False))
        return
    if checked.is_unreadable:
        tell_unreadable(checked.problems, console)
        return
    click.echo(console.say("cli.check.done", **counts(facts)))
    tell_problems(checked.problems, console, shown)


def tell_loaded(outcome: LoadOutcome, console: Console, as_json: bool, unnamed: bool) -> None:
    """What a load of a register did."""
    facts = report.load_dict(outcome, console.say)
    if as_json:
        click.echo(json.dumps(facts, ensure_ascii=False))
        return
    if outcome.checked.is_unreadable:
        tell_unreadable(outcome.checked.problems, console)
        return
    key = "done" if facts["changed"] else "nothing-new" if outcome.report else "nothing"
    click.echo(console.say(f"cli.load.{key}", **counts(facts)))
    if outcome.kept:
        click.echo(console.say("cli.load.kept"))
    if unnamed and outcome.report:
        click.echo(console.say("cli.load.unnamed"))
    tell_problems(outcome.checked.problems, console, SHOWN_PROBLEMS)


def tell_unreadable(problems: Sequence[Problem], console: Console) -> None:
    """Where no file could be read there is nothing to count: a sentence each, and what to do."""
    for problem in problems:
        told = report.problem_dict(problem, console.say)
        click.echo(f"{problem.file}: {told['why']}\n{told['fix']}", err=True)


def counts(facts: Mapping[str, object]) -> dict[str, object]:
    """What a sentence may say of a load: all but the list of problems."""
    return {name: value for name, value in facts.items() if name != "problems"}


def tell_problems(
    problems: Sequence[Problem],
    console: Console,
    shown: int | None,
    more: str = "cli.problems.more",
) -> None:
    """How many problems there are, and at most so many of them; `more` says where the rest is."""
    if not problems:
        return
    from graph_loader.terminal import show_problems

    click.echo(
        console.say("cli.problems", rejected=report.count(problems, "rejected"),
                    doubtful=report.count(problems, "doubtful"))
    )  # fmt: skip
    show_problems(problems[:shown], console.say, sys.stdout)
    if shown is not None and (left := len(problems) - shown) > 0:
        click.echo(console.say(more, shown=shown, all=len(problems), more=left))


def exit_code(problems: Sequence[Problem], something: bool) -> int:
    """All in, some rejected, or nothing to take in."""
    if not report.count(problems, "rejected"):
        return ALL_IN
    return SOME_REJECTED if something else NOTHING_DONE
