"""`simpul load --background`: what a list of twin towns amounts to, and what its load did."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import click

from graph_loader import report
from graph_loader.answers import SHOWN_PROBLEMS, counts, exit_code, tell_problems, tell_unreadable
from graph_loader.background.load import (
    SHIPPED,
    CheckedList,
    background_source,
    check_background,
    load_background,
    shipped_list,
)
from graph_loader.commands import Console
from graph_loader.errors import BadInput
from graph_loader.load import load_reference
from graph_loader.store.base import LoadReport

_REST: Final = "cli.background.more"


def run_background(
    console: Console, files: tuple[Path, ...], named: str | None, *, dry_run: bool, as_json: bool
) -> int:
    """Load or only check one list; without a file, the one that comes with Simpul.

    Returns: the exit code.
    Raises: BadInput ("background-one-file") for several lists at once.
    """
    if len(files) > 1:
        raise BadInput("background-one-file", field="files")
    path, source = (files[0], background_source(named)) if files else (shipped_list(), SHIPPED)
    if dry_run:
        with console.open_existing() as existing:
            checked, done = check_background(path, source, existing), None
    else:
        with console.open() as store, console.progress() as progress:
            load_reference(store, progress)
            checked, done = load_background(store, path, source, progress)
    _tell(console, checked, done, dry_run, as_json)
    return exit_code(checked.problems, bool(checked.links.links))


def background_dict(
    checked: CheckedList, done: LoadReport | None, console: Console
) -> dict[str, object]:
    """What a list holds, and what its load did; `version` is None where nothing was written."""
    links, problems = checked.links, checked.problems
    return {
        "source": checked.source.id,
        "file": checked.file,
        "rows": links.rows,
        "places": len(links.places),
        "links": len(links.links),
        "known": len(checked.matches.party),
        "rejected": report.count(problems, "rejected"),
        "doubtful": report.count(problems, "doubtful"),
        "version": done.load.version if done else None,
        "changed": bool(done and done.changed_anything),
        "problems": [report.problem_dict(problem, console.say) for problem in problems],
    }


def _tell(
    console: Console, checked: CheckedList, done: LoadReport | None, dry_run: bool, as_json: bool
) -> None:
    facts = background_dict(checked, done, console)
    if as_json:
        click.echo(json.dumps(facts, ensure_ascii=False))
        return
    if not checked.links.rows:
        tell_unreadable(checked.problems, console)
        return
    key = "checked" if dry_run else "done" if facts["changed"] else "same" if done else "nothing"
    click.echo(console.say(f"cli.background.{key}", **counts(facts)))
    tell_problems(checked.problems, console, None if dry_run else SHOWN_PROBLEMS, _REST)
