"""What a load would change in Neo4j, found out before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple, TypeVar

from graph_loader.claims import SourcedClaim, show
from graph_loader.errors import BadInput
from graph_loader.model import Batch, Level, Party
from graph_loader.store import codec, cypher
from graph_loader.store.neo4j import Row, Transaction
from graph_loader.store.neo4j_rows import party_properties
from graph_loader.store.neo4j_show import AgreementRows, Shown, agreement_statement
from graph_loader.store.shown import named_parties, precedence

CHUNK: Final = 5_000  # because the server then answers within a second
T = TypeVar("T")


@dataclass
class Difference:
    """Of one kind: what is new to the source or said otherwise now, and what it no longer says."""

    hashes: dict[str, str] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    again: list[str] = field(default_factory=list)
    """Those of `hashes` that it said otherwise before."""


class Chunk(NamedTuple):
    """Some agreements, ready to be written; `changes` has the ids by what becomes of them."""

    shown: AgreementRows
    stated: list[Row]
    standing: list[str]
    unstated: list[str]
    removed: list[str]
    changes: dict[str, list[str]]


class Comparison:
    """One batch against what is there; reads on a connection of its own while others write.

    `things` is all that the batch says but agreements, by kind and subject. `newcomers` are to be
    shown before any agreement, `others` after them all: a load that is broken off in between still
    finds out which agreements name a party by what it was called before.
    """

    def __init__(self, reading: Transaction, batch: Batch, *, complete: bool, load: int) -> None:
        """Raises: BadInput ("party-missing")."""
        self._reading, self._batch, self._load = reading, batch, load
        self._source = batch.source.id
        self.things = {
            kind: {id: Shown(id, codec.encode(thing), thing) for id, thing in things.items()}
            for kind, things in codec.subjects(batch).items()
        }
        self._claims = {one.id: one.claims for one in batch.agreements}
        self._bodies = {one.id: codec.encode_claims(one.claims) for one in batch.agreements}
        self._compare(complete)
        self._read_parties()
        self._require_parties()
        agreements = self.differences["agreement"]
        touched = sorted(agreements.hashes) + sorted(agreements.gone)
        self.touched = touched + self._renamed({*touched})
        self._gone = set(agreements.gone)

    def chunks(self) -> Iterator[tuple[Chunk, int]]:
        """The agreements that are touched, ready to be written, and how many each time."""
        for ids in chunks(self.touched):
            yield self._chunk(ids), len(ids)

    def _compare(self, complete: bool) -> None:
        stated = stated_by(self._reading, self._source)
        self.differences = {
            kind: _difference(hashes_of(bodies), stated.get(kind, {}), complete)
            for kind, bodies in self._all_bodies()
        }

    def _all_bodies(self) -> Iterator[tuple[str, Mapping[str, str]]]:
        for kind, things in self.things.items():
            yield kind, {id: shown.body for id, shown in things.items()}
        yield "agreement", self._bodies

    def _read_parties(self) -> None:
        """The level and folded names of every party, as they are and as they will be."""
        self._levels: dict[str, Level] = {}
        self._names: dict[str, str] = {}
        for id, level, text in self._reading.rows(cypher.PARTY_NAMES):
            self._levels[id], self._names[id] = Level(level), text or ""
        standing = self._levels.copy(), self._names.copy()
        self.newcomers = {kind: self._to_show(kind) for kind in self.things}
        parties = self.newcomers["party"]
        self.newcomers["party"] = [one for one in parties if one.subject not in self._levels]
        self.others = [one for one in parties if one.subject in self._levels]
        for one in parties:
            party = one.thing
            assert isinstance(party, Party)
            self._levels[party.id] = party.level
            self._names[party.id] = party_properties(party).get("text", "")
        levels, names = standing
        self._called_otherwise = [
            id
            for id, name in names.items()
            if (name, levels[id]) != (self._names[id], self._levels[id])
        ]

    def _require_parties(self) -> None:
        for kind in ("border", "flow"):
            for id in sorted(self.differences[kind].hashes):
                self._require(named_parties(self.things[kind][id].thing), id)
        changed = self.differences["agreement"].hashes
        for stated in self._batch.agreements:
            if stated.id in changed:
                for claim in stated.claims:
                    self._require((s.party for s in claim.parties), stated.id)

    def _require(self, parties: Iterable[str], subject: str) -> None:
        for party in parties:
            if party not in self._levels:
                raise BadInput("party-missing", id=party, agreement=subject)

    def _to_show(self, kind: str) -> list[Shown]:
        """What is to be seen of all that differs, other sources heard; without what is to go."""
        differ = self.differences[kind]
        ids = [*differ.hashes, *differ.gone]
        said: dict[str, list[tuple[str, int, str]]] = {}
        for some in chunks(ids):
            rows = self._reading.rows(cypher.STATED_OF, kind=kind, ids=some)
            for id, source, load, body in rows:
                if source != self._source:
                    said.setdefault(id, []).append((source, load, body))
        shown = []
        for id in ids:
            if id in differ.hashes:
                mine = (self._source, self._load, self.things[kind][id].body)
                if id not in said:
                    shown.append(self.things[kind][id])
                    continue
                said[id].append(mine)
            if id in said:
                _, _, body = min(said[id], key=lambda one: precedence(*one[:2]))
                shown.append(Shown(id, body, codec.decode(kind, body)))
        return shown

    def _renamed(self, already: set[str]) -> list[str]:
        """Agreements to show anew because a party of theirs has another name or level now."""
        found: set[str] = set()
        for ids in chunks(self._called_otherwise):
            found.update(id for (id,) in self._reading.rows(cypher.SIGNED_BY, ids=ids))
        return sorted(found - already)

    def _chunk(self, ids: Sequence[str]) -> Chunk:
        differ = self.differences["agreement"]
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
        return Chunk(
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


def _difference(wanted: Mapping[str, str], known: Mapping[str, str], complete: bool) -> Difference:
    hashes = {id: hash for id, hash in wanted.items() if known.get(id) != hash}
    gone = [id for id in known if id not in wanted] if complete else []
    return Difference(hashes, gone, [id for id in hashes if id in known])


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


def sourced(source: str, load: int, body: str) -> list[SourcedClaim]:
    """The claims of a statement about an agreement."""
    return [SourcedClaim(source, load, claim) for claim in codec.decode_claims(body)]


def chunks(things: Sequence[T]) -> Iterator[Sequence[T]]:
    """Slices of CHUNK."""
    for start in range(0, len(things), CHUNK):
        yield things[start : start + CHUNK]
