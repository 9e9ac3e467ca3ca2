"""Needs and offers: which figures may meet, how much is covered, who comes first."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.exchange import (
    FIRM,
    KEPT,
    KIN,
    MEETS,
    Meeting,
    complements,
    covered,
    exchange,
    grade,
    lasts,
    measure,
    meetings,
    meets,
    serves,
)
from explorer.index import Index
from graph_loader import Direction, Flow
from graph_loader.model import Party, make_party
from graph_loader.reference import seed_flows
from tests.data.shipped import values
from tests.data.test_shipped import BASES
from tests.worlds import EAST_JAVA, EVERYONE, GRESIK, SIDOARJO, SURABAYA, batch, index_of, store_of

DAY = date(2026, 11, 25)


def need(party: str, commodity: str = "rice", basis: str = "gap", **more: object) -> Flow:
    return _flow(Direction.NEED, party, commodity, basis, **more)


def offer(party: str, commodity: str = "rice", basis: str = "surplus", **more: object) -> Flow:
    return _flow(Direction.OFFER, party, commodity, basis, **more)


def _flow(direction: Direction, party: str, commodity: str, basis: str, **more: object) -> Flow:
    plain = Flow("", party, direction, commodity, basis=basis, quantity=120.0, unit="ton/year",
                 year="2025")  # fmt: skip
    flow = replace(plain, **more)  # type: ignore[arg-type]
    amount = "" if flow.quantity is None else f"{flow.quantity:g}"
    return replace(flow, id=f"{party}.{direction}.{commodity}.{basis}.{flow.year}.{amount}")


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Parties on a line: Gresik, 111 km north of it Sidoarjo, 222 km Surabaya; no flows."""
    places = {"35.25": (-8.0, 112.0), "35.15": (-7.0, 112.0), "35.78": (-6.0, 112.0)}
    located: list[Party] = [
        replace(party, lat=places[party.id][0], lon=places[party.id][1])
        if party.id in places else party for party in EVERYONE
    ]  # fmt: skip
    lost = make_party("35.01", "Kabupaten Pacitan", "Pacitan Regency", "kabupaten", "id", "35")
    return index_of(store_of(tmp_path_factory.mktemp("flows"), batch([], parties=[*located, lost])))


def of(known: Index, *flows: Flow) -> Index:
    """The same parties with these needs and offers."""
    return replace(known, flows=flows)


def told(found: list[Meeting]) -> list[tuple[str, str, str]]:
    return [(met.need.party, met.offer.party, met.grade) for met in found]


def test_a_lack_meets_a_surplus_firmly_and_says_how_much_and_how_far(known: Index) -> None:
    index = of(known, need("35.25"), offer("35.15", quantity=30.0))
    (met,) = meetings(index, DAY)
    assert (met.grade, met.share, met.in_province) == ("firm", 0.25, False)
    assert met.km == pytest.approx(math.radians(1.0) * 6371.0)


@pytest.mark.parametrize(
    ("needs", "offers", "expected"),
    [
        ("gap", "surplus", "firm"),
        ("import", "surplus", "firm"),
        ("requirement", "surplus", "indicative"),
        ("gap", "production", "indicative"),
        ("requirement", "population", "indicative"),
        ("requirement", "shipment", "indicative"),
        ("generation", "capacity", "indicative"),
        ("generation", "surplus", ""),
        ("allocation", "capacity", "indicative"),
        ("allocation", "production", ""),
        ("gap", "stock", ""),
        ("gap", "trade", ""),
        ("trade", "surplus", ""),
        ("share", "surplus", ""),
    ],
)
def test_which_bases_meet_and_how_surely(
    known: Index, needs: str, offers: str, expected: str
) -> None:
    index = of(known, need("35.25", basis=needs), offer("35.15", basis=offers))
    assert [met.grade for met in meetings(index, DAY)] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("needed", "offered", "expected"),
    [("2021", "2021", "firm"), ("2020", "2025", "indicative"), ("2025", "2020", "indicative"),
     ("", "2025", "indicative"), ("2025-03", "2024-12", "firm")],
)  # fmt: skip
def test_an_old_figure_only_hints(needed: str, offered: str, expected: str) -> None:
    assert grade(need("35.25", year=needed), offer("35.15", year=offered), DAY) == expected


