"""One load into Neo4j: compare, state, show; in one transaction, or a very large one in batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, NamedTuple, TypeVar

from graph_loader.claims import SourcedClaim, show
from graph_loader.errors import BadInput, LoadBusy
from graph_loader.model import Batch, Level, Load, Party, Problem
from graph_loader.store import codec, cypher
from graph_loader.store.base import LoadReport, Progress, Unfinished
from graph_loader.store.neo4j import Row, Server, Transaction
from graph_loader.store.neo4j_rows import (
    load_properties,
    party_properties,
    problem_properties,
    unfinished_of,
)
from graph_loader.store.neo4j_show import (
    AgreementRows,
    Shown,
    agreement_statement,
    hide_things,
    show_things,
    statement,
)
from graph_loader.store.shown import named_parties, precedence

ONE_TRANSACTION: Final = 50_000  # because one of 100,000 agreements needs more than a small heap
CHUNK: Final = 5_000  # because the server then answers within a second
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


@dataclass
class _Difference:
    """Of one kind: what is new to the source or said otherwise now, and what it no longer says."""

    hashes: dict[str, str] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    again: list[str] = field(default_factory=list)
    """Those of `hashes` that it said otherwise before."""


class _Chunk(NamedTuple):
    """Some agreements, ready to be written."""

    shown: AgreementRows
    stated: list[Row]
    standing: list[str]
    unstated: list[str]
    removed: list[str]
    changes: dict[str, list[str]]


class Writer:
    """Writes one batch; used once. Reads what was there on a connection of its own."""

    def __init__(
        self, server: Server, batch: Batch, complete: bool, progress: Progress | None
    ) -> None:
        self._server, self._batch, self._complete = server, batch, complete
        self._progress = progress or (lambda stage, done, total: None)
        self._source = batch.source.id
        self._things = {
            kind: {id: Shown(id, codec.encode(thing), thing) for id, thing in things.items()}
            for kind, things in codec.subjects(batch).items()
        }
        self._bodies = {one.id: codec.encode_claims(one.claims) for one in batch.agreements}
        self._claims = {one.id: one.claims for one in batch.agreements}
        self._tally = Tally()

    def run(self) -> LoadReport:
        """All of it or nothing of it; above ONE_TRANSACTION batch by batch, under a marker."""
        started = datetime.now(UTC)
        with (
            self._server.holding(cypher.TAKE_TURN, TURN_SECONDS),
            self._server.transaction(write=False) as reading,
        ):
            return self._run(reading, started)

    def _run(self, reading: Transaction, started: datetime) -> LoadReport:
        self._reading = reading
        unfinished = self._resume()
        self._compare(stated_by(reading, self._source))
        self._read_parties()
        agreements = self._differences["agreement"]
        touched = sorted(agreements.hashes) + sorted(agreements.gone)
        touched += self._renamed({*touched})
        started = unfinished.started if unfinished else started
        marked = unfinished is not None or len(touched) > ONE_TRANSACTION
        whole = nullcontext() if marked else self._server.transaction(write=True)
        with whole as transaction:
            units = _Units(self._server, transaction, self._load, self._tally, len(touched))
            return self._write(units, touched, started)

    # what was there, and what differs -----------------------------------------------------

    def _resume(self) -> Unfinished | None:
        """The marker of this source's load that was broken off. Raises: LoadBusy for another's."""
        ((_, load, *facts, _),) = self._reading.rows(cypher.STATE)
        if load is None:
            ((self._load,),) = self._reading.rows(cypher.NEXT_LOAD)
            return None
        unfinished = unfinished_of([load, *facts])
        if unfinished.source != self._source:
            raise LoadBusy("load-unfinished", source=unfinished.source, file=unfinished.file)
        self._load = unfinished.load
        (counts,) = self._reading.rows(cypher.UNFINISHED_COUNTS)
        self._tally = Tally(*counts)
        return unfinished

    def _compare(self, stated: Mapping[str, dict[str, str]]) -> None:
        self._differences = {
            kind: self._difference(hashes_of(bodies), stated.get(kind, {}))
            for kind, bodies in self._all_bodies()
        }
        self._gone = set(self._differences["agreement"].gone)

    def _all_bodies(self) -> Iterator[tuple[str, Mapping[str, str]]]:
        for kind, things in self._things.items():
            yield kind, {id: shown.body for id, shown in things.items()}
        yield "agreement", self._bodies

    def _difference(self, wanted: Mapping[str, str], known: Mapping[str, str]) -> _Difference:
        hashes = {id: hash for id, hash in wanted.items() if known.get(id) != hash}
        gone = [id for id in known if id not in wanted] if self._complete else []
        return _Difference(hashes, gone, [id for id in hashes if id in known])

    def _read_parties(self) -> None:
        """The level and folded names of every party that is shown, or is about to be.

        Raises: BadInput ("party-missing") before anything is written.
        """
        self._levels: dict[str, Level] = {}
        self._names: dict[str, str] = {}
        for id, level, text in self._reading.rows(cypher.PARTY_NAMES):
            self._levels[id], self._names[id] = Level(level), text or ""
        self._standing = set(self._levels)
        self._to_show = {kind: self._shown(kind) for kind in self._things}
        for one in self._to_show["party"]:
            party = one.thing
            assert isinstance(party, Party)
            self._levels[party.id] = party.level
            self._names[party.id] = party_properties(party).get("text", "")
        for kind in ("border", "flow"):
            for id in sorted(self._differences[kind].hashes):
                self._require(named_parties(self._things[kind][id].thing), id)
        changed = self._differences["agreement"].hashes
        for stated in self._batch.agreements:
            if stated.id in changed:
                for claim in stated.claims:
                    self._require((s.party for s in claim.parties), stated.id)

    def _require(self, parties: Iterable[str], subject: str) -> None:
        for party in parties:
            if party not in self._levels:
                raise BadInput("party-missing", id=party, agreement=subject)

    def _shown(self, kind: str) -> list[Shown]:
        """What is to be seen of all that differs, other sources heard; without what is to go."""
        differ = self._differences[kind]
        ids = [*differ.hashes, *differ.gone]
        said: dict[str, list[tuple[str, int, str]]] = {}
        for start in range(0, len(ids), CHUNK):
            rows = self._reading.rows(cypher.STATED_OF, kind=kind, ids=ids[start : start + CHUNK])
            for id, source, load, body in rows:
                if source != self._source:
                    said.setdefault(id, []).append((source, load, body))
        shown = []
        for id in ids:
            if id in differ.hashes:
                mine = (self._source, self._load, self._things[kind][id].body)
                if id not in said:
                    shown.append(self._things[kind][id])
                    continue
                said[id].append(mine)
            if id in said:
                _, _, body = min(said[id], key=lambda one: precedence(*one[:2]))
                shown.append(Shown(id, body, codec.decode(kind, body)))
        return shown

    def _renamed(self, already: set[str]) -> list[str]:
        """Agreements to show anew because a party of theirs has another name or level now."""
        ids = [one.subject for one in self._to_show["party"] if one.subject in self._standing]
        found: set[str] = set()
        for start in range(0, len(ids), CHUNK):
            rows = self._reading.rows(cypher.SIGNED_BY, ids=ids[start : start + CHUNK])
            found.update(id for (id,) in rows)
        return sorted(found - already)

    # writing ------------------------------------------------------------------------------

    def _write(self, units: _Units, touched: Sequence[str], started: datetime) -> LoadReport:
        with units.begin(self._batch, started) as transaction:
            source = self._batch.source
            transaction.rows(
                cypher.MERGE_SOURCE, id=source.id, name=source.name, licence=source.licence,
                page=source.page,
            )  # fmt: skip
            for kind, shown in self._to_show.items():
                for _, some in chunks(shown):
                    show_things(transaction, kind, some)
        done = 0
        for chunk, size in ahead(self._prepared(touched)):
            self._progress("write", done, len(touched))
            done += size
            self._count(chunk)
            with units.next(done) as transaction:
                self._put(transaction, chunk)
        self._progress("write", done, len(touched))
        with units.last() as transaction:
            return self._finish(transaction, started)

    def _prepared(self, touched: Sequence[str]) -> Iterator[tuple[_Chunk, int]]:
        for _, ids in chunks(touched):
            yield self._prepare(ids), len(ids)

    def _prepare(self, ids: Sequence[str]) -> _Chunk:
        differ = self._differences["agreement"]
        mine = {id: self._bodies[id] for id in ids if id in differ.hashes}
        gone = {id for id in ids if id in self._gone}
        standing: set[str] = set()
        claims: dict[str, list[SourcedClaim]] = {id: [] for id in ids}
        for id, source, load, body in self._reading.rows(cypher.CLAIMS, ids=list(ids)):
            standing.add(id)
            if source is not None and not (source == self._source and id in mine.keys() | gone):
                claims[id] += sourced(source, load, body)
        kept = {id for id in gone if claims[id]}
        for id in mine:
            claims[id] += [SourcedClaim(self._source, self._load, one) for one in self._claims[id]]
        shown = [show(id, said, self._levels) for id, said in claims.items() if said]
        return _Chunk(
            AgreementRows.of(shown, self._names),
            [agreement_statement(id, self._source, self._load, body) for id, body in mine.items()],
            [id for id in ids if id in standing],
            [id for id in ids if id in standing and (id in mine or id in gone)],
            [id for id, said in claims.items() if not said],
            {
                "added": [id for id in mine if id not in standing],
                "changed": [id for id in ids if (id in mine and id in standing) or id in kept],
                "retired": [id for id in ids if id in gone and id not in kept],
            },
        )

    def _put(self, transaction: Transaction, chunk: _Chunk) -> None:
        transaction.put(cypher.CLEAR, chunk.standing)
        transaction.put(cypher.UNSTATE_AGREEMENTS, chunk.unstated, source=self._source)
        for removing in cypher.DELETE_AGREEMENTS:
            transaction.put(removing, chunk.removed)
        chunk.shown.show(transaction)
        transaction.put(cypher.STATE_AGREEMENTS, chunk.stated)
        rows = [[self._load, what, ids] for what, ids in chunk.changes.items() if ids]
        transaction.put(cypher.RECORD_CHANGES, rows)

    def _count(self, chunk: _Chunk) -> None:
        self._tally.added += len(chunk.changes["added"])
        self._tally.changed += len(chunk.changes["changed"])
        self._tally.retired += len(chunk.changes["retired"])
        self._tally.stated += len(chunk.stated)
        self._tally.touched |= bool(chunk.stated or chunk.unstated)

    def _finish(self, transaction: Transaction, started: datetime) -> LoadReport:
        """What the source says of all else is stated last: a load that is resumed compares anew."""
        for kind, differ in self._differences.items():
            if kind != "agreement":
                self._state(transaction, kind, differ)
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
        transaction.rows(cypher.SET_VERSION, version=version)
        load = self._loaded(version, started)
        transaction.rows(cypher.FINISH_LOAD, row=load_properties(load))
        record_problems(
            transaction, ((load.id, n, one) for n, one in enumerate(self._batch.problems))
        )
        return LoadReport(load, version, self._tally.touched)

    def _state(self, transaction: Transaction, kind: str, differ: _Difference) -> None:
        ids = [*differ.again, *differ.gone]
        transaction.put(cypher.UNSTATE, ids, kind=kind, source=self._source)
        shown = {one.subject for one in self._to_show[kind]}
        hide_things(transaction, kind, [id for id in differ.gone if id not in shown])
        things = self._things[kind]
        rows = [statement(kind, self._source, self._load, things[id]) for id in differ.hashes]
        for _, some in chunks(rows):
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


def holds(reading: Transaction, batch: Batch) -> bool:
    """Whether the source states just what a batch of reference data says."""
    things = codec.subjects(batch)
    wanted = {
        kind: hashes_of({id: codec.encode(thing) for id, thing in subjects.items()})
        for kind, subjects in things.items()
        if subjects
    }
    return stated_by(reading, batch.source.id) == wanted


def stated_by(reading: Transaction, source: str) -> dict[str, dict[str, str]]:
    """The hash of all that a source states, by kind and subject."""
    found: dict[str, dict[str, str]] = {}
    for kind, subject, hash in reading.stream(cypher.STATED, source=source):
        found.setdefault(kind, {})[subject] = hash
    return found


def hashes_of(bodies: Mapping[str, str]) -> dict[str, str]:
    """Each body's hash, by subject."""
    return {id: codec.digest(body).hex() for id, body in bodies.items()}


def record_problems(transaction: Transaction, found: Iterable[tuple[int, int, Problem]]) -> None:
    """Keep (load, place in the order of the file, problem)."""
    rows = [problem_properties(*one) for one in found]
    for _, some in chunks(rows):
        transaction.put(cypher.RECORD_PROBLEMS, some)


def sourced(source: str, load: int, body: str) -> list[SourcedClaim]:
    """The claims of a statement about an agreement."""
    return [SourcedClaim(source, load, claim) for claim in codec.decode_claims(body)]


def ahead(things: Iterator[T]) -> Iterator[T]:
    """The same things, the next one being made while the last one is used."""
    with ThreadPoolExecutor(1) as pool:
        made = pool.submit(next, things, None)
        while (thing := made.result()) is not None:
            made = pool.submit(next, things, None)
            yield thing


def chunks(things: Sequence[T]) -> Iterator[tuple[int, Sequence[T]]]:
    """Slices of CHUNK, and where each begins."""
    for start in range(0, len(things), CHUNK):
        yield start, things[start : start + CHUNK]
