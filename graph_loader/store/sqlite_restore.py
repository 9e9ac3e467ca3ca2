"""Everything of another store into an empty embedded one; a single transaction, streamed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from operator import attrgetter, itemgetter

from graph_loader.claims import SourcedClaim, show
from graph_loader.collecting import collection_paused
from graph_loader.errors import BadInput
from graph_loader.model import Agreement, Problem
from graph_loader.store import codec, sql
from graph_loader.store.base import Progress, Scan, Statement
from graph_loader.store.shown import named_parties, precedence
from graph_loader.store.sqlite_insert import (
    CHUNK,
    all_or_nothing,
    indexes_later,
    insert_agreements,
    insert_load,
    insert_problems,
    known_parties,
    set_version,
    shown_row,
)

_ROOTS = ("source", "party", "statement", "alias")  # everything else refers to one of these
_ANYTHING = "SELECT " + " OR ".join(f"EXISTS (SELECT 1 FROM {table})" for table in _ROOTS)
_Said = Sequence[Statement]  # what all sources say of one subject


class Restorer:
    """Takes over one scan; used once. The caller closes the connection."""

    def __init__(self, connection: sqlite3.Connection, scan: Scan, progress: Progress) -> None:
        self.db, self.scan, self.progress = connection, scan, progress
        self.stated = self.number = 0

    def run(self) -> None:
        """All of it or nothing of it."""
        with collection_paused(), all_or_nothing(self.db):
            if self.db.execute(_ANYTHING).fetchone()[0]:
                raise BadInput("copy-not-empty")
            self._record()
            self._show_parties()
            with indexes_later(self.db):
                self._state()
            self.db.executemany("INSERT INTO alias VALUES (?, ?, ?)", self.scan.aliases())
            set_version(self.db, self.scan.version)
            self.scan.confirm()

    def _record(self) -> None:
        """Where everything comes from: sources, loads, what they did and what they found."""
        db, scan = self.db, self.scan
        rows = ((one.id, one.name, one.licence, one.page) for one in scan.sources())
        db.executemany(sql.UPSERT_SOURCE, rows)
        for load in scan.loads():
            insert_load(db, load)
        changes = ((load, change.agreement, change.what) for load, change in scan.changes())
        db.executemany("INSERT INTO change VALUES (?, ?, ?)", changes)
        insert_problems(db, _placed(scan.problems()))

    def _show_parties(self) -> None:
        """As they are, not as stated: one may be there only because an agreement names it."""
        rows = (shown_row("party", party.id, "", party) for party in self.scan.parties())
        self.db.executemany(sql.UPSERT_PARTY, rows)
        self.levels, self.texts = known_parties(self.db)

    def _state(self) -> None:
        for kind, of_kind in groupby(self.scan.statements(), attrgetter("kind")):
            subjects = (list(said) for _, said in groupby(of_kind, attrgetter("subject")))
            while chunk := list(islice(subjects, CHUNK)):
                self.db.executemany(sql.UPSERT_STATEMENT, _stated(chunk))
                if kind == "agreement":
                    self._show_agreements(chunk)
                elif kind != "party":
                    self._show(kind, chunk)
                self.stated += sum(map(len, chunk))
                self.progress("copy", self.stated, 0)

    def _show_agreements(self, chunk: Sequence[_Said]) -> None:
        shown = [self._agreement(said) for said in chunk]
        insert_agreements(self.db, list(enumerate(shown, self.number + 1)), self.texts)
        self.number += len(shown)

    def _agreement(self, said: _Said) -> Agreement:
        claims = [
            SourcedClaim(one.source, one.load, claim)
            for one in said
            for claim in codec.decode_claims(one.body)
        ]
        for sourced in claims:
            self._require((s.party for s in sourced.claim.parties), said[0].subject)
        return show(said[0].subject, claims, self.levels)

    def _show(self, kind: str, chunk: Sequence[_Said]) -> None:
        rows = []
        for said in chunk:
            shown = min(said, key=lambda one: precedence(one.source, one.load))
            thing = codec.decode(kind, shown.body)
            self._require(named_parties(thing), shown.subject)
            rows.append(shown_row(kind, shown.subject, shown.body, thing))
        self.db.executemany(sql.SHOW[kind], rows)

    def _require(self, parties: Iterable[str], subject: str) -> None:
        for party in parties:
            if party not in self.levels:
                raise BadInput("party-missing", id=party, agreement=subject)


def _stated(chunk: Iterable[_Said]) -> Iterator[tuple[object, ...]]:
    for said in chunk:
        for kind, subject, source, load, body in said:
            yield kind, subject, source, load, codec.digest(body), body


def _placed(problems: Iterable[tuple[int, Problem]]) -> Iterator[tuple[int, int, Problem]]:
    for load, found in groupby(problems, itemgetter(0)):
        yield from ((load, n, problem) for n, (_, problem) in enumerate(found))
