"""A timeline is drawn only as far as its agreements are known, and shows each of them once."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from explorer.index import STATUSES
from explorer.pages import parts
from explorer.pictures.spans import GROUPINGS, Spans, a_few, category_name, groups, spans
from explorer.pictures.timeline import NARROW, WIDE, Axis, Plan, timeline_svg
from explorer.profile import completeness, goal_counts
from explorer.service import View
from graph_loader import Category, Instrument, Status
from tests.explorer.pictures import HOSTILE, numbers, partner, shipped, view_of
from tests.worlds import (
    EAST_JAVA,
    EVERYONE,
    GRESIK,
    KOBE,
    KOCHI,
    OSAKA,
    SIDOARJO,
    SURABAYA,
    agreement,
    batch,
)  # fmt: skip

SVG = "{http://www.w3.org/2000/svg}"
WORLD = (
    agreement("running", GRESIK, OSAKA, signed="2020-01-15", ends="2030-06-30"),
    agreement("open", GRESIK, KOCHI, signed="2005"),
    agreement("lapsed", GRESIK, KOBE, signed="2010-03-01", ends="2015-03-01"),
    agreement("talks", GRESIK, SURABAYA, instrument=Instrument.LOI, signed="2018-05"),
    agreement("late-half", GRESIK, EAST_JAVA, ends="2012"),
    agreement("undated", GRESIK, SIDOARJO),
)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> View:
    """Gresik and one agreement of each kind."""
    return view_of(tmp_path_factory.mktemp("timeline"), batch(WORLD))


def everything(shown: View, grouping: str = "status") -> Spans:
    """All agreements of a view, as a timeline has them."""
    every = np.ones(len(shown.index.agreement_ids), dtype=np.bool_)
    return spans(shown, every, "id", grouping)  # type: ignore[arg-type]


def drawn(shown: View, plan: Plan = WIDE) -> tuple[ET.Element, Axis]:
    """The whole timeline of a view, and its axis."""
    found = everything(shown)
    bars = groups(shown, found, range(len(found)), "id", lambda id: f"/p/{id}", "35.25")
    svg = timeline_svg(bars, found.reach, shown.day, "hari ini", "Judul", plan)
    return ET.fromstring(str(svg)), Axis(plan, *found.reach)


def row(tree: ET.Element, id: str) -> ET.Element:
    """The row of an agreement."""
    return next(found for found in tree.iter(f"{SVG}a") if found.get("href") == f"/p/{id}")


def kinds(found: ET.Element) -> list[str]:
    """What a row's bar is made of."""
    return [one.get("class", "").split()[-1] for one in found.iter(f"{SVG}rect") if "bar" in
            one.get("class", "")]  # fmt: skip


def ends(found: ET.Element) -> tuple[float, float]:
    """Where the first part of a row's bar begins and ends."""
    bar = next(one for one in found.iter(f"{SVG}rect") if "bar" in one.get("class", ""))
    return float(bar.get("x", "")), float(bar.get("x", "")) + float(bar.get("width", ""))


@pytest.mark.parametrize("plan", [WIDE, NARROW], ids=["wide", "narrow"])
def test_a_bar_reaches_from_signing_to_end_as_far_as_both_are_known(
    small: View, plan: Plan
) -> None:
    tree, axis = drawn(small, plan)

    def at(*day: int) -> object:
        return pytest.approx(axis.at(date(*day).toordinal()), abs=0.2)

    assert kinds(row(tree, "running")) == ["running"]
    assert ends(row(tree, "running")) == (at(2020, 1, 15), at(2030, 6, 30))
    assert kinds(row(tree, "lapsed")) == ["past"]
    assert ends(row(tree, "lapsed")) == (at(2010, 3, 1), at(2015, 3, 1))
    # of the year alone is known that it was signed then: a dotted line, and the bar after it
    year = next(one for one in row(tree, "open").iter(f"{SVG}line"))
    assert (float(year.get("x1", "")), float(year.get("x2", ""))) == (
        at(2005, 1, 1),
        at(2005, 12, 31),
    )
    assert kinds(row(tree, "open")) == ["running", "pale", "faded", "faded", "faded"]
    assert ends(row(tree, "open"))[0] == at(2005, 12, 31)
    # talks have no end, and what began nobody knows when has no beginning
    assert kinds(row(tree, "talks")) == []
    assert "talk" in next(one for one in row(tree, "talks").iter(f"{SVG}circle") if "talk" in
                          one.get("class", "")).get("class", "")  # fmt: skip
    assert kinds(row(tree, "late-half")) == ["faded", "faded", "faded", "past"]
    today = next(one for one in tree.iter(f"{SVG}line") if one.get("class") == "today")
    assert float(today.get("x1", "")) == at(2026, 11, 25)


def test_what_is_known_of_an_end_is_said_in_words(small: View) -> None:
    tree, _ = drawn(small)
    words = {id: [one.text for one in row(tree, id).iter(f"{SVG}text")][-1] for id in
             ("running", "open", "lapsed", "talks")}  # fmt: skip
    assert words == {
        "running": "sampai 2030", "open": "terbuka, disebut 2005", "lapsed": "habis masa 2015",
        "talks": "penjajakan 2018",
    }  # fmt: skip
    assert row(tree, "talks").findtext(f"{SVG}title", "").count("ditandatangani Mei 2018") == 1


