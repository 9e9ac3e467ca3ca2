"""docs/graph-schema.md draws the graph that Simpul writes: no more of it, and no less.

The database holds the shipped rows and a small world of all that they do not have: an agreement
that is only mentioned, one with an earlier id, a problem, twin towns, a load that retired
something, and one that was broken off half-way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from typing import Any, Final

import pytest
from neo4j import Session

from graph_loader.status import status_of
from graph_loader.store.access import Access
from graph_loader.store.neo4j_rows import LABELS
from graph_loader.store.open import open_store
from tests.neo4j import cookbook, drawn
from tests.neo4j.address import Address
from tests.neo4j.cookbook import DOCUMENT, ask, fragment
from tests.neo4j.drawn import Line, Property
from tests.neo4j.shared import load, wipe
from tests.neo4j.sparse import fill

pytestmark = pytest.mark.usefixtures("patient")

TEXT: Final = DOCUMENT.read_text(encoding="utf-8")
# because status turns at dates: before most signings, between them, today, and after all ends
DAYS: Final = (date(2005, 6, 1), date(2019, 7, 1), date(2026, 11, 25), date(2028, 1, 1))


@pytest.fixture(scope="module")
def address() -> Address:
    """A server that holds the shipped rows and the small world, with fresh indexes."""
    found = wipe(schema=True)
    load(found)
    with closing(open_store(found.uri, Access(found.user, found.password))) as store:
        fill(store)
    return found


@pytest.fixture(scope="module")
def session(address: Address) -> Iterator[Session]:
    """Reads that server."""
    with cookbook.asking(address) as session:
        yield session


def rows(session: Session, statement: str, **params: Any) -> list[list[Any]]:
    return ask(session, statement, params)[1]


# the picture ------------------------------------------------------------------------------


def test_the_picture_shows_every_relation_of_the_graph(session: Session) -> None:
    found = rows(session, "MATCH (a)-[r]->(b) RETURN DISTINCT labels(a), type(r), labels(b)")
    lines = [Line(frozenset(start), type, frozenset(end)) for start, type, end in found]
    picture = drawn.picture(TEXT)
    assert [line for line in lines if not any(one.covers(line) for one in picture)] == []
    assert [one for one in picture if not any(one.covers(line) for line in lines)] == []


def test_every_label_is_documented(session: Session) -> None:
    found = {
        label for (label,) in rows(session, "MATCH (n) UNWIND labels(n) AS l RETURN DISTINCT l")
    }
    assert drawn.labels(TEXT) == found


def test_labels_follow_the_level(session: Session) -> None:
    told = {row[0]: set(drawn.words(row[1])) for row in drawn.rows(TEXT, "level", "labels")}
    assert told == {str(level): set(labels) for level, labels in LABELS.items()}
    found = rows(session, "MATCH (p:Party) RETURN DISTINCT p.level, labels(p)")
    assert {level: {*labels} - {"Party"} for level, labels in found} == told
    assert len(found) == len(told)


# properties -------------------------------------------------------------------------------

OF_POINTS: Final = """
MATCH (n) WITH [l IN labels(n) WHERE l IN $names] AS name, n
WITH name, count(*) AS all, collect(n) AS points
UNWIND points AS n UNWIND keys(n) AS key
RETURN name, all, key, collect(DISTINCT valueType(n[key])) AS types, count(*) AS having"""
OF_RELATIONS: Final = """
MATCH ()-[r]->() WITH [type(r)] AS name, count(*) AS all, collect(r) AS relations
UNWIND relations AS r UNWIND keys(r) AS key
RETURN name, all, key, collect(DISTINCT valueType(r[key])) AS types, count(*) AS having"""


def test_every_property_is_documented_with_its_type(session: Session) -> None:
    documented = drawn.properties(TEXT)
    names = [name for name in documented if not name.isupper()]
    found: dict[str, dict[str, Property]] = defaultdict(dict)
    for statement in (OF_POINTS, OF_RELATIONS):
        for (name,), all, key, types, having in rows(session, statement, names=names):
            (kind,) = (type.replace(" NOT NULL", "") for type in types)
            found[name][key] = Property(kind, having < all)
    assert set(found) == set(documented)
    for name, told in documented.items():
        assert found[name] == told, name


def test_what_is_empty_is_not_stored(session: Session) -> None:
    """But on what is Simpul's own, and the sort key that orders need."""
    counted = """
MATCH (n) WHERE n:Party OR n:Agreement OR n:Topic OR n:Commodity
UNWIND keys(n) AS key WITH n, key WHERE key <> 'sort_key' AND n[key] IN ['', []]
RETURN labels(n), key"""
    assert rows(session, counted) == []
    assert rows(session, "MATCH (a:Agreement {id: 'bare'}) RETURN a.title, a.page") == [
        [None, None]
    ]


