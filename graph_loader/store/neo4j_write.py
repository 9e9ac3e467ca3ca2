"""One load into Neo4j: compare, state, show; in one transaction, or a very large one in batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, TypeVar

from graph_loader.collecting import collection_paused
from graph_loader.errors import LoadBusy
from graph_loader.model import Batch, Load, Problem
from graph_loader.store import cypher
from graph_loader.store.base import LoadReport, Progress, Unfinished
from graph_loader.store.neo4j import Transaction
from graph_loader.store.neo4j_compare import Chunk, Comparison, Difference, chunks
from graph_loader.store.neo4j_rows import load_properties, problem_properties, unfinished_of
from graph_loader.store.neo4j_server import Server
from graph_loader.store.neo4j_show import hide_things, show_things, statement

ONE_TRANSACTION: Final = 50_000  # because one of 100,000 agreements needs more than a small heap
TURN_SECONDS: Final = 5.0  # because a load of a clerk's file takes less; longer should be told
T = TypeVar("T")


@dataclass
class Tally:
    """What the load did to agreements so far, and whether it changed anything at all."""

    added: int = 0
    changed: int = 0
    retired: int = 0
    stated: int = 0
    """Agreements of which the source now says something new."""
    touched: bool = False


class Writer:
    """Writes one batch; used once."""

    def __init__(
        self, server: Server, batch: Batch, complete: bool, progress: Progress | None
    ) -> None:
        self._server, self._batch, self._complete = server, batch, complete
        self._progress = progress or (lambda stage, done, total: None)
        self._source = batch.source.id
        self._tally = Tally()

    def run(self) -> LoadReport:
        """All of it or nothing of it; above ONE_TRANSACTION batch by batch, under a marker."""
        started = datetime.now(UTC)
        with (
            collection_paused(),
            self._server.holding(cypher.TAKE_TURN, TURN_SECONDS),
            self._server.transaction(write=False) as reading,
        ):
            return self._run(reading, started)

    def _run(self, reading: Transaction, started: datetime) -> LoadReport:
        unfinished = self._resume(reading)
        self._found = Comparison(reading, self._batch, complete=self._complete, load=self._load)
        total = len(self._found.touched)
        marked = unfinished is not None or total > ONE_TRANSACTION
        whole = nullcontext() if marked else self._server.transaction(write=True)
        with whole as transaction:
            units = _Units(self._server, transaction, self._load, self._tally, total)
            return self._write(units, unfinished.started if unfinished else started)

    def _resume(self, reading: Transaction) -> Unfinished | None:
        """The marker of this source's load that was broken off. Raises: LoadBusy for another's."""
        ((_, _, load, *facts, _),) = reading.rows(cypher.STATE)
        if load is None:
            ((self._load,),) = reading.rows(cypher.NEXT_LOAD)
            return None
        unfinished = unfinished_of([load, *facts])
        if unfinished.source != self._source:
            raise LoadBusy("load-unfinished", source=unfinished.source, file=unfinished.file)
        self._load = unfinished.load
        (counts,) = reading.rows(cypher.UNFINISHED_COUNTS)
        self._tally = Tally(*counts)
        return unfinished

    def _write(self, units: _Units, started: datetime) -> LoadReport:
        with ahead(self._found.chunks()) as prepared:
            self._begin(units, started)
            self._write_agreements(units, prepared)
        with units.last() as transaction:
            return self._finish(transaction, started)

    def _begin(self, units: _Units, started: datetime) -> None:
        with units.begin(self._batch, started) as transaction:
            source = self._batch.source
            transaction.rows(
                cypher.MERGE_SOURCE, id=source.id, name=source.name, licence=source.licence,
                page=source.page,
            )  # fmt: skip
            for kind, shown in self._found.newcomers.items():
                for some in chunks(shown):
                    show_things(transaction, kind, some)

    def _write_agreements(self, units: _Units, prepared: Iterable[tuple[Chunk, int]]) -> None:
        done, total = 0, len(self._found.touched)
        for chunk, size in prepared:
            self._progress("write", done, total)
            done += size
            self._count(chunk)
            with units.next(done) as transaction:
                self._put(transaction, chunk)
        self._progress("write", done, total)

    def _put(self, transaction: Transaction, chunk: Chunk) -> None:
        transaction.put(cypher.CLEAR, chunk.standing)
        transaction.put(cypher.UNSTATE_AGREEMENTS, chunk.unstated, source=self._source)
        for removing in cypher.DELETE_AGREEMENTS:
            transaction.put(removing, chunk.removed)
        chunk.shown.show(transaction)
        transaction.put(cypher.STATE_AGREEMENTS, chunk.stated)
        rows = [[self._load, what, ids] for what, ids in chunk.changes.items() if ids]
        transaction.put(cypher.RECORD_CHANGES, rows)

    def _count(self, chunk: Chunk) -> None:
        self._tally.added += len(chunk.changes["added"])
        self._tally.changed += len(chunk.changes["changed"])
        self._tally.retired += len(chunk.changes["retired"])
        self._tally.stated += len(chunk.stated)
        self._tally.touched |= bool(chunk.stated or chunk.unstated)

    def _finish(self, transaction: Transaction, started: datetime) -> LoadReport:
        """What the source says of all else is stated last: a load that is resumed compares anew."""
        for some in chunks(self._found.others):
            show_things(transaction, "party", some)
        for kind in self._found.things:
            self._state(transaction, kind, self._found.differences[kind])
        aliases = [
            [old, "agreement", one.id] for one in self._batch.agreements for old in one.aliases
        ]
        transaction.put(cypher.MERGE_ALIASES, aliases)
        if self._complete:
            transaction.rows(cypher.DROP_UNUSED_PARTIES)
        for forgetting in cypher.FORGET:
            transaction.rows(forgetting)
        ((before, *_),) = transaction.rows(cypher.STATE)
        version = before + self._tally.touched
        if self._tally.touched:
            transaction.rows(cypher.SET_VERSION, version=version)
        load = self._loaded(version, started)
        transaction.rows(cypher.FINISH_LOAD, row=load_properties(load))
        record_problems(
            transaction, ((load.id, n, one) for n, one in enumerate(self._batch.problems))
        )
        return LoadReport(load, version, self._tally.touched)

    def _state(self, transaction: Transaction, kind: str, differ: Difference) -> None:
        ids = [*differ.again, *differ.gone]
        transaction.put(cypher.UNSTATE, ids, kind=kind, source=self._source)
        shown = {one.subject for one in self._found.newcomers[kind]}
        hide_things(transaction, kind, [id for id in differ.gone if id not in shown])
        things = self._found.things[kind]
        rows = [statement(kind, self._source, self._load, things[id]) for id in differ.hashes]
        for some in chunks(rows):
            transaction.put(cypher.STATE_OF[kind], some)
        self._tally.touched |= bool(differ.hashes or differ.gone)

    def _loaded(self, version: int, started: datetime) -> Load:
        batch, tally = self._batch, self._tally
        stated = len(batch.agreements)
        return Load(
            self._load, self._source, batch.file, started, datetime.now(UTC), version,
            self._complete, batch.rows, stated, tally.added, tally.changed,
            stated - tally.stated, tally.retired, len(batch.problems),
        )  # fmt: skip


class _Units:
    """The transactions of a load: the same one always, or one for each batch, under a marker."""

    def __init__(
        self, server: Server, whole: Transaction | None, load: int, tally: Tally, total: int
    ) -> None:
        self._server, self._whole, self._load = server, whole, load
        self._tally, self._total = tally, total

    @contextmanager
    def begin(self, batch: Batch, started: datetime) -> Iterator[Transaction]:
        """The first one: what it says of the load stands before anything else does."""
        with self._one() as transaction:
            if self._whole is None:
                transaction.rows(
                    cypher.BEGIN_LOAD, load=self._load, started=started, file=batch.file,
                    source=batch.source.id, done=0, total=self._total,
                )  # fmt: skip
            yield transaction

    @contextmanager
    def next(self, done: int) -> Iterator[Transaction]:
        """One for a batch of agreements, and what it adds to the marker."""
        with self._one() as transaction:
            yield transaction
            if self._whole is None:
                transaction.rows(
                    cypher.STEP_LOAD, load=self._load, done=done, **vars(self._tally)
                )  # fmt: skip

    def last(self) -> AbstractContextManager[Transaction]:
        """The one that makes the load whole and takes the marker away."""
        return self._one()

    def _one(self) -> AbstractContextManager[Transaction]:
        if self._whole is not None:
            return nullcontext(self._whole)
        return self._server.transaction(write=True)


def record_problems(transaction: Transaction, found: Iterable[tuple[int, int, Problem]]) -> None:
    """Keep (load, place in the order of the file, problem)."""
    rows = [problem_properties(*one) for one in found]
    for some in chunks(rows):
        transaction.put(cypher.RECORD_PROBLEMS, some)


@contextmanager
def ahead(things: Iterator[T]) -> Iterator[Iterator[T]]:
    """The same things, the first made at once, each next one while the last one is used."""
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(next, things, None)

        def each() -> Iterator[T]:
            made = first
            while (thing := made.result()) is not None:
                made = pool.submit(next, things, None)
                yield thing

        yield each()