def test_what_is_only_forecast_is_not_told_before_its_year(known: Index) -> None:
    index = of(known, need("35.25", year="2027"), offer("35.15"))
    assert meetings(index, DAY) == []
    assert len(meetings(replace(index), date(2027, 1, 1))) == 1


def test_kindred_goods_meet_and_never_firmly_where_they_do_not_compare(known: Index) -> None:
    index = of(
        known,
        need("35.25", "beef"), offer("35.15", "cattle", "surplus"), offer("35.78", "beef"),
        need("35.15", "chilli"), offer("35.78", "birds-eye-chilli", quantity=60.0),
    )  # fmt: skip
    beef = meetings(index, DAY, commodity="beef")
    assert told(beef) == [("35.25", "35.78", "firm"), ("35.25", "35.15", "indicative")]
    assert [met.share for met in beef] == [1.0, None]
    (chilli,) = meetings(index, DAY, commodity="chilli")
    assert (chilli.grade, chilli.share) == ("firm", 0.5)
    assert serves("beef", "cattle")
    assert not serves("cattle", "beef")


@pytest.mark.parametrize(
    ("wanted", "given", "share"),
    [
        ((100.0, "ton/month"), (600.0, "ton/year"), 0.5),
        ((1.0, "ton/day"), (365.0, "ton/year"), 1.0),
        ((1000.0, "kg/month"), (6.0, "ton/year"), 0.5),
        ((10.0, "ton/year"), (50.0, "kuintal/year"), 0.5),
        ((100.0, "ekor/year"), (25.0, "ekor/year"), 0.25),
        ((340.0, "MW"), (0.17, "GW"), 0.5),
        ((100.0, "liter/second"), (50.0, "liter/second"), 0.5),
        ((31.536, "m3/year"), (0.001, "liter/second"), 1.0),
        ((8.0, "ton"), (2.0, "ton"), 0.25),
        ((100.0, "ton/year"), (100.0, "ton"), None),
        ((100.0, "ekor/year"), (100.0, "ekor"), None),
        ((100.0, "ekor/year"), (100.0, "ton/year"), None),
        ((100.0, "mmscfd"), (100.0, "BBtud"), None),
        ((100.0, "billion Rp/year"), (100.0, "billion Rp/year"), None),
        ((60.0, "% of need"), (60.0, "% of need"), None),
        ((31.0, "islands"), (31.0, "islands"), None),
        ((100.0, "ton/fortnight"), (100.0, "ton/fortnight"), None),
        ((None, ""), (100.0, "ton/year"), None),
        ((100.0, "ton/year"), (None, ""), None),
    ],
)
def test_like_is_set_beside_like_only(
    wanted: tuple[float | None, str], given: tuple[float | None, str], share: float | None
) -> None:
    one = need("35.25", quantity=wanted[0], unit=wanted[1])
    other = offer("35.15", quantity=given[0], unit=given[1])
    found = covered(one, other)
    assert found == (share if share is None else pytest.approx(share))


@pytest.mark.parametrize(
    ("wanted", "given", "months"),
    [
        ((100.0, "ton/month"), (450.0, "ton"), 4.5),
        ((1200.0, "ton/year"), (50_000.0, "kg"), 0.5),
        ((100.0, "ton/month"), (450.0, "ton/year"), None),
        ((100.0, "ton"), (450.0, "ton"), None),
        ((100.0, "ton/month"), (450.0, "ekor"), None),
        ((100.0, "ton/month"), (None, ""), None),
    ],
)
def test_an_amount_says_for_how_long_it_meets_a_need(
    wanted: tuple[float, str], given: tuple[float | None, str], months: float | None
) -> None:
    one = need("35.25", quantity=wanted[0], unit=wanted[1])
    other = offer("35.15", quantity=given[0], unit=given[1])
    found = lasts(one, other)
    assert found == (months if months is None else pytest.approx(months))


