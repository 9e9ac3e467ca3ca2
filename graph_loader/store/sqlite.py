"""The embedded default: one SQLite file, WAL and full text; nothing to install.

Several processes may read while one writes. A load is one transaction on a connection of its own.
"""

from __future__ import annotations

import json
import sqlite3
import threading
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from graph_loader.claims import SourcedClaim
from graph_loader.dates import PartialDate
from graph_loader.errors import LoadBusy, Moved, NotFound, StoreRefused, StoreUnavailable
from graph_loader.model import (
    Agreement,
    BackgroundLink,
    Batch,
    Border,
    Category,
    Commodity,
    Direction,
    Flow,
    Instrument,
    Load,
    Party,
    Place,
    Problem,
    Relation,
    RelationKind,
    Signatory,
    Source,
    Topic,
    TopicTag,
    make_party,
)
from graph_loader.store import sql
from graph_loader.store.base import (
    MAX_PAGE_SIZE,
    PAGE_SIZE,
    AgreementFilter,
    AgreementRecord,
    Alias,
    Change,
    Facets,
    GraphStore,
    Identity,
    Lack,
    Lacks,
    LoadReport,
    Neighbour,
    Neighbourhood,
    Order,
    Page,
    Progress,
    Scan,
    ScanRow,
    State,
    Statement,
)
from graph_loader.store.codec import decode, decode_claims, digest, encode, subjects
from graph_loader.store.shown import bounds, contested_of, facets_of
from graph_loader.store.sound import askable, require_sound, writable
from graph_loader.store.sqlite_restore import Restorer
from graph_loader.store.sqlite_write import Writer
from graph_loader.text import fold, natural

BUSY_SECONDS = 5.0  # because a load of a clerk's file takes less, and a longer one should be told
CATEGORIES = tuple(Category)
GOALS = frozenset(map(str, range(1, 18)))
_IDS_AT_ONCE = 500  # because SQLite's limit of parameters was once 999

T = TypeVar("T")


