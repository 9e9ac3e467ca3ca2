"""What is drawn: honest counts, aggregation that says so, and pyvis's data without its traps."""

from __future__ import annotations

import json
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pytest

from explorer.index import STATUSES
from explorer.pictures.gathered import MEMBERS
from explorer.pictures.palette import CATEGORY_COLOURS
from explorer.pictures.places import places
from explorer.pictures.points import Scene
from explorer.pictures.scene import (
    FAR_OPACITY,
    MAX_PARTIES,
    MAX_TIES,
    network_data,
    network_scene,
)
from explorer.service import View
from graph_loader import Status
from tests.explorer.pictures import DAY, HOSTILE, partner, shipped, view_of
from tests.loader.sizes import generated
from tests.worlds import EAST_JAVA, EVERYONE, GRESIK, KOBE, OSAKA, agreement, batch, umbrella_world


def scene_of(shown: View, lang: str = "id", focus: str = "") -> Scene:
    """The whole network in force."""
    mask = shown.index.in_force(shown.day)
    return network_scene(shown, mask, "en" if lang == "en" else "id", focus)


def opened(*groups: str) -> Scene:
    """The whole network in force with groups opened, in that order."""
    return network_scene(shipped(), shipped().index.in_force(DAY), "id", opened=groups)


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
    assert len(scene.lines) == scene.lines_total < MAX_TIES < scene.ties


def test_a_gathered_point_stands_where_its_group_stands() -> None:
    fixed = places(shipped().index)
    for point in scene_of(shipped()).points:
        where = fixed.home if point.shape == "quiet" else fixed.group
        assert (point.x, point.y) == where[point.id]


def test_the_home_province_is_one_point_in_the_middle_of_its_quiet_map() -> None:
    points = {point.id: point for point in scene_of(shipped()).points}
    assert (points["35"].count, points["35"].hidden, points["35"].hub) == (39, 38, True)
    quiet = {id for id, point in points.items() if point.shape == "quiet"}
    assert quiet == places(shipped().index).home.keys() - {"35"}
    assert {points[id].count for id in quiet} == {0}


def test_an_opened_home_province_has_its_own_lines_first() -> None:
    scene = opened("35")
    fixed = places(shipped().index)
    assert len(scene.lines) == MAX_TIES < scene.lines_total < scene.ties
    assert all(line.near for line in scene.lines)
    assert scene.parties == sum(point.count for point in scene.points)
    for point in scene.points:
        assert (point.x, point.y) == (dict(fixed.group) | dict(fixed.home))[point.id]


def test_opening_groups_moves_nothing_and_counts_on() -> None:
    steps = [opened(*["jp", "cn", "kind.university", "33"][:n]) for n in range(5)]
    for before, after in pairwise(steps):
        spot = {point.id: (point.x, point.y) for point in after.points}
        for point in before.points:
            assert spot.get(point.id, (point.x, point.y)) == (point.x, point.y)
        assert after.parties == sum(point.count for point in after.points) == before.parties
    spots = [(point.x, point.y) for point in steps[-1].points]
    assert len(spots) == len(set(spots))
    for one, other in combinations(steps[-1].frames, 2):
        apart = abs(one.x + one.width / 2 - other.x - other.width / 2) * 2
        down = abs(one.y + one.height / 2 - other.y - other.height / 2) * 2
        assert apart >= one.width + other.width - 1 or down >= one.height + other.height - 1


def test_a_large_group_opens_as_far_as_it_can_be_read() -> None:
    scene = opened("kind.university")
    (group,) = scene.opened
    rest = next(point for point in scene.points if point.id == "kind.university")
    assert group.shown == MEMBERS < group.of == MEMBERS + rest.hidden
    assert rest.label.endswith(f"+{rest.hidden}")


def test_a_group_that_is_not_there_opens_nothing() -> None:
    assert opened("xx", "au.nz", "35.78") == scene_of(shipped())


def test_every_party_stands_alone_where_that_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    index = shipped().index
    scene = network_scene(shipped(), index.in_force(DAY), "id", every_party=True)
    assert not scene.aggregated
    assert scene.parties == sum(point.shape != "quiet" for point in scene.points)
    assert len(scene.lines) == scene.ties
    monkeypatch.setattr("explorer.pictures.scene.EVERY_PARTY", scene.parties - 1)
    less = network_scene(shipped(), index.in_force(DAY), "id", every_party=True)
    assert less == scene_of(shipped())


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


def test_a_store_without_provinces_and_countries_is_gathered_too(tmp_path: Path) -> None:
    shown = view_of(tmp_path, generated(400, parties=200))
    scene = scene_of(shown)
    assert scene.aggregated
    assert scene.parties == sum(point.count for point in scene.points)
    assert {"AU", "CN", "JP", "KR", "NL"} == {
        point.label.split()[0] for point in scene.points if point.shape == "country"
    } - {"Provinsi"}
    assert not any(point.hub for point in scene.points)


def test_every_language_has_every_word_of_the_picture() -> None:
    english, indonesian = scene_of(shipped(), "en"), scene_of(shipped())
    assert [point.id for point in english.points] == [point.id for point in indonesian.points]
    assert any("Universities" in point.hint for point in english.points)
    assert any("Perguruan tinggi" in point.hint for point in indonesian.points)
