"""Still pictures: well-formed, escaped, no styles and no scripts, every party a link."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from itertools import pairwise
from pathlib import Path

import pytest

from explorer.paths import Path as Connection
from explorer.paths import connect
from explorer.pictures.ego import EGO_PARTNERS, ego_svg
from explorer.pictures.still import network_svg
from explorer.pictures.svg import paths_svg
from explorer.service import View
from graph_loader import Party
from tests.explorer.pictures import DAY, HOSTILE, partner, shipped, view_of
from tests.explorer.test_scene import country, scene_of
from tests.worlds import EVERYONE, GRESIK, SIDOARJO, agreement, batch, umbrella_world

SVG = "{http://www.w3.org/2000/svg}"


def href(party: Party) -> str:
    """An address for each party."""
    return f"/pihak/{party.id}"


def read(picture: str) -> ET.Element:
    """The picture as a tree; fails unless it is well-formed."""
    return ET.fromstring(str(picture))


def links(tree: ET.Element) -> list[str]:
    """Where the picture's links lead."""
    return [found.get("href", "") for found in tree.iter(f"{SVG}a")]


def connections(shown: View, start: str, goal: str) -> tuple[Connection, ...]:
    """The best paths between two parties."""
    return tuple(connect(shown.index, start, goal, DAY).paths)


def test_a_party_and_its_partners_are_links(tmp_path: Path) -> None:
    tree = read(ego_svg(view_of(tmp_path, umbrella_world()), "35.78", "id", href))
    assert sorted(links(tree)) == ["/pihak/35.25", "/pihak/kochi-jp"]
    assert len(list(tree.iter(f"{SVG}line"))) == 2
    assert "Kota Surabaya dan 2 mitranya" in (tree.findtext(f"{SVG}title") or "")


def test_a_party_without_ties_has_no_picture(tmp_path: Path) -> None:
    assert ego_svg(view_of(tmp_path, umbrella_world()), SIDOARJO.id, "id", href) == ""


def test_a_party_with_many_partners_shows_a_bounded_number_and_says_how_many() -> None:
    tree = read(ego_svg(shipped(), "35", "en", href))
    assert len(links(tree)) == EGO_PARTNERS
    title = tree.findtext(f"{SVG}title") or ""
    assert int("".join(letter for letter in title if letter.isdigit())) > EGO_PARTNERS


@pytest.mark.parametrize("id", ["35.25", "35", "35.78", "osaka-prefecture-jp"])
def test_labels_of_a_party_picture_do_not_touch(id: str) -> None:
    tree = read(ego_svg(shipped(), id, "id", href))
    rows: dict[str, list[float]] = {}
    for found in tree.iter(f"{SVG}text"):
        if found.get("class") != "strong":
            side = found.get("text-anchor", "")
            rows.setdefault(side, []).append(float(found.get("y", "0")))
    for heights in rows.values():
        ordered = sorted(heights)
        assert all(b - a >= 14 for a, b in pairwise(ordered))


def test_labels_stay_inside_the_party_picture() -> None:
    tree = read(ego_svg(shipped(), "35.78", "id", href))
    width = float(tree.get("width", "0"))
    for found in tree.iter(f"{SVG}text"):
        x, reach = float(found.get("x", "0")), 7.2 * len(found.text or "")
        if found.get("text-anchor") == "end":
            assert x - reach > 0, found.text
        elif found.get("text-anchor") == "start":
            assert x + reach < width, found.text


def test_a_path_names_its_parties_and_its_agreements(tmp_path: Path) -> None:
    shown = view_of(tmp_path, umbrella_world())
    paths = connections(shown, "35.25", "kochi-jp")
    tree = read(paths_svg(shown, paths, "id", href))
    assert links(tree)[:3] == ["/pihak/35.25", "/pihak/35.78", "/pihak/kochi-jp"]
    words = [found.text for found in tree.iter(f"{SVG}text")]
    assert words.count("1 perjanjian") == len(list(tree.iter(f"{SVG}line"))) == 2


@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_network_stands_still_with_every_point(lang: str) -> None:
    scene = scene_of(shipped(), lang)
    urls = {point.id: f"/p/{point.id}" for point in scene.points}
    tree = read(network_svg(scene, urls, "en" if lang == "en" else "id"))
    assert len(links(tree)) == len(scene.points)
    assert len(list(tree.iter(f"{SVG}line"))) == len(scene.lines)


def test_the_same_scene_gives_the_same_bytes() -> None:
    assert network_svg(country(shipped(), "cn"), {}, "id") == network_svg(
        country(shipped(), "cn"), {}, "id"
    )


def test_pictures_carry_neither_styles_nor_scripts_and_escape_names(tmp_path: Path) -> None:
    evil = partner("evil-jp", "jp", HOSTILE)
    world = batch([agreement("a", GRESIK, evil)], parties=[*EVERYONE, evil])
    shown = view_of(tmp_path, world)
    pictures = [
        ego_svg(shown, "35.25", "id", href),
        network_svg(scene_of(shown), {}, "id"),
        paths_svg(shown, connections(shown, "35.25", "evil-jp"), "id", href),
    ]
    for picture in pictures:
        assert "<img" not in picture
        assert "style=" not in picture
        tree = read(picture)
        assert HOSTILE in [title.text for title in tree.iter(f"{SVG}title")]
        assert not list(tree.iter(f"{SVG}script"))
