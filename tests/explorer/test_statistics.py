"""The network as a whole: against plain networkx on random networks, and on the shipped rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from explorer import create_app
from explorer.index import Index
from explorer.settings import Settings
from explorer.statistics import Statistics, statistics
from explorer.statistics.betweenness import betweenness
from explorer.statistics.cut_points import certificate, cut_off
from graph_loader.model import Level
from graph_loader.store.base import GraphStore
from graph_loader.store.open import open_store
from tests.explorer.pictures import shipped_address
from tests.worlds import HOME, JAPAN, KOBE, OSAKA, agreement, batch, index_of, store_of

DAY = date(2026, 11, 25)
GOVERNMENTS = {  # of the shipped parties, those that sign for a whole country
    "government-of-australia-au", "government-of-norway-no", "government-of-the-united-kingdom-gb",
}  # fmt: skip


@st.composite
def drawn(draw: st.DrawFn) -> nx.Graph[int]:
    """Up to 25 parties and 40 ties: from scattered pairs to one dense whole."""
    count = draw(st.integers(1, 25))
    party = st.integers(0, count - 1)
    graph: nx.Graph[int] = nx.empty_graph(count)
    pairs = draw(st.lists(st.tuples(party, party), max_size=40))
    graph.add_edges_from((a, b) for a, b in pairs if a != b)
    return graph


def matrix(graph: nx.Graph[int]) -> csr_array:
    return csr_array(nx.to_scipy_sparse_array(graph, format="csr")).astype(float)


@settings(max_examples=100, deadline=None)
@given(drawn())
def test_shares_are_those_of_networkx(graph: nx.Graph[int]) -> None:
    found = betweenness(matrix(graph))
    assert found.exact
    wanted = nx.betweenness_centrality(graph)
    assert found.share == pytest.approx([wanted[n] for n in range(len(graph))])


def test_a_sample_of_starts_is_always_the_same_and_near_the_whole() -> None:
    ties_ = matrix(nx.barabasi_albert_graph(400, 2, seed=3))
    whole, some = betweenness(ties_), betweenness(ties_, exact=100, sample=120)
    assert (some.exact, some.starts) == (False, 120)
    assert betweenness(ties_, exact=100, sample=120).share.tolist() == some.share.tolist()
    first = set(np.argsort(-whole.share)[:10].tolist())
    assert len(first & set(np.argsort(-some.share)[:10].tolist())) >= 8
    assert some.share.sum() == pytest.approx(whole.share.sum(), rel=0.1)


@settings(max_examples=100, deadline=None)
@given(drawn())
def test_who_is_cut_off_is_counted_by_taking_each_party_out(graph: nx.Graph[int]) -> None:
    lost = cut_off(matrix(graph))
    assert set(np.flatnonzero(lost).tolist()) == set(nx.articulation_points(graph))
    for party in graph:
        rest = graph.subgraph(nx.node_connected_component(graph, party) - {party})
        sizes = [len(part) for part in nx.connected_components(rest)]
        assert lost[party] == sum(sizes) - max(sizes, default=0)


def test_a_certificate_is_thin() -> None:
    graph = nx.gnp_random_graph(200, 0.3, seed=1)
    assert certificate(matrix(graph)).nnz <= 4 * len(graph) < 2 * graph.number_of_edges()


@pytest.fixture(scope="module")
def shipped() -> Iterator[GraphStore]:
    store = open_store(shipped_address())
    yield store
    store.close()


@pytest.fixture(scope="module")
def index(shipped: GraphStore) -> Index:
    return index_of(shipped)


@pytest.fixture(scope="module")
def found(index: Index) -> Statistics:
    return statistics(index, DAY)


@pytest.fixture(scope="module")
def graph(index: Index) -> nx.Graph[int]:
    """The ties of the shipped rows without states, read off the agreements one by one."""
    graph: nx.Graph[int] = nx.Graph()
    for number in np.flatnonzero(index.in_force(DAY)).tolist():
        members = [
            n for n in index.members_of(number).tolist()
            if index.parties[n].level is not Level.COUNTRY
            and index.parties[n].id not in GOVERNMENTS
        ]  # fmt: skip
        graph.add_edges_from((a, b) for a in members for b in members if a < b)
    return graph


def test_the_shipped_network_is_counted_as_networkx_counts_it(
    found: Statistics, graph: nx.Graph[int]
) -> None:
    assert (found.parties, found.ties) == (len(graph), graph.number_of_edges())
    sizes = [len(part) for part in nx.connected_components(graph)]
    assert (found.parts, found.largest) == (len(sizes), max(sizes))
    wanted = nx.betweenness_centrality(graph)
    assert {one.party: one.share for one in found.brokers} == pytest.approx(
        {party: share for party, share in wanted.items() if share > 0}
    )
    assert [one.share for one in found.brokers] == sorted(
        (one.share for one in found.brokers), reverse=True
    )
    assert {one.party for one in found.cuts} == set(nx.articulation_points(graph))


def test_groups_are_apart_and_join_more_within_than_chance(
    found: Statistics, graph: nx.Graph[int], index: Index
) -> None:
    members = [set(one.parties) for one in found.communities]
    counts = Counter(party for group in members for party in group)
    assert set(counts.values()) == {1}
    assert [len(group) for group in members] == sorted(map(len, members), reverse=True)
    rest = [{party} for party in set(graph) - set(counts)]
    assert nx.community.modularity(graph, [*members, *rest]) > 0.4
    for one, group in zip(found.communities, members, strict=True):
        assert one.ties == graph.subgraph(group).number_of_edges()
        degrees = dict(graph.subgraph(group).degree())
        assert degrees[one.middle] == max(degrees.values())


def test_a_trait_counts_what_it_says(found: Statistics, index: Index, graph: nx.Graph[int]) -> None:
    everywhere = Counter(
        index.parties[n].country for n in graph
        if index.parties[n].level in {Level.FOREIGN_LOCAL, Level.FOREIGN_INSTITUTION}
    )  # fmt: skip
    everywhere.pop("", None)
    seen = 0
    for one in found.communities:
        for trait in one.traits:
            if trait.kind != "country":
                continue
            own = [index.parties[n] for n in one.parties]
            abroad = [p for p in own if p.level.startswith("foreign") and p.country]
            having = sum(p.country == trait.id for p in abroad)
            assert (trait.having, trait.of) == (having, len(abroad))
            share = everywhere[trait.id] / everywhere.total()
            assert trait.lift == pytest.approx(having / len(abroad) / share)
            seen += 1
    assert seen


def test_the_same_rows_give_the_same_groups(found: Statistics, shipped: GraphStore) -> None:
    again = statistics(index_of(shipped), DAY)
    assert again.communities == found.communities
    assert again.brokers == found.brokers


def test_no_state_bridges_anybody(tmp_path: Path) -> None:
    world = batch([agreement("a", JAPAN, OSAKA), agreement("b", JAPAN, KOBE)],
                  parties=[HOME, JAPAN, OSAKA, KOBE])  # fmt: skip
    found = statistics(index_of(store_of(tmp_path, world)), DAY)
    assert (found.parties, found.ties, found.brokers, found.communities) == (0, 0, (), ())


def test_nothing_at_all_has_no_groups() -> None:
    empty = csr_array((0, 0))
    assert cut_off(empty).tolist() == []
    assert betweenness(empty).share.tolist() == []


def test_regions_without_a_partner_are_all_the_others(found: Statistics, index: Index) -> None:
    in_force = index.in_force(DAY)
    for number, party in enumerate(index.parties):
        own = index.agreements_of(number)
        signs = any(in_force[n] and index.size[n] > 1 for n in own.tolist())
        is_region = party.level in {Level.PROVINCE, Level.KABUPATEN, Level.KOTA}
        assert (number in found.alone) == (is_region and not signs)


# page -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(Settings(store=shipped_address(), today=DAY.isoformat())).test_client()


@pytest.mark.parametrize("lang", ["", "/en"])
def test_the_page_says_what_was_counted(client: FlaskClient, found: Statistics, lang: str) -> None:
    html = client.get(f"{lang}/jaringan/statistik").get_data(as_text=True)
    lead = unescape(re.sub(r"<[^>]+>", "", re.search(r'class="lead">(.*?)</p>', html)[1]))  # type: ignore[index]
    assert [int(n) for n in re.findall(r"\d+", lead)] == [
        found.parties, found.agreements, found.largest, len(found.alone)
    ]  # fmt: skip
    assert html.count("<table") == 4
    assert f'href="{lang}/jaringan/statistik"' in client.get(f"{lang}/jaringan").get_data(True)


@pytest.mark.parametrize("lang", ["id", "en"])
def test_groups_have_names_of_their_own_in_the_api(client: FlaskClient, lang: str) -> None:
    answer = client.get(f"/api/v1/statistics?lang={lang}").get_json()
    names = [one["name"] for one in answer["communities"]["items"]]
    assert len(set(names)) == len(names) == answer["communities"]["total"] > 3
    assert not any(re.search(r"(kelompok|community|group) \d", name, re.I) for name in names)
    assert answer["alone"]["total"] == len(answer["alone"]["items"]) > 0
    assert answer["brokers"]["items"][0]["id"] == "35"


def test_an_empty_register_says_so(tmp_path: Path) -> None:
    store = f"sqlite:{tmp_path / 'empty.db'}"
    open_store(store).close()
    client = create_app(Settings(store=store, today=DAY.isoformat())).test_client()
    html = client.get("/jaringan/statistik").get_data(as_text=True)
    assert "belum ada jaringan yang dapat dibaca" in html
