"""One load into the embedded store: compare, state, show; a single transaction."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import TypeVar

from graph_loader.claims import SourcedClaim, show
from graph_loader.dates import PartialDate
from graph_loader.errors import BadInput
from graph_loader.model import Agreement, Batch, Border, Category, Claim, Flow, Level, Load, Party
from graph_loader.store import codec, sql
from graph_loader.store.base import LoadReport, Progress
from graph_loader.text import fold

CHUNK = 10_000  # because a chunk of agreements then holds some tens of megabytes
CATEGORIES = tuple(Category)

T = TypeVar("T")


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
        started = datetime.now(UTC)
        self.db.execute("BEGIN IMMEDIATE")
        try:
            self.load = self._next("load")
            self.db.execute("PRAGMA defer_foreign_keys = ON")
            self._state_source()
            for kind, subjects in codec.subjects(self.batch).items():
                self._write_kind(kind, subjects)
            self._write_agreements()
            self._drop_unused_parties()
            report = self._record(started)
            self.db.execute("COMMIT")
        except BaseException:
            self.db.execute("ROLLBACK")
            raise
        return report

    # everything but agreements ------------------------------------------------------------

    def _write_kind(self, kind: str, things: dict[str, object]) -> None:
        bodies = {subject: codec.encode(thing) for subject, thing in things.items()}
        changed, gone = self._compare(kind, bodies)
        self._state(kind, ((subject, bodies[subject]) for subject in changed))
        self._unstate(kind, gone)
        self.touched_anything |= bool(changed or gone)
        for subject in [*changed, *gone]:
            self._show(kind, subject)

    def _compare(self, kind: str, bodies: dict[str, str]) -> tuple[list[str], list[str]]:
        """The subjects whose bodies are new to this source, and those it no longer states."""
        known = dict(self.db.execute(sql.STATED_HASHES, (self.source, kind)))
        changed = [s for s, body in bodies.items() if known.get(s) != codec.digest(body)]
        gone = [subject for subject in known if subject not in bodies] if self.complete else []
        return changed, gone

    def _state(self, kind: str, bodies: Iterable[tuple[str, str]]) -> None:
        rows = (
            (kind, subject, self.source, self.load, codec.digest(body), body)
            for subject, body in bodies
        )
        self.db.executemany(sql.UPSERT_STATEMENT, rows)

    def _unstate(self, kind: str, subjects: Iterable[str]) -> None:
        self.db.executemany(
            sql.DELETE_STATEMENT, ((kind, subject, self.source) for subject in subjects)
        )

    def _show(self, kind: str, subject: str) -> None:
        row = self.db.execute(sql.SHOWN_BODY, (kind, subject)).fetchone()
        if kind == "party":
            if row is not None:
                self._show_party(codec.decode("party", row[0]))
        elif row is None:
            self.db.execute(sql.HIDE[kind], (subject,))
        else:
            thing = codec.decode(kind, row[0])
            self.db.execute(sql.SHOW[kind], _shown(kind, subject, row[0], thing))

    def _show_party(self, party: Party) -> None:
        self.changed_parties.add(party.id)
        aliases = json.dumps(party.aliases, ensure_ascii=False)
        self.db.execute(
            sql.UPSERT_PARTY,
            (party.id, party.name_id, party.name_en, party.level, party.country, party.part_of,
             party.kind, party.lat, party.lon, aliases, party.sort_key),
        )  # fmt: skip

    def _drop_unused_parties(self) -> None:
        if self.complete:
            for (id,) in self.db.execute(sql.ORPHANED_PARTIES).fetchall():
                self.db.execute(sql.DELETE_UNUSED_PARTY, {"id": id})

    # agreements ---------------------------------------------------------------------------

    def _write_agreements(self) -> None:
        bodies = {stated.id: codec.encode_claims(stated.claims) for stated in self.batch.agreements}
        changed, gone = self._compare("agreement", bodies)
        known = self._numbers()
        self._read_parties()
        self._require_parties(changed)
        self.others = self._other_claims()
        self._state("agreement", ((subject, bodies[subject]) for subject in changed))
        self._unstate("agreement", gone)
        self._count(changed, gone, known, len(bodies))
        self._show_all([*changed, *gone, *self._renamed({*changed, *gone}, known)], known)
        self._aliases()

    def _numbers(self) -> dict[str, int]:
        return dict(self.db.execute("SELECT id, n FROM agreement"))

    def _read_parties(self) -> None:
        rows = self.db.execute(
            "SELECT id, level, name_id || ' ' || name_en || ' ' || aliases FROM party"
        ).fetchall()
        self.levels = {id: Level(level) for id, level, _ in rows}
        self.texts = {id: fold(text) for id, _, text in rows}

    def _require_parties(self, changed: Sequence[str]) -> None:
        wanted = set(changed)
        for stated in self.batch.agreements:
            if stated.id in wanted:
                for claim in stated.claims:
                    for signatory in claim.parties:
                        if signatory.party not in self.levels:
                            raise BadInput("party-missing", id=signatory.party, agreement=stated.id)

    def _other_claims(self) -> dict[str, list[SourcedClaim]]:
        found: dict[str, list[SourcedClaim]] = {}
        for subject, source, load, body in self.db.execute(sql.OTHERS_CLAIMS, (self.source,)):
            claims = codec.decode_claims(body)
            found.setdefault(subject, []).extend(SourcedClaim(source, load, c) for c in claims)
        return found

    def _count(
        self, changed: Sequence[str], gone: Sequence[str], known: dict[str, int], stated: int
    ) -> None:
        new = [id for id in changed if id not in known]
        self.counts = {
            "added": len(new),
            "changed": len(changed) - len(new),
            "unchanged": stated - len(changed),
            "retired": len(gone),
        }
        self.touched_anything |= bool(changed or gone)
        what = dict.fromkeys(changed, "changed") | dict.fromkeys(new, "added")
        what |= {id: "changed" if id in self.others else "retired" for id in gone}
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
        self.db.executemany(sql.INSERT_AGREEMENT, (_agreement_row(n, a) for n, a in numbered))
        self.db.executemany(
            sql.INSERT_SIGNED,
            ((n, i, s.party) for n, a in numbered for i, s in enumerate(a.parties)),
        )
        self.db.executemany(
            sql.INSERT_ADDRESSES, ((n, tag.topic) for n, a in numbered for tag in a.topics)
        )
        self.db.executemany(
            sql.INSERT_RELATION, ((n, r.kind, r.other) for n, a in numbered for r in a.relations)
        )
        self.db.executemany(sql.INSERT_TEXT, ((n, self._text(a)) for n, a in numbered))

    def _text(self, agreement: Agreement) -> str:
        names = (self.texts[signatory.party] for signatory in agreement.parties)
        return " ".join([fold(agreement.title), *names, fold(agreement.topic_text)])

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


def _shown(kind: str, subject: str, body: str, thing: object) -> tuple[object, ...]:
    if isinstance(thing, Border):
        return (body, thing.a, thing.b)
    if isinstance(thing, Flow):
        return (body, thing.id, thing.party, thing.direction, thing.commodity, thing.year)
    if kind == "background":
        return tuple(subject.split("|"))
    return (body, subject)


def _agreement_row(number: int, agreement: Agreement) -> tuple[object, ...]:
    signed, ends = agreement.signed, agreement.ends
    bits = sum(1 << CATEGORIES.index(category) for category in agreement.categories)
    goals = 0
    for tag in agreement.topics:
        goals |= 1 << int(tag.topic.split(".")[0])
    return (
        number, agreement.id, agreement.instrument, agreement.title,
        str(signed or ""), *_days(signed), signed.year if signed else 0,
        str(ends or ""), _days(ends)[1], agreement.stated_status, agreement.topic_text,
        agreement.outcome, agreement.note, agreement.page, str(agreement.last_stated or ""),
        bits, goals, codec.dump([[s.party, s.role] for s in agreement.parties]),
        codec.dump([[t.topic, *t.words] for t in agreement.topics]),
        codec.dump([[r.kind, r.other] for r in agreement.relations]), fold(agreement.title),
    )  # fmt: skip


def _days(date: PartialDate | None) -> tuple[int, int]:
    return (date.first.toordinal(), date.last.toordinal()) if date else (0, 0)


def _chunks(things: Sequence[T], size: int) -> Iterator[tuple[int, Sequence[T]]]:
    for start in range(0, len(things), size):
        yield start, things[start : start + size]
