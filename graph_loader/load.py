"""A load: read > clean > assemble > write > retire. No printing, no prompts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from graph_loader import reference
from graph_loader.assemble import Assembled, Assembler
from graph_loader.columns import AGREEMENTS
from graph_loader.errors import BadInput
from graph_loader.gazetteer import Gazetteer
from graph_loader.model import Batch, Flow, Problem, Source
from graph_loader.read import Row, open_table
from graph_loader.store.base import GraphStore, LoadReport, Progress
from graph_loader.text import slug

_TELL_EVERY = 5_000  # because a progress bar needs no more than a few steps a second


@dataclass(frozen=True, slots=True)
class LoadOutcome:
    """What a load did, and every doubtful or rejected cell that it met."""

    report: LoadReport
    problems: tuple[Problem, ...]


def load_shipped(store: GraphStore, progress: Progress | None = None) -> LoadOutcome:
    """Load the reference data and the seed register that come with Simpul."""
    path = reference.data_folder() / "agreements.csv"
    flows = reference.seed_flows()
    return load_file(store, path, reference.SEED, True, progress, flows)


def load_file(
    store: GraphStore,
    path: Path,
    source: Source | None = None,
    complete: bool = False,
    progress: Progress | None = None,
    flows: tuple[Flow, ...] = (),
) -> LoadOutcome:
    """Load one file of the import format; the reference data first, if it is not there yet.

    Without a source the file's name names it, once: name it yourself for a file that comes again.

    Raises:
        BadInput: the file cannot be used at all; nothing was written.
        LoadBusy, StoreUnavailable: nothing was written.
    """
    table = open_table(path, AGREEMENTS)
    load_reference(store, progress)
    named = source or Source(slug(path.stem) or "register", path.stem)
    if named.id == reference.REFERENCE.id:
        raise BadInput("source-reserved", value=named.id, field="source")
    assembled = _assemble(store, path, table.rows(), progress)
    problems = (*table.problems, *assembled.problems)
    if not assembled.rows:
        problems += (Problem("no-rows", "rejected", path.name),)
    batch = Batch(
        named,
        path.name,
        rows=assembled.rows,
        parties=tuple(assembled.parties.values()),
        agreements=tuple(assembled.agreements),
        flows=flows,
        problems=problems,
    )
    may_retire = complete and bool(assembled.agreements)  # an empty file is no complete register
    return LoadOutcome(store.write(batch, complete=may_retire, progress=progress), problems)


def load_reference(store: GraphStore, progress: Progress | None = None) -> None:
    """Load the reference data where the store holds none, or another edition of it."""
    batch = reference.reference_batch()
    if not store.holds(batch):
        store.write(batch, complete=True, progress=progress)


def _assemble(
    store: GraphStore, path: Path, rows: Iterable[Row], progress: Progress | None
) -> Assembled:
    with store.scan() as scan:
        gazetteer = Gazetteer(scan.parties())
    assembler = Assembler(path.name, gazetteer, reference.topics(), reference.countries())
    return assembler.run(_telling(rows, progress))


def _telling(rows: Iterable[Row], progress: Progress | None) -> Iterator[Row]:
    for count, row in enumerate(rows):
        if progress and count % _TELL_EVERY == 0:
            progress("read", count, 0)
        yield row
