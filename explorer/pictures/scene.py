"""What the network page draws: points with fixed places, ties with weights, grounds with titles."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from pyvis.network import Network

from explorer.i18n import say
from explorer.index import Bools, Index, Ints
from explorer.pictures.arrange import arrange
from explorer.pictures.labels import hint, labelled, shape_of, short, titled
from explorer.pictures.marks import width, wrapped
from explorer.pictures.pairs import STATUS_ORDER, Pairs, category_name, pairs
from explorer.pictures.palette import CATEGORY_COLOURS, DASHES, INK, MARKS, PAPER, SHAPES
from explorer.pictures.places import Frame, Place, group_of, home_province, places
from explorer.service import View
from graph_loader import Language, Party

MAX_TIES = 300  # because beyond it nobody can follow a line
MAX_PARTIES = 90  # because beyond it labels at a readable size no longer fit a laptop's screen
LETTERS, GROUP_LETTERS = 16, 15  # that fit one line of a label, of a party and of a group
FAR_OPACITY = 0.16  # because what does not touch the home province is background to its planners
NEAR_OPACITY = 0.6
FAINTEST, STEP = 0.26, 0.14  # opacity of one agreement in an overview, and of each one more


@dataclass(frozen=True, slots=True)
class Point:
    """A party, or a group of `count` parties, and where it stands (px).

    `label` may have two lines; `hint` names it in full. A `quiet` shape is part of the map only.
    """

    id: str
    label: str
    hint: str
    shape: str
    x: float
    y: float
    count: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """A tie between two points; `near` where it touches the home province or the party in focus.

    `opacity` says how strongly it is drawn.
    """

    a: str
    b: str
    agreements: int
    category: str
    status: str
    near: bool = True
    opacity: float = NEAR_OPACITY


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture before it is drawn.

    `parties` and `ties` count what it stands for, `lines_total` the lines that it would take.
    """

    points: tuple[Point, ...]
    lines: tuple[Line, ...]
    frames: tuple[Frame, ...]
    aggregated: bool
    parties: int
    ties: int
    lines_total: int


def network_scene(shown: View, mask: Bools, lang: Language, focus: str = "") -> Scene:
    """All parties of the agreements in a mask; in groups where there are too many to tell apart.

    Lines are near where they touch the home province or, if given, the party in focus.
    """
    index = shown.index
    every = pairs(index, shown.day, mask)
    involved = np.union1d(every.a, every.b).astype(np.int32)
    aggregated = len(involved) > MAX_PARTIES or len(every) > MAX_TIES
    draw = _groups if aggregated else _parties
    points, lines, frames, total = draw(shown, mask, every, involved, lang, focus)
    return Scene(points, lines, frames, aggregated, len(involved), len(every), total)


_Drawn = tuple[tuple[Point, ...], tuple[Line, ...], tuple[Frame, ...], int]


def _parties(
    shown: View, mask: Bools, every: Pairs, involved: Ints, lang: Language, focus: str
) -> _Drawn:
    index = shown.index
    arranged = arrange(index, involved.tolist())
    points = [
        _party_point(index.parties[n], arranged.places[index.parties[n].id], lang)
        for n in involved.tolist()
    ]
    for id in arranged.quiet:
        party = index.parties[index.number[id]]
        points.append(Point(id, "", party.name(lang), "quiet", *arranged.places[id]))
    ids = [party.id for party in index.parties]
    near = {focus} if focus else set(places(index).home)
    frames = tuple(titled(index, frame, lang) for frame in arranged.frames)
    return tuple(points), _lines(every, ids, near, False), frames, len(every)


def _groups(
    shown: View, mask: Bools, every: Pairs, involved: Ints, lang: Language, focus: str
) -> _Drawn:
    index, fixed = shown.index, places(shown.index)
    home = home_province(index)
    names = index.remember("groups", lambda: [group_of(p, home) for p in index.parties])
    ids = sorted(set(names))
    code_of = {id: code for code, id in enumerate(ids)}
    grouped = pairs(index, shown.day, mask, np.array([code_of[n] for n in names], dtype=np.int32))
    members: dict[str, list[Party]] = defaultdict(list)
    for n in involved.tolist():
        members[names[n]].append(index.parties[n])
    near = {names[index.number[focus]]} if focus else set(fixed.home)
    points = tuple(
        _group_point(index, id, own, fixed.group[id], lang) for id, own in sorted(members.items())
    )
    frames = tuple(
        titled(index, frame, lang)
        for frame in fixed.frames
        if any(_inside(frame, point) for point in points)
    )
    return points, _lines(grouped, ids, near, True), frames, len(grouped)


