"""What a person types to get files in and out, and what the loader answers."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from graph_loader import report
from graph_loader.commands import ALL_IN, NOTHING_DONE, SOME_REJECTED, Command, Console
from graph_loader.errors import BadInput
from graph_loader.holdings import holdings
from graph_loader.load import (
    UNNAMED,
    Checked,
    LoadOutcome,
    check_files,
    load_files,
    load_shipped,
    source_named,
)
from graph_loader.model import Source
from graph_loader.reading.notes import Mark

SHOWN_PROBLEMS = 20  # because the last screen of a load should still show its counts
_Run = TypeVar("_Run", bound=Callable[..., Any])

_PATH = click.Path(path_type=Path)
_FILES = click.argument("files", nargs=-1, type=_PATH)
_SOURCE = click.option("--source", metavar="NAME")
_JSON = click.option("--json", "as_json", is_flag=True)


@click.command(cls=Command)
@_FILES
@_SOURCE
@click.option("--complete", is_flag=True)
@click.option("--dry-run", is_flag=True)
@_JSON
@click.pass_context
def load(
    context: click.Context, files: tuple[Path, ...], source: str | None, complete: bool,
    dry_run: bool, as_json: bool,
) -> None:  # fmt: skip
    """Load FILES of agreements; without a file, the register that comes with Simpul."""
    console: Console = context.obj
    if dry_run:
        checked = _checked(console, files or (_shipped(),), source, None)
        _tell_checked(checked, console, as_json, SHOWN_PROBLEMS)
        context.exit(_exit_code(checked))
    if complete and files and not source:
        raise BadInput("source-missing", field="source")
    with console.open() as store, console.progress() as progress:
        if not files:
            outcome = load_shipped(store, progress, console.today)
        else:
            outcome = load_files(
                store, files, _source(source), complete=complete, today=console.today,
                progress=progress,
            )  # fmt: skip
    _tell_loaded(outcome, console, as_json, unnamed=bool(files and not source))
    context.exit(_exit_code(outcome.checked))


@click.command(cls=Command)
@click.argument("files", nargs=-1, type=_PATH, required=True)
@_SOURCE
@click.option("--corrected", metavar="OUT.xlsx", type=_PATH)
@click.option("--problems", metavar="OUT", type=_PATH)
@_JSON
@click.pass_context
def check(
    context: click.Context, files: tuple[Path, ...], source: str | None, corrected: Path | None,
    problems: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Tell everything about FILES that a load would doubt or refuse; nothing is stored."""
    console: Console = context.obj
    if corrected and len(files) > 1:
        raise BadInput("corrected-one-file", field="corrected")
    marks: list[Mark] | None = [] if corrected else None
    checked = _checked(console, files, source, marks)
    _tell_checked(checked, console, as_json, None)  # first, so that a full disk hides nothing
    if problems:
        from graph_loader.writing.problem_table import write_problems

        write_problems(problems, checked.problems, console.say, inputs=files)
    if corrected and marks is not None:
        from graph_loader.writing.corrected import write_corrected

        write_corrected(files[0], corrected, marks, checked.problems, console.say)
    for written in filter(None, (problems, corrected)):
        if not as_json:
            click.echo(console.say("cli.written", file=str(written)))
    context.exit(_exit_code(checked))


@click.command(cls=Command)
@click.argument("out", type=_PATH, required=False)
@click.pass_obj
def template(console: Console, out: Path | None) -> None:
    """Write an empty register to fill in: headings, lists to choose from, explanations."""
    from graph_loader.writing.template import write_template

    path = out or Path(console.say("template.file"))
    if path.exists():  # it may be filled in already
        raise BadInput("output-exists", file=str(path))
    write_template(path, console.lang, console.say)
    click.echo(console.say("cli.written", file=str(path)))


@click.command(cls=Command)
@click.argument("out", type=_PATH)
@_SOURCE
@click.pass_obj
def export(console: Console, out: Path, source: str | None) -> None:
    """Write what the store holds to a file that `load` reads again."""
    from graph_loader.writing.export import write_export

    with console.open() as store, console.progress() as progress:
        done = write_export(store, out, source=source or "", progress=progress)
    click.echo(console.say("cli.exported", file=str(out), n=done.agreements, rows=done.rows))


