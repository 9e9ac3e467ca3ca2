"""The answers of docs/graph-schema.md are those that the embedded store and the pages give."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from typing import Any, Final

import pytest
from neo4j import Session

from explorer.index import Index
from explorer.paths import connect
from graph_loader.load import load_shipped
from graph_loader.model import REGION_LEVELS, Agreement, Direction, Level
from graph_loader.status import Status, status_of
from graph_loader.store.base import AgreementFilter, GraphStore, Order
from graph_loader.store.open import open_store
from tests.neo4j import cookbook
from tests.neo4j.cookbook import DOCUMENT, Params, recipes
from tests.neo4j.shared import shipped

pytestmark = pytest.mark.usefixtures("patient")

TEXT: Final = DOCUMENT.read_text(encoding="utf-8")
DAY: Final = date(2026, 11, 25)
ABROAD: Final = (Level.FOREIGN_LOCAL, Level.FOREIGN_INSTITUTION)

Rows = list[list[Any]]


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    """Reads a server that holds what `simpul load` brings, and nothing else."""
    with cookbook.asking(shipped()) as session:
        yield session


@pytest.fixture(scope="module")
def params(session: Session) -> Params:
    """The parameters that the document tells to set."""
    return cookbook.params_of(session, TEXT)


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    """The same rows in the embedded store."""
    store = open_store(f"sqlite:{tmp_path_factory.mktemp('embedded') / 'shipped.db'}")
    load_shipped(store)
    yield store
    store.close()


@pytest.fixture(scope="module")
def index(embedded: GraphStore) -> Index:
    """What the pages count with."""
    return embedded.scan(Index.build)


@pytest.fixture(scope="module")
def agreements(index: Index, embedded: GraphStore) -> dict[str, Agreement]:
    """Every agreement, by id, as the embedded store shows it."""
    return dict(embedded.by_ids(index.agreement_ids))


# questions --------------------------------------------------------------------------------


@pytest.fixture
def rows(request: pytest.FixtureRequest, session: Session, params: Params) -> Rows:
    """All rows of the question that begins as the test's parameter says, without its limit."""
    (recipe,) = [one for one in recipes(TEXT) if one.question.startswith(request.param)]
    statement = re.sub(r"\nLIMIT \d+\n$", "\n", recipe.statement)
    return cookbook.ask(session, statement, params)[1]


