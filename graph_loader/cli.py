"""What a person types to get files in and out, and what the loader answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from graph_loader.answers import SHOWN_PROBLEMS, exit_code, tell_checked, tell_loaded
from graph_loader.commands import Command, Console
from graph_loader.errors import BadInput
from graph_loader.holdings import holdings
from graph_loader.load import (
    UNNAMED,
    Checked,
    check_files,
    load_files,
    load_shipped,
    source_named,
)
from graph_loader.model import Source
from graph_loader.reading.notes import Mark

_Run = TypeVar("_Run", bound=Callable[..., Any])

_PATH = click.Path(path_type=Path)
_FILES = click.argument("files", nargs=-1, type=_PATH)
_SOURCE = click.option("--source", metavar="NAME")
_JSON = click.option("--json", "as_json", is_flag=True)


@click.command(cls=Command)
@_FILES
@_SOURCE
@click.option("--complete", is_flag=True)
@click.option("--background", is_flag=True)
@click.option("--dry-run", is_flag=True)
@_JSON
@click.pass_context
def load(
    context: click.Context, files: tuple[Path, ...], source: str | None, complete: bool,
    background: bool, dry_run: bool, as_json: bool,
) -> None:  # fmt: skip
    """Load FILES of agreements; without a file, the register that comes with Simpul."""
    console: Console = context.obj
    if background:
        from graph_loader.background.answers import run_background

        context.exit(run_background(console, files, source, dry_run=dry_run, as_json=as_json))
    if dry_run:
        checked = _checked(console, files or (_shipped(),), source, None)
        tell_checked(checked, console, as_json, SHOWN_PROBLEMS)
        context.exit(exit_code(checked.problems, bool(checked.batch.agreements)))
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
    tell_loaded(outcome, console, as_json, unnamed=bool(files and not source))
    context.exit(exit_code(outcome.problems, bool(outcome.checked.batch.agreements)))


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
    tell_checked(checked, console, as_json, None)  # first, so that a full disk hides nothing
    if problems:
        from graph_loader.writing.problem_table import write_problems

        write_problems(problems, checked.problems, console.say, inputs=files)
    if corrected and marks is not None:
        from graph_loader.writing.corrected import write_corrected

        write_corrected(files[0], corrected, marks, checked.problems, console.say)
    for written in filter(None, (problems, corrected)):
        if not as_json:
            click.echo(console.say("cli.written", file=str(written)))
    context.exit(exit_code(checked.problems, bool(checked.batch.agreements)))


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
