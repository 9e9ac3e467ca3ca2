"""The map: what stands where, what its lines count, who is not on it, and the page that says so."""

from __future__ import annotations

import json
import random
import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable
from functools import cache
from html import unescape
from itertools import combinations
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from explorer import create_app
from explorer.masks import masked
from explorer.pictures.map_scene import KINDS, MapScene, map_scene
from explorer.pictures.outlines import FINE, outlines, regions
from explorer.pictures.projection import SHEETS, WIDTH, Sheet
from explorer.pictures.spots import APART, NOWHERE
from explorer.pictures.thinning import HEIGHT, LETTER, LEVELS, Placed, Wanted, thinned
from explorer.settings import Settings
from explorer.static.vendor.outlines import Part
from explorer.static.vendor.outlines import outlines as cut_out
from graph_loader import IN_FORCE, Agreement, AgreementFilter, Status, status_of
from tests.explorer.pictures import DAY, shipped, shipped_address

FILTERS = {
    "in force": {"status": frozenset(IN_FORCE)},
    "one country": {"status": frozenset(IN_FORCE), "country": "au"},
    "talks": {"status": frozenset({Status.EXPLORATION})},
    "a region": {"status": frozenset(Status), "party": "35.78"},
}


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(Settings(store=shipped_address(), today=DAY.isoformat())).test_client()


@cache
def scene_of(sheet: str, name: str, kind: str = "perjanjian") -> MapScene:
    where = AgreementFilter(day=DAY, **FILTERS[name])  # type: ignore[arg-type]
    return map_scene(shipped(), masked(shipped().index, where), SHEETS[sheet], kind)


@cache
def documents(name: str) -> list[Agreement]:
    """The agreements of a filter as the store gives them."""
    where = AgreementFilter(day=DAY, **FILTERS[name])  # type: ignore[arg-type]
    return list(shipped().store.agreements(where, limit=10_000).items)


# where a place stands


def test_parallels_lie_where_the_projection_puts_them() -> None:
    earth = Sheet("earth", "", -180, -90, 180, 90)
    # The published height of the whole earth is 1.790857 radii above and below the equator.
    assert earth.height == pytest.approx(2 * 1.790857 * WIDTH / 6.283185, abs=0.01)
    assert earth.spot(0, 0) == pytest.approx((WIDTH / 2, earth.height / 2))
    # 45 degrees, with the four published terms written out.
    phi = 0.785398
    up = 1.0148 * phi + 0.23185 * phi**5 - 0.14499 * phi**7 + 0.02406 * phi**9
    assert earth.height / 2 - earth.spot(45, 0)[1] == pytest.approx(up * WIDTH / 6.283185, abs=0.01)


def test_the_world_is_cut_in_the_atlantic() -> None:
    world = SHEETS["dunia"]
    towns = {"Dakar": (14.7, -17.5), "Jakarta": (-6.2, 106.8), "Surabaya": (-7.25, 112.75),
             "Osaka": (34.7, 135.5), "Auckland": (-36.8, 174.8), "Apia": (-13.8, -171.8),
             "Seattle": (47.6, -122.3), "Recife": (-8.05, -34.9)}  # fmt: skip
    along = [world.spot(*town)[0] for town in towns.values()]
    assert along == sorted(along)
    assert 0 < along[0] < along[-1] < WIDTH
    assert world.spot(0, 190) == pytest.approx(world.spot(0, -170))
    assert all(world.holds(*town) for town in towns.values())
    assert not world.holds(-80, 100)
    assert not world.holds(None, 100)


