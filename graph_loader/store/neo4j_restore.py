"""Everything of another store into an empty Neo4j, batch by batch under a marker."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from itertools import groupby, islice
from operator import attrgetter
from typing import Final, TypeVar

from graph_loader.claims import show
from graph_loader.errors import BadInput
from graph_loader.model import Level, Problem
from graph_loader.store import codec, cypher
from graph_loader.store.base import Progress, Scan, Statement
from graph_loader.store.neo4j import Transaction
from graph_loader.store.neo4j_compare import CHUNK, sourced
from graph_loader.store.neo4j_rows import load_properties, party_properties
from graph_loader.store.neo4j_server import Server
from graph_loader.store.neo4j_show import (
    AgreementRows,
    Shown,
    agreement_statement,
    show_things,
    statement,
)
from graph_loader.store.neo4j_write import TURN_SECONDS, Tally, record_problems
from graph_loader.store.shown import named_parties, precedence

COPY: Final = 0  # the number of no load: the marker of a copy
_Said = Sequence[Statement]  # what all sources say of one subject
T = TypeVar("T")


class Restorer:
    """Takes over one scan; used once. A copy that was broken off is begun again."""

    def __init__(self, server: Server, scan: Scan, progress: Progress | None) -> None:
        self._server, self._scan = server, scan
        self._progress = progress or (lambda stage, done, total: None)

    def run(self) -> None:
        """Whole when the marker is gone; until then the store says that it is unfinished."""
        with self._server.holding(cypher.TAKE_TURN, TURN_SECONDS):
            self._begin()
            self._record()
            self._show_parties()
            self._state()
            self._scan.confirm()
            with self._transaction() as transaction:
                transaction.rows(cypher.SET_VERSION, version=self._scan.version)
                transaction.rows(cypher.END_COPY)

    def _transaction(self) -> AbstractContextManager[Transaction]:
        return self._server.transaction(write=True)

    def _begin(self) -> None:
        with self._transaction() as transaction:
            if not transaction.rows(cypher.IS_EMPTY)[0][0]:
                raise BadInput("copy-not-empty")
            transaction.rows(
                cypher.BEGIN_LOAD, load=COPY, started=datetime.now(UTC), file="", source="",
                done=0, total=0,
            )  # fmt: skip
        left = 1
        while left:
            with self._transaction() as transaction:
                ((left,),) = transaction.rows(cypher.EMPTY, limit=CHUNK)

    def _record(self) -> None:
        """Where everything comes from: sources, loads, what they did and what they found."""
        with self._transaction() as transaction:
            for source in self._scan.sources():
                transaction.rows(
                    cypher.MERGE_SOURCE, id=source.id, name=source.name, licence=source.licence,
                    page=source.page,
                )  # fmt: skip
            loads = [load_properties(load) for load in self._scan.loads()]
            transaction.put(cypher.RECORD_LOADS, loads)
            aliases = [list(alias) for alias in self._scan.aliases()]
            transaction.put(cypher.MERGE_ALIASES, aliases)
        for problems in _some(_numbered(self._scan.problems())):
            with self._transaction() as transaction:
                record_problems(transaction, problems)
        for changes in _some(self._scan.changes()):
            by_load = sorted((load, one.what, one.agreement) for load, one in changes)
            rows = [
                [load, what, [id for *_, id in alike]]
                for (load, what), alike in groupby(by_load, key=lambda one: one[:2])
            ]
            with self._transaction() as transaction:
                transaction.put(cypher.RECORD_CHANGES, rows)

    def _show_parties(self) -> None:
        """As they are, not as stated: one may be there only because an agreement names it."""
        self._levels: dict[str, Level] = {}
        self._names: dict[str, str] = {}
        for parties in _some(self._scan.parties()):
            for party in parties:
                self._levels[party.id] = party.level
                self._names[party.id] = party_properties(party)["text"]
            with self._transaction() as transaction:
                show_things(transaction, "party", [Shown(one.id, "", one) for one in parties])

    def _state(self) -> None:
        done = 0
        for kind, of_kind in groupby(self._scan.statements(), attrgetter("kind")):
            subjects = (list(said) for _, said in groupby(of_kind, attrgetter("subject")))
            for chunk in _some(subjects):
                done += sum(map(len, chunk))
                with self._transaction() as transaction:
                    if kind == "agreement":
                        self._show_agreements(transaction, chunk)
                    else:
                        self._show(transaction, kind, chunk)
                    transaction.rows(cypher.STEP_LOAD, load=COPY, done=done, **vars(Tally()))
                self._progress("copy", done, 0)

    def _show_agreements(self, transaction: Transaction, chunk: Sequence[_Said]) -> None:
        shown = []
        for said in chunk:
            claims = [one for s in said for one in sourced(s.source, s.load, s.body)]
            for one in claims:
                self._require((who.party for who in one.claim.parties), said[0].subject)
            shown.append(show(said[0].subject, claims, self._levels))
        AgreementRows.of(shown, self._names).show(transaction)
        rows = [agreement_statement(*s[1:]) for said in chunk for s in said]
        transaction.put(cypher.STATE_AGREEMENTS, rows)

    def _show(self, transaction: Transaction, kind: str, chunk: Sequence[_Said]) -> None:
        shown, rows = [], []
        for said in chunk:
            best = min(said, key=lambda one: precedence(one.source, one.load))
            thing = codec.decode(kind, best.body)
            self._require(named_parties(thing), best.subject)
            shown.append(Shown(best.subject, best.body, thing))
            rows += [
                statement(kind, one.source, one.load, Shown(one.subject, one.body, told))
                for one in said
                for told in [codec.decode(kind, one.body)]
            ]
        if kind != "party":
            show_things(transaction, kind, shown)
        transaction.put(cypher.STATE_OF[kind], rows)

    def _require(self, parties: Iterable[str], subject: str) -> None:
        for party in parties:
            if party not in self._levels:
                raise BadInput("party-missing", id=party, agreement=subject)


def _numbered(problems: Iterable[tuple[int, Problem]]) -> Iterator[tuple[int, int, Problem]]:
    for load, found in groupby(problems, lambda one: one[0]):
        yield from ((load, n, problem) for n, (_, problem) in enumerate(found))


def _some(things: Iterable[T]) -> Iterator[list[T]]:
    every = iter(things)
    while chunk := list(islice(every, CHUNK)):
        yield chunk