def test_what_has_no_date_is_not_drawn_and_is_said(small: View) -> None:
    every = np.ones(len(WORLD), dtype=np.bool_)
    picture = parts.timeline(small, everything(small), "id", range(9), "35.25")
    assert picture is not None
    assert not [one for one in picture.notes if "Tergambar" in one]
    assert "1 perjanjian belum bertanggal" in picture.notes[0]
    only = every & False
    only[small.index.agreement_number["undated"]] = True
    assert parts.timeline(small, spans(small, only, "id"), "id", range(9)) is None
    assert "/p/undated" not in str(ET.tostring(drawn(small)[0]))


@pytest.mark.parametrize("grouping", GROUPINGS)
def test_every_agreement_has_one_place_the_undated_after_all_others(grouping: str) -> None:
    shown = shipped()
    found, index = everything(shown, grouping), shown.index
    assert sorted(found.numbers.tolist()) == list(range(len(index.agreement_ids)))
    known = (index.signed_first[found.numbers] > 0) | (index.ends_last[found.numbers] > 0)
    assert known[: found.dated].all()
    assert not known[found.dated :].any()
    groups_met = found.group[: found.dated].tolist()
    assert groups_met == sorted(groups_met)
    days = index.signed_first[found.numbers[: found.dated]]
    for group in set(groups_met):
        mine = days[found.group[: found.dated] == group].tolist()
        assert mine == sorted(mine, reverse=True)


def test_a_group_is_the_one_country_abroad_or_else_the_category() -> None:
    shown = shipped()
    found, index = everything(shown, "mitra"), shown.index
    for number, group in zip(found.numbers.tolist(), found.group.tolist(), strict=True):
        members = [index.parties[n] for n in index.members_of(number).tolist()]
        abroad = {party.country for party in members} - {"", "id"}
        heading = found.headings[group]
        if len(abroad) == 1:
            assert heading == index.name(abroad.pop(), "id")
        elif abroad:
            assert heading == "Beberapa negara"
        elif index.category[number]:
            assert heading in {
                "Antardaerah (KSDD)", "Dengan pihak ketiga (KSDPK)",
                "Dengan instansi pusat (sinergi)",
                "Dengan lembaga luar negeri (KSDLL)",  # of no single country
            }  # fmt: skip
        else:
            assert heading == "Antarpihak tanpa daerah"


def test_a_few_show_every_group_and_say_of_how_many() -> None:
    shown = shipped()
    found = everything(shown)
    at = a_few(found, 16)
    assert len(at) == len(set(at)) == 16
    sizes = Counter(found.group[: found.dated].tolist())
    assert set(found.group[at].tolist()) == set(sizes)
    bars = groups(shown, found, at, "en", lambda _: "")
    assert [int(re.findall(r"of (\d+)\)", heading)[0]) for heading, _ in bars] == [
        sizes[group] for group in sorted(sizes)
    ]
    for group in sizes:  # the newest of each
        places = [n for n in range(found.dated) if found.group[n] == group]
        taken = [n for n in at if found.group[n] == group]
        assert taken == places[: len(taken)]
    assert a_few(everything(shown), 10_000) == list(range(found.dated))


def test_names_are_inert_and_years_do_not_touch(tmp_path: Path) -> None:
    evil = partner("evil-jp", "jp", HOSTILE)
    world = batch([agreement("a", GRESIK, evil, signed="1960")], parties=[*EVERYONE, evil])
    for plan in (WIDE, NARROW):
        tree, axis = drawn(view_of(tmp_path / str(plan.width), world), plan)
        assert HOSTILE in "".join(one.text or "" for one in tree.iter(f"{SVG}title"))
        assert "style" not in {name for one in tree.iter() for name in one.attrib}
        places = [axis.at(date(year, 1, 1).toordinal()) for year in axis.years()]
        assert len(places) >= 3
        assert all(b - a > 30 for a, b in pairwise(places))


def test_goals_and_completeness_are_counted_as_by_hand() -> None:
    shown = shipped()
    index = shown.index
    mine = index.agreements_of(numbers(index, "35")[0])
    documents = shown.documents([index.agreement_ids[n] for n in mine.tolist()])
    status = {index.agreement_ids[n]: STATUSES[index.status(shown.day)[n]] for n in mine.tolist()}
    for count in goal_counts(index, shown.day, mine):
        serving = [one for one in documents if str(count.goal) in
                   {tag.topic.split(".")[0] for tag in one.topics}]  # fmt: skip
        assert count.total == len(serving)
        assert count.in_force == sum(status[one.id].in_force for one in serving)
        assert count.past == sum(status[one.id] in {Status.LAPSED, Status.ENDED} for one in serving)
    found = completeness(index, shown.day, mine)
    signed = [one.signed for one in documents]
    assert found.total == len(documents) == found.to_the_day + found.less_closely + found.undated
    assert found.to_the_day == sum(day is not None and day.precision == 3 for day in signed)
    assert found.undated == signed.count(None)
    undertaken = [one for one in documents if status[one.id] is not Status.EXPLORATION]
    assert found.undertakings == len(undertaken)
    assert found.endless == sum(one.ends is None for one in undertaken)
    assert found.topicless == sum(not one.topics for one in documents)
    assert found.sourceless == sum(not one.page for one in documents)


def test_an_agreement_is_coloured_by_whom_it_is_with(small: View) -> None:
    number = small.index.agreement_number
    assert category_name(small.index, number["running"]) == Category.KSDPL.value
    assert category_name(small.index, number["talks"]) == Category.KSDD.value
