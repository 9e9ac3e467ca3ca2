"""What is drawn: honest counts, aggregation that says so, and pyvis's data without its traps."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from explorer.index import STATUSES
from explorer.pictures.palette import CATEGORY_COLOURS
from explorer.pictures.places import places
from explorer.pictures.scene import (
    FAR_OPACITY,
    MAX_PARTIES,
    MAX_TIES,
    Scene,
    network_data,
    network_scene,
)
from explorer.service import View
from graph_loader import Status
from tests.explorer.pictures import DAY, HOSTILE, partner, shipped, view_of
from tests.worlds import EAST_JAVA, EVERYONE, GRESIK, KOBE, OSAKA, agreement, batch, umbrella_world


def scene_of(shown: View, lang: str = "id", focus: str = "") -> Scene:
    """The whole network in force."""
    mask = shown.index.in_force(shown.day)
    return network_scene(shown, mask, "en" if lang == "en" else "id", focus)


def country(shown: View, code: str) -> Scene:
    """What is in force with a country."""
    index = shown.index
    there = np.flatnonzero(index.country == index.number[code])
    mask = index.in_force(DAY) & (np.asarray(index.members[:, there].sum(axis=1)) > 0)
    return network_scene(shown, mask, "id")


def test_the_whole_network_is_gathered_and_its_counts_add_up() -> None:
    scene = scene_of(shipped())
    assert scene.aggregated
    assert scene.parties == sum(point.count for point in scene.points) > MAX_PARTIES
    assert len(scene.points) < scene.parties
    assert len(scene.lines) == MAX_TIES < scene.lines_total < scene.ties


def test_a_gathered_point_stands_where_its_group_stands() -> None:
    fixed = places(shipped().index).group
    for point in scene_of(shipped()).points:
        assert (point.x, point.y) == fixed[point.id]


def test_a_cut_picture_keeps_what_touches_the_home_province_first() -> None:
    assert all(line.near for line in scene_of(shipped()).lines)


def test_a_filtered_network_shows_every_party_and_tie() -> None:
    scene = country(shipped(), "au")
    shown = [point for point in scene.points if point.shape != "quiet"]
    assert not scene.aggregated
    assert len(shown) == scene.parties <= MAX_PARTIES
    assert len(scene.lines) == scene.ties == scene.lines_total
    assert {line.a for line in scene.lines} | {line.b for line in scene.lines} == {
        point.id for point in shown
    }


def test_the_rest_of_the_home_map_is_quiet() -> None:
    scene = country(shipped(), "au")
    quiet = {point.id for point in scene.points if point.shape == "quiet"}
    assert quiet
    assert all(place in places(shipped().index).home for place in quiet)
    assert all(point.label == "" for point in scene.points if point.id in quiet)


def test_lines_far_from_home_are_pale_and_those_of_a_focus_are_not() -> None:
    lines = country(shipped(), "au").lines
    assert {line.opacity for line in lines if not line.near} == {FAR_OPACITY}
    index = shipped().index
    mask = np.zeros(len(index.agreement_ids), dtype=np.bool_)
    mask[index.agreements_of(index.number["35.78"])] = True
    focused = network_scene(shipped(), mask & index.in_force(DAY), "id", "35.78")
    for line in focused.lines:
        assert line.near == ("35.78" in {line.a, line.b})


@pytest.mark.parametrize(
    ("status", "dashes"), [(Status.LAPSED, [8, 6]), (Status.EXPLORATION, [2, 5])]
)
def test_the_line_tells_the_status(status: Status, dashes: list[int], tmp_path: Path) -> None:
    shown = view_of(tmp_path, umbrella_world())
    mask = shown.index.status(DAY) == STATUSES.index(status)
    drawn = network_data(network_scene(shown, mask, "id"), {})
    edges = drawn["edges"]
    assert isinstance(edges, list)
    assert [edge["dashes"] for edge in edges] == [dashes]


def test_width_and_colour_tell_number_and_category(tmp_path: Path) -> None:
    world = batch([agreement(f"a{n}", GRESIK, OSAKA) for n in range(4)])
    scene = scene_of(view_of(tmp_path, world))
    (line,) = scene.lines
    assert (line.agreements, line.category, line.status) == (4, "ksdpl", "open")
    edges = network_data(scene, {})["edges"]
    assert isinstance(edges, list)
    assert edges[0]["width"] == 3.0
    assert edges[0]["color"]["color"] == CATEGORY_COLOURS["ksdpl"]


def test_nothing_moves_in_the_browser_and_every_place_is_given() -> None:
    drawn = network_data(scene_of(shipped()), {})
    assert drawn["options"]["physics"] == {"enabled": False}  # type: ignore[index]
    nodes = drawn["nodes"]
    assert isinstance(nodes, list)
    assert all(isinstance(node["x"], float) and isinstance(node["y"], float) for node in nodes)


def test_a_hostile_name_stays_text_in_the_data(tmp_path: Path) -> None:
    evil = partner("evil-jp", "jp", HOSTILE)
    world = batch([agreement("a", GRESIK, evil)], parties=[*EVERYONE, evil])
    drawn = network_data(scene_of(view_of(tmp_path, world)), {})
    nodes = json.loads(json.dumps(drawn["nodes"]))
    assert [node["title"] for node in nodes if node["id"] == "evil-jp"] == [HOSTILE]


def test_an_empty_network_is_an_empty_scene(tmp_path: Path) -> None:
    shown = view_of(tmp_path, umbrella_world())
    none = np.zeros(len(shown.index.agreement_ids), dtype=np.bool_)
    scene = network_scene(shown, none, "id")
    assert (scene.points, scene.lines, scene.parties, scene.ties) == ((), (), 0, 0)


def test_one_more_agreement_moves_no_party_that_stays(tmp_path: Path) -> None:
    before = scene_of(view_of(tmp_path / "a", umbrella_world()))
    more = batch([agreement("new", EAST_JAVA, KOBE)], source="more")
    after = scene_of(view_of(tmp_path / "b", umbrella_world(), more))
    old = {point.id: (point.x, point.y) for point in before.points if point.id.startswith("35")}
    new = {point.id: (point.x, point.y) for point in after.points}
    assert old.items() <= new.items()
    assert "kobe-jp" in new


def test_every_language_has_every_word_of_the_picture() -> None:
    english, indonesian = scene_of(shipped(), "en"), scene_of(shipped())
    assert [point.id for point in english.points] == [point.id for point in indonesian.points]
    assert any("Universities" in point.hint for point in english.points)
    assert any("Perguruan tinggi" in point.hint for point in indonesian.points)
