"""Rows into the tables of the embedded store: what a load and a copy write alike."""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from graph_loader.model import Agreement, Border, Flow, Level, Load, Party, Place, Problem
from graph_loader.store import codec, sql
from graph_loader.store.sqlite_rows import agreement_row, agreement_text
from graph_loader.text import fold

CHUNK = 10_000  # because a chunk of agreements then holds some tens of megabytes
CACHE_KIB = 65_536  # because the tables of a large load then need not be written twice


@contextmanager
def all_or_nothing(db: sqlite3.Connection) -> Iterator[None]:
    """One transaction that no other writer shares. Raises: sqlite3.OperationalError if one is."""
    db.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    db.execute("BEGIN IMMEDIATE")
    try:
        db.execute("PRAGMA defer_foreign_keys = ON")
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:  # a full disk has already rolled it back
            db.execute("ROLLBACK")
        raise


@contextmanager
def indexes_later(db: sqlite3.Connection) -> Iterator[None]:
    """Most rows are new: an index that is made once costs less than one that grows by each."""
    for name in sql.SHOWN_INDEXES:
        db.execute(f"DROP INDEX IF EXISTS {name}")
    yield
    for statement in sql.SHOWN_INDEXES.values():
        db.execute(statement)


def known_parties(db: sqlite3.Connection) -> tuple[dict[str, Level], dict[str, str]]:
    """The level of every party that is shown, and all its names as a free text meets them."""
    rows = db.execute("SELECT id, level, name_id || ' ' || name_en, aliases FROM party").fetchall()
    texts = {id: fold(" ".join([names, *json.loads(more)])) for id, _, names, more in rows}
    return {id: Level(level) for id, level, *_ in rows}, texts


def insert_agreements(
    db: sqlite3.Connection, numbered: Sequence[tuple[int, Agreement]], texts: Mapping[str, str]
) -> None:
    """Show agreements under their numbers; `texts` has the names of every party that signs."""
    many = db.executemany
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


def set_version(db: sqlite3.Connection, version: int) -> None:
    """Content is new: it has this version, and a stamp that no other content has."""
    meta = (("version", str(version)), ("stamp", uuid.uuid4().hex))
    db.executemany(sql.UPSERT_META, meta)


def insert_load(db: sqlite3.Connection, load: Load) -> None:
    """Record a load; one that was only begun is written over."""
    db.execute(
        f"INSERT OR REPLACE INTO load ({sql.LOAD_COLUMNS}) VALUES (?{', ?' * 13})",
        (load.id, load.source, load.file, load.started.isoformat(), load.finished.isoformat(),
         load.version, load.complete, load.rows, load.accepted, load.added, load.changed,
         load.unchanged, load.retired, load.problems),
    )  # fmt: skip


def insert_problems(db: sqlite3.Connection, found: Iterable[tuple[int, int, Problem]]) -> None:
    """Keep (load, place in the order of the file, problem)."""
    db.executemany(
        f"INSERT INTO problem VALUES (?{', ?' * 9})",
        ((load, n, p.code, p.severity, p.file, p.sheet, p.row, p.column, p.value,
          json.dumps(p.params)) for load, n, p in found),
    )  # fmt: skip


def shown_row(kind: str, subject: str, body: str, thing: object) -> tuple[object, ...]:
    """What `sql.SHOW` of the kind takes."""
    if isinstance(thing, Party):
        return (
            thing.id, thing.name_id, thing.name_en, thing.level, thing.country, thing.part_of,
            thing.kind, thing.lat, thing.lon, codec.dump(thing.aliases), thing.sort_key,
        )  # fmt: skip
    if isinstance(thing, Border):
        return (body, thing.a, thing.b)
    if isinstance(thing, Flow):
        return (body, thing.id, thing.party, thing.direction, thing.commodity, thing.year)
    if isinstance(thing, Place):
        return (thing.id, thing.name, thing.country, thing.lat, thing.lon)
    if kind == "background":
        return tuple(subject.split("|"))
    return (body, subject)