@given(
    st.floats(0.001, 1e9), st.sampled_from(["kg", "kuintal", "ton"]),
    st.sampled_from(["day", "week", "month", "year"]),
)  # fmt: skip
def test_a_quantity_covers_itself_and_twice_it_half(size: float, unit: str, period: str) -> None:
    one = need("35.25", quantity=size, unit=f"{unit}/{period}")
    assert covered(one, replace(one, id="o")) == 1.0
    twice = replace(one, quantity=2 * size)
    assert covered(twice, one) == pytest.approx(0.5)


def test_the_nearest_come_first_then_the_unknown_and_the_own_province(known: Index) -> None:
    index = of(known, need("35.25"), *(offer(id) for id in ("35", "35.01", "35.78", "35.15")))
    found = meetings(index, DAY)
    assert [met.offer.party for met in found] == ["35.15", "35.78", "35.01", "35"]
    assert [met.km is None for met in found] == [False, False, True, True]
    assert [met.in_province for met in found] == [False, False, False, True]


def test_firm_comes_before_near_and_needs_by_name(known: Index) -> None:
    index = of(
        known, need("35.78"), need("35.25", basis="requirement"), need("35.25", "beef"),
        offer("35.15", basis="production"), offer("35.01"), offer("35.78", "beef"),
    )  # fmt: skip
    assert told(meetings(index, DAY)) == [
        ("35.25", "35.78", "firm"),
        ("35.25", "35.15", "indicative"),
        ("35.25", "35.01", "indicative"),
        ("35.78", "35.01", "firm"),
        ("35.78", "35.15", "indicative"),
    ]


def test_of_a_region_the_newest_figure_counts_and_a_herd_only_alone(known: Index) -> None:
    index = of(
        known,
        need("35.25", "cattle", "requirement", unit="ekor/year"),
        offer("35.15", "cattle", "population", unit="ekor", year="2025"),
        offer("35.15", "cattle", "shipment", unit="ekor/year", year="2016"),
        offer("35.15", "cattle", "shipment", unit="ekor/year", year="2015", quantity=999.0),
        offer("35.78", "cattle", "population", unit="ekor", year="2021"),
    )
    found = {met.offer.party: met for met in meetings(index, DAY)}
    assert (found["35.15"].offer.year, found["35.15"].share) == ("2016", 1.0)
    assert (found["35.78"].offer.basis, found["35.78"].share) == ("population", None)


def test_a_region_with_a_surplus_of_its_own_has_no_need(known: Index) -> None:
    lacking, given = need("35.25", year="2023"), offer("35.15")
    before, since = offer("35.25", year="2022"), offer("35.25", year="2023")
    assert told(meetings(of(known, lacking, given, before), DAY)) == [("35.25", "35.15", "firm")]
    found = exchange(of(known, lacking, given, since), DAY)
    assert (found.meetings, found.answered, found.unmet) == ([], [lacking], [])


def test_a_need_that_nobody_meets_is_named(known: Index) -> None:
    garlic, own = need("35.25", "garlic"), offer("35.25", "garlic", "production")
    found = exchange(of(known, garlic, own, offer("35.15")), DAY)
    assert (found.meetings, found.unmet) == ([], [garlic])


def test_a_region_and_a_commodity_can_be_asked_for(known: Index) -> None:
    index = of(
        known, need("35.25"), offer("35.15"), need("35.78", "beef"), offer("35.25", "beef"),
        need("35.15", "salt"), offer("35.78", "salt"),
    )  # fmt: skip
    both = [("35.25", "35.15", "firm"), ("35.78", "35.25", "firm")]
    assert told(meetings(index, DAY, region="35.25")) == both
    assert told(meetings(index, DAY, commodity="salt")) == [("35.15", "35.78", "firm")]
    assert meetings(index, DAY, region="35.25", commodity="salt") == []
    assert complements(index, DAY)["35.15", "35.25"] == ("rice",)
    assert complements(index, DAY)["35.25", "35.15"] == ("rice",)


