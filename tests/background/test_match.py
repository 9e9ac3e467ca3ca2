"""Which party a place of a world list is: by name, country, level and where it lies."""

from __future__ import annotations

from itertools import product
from time import process_time
from typing import Final

import pytest

from graph_loader.background import Doubt, Matches, match_places, place_id
from graph_loader.background.places import distance_km
from graph_loader.model import Party, Place, make_party
from graph_loader.reference import reference_batch

PARTIES: Final = reference_batch().parties
"""The parties that every store knows: real ones, with all their spellings."""


def place(name: str, country: str, lat: float | None = None, lon: float | None = None) -> Place:
    return Place(place_id(name, country), name, country, lat, lon)


def matched(*places: Place, parties: tuple[Party, ...] = PARTIES) -> dict[str, str]:
    """The party of each place that is one."""
    return dict(match_places(places, parties).party)


def doubts(*places: Place) -> list[tuple[str, tuple[str, ...], str, bool]]:
    found = match_places(places, PARTIES).doubtful
    return [(one.place, one.parties, one.why, one.taken) for one in found]


@pytest.mark.parametrize(
    ("name", "country", "party"),
    [
        ("Surabaya", "id", "35.78"), ("SURABAYA", "id", "35.78"), ("Kota Surabaya", "id", "35.78"),
        ("Surabaya City", "id", "35.78"), ("Sidoarjo", "id", "35.15"),
        ("Sidoarjo Regency", "id", "35.15"), ("East Java", "id", "35"), ("Jawa Timur", "id", "35"),
        ("Banten", "id", "36"), ("Jakarta", "id", "31"), ("Yogyakarta", "id", "34.71"),
        ("Kōchi", "jp", "kochi-jp"), ("Osaka Prefecture", "jp", "osaka-prefecture-jp"),
        ("Xi'an", "cn", "xian-cn"), ("Cebu", "ph", "cebu-city-ph"),
        ("Cebu City", "ph", "cebu-city-ph"),
        ("Queensland", "au", "queensland-au"), ("Shandong Province", "cn", "shandong-province-cn"),
        ("Sumqayit", "az", "sumgait-az"), ("Guangzhou", "cn", "guangzhou-cn"),
    ],
)  # fmt: skip
def test_a_known_party_is_found_by_any_spelling(name: str, country: str, party: str) -> None:
    one = place(name, country)
    assert matched(one) == {one.id: party}


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Surabaya", "sr"), ("Osaka", "jp"), ("Kyoto", "jp"), ("Békés", "hu"), ("Kathmandu", "np"),
        ("Kota Sidoarjo", "id"), ("Kabupaten Surabaya", "id"), ("Provinsi Surabaya", "id"),
        ("Moscow Oblast", "ru"), ("Los Angeles County", "us"), ("Kota Tua (Jakarta)", "id"),
        ("Nowhere", "id"), ("Indonesia", "id"), ("Jepang", "jp"),
    ],
)  # fmt: skip
def test_a_name_of_another_country_or_level_is_another_place(name: str, country: str) -> None:
    assert matched(place(name, country)) == {}


def test_a_city_is_not_its_prefecture_and_a_person_is_told() -> None:
    assert doubts(place("Osaka", "jp"), place("Moscow Oblast", "ru")) == [
        ("osaka.jp", ("osaka-prefecture-jp",), "level", False)
    ]


def test_two_of_one_name_far_apart_are_two() -> None:
    near, far = place("Surabaya", "id", -7.25, 112.75), place("Surabaya", "id", -1.27, 116.83)
    assert matched(near) == {near.id: "35.78"}
    assert matched(far) == {}
    (doubt,) = match_places([far], PARTIES).doubtful
    assert (doubt.why, doubt.parties, doubt.taken) == ("far", ("35.78",), False)
    assert doubt.km == pytest.approx(805, abs=15)


@pytest.mark.parametrize(
    ("lat", "lon", "first"),
    [(None, None, "35.73"), (-7.98, 112.62, "35.73"), (-8.13, 112.57, "35.07")],
)
def test_malang_is_the_kota_unless_it_lies_in_the_kabupaten(
    lat: float | None, lon: float | None, first: str
) -> None:
    malang = place("Malang", "id", lat, lon)
    (other,) = {"35.73", "35.07"} - {first}
    assert matched(malang) == {"malang.id": first}
    assert doubts(malang) == [("malang.id", (first, other), "namesake", True)]


def test_who_says_kota_or_kabupaten_is_not_doubted() -> None:
    named = [place("Malang City", "id"), place("Malang Regency", "id", -8.13, 112.57)]
    assert set(matched(*named).values()) == {"35.73", "35.07"}
    assert doubts(*named) == []


def test_a_name_that_is_almost_the_same_nearby_is_told_and_not_taken() -> None:
    spelt = place("Kotchi", "jp", 33.56, 133.53)
    assert match_places([spelt], PARTIES) == Matches(
        {}, (Doubt("kotchi.jp", ("kochi-jp",), "alike", 1),)
    )
    assert match_places([place("Kotchi", "jp", 35.0, 139.0)], PARTIES) == Matches({}, ())


def test_a_foreign_county_may_bear_the_name_of_its_town() -> None:
    town = make_party("x", "Wilayah Bekes", "Bekes County", "foreign_local", "hu", "hu", "county")
    bare = make_party("y", "Bekes", "Bekes", "foreign_local", "hu", "hu", "county")
    assert matched(place("Bekes", "hu"), parties=(town,)) == {}
    assert matched(place("Bekes", "hu"), parties=(bare,)) == {"bekes.hu": "y"}


def test_no_match_is_farther_than_it_may_be_and_none_leaves_its_country() -> None:
    spots = [
        (lat / 10, lon / 10) for lat, lon in product(range(-95, -60, 5), range(1100, 1150, 10))
    ]
    places = [
        Place(f"p{n}-{at}.id", name, "id", *spot)
        for n, name in enumerate(("Malang", "Kediri", "Surabaya", "Gresik", "Kota Blitar"))
        for at, spot in enumerate(spots)
    ]
    known = {party.id: party for party in PARTIES}
    found = match_places(places, PARTIES)
    assert 0 < len(found.party) < len(places)
    for one in places:
        party = known.get(found.party.get(one.id, ""))
        if party and party.lat is not None and party.lon is not None:
            assert party.country == one.country
            assert distance_km((one.lat or 0, one.lon or 0), (party.lat, party.lon)) <= 80


def test_a_world_of_places_is_matched_in_a_moment() -> None:
    words = ("Ban", "Kra", "Lin", "Mor", "Sen", "Tol", "Vas", "Wer", "Xan", "Zem", "Nov", "Pod")
    names = ["".join(parts).title() for parts in product(words, words, words)]
    countries = ("jp", "cn", "us", "de", "au", "kr", "my", "id", "ru", "th")
    places = [
        Place(place_id(name, country), name, country, 10.0, 100.0)
        for name, country in product(names, countries)
    ]
    assert len(places) == 17_280
    began = process_time()
    match_places(places, PARTIES)
    assert process_time() - began < 2  # 0.2 s alone on one core of 2024; the rest is for others