class SqliteStore(GraphStore):
    """A store in one file; see `GraphStore` for what each method does."""

    def __init__(self, path: Path) -> None:
        """Open the file, or make it. Raises: StoreRefused, StoreUnavailable."""
        self._path = path
        self._local = threading.local()
        self._all: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        with _translated(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            _prepare(path)
        self._identity = Identity(self._meta("uuid"), "sqlite", sql.SCHEMA_VERSION)

    def identity(self) -> Identity:
        return self._identity

    def state(self) -> State:
        ((version, stamp),) = self._rows(sql.STATE)
        return State(int(version), stamp=stamp)

    def close(self) -> None:
        with self._lock:
            for connection in self._all:
                connection.close()
            self._all.clear()
        self._local = threading.local()

    # what is there ------------------------------------------------------------------------

    def party(self, id: str) -> Party:
        row = self._one(f"SELECT {sql.PARTY_COLUMNS} FROM party WHERE id = ?", id)
        if row is None:
            raise self._missing("party", id)
        return _party(row)

    def parties(self, ids: Sequence[str]) -> Mapping[str, Party]:
        rows = self._by_ids(f"SELECT {sql.PARTY_COLUMNS} FROM party WHERE id IN", ids)
        return {row[0]: _party(row) for row in rows}

    def agreement(self, id: str) -> AgreementRecord:
        row = self._one(f"SELECT {sql.AGREEMENT_COLUMNS} FROM agreement WHERE id = ?", id)
        if row is None:
            raise self._missing("agreement", id)
        stated = self._rows(sql.CLAIMS_OF, id)
        claims = [
            SourcedClaim(source, load, claim)
            for source, load, body in stated
            for claim in decode_claims(body)
        ]
        referring = self._rows(
            "SELECT r.kind, a.id FROM relation r JOIN agreement a ON a.n = r.agreement"
            " WHERE r.other = ? ORDER BY a.id, r.kind",
            id,
        )
        return AgreementRecord(
            _agreement(row),
            sorted(claims, key=lambda claim: claim.rank),
            [Relation(RelationKind(kind), other) for kind, other in referring],
        )

    def agreements(
        self,
        where: AgreementFilter,
        *,
        order: Order = Order.NEWEST,
        limit: int = PAGE_SIZE,
        offset: int = 0,
    ) -> Page[Agreement]:
        condition, values = _where(where)
        values |= bounds(min(limit, MAX_PAGE_SIZE), offset)
        total = self._rows(f"SELECT COUNT(*) FROM agreement WHERE {condition}", values)[0][0]
        if not values["limit"]:
            return Page([], total)
        page = sql.PAGE.format(where=condition, order=sql.ORDER[order])
        rows = self._rows(page, values)
        return Page([_agreement(row) for row in rows], total)

    def by_ids(self, ids: Sequence[str]) -> Mapping[str, Agreement]:
        rows = self._by_ids(f"SELECT {sql.AGREEMENT_COLUMNS} FROM agreement WHERE id IN", ids)
        return {row[0]: _agreement(row) for row in rows}

    def contested(self) -> Mapping[str, Sequence[SourcedClaim]]:
        return contested_of(self._rows(sql.CONTESTED))

    def lacks(self) -> Mapping[str, Lacks]:
        return {source: Lacks(*counts) for source, *counts in self._rows(sql.LACKS)}

    def facets(self, where: AgreementFilter) -> Facets:
        goals = _bits(self._count(where, "topic", sql.SETS["goals"]))
        categories = _bits(self._count(where, "category", sql.SETS["categories"]))
        status = self._count(where, "status", sql.STATUSES)
        instrument = self._count(where, "instrument", sql.INSTRUMENTS)
        return facets_of(
            self.agreements(where, limit=0).total,
            status=dict(status),
            category={CATEGORIES[bit]: count for bit, count in categories.items()},
            instrument=dict(instrument),
            goal={str(bit): count for bit, count in goals.items()},
            country=dict(self._countries(where)),
        )

    def neighbourhood(self, party: str, day: date, *, limit: int = PAGE_SIZE) -> Neighbourhood:
        self.party(party)
        rows = self._rows(sql.NEIGHBOURS, {"party": party, "day": day.toordinal()})
        found = [Neighbour(_party(row[:-2]), row[-2], row[-1]) for row in rows]
        hidden: dict[str, int] = {}
        for neighbour in found[limit:]:
            level = str(neighbour.party.level)
            hidden[level] = hidden.get(level, 0) + 1
        return Neighbourhood(found[:limit], len(found), hidden)

    def borders(self, region: str) -> Sequence[Border]:
        rows = self._rows(sql.BORDERS, {"region": region})
        return [decode("border", body) for (body,) in rows]

    def flows(
        self, *, party: str = "", commodity: str = "", direction: Direction | None = None
    ) -> Sequence[Flow]:
        values = {"party": party, "commodity": commodity, "direction": str(direction or "")}
        return [decode("flow", body) for (body,) in self._rows(sql.FLOWS, values)]

    def topics(self) -> Sequence[Topic]:
        found: list[Topic] = [decode("topic", body) for (body,) in self._rows(_BODIES["topic"])]
        return sorted(found, key=lambda topic: (bool(topic.goal), natural(topic.id)))

    def commodities(self) -> Sequence[Commodity]:
        rows = self._rows(_BODIES["commodity"])
        found: list[Commodity] = [decode("commodity", body) for (body,) in rows]
        return sorted(found, key=lambda commodity: (fold(commodity.name_id), commodity.id))

    # where it comes from ------------------------------------------------------------------

    def sources(self) -> Sequence[Source]:
        return [Source(*row) for row in self._rows(sql.SOURCES)]

    def loads(self, *, limit: int = PAGE_SIZE, offset: int = 0) -> Page[Load]:
        total = self._rows("SELECT COUNT(*) FROM load")[0][0]
        rows = self._rows(sql.LOADS, bounds(limit, offset))
        return Page([_load(row) for row in rows], total)

    def problems(self, load: int, *, limit: int = PAGE_SIZE, offset: int = 0) -> Page[Problem]:
        total = self._of_load("problem", load)
        rows = self._rows(sql.PROBLEMS, {"load": load} | bounds(limit, offset))
        return Page([_problem(row) for row in rows], total)

    def changes(self, load: int, *, limit: int = PAGE_SIZE, offset: int = 0) -> Page[Change]:
        total = self._of_load("change", load)
        rows = self._rows(sql.CHANGES, {"load": load} | bounds(limit, offset))
        return Page([Change(*row) for row in rows], total)

    def scan(self, read: Callable[[Scan], T]) -> T:
        with _translated(self._path):
            connection = _connect(self._path)
            try:
                connection.execute("PRAGMA query_only = ON")
                connection.execute("BEGIN")
                return read(_SqliteScan(connection, self._path))
            finally:
                connection.close()

    # writing ------------------------------------------------------------------------------

    def holds(self, batch: Batch) -> bool:
        require_sound(batch)
        stated = dict(self._rows(sql.STATED_BY, batch.source.id))
        with writable():
            wanted = {
                f"{kind}/{subject}": digest(encode(thing))
                for kind, things in subjects(batch).items()
                for subject, thing in things.items()
            }
        return stated == wanted

    def write(
        self, batch: Batch, *, complete: bool = False, progress: Progress | None = None
    ) -> LoadReport:
        require_sound(batch)
        with writable(), _translated(self._path):
            connection = _connect(self._path)
            try:
                return Writer(connection, batch, complete, progress).run()
            finally:
                connection.close()

    def restore(self, scan: Scan, progress: Progress | None = None) -> None:
        with _translated(self._path):
            connection = _connect(self._path)
            try:
                Restorer(connection, scan, progress or (lambda stage, done, total: None)).run()
            finally:
                connection.close()

    # plumbing -----------------------------------------------------------------------------

    def _reader(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = _connect(self._path)
            connection.execute("PRAGMA query_only = ON")
            self._local.connection = connection
            with self._lock:
                self._all.append(connection)
        return connection

    def _rows(self, statement: str, *values: object) -> list[Any]:
        named = values[0] if len(values) == 1 and isinstance(values[0], dict) else None
        bound: Any = (
            [askable(value) for value in values]
            if named is None
            else {name: askable(value) for name, value in named.items()}
        )
        with _translated(self._path):
            return self._reader().execute(statement, bound).fetchall()

    def _one(self, statement: str, id: str) -> Any:
        rows = self._rows(statement, id)
        return rows[0] if rows else None

    def _by_ids(self, statement: str, ids: Sequence[str]) -> list[Any]:
        rows: list[Any] = []
        for start in range(0, len(ids), _IDS_AT_ONCE):
            chunk = ids[start : start + _IDS_AT_ONCE]
            rows += self._rows(f"{statement} ({','.join('?' * len(chunk))}) ORDER BY id", *chunk)
        return rows

    def _meta(self, key: str) -> str:
        return str(self._rows("SELECT value FROM meta WHERE key = ?", key)[0][0])

    def _missing(self, kind: str, id: str) -> NotFound | Moved:
        rows = self._rows("SELECT target FROM alias WHERE alias = ? AND kind = ?", id, kind)
        return Moved(f"{kind}-moved", id=rows[0][0]) if rows else NotFound(f"{kind}-unknown", id=id)

    def _of_load(self, table: str, load: int) -> int:
        if not self._rows("SELECT 1 FROM load WHERE id = ?", load):
            raise NotFound("load-unknown", id=load)
        return int(self._rows(f"SELECT COUNT(*) FROM {table} WHERE load = ?", load)[0][0])

    def _count(self, where: AgreementFilter, lifted: str, statement: str) -> list[tuple[Any, int]]:
        condition, values = _where(where, lifted)
        return self._rows(statement.format(where=condition), values)

    def _countries(self, where: AgreementFilter) -> list[tuple[str, int]]:
        condition, values = _where(where, "country")
        if condition != "1":
            condition = f"signed.agreement IN (SELECT n FROM agreement WHERE {condition})"
        return self._rows(sql.COUNTRIES.format(where=condition), values)


class _SqliteScan(Scan):
    """One read transaction, streamed."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection, self._path = connection, path
        row = connection.execute("SELECT value FROM meta WHERE key = 'version'").fetchone()
        self.version = int(row[0])

    def _stream(self, statement: str, make: Callable[[Any], T]) -> Iterator[T]:
        with _translated(self._path):  # because whoever reads a scan may write to another file
            yield from map(make, self._connection.execute(statement))

    def confirm(self) -> None:
        """A read transaction holds its version still."""

    def parties(self) -> Iterator[Party]:
        return self._stream(f"SELECT {sql.PARTY_COLUMNS} FROM party ORDER BY id", _party)

    def agreements(self) -> Iterator[ScanRow]:
        return self._stream(
            "SELECT id, instrument, stated_status, signed_first, signed_last, ends_last, page <> ''"
            " FROM agreement ORDER BY id",
            ScanRow._make,
        )

    def signed(self) -> Iterator[tuple[str, str]]:
        return self._stream(
            "SELECT a.id, s.party FROM agreement a JOIN signed s ON s.agreement = a.n"
            " ORDER BY a.id, s.position",
            tuple,
        )

    def addresses(self) -> Iterator[tuple[str, str]]:
        return self._stream(
            "SELECT a.id, t.topic FROM agreement a JOIN addresses t ON t.agreement = a.n"
            " ORDER BY a.id, t.topic",
            tuple,
        )

    def contested(self) -> Iterator[tuple[str, Sequence[SourcedClaim]]]:
        yield from contested_of(self._stream(sql.CONTESTED, tuple)).items()

    def borders(self) -> Iterator[Border]:
        return self._stream(
            "SELECT body FROM border ORDER BY a, b", lambda row: decode("border", row[0])
        )

    def flows(self) -> Iterator[Flow]:
        return self._stream("SELECT body FROM flow ORDER BY id", lambda row: decode("flow", row[0]))

    def places(self) -> Iterator[Place]:
        return self._stream(
            "SELECT id, name, country, lat, lon FROM place ORDER BY id", lambda row: Place(*row)
        )

    def background(self) -> Iterator[BackgroundLink]:
        return self._stream(
            "SELECT a, b FROM background ORDER BY a, b", lambda row: BackgroundLink(*row)
        )

    def sources(self) -> Iterator[Source]:
        return self._stream(sql.SOURCES, lambda row: Source(*row))

    def loads(self) -> Iterator[Load]:
        return self._stream(f"SELECT {sql.LOAD_COLUMNS} FROM load ORDER BY id", _load)

    def problems(self) -> Iterator[tuple[int, Problem]]:
        return self._stream(
            f"SELECT load, {sql.PROBLEM_COLUMNS} FROM problem ORDER BY load, n",
            lambda row: (row[0], _problem(row[1:])),
        )

    def changes(self) -> Iterator[tuple[int, Change]]:
        return self._stream(
            "SELECT load, agreement, what FROM change ORDER BY load, agreement",
            lambda row: (row[0], Change(*row[1:])),
        )

    def statements(self) -> Iterator[Statement]:
        return self._stream(
            "SELECT kind, subject, source, load, body FROM statement"
            " ORDER BY kind, subject, source",
            Statement._make,
        )

    def aliases(self) -> Iterator[Alias]:
        return self._stream(
            "SELECT alias, kind, target FROM alias ORDER BY alias, kind", Alias._make
        )


_BODIES = {table: f"SELECT body FROM {table} ORDER BY id" for table in ("topic", "commodity")}


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")
    return connection


def _prepare(path: Path) -> None:
    """Make the tables of a new file, or refuse a file that is not this schema's."""
    connection = _connect(path)
    try:
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        schema = connection.execute("PRAGMA user_version").fetchone()[0]
        if application == 0 and not connection.execute("SELECT 1 FROM sqlite_master").fetchone():
            _create(connection)
        elif application != sql.APPLICATION_ID:
            raise StoreRefused("store-foreign", path=str(path))
        elif schema in sql.UPGRADES:
            _upgrade(connection)
        elif schema != sql.SCHEMA_VERSION:
            raise StoreRefused(
                "store-schema", path=str(path), found=schema, expected=sql.SCHEMA_VERSION
            )
    finally:
        connection.close()


def _create(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    if connection.execute("PRAGMA application_id").fetchone()[0] == 0:
        for statement in sql.SCHEMA.split(";\n"):
            connection.execute(statement)
        connection.execute("INSERT INTO meta VALUES ('uuid', ?)", (str(uuid.uuid4()),))
        connection.execute("INSERT INTO meta VALUES ('version', '0')")
        connection.execute(f"PRAGMA application_id = {sql.APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {sql.SCHEMA_VERSION}")
    connection.execute("COMMIT")


def _upgrade(connection: sqlite3.Connection) -> None:
    """A file of an earlier schema gets what it lacks; what it holds stays as it is."""
    connection.execute("BEGIN IMMEDIATE")
    schema = connection.execute("PRAGMA user_version").fetchone()[0]
    for statement in sql.UPGRADES.get(schema, ()):  # another process may have been quicker
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {sql.SCHEMA_VERSION}")
    connection.execute("COMMIT")


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    """SQLite's errors as ours."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise LoadBusy("load-busy") from error
        raise StoreUnavailable("store-unavailable", path=str(path), why=str(error)) from error
    except sqlite3.DatabaseError as error:
        if "not a database" in str(error):
            raise StoreRefused("store-foreign", path=str(path)) from error
        raise StoreRefused("store-damaged", path=str(path), why=str(error)) from error
    except (OSError, sqlite3.ProgrammingError) as error:
        raise StoreUnavailable("store-unavailable", path=str(path), why=str(error)) from error


def _where(where: AgreementFilter, lifted: str = "") -> tuple[str, dict[str, Any]]:
    """A condition made of fixed parts, and the values to bind; the lifted field is left out."""
    values: dict[str, Any] = {
        name: getattr(where, name)
        for name in ("party", "partner", "country", "instrument", "year_from", "year_to", "source")
        if getattr(where, name) not in ("", None)
    }
    if where.category is not None:
        values["category"] = 1 << CATEGORIES.index(where.category)
    if where.topic in GOALS:
        values["goal"] = 1 << int(where.topic)
    elif where.topic:
        values["target"] = where.topic
    values |= {
        name: day.toordinal()
        for name, day in (("ends_from", where.ends_from), ("ends_to", where.ends_to))
        if day is not None
    }
    if where.lacking:
        values["lacking"] = sum(1 << bit for bit, one in enumerate(Lack) if one in where.lacking)
    if where.among is not None:
        values["among"] = json.dumps(sorted(where.among))
    if words := fold(where.text.replace("\0", " ")).split():
        values["text"] = " ".join(f'"{word}"*' for word in words)
    lifted_names = {"goal", "target"} if lifted == "topic" else {lifted}
    values = {name: value for name, value in values.items() if name not in lifted_names}
    with_page = {"lacking": "lacking_page"} if Lack.SOURCE in where.lacking else {}
    conditions = [sql.WHERE[with_page.get(name, name)] for name in values]
    if where.status and lifted != "status":
        wanted = {f"status_{status}": str(status) for status in where.status}
        conditions.append(f"{sql.STATUS} IN ({', '.join(f':{name}' for name in wanted)})")
        values |= wanted
    return " AND ".join(conditions) or "1", values | {"day": where.day.toordinal()}


def _party(row: Any) -> Party:
    return make_party(*(*row[:-1], tuple(json.loads(row[-1]))))


def _agreement(row: Any) -> Agreement:
    return Agreement(
        id=row[0],
        instrument=Instrument(row[1]),
        parties=tuple(Signatory(party, role) for party, role in json.loads(row[2])),
        title=row[3],
        signed=_date(row[4]),
        ends=_date(row[5]),
        stated_status=row[6],
        topic_text=row[7],
        topics=tuple(TopicTag(topic, tuple(words)) for topic, *words in json.loads(row[8])),
        outcome=row[9],
        note=row[10],
        page=row[11],
        last_stated=_date(row[12]),
        categories=frozenset(c for bit, c in enumerate(CATEGORIES) if row[13] >> bit & 1),
        relations=tuple(Relation(RelationKind(k), other) for k, other in json.loads(row[14])),
    )


def _bits(sets: Sequence[tuple[int, int]]) -> dict[int, int]:
    """How many have each bit, from how many have each set of bits; absent where none has."""
    found: dict[int, int] = {}
    for bits, count in sets:
        for bit in range(bits.bit_length()):
            if bits >> bit & 1:
                found[bit] = found.get(bit, 0) + count
    return found


def _date(text: str) -> PartialDate | None:
    return PartialDate.parse(text) if text else None


def _load(row: Any) -> Load:
    started, finished = (datetime.fromisoformat(text) for text in row[3:5])
    id, source, file, _, _, version, complete, *counts = row
    return Load(id, source, file, started, finished, version, bool(complete), *counts)


def _problem(row: Any) -> Problem:
    params = tuple((name, value) for name, value in json.loads(row[-1]))
    return Problem(*(*row[:-1], params))
