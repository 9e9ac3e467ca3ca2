"""Places are fixed: what a load brings moves nothing else, and no two share one."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from explorer.pictures.arrange import arrange
from explorer.pictures.labels import short
from explorer.pictures.places import (
    BOTTOM,
    EAST,
    HOME_HEIGHT,
    KINDS,
    LABELLED,
    TOP,
    WEST,
    WORLD,
    band_of,
    group_of,
    home_map,
    home_province,
    places,
)  # fmt: skip
from graph_loader import Level
from graph_loader.model import make_party
from tests.explorer.pictures import numbers, partner, shipped, view_of
from tests.worlds import EAST_JAVA, EVERYONE, GRESIK, KOBE, OSAKA, agreement, batch, umbrella_world


def test_one_more_party_and_agreement_move_no_group(tmp_path: Path) -> None:
    before = places(view_of(tmp_path / "a", umbrella_world()).index)
    more = batch(
        [agreement("new", GRESIK, "perth-au"), agreement("newer", GRESIK, "kyoto-jp")],
        parties=[*EVERYONE, partner("perth-au", "au"), partner("kyoto-jp", "jp")],
        source="more",
    )
    after = places(view_of(tmp_path / "b", umbrella_world(), more).index)
    assert after == before


def test_one_more_party_in_a_country_moves_no_other_block(tmp_path: Path) -> None:
    extra = [partner("perth-au", "au"), partner("kyoto-jp", "jp")]
    world = batch([agreement("x", GRESIK, EAST_JAVA)], parties=[*EVERYONE, *extra])
    index = view_of(tmp_path, world).index
    shown = ["35.25", "osaka-jp", "its"]
    before = arrange(index, numbers(index, *shown)).places
    after = arrange(index, numbers(index, *shown, "kyoto-jp")).places
    assert {id: after[id] for id in before if id not in {"osaka-jp"}} == {
        id: place for id, place in before.items() if id != "osaka-jp"
    }
    assert after["kyoto-jp"] < after["osaka-jp"]


def test_the_shipped_home_province_is_jawa_timur_with_all_38_regions() -> None:
    index = shipped().index
    assert home_province(index) == "35"
    assert sorted(places(index).home) == sorted(
        ["35", *(p.id for p in index.parties if p.part_of == "35" and p.level in _REGENCIES)]
    )
    assert len(places(index).home) == 39


_REGENCIES = {Level.KABUPATEN, Level.KOTA}


def test_no_two_groups_share_a_place() -> None:
    fixed = places(shipped().index).group
    for (_, one), (_, other) in combinations(fixed.items(), 2):
        assert abs(one[0] - other[0]) > 20 or abs(one[1] - other[1]) > 20


@pytest.mark.parametrize("lang", ["id", "en"])
def test_labels_of_the_home_regions_stand_apart(lang: str) -> None:
    index = shipped().index
    width = {}
    for id in places(index).home:
        party = index.parties[index.number[id]]
        width[id] = 7.2 * len(short(party.name_en if lang == "en" else party.name_id, party.level))
    for one, other in combinations(sorted(places(index).home), 2):
        (x1, y1), (x2, y2) = places(index).home[one], places(index).home[other]
        across, down = abs(x1 - x2), abs(y1 - y2)
        assert across >= (width[one] + width[other]) / 2 or down >= LABELLED - 10, (one, other)


def test_west_stays_west_and_north_stays_north() -> None:
    home = places(shipped().index).home
    banyuwangi, pacitan, tuban, malang = (home[id] for id in ("35.10", "35.01", "35.23", "35.07"))
    assert pacitan[0] < tuban[0] < banyuwangi[0]
    assert tuban[1] < malang[1]


def test_home_regions_stay_on_their_ground() -> None:
    frame = next(frame for frame in places(shipped().index).frames if frame.title == "35")
    for x, y in places(shipped().index).home.values():
        assert frame.x < x < frame.x + frame.width
        assert TOP < y < BOTTOM


def test_every_party_has_a_group_and_every_group_a_place() -> None:
    index = shipped().index
    groups = {group_of(party, "35") for party in index.parties}
    assert groups <= set(places(index).group)
    assert {band_of(group) for group in groups} == {"world", "west", "east", "kinds"}


def test_each_slot_is_drawn_up_once() -> None:
    countries = [code for columns in WORLD.values() for c in columns for code in c.split()]
    provinces = [
        code for row in (*WEST, *EAST) for code in row.split() if code not in {".", "province"}
    ]
    assert len(countries) == len(set(countries))
    assert len(KINDS) == len(set(KINDS))
    known = {p.id for p in shipped().index.parties if p.level is Level.PROVINCE}
    assert sorted(provinces) == sorted(known)


@pytest.mark.parametrize(
    ("id", "group"),
    [("osaka-jp", "jp"), ("35.25", "35.25"), ("33.74", "33"), ("31", "31"), ("its", "kind.other"),
     ("jp", "jp"), ("suva-xx", "rest"), ("unicef", "international"), ("id", "kind.ministry"),
     ("99.01", "province"), ("99", "province")],
)  # fmt: skip
def test_the_group_of_a_party(id: str, group: str, tmp_path: Path) -> None:
    extra = [
        make_party("33.74", "Kota Semarang", "Semarang City", "kota", "id", "33"),
        make_party("31", "Provinsi DKI Jakarta", "Jakarta", "province"),
        partner("suva-xx", "xx"),
        make_party("99", "Provinsi Baru", "New Province", "province"),
        make_party("99.01", "Kabupaten Baru", "New Regency", "kabupaten", "id", "99"),
        make_party("unicef", "UNICEF", "UNICEF", "foreign_institution", ""),
    ]
    parties = {party.id: party for party in [*EVERYONE, *extra]}
    assert group_of(parties[id], "35") == group


def test_regions_without_coordinates_stand_in_a_row() -> None:
    found = home_map([GRESIK, make_party("35.15", "Kabupaten Sidoarjo", "S", "kabupaten")])
    assert {y for _, y in found.values()} == {HOME_HEIGHT / 2}
    assert len({x for x, _ in found.values()}) == 2


def test_parties_drawn_one_by_one_never_share_a_place() -> None:
    index = shipped().index
    everyone = np.flatnonzero(np.diff(index.of_party.indptr) > 0)
    found = list(arrange(index, everyone.tolist()).places.values())
    assert len(found) == len(set(found)) >= len(everyone)


def test_without_the_home_province_no_map_is_drawn(tmp_path: Path) -> None:
    index = view_of(tmp_path, umbrella_world()).index
    found = arrange(index, numbers(index, OSAKA.id, KOBE.id))
    assert sorted(found.places) == ["kobe-jp", "osaka-jp"]
    assert found.quiet == ()
    assert [frame.title for frame in found.frames] == ["jp"]