@click.command(cls=Command)
@_JSON
@click.pass_obj
def status(console: Console, as_json: bool) -> None:
    """Tell what the store holds and what was loaded last."""
    with console.open() as store:
        unfinished = store.state().unfinished
        found = {"store": console.store, **holdings(store, unfinished)}
        sources, loads = store.sources(), store.loads()
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    from graph_loader.terminal import status_lines

    click.echo("\n".join(status_lines(found, sources, loads, console.say, unfinished)))


@click.command(cls=Command)
@click.option("--from", "origin", metavar="ADDRESS", required=True)
@click.option("--to", "target", metavar="ADDRESS", required=True)
@_JSON
@click.pass_obj
def copy(console: Console, origin: str, target: str, as_json: bool) -> None:
    """Take over all that one store holds, its history too, into an empty one."""
    from graph_loader.store.copy import copy_between

    with console.progress() as progress:
        content = copy_between(origin, target, console.access, progress)
    facts = {"from": origin, "to": target} | content._asdict()
    if as_json:
        click.echo(json.dumps(facts, ensure_ascii=False))
        return
    click.echo(console.say("cli.copied", **facts))


COMMANDS = (load, check, template, export, status, copy)


def _shipped() -> Path:
    from graph_loader.reference import data_folder

    return data_folder() / "agreements.csv"


def _source(name: str | None) -> Source:
    return source_named(name) if name else UNNAMED


def _checked(
    console: Console, files: tuple[Path, ...], source: str | None, marks: list[Mark] | None
) -> Checked:
    with console.open_existing() as store, console.progress() as progress:
        return check_files(
            files, _source(source), store=store, today=console.today, progress=progress,
            marks=marks,
        )  # fmt: skip


def _tell_checked(checked: Checked, console: Console, as_json: bool, shown: int | None) -> None:
    facts = report.checked_dict(checked, console.say)
    if as_json:
        click.echo(json.dumps(facts, ensure_ascii=False))
        return
    if checked.is_unreadable:
        _tell_unreadable(checked, console)
        return
    click.echo(console.say("cli.check.done", **_counts(facts)))
    _tell_problems(checked, console, shown)


def _tell_loaded(outcome: LoadOutcome, console: Console, as_json: bool, unnamed: bool) -> None:
    facts = report.load_dict(outcome, console.say)
    if as_json:
        click.echo(json.dumps(facts, ensure_ascii=False))
        return
    if outcome.checked.is_unreadable:
        _tell_unreadable(outcome.checked, console)
        return
    key = "done" if facts["changed"] else "nothing-new" if outcome.report else "nothing"
    click.echo(console.say(f"cli.load.{key}", **_counts(facts)))
    if outcome.kept:
        click.echo(console.say("cli.load.kept"))
    if unnamed and outcome.report:
        click.echo(console.say("cli.load.unnamed"))
    _tell_problems(outcome.checked, console, SHOWN_PROBLEMS)


def _tell_unreadable(checked: Checked, console: Console) -> None:
    """Where no file could be read there is nothing to count: a sentence each, and what to do."""
    for problem in checked.problems:
        told = report.problem_dict(problem, console.say)
        click.echo(f"{problem.file}: {told['why']}\n{told['fix']}", err=True)


def _counts(facts: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in facts.items() if name != "problems"}


def _tell_problems(checked: Checked, console: Console, shown: int | None) -> None:
    if not checked.problems:
        return
    from graph_loader.terminal import show_problems

    click.echo(
        console.say("cli.problems", rejected=report.count(checked.problems, "rejected"),
                    doubtful=report.count(checked.problems, "doubtful"))
    )  # fmt: skip
    show_problems(checked.problems[:shown], console.say, sys.stdout)
    if shown is not None and (more := len(checked.problems) - shown) > 0:
        click.echo(console.say("cli.problems.more", shown=shown, all=len(checked.problems),
                               more=more))  # fmt: skip


def _exit_code(checked: Checked) -> int:
    if not report.count(checked.problems, "rejected"):
        return ALL_IN
    return SOME_REJECTED if checked.batch.agreements else NOTHING_DONE
