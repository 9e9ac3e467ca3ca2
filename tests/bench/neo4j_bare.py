"""What a store holds, as rows, and the bare statements that write the same rows anew.

The peer of a load has no work but the server's: no reading of what was there, no claims compared,
every row ready to be sent, each value in its place.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from neo4j import Driver, Query, Session

BATCH: Final = 10_000  # because larger ones were no faster, and need more of the server's memory
GIVEN: Final = ("Store", "Turn")  # made with the constraints and indexes, before anybody writes
_NODES: Final = "MATCH (n) RETURN labels(n), properties(n)"
# an end is told by the first of its labels that has an id; what a load did has none
_LINES: Final = """
MATCH (a)-[r]->(b)
RETURN type(r), labels(a)[0], a.id, labels(b)[0], coalesce(b.id, properties(b)), properties(r)"""
_CENSUS: Final = (
    "MATCH (n) RETURN labels(n) AS what, count(*) AS how_many",
    "MATCH ()-[r]->() RETURN type(r) AS what, count(*) AS how_many",
    "MATCH (n) WHERE NOT n:Store AND NOT n:Turn"  # those that are given
    " UNWIND keys(n) AS key RETURN [labels(n), key] AS what, count(*) AS how_many",
    "MATCH ()-[r]->() UNWIND keys(r) AS key RETURN [type(r), key] AS what, count(*) AS how_many",
)
_WITHOUT_ID: Final = "Changes"
_SOME: Final = """
MATCH (a:Agreement) WITH a LIMIT $limit RETURN a.id AS id, properties(a) AS values,
    [(p)-[line:SIGNED]->(a) | [p.id, properties(line)]] AS signed,
    [(a)-[line:ADDRESSES]->(t) | [t.id, properties(line)]] AS topics,
    [(a)<-[line:STATES]-(s) | [s.id, properties(line)]] AS stated"""
_REMOVE: Final = "UNWIND $ids AS id MATCH (a:Agreement {id: id}) DETACH DELETE a"
# all of one agreement, as one row of a file brings it
_ONE: Final = """
MERGE (a:Agreement {id: $id}) SET a = $values
WITH a UNWIND $signed AS row MATCH (p:Party {id: row[0]})
CREATE (p)-[line:SIGNED]->(a) SET line = row[1]
WITH DISTINCT a UNWIND $topics AS row MATCH (t:Topic {id: row[0]})
CREATE (a)-[line:ADDRESSES]->(t) SET line = row[1]
WITH DISTINCT a UNWIND $stated AS row MATCH (s:Source {id: row[0]})
CREATE (s)-[line:STATES]->(a) SET line = row[1]"""

Rows = list[list[Any]]
Counts = dict[str, int]


class Bare(NamedTuple):
    """Statements in the order in which they can be run, each with its rows."""

    parts: Sequence[tuple[str, Rows]]

    def write(self, driver: Driver) -> float:
        """Write everything into an empty graph. Returns: seconds."""
        start = time.perf_counter()
        with driver.session() as session:
            for statement, rows in self.parts:
                for begin in range(0, len(rows), BATCH):
                    with session.begin_transaction() as transaction:
                        transaction.run(statement, rows=rows[begin : begin + BATCH]).consume()
                        transaction.commit()
        return time.perf_counter() - start


def read(driver: Driver) -> Bare:
    """All points, then all lines, of what a store holds; groups of the same names are one part."""
    nodes: dict[str, list[dict[str, Any]]] = defaultdict(list)
    lines: dict[tuple[str, str, str], list[tuple[Any, Any, dict[str, Any]]]] = defaultdict(list)
    with driver.session() as session:
        for labels, values in _rows(session, _NODES):
            if labels[0] not in (*GIVEN, _WITHOUT_ID):
                nodes[":".join(labels)].append(_native(values))
        for type, start, id, end, other, values in _rows(session, _LINES):
            lines[type, start, end].append((id, other, _native(values)))
    return Bare(
        [_node_part(labels, found) for labels, found in nodes.items()]
        + [_line_part(*names, found) for names, found in lines.items()]
    )


def one_by_one(driver: Driver, count: int) -> float:
    """Take out some agreements and write each anew by a statement of its own. Returns: seconds."""
    with driver.session() as session:
        found = [record.data() for record in session.run(_SOME, limit=count)]
        session.run(_REMOVE, ids=[one["id"] for one in found]).consume()
        start = time.perf_counter()
        for one in found:
            session.run(_ONE, one).consume()
        return time.perf_counter() - start


def census(driver: Driver) -> Counts:
    """How many points and lines of each name there are, and how many properties of each have."""
    with driver.session() as session:
        return {
            str(what): how_many for query in _CENSUS for what, how_many in _rows(session, query)
        }


def _node_part(labels: str, found: Sequence[dict[str, Any]]) -> tuple[str, Rows]:
    keys = sorted({key for values in found for key in values})
    statement = f"UNWIND $rows AS row CREATE (:{labels} {{{_map(keys, 0)}}})"
    return statement, [[values.get(key) for key in keys] for values in found]


def _line_part(
    type: str, start: str, end: str, found: Sequence[tuple[Any, Any, dict[str, Any]]]
) -> tuple[str, Rows]:
    keys = sorted({key for *_, values in found for key in values})
    line = f"[:{type} {{{_map(keys, 2)}}}]"
    match = f"UNWIND $rows AS row MATCH (a:{start} {{id: row[0]}})"
    if end == _WITHOUT_ID:
        statement = f"{match} CREATE (a)-{line}->(b:{end}) SET b = row[1]"
    else:
        statement = f"{match}, (b:{end} {{id: row[1]}}) CREATE (a)-{line}->(b)"
    return statement, [[a, b, *(values.get(key) for key in keys)] for a, b, values in found]


def _map(keys: Sequence[str], first: int) -> str:
    return ", ".join(f"{key}: row[{place}]" for place, key in enumerate(keys, first))


def _rows(session: Session, query: str) -> Iterator[list[Any]]:
    return (record.values() for record in session.run(Query(query)))


def _native(values: dict[str, Any]) -> dict[str, Any]:
    """With Python's own dates, which the driver sends sooner than its own kind."""
    return {
        key: value.to_native() if hasattr(value, "to_native") else value
        for key, value in values.items()
    }