def _inside(frame: Frame, point: Point) -> bool:
    across = frame.x <= point.x <= frame.x + frame.width
    return across and frame.y <= point.y <= frame.y + frame.height


def _lines(found: Pairs, ids: list[str], inside: set[str], overview: bool) -> tuple[Line, ...]:
    """MAX_TIES lines at most: first those that touch a party inside, then by agreements.

    A picture that is cut says so by its counts.
    """
    touched = np.array([id in inside for id in ids], dtype=np.bool_)
    near = touched[found.a] | touched[found.b]
    order = np.lexsort((found.b, found.a, -found.agreements, ~near))[:MAX_TIES]
    every_near = not near.any()
    return tuple(
        _line(found, n, ids, bool(near[n]) or every_near, overview) for n in sorted(order.tolist())
    )


def _line(found: Pairs, n: int, ids: list[str], near: bool, overview: bool) -> Line:
    agreements = int(found.agreements[n])
    strength = min(0.85, FAINTEST + STEP * (agreements - 1)) if overview else NEAR_OPACITY
    return Line(
        ids[found.a[n]],
        ids[found.b[n]],
        agreements,
        category_name(int(found.category[n])),
        str(STATUS_ORDER[found.status[n]]),
        near,
        round(strength, 2) if near else FAR_OPACITY,
    )


def _party_point(party: Party, place: Place, lang: Language) -> Point:
    name = party.name(lang)
    label = "\n".join(wrapped(short(name, party.level), LETTERS, 2))
    return Point(party.id, label, name, shape_of(party.level), *place)


def _group_point(
    index: Index, id: str, members: list[Party], place: Place, lang: Language
) -> Point:
    if id in index.number:
        party = index.parties[index.number[id]]
        name, shape = short(party.name(lang), party.level), shape_of(party.level)
    else:
        name = say(lang, id if id.startswith("kind.") else f"kind.{id}")
        shape = "third" if id.startswith("kind.") else "country"
    count = len(members)
    at_home = id in places(index).home
    label = labelled(name, count, LETTERS if at_home else GROUP_LETTERS)
    return Point(id, label, hint(name, members, lang), shape, *place, count)


def size_of(point: Point) -> float:
    """How large a point's sign is, px: a group of many is larger, but never hides its neighbour."""
    if point.shape == "quiet":
        return 5.0
    extra = 3 if point.shape == "province" else 0
    return round(min(16.0, 8 + 1.6 * math.sqrt(point.count) + extra), 1)


def network_data(scene: Scene, urls: Mapping[str, str]) -> dict[str, object]:
    """What vis-network draws: made by pyvis, with given places and no physics."""
    net = Network(directed=False)
    net.nodes = [_node(point) for point in scene.points]
    net.edges = [_edge(line) for line in scene.lines]
    net.set_options(json.dumps(_OPTIONS))
    nodes, edges, *_ = net.get_network_data()
    frames = [
        {"title": f.title, "x": f.x, "y": f.y, "width": f.width, "height": f.height}
        for f in scene.frames
    ]
    return {
        "nodes": nodes, "edges": edges, "options": _OPTIONS, "frames": frames, "urls": dict(urls),
    }  # fmt: skip


_OPTIONS = {
    "physics": {"enabled": False},
    "interaction": {"hover": True, "dragNodes": False, "selectable": True, "tooltipDelay": 100},
    "edges": {"smooth": False, "selectionWidth": 1, "hoverWidth": 0},
    "nodes": {
        "borderWidth": 2,
        "font": {
            "size": 16, "face": "Plus Jakarta Sans, sans-serif", "color": INK,
            "strokeWidth": 4, "strokeColor": PAPER,
        },
    },
}  # fmt: skip


def _node(point: Point) -> dict[str, object]:
    fill, outline = MARKS[point.shape]
    ring = MARKS["ring"][1] if point.shape == "province" else outline
    return {
        "id": point.id, "label": point.label, "title": point.hint, "x": point.x, "y": point.y,
        "size": size_of(point), "group": point.shape, "shape": SHAPES[point.shape],
        "color": {"background": fill, "border": ring},
    }  # fmt: skip


def _edge(line: Line) -> dict[str, object]:
    return {
        "from": line.a, "to": line.b, "width": width(line.agreements),
        "color": {
            "color": CATEGORY_COLOURS[line.category],
            "opacity": line.opacity,
        },
        "dashes": DASHES[line.status], "category": line.category, "agreements": line.agreements,
    }  # fmt: skip
