"""Best paths: against networkx as oracle on random networks, and on a drawn one."""

from __future__ import annotations

import itertools
import math
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.index import Index
from explorer.paths import Asked, best_paths, connect, farther_path
from explorer.states import states
from explorer.ties import TieFilter, ties
from graph_loader import BadInput, NotFound
from graph_loader.model import Batch, Instrument, make_party
from tests.explorer.path_oracle import (
    DAY,
    Chain,
    cheapest_paths,
    every_path,
    filters,
    graph_of,
    lines,
    networks,
    people,
    read,
)
from tests.worlds import HOME, agreement, batch, index_of, store_of, umbrella_world

PLAIN = TieFilter()


def agrees(index: Index, asked: Asked, k: int, expected: list[Chain]) -> None:
    """The k best paths are the first k of the expected ones, with their scores."""
    got = best_paths(index, asked, DAY, k=k)
    assert [path.parties for path in got] == [chain for _, _, chain in expected[:k]]
    assert [path.score for path in got] == pytest.approx(
        [math.exp(-cost * 1e-9) for cost, _, _ in expected[:k]]
    )


@settings(max_examples=60, deadline=None)
@given(networks())
def test_paths_are_those_of_networkx(world: Batch) -> None:
    index, agreements = read(world)
    graph = graph_of(agreements, PLAIN)
    for a, b in itertools.combinations([party.id for party in world.parties], 2):
        agrees(index, Asked(a, b), 4, every_path(graph, a, b))


@settings(max_examples=40, deadline=None)
@given(networks(most=14, accord=11))
def test_paths_through_large_accords_are_the_cheapest_of_networkx(world: Batch) -> None:
    index, agreements = read(world)
    graph = graph_of(agreements, PLAIN)
    a, b = (party.id for party in world.parties[1:3])
    agrees(index, Asked(a, b), 10, cheapest_paths(graph, a, b, 10))


@settings(max_examples=60, deadline=None)
@given(networks(), filters)
def test_a_filter_leaves_just_the_agreements_that_it_means(world: Batch, keep: TieFilter) -> None:
    index, agreements = read(world)
    graph = graph_of(agreements, keep)
    for a, b in itertools.combinations([party.id for party in world.parties[:5]], 2):
        agrees(index, Asked(a, b, keep), 50, every_path(graph, a, b))


@settings(max_examples=40, deadline=None)
@given(networks(), st.sets(st.integers(3, 9), max_size=2))
def test_a_waypoint_and_the_avoided_keep_just_the_paths_that_obey(
    world: Batch, avoided: set[int]
) -> None:
    index, agreements = read(world)
    a, via, b = (party.id for party in world.parties[1:4])
    known = {party.id for party in world.parties}
    avoiding = tuple(sorted({f"p{n:02d}" for n in avoided} & known))
    every = [
        one for one in every_path(graph_of(agreements, PLAIN), a, b)
        if not set(avoiding) & set(one[2][1:-1])
    ]  # fmt: skip
    agrees(index, Asked(a, b, avoiding=avoiding), 50, every)
    agrees(index, Asked(a, b, PLAIN, via, avoiding), 50, [one for one in every if via in one[2]])


@settings(max_examples=40, deadline=None)
@given(networks())
def test_reversed_paths_score_the_same(world: Batch) -> None:
    index, _ = read(world)
    a, b = world.parties[1].id, world.parties[2].id
    there, back = connect(index, a, b, DAY, k=50).paths, connect(index, b, a, DAY, k=50).paths
    assert [path.score for path in there] == [path.score for path in back]
    if len(there) < 50:  # above that, equal ones are cut by the ids of different ends
        assert {path.parties for path in there} == {path.parties[::-1] for path in back}


@settings(max_examples=60, deadline=None)
@given(lines())
def test_one_hop_too_many_is_the_best_of_five(world: Batch) -> None:
    index, agreements = read(world)
    graph = graph_of(agreements, PLAIN)
    passing = graph.subgraph([n for n in graph if len(n) > 2])
    for a, b in itertools.combinations([party.id for party in world.parties[1:]], 2):
        if a not in passing or b not in passing or not nx.has_path(passing, a, b):
            assert farther_path(index, Asked(a, b), DAY) is None
            continue
        if nx.shortest_path_length(passing, a, b) < 5:
            continue
        found = farther_path(index, Asked(a, b), DAY)
        best = max((_score(graph, path) for path in nx.all_simple_paths(passing, a, b, cutoff=5)),
                   default=None)  # fmt: skip
        assert (found and found.score) == (best and pytest.approx(best))
        assert found is None or len(set(found.parties)) == 6


