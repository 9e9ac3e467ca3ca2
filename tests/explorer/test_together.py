"""Two regions at one table: what opens most is what plain networkx says, on any network."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from itertools import pairwise

import networkx as nx
import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings

from explorer import create_app
from explorer.exchange import exchange
from explorer.index import Index
from explorer.settings import Settings
from explorer.states import states
from explorer.ties import TieFilter
from explorer.together import HOPS, Joint, Opening, exchanged, goals_of, opening, partners
from graph_loader import legal
from graph_loader.model import Batch
from tests.explorer.path_oracle import DAY, graph_of, networks, read
from tests.explorer.pictures import shipped, shipped_address


def ball(graph: nx.Graph[str], start: str, no_way: set[str]) -> set[str]:
    """Who is within two hops, nobody being reached through a state."""
    near = set(graph[start]) if start in graph else set()
    far = {other for one in near - no_way for other in graph[one]}
    return (near | far) - {start} - no_way


def opens(graph: nx.Graph[str], ends: tuple[str, str], third: str, no_way: set[str]) -> list[int]:
    """What an agreement of the two, and a third where one is named, newly brings to each."""
    more = graph.copy()
    more.add_edge(*ends)
    if third:
        more.add_edges_from((end, third) for end in ends)
    return [len(ball(more, end, no_way) - ball(graph, end, no_way)) for end in ends]


def expected(index: Index, graph: nx.Graph[str], a: str, b: str) -> Opening:
    no_way = {p.id for p, state in zip(index.parties, states(index), strict=True) if state}
    alone = opens(graph, (a, b), "", no_way)
    found = []
    for number, party in enumerate(index.parties):
        if party.id in no_way | {a, b}:
            continue
        both = opens(graph, (a, b), party.id, no_way)
        if min(both) and both != alone:
            found.append(Joint(number, *both))
    found.sort(key=lambda one: (-min(one.for_a, one.for_b), -one.for_a - one.for_b,
                                index.parties[one.party].sort_key,
                                index.parties[one.party].id))  # fmt: skip
    return Opening(None if graph.has_edge(a, b) else Joint(-1, *alone), found)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(networks(most=9, accord=3))
def test_what_opens_most_is_what_networkx_says(world: Batch) -> None:
    index, agreements = read(world)
    graph = graph_of(agreements, TieFilter())
    graph.add_nodes_from(party.id for party in index.parties)
    ids = [party.id for party in index.parties if party.id != "id"]
    for a, b in pairwise(ids):
        found = opening(index, DAY, index.number[a], index.number[b])
        assert found == expected(index, graph, a, b)


def test_on_the_shipped_rows_too() -> None:
    index = shipped().index
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(party.id for party in index.parties)
    for number in range(len(index.parties)):
        ids = [index.parties[n].id for n in partners(index, DAY, number).tolist()]
        graph.add_edges_from((index.parties[number].id, id) for id in ids)
    found = opening(index, DAY, index.number["35.15"], index.number["35.25"])
    no_way = {p.id for p, state in zip(index.parties, states(index), strict=True) if state}
    assert found.alone is None  # they share an agreement already
    for one in (*found.best[:3], *found.best[3::40]):
        third = index.parties[one.party].id
        assert [one.for_a, one.for_b] == opens(graph, ("35.15", "35.25"), third, no_way)
    assert found.best[0].least == max(one.least for one in found.best) > 0
    assert not {index.parties[one.party].country for one in found.best} & legal.no_relations()
    assert HOPS == 2


def test_needs_that_meet_are_those_between_the_two() -> None:
    index = shipped().index
    pairs = {(met.need.party, met.offer.party) for met in exchange(index, DAY).meetings}
    a, b = min(pairs)
    found = exchanged(index, DAY, a, b)
    assert {(met.need.party, met.offer.party) for met in found} <= {(a, b), (b, a)}
    assert found[0].need.party == a
    assert found == sorted(found, key=lambda met: met.need.party != a)


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(Settings(store=shipped_address(), today=DAY.isoformat())).test_client()


def html(client: FlaskClient, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, url
    return unescape(answer.get_data(as_text=True))


def parts(page: str) -> Mapping[str, str]:
    """The three lists of partners, by name."""
    found = re.split(r'<div id="(both|a|b)">', page[: page.index('<section id="sdg">')])[1:]
    return dict(zip(found[::2], found[1::2], strict=True))


def test_the_page_lists_what_both_and_each_alone_have(client: FlaskClient) -> None:
    index = shipped().index
    ends = [set(partners(index, DAY, index.number[id]).tolist()) for id in ("35.15", "35.25")]
    ends[0].discard(index.number["35.25"])
    ends[1].discard(index.number["35.15"])
    a, b = ends
    for name, wanted in {"both": a & b, "a": a - b, "b": b - a}.items():
        page = html(client, f"/banding?a=35.15&b=35.25&lihat={name}")
        listed = parts(page)[name]
        assert f"<small>{len(wanted)}</small>" in listed
        names = re.findall(r'class="party" href="[^"]+">.*?<span>(.*?)</span>', listed, re.DOTALL)
        assert sorted(names) == sorted(index.name(n, "id") for n in wanted)
        cut = parts(html(client, "/banding?a=35.15&b=35.25"))[name]
        assert (f"8 dari {len(wanted)}" in cut) is (len(wanted) > 8)


def test_the_page_counts_the_sdgs_of_both(client: FlaskClient) -> None:
    index = shipped().index
    page = html(client, "/banding?a=35.15&b=35.25")
    rows = re.findall(r'<tr>\s*<td class="side-a">(.*?)</tr>', page, re.DOTALL)
    counts = [goals_of(index, DAY, index.number[id]) for id in ("35.15", "35.25")]
    some = [pair for pair in zip(*counts, strict=True) if any(pair)]
    assert len(rows) == len(some) > 3
    for row, pair in zip(rows, some, strict=True):
        links = [int(n) for n in re.findall(r">(\d+)</a>", row.replace("</span>", "<"))]
        assert [n for n in links if n][-1:] or pair
        for n in pair:
            assert (f">{n}</a>" in row) if n else (">–<" in row)


def test_one_sentence_names_who_opens_most(client: FlaskClient) -> None:
    index = shipped().index
    best = opening(index, DAY, index.number["35.15"], index.number["35.25"]).best[0]
    for prefix, lang in (("", "id"), ("/en", "en")):
        page = html(client, f"{prefix}/banding?a=35.15&b=35.25")
        (said,) = re.findall(r'<p class="card first">(.*?)</p>', page, re.DOTALL)
        assert index.name(best.party, lang) in said
        assert str(best.for_a) in said
        assert str(best.for_b) in said


def test_what_cannot_be_set_side_by_side_is_told_kindly(client: FlaskClient) -> None:
    assert "Daerah pertama" in html(client, "/banding")
    assert "daerah yang sama" in html(client, "/banding?a=35.15&b=35.15")
    assert "“zzzqqq” belum dikenal" in html(client, "/banding?a=zzzqqq&b=35.15")
    which = html(client, "/banding?a=Malang&b=35.15")
    assert 'href="/banding?a=35.07&b=35.15"' in which
    assert "belum dikenal" in html(client, "/banding?a=osaka-prefecture-jp&b=35.15")
    assert "card first" in html(client, "/banding?a=Kabupaten Sidoarjo&b=Kabupaten Gresik")
    html(client, "/banding?a=35.15&b=35.25&lihat=x", 400)
