"""Best paths: against networkx as oracle on random networks, and on a drawn one."""

from __future__ import annotations

import itertools
import math
import tempfile
from datetime import date
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.index import Index
from explorer.paths import MAX_HOPS, connect
from explorer.ties import TieFilter, agreement_worth, ties
from graph_loader import BadInput, NotFound
from graph_loader.model import Batch, Instrument, Party, make_party
from tests.worlds import agreement, batch, index_of, store_of, umbrella_world

DAY = date(2026, 11, 25)


def _people(count: int) -> list[Party]:
    home = make_party("id", "Indonesia", "Indonesia", "country", "id")
    return [home] + [
        make_party(f"p{n:02d}", f"Pihak {n}", f"Party {n}", "third_party") for n in range(count)
    ]


@st.composite
def networks(draw: st.DrawFn) -> Batch:
    """Up to 9 parties, a country among the signatories, accords of up to 5, parallels included."""
    people = _people(draw(st.integers(3, 9)))
    member_sets = st.lists(
        st.sampled_from(people), min_size=2, max_size=5, unique_by=lambda p: p.id
    )
    accords = draw(st.lists(member_sets, min_size=1, max_size=14))
    years = draw(st.lists(st.sampled_from(["", "1990", "2010", "2024"]), min_size=len(accords),
                          max_size=len(accords)))  # fmt: skip
    stated = [
        agreement(f"a{n:02d}", *members, signed=year)
        for n, (members, year) in enumerate(zip(accords, years, strict=True))
    ]
    return batch(stated, parties=people)


def _index(world: Batch) -> Index:
    with tempfile.TemporaryDirectory() as folder:
        store = store_of(Path(folder), world)
        index = index_of(store)
        store.close()
    return index


def _oracle(index: Index, a: str, b: str) -> list[tuple[int, tuple[str, ...]]]:
    """Every simple path of at most MAX_HOPS hops, by cost, hops and ids, through networkx.

    Costs are whole billionths, as docs and `explorer/ties.py` say, so that equal is equal.
    """
    graph: nx.Graph[str] = nx.Graph()
    worth = agreement_worth(index, DAY)
    for left, right, number in zip(*index.tie_pairs(DAY), strict=True):
        one, other = index.parties[left].id, index.parties[right].id
        kept = graph.get_edge_data(one, other, {"worth": 0.0})["worth"]
        graph.add_edge(one, other, worth=max(kept, worth[number]))
    if a not in graph or b not in graph:
        return []
    found = []
    for path in nx.all_simple_paths(graph, a, b, cutoff=MAX_HOPS):
        if any(len(inside) == 2 for inside in path[1:-1]):  # a country's id has two letters
            continue
        hops, within = itertools.pairwise(path), path[1:-1]
        cost = sum(round(-math.log(graph.edges[hop]["worth"]) * 1e9) for hop in hops)
        cost += sum(round(0.5 * math.log(graph.degree[inside]) * 1e9) for inside in within)
        found.append((cost, tuple(path)))
    return sorted(found, key=lambda item: (item[0], len(item[1]), item[1]))


@settings(max_examples=60, deadline=None)
@given(networks())
def test_paths_are_those_of_networkx(world: Batch) -> None:
    index = _index(world)
    for a, b in itertools.combinations([party.id for party in world.parties], 2):
        expected = _oracle(index, a, b)
        got = connect(index, a, b, DAY, k=4).paths
        assert len(got) == min(4, len(expected))
        for path, (cost, chain) in zip(got, expected, strict=False):
            assert path.score == pytest.approx(math.exp(-cost * 1e-9))
            assert path.parties == chain


@settings(max_examples=40, deadline=None)
@given(networks())
def test_a_waypoint_keeps_just_the_paths_through_it(world: Batch) -> None:
    index = _index(world)
    a, via, b = (party.id for party in world.parties[1:4])
    expected = [chain for _, chain in _oracle(index, a, b) if via in chain]
    got = connect(index, a, b, DAY, k=50, through=via).paths
    assert [path.parties for path in got] == expected[:50]


@settings(max_examples=40, deadline=None)
@given(networks())
def test_reversed_paths_score_the_same(world: Batch) -> None:
    index = _index(world)
    a, b = world.parties[1].id, world.parties[2].id
    there, back = connect(index, a, b, DAY, k=50).paths, connect(index, b, a, DAY, k=50).paths
    assert [path.score for path in there] == pytest.approx([path.score for path in back])
    if len(there) < 50:  # above that, equal ones are cut by the ids of different ends
        assert {path.parties for path in there} == {path.parties[::-1] for path in back}


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


def test_where_there_is_none_the_nearest_bridge_is_named(tmp_path: Path) -> None:
    index = index_of(store_of(tmp_path, umbrella_world()))
    bridge = connect(index, "35.25", "osaka-jp", DAY).bridge
    assert bridge is not None
    assert (bridge.kind, bridge.a, bridge.b, bridge.via) == ("province", "35.25", "35", "35")
    alone = connect(index, "35.15", "osaka-jp", DAY).bridge
    assert alone is not None
    assert (alone.kind, alone.via) == ("alone", "35.15")


def test_an_accord_of_thirteen_is_not_78_full_ties() -> None:
    people = _people(14)
    accord = agreement("accord", *people[1:14])
    pair = agreement("pair", people[1], people[14])
    index = _index(batch([accord, pair], parties=people))
    found = ties(index, DAY)
    worth = dict(zip(found.of(index.number["p00"]).tolist(),
                     found.worths_of(index.number["p00"]).tolist(), strict=True))  # fmt: skip
    in_accord, alone = worth[index.number["p01"]], worth[index.number["p13"]]
    assert in_accord == pytest.approx(alone / math.sqrt(12))


def test_filters_decide_which_agreements_count(tmp_path: Path) -> None:
    index = index_of(store_of(tmp_path, umbrella_world()))
    only = TieFilter(instrument=Instrument.SISTER_CITY)
    assert connect(index, "35.25", "kochi-jp", DAY, keep=only).paths == ()
    assert connect(index, "35.78", "kochi-jp", DAY, keep=only).paths[0].score > 0
    since = TieFilter(year_from=2000)
    assert connect(index, "35.78", "kochi-jp", DAY, keep=since).paths == ()


def test_unknown_and_equal_ends_are_refused(tmp_path: Path) -> None:
    index = index_of(store_of(tmp_path, umbrella_world()))
    with pytest.raises(NotFound):
        connect(index, "35.25", "nowhere", DAY)
    with pytest.raises(BadInput):
        connect(index, "35.25", "35.25", DAY)