# status -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def contacts(session: Session) -> list[str]:
    """The instruments that are contacts, as the document lists them."""
    found: list[str] = cookbook.params_of(session, TEXT)["contacts"]
    return found


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_status_and_being_in_force_are_as_the_pages_tell_them(
    day: date, address: Address, session: Session, contacts: list[str]
) -> None:
    case, force = fragment(TEXT, "CASE"), fragment(TEXT, "NOT a.instrument")
    every = rows(session, f"MATCH (a:Agreement) RETURN a.id, {case}", day=day, contacts=contacts)
    statement = f"MATCH (a:Agreement) WHERE {force} RETURN a.id"
    in_force = {id for (id,) in rows(session, statement, day=day, contacts=contacts)}
    with closing(open_store(address.uri, Access(address.user, address.password))) as store:
        agreements = store.by_ids([id for id, _ in every])
    assert dict(every) == {id: status_of(one, day) for id, one in agreements.items()}
    assert in_force == {id for id, one in agreements.items() if status_of(one, day).in_force}
    assert len(every) > len(in_force) > 0


# constraints, indexes, loads --------------------------------------------------------------


def test_constraints_are_those_of_the_database(session: Session) -> None:
    told = drawn.rows(TEXT, "constraint", "each of these is one of a kind")
    found = rows(session, "SHOW CONSTRAINTS YIELD name, labelsOrTypes, properties, type")
    assert {tuple(drawn.words(name + where)) for name, where in told} == {
        (name, f"(:{on[0]} {{{', '.join(keys)}}})") for name, on, keys, _ in found
    }
    assert {kind for *_, kind in found} == {"UNIQUENESS"}


def test_indexes_are_those_of_the_database(session: Session) -> None:
    told = drawn.rows(TEXT, "index", "kind", "on")
    found = rows(
        session,
        "SHOW INDEXES YIELD name, type, entityType, labelsOrTypes, properties, owningConstraint"
        " WHERE type <> 'LOOKUP' AND owningConstraint IS NULL"
        " RETURN name, toLower(type), entityType, labelsOrTypes[0], properties",
    )
    assert {(drawn.words(name)[0], kind, drawn.words(on)[0]) for name, kind, on in told} == {
        (name, kind, _pattern(entity, on, keys)) for name, kind, entity, on, keys in found
    }


def _pattern(entity: str, on: str, keys: list[str]) -> str:
    inside = f":{on} {{{', '.join(keys)}}}"
    return f"({inside})" if entity == "NODE" else f"[{inside}]"


def test_a_load_that_was_broken_off_is_found(session: Session) -> None:
    ((source, done, total, since),) = rows(session, fragment(TEXT, "MATCH (:Store)-[:LOADING]"))
    assert (source, done, total) == ("bureau", 1, 3)
    assert since.year >= 2024


# the reader of the document ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("| `signed_last` | DATE |", "| `signed_until` | DATE |"),
        ("| `signed_last` | DATE |", "| `signed_last` | STRING |"),
        ("| `id` | STRING | – | the id that it would have |", "| `id` | STRING | x | y |"),
    ],
)
def test_a_document_that_is_wrong_is_noticed(old: str, new: str) -> None:
    assert TEXT.count(old) == 1
    assert drawn.properties(TEXT.replace(old, new)) != drawn.properties(TEXT)


def test_a_picture_that_is_wrong_is_noticed() -> None:
    assert Line(frozenset({"Party"}), "SIGNED", frozenset({"Agreement"})) in drawn.picture(TEXT)
    fewer = drawn.picture(TEXT.replace("-[:AMENDS|IMPLEMENTS|", "-[:"))
    assert len(drawn.picture(TEXT)) - len(fewer) == 4
