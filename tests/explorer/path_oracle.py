"""Paths as plain networkx finds them, over agreements read one by one; and worlds to try."""

from __future__ import annotations

import itertools
import math
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import networkx as nx
from hypothesis import strategies as st

from explorer.index import Index
from explorer.ties import TieFilter
from graph_loader import Agreement, Status, status_of
from graph_loader.model import Batch, Instrument, Party, StatedAgreement, TopicTag, make_party
from tests.worlds import agreement, batch, index_of, store_of

DAY = date(2026, 11, 25)
MAX_HOPS = 4
WORTH = {Status.ACTIVE: 1.0, Status.OPEN: 0.8, Status.LAPSED: 0.3}  # as docs/architecture.md says
YEARS = ("", "1990", "2010", "2024-05", "2026-12")
INSTRUMENTS = (Instrument.MOU, Instrument.SISTER_CITY, Instrument.LOI)
Chain = tuple[int, int, tuple[str, ...]]


def people(count: int) -> list[Party]:
    """A country and so many third parties."""
    home = make_party("id", "Indonesia", "Indonesia", "country", "id")
    return [home] + [
        make_party(f"p{n:02d}", f"Pihak {n}", f"Party {n}", "third_party") for n in range(count)
    ]


@st.composite
def networks(draw: st.DrawFn, most: int = 9, accord: int = 5) -> Batch:
    """Up to `most` parties, a country among them, accords of up to `accord`, parallels included."""
    known = people(draw(st.integers(3, most)))
    members = st.lists(
        st.sampled_from(known), min_size=2, max_size=accord, unique_by=lambda p: p.id
    )
    drawn = st.tuples(
        members, st.sampled_from(YEARS), st.sampled_from(("", "2020", "2030")),
        st.sampled_from(INSTRUMENTS[:2] * 3 + INSTRUMENTS), st.sampled_from(("", "4", "6.1")),
    )  # fmt: skip
    stated = [
        _stated(n, *one) for n, one in enumerate(draw(st.lists(drawn, min_size=1, max_size=14)))
    ]
    return batch(stated, parties=known)


def _stated(
    number: int, members: list[Party], signed: str, ends: str, instrument: Instrument, topic: str
) -> StatedAgreement:
    made = agreement(f"a{number:02d}", *members, instrument=instrument, signed=signed, ends=ends)
    (claim,) = made.claims
    if not topic:
        return made
    return replace(made, claims=(replace(claim, topics=(TopicTag(topic, ("x",)),)),))


@st.composite
def lines(draw: st.DrawFn) -> Batch:
    """Five to eight parties in a line, in any order, and a few more pairs: long ways around."""
    known = people(9)
    order = draw(st.permutations(known[1:]))[: draw(st.integers(6, 9))]
    pair = st.lists(st.sampled_from(known), min_size=2, max_size=2, unique_by=lambda p: p.id)
    pairs = [*itertools.pairwise(order), *draw(st.lists(pair, max_size=3))]
    stated = [
        agreement(f"a{n:02d}", *two, signed=draw(st.sampled_from(YEARS[:4])))
        for n, two in enumerate(pairs)
    ]
    return batch(stated, parties=known)


filters = st.builds(
    TieFilter,
    instrument=st.sampled_from((None, Instrument.MOU, Instrument.SISTER_CITY)),
    topic=st.sampled_from(("", "4", "6")),
    year_from=st.sampled_from((None, 1991, 2011)),
    year_to=st.sampled_from((None, 2011)),
    with_lapsed=st.booleans(),
)


def read(world: Batch) -> tuple[Index, Mapping[str, Agreement]]:
    """The index of a world, and its agreements as the store shows them."""
    with tempfile.TemporaryDirectory() as folder:
        store = store_of(Path(folder), world)
        index = index_of(store)
        agreements = dict(store.by_ids([stated.id for stated in world.agreements]))
        store.close()
    return index, agreements


def graph_of(agreements: Mapping[str, Agreement], keep: TieFilter) -> nx.Graph[str]:
    """Every tie with its cost in whole billionths, agreement by agreement."""
    graph: nx.Graph[str] = nx.Graph()
    for one in agreements.values():
        if not _counts(one, keep):
            continue
        worth = _worth(one)
        for a, b in itertools.combinations([signatory.party for signatory in one.parties], 2):
            kept = graph.get_edge_data(a, b, {"worth": 0.0})["worth"]
            graph.add_edge(a, b, worth=max(kept, worth))
    for a, b, data in graph.edges(data=True):
        graph.edges[a, b]["cost"] = round(-math.log(data["worth"]) * 1e9)
    return graph


def _counts(one: Agreement, keep: TieFilter) -> bool:
    status = status_of(one, DAY)
    allowed = {Status.ACTIVE, Status.OPEN} | ({Status.LAPSED} if keep.with_lapsed else set())
    year = one.signed.year if one.signed else None
    topics = {tag.topic for tag in one.topics} | {tag.topic.split(".")[0] for tag in one.topics}
    return (
        status in allowed
        and keep.instrument in {None, one.instrument}
        and (not keep.topic or keep.topic in topics)
        and (keep.year_from is None or (year is not None and year >= keep.year_from))
        and (keep.year_to is None or (year is not None and year <= keep.year_to))
    )


def _worth(one: Agreement) -> float:
    years = (DAY - one.signed.first).days / 365.25 if one.signed else 20.0
    members = max(len(one.parties) - 1, 1)
    return float(WORTH[status_of(one, DAY)] * 0.5 ** (years / 20.0) * members**-0.5)


def inside(graph: nx.Graph[str], party: str) -> int:
    """What a party costs a path that it stands inside."""
    return round(0.5 * math.log(graph.degree[party]) * 1e9)


def every_path(graph: nx.Graph[str], a: str, b: str) -> list[Chain]:
    """(cost, hops, parties) of every simple path of at most MAX_HOPS hops, best first."""
    if a not in graph or b not in graph:
        return []
    found = []
    for path in nx.all_simple_paths(graph, a, b, cutoff=MAX_HOPS):
        if any(len(party) == 2 for party in path[1:-1]):  # a country's id has two letters
            continue
        cost = sum(graph.edges[hop]["cost"] for hop in itertools.pairwise(path))
        cost += sum(inside(graph, party) for party in path[1:-1])
        found.append((cost, len(path) - 1, tuple(path)))
    return sorted(found)


def cheapest_paths(graph: nx.Graph[str], a: str, b: str, k: int) -> list[Chain]:
    """The k best of `shortest_simple_paths`, those over the hop limit dropped, ties in order."""
    passing = graph.subgraph([n for n in graph if len(n) > 2 or n in {a, b}])
    if a not in passing or b not in passing or not nx.has_path(passing, a, b):
        return []

    def weight(one: str, other: str, tie: Any) -> int:
        return 2 * int(tie["cost"]) + inside(graph, one) + inside(graph, other)

    found: list[Chain] = []
    for path in nx.shortest_simple_paths(passing, a, b, weight=weight):
        twice = sum(weight(x, y, passing.edges[x, y]) for x, y in itertools.pairwise(path))
        cost = (twice - inside(graph, a) - inside(graph, b)) // 2
        if len(found) >= k and cost > sorted(found)[k - 1][0]:
            break
        if len(path) - 1 <= MAX_HOPS:
            found.append((cost, len(path) - 1, tuple(path)))
    return sorted(found)[:k]
