"""What the network page draws: points with fixed places, ties with weights, grounds with titles."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence

import numpy as np
from pyvis.network import Network

from explorer.index import Bools, Ints
from explorer.pictures.arrange import arrange
from explorer.pictures.gathered import LETTERS, gathered_points, gathering
from explorer.pictures.labels import shape_of, short, titled
from explorer.pictures.marks import width, wrapped
from explorer.pictures.pairs import STATUS_ORDER, Pairs, category_name, pairs
from explorer.pictures.palette import CATEGORY_COLOURS, DASHES, INK, MARKS, PAPER, SHAPES
from explorer.pictures.places import Place, home_province, places
from explorer.pictures.points import NEAR_OPACITY, Line, Point, Scene, size_of
from explorer.service import View
from graph_loader import Language, Party

MAX_TIES = 300  # because beyond it nobody can follow a line
MAX_PARTIES = 90  # because beyond it labels at a readable size no longer fit a laptop's screen
EVERY_PARTY = 3_000  # because more than these a browser does not pan at 30 pictures a second
EVERY_TIE = 6_000  # because the page then still weighs less than a photograph
FAR_OPACITY = 0.16  # because what does not touch the home province is background to its planners
FAR_OVERVIEW = 0.09  # because an overview has many more of those
FAINTEST, STEP = 0.34, 0.12  # opacity of one agreement in an overview, and of each one more
_STILL_WHEN_MOVED = 1_000  # lines beyond which they are left out while the picture is dragged


def network_scene(
    shown: View, mask: Bools, lang: Language, focus: str = "", opened: Sequence[str] = (),
    every_party: bool = False,
) -> Scene:  # fmt: skip
    """All parties of the agreements in a mask; in groups where there are too many to tell apart.

    Groups in `opened` are taken apart. With `every_party` nothing is grouped, up to EVERY_PARTY.
    Lines are near where they touch the home province or, if given, the party in focus.
    """
    index = shown.index
    every = pairs(index, shown.day, mask)
    involved = np.union1d(every.a, every.b).astype(np.int32)
    few = len(involved) <= MAX_PARTIES and len(every) <= MAX_TIES
    if few or (every_party and len(involved) <= EVERY_PARTY):
        return _parties(shown, every, involved, lang, focus)
    home = places(index).home
    asked = (home_province(index), *opened) if focus in home else tuple(opened)
    found = gathering(index, mask, involved, asked)
    grouped = pairs(index, shown.day, mask, found.code)
    points, frames, open_groups = gathered_points(index, found, involved, lang)
    near = {found.ids[found.code[index.number[focus]]]} if focus else found.near
    lines = _lines(grouped, found.ids, near, True, MAX_TIES)
    return Scene(
        points, lines, frames, True, len(involved), len(every), len(grouped), open_groups
    )  # fmt: skip


def _parties(shown: View, every: Pairs, involved: Ints, lang: Language, focus: str) -> Scene:
    index = shown.index
    arranged = arrange(index, involved.tolist())
    points = [
        _party_point(index.parties[n], arranged.places[index.parties[n].id], lang)
        for n in involved.tolist()
    ]
    for id in arranged.quiet:
        party = index.parties[index.number[id]]
        points.append(Point(id, "", party.name(lang), "quiet", *arranged.places[id], count=0))
    near = {focus} if focus else set(places(index).home)
    frames = tuple(titled(index, frame, lang) for frame in arranged.frames)
    lines = _lines(every, [party.id for party in index.parties], near, False, EVERY_TIE)
    return Scene(tuple(points), lines, frames, False, len(involved), len(every), len(every))


def _lines(
    found: Pairs, ids: list[str], inside: Collection[str], overview: bool, most: int
) -> tuple[Line, ...]:
    """So many lines at most: first those that touch a party inside, then by agreements.

    A picture that is cut says so by its counts.
    """
    touched = np.array([id in inside for id in ids], dtype=np.bool_)
    near = touched[found.a] | touched[found.b]
    order = np.lexsort((found.b, found.a, -found.agreements, ~near))[:most]
    every_near = not near.any()
    return tuple(
        _line(found, n, ids, bool(near[n]) or every_near, overview) for n in sorted(order.tolist())
    )


def _line(found: Pairs, n: int, ids: list[str], near: bool, overview: bool) -> Line:
    agreements = int(found.agreements[n])
    strength = min(0.85, FAINTEST + STEP * (agreements - 1)) if overview else NEAR_OPACITY
    pale = FAR_OVERVIEW if overview else FAR_OPACITY
    return Line(
        ids[found.a[n]],
        ids[found.b[n]],
        agreements,
        category_name(int(found.category[n])),
        str(STATUS_ORDER[found.status[n]]),
        near,
        round(strength, 2) if near else pale,
    )


def _party_point(party: Party, place: Place, lang: Language) -> Point:
    name = party.name(lang)
    label = "\n".join(wrapped(short(name, party.level), LETTERS, 2))
    return Point(party.id, label, name, shape_of(party.level), *place)


def network_data(scene: Scene, urls: Mapping[str, str]) -> dict[str, object]:
    """What vis-network draws: made by pyvis, with given places and no physics."""
    net = Network(directed=False)
    net.nodes = [_node(point) for point in scene.points]
    net.edges = [_edge(line) for line in scene.lines]
    moved = {**_OPTIONS["interaction"], "hideEdgesOnDrag": len(scene.lines) > _STILL_WHEN_MOVED}
    options = {**_OPTIONS, "interaction": moved}
    net.set_options(json.dumps(options))
    nodes, edges, *_ = net.get_network_data()
    frames = [
        {"title": f.title, "x": f.x, "y": f.y, "width": f.width, "height": f.height}
        for f in scene.frames
    ]
    return {
        "nodes": nodes, "edges": edges, "options": options, "frames": frames, "urls": dict(urls),
        "aggregated": scene.aggregated, "opened": [one.id for one in scene.opened],
    }  # fmt: skip


_OPTIONS: dict[str, dict[str, object]] = {
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
        "color": {"background": fill, "border": ring}, "parties": point.count,
        "behind": point.hidden,
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