@cache
def sides(path: str) -> list[tuple[float, float, float, float]]:
    """The straight sides of a path of closed rings: x, y at both ends of each."""
    found = []
    for start, steps in re.findall(r"M(\S+ \S+)l([^zM]*)", path):
        x, y = map(float, start.split())
        numbers = [float(one) for one in steps.split()]
        ring = [(x, y)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            ring.append((x, y))
        found += [(*one, *two) for one, two in zip(ring, [*ring[1:], ring[0]], strict=True)]
    return found


def inside(path: str, x: float, y: float) -> bool:
    """Whether a spot lies inside a path, by the rule of odd crossings."""
    crossed = [
        (y0 > y) != (y1 > y) and x < x0 + (y - y0) * (x1 - x0) / (y1 - y0)
        for x0, y0, x1, y1 in sides(path)
    ]
    return sum(crossed) % 2 == 1


@pytest.mark.parametrize(
    ("sheet", "land", "sea"),
    [
        ("dunia",
         [(-7.3, 112.5), (52.5, 13.4), (-25.0, 130.0), (64.0, -150.0), (-10.0, -55.0),
          (66.0, 178.0)],
         [(0.0, -150.0), (-5.0, 112.0), (-20.0, 80.0), (45.0, -40.0), (30.0, 180.0)]),
        ("indonesia", [(-7.3, 112.5), (0.0, 114.0), (-4.0, 138.0), (4.0, 102.5)],
         [(-5.0, 112.0), (-9.5, 100.0), (5.0, 125.0)]),
        ("jatim", [(-8.0, 113.0), (-7.05, 113.3), (-8.4, 115.1)], [(-6.5, 113.0), (-7.5, 113.5)]),
    ],
)  # fmt: skip
def test_coasts_part_land_from_sea(
    sheet: str, land: list[tuple[float, float]], sea: list[tuple[float, float]]
) -> None:
    drawn = outlines(SHEETS[sheet]).land
    found = {
        place: inside(drawn, *(FINE * at for at in SHEETS[sheet].spot(*place)))
        for place in (*land, *sea)
    }
    assert found == dict.fromkeys(land, True) | dict.fromkeys(sea, False)


def test_each_region_is_drawn_and_its_number_stands_inside_it() -> None:
    sheet, index = SHEETS["jatim"], shipped().index
    drawn = regions(sheet)
    assert set(drawn) == {p.id for p in index.parties if p.part_of == "35" and p.id[:3] == "35."}
    for id, region in drawn.items():
        spot = [FINE * at for at in sheet.spot(region.lat, region.lon)]
        assert [other for other, one in drawn.items() if inside(one.path, *spot)] == [id]
    # Two files agree: every seat of government lies inside its region's outline.
    for id in drawn:
        party = index.parties[index.number[id]]
        seat = sheet.spot(party.lat or 0.0, party.lon or 0.0)
        assert inside(drawn[id].path, *(FINE * at for at in seat)), party.name_id


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_filter_moves_nothing_and_signs_of_the_home_province_stand_apart(sheet: str) -> None:
    places: dict[str, set[tuple[float, float]]] = {}
    for name in FILTERS:
        for point in scene_of(sheet, name).points:
            places.setdefault(point.id, set()).add((point.x, point.y))
    assert places
    assert all(len(spots) == 1 for spots in places.values())
    if SHEETS[sheet].home:
        own = [p for p in scene_of(sheet, "in force").points if p.number is not None]
        assert len(own) == 38
        nearest = min(abs(a.x - b.x) ** 2 + abs(a.y - b.y) ** 2 for a, b in combinations(own, 2))
        assert nearest**0.5 >= APART - 0.5


# what is counted


@pytest.mark.parametrize("name", FILTERS)
@pytest.mark.parametrize("sheet", SHEETS)
def test_lines_count_what_the_store_holds(sheet: str, name: str) -> None:
    scene, index = scene_of(sheet, name), shipped().index
    spot_of = {p.id: int(scene.spots.of_party[n]) for n, p in enumerate(index.parties)}
    land = [index.parties[spot.members[0]].country for spot in scene.spots.every]
    lines: Counter[tuple[int, int]] = Counter()
    drawn = set()
    for document in documents(name):
        there = sorted({spot_of[s.party] for s in document.parties} - {NOWHERE})
        for a, b in combinations(there, 2):
            if sheet != "dunia" or land[a] != land[b]:
                lines[a, b] += 1
                drawn.add(document.id)
    found = scene.found
    pairs = zip(found.a.tolist(), found.b.tolist(), found.agreements.tolist(), strict=True)
    assert {(a, b): n for a, b, n in pairs} == dict(lines)
    assert (scene.drawn, scene.agreements) == (len(drawn), len(documents(name)))
    ids = [index.parties[spot.members[0]].id for spot in scene.spots.every]
    allowed = {(ids[a], ids[b]): n for (a, b), n in lines.items()}
    assert {(line.a, line.b): line.agreements for line in scene.lines}.items() <= allowed.items()
    assert (
        len(scene.lines) == len(lines) if len(lines) <= 120 else 0 < len(scene.lines) < len(lines)
    )


@pytest.mark.parametrize("name", FILTERS)
@pytest.mark.parametrize("sheet", SHEETS)
def test_every_party_of_a_filter_is_on_the_sheet_or_counted_beside_it(
    sheet: str, name: str
) -> None:
    scene, index = scene_of(sheet, name), shipped().index
    signed = {s.party for document in documents(name) for s in document.parties}
    on = [index.parties[n].id for p in scene.points for n in p.members if p.agreements]
    off = [index.parties[n].id for n in (*scene.unplaced, *scene.beyond)]
    assert Counter(on + off) == Counter(signed)
    assert all(index.parties[n].lat is None for n in scene.unplaced)
    assert all(index.parties[n].lat is not None for n in scene.beyond)
    if sheet == "dunia":
        assert not scene.beyond
    counts = {
        p.id: len({d.id for d in documents(name)
                   for s in d.parties if index.number[s.party] in p.members})
        for p in scene.points if p.agreements
    }  # fmt: skip
    assert {p.id: p.agreements for p in scene.points if p.agreements} == counts


def test_regions_are_coloured_by_what_the_store_holds() -> None:
    by_region: dict[str, list[Agreement]] = {}
    for document in documents("in force"):
        assert status_of(document, DAY) in IN_FORCE
        for signature in document.parties:
            by_region.setdefault(signature.party, []).append(document)
    expected: dict[str, Callable[[list[Agreement]], int]] = {
        "perjanjian": len,
        "mitra": lambda own: len({s.party for d in own for s in d.parties}) - 1,
        "sdg": lambda own: len({tag.topic.split(".")[0] for d in own for tag in d.topics}),
    }
    for kind in KINDS:
        own = [p for p in scene_of("jatim", "in force", kind).points if p.number is not None]
        counts = {p.id: expected[kind](by_region.get(p.id, [])) for p in own}
        assert {p.id: p.number for p in own} == counts
        assert len({p.rank for p in own}) >= 3  # or else colour says nothing


# labels


def test_no_two_labels_touch_however_near_one_is() -> None:
    dice = random.Random(5)
    signs = [Wanted(dice.uniform(0, 500), dice.uniform(0, 300), dice.uniform(3, 12), "")
             for _ in range(150)]  # fmt: skip
    wanted = [Wanted(s.x, s.y, s.reach, "m" * dice.randint(3, 18)) for s in signs]
    placed = thinned(wanted, signs, (500, 300))
    levels = Counter(spot.level for spot in placed if spot)
    assert set(levels) == set(LEVELS)
    for level in LEVELS:
        boxes = [box(label, spot, level) for label, spot in zip(wanted, placed, strict=True)
                 if spot and spot.level <= level]  # fmt: skip
        assert not [1 for a, b in combinations(boxes, 2) if overlap(a, b)]
        around = [(s.x - s.reach / level, s.y - s.reach / level,
                   s.x + s.reach / level, s.y + s.reach / level) for s in signs]  # fmt: skip
        fresh = [box(label, spot, level) for label, spot in zip(wanted, placed, strict=True)
                 if spot and spot.level == level]  # fmt: skip
        assert not [1 for a in fresh for b in around if overlap(a, b)]


Box = tuple[float, float, float, float]


def box(label: Wanted, spot: Placed, level: int) -> Box:
    wide = len(label.words) * LETTER
    left = {"start": spot.dx, "end": spot.dx - wide, "middle": spot.dx - wide / 2}[spot.anchor]
    top = spot.dy - HEIGHT * 0.8
    return (label.x + left / level, label.y + top / level,
            label.x + (left + wide) / level, label.y + (top + HEIGHT) / level)  # fmt: skip


def overlap(a: Box, b: Box) -> bool:
    slack = 1e-6
    return (
        a[0] < b[2] - slack and b[0] < a[2] - slack and a[1] < b[3] - slack and b[1] < a[3] - slack
    )


# the page


@pytest.mark.parametrize(
    "path", ["/peta", "/en/peta?kawasan=indonesia", "/peta?kawasan=jatim&warna=sdg"]
)
def test_the_page_says_what_the_sheet_shows(client: FlaskClient, path: str) -> None:
    text = client.get(path).text
    sheet = next((name for name in SHEETS if name in path), "dunia")
    scene = scene_of(sheet, "in force")
    assert text.count("data-ends=") == len(scene.lines)
    assert len(set(re.findall(r'data-spot="([^"]+)"', text))) == len(scene.points)
    listed = text[text.index('id="tanpa-titik"') :]
    names = [
        unescape(one)
        for one in re.findall(r'class="party"[^>]*>.*?<span>(.*?)</span>', listed, re.S)
    ]
    lang = "en" if path.startswith("/en") else "id"
    assert names == [shipped().index.name(n, lang) for n in scene.unplaced]
    assert f"({len(scene.unplaced)})" in listed[:200]
    assert f"({len(scene.found)})" in text
    drawn = ET.fromstring(re.search(r'<svg class="picture map".*?</svg>', text, re.S)[0])  # type: ignore[index]
    links = {a.get("href") for a in drawn.iter("{http://www.w3.org/2000/svg}a")}
    assert len(links) > 20
    prefix = "/en" if lang == "en" else ""
    led = [
        re.fullmatch(prefix + r"/(?:daerah|mitra|negara)/([a-z0-9.-]+)", str(one)) for one in links
    ]
    assert all(one and one[1] in shipped().index.number for one in led)
    assert not re.findall(r'(?:src|href|action)="(?:https?:)?//(?!www\.w3\.org)', text)
    assert not re.search(r"<svg[^>]*>.*?style=", text, re.S)
    assert len(text) < 330_000


def test_the_table_has_every_line_and_the_pages_of_it_meet(client: FlaskClient) -> None:
    scene = scene_of("jatim", "in force")
    counts = []
    for number in range(1, 8):
        text = client.get(f"/peta?kawasan=jatim&hal={number}").text
        counts += [
            int(n) for n in re.findall(r'data-label="Perjanjian">(?:<a[^>]*>)?(\d+) perj', text)
        ]
    assert counts == sorted(scene.found.agreements.tolist(), reverse=True)


def test_a_sheet_keeps_its_filters_and_a_filter_its_sheet(client: FlaskClient) -> None:
    text = client.get("/peta?kawasan=jatim&warna=mitra&negara=au&sejak=2000").text
    chips = [unescape(url) for url in re.findall(r'class="chip[^"]*" href="([^"]+)"', text)]
    assert len(chips) == 6
    assert all("negara=au" in url and "sejak=2000" in url for url in chips)
    form = re.search(r'<form class="filters".*?</form>', text, re.S)
    assert form is not None
    for field in ('name="kawasan" value="jatim"', 'name="warna" value="mitra"'):
        assert field in form[0]
    assert re.search(r'<option value="au" selected>', form[0])
    own = client.get("/peta?pihak=35.78&negara=au").text
    [line] = re.findall(r"<p>Hanya perjanjian .*?</p>", own, re.S)
    assert "Kota Surabaya" in line
    assert 'href="/peta?negara=au"' in line


@pytest.mark.parametrize(
    ("path", "sheet", "name", "words"),
    [("/peta?negara=au", "dunia", "one country",
      "{n} perjanjian menghubungkan Indonesia dengan Australia"),
     ("/peta?negara=au&kategori=ksdd", "dunia", "one country", None),
     ("/peta?status=exploration", "dunia", "talks", "{all} penjajakan cocok; {n} di antaranya"),
     ("/en/peta?kawasan=indonesia", "indonesia", "in force", "{n} agreements link {spots} places"),
     ("/en/peta?kawasan=jatim&negara=au", "jatim", "one country",
      "{own} of 38 regencies and cities")],
)  # fmt: skip
def test_the_heading_answers(
    client: FlaskClient, path: str, sheet: str, name: str, words: str | None
) -> None:
    scene = scene_of(sheet, name)
    text = client.get(path).text
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", text, re.S)
    assert heading is not None
    if words is None:
        assert "data-ends" not in text
        assert "tidak satu pun berupa garis" in heading[1]
        return
    ends = {end for line in scene.lines for end in (line.a, line.b)}
    counts = {
        "n": scene.drawn,
        "all": scene.agreements,
        "spots": len(ends),
        "own": sum(bool(p.number) for p in scene.points),
    }
    assert words.format(**counts) in unescape(heading[1])


@pytest.mark.parametrize(
    ("path", "status"),
    [("/peta?kawasan=mars", 400), ("/peta?warna=blue", 400), ("/peta?negara=zz", 404),
     ("/peta?negara=au&kategori=sinergi&topik=1", 200)],
)  # fmt: skip
def test_what_cannot_be_shown_is_said(client: FlaskClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert "data-zoom-picture" not in answer.text


def test_the_picture_is_a_file_with_its_classes(client: FlaskClient) -> None:
    answer = client.get("/unduh/gambar/peta.svg?kawasan=jatim&warna=mitra&negara=au")
    assert answer.status_code == 200
    root = ET.fromstring(answer.data)
    words = [one.text for one in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "Mitra: 21 atau lebih" in words
    assert "Australia" in words
    assert len([one for one in words if one and one.isdecimal()]) >= 38
    gone = client.get("/unduh/gambar/peta.svg?negara=au&kategori=sinergi&topik=1")
    assert gone.status_code == 404


# the outlines that are shipped


def test_outlines_are_cut_from_an_atlas(tmp_path: Path) -> None:
    """Two squares that share a side; the eastern one is Indonesia and lies across 180."""
    atlas = tmp_path / "atlas.json"
    country = {"type": "Polygon", "arcs": [[0, 1]]}
    home = {"type": "Polygon", "id": "360", "arcs": [[-2, 2]]}
    topology = {
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "arcs": [
            [[176, 10], [-6, 0], [0, -10], [6, 0]],  # the west of the western square
            [[176, 0], [0, 5], [0, 5]],  # the side that both share, upwards
            [[176, 0], [8, 0], [0, 10], [-8, 0]],  # the east of the eastern square
        ],
        "objects": {
            "countries": {"geometries": [country, home]},
            "land": {"geometries": [country, home]},
        },
    }
    atlas.write_text(json.dumps(topology))
    whole = json.loads(cut_out(atlas, Part(0, -20, 360, 20, 1, 0.1, 0.5)))
    assert whole["borders"] == [[176, 0, 0, 10]]  # and the spot between, which is on the line, gone
    assert [sorted(spots(ring)) for ring in whole["home"]] == [
        [(176, 0), (176, 10), (184, 0), (184, 10)]
    ]
    assert len(whole["land"]) == 2
    east = json.loads(cut_out(atlas, Part(-180, 0, -170, 5, 1, 0.1, 0.5)))
    assert [sorted(spots(ring)) for ring in east["home"]] == [
        [(-180, 0), (-180, 5), (-176, 0), (-176, 5)]
    ]
    assert json.loads(cut_out(atlas, Part(0, -20, 360, 20, 1, 0.1, 81)))["land"] == []


def spots(ring: list[int]) -> list[tuple[int, int]]:
    """A ring's steps as spots."""
    x = y = 0
    found = []
    for dx, dy in zip(ring[::2], ring[1::2], strict=True):
        x, y = x + dx, y + dy
        found.append((x, y))
    return found
