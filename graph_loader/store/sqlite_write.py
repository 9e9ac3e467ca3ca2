"""One load into the embedded store: compare, state, show; a single transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from datetime import UTC, datetime
from typing import Any, TypeVar

from graph_loader.claims import SourcedClaim, show, show_alone
from graph_loader.collecting import collection_paused
from graph_loader.errors import BadInput
from graph_loader.model import Agreement, Batch, Claim, Load
from graph_loader.store import codec, sql
from graph_loader.store.base import LoadReport, Progress
from graph_loader.store.shown import named_parties
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

BULK = 5_000  # because below it the indexes grow in a moment

T = TypeVar("T")

_NAMING: Mapping[str, Callable[[Any], tuple[str, ...]]] = {
    "border": lambda border: (border.a, border.b),
    "flow": lambda flow: (flow.party,),
}
"""The parties that must be known before such a thing can be shown."""


class Writer:
    """Writes one batch; used once. The caller closes the connection."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        batch: Batch,
        complete: bool,
        progress: Progress | None,
    ) -> None:
        self.db, self.batch, self.complete = connection, batch, complete
        self.progress = progress or (lambda stage, done, total: None)
        self.source = batch.source.id
        self.counts = {"added": 0, "changed": 0, "unchanged": 0, "retired": 0}
        self.touched_anything = False
        self.changed_parties: set[str] = set()

    def run(self) -> LoadReport:
        """All of it or nothing of it."""
        with collection_paused():
            return self._run()

    def _run(self) -> LoadReport:
        started = datetime.now(UTC)
        with all_or_nothing(self.db):
            self.load = self._next("load")
            self._state_source()
            for kind, subjects in codec.subjects(self.batch).items():
                self._write_kind(kind, subjects)
                if kind == "party":
                    self.levels, self.texts = known_parties(self.db)
            self._write_agreements()
            self._drop_unused_parties()
            return self._record(started)

    # everything but agreements ------------------------------------------------------------

    def _write_kind(self, kind: str, things: dict[str, object]) -> None:
        bodies = {subject: codec.encode(thing) for subject, thing in things.items()}
        changed, gone = self._compare(kind, bodies)
        for subject in changed if kind in _NAMING else ():
            self._require(_NAMING[kind](things[subject]), subject)
        self._state(kind, changed, bodies)
        self._unstate(kind, gone)
        self.touched_anything |= bool(changed or gone)
        others = {id for (id,) in self.db.execute(sql.STATED_BY_OTHERS, (kind, self.source))}
        mine = [subject for subject in changed if subject not in others]
        self._show_each(kind, [(id, bodies[id], things[id]) for id in mine])
        for subject in [*(id for id in changed if id in others), *gone]:
            self._show(kind, subject)

    def _compare(self, kind: str, bodies: dict[str, str]) -> tuple[dict[str, bytes], list[str]]:
        """The hashes of what is new to this source, and the subjects it no longer states.

        In the order of the key, because a table is then written from one end to the other.
        """
        known = dict(self.db.execute(sql.STATED_HASHES, (self.source, kind)))
        hashes = ((subject, codec.digest(bodies[subject])) for subject in sorted(bodies))
        changed = {subject: hash for subject, hash in hashes if known.get(subject) != hash}
        gone = [subject for subject in known if subject not in bodies] if self.complete else []
        return changed, gone

    def _state(self, kind: str, hashes: Mapping[str, bytes], bodies: Mapping[str, str]) -> None:
        source, load = self.source, self.load
        rows = [(kind, id, source, load, hash, bodies[id]) for id, hash in hashes.items()]
        self.db.executemany(sql.UPSERT_STATEMENT, rows)

    def _unstate(self, kind: str, subjects: Iterable[str]) -> None:
        self.db.executemany(
            sql.DELETE_STATEMENT, ((kind, subject, self.source) for subject in subjects)
        )

    def _show(self, kind: str, subject: str) -> None:
        row = self.db.execute(sql.SHOWN_BODY, (kind, subject)).fetchone()
        if row is not None:
            self._show_each(kind, [(subject, row[0], codec.decode(kind, row[0]))])
        elif kind != "party":  # a party goes last, and only if nothing refers to it
            self.db.execute(sql.HIDE[kind], (subject,))

    def _show_each(self, kind: str, things: Sequence[tuple[str, str, object]]) -> None:
        for subject, _, thing in things:
            for party in named_parties(thing):
                if not self.db.execute("SELECT 1 FROM party WHERE id = ?", (party,)).fetchone():
                    raise BadInput("party-missing", id=party, subject=subject)
        rows = [shown_row(kind, subject, body, thing) for subject, body, thing in things]
        self.db.executemany(sql.SHOW[kind], rows)
        if kind == "party":
            self.changed_parties.update(str(row[0]) for row in rows)

    def _drop_unused_parties(self) -> None:
        if self.complete:
            for (id,) in self.db.execute(sql.ORPHANED_PARTIES).fetchall():
                self.db.execute(sql.DELETE_UNUSED_PARTY, {"id": id})

    # agreements ---------------------------------------------------------------------------

    def _write_agreements(self) -> None:
        bodies = {stated.id: codec.encode_claims(stated.claims) for stated in self.batch.agreements}
        changed, gone = self._compare("agreement", bodies)
        known = self._numbers()
        self._require_parties(changed)
        touched = [*changed, *gone, *self._renamed({*changed, *gone}, known)]
        self.others = self._other_claims(set(touched))
        self._state("agreement", changed, bodies)
        self._unstate("agreement", gone)
        self._count(changed, gone, known, len(bodies))
        self._show_all(touched, known)
        self._aliases()

    def _numbers(self) -> dict[str, int]:
        return dict(self.db.execute("SELECT id, n FROM agreement"))

    def _require_parties(self, changed: Collection[str]) -> None:
        for stated in self.batch.agreements:
            if stated.id in changed:
                for claim in stated.claims:
                    self._require([signatory.party for signatory in claim.parties], stated.id)

    def _require(self, parties: Iterable[str], subject: str) -> None:
        for party in parties:
            if party not in self.levels:
                raise BadInput("party-missing", id=party, agreement=subject)

    def _other_claims(self, touched: set[str]) -> dict[str, list[SourcedClaim]]:
        """What other sources state of the agreements touched."""
        found: dict[str, list[SourcedClaim]] = {}
        for subject, source, load, body in self.db.execute(sql.OTHERS_CLAIMS, (self.source,)):
            if subject not in touched:
                continue
            claims = codec.decode_claims(body)
            found.setdefault(subject, []).extend(SourcedClaim(source, load, c) for c in claims)
        return found

    def _count(
        self, changed: Collection[str], gone: Sequence[str], known: dict[str, int], stated: int
    ) -> None:
        new = [id for id in changed if id not in known]
        kept = [id for id in gone if id in self.others]  # another source still states these
        self.counts = {
            "added": len(new),
            "changed": len(changed) - len(new) + len(kept),
            "unchanged": stated - len(changed),
            "retired": len(gone) - len(kept),
        }
        self.touched_anything |= bool(changed or gone)
        what = dict.fromkeys(changed, "changed") | dict.fromkeys(new, "added")
        what |= dict.fromkeys(gone, "retired") | dict.fromkeys(kept, "changed")
        self.db.executemany(
            "INSERT INTO change VALUES (?, ?, ?)", ((self.load, *item) for item in what.items())
        )

    def _renamed(self, already: set[str], known: dict[str, int]) -> list[str]:
        """Agreements to show anew because a party of theirs has another name or level now."""
        if not known:
            return []
        statement = (
            "SELECT a.id FROM signed s JOIN agreement a ON a.n = s.agreement WHERE s.party = ?"
        )
        found = {
            id for party in self.changed_parties for (id,) in self.db.execute(statement, (party,))
        }
        return sorted(found - already)

    def _show_all(self, ids: Sequence[str], known: dict[str, int]) -> None:
        mine = {stated.id: stated.claims for stated in self.batch.agreements}
        stale = [(known[id],) for id in ids if id in known]
        for statement in sql.DELETE_SHOWN:
            self.db.executemany(statement, stale)
        with indexes_later(self.db) if len(ids) > max(BULK, len(known)) else nullcontext():
            self._insert_all(ids, mine, known)

    def _insert_all(
        self, ids: Sequence[str], mine: Mapping[str, tuple[Claim, ...]], known: dict[str, int]
    ) -> None:
        number = max(known.values(), default=0)
        for done, chunk in _chunks(ids, CHUNK):
            self.progress("write", done, len(ids))
            shown = [self._shown_agreement(id, mine.get(id)) for id in chunk]
            living = [agreement for agreement in shown if agreement is not None]
            numbered = []
            for agreement in living:
                number += agreement.id not in known
                numbered.append((known.get(agreement.id, number), agreement))
            insert_agreements(self.db, numbered, self.texts)
        self.progress("write", len(ids), len(ids))

    def _shown_agreement(self, id: str, mine: tuple[Claim, ...] | None) -> Agreement | None:
        if mine is not None and len(mine) == 1 and id not in self.others:
            return show_alone(id, mine[0], self.levels)
        claims = list(self.others.get(id, ()))
        if mine is not None:
            claims += [SourcedClaim(self.source, self.load, claim) for claim in mine]
        elif row := self.db.execute(
            "SELECT load, body FROM statement WHERE kind = 'agreement' AND subject = ?"
            " AND source = ?", (id, self.source),
        ).fetchone():  # fmt: skip
            claims += [SourcedClaim(self.source, row[0], c) for c in codec.decode_claims(row[1])]
        return show(id, claims, self.levels) if claims else None

    def _aliases(self) -> None:
        rows = [(alias, stated.id) for stated in self.batch.agreements for alias in stated.aliases]
        self.db.executemany("INSERT OR REPLACE INTO alias VALUES (?, 'agreement', ?)", rows)

    # the load itself ----------------------------------------------------------------------

    def _state_source(self) -> None:
        source = self.batch.source
        row = (source.id, source.name, source.licence, source.page)
        self.db.execute(sql.UPSERT_SOURCE, row)
        self.db.execute("INSERT INTO load (id, source) VALUES (?, ?)", (self.load, source.id))

    def _record(self, started: datetime) -> LoadReport:
        version = self._version() + self.touched_anything
        if self.touched_anything:
            set_version(self.db, version)
        load = Load(
            self.load, self.source, self.batch.file, started, datetime.now(UTC), version,
            self.complete, self.batch.rows, len(self.batch.agreements), **self.counts,
            problems=len(self.batch.problems),
        )  # fmt: skip
        insert_load(self.db, load)
        insert_problems(self.db, ((load.id, n, p) for n, p in enumerate(self.batch.problems)))
        return LoadReport(load, version, self.touched_anything)

    def _version(self) -> int:
        return int(self.db.execute("SELECT value FROM meta WHERE key = 'version'").fetchone()[0])

    def _next(self, table: str) -> int:
        row = self.db.execute(f"SELECT COALESCE(MAX(id), 0) + 1 FROM {table}").fetchone()
        return int(row[0])


def _chunks(things: Sequence[T], size: int) -> Iterator[tuple[int, Sequence[T]]]:
    for start in range(0, len(things), size):
        yield start, things[start : start + size]
