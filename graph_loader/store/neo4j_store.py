"""A bureau's store: a Neo4j server over Bolt; the graph is drawn in docs/graph-schema.md."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final, TypeVar

from graph_loader.claims import SourcedClaim
from graph_loader.errors import Moved, NotFound, StoreRefused, StoreUnavailable
from graph_loader.model import (
    Agreement,
    Batch,
    Border,
    Commodity,
    Direction,
    Flow,
    Load,
    Party,
    Problem,
    Relation,
    RelationKind,
    Source,
    Topic,
)
from graph_loader.store import cypher
from graph_loader.store.access import Access
from graph_loader.store.base import (
    MAX_PAGE_SIZE,
    PAGE_SIZE,
    AgreementFilter,
    AgreementRecord,
    Change,
    Facets,
    GraphStore,
    Identity,
    Lacks,
    LoadReport,
    Neighbour,
    Neighbourhood,
    Order,
    Page,
    Progress,
    Scan,
    State,
)
from graph_loader.store.codec import decode, decode_claims
from graph_loader.store.neo4j import Params, Row
from graph_loader.store.neo4j_compare import holds
from graph_loader.store.neo4j_errors import OLDEST, too_old
from graph_loader.store.neo4j_filter import COUNTED, counted, searched
from graph_loader.store.neo4j_restore import Restorer
from graph_loader.store.neo4j_rows import (
    agreement_of,
    load_of,
    party_of,
    problem_of,
)
from graph_loader.store.neo4j_scan import Neo4jScan, ScanMoved, state_of
from graph_loader.store.neo4j_server import Server
from graph_loader.store.neo4j_write import Writer
from graph_loader.store.shown import bounds, contested_of
from graph_loader.store.sound import askable, require_sound, writable
from graph_loader.text import fold, natural

SCANS: Final = 5  # because a store that moves more often than that is being loaded
SCAN_SECONDS: Final = 600.0  # because a million agreements take a minute
_TYPES: Final = {None: "", Direction.NEED: "NEEDS", Direction.OFFER: "OFFERS"}

T = TypeVar("T")


class Neo4jStore(GraphStore):
    """A store on a server; see `GraphStore` for what each method does.

    Nothing is asked of the server before the first call, so it need not be there yet.
    """

    def __init__(self, address: str, access: Access) -> None:
        """Raises: BadInput where no password is given; StoreRefused ("store-scheme")."""
        self._server = Server(address, access)
        self._known: Identity | None = None

    def identity(self) -> Identity:
        if self._known is None:
            self._known = self._identify() or self._make()
        return self._known

    def is_made(self) -> bool:
        """Whether the database holds a store already."""
        self._known = self._known or self._identify()
        return self._known is not None

    def state(self) -> State:
        self.identity()
        return state_of(self._rows(cypher.STATE))[0]

    def close(self) -> None:
        self._server.close()

    # what is there ------------------------------------------------------------------------

    def party(self, id: str) -> Party:
        rows = self._rows(cypher.PARTY, id=id)
        if not rows:
            raise self._missing("party", id)
        return party_of(rows[0][0])

    def parties(self, ids: Sequence[str]) -> Mapping[str, Party]:
        found = [party_of(row) for (row,) in self._rows(cypher.PARTIES, ids=list(ids))]
        return {party.id: party for party in found}

    def agreement(self, id: str) -> AgreementRecord:
        asked = (cypher.AGREEMENT, cypher.CLAIMS_OF, cypher.REFERRED_BY)
        rows, stated, referring = self._ask(*((statement, {"id": id}) for statement in asked))
        if not rows:
            raise self._missing("agreement", id)
        claims = [
            SourcedClaim(source, load, claim)
            for source, load, body in stated
            for claim in decode_claims(body)
        ]
        return AgreementRecord(
            agreement_of(rows[0]),
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
        search, values = searched(where)
        page = bounds(min(limit, MAX_PAGE_SIZE), offset)
        if not page["limit"]:
            ((total,),) = self._rows(cypher.COUNT.format(**search), **values)
            return Page([], total)
        statement = cypher.PAGE.format(**search, order=cypher.ORDER[order])
        ((ids, total),) = self._rows(statement, **values, **page)
        found = self.by_ids(ids)
        return Page([found[id] for id in ids if id in found], total)  # one may be gone by now

    def by_ids(self, ids: Sequence[str]) -> Mapping[str, Agreement]:
        rows = self._rows(cypher.AGREEMENTS, ids=list(ids)) if ids else []
        return {row[0]: agreement_of(row) for row in rows}

    def contested(self) -> Mapping[str, Sequence[SourcedClaim]]:
        return contested_of(self._rows(cypher.CONTESTED))

    def lacks(self) -> Mapping[str, Lacks]:
        return {source: Lacks(*counts) for source, *counts in self._rows(cypher.LACKS)}

    def facets(self, where: AgreementFilter) -> Facets:
        search, values = searched(where, without=COUNTED)
        return counted(self._rows(cypher.ALIKE.format(**search), **values), where)

    def neighbourhood(self, party: str, day: date, *, limit: int = PAGE_SIZE) -> Neighbourhood:
        ((total, levels, nearest),) = self._rows(cypher.NEIGHBOURS, id=party, day=day, limit=limit)
        if not total:
            self.party(party)
        hidden = {level: levels.count(level) for level in dict.fromkeys(levels)}
        neighbours = [Neighbour(party_of(who), n, live) for who, n, live in nearest]
        return Neighbourhood(neighbours, total, hidden)

    def borders(self, region: str) -> Sequence[Border]:
        return [decode("border", body) for (body,) in self._rows(cypher.BORDERS, id=region)]

    def flows(
        self, *, party: str = "", commodity: str = "", direction: Direction | None = None
    ) -> Sequence[Flow]:
        rows = self._rows(cypher.FLOWS, party=party, commodity=commodity, type=_TYPES[direction])
        return [decode("flow", body) for (body,) in rows]

    def topics(self) -> Sequence[Topic]:
        found: list[Topic] = [decode("topic", body) for (body,) in self._rows(cypher.TOPICS)]
        return sorted(found, key=lambda topic: (bool(topic.goal), natural(topic.id)))

    def commodities(self) -> Sequence[Commodity]:
        rows = self._rows(cypher.COMMODITIES)
        found: list[Commodity] = [decode("commodity", body) for (body,) in rows]
        return sorted(found, key=lambda commodity: (fold(commodity.name_id), commodity.id))

    # where it comes from ------------------------------------------------------------------

    def sources(self) -> Sequence[Source]:
        return [Source(*row) for row in self._rows(cypher.SOURCES)]

    def loads(self, *, limit: int = PAGE_SIZE, offset: int = 0) -> Page[Load]:
        ((total,),), rows = self._ask(
            (cypher.COUNT_LOADS, {}), (cypher.LOADS, bounds(limit, offset))
        )
        return Page([load_of(row) for row in rows], total)

    def problems(self, load: int, *, limit: int = PAGE_SIZE, offset: int = 0) -> Page[Problem]:
        rows, total = self._of_load(
            load, cypher.PROBLEMS, cypher.COUNT_PROBLEMS, bounds(limit, offset)
        )
        return Page([problem_of(row) for row in rows], total)

    def changes(self, load: int, *, limit: int = PAGE_SIZE, offset: int = 0) -> Page[Change]:
        rows, total = self._of_load(
            load, cypher.CHANGES, cypher.COUNT_CHANGES, bounds(limit, offset)
        )
        return Page([Change(*row) for row in rows], total)

    def scan(self, read: Callable[[Scan], T]) -> T:
        self.identity()
        for _ in range(SCANS):
            with self._server.transaction(write=False, seconds=SCAN_SECONDS) as transaction:
                scan = Neo4jScan(transaction)
                if scan.is_unfinished:
                    break
                try:
                    found = read(scan)
                    scan.confirm()
                except ScanMoved:
                    continue
                return found
        raise StoreUnavailable("store-loading")

    def known_parties(self) -> Sequence[Party]:
        self.identity()
        with self._server.transaction(write=False, seconds=SCAN_SECONDS) as transaction:
            return list(Neo4jScan(transaction).parties())

    # writing ------------------------------------------------------------------------------

    def holds(self, batch: Batch) -> bool:
        require_sound(batch)
        self.identity()
        reading = self._server.transaction(write=False, seconds=SCAN_SECONDS)
        with writable(), reading as transaction:
            return holds(transaction, batch)

    def write(
        self, batch: Batch, *, complete: bool = False, progress: Progress | None = None
    ) -> LoadReport:
        require_sound(batch)
        self.identity()
        with writable():
            return Writer(self._server, batch, complete, progress).run()

    def restore(self, scan: Scan, progress: Progress | None = None) -> None:
        self.identity()
        Restorer(self._server, scan, progress).run()

    # plumbing -----------------------------------------------------------------------------

    def _ask(self, *asked: tuple[str, Params]) -> list[list[Row]]:
        self.identity()
        bound = [
            (statement, {name: askable(value) for name, value in params.items()})
            for statement, params in asked
        ]
        return self._server.read(*bound)

    def _rows(self, statement: str, **params: Any) -> list[Row]:
        return self._ask((statement, params))[0]

    def _missing(self, kind: str, id: str) -> NotFound | Moved:
        rows = self._rows(cypher.ALIAS, id=id, kind=kind)
        return Moved(f"{kind}-moved", id=rows[0][0]) if rows else NotFound(f"{kind}-unknown", id=id)

    def _of_load(self, load: int, page: str, count: str, values: Params) -> tuple[list[Row], int]:
        rows, counted = self._ask((page, values | {"load": load}), (count, {"load": load}))
        if not counted:
            raise NotFound("load-unknown", id=load)
        return rows, counted[0][0]

    def _identify(self) -> Identity | None:
        """Which store the database holds, or None where it holds nothing at all."""
        agent = self._server.agent()
        found = re.match(r"Neo4j/(\d+)", agent)
        if found and int(found[1]) < OLDEST:
            raise too_old(agent)
        (((uuid, schema, holds_other),),) = self._server.read((cypher.IDENTITY, {}))
        if holds_other:
            raise StoreRefused("store-foreign", path=self._server.address)
        if uuid is None:
            return None
        if schema in cypher.UPGRADED:
            self._lay_out()
        elif schema != cypher.SCHEMA_VERSION:
            raise StoreRefused(
                "store-schema", path=self._server.address, found=schema,
                expected=cypher.SCHEMA_VERSION,
            )  # fmt: skip
        return Identity(uuid, "neo4j", cypher.SCHEMA_VERSION)

    def _make(self) -> Identity:
        self._lay_out()
        made = self._identify()
        if made is None:
            raise StoreUnavailable("store-unreachable", address=self._server.address)
        return made

    def _lay_out(self) -> None:
        """Constraints, indexes and the store's own point: what is there already stays."""
        self._server.change(
            *((statement, {}) for statement in (*cypher.CONSTRAINTS, *cypher.INDEXES)),
            (cypher.AWAIT_INDEXES, {}),
            (cypher.CREATE_STORE, {"schema": cypher.SCHEMA_VERSION}),
        )
