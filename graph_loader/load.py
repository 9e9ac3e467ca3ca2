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
    source: Source,
    complete: bool = False,
    progress: Progress | None = None,
    flows: tuple[Flow, ...] = (),
) -> LoadOutcome:
    """Load one file of the import format; the reference data first, if it is not there yet.

    `complete`: what this source stated before and the file no longer holds is retired.

    Raises:
        BadInput: the file cannot be used at all; nothing was written.
        LoadBusy, StoreUnavailable: nothing was written.
    """
    table = open_table(path, AGREEMENTS)
    if source.id == reference.REFERENCE.id:
        raise BadInput("source-reserved", value=source.id, field="source")
    known = load_reference(store, progress)
    assembled = _assemble(store, path, table.rows(), known, progress)
    problems = (*table.problems, *assembled.problems)
    if not assembled.rows:
        problems += (Problem("no-rows", "rejected", path.name),)
    batch = Batch(
        source,
        path.name,
        rows=assembled.rows,
        parties=tuple(assembled.parties.values()),
        agreements=tuple(assembled.agreements),
        flows=flows,
        problems=problems,
    )
    may_retire = complete and bool(assembled.agreements)  # an empty file is no complete register
    return LoadOutcome(store.write(batch, complete=may_retire, progress=progress), problems)


def load_reference(store: GraphStore, progress: Progress | None = None) -> Batch:
    """Load the reference data where the store holds none, or another edition of it."""
    batch = reference.reference_batch()
    if not store.holds(batch):
        store.write(batch, complete=True, progress=progress)
    return batch


def source_named(name: str) -> Source:
    """The source that a person names; the same name is the same source.

    Raises: BadInput ("source-unusable") where no letter or digit is left of it.
    """
    id = slug(name)
    if not id:
        raise BadInput("source-unusable", value=name, field="source")
    return reference.SEED if id == reference.SEED.id else Source(id, name)


def _assemble(
    store: GraphStore, path: Path, rows: Iterable[Row], known: Batch, progress: Progress | None
) -> Assembled:
    with store.scan() as scan:
        gazetteer = Gazetteer(scan.parties())
    assembler = Assembler(
        path.name,
        gazetteer,
        reference.topics(),
        reference.countries(),
        {party.id for party in known.parties},
        {topic.id for topic in known.topics},
    )
    return assembler.run(_telling(rows, progress))


def _telling(rows: Iterable[Row], progress: Progress | None) -> Iterator[Row]:
    for count, row in enumerate(rows):
        if progress and count % _TELL_EVERY == 0:
            progress("read", count, 0)
        yield row