def about(question: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("rows", [question], indirect=True, ids=[""])


@about("Where do all agreements stand")
def test_status_counts(rows: Rows, embedded: GraphStore) -> None:
    counts = {Status(word): count for word, count in rows}
    assert counts == embedded.facets(AgreementFilter(DAY)).status


@about("How many partners have we in each country")
def test_partners_of_a_country(rows: Rows, index: Index) -> None:
    force = index.in_force(DAY)
    found: dict[str, tuple[set[int], set[int]]] = {}
    for number, party in enumerate(index.parties):
        theirs = [int(n) for n in index.agreements_of(number) if force[n]]
        theirs = [n for n in theirs if index.is_region[index.members_of(n)].any()]
        if party.level in ABROAD and party.country and theirs:
            name = index.name(party.country, "id")
            partners, agreements = found.setdefault(name, (set(), set()))
            partners.add(number)
            agreements.update(theirs)
    expected = {name: [len(partners), len(agrs)] for name, (partners, agrs) in found.items()}
    assert {name: counts for name, *counts in rows} == expected


@about("What do Jawa Timur and Australia have")
def test_jawa_timur_and_australia(rows: Rows, embedded: GraphStore) -> None:
    page = embedded.agreements(AgreementFilter(DAY, party="35", country="au"))
    assert (len(rows), len({row[0] for row in rows})) == (page.total, 2) == (8, 2)
    assert {row[1]: row[-1] for row in rows} == {one.id: status_of(one, DAY) for one in page.items}


@about("Which agreements end within twelve months")
def test_agreements_that_end(rows: Rows, embedded: GraphStore) -> None:
    active = frozenset({Status.ACTIVE})
    page = embedded.agreements(AgreementFilter(DAY, status=active), order=Order.ENDS)
    until = date(2027, 11, 25)
    ending = [one for one in page.items if one.ends and one.ends.first < until]
    assert [row[0] for row in rows] == [one.id for one in ending]
    assert [row[3] for row in rows] == [one.ends.last.year == 2026 for one in ending if one.ends]


@about("Which regions have agreements that lapsed")
def test_lapsed_agreements_of_a_region(
    rows: Rows, embedded: GraphStore, agreements: dict[str, Agreement]
) -> None:
    lapsed = Counter(
        signatory.party
        for one in agreements.values()
        for signatory in one.parties
        if status_of(one, DAY) is Status.LAPSED
    )
    parties = embedded.parties(sorted(lapsed))
    assert {row[0]: row[1] for row in rows} == {
        party.name_id: lapsed[id] for id, party in parties.items() if party.level in REGION_LEVELS
    }


@about("Which neighbours share a border")
def test_borders_without_an_agreement(rows: Rows, index: Index) -> None:
    force = index.in_force(DAY)
    expected = {
        (index.name(border.a, "id"), index.name(border.b, "id"))
        for region, borders in index.borders.items()
        for border in borders
        if border.a == region  # both regions have it
        and not force[index.between(index.number[border.a], index.number[border.b])].any()
    }
    assert {(row[0], row[1]) for row in rows} == expected
    assert len(rows) == len(expected)


@about("Through whom does Kabupaten Gresik reach")
def test_chains_of_two(rows: Rows, index: Index) -> None:
    found = connect(index, "35.25", "osaka-prefecture-jp", DAY, k=10, max_hops=2)
    expected = {
        index.name(path.parties[1], "id"): [set(hop.agreements) for hop in path.hops]
        for path in found.paths
    }
    assert {via: [set(near), set(far)] for via, near, far in rows} == expected


@about("How far is Kabupaten Gresik")
def test_the_length_of_the_shortest_chains(rows: Rows, index: Index) -> None:
    near: dict[str, int] = {}
    for party in index.parties:
        if party.country == "au" and party.level in ABROAD:
            for hops in range(1, 5):
                if connect(index, "35.25", party.id, DAY, k=1, max_hops=hops).paths:
                    near[party.name_id] = hops
                    break
    assert {row[0]: row[1] for row in rows} == near


@about("Which regions of Jawa Timur have no partner abroad")
def test_regions_without_a_partner_abroad(rows: Rows, embedded: GraphStore, index: Index) -> None:
    inside = [party for party in index.parties if party.part_of == "35" and party.id[:3] == "35."]
    assert len(inside) == 38
    assert {row[0] for row in rows} == {
        region.name_id for region in inside if not partners_abroad(embedded, region.id)
    }


@about("Which partners abroad does Jawa Timur have")
def test_partners_of_the_province_alone(rows: Rows, embedded: GraphStore, index: Index) -> None:
    inside = [party.id for party in index.parties if party.part_of == "35" and "." in party.id]
    below = set[str]().union(*(partners_abroad(embedded, id) for id in inside))
    expected = partners_abroad(embedded, "35") - below
    assert {row[0] for row in rows} == {index.name(id, "id") for id in expected}


@about("Who needs rice")
def test_needs_and_offers_of_rice(rows: Rows, embedded: GraphStore) -> None:
    expected = Counter(
        ("NEEDS" if direction is Direction.NEED else "OFFERS", flow.quantity, flow.unit, flow.year)
        for direction in Direction
        for flow in embedded.flows(commodity="rice", direction=direction)
        if flow.year >= "2024" and flow.quantity is not None
    )
    assert Counter((row[0], row[2], row[3], row[5]) for row in rows) == expected


@about("Which Sustainable Development Goals")
def test_goals_of_a_region(rows: Rows, embedded: GraphStore) -> None:
    for region in ("35.25", "35.78"):
        facets = embedded.facets(AgreementFilter(DAY, party=region))
        (goals,) = [row[3] for row in rows if row[0] == embedded.party(region).name_id]
        assert goals == sorted(map(int, facets.goal))


@about("Which partners link regions")
def test_partners_that_link_regions(rows: Rows, index: Index) -> None:
    force = index.in_force(DAY)
    found: dict[str, int] = {}
    for number, party in enumerate(index.parties):
        if index.is_region[number] or party.level is Level.COUNTRY:
            continue
        theirs = [n for n in index.agreements_of(number) if force[n]]
        around = {int(r) for n in theirs for r in index.members_of(n) if index.is_region[r]}
        apart = [pair for pair in combinations(sorted(around), 2) if not len(index.between(*pair))]
        if apart:
            found[party.name_id] = len(apart)
    assert {row[0]: row[1] for row in rows} == found


@about("Which agreements amend")
def test_references(rows: Rows, agreements: dict[str, Agreement]) -> None:
    expected = {(one.id, r.kind, r.other) for one in agreements.values() for r in one.relations}
    assert {(row[0], row[1], row[2]) for row in rows} == expected


@about("Which agreements speak of waste")
def test_waste(rows: Rows, embedded: GraphStore) -> None:
    page = embedded.agreements(AgreementFilter(DAY, text="sampah"))
    assert {row[0] for row in rows} <= {one.id for one in page.items}  # that asks for a beginning
    assert len(rows) == 14


@about("Which load brought what")
def test_loads(rows: Rows, embedded: GraphStore) -> None:
    loads = embedded.loads().items
    assert [(row[0], row[1], row[3], row[6]) for row in rows] == [
        (load.id, load.source, load.rows, load.problems) for load in loads
    ]
    assert [row[5] for row in rows] == [load.added for load in loads]


@about("Which places are twins of Surabaya's twins")
def test_twins_of_twins(rows: Rows, index: Index) -> None:
    ids = [place.id for place in index.background.places]
    ends = zip(index.background.a.tolist(), index.background.b.tolist(), strict=True)
    twins: dict[str, set[str]] = {id: set() for id in ids}
    for a, b in ends:
        twins[ids[a]].add(ids[b])
        twins[ids[b]].add(ids[a])
    mine = twins["surabaya.id"]
    others = set().union(*(twins[id] for id in mine)) - mine - {"surabaya.id"}
    names = {place.id: (place.name, place.country) for place in index.background.places}
    expected = {(*names[id], tuple(sorted(twins[id] & mine))) for id in others}
    assert {(row[0], row[1], tuple(row[3])) for row in rows} == expected
    assert all(row[2] == len(row[3]) for row in rows)


def partners_abroad(store: GraphStore, region: str) -> set[str]:
    """Foreign partners that share an agreement in force with a region."""
    found = store.neighbourhood(region, DAY, limit=500).neighbours
    return {one.party.id for one in found if one.in_force and one.party.level in ABROAD}