def test_of_very_many_the_best_are_told_and_all_are_counted(tmp_path: Path) -> None:
    """Sixty regencies on a line: every other one lacks rice, the rest have some, one perhaps."""
    ids = [f"35.{number:02d}" for number in range(1, 61)]
    parties = [
        make_party(id, id, id, "kabupaten", "id", "35", "", -7.0, 100.0 + place / 10)
        for place, id in enumerate(ids)
    ]
    flows = [need(id) if place % 2 else offer(id) for place, id in enumerate(ids)]
    flows[30] = offer(ids[30], basis="production")
    index = index_of(store_of(tmp_path, batch([], parties=parties, flows=flows)))
    found = exchange(index, DAY)
    assert set(found.possible.values()) == {30}
    for place, id in enumerate(ids):
        if place % 2:
            told_here = [met.offer.party for met in found.meetings if met.need.party == id]
            firm = [other for other in range(0, 60, 2) if other != 30]
            nearest = sorted(firm, key=lambda other: (abs(other - place), other))[:KEPT]
            assert {ids[other] for other in nearest} <= set(told_here)
            assert len(told_here) == len(set(told_here)) <= 30
    assert len(found.meetings) < 900


flows = st.builds(
    lambda side, party, good, basis, year, size: (need if side else offer)(
        party, good, basis, year=year, quantity=size
    ),
    st.booleans(), st.sampled_from([EAST_JAVA.id, GRESIK.id, SIDOARJO.id, SURABAYA.id, "35.01"]),
    st.sampled_from(["rice", "paddy", "beef", "cattle"]), st.sampled_from(sorted(BASES)),
    st.sampled_from(["", "2019", "2023", "2025", "2030"]), st.sampled_from([None, 1.0, 50.0]),
)  # fmt: skip


@given(st.lists(flows, max_size=12, unique_by=lambda flow: flow.id))
def test_whatever_is_loaded(known: Index, loaded: list[Flow]) -> None:
    """Every need that can meet is in exactly one place, and no better pair is left out."""
    found = exchange(of(known, *loaded), DAY)
    met_needs = {(met.need.party, met.need.commodity) for met in found.meetings}
    unmet = {(flow.party, flow.commodity) for flow in found.unmet}
    answered = {(flow.party, flow.commodity) for flow in found.answered}
    assert met_needs & unmet == met_needs & answered == unmet & answered == set()
    now = [flow for flow in loaded if not flow.year or int(flow.year) <= DAY.year]
    can = {(f.party, f.commodity) for f in now if f.basis in MEETS and f.direction == "need"}
    assert can == met_needs | unmet | answered
    for met in found.meetings:
        assert meets(met.need, met.offer)
        assert met.need.party != met.offer.party
        assert met.share is None or 0 < met.share <= 1
        assert (met.need.basis, met.offer.basis) in FIRM or met.grade == "indicative"
    pairs = {(met.need.party, met.need.commodity, met.offer.party) for met in found.meetings}
    for one, other in product(now, now):
        named = (one.party, one.commodity, other.party)
        if one in {met.need for met in found.meetings} and meets(one, other):
            assert named in pairs or one.party == other.party


def test_the_table_speaks_of_bases_and_goods_that_exist() -> None:
    offered = {basis for bases in MEETS.values() for basis in bases}
    assert set(MEETS) | offered | {basis for pair in FIRM for basis in pair} <= BASES
    goods = values("commodities.csv", "id")
    assert set(KIN) | {id for kin in KIN.values() for id in kin} <= goods


def test_cattle_and_energy_meet_on_the_shipped_rows_as_rice_does(tmp_path: Path) -> None:
    """Counted by hand in data/needs_offers.csv."""
    regions = {flow.party for flow in seed_flows()}
    parties = [make_party(id, id, id, "province") for id in sorted(regions)]
    index = index_of(store_of(tmp_path, batch([], parties=parties, flows=seed_flows())))
    pairs = {
        (met.need.commodity, met.need.party, met.offer.party): met for met in meetings(index, DAY)
    }
    quota = pairs["cattle", "31", "53.01"]
    assert quota.share == pytest.approx(60_000 / 336_000)
    assert pairs["cattle", "31", "35"].share == pytest.approx(310_000 / 336_000)
    assert pairs["cattle", "64", "53"].offer.basis == "population"
    assert pairs["electricity", "51", "35"].share == 1.0
    assert pairs["natural-gas", "32", "35"].grade == "firm"
    assert pairs["rice", "65", "35"].grade == "firm"
    assert ("rice", "35.07", "35.10") not in pairs
    assert ("beef", "31", "35") in pairs
    assert measure(quota.offer) is not None
