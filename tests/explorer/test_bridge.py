"""Where there is no path: the nearest bridge, and the other terms that would give one."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.i18n import LANGUAGES, say
from explorer.index import Index
from explorer.paths import Asked, connect
from explorer.paths.bridge_words import told
from explorer.paths.nearest_bridge import KINDS, Bridge, nearest_bridge
from explorer.paths.otherwise import otherwise
from explorer.paths.search import Question
from explorer.ties import TieFilter, ties
from graph_loader.model import (
    Batch,
    Category,
    Instrument,
    Party,
    StatedAgreement,
    TopicTag,
    make_party,
)
from tests.explorer.path_oracle import people, read
from tests.worlds import (
    EVERYONE,
    GRESIK,
    HOME,
    JAPAN,
    KOBE,
    KOCHI,
    OSAKA,
    SIDOARJO,
    agreement,
    batch,
    index_of,
    store_of,
    umbrella_world,
)

DAY = date(2026, 11, 25)
HYOGO = make_party("hyogo-jp", "Prefektur Hyogo", "Hyogo Prefecture", "foreign_local", "jp", "jp")
HIMEJI = make_party("himeji-jp", "Himeji", "Himeji", "foreign_local", "jp", "hyogo-jp")
AKASHI = make_party("akashi-jp", "Akashi", "Akashi", "foreign_local", "jp", "hyogo-jp")
WORLD = (*EVERYONE, HYOGO, HIMEJI, AKASHI)
TERNATE = make_party("82.71", "Kota Ternate", "Ternate City", "kota", "id", "82")
MALUKU = make_party("82", "Provinsi Maluku Utara", "North Maluku", "province", "id", "id")
UNAIR = make_party("unair", "Universitas Airlangga", "Universitas Airlangga", "third_party")


def on_goal(stated: StatedAgreement, goal: str) -> StatedAgreement:
    """The same agreement, about a goal."""
    (claim,) = stated.claims
    return replace(stated, claims=(replace(claim, topics=(TopicTag(goal, ("x",)),)),))


def bridge_of(world: Batch, a: str, b: str) -> Bridge | None:
    index, _ = read(world)
    found = connect(index, a, b, DAY)
    assert found.paths == ()
    return found.bridge


def test_partners_in_one_prefecture_are_nearer_than_in_one_country() -> None:
    stated = [
        agreement("a", GRESIK, HIMEJI), agreement("b", SIDOARJO, AKASHI),
        agreement("c", GRESIK, KOCHI), agreement("d", SIDOARJO, KOBE),
    ]  # fmt: skip
    assert bridge_of(batch(stated, parties=WORLD), "35.25", "35.15") == Bridge(
        "province", "35.25", "35.25", "35.15", "35.15", "35"
    )
    stated = [
        agreement("a", GRESIK, HIMEJI), agreement("b", TERNATE, AKASHI),
        agreement("c", GRESIK, KOCHI), agreement("d", TERNATE, KOBE),
    ]  # fmt: skip
    found = bridge_of(batch(stated, parties=[*WORLD, TERNATE, MALUKU]), "35.25", "82.71")
    assert found == Bridge("place", "35.25", "himeji-jp", "akashi-jp", "82.71", "hyogo-jp")


def test_a_city_and_its_prefecture_are_in_one_place() -> None:
    stated = [agreement("a", GRESIK, HIMEJI), agreement("b", TERNATE, HYOGO)]
    found = bridge_of(batch(stated, parties=[*WORLD, TERNATE, MALUKU]), "35.25", "82.71")
    assert found == Bridge("place", "35.25", "himeji-jp", "hyogo-jp", "82.71", "hyogo-jp")
    assert told(found).key == "bridge.within.both"
    assert told(found).parties["inner"] == "himeji-jp"


def test_one_country_joins_where_no_prefecture_does() -> None:
    stated = [agreement("a", GRESIK, KOCHI), agreement("b", TERNATE, OSAKA)]
    found = bridge_of(batch(stated, parties=[*WORLD, TERNATE, MALUKU]), "35.25", "82.71")
    assert found == Bridge("country", "35.25", "kochi-jp", "osaka-jp", "82.71", "jp")


def test_a_shared_goal_is_told_only_where_no_place_is_shared() -> None:
    stated = [
        on_goal(agreement("a", GRESIK, KOCHI), "6"), on_goal(agreement("b", TERNATE, UNAIR), "6.1"),
        on_goal(agreement("c", GRESIK, OSAKA), "17"),
    ]  # fmt: skip
    parties = [*WORLD, TERNATE, MALUKU, UNAIR]
    found = bridge_of(batch(stated, parties=parties), "35.25", "82.71")
    assert found == Bridge("goal", "35.25", "35.25", "82.71", "82.71", "6")
    only = [on_goal(agreement("a", GRESIK, KOCHI), "17"),
            on_goal(agreement("b", TERNATE, UNAIR), "17")]  # fmt: skip
    assert bridge_of(batch(only, parties=parties), "35.25", "82.71") is None


def test_who_has_no_tie_is_alone(tmp_path: Path) -> None:
    index = index_of(store_of(tmp_path, umbrella_world()))
    assert connect(index, "35.15", "osaka-jp", DAY).bridge == Bridge(
        "alone", "35.15", "35.15", "osaka-jp", "osaka-jp", "35.15"
    )
    assert connect(index, "35.25", "osaka-jp", DAY).bridge == Bridge(
        "province", "35.25", "35.25", "35", "osaka-jp", "35"
    )


def test_with_a_waypoint_the_half_that_is_missing_is_bridged(tmp_path: Path) -> None:
    index = index_of(store_of(tmp_path, umbrella_world()))
    found = connect(index, "35.25", "kochi-jp", DAY, through="osaka-jp").bridge
    assert found is not None
    assert (found.start, found.goal) == ("35.25", "osaka-jp")
    back = connect(index, "35.25", "35.78", DAY, through="kochi-jp").bridge
    assert back == Bridge("too-long", "35.25", "35.25", "35.78", "35.78", "kochi-jp")


# against a plain loop over all pairs ----------------------------------------------------------

PLACES: tuple[Party, ...] = (*WORLD[2:], TERNATE, MALUKU, UNAIR)


@st.composite
def worlds(draw: st.DrawFn) -> Batch:
    """A few agreements between two or three of fifteen parties at home and in Japan."""
    some = st.lists(st.sampled_from(PLACES), min_size=2, max_size=3, unique_by=lambda p: p.id)
    stated = [
        on_goal(agreement(f"a{n}", *members), draw(st.sampled_from(("4", "6", "17"))))
        for n, members in enumerate(draw(st.lists(some, min_size=1, max_size=8)))
    ]
    return batch(stated, parties=[HOME, JAPAN, *PLACES])


@settings(max_examples=60, deadline=None)
@given(worlds())
def test_a_bridge_is_the_nearest_of_all_pairs(world: Batch) -> None:
    index, _ = read(world)
    found = ties(index, DAY)
    goals: dict[str, set[str]] = {}
    for stated in world.agreements:
        for signatory in stated.claims[0].parties:
            goals.setdefault(signatory.party, set()).add(stated.claims[0].topics[0].topic)
    for a, b in product(PLACES[:5], PLACES[5:]):
        if connect(index, a.id, b.id, DAY, max_hops=2).paths:
            continue
        got = nearest_bridge(index, found, Question(index.number[a.id], index.number[b.id]))
        assert got == _slowly(index, a, b, goals)


def _slowly(index: Index, a: Party, b: Party, goals: dict[str, set[str]]) -> Bridge | None:
    found = ties(index, DAY)
    near, far = (
        {end.id: 0} | {index.parties[n].id: 1 for n in found.of(index.number[end.id]).tolist()}
        for end in (a, b)
    )
    for end, around in ((a, near), (b, far)):
        if len(around) == 1:
            return Bridge("alone", a.id, a.id, b.id, b.id, end.id)
    known = {party.id: party for party in (HOME, JAPAN, *PLACES)}
    best = [
        (near[one] + far[other], KINDS.index(kind), one, other, value)
        for one, other in product(near, far) if one != other
        for kind in ("place", "province", "country")
        if (value := _value(kind, known[one])) and value == _value(kind, known[other])
    ]  # fmt: skip
    best = best or [
        (near[one] + far[other], KINDS.index("goal"), one, other, goal)
        for one, other in product(near, far) if one != other
        for goal in sorted(goals.get(one, set()) & goals.get(other, set()) - {"17"}, key=int)
    ]  # fmt: skip
    if not best:
        return None
    _, kind, one, other, value = min(best)
    return Bridge(KINDS[kind], a.id, one, other, b.id, value)


def _value(kind: str, party: Party) -> str:
    if kind == "province":
        level = str(party.level)
        return (
            party.id
            if level == "province"
            else party.part_of
            if level in {"kabupaten", "kota"}
            else ""
        )
    if not str(party.level).startswith("foreign"):
        return ""
    if kind == "country":
        return party.country
    return party.part_of if party.part_of not in {"", party.country} else party.id


def test_hubs_with_thousands_of_partners_are_bridged_at_once() -> None:
    hubs = people(2)[1:]
    many = [make_party(f"m{n:05d}-jp", f"M{n}", f"M{n}", "foreign_local", "jp", "jp")
            for n in range(6_000)]  # fmt: skip
    stated = [agreement(f"a{n}", hubs[n % 2], other) for n, other in enumerate(many)]
    index, _ = read(batch(stated, parties=[HOME, JAPAN, *hubs, *many]))
    found = ties(index, DAY)
    start = time.process_time()
    got = nearest_bridge(index, found, Question(index.number["p00"], index.number["p01"]))
    assert time.process_time() - start < 0.5  # nine million pairs would take ten times as long
    assert got == Bridge("country", "p00", "m00000-jp", "m00001-jp", "p01", "jp")


# other terms ----------------------------------------------------------------------------------


def test_other_terms_name_what_would_have_to_be_renewed(tmp_path: Path) -> None:
    index = index_of(store_of(tmp_path, umbrella_world()))
    (lapsed,) = otherwise(index, Asked("35.15", "kobe-jp"), DAY)
    assert (lapsed.code, lapsed.renewed) == ("lapsed", ("old",))
    assert lapsed.asked.keep == TieFilter(with_lapsed=True)
    keep = TieFilter(instrument=Instrument.MOU)
    (plain,) = otherwise(index, Asked("35.25", "kochi-jp", keep), DAY)
    assert (plain.code, plain.asked, plain.renewed) == (
        "unfiltered", Asked("35.25", "kochi-jp"), ()
    )  # fmt: skip
    (allowed,) = otherwise(index, Asked("35.25", "kochi-jp", avoiding=("35.78",)), DAY)
    assert (allowed.code, allowed.path.parties[1]) == ("not-avoiding", "35.78")
    (straight,) = otherwise(index, Asked("35.25", "kochi-jp", through="35"), DAY)
    assert straight.code == "not-through"
    strict = Asked("35.15", "kobe-jp", TieFilter(category=Category.KSDD), avoiding=("35.78",))
    (anything,) = otherwise(index, strict, DAY)
    assert (anything.code, anything.renewed) == ("anything", ("old",))
    assert otherwise(index, Asked("35.15", "its"), DAY) == ()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_kind_of_bridge_has_its_sentence(lang: str) -> None:
    for kind in KINDS:
        for one, other in product(("x", "start"), ("y", "goal")):
            for via in (one, other, "z"):
                sentence = told(Bridge(kind, "start", one, other, "goal", via))
                names = dict.fromkeys(sentence.parties, "NAMA")
                words = say(lang, sentence.key, **names, topic="TEMA")
                assert words.count("NAMA") >= len(names)
                assert "%(" not in words
                assert ("TEMA" in words) == (kind == "goal")
    assert say(lang, told(None).key)
