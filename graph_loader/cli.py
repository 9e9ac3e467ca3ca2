"""`simpul load` and `simpul status`: what a person types, and what the loader answers."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from graph_loader import report
from graph_loader.errors import BadInput
from graph_loader.load import LoadOutcome, load_file, load_shipped, source_named
from graph_loader.store.base import GraphStore, Progress
from graph_loader.store.open import open_store

ALL_IN, SOME_REJECTED, NOTHING_DONE = 0, 1, 2
SHOWN_PROBLEMS = 20  # because the last screen of a terminal should still show the counts


@dataclass(frozen=True, slots=True)
class Console:
    """What the commands need from whoever mounts them: sentences, and where the store is."""

    say: report.Say
    store: str

    @contextmanager
    def open(self) -> Iterator[GraphStore]:
        """The store, closed afterwards."""
        store = open_store(self.store)
        try:
            yield store
        finally:
            store.close()


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--source", metavar="NAME", help="Whose register the files are (needed with FILES).")
@click.option("--complete", is_flag=True, help="Retire what this source no longer holds.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_context
def load(
    context: click.Context, files: tuple[Path, ...], source: str | None, complete: bool,
    as_json: bool,
) -> None:  # fmt: skip
    """Load FILES of agreements; without a file, the register that comes with Simpul."""
    console: Console = context.obj
    if complete and len(files) > 1:
        raise BadInput("complete-one-file", field="complete")
    with console.open() as store:
        outcomes = list(_outcomes(store, files, source, complete, _progress(console)))
    if as_json:
        reports = [report.as_dict(outcome, console.say) for outcome in outcomes]
        click.echo(json.dumps(reports[0] if len(reports) == 1 else reports, ensure_ascii=False))
    else:
        for outcome in outcomes:
            _tell(outcome, console.say)
    context.exit(_exit_code(outcomes))


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
def status(console: Console, as_json: bool) -> None:
    """Tell what the store holds and what was loaded last."""
    with console.open() as store:
        found = _status(console.store, store)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    click.echo(console.say("cli.status", **{name: found[name] for name in _COUNTS}))
    for name in ("sources", "loads"):
        click.echo(console.say(f"cli.status.{name}"))
        for item in found[name]:  # type: ignore[attr-defined]
            click.echo(console.say(f"cli.status.{name}.item", **item))


_COUNTS = ("store", "version", "parties", "agreements")


def _status(address: str, store: GraphStore) -> dict[str, object]:
    with store.scan() as scan:
        parties = sum(1 for _ in scan.parties())
        agreements = sum(1 for _ in scan.agreements())
        version = scan.version
    return {
        "store": address,
        "version": version,
        "parties": parties,
        "agreements": agreements,
        "sources": [{"id": source.id, "name": source.name} for source in store.sources()],
        "loads": [
            {"id": load.id, "source": load.source, "file": load.file,
             "finished": load.finished.isoformat(timespec="seconds"),
             "accepted": load.accepted, "problems": load.problems}
            for load in store.loads().items
        ],
    }  # fmt: skip


def _outcomes(
    store: GraphStore, files: tuple[Path, ...], source: str | None, complete: bool,
    progress: Progress,
) -> Iterator[LoadOutcome]:  # fmt: skip
    if not files:
        yield load_shipped(store, progress)
        return
    if not source:
        raise BadInput("source-missing", field="source")
    named = source_named(source)
    for path in files:
        yield load_file(store, path, named, complete, progress)


def _tell(outcome: LoadOutcome, say: report.Say) -> None:
    facts = report.as_dict(outcome, say)
    problems = facts.pop("problems")
    click.echo(say("cli.load.done" if facts["changed"] else "cli.load.nothing-new", **facts))
    if not outcome.problems:
        return
    click.echo(say("cli.load.problems", **facts))
    for problem in problems[:SHOWN_PROBLEMS]:  # type: ignore[index]
        click.echo(say(f"cli.load.{problem['severity']}", **problem))
    if (more := len(outcome.problems) - SHOWN_PROBLEMS) > 0:
        click.echo(say("cli.load.more", shown=SHOWN_PROBLEMS, all=len(outcome.problems), more=more))


def _exit_code(outcomes: list[LoadOutcome]) -> int:
    rejected = sum(report.count(outcome.problems, "rejected") for outcome in outcomes)
    if not rejected:
        return ALL_IN
    accepted = sum(outcome.report.load.accepted for outcome in outcomes)
    return SOME_REJECTED if accepted else NOTHING_DONE


def _progress(console: Console) -> Progress:
    """A line on stderr that is written over; silent where nobody is looking."""
    if not sys.stderr.isatty():
        return lambda stage, done, total: None

    def tell(stage: str, done: int, total: int) -> None:
        click.echo("\r\033[K" + console.say(f"cli.progress.{stage}", done=done, total=total),
                   err=True, nl=done == total > 0)  # fmt: skip

    return tell
