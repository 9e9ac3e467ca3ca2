"""One load into the embedded store: compare, state, show; a single transaction."""

from __future__ import annotations

import gc
import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from typing import Any, TypeVar

from graph_loader.claims import SourcedClaim, show, show_alone
from graph_loader.errors import BadInput
from graph_loader.model import Agreement, Batch, Border, Claim, Flow, Level, Load, Party
from graph_loader.store import codec, sql
from graph_loader.store.base import LoadReport, Progress
from graph_loader.store.sqlite_rows import agreement_row, agreement_text
from graph_loader.text import fold

CHUNK = 10_000  # because a chunk of agreements then holds some tens of megabytes
BULK = 5_000  # because below it the indexes grow in a moment
CACHE_KIB = 65_536  # because the tables of a large load then need not be written twice

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
        with _collection_paused():
            return self._run()

    def _run(self) -> LoadReport:
        started = datetime.now(UTC)
        self.db.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        self.db.execute("BEGIN IMMEDIATE")
        try:
            self.load = self._next("load")
            self.db.execute("PRAGMA defer_foreign_keys = ON")
            self._state_source()
            for kind, subjects in codec.subjects(self.batch).items():
                self._write_kind(kind, subjects)
                if kind == "party":
                    self._read_parties()
            self._write_agreements()
            self._drop_unused_parties()
            report = self._record(started)
            self.db.execute("COMMIT")
        except BaseException:
            if self.db.in_transaction:  # a full disk has already rolled it back
                self.db.execute("ROLLBACK")
            raise
        return report

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
            for party in _named(thing):
                if not self.db.execute("SELECT 1 FROM party WHERE id = ?", (party,)).fetchone():
                    raise BadInput("party-missing", id=party, subject=subject)
        rows = [_shown(kind, subject, body, thing) for subject, body, thing in things]
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

    def _read_parties(self) -> None:
        rows = self.db.execute(
            "SELECT id, level, name_id || ' ' || name_en || ' ' || aliases FROM party"
        ).fetchall()
        self.levels = {id: Level(level) for id, level, _ in rows}
        self.texts = {id: fold(text) for id, _, text in rows}

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
        with self._indexes_later() if len(ids) > max(BULK, len(known)) else nullcontext():
            self._insert_all(ids, mine, known)

    @contextmanager
    def _indexes_later(self) -> Iterator[None]:
        """Most rows are new: an index that is made once costs less than one that grows by each."""
        for name in sql.SHOWN_INDEXES:
            self.db.execute(f"DROP INDEX IF EXISTS {name}")
        yield
        for statement in sql.SHOWN_INDEXES.values():
            self.db.execute(statement)

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
            self._insert(numbered)
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

    def _insert(self, numbered: Sequence[tuple[int, Agreement]]) -> None:
        many, texts = self.db.executemany, self.texts
        titles = [fold(a.title) for _, a in numbered]
        rows = zip(numbered, titles, strict=True)
        many(sql.INSERT_AGREEMENT, [agreement_row(n, a, title) for (n, a), title in rows])
        many(
            sql.INSERT_SIGNED,
            [(n, i, s.party) for n, a in numbered for i, s in enumerate(a.parties)],
        )
        many(sql.INSERT_ADDRESSES, [(n, tag.topic) for n, a in numbered for tag in a.topics])
        many(sql.INSERT_RELATION, [(n, r.kind, r.other) for n, a in numbered for r in a.relations])
        rows = zip(numbered, titles, strict=True)
        many(
            sql.INSERT_TEXT,
            [
                (n, agreement_text(a, title, [texts[s.party] for s in a.parties]))
                for (n, a), title in rows
            ],
        )

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
        self.db.execute(sql.UPSERT_META, ("version", str(version)))
        load = Load(
            self.load, self.source, self.batch.file, started, datetime.now(UTC), version,
            self.complete, self.batch.rows, len(self.batch.agreements), **self.counts,
            problems=len(self.batch.problems),
        )  # fmt: skip
        self.db.execute(
            f"INSERT OR REPLACE INTO load ({sql.LOAD_COLUMNS}) VALUES (?{', ?' * 13})",
            (load.id, load.source, load.file, load.started.isoformat(), load.finished.isoformat(),
             load.version, load.complete, load.rows, load.accepted, load.added, load.changed,
             load.unchanged, load.retired, load.problems),
        )  # fmt: skip
        self.db.executemany(
            f"INSERT INTO problem VALUES (?{', ?' * 9})",
            ((self.load, n, p.code, p.severity, p.file, p.sheet, p.row, p.column, p.value,
              json.dumps(p.params)) for n, p in enumerate(self.batch.problems)),
        )  # fmt: skip
        return LoadReport(load, version, self.touched_anything)

    def _version(self) -> int:
        return int(self.db.execute("SELECT value FROM meta WHERE key = 'version'").fetchone()[0])

    def _next(self, table: str) -> int:
        row = self.db.execute(f"SELECT COALESCE(MAX(id), 0) + 1 FROM {table}").fetchone()
        return int(row[0])


def _named(thing: object) -> tuple[str, ...]:
    """The parties that a border, a need or an offer rests on."""
    if isinstance(thing, Border):
        return (thing.a, thing.b)
    return (thing.party,) if isinstance(thing, Flow) else ()


@contextmanager
def _collection_paused() -> Iterator[None]:
    """Because a load makes millions of tuples and no cycles, and looking for them takes a fifth."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _shown(kind: str, subject: str, body: str, thing: object) -> tuple[object, ...]:
    if isinstance(thing, Party):
        return (
            thing.id, thing.name_id, thing.name_en, thing.level, thing.country, thing.part_of,
            thing.kind, thing.lat, thing.lon, codec.dump(thing.aliases), thing.sort_key,
        )  # fmt: skip
    if isinstance(thing, Border):
        return (body, thing.a, thing.b)
    if isinstance(thing, Flow):
        return (body, thing.id, thing.party, thing.direction, thing.commodity, thing.year)
    if kind == "background":
        return tuple(subject.split("|"))
    return (body, subject)


def _chunks(things: Sequence[T], size: int) -> Iterator[tuple[int, Sequence[T]]]:
    for start in range(0, len(things), size):
        yield start, things[start : start + size]
