"""Every ranking agrees with a slow answer that is worked out pair by pair."""

from __future__ import annotations

import math

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings

from explorer.backtest.references import walks_by_country
from explorer.nearby import FADES_KM, GROUPED, kilometres, nearness
from explorer.network import Network
from explorer.rankings import (
    CLOSE_KM,
    COUNTRY_TIE,
    FEW,
    RANKINGS,
    RESTART,
    STEPS,
    adamic_adar,
    chain,
    close,
    common_partner,
    country,
    namesake,
    neighbours,
    walks,
)
from tests.explorer.networks import Small, small

quick = settings(max_examples=40, deadline=None)


def _all(one: Small) -> np.ndarray:
    return np.arange(one.network.count, dtype=np.int32)


@quick
@given(small())
def test_common_partners_are_networkx_adamic_adar_over_the_root_of_the_degree(one: Small) -> None:
    degree = dict(one.graph.degree())
    plain, ours = adamic_adar(one.network, _all(one)), common_partner(one.network, _all(one))
    pairs = [(a, b) for a in one.graph for b in one.graph if a != b]
    for a, b, expected in nx.adamic_adar_index(one.graph, pairs):
        assert plain[a, b] == pytest.approx(expected)
        assert ours[a, b] == pytest.approx(expected / math.sqrt(degree[b]) if degree[b] else 0.0)


@quick
@given(small())
def test_chains_are_walks_of_three_ties_each_over_the_roots_of_degrees(one: Small) -> None:
    scores, degree = chain(one.network, _all(one)), dict(one.graph.degree())
    for a in one.graph:
        for b in one.graph:
            expected = sum(
                1.0 / math.sqrt(degree[u] * degree[v])
                for u in one.graph[a]
                for v in one.graph[b]
                if one.graph.has_edge(u, v)
            )
            assert scores[a, b] == pytest.approx(expected)


@quick
@given(small())
def test_walks_are_followed_step_by_step(one: Small) -> None:
    count = one.network.count
    graph = one.graph.copy()
    nx.set_edge_attributes(graph, {edge: {"weight": 1.0} for edge in graph.edges})
    for place, code in enumerate(one.network.country.tolist()):
        if code >= 0:
            graph.add_edge(place, -1 - code, weight=COUNTRY_TIE)
    scores = walks_by_country(one.network, _all(one))
    for start in range(count):
        here = dict.fromkeys(graph, 0.0) | {start: RESTART}
        for _ in range(STEPS):
            after = dict.fromkeys(graph, 0.0) | {start: RESTART}
            for place, chance in here.items():
                total = graph.degree(place, weight="weight")
                for other, tie in graph[place].items():
                    after[other] += (1 - RESTART) * chance * tie["weight"] / total
            here = after
        assert scores[start] == pytest.approx([here[place] for place in range(count)], abs=1e-6)


def test_walks_also_cross_to_neighbours() -> None:
    network = Network.of_links([0], [3], 4, country=[0, 0, 1, 1], lat=[0, 0.1, 5, 5.1], lon=[0] * 4)
    with_near, without = (ranking(network, np.array([1])) for ranking in (walks, walks_by_country))
    assert with_near[0, 3] > without[0, 3] > 0


@quick
@given(small())
def test_countries_work_together_more_than_their_ties_suggest(one: Small) -> None:
    codes, degree = one.network.country, one.network.degree
    between = np.zeros((3, 3))
    for a, b in [*one.graph.edges, *[(b, a) for a, b in one.graph.edges]]:
        if codes[a] >= 0 and codes[b] >= 0:
            between[codes[a], codes[b]] += 1
    ends = {code: int(between[code].sum()) for code in range(3)}
    total = max(sum(ends.values()), 1)
    scores = country(one.network, _all(one))
    for a in range(one.network.count):
        for b in range(one.network.count):
            expected = 0.0
            if codes[a] >= 0 and codes[b] >= 0 and ends[int(codes[b])]:
                chance = ends[int(codes[a])] * ends[int(codes[b])] / total
                lift = (between[codes[a], codes[b]] + FEW) / (chance + FEW)
                expected = lift * math.sqrt(degree[b])
            assert scores[a, b] == pytest.approx(expected)


def _km(network: Network, a: int, b: int) -> float:
    """Through the earth, from the great circle that the coordinates span."""
    one, two = ((math.radians(network.lat[n]), math.radians(network.lon[n])) for n in (a, b))
    inside = math.sin(one[0]) * math.sin(two[0])
    inside += math.cos(one[0]) * math.cos(two[0]) * math.cos(one[1] - two[1])
    return 2 * 6371.0 * math.sin(math.acos(max(-1.0, min(1.0, inside))) / 2)


@quick
@given(small())
def test_nearness_fades_with_kilometres_or_is_that_of_one_province(one: Small) -> None:
    network, found = one.network, nearness(one.network).toarray()
    unknown = np.isnan(network.lat)
    for a in range(network.count):
        for b in range(network.count):
            expected = 0.0
            if a != b and not unknown[a] and not unknown[b]:
                if network.country[a] == network.country[b] >= 0:
                    expected = math.exp(-_km(network, a, b) / FADES_KM)
            elif a != b and unknown[a] and unknown[b] and network.group[a] == network.group[b] >= 0:
                expected = GROUPED
            assert found[a, b] == pytest.approx(expected, abs=1e-3)


@quick
@given(small())
def test_neighbours_of_one_that_work_with_neighbours_of_the_other(one: Small) -> None:
    near, degree = nearness(one.network).toarray(), one.network.degree
    scores = neighbours(one.network, _all(one))
    for a in range(one.network.count):
        for b in range(one.network.count):
            expected = sum(
                near[a, u] * near[v, b] / math.sqrt(degree[u] * degree[v])
                for u, v in [*one.graph.edges, *[(v, u) for u, v in one.graph.edges]]
            )
            assert scores[a, b] == pytest.approx(expected)


def test_the_closer_the_better_and_nothing_where_it_is_not_known_where() -> None:
    network = Network.of_links([], [], 3, lat=[0, 1, np.nan], lon=[0, 0, np.nan])
    assert kilometres(network, np.array([0]))[0, 1] == pytest.approx(111.19, abs=0.1)
    scores = close(network, np.array([0]))
    assert scores[0, 1] == pytest.approx(1 / (CLOSE_KM + 111.19), rel=1e-3)
    assert scores[0, 2] == 0


def test_like_names_are_namesakes_and_other_ones_are_not() -> None:
    names = ["richmond", "richmond", "frankfurt", "frankfurt main", "osaka", ""]
    scores = namesake(Network.of_links([], [], 6, names=names), np.arange(6, dtype=np.int32))
    assert scores[0, 1] == pytest.approx(1.0)
    assert 0.35 < scores[2, 3] < 1
    assert scores[0, 4] == 0
    assert not scores[5].any()


@quick
@given(small())
def test_places_asked_together_and_alone_hear_the_same(one: Small) -> None:
    for ranking in RANKINGS.values():
        together = ranking(one.network, _all(one))
        assert together.shape == (one.network.count,) * 2
        assert np.isfinite(together).all()
        assert (together >= 0).all()
        for place in _all(one):
            alone = ranking(one.network, np.array([place], dtype=np.int32))[0]
            assert together[place] == pytest.approx(alone, abs=1e-6)


def test_at_most_eight_rankings_each_explained() -> None:
    assert len(RANKINGS) <= 8
    assert all(ranking.__doc__ for ranking in RANKINGS.values())
