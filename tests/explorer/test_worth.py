"""What reasons are worth, the backtest of a store, and the page that tells both in words."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from pathlib import Path

import numpy as np
import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings

from explorer import create_app
from explorer.backtest import history_of_index, lifts
from explorer.backtest.lifts import CLOSE_KM, ENOUGH, LIKE, REASONS, SMALL
from explorer.backtest.published import of_store, world
from explorer.backtest.run import FUSED, SHIPPED
from explorer.backtest.splits import by_year, one_by_one
from explorer.index import Index
from explorer.namesakes import alike
from explorer.nearby import kilometres, nearness
from explorer.network import LISTED_WORTH, Network, network_of
from explorer.settings import Settings
from graph_loader.store.open import open_store
from tests.explorer.networks import Small, small
from tests.explorer.pictures import shipped_address

DAY = date(2026, 11, 25)


@pytest.fixture(scope="module")
def shipped() -> str:
    return shipped_address()


@pytest.fixture(scope="module")
def index(shipped: str) -> Index:
    store = open_store(shipped)
    found = store.scan(Index.build)
    store.close()
    return found


@pytest.fixture(scope="module")
def client(shipped: str) -> FlaskClient:
    return create_app(Settings(store=shipped, today=DAY.isoformat())).test_client()


def _having(one: Small, a: int, b: int) -> set[str]:
    """The reasons of a pair, worked out with its own tie taken out."""
    graph, network = one.graph.copy(), one.network
    if graph.has_edge(a, b):
        graph.remove_edge(a, b)
    common = set(graph[a]) & set(graph[b])
    few = {middle for middle in common if network.degree[middle] <= SMALL}
    near = nearness(network).toarray() > 0
    here = np.array([a], dtype=np.int32)
    places = range(network.count)
    told = {
        "two-common": len(common) >= 2,
        "one-small-common": len(common) == 1 and bool(few),
        "one-common": len(common) == 1 and not few,
        "chain": not common
        and any(graph.has_edge(u, v) for u in graph[a] for v in graph[b] if u != v),
        "near-there": any(near[a, u] and one.graph.has_edge(u, b) for u in places),
        "near-near": any(
            near[a, u] and near[b, v] and one.graph.has_edge(u, v) for u in places for v in places
        ),
        "same-country": any(network.country[u] == network.country[b] for u in graph[a]),
        "like-names": bool(alike(network, here)[0, b] >= LIKE),
        "across-border": bool(kilometres(network, here)[0, b] <= CLOSE_KM),
    }
    return {name for name, holds in told.items() if holds}


@settings(max_examples=60, deadline=None)
@given(small())
def test_pairs_and_partners_of_each_reason_are_counted_one_by_one(one: Small) -> None:
    network, found = one.network, lifts(one.network)
    country, tied = network.country, [n for n in one.graph if one.graph.degree(n)]
    pairs = [
        (a, b) for a in tied for b in tied
        if a < b and country[a] != country[b] and country[a] >= 0 and country[b] >= 0
    ]  # fmt: skip
    assert found.pairs == len(pairs)
    assert found.partners == sum(one.graph.has_edge(a, b) for a, b in pairs)
    having = {pair: _having(one, *pair) for pair in pairs}
    for lift in found.reasons:
        some = [pair for pair in pairs if lift.reason in having[pair]]
        assert lift.pairs == len(some), lift.reason
        assert lift.partners == sum(one.graph.has_edge(*pair) for pair in some), lift.reason
        assert lift.times is None  # because so few tell nothing


def test_a_lift_is_how_much_more_often_and_few_tell_nothing() -> None:
    pairs = [(n, 150 + n) for n in range(150)]
    a, b = np.array(pairs).T
    names = [f"town {'abcdefghij'[n % 10]}{n % 150}" for n in range(300)]
    network = Network.of_links(a, b, 300, country=[0] * 150 + [1] * 150, names=names)
    found = lifts(network)
    assert found.is_enough
    assert (found.pairs, found.partners) == (150 * 150, 150)
    by_name = {lift.reason: lift for lift in found.reasons}
    alike_times = by_name["like-names"].times
    assert alike_times is not None
    assert alike_times == pytest.approx(
        by_name["like-names"].partners / by_name["like-names"].pairs / (150 / 150**2)
    )
    assert alike_times > 1
    assert by_name["two-common"].times is None
    few = lifts(Network.of_links([0], [1], 2, country=[0, 1]))
    assert few.partners < ENOUGH
    assert not few.is_enough


def test_a_network_of_nobody_has_no_lifts() -> None:
    found = lifts(Network.of_links([], [], 0))
    assert (found.pairs, found.partners) == (0, 0)
    assert {lift.reason for lift in found.reasons} == set(REASONS)


def test_the_network_of_an_index_holds_its_ties_and_the_background(index: Index) -> None:
    network = network_of(index, DAY)
    assert network.count == len(index.parties) + int((np.asarray(index.background.party) < 0).sum())
    surabaya, kochi = index.number["35.78"], index.number["kochi-jp"]
    assert network.ties[surabaya, kochi] > LISTED_WORTH
    assert (abs(network.ties - network.ties.T) > 0).nnz == 0
    assert (network.ties.diagonal() == 0).all()
    assert network_of(index, DAY) is network


def test_a_store_hides_first_documents_and_keeps_accords_together(index: Index) -> None:
    history = history_of_index(index, DAY)
    assert len({(a, b) for a, b in zip(history.a, history.b, strict=True)}) == history.count
    for document in np.unique(history.document)[::40]:
        members = set(index.members_of(int(document)).tolist())
        rows = history.document == document
        assert set(history.a[rows]) | set(history.b[rows]) <= members
    split = by_year(history, 2020)
    hidden = history.network(split.known, split.hidden)
    assert not np.asarray(hidden.ties[history.a[split.hidden], history.b[split.hidden]]).any()
    single = next(one_by_one(history))
    assert len(np.unique(history.document[single.hidden])) == 1


def test_the_stores_own_backtest_is_quick_and_beats_chance(index: Index) -> None:
    found = of_store(index, DAY)
    assert found is not None
    assert found.year > 2000
    assert found.rankings[SHIPPED]["auc_degree"] > found.rankings["random"]["auc_degree"]
    assert of_store(index, DAY) is found


def test_the_published_figures_reach_what_they_promise() -> None:
    own, plain = world().rankings[SHIPPED], world().rankings[FUSED]
    assert own["hits@10"] >= 1.08 * plain["hits@10"]
    assert own["mrr"] >= 1.08 * plain["mrr"]
    assert world().splits == 5


@pytest.mark.parametrize(
    ("address", "said", "lift"),
    [
        ("/seberapa-baik", "Dari 100 kemitraan kota kembar yang belum pernah", "Dua mitra bersama"),
        (
            "/en/seberapa-baik",
            "Of 100 twin-town partnerships that it had not",
            "Two common partner",
        ),
    ],
)
def test_the_page_says_it_in_words(client: FlaskClient, address: str, said: str, lift: str) -> None:
    html = client.get(address).get_data(as_text=True)
    found = re.search(r'class="lead">(.*?)</p>', html, re.DOTALL)
    assert found
    words = unescape(re.sub(r"<[^>]+>", "", found.group(1)))
    assert words.startswith(said)
    assert str(round(100 * world().rankings[SHIPPED]["hits@10"])) in words
    assert lift in html
    assert html.count('<svg class="picture"') == 2


def test_before_the_first_load_the_page_says_that_there_is_too_little(tmp_path: Path) -> None:
    app = create_app(Settings(store=f"sqlite:{tmp_path / 'empty.db'}", today=DAY.isoformat()))
    html = app.test_client().get("/en/seberapa-baik").get_data(as_text=True)
    assert html.count("Too little to tell") == 2