def _score(graph: nx.Graph[str], path: list[str]) -> float:
    hops = itertools.pairwise(path)
    score = math.prod(graph.edges[hop]["worth"] for hop in hops)
    return float(score * math.prod(graph.degree[party] ** -0.5 for party in path[1:-1]))


def test_a_line_of_six_has_one_hop_too_many() -> None:
    line = people(6)[1:]
    stated = [agreement(f"a{n}", *line[n : n + 2], signed="2020") for n in range(5)]
    index, _ = read(batch(stated, parties=people(6)))
    asked = Asked("p00", "p05")
    assert best_paths(index, asked, DAY) == ()
    found = farther_path(index, asked, DAY)
    assert found is not None
    assert found.parties == tuple(party.id for party in line)


def test_equal_paths_stand_by_hops_and_then_by_ids() -> None:
    known = people(40)
    stated = [
        agreement(f"{end}{middle.id}", known[at], middle, signed="2020")
        for middle in known[3:]
        for end, at in (("a", 1), ("b", 2))
    ]
    index, _ = read(batch(stated, parties=known))
    got = connect(index, "p00", "p01", DAY, k=10).paths
    assert [path.parties[1] for path in got] == [f"p{n:02d}" for n in range(2, 12)]
    assert len({path.score for path in got}) == 1


def test_each_hop_names_its_agreements(tmp_path: Path) -> None:
    index = index_of(store_of(tmp_path, umbrella_world()))
    (path,) = connect(index, "35.25", "kochi-jp", DAY).paths
    assert path.parties == ("35.25", "35.78", "kochi-jp")
    assert [hop.agreements for hop in path.hops] == [("twin",), ("city",)]


def test_talks_and_lapsed_agreements_make_no_path(tmp_path: Path) -> None:
    index = index_of(store_of(tmp_path, umbrella_world()))
    assert connect(index, "35.15", "kobe-jp", DAY).paths == ()
    with_lapsed = connect(index, "35.15", "kobe-jp", DAY, keep=TieFilter(with_lapsed=True)).paths
    assert [hop.agreements for hop in with_lapsed[0].hops] == [("old",)]


def test_an_accord_of_thirteen_is_not_78_full_ties() -> None:
    known = people(14)
    stated = [
        agreement("accord", *known[1:14], signed="2020"),
        agreement("pair", known[1], known[14], signed="2020"),
    ]
    index, _ = read(batch(stated, parties=known))
    found, number = ties(index, DAY), index.number
    worths = found.worths_of(number["p00"]).tolist()
    worth = dict(zip(found.of(number["p00"]).tolist(), worths, strict=True))
    assert worth[number["p01"]] == pytest.approx(worth[number["p13"]] / math.sqrt(12))


def test_neither_a_country_nor_its_government_stands_inside_a_path() -> None:
    known = people(3)[1:]
    government = make_party(
        "pemerintah-ri", "Pemerintah Republik Indonesia", "Government of the Republic of Indonesia",
        "central_agency", "id",
    )  # fmt: skip
    ministry = make_party("kemenhub", "Kementerian Perhubungan Republik Indonesia",
                          "Ministry of Transport", "central_agency", "id")  # fmt: skip
    stated = [
        agreement(f"{state.id}-{party.id}", state, party, signed="2020")
        for state in (HOME, government, ministry)
        for party in known[:2]
    ]
    index, _ = read(batch(stated, parties=[HOME, government, ministry, *known]))
    assert {index.parties[n].id for n in states(index).nonzero()[0].tolist()} == {
        "id",
        "pemerintah-ri",
    }
    assert [path.parties[1:-1] for path in connect(index, "p00", "p01", DAY).paths] == [
        ("kemenhub",)
    ]
    assert connect(index, "p00", "pemerintah-ri", DAY).paths[0].parties == ("p00", "pemerintah-ri")


def test_an_instrument_or_a_year_that_no_tie_has_leaves_nothing(tmp_path: Path) -> None:
    index = index_of(store_of(tmp_path, umbrella_world()))
    only = TieFilter(instrument=Instrument.SISTER_CITY)
    assert connect(index, "35.25", "kochi-jp", DAY, keep=only).paths == ()
    assert connect(index, "35.78", "kochi-jp", DAY, keep=only).paths[0].score > 0
    assert connect(index, "35.78", "kochi-jp", DAY, keep=TieFilter(year_from=2000)).paths == ()


def test_unknown_and_equal_ends_are_refused(tmp_path: Path) -> None:
    index = index_of(store_of(tmp_path, umbrella_world()))
    with pytest.raises(NotFound):
        connect(index, "35.25", "nowhere", DAY)
    with pytest.raises(BadInput):
        connect(index, "35.25", "35.25", DAY)
