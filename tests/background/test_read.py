"""Lists of twin towns as people have them: headings or none, both directions, odd countries."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_loader.background import Links, place_id, read_links
from graph_loader.background.places import distance_km
from graph_loader.errors import BadFile
from graph_loader.model import BackgroundLink, Place, Problem

HEADINGS = "city1,country1,lat1,lng1,city2,country2,lat2,lng2"
VARNA = "Varna,Bulgaria,43.2167,27.9167,Surabaya,Indonesia,-7.2458,112.7378"
BACK = "Surabaya,Indonesia,-7.2458,112.7378,Varna,Bulgaria,43.2167,27.9167"


def listed(tmp_path: Path, *rows: str, name: str = "daftar.csv") -> Path:
    """A list of these rows as a file."""
    path = tmp_path / name
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def read(tmp_path: Path, *rows: str) -> Links:
    """What a list of these rows amounts to."""
    return read_links(listed(tmp_path, *rows))


def told(links: Links) -> list[tuple[str, int, str, str]]:
    """Each problem as code, row, column and value."""
    return [(one.code, one.row, one.column, one.value) for one in links.problems]


def test_both_directions_are_one_link(tmp_path: Path) -> None:
    found = read(tmp_path, HEADINGS, VARNA, BACK)
    assert found.places == (
        Place("surabaya.id", "Surabaya", "id", -7.2458, 112.7378),
        Place("varna.bg", "Varna", "bg", 43.2167, 27.9167),
    )
    assert found.links == (BackgroundLink("surabaya.id", "varna.bg"),)
    assert (found.years, found.problems, found.rows) == ((0,), (), 2)
    assert found.lines == {"surabaya.id": 2, "varna.bg": 2}


@pytest.mark.parametrize(
    "rows",
    [
        ("Varna,Bulgaria,Surabaya,Indonesia,1996",),
        ("city,country,city,country,year", "Varna,Bulgaria,Surabaya,Indonesia,1996"),
        ("Kota A;Negara A;Kota B;Negara B;Sejak", "Varna;Bulgaria;Surabaya;Indonesia;21-6-1996"),
        ("country_1,city_1,year,city_2,country_2", "Bulgaria,Varna,1996,Surabaya,Indonesia"),
        ("Town\tCountry\tTwin town\tCountry\tYear", "Varna\tBG\tSurabaya\tIDN\t1996"),
        ("Varna,Bulgaria,,,Surabaya,Indonesia,,,1996",),
    ],
)
def test_every_layout_that_is_documented_is_read(tmp_path: Path, rows: tuple[str, ...]) -> None:
    found = read(tmp_path, *rows)
    assert found.links == (BackgroundLink("surabaya.id", "varna.bg"),)
    assert (found.years, found.problems, found.rows) == ((1996,), (), 1)


@pytest.mark.parametrize(
    "first", ["a,b,c", "city1,country1,city2", "city1,city2,lat1,lat2", "one cell alone"]
)
def test_a_list_of_other_columns_is_refused(tmp_path: Path, first: str) -> None:
    with pytest.raises(BadFile, match="twin-columns"):
        read(tmp_path, first, "Varna,Bulgaria,Surabaya,Indonesia")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("England", "gb"), ('"England, United Kingdom"', "gb"), ("Scotland", "gb"),
        ("Georgia (country)", "ge"), ('"Georgia, United States"', "us"),
        ('"Réunion, France"', "re"), ('"Algarve, Portugal"', "pt"), ("Republic of Ireland", "ie"),
        ("Tiongkok", "cn"), ("South Korea", "kr"), ("jp", "jp"), ("Northern Cyprus", "cy"),
        ("Côte d'Ivoire", "ci"), ("Ivory Coast", "ci"), ("Kosovo", "xk"), ("Palestine", "ps"),
    ],
)  # fmt: skip
def test_countries_are_known_by_what_lists_write(tmp_path: Path, written: str, code: str) -> None:
    found = read(tmp_path, "city,country,city,country", f"X,{written},Surabaya,Indonesia")
    assert place_id("X", code) in {place.id for place in found.places}


def test_a_country_may_stand_in_the_cell_of_the_place(tmp_path: Path) -> None:
    rows = ('"Varna, Bulgaria",,Surabaya,Indonesia', "Falkland Islands,,Surabaya,Indonesia")
    found = read(tmp_path, "city,country,city,country", *rows)
    assert [place.id for place in found.places] == [
        "falkland-islands.fk",
        "surabaya.id",
        "varna.bg",
    ]


def test_all_that_cannot_be_read_is_told_at_once(tmp_path: Path) -> None:
    found = read(
        tmp_path, "city1,country1,lat1,lng1,city2,country2,lat2,lng2,year",
        "Varna,Bulgaria,43.2,27.9,Surabaya,Indonesia,-7.2,112.7,1996",
        "Almaty,Kazakhstah,1,1,Surabaya,Indonesia,1,1,",
        "Rlyeh,Atlantis,1,1,Surabaya,Indonesia,1,1,",
        "Oz,Atlantis,1,1,Surabaya,Indonesia,1,1,",
        "Varna,Bulgaria,,,,Indonesia,,,",
        "Varna,Bulgaria,,,Nowhere,,,,",
        "???,Bulgaria,,,Surabaya,Indonesia,,,",
        "Varna,Bulgaria,,,VARNA,bulgaria,,,",
        "Varna,Bulgaria,99,27.9,Surabaya,Indonesia,x,112.7,soon",
    )  # fmt: skip
    assert told(found) == [
        ("twin-country-like", 3, "country1", "Kazakhstah"),
        ("twin-country-unknown", 4, "country1", "Atlantis"),
        ("twin-cell-empty", 6, "city2", ""),
        ("twin-country-missing", 7, "country2", ""),
        ("twin-name-unusable", 8, "city1", "???"),
        ("twin-of-itself", 9, "city2", "VARNA"),
        ("twin-coordinates", 10, "lat1", "99, 27.9"),
        ("twin-coordinates", 10, "lat2", "x, 112.7"),
        ("twin-year", 10, "year", "soon"),
    ]
    assert {one.code for one in found.problems if one.severity == "doubtful"} == {
        "twin-of-itself", "twin-coordinates", "twin-year",
    }  # fmt: skip
    like, unknown = found.problems[:2]
    assert dict(like.params) == {"n": "1", "name": "Kazakhstan"}
    assert dict(unknown.params) == {"n": "2"}
    assert found.links == (BackgroundLink("surabaya.id", "varna.bg"),)
    assert (found.years, found.rows) == ((1996,), 9)


@pytest.mark.parametrize("name", ["=1+1", "<script>alert(1)</script>", "‹Œ“s", "Kob\ufffd"])
def test_what_is_no_name_at_all_is_left_out(tmp_path: Path, name: str) -> None:
    found = read(tmp_path, "city,country,city,country", f"{name},Japan,Surabaya,Indonesia")
    assert told(found) == [("twin-name-unusable", 2, "city", name)]
    assert found.places == ()


def test_one_name_in_two_places_is_doubted_and_the_commoner_is_taken(tmp_path: Path) -> None:
    rows = [
        f"Leon,Spain,{spot},Surabaya,Indonesia,-7.2,112.7" for spot in ("41.6,-4.7", "42.6,-5.6")
    ]
    found = read(tmp_path, HEADINGS, *rows, rows[1].replace("Surabaya", "Malang"))
    leon = next(place for place in found.places if place.country == "es")
    assert (leon.lat, leon.lon) == (42.6, -5.6)
    (problem,) = found.problems
    params = (("km", "134"), ("lat", "42.6"), ("lon", "-5.6"))
    assert problem == Problem("twin-spots", "doubtful", "daftar.csv", "", 2, "lat1", "Leon", params)


def test_the_commonest_spelling_is_shown(tmp_path: Path) -> None:
    rows = [f"{name},Japan,Surabaya,Indonesia" for name in ("Kochi", "Kōchi", "Kōchi", "KOCHI")]
    found = read(tmp_path, *rows)
    assert [place.name for place in found.places] == ["Kōchi", "Surabaya"]
    assert found.places[0].id == "kochi.jp"


def test_letters_that_ascii_lacks_keep_places_apart() -> None:
    ids = {place_id(name, "az") for name in ("Gədəbəy", "Gdby", "Gadabay", "gədəbəy", "日本")}
    assert len(ids) == 4
    assert all(id.isascii() and id.endswith(".az") and not id.startswith("-") for id in ids)


def test_a_workbook_is_a_list_too(tmp_path: Path) -> None:
    import xlsxwriter  # type: ignore[import-untyped]

    path = tmp_path / "daftar.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Catatan").write_row(0, 0, ["Disusun", "2026"])
        hidden, sheet = book.add_worksheet("Lama"), book.add_worksheet("Kembar")
        hidden.hide()
        hidden.write_row(0, 0, ["Ueda", "Japan", "Kochi", "Japan"])
        for at, row in enumerate([HEADINGS, VARNA]):
            sheet.write_row(at, 0, row.split(","))
        sheet.write_row(2, 0, ["Oz", "Atlantis", 1, 1, "Malang", "Indonesia", 1, 1])
    found = read_links(path)
    assert found.links == (BackgroundLink("surabaya.id", "varna.bg"),)
    assert [(one.sheet, one.row, one.column) for one in found.problems] == [
        ("Kembar", 3, "country1")
    ]


NAMES = st.sampled_from(["Osaka", "osaka", "Ōsaka", "Kochi", "Kōchi", "Ueda", "Xi'an"])
COUNTRIES = st.sampled_from(["Japan", "Jepang", "jp", "China", "Tiongkok"])
END = st.tuples(NAMES, COUNTRIES)


@settings(max_examples=60, deadline=None)
@given(pairs=st.lists(st.tuples(END, END), min_size=1, max_size=12), data=st.data())
def test_order_and_direction_of_rows_change_nothing(
    tmp_path_factory: pytest.TempPathFactory,
    pairs: list[tuple[tuple[str, str], tuple[str, str]]],
    data: st.DataObject,
) -> None:
    folder = tmp_path_factory.mktemp("lists")
    turned = [pair[::-1] if data.draw(st.booleans()) else pair for pair in pairs]
    turned = data.draw(st.permutations(turned))
    head = "city,country,city,country"
    one, other = (
        read(folder, head, *(",".join([*a, *b]) for a, b in rows)) for rows in (pairs, turned)
    )
    assert (one.places, one.links, one.years) == (other.places, other.links, other.years)
    assert all(link.a < link.b for link in one.links)
    named = {id for link in one.links for id in (link.a, link.b)}
    assert named == {place.id for place in one.places}


def test_distance_is_that_of_the_globe() -> None:
    assert distance_km((0.0, 0.0), (0.0, 180.0)) == pytest.approx(20_015, abs=10)
    assert distance_km((-7.25, 112.75), (-7.25, 112.75)) == 0
    assert distance_km((51.5074, -0.1278), (48.8566, 2.3522)) == pytest.approx(343.6, abs=1)
