"""What the network page draws: points with fixed places, ties with weights, grounds with titles."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from pyvis.network import Network

from explorer.arrange import arrange
from explorer.i18n import say
from explorer.index import Bools, Index, Ints
from explorer.marks import width, wrapped
from explorer.pairs import STATUS_ORDER, Pairs, category_name, pairs
from explorer.palette import CATEGORY_COLOURS, DASHES, INK, MARKS, PAPER, SHAPES
from explorer.places import Frame, Place, group_of, home_province, places
from explorer.service import View
from graph_loader import FOREIGN_LEVELS, Language, Level, Party

MAX_TIES = 300  # because beyond it nobody can follow a line
MAX_PARTIES = 90  # because beyond it labels at a readable size no longer fit a laptop's screen
LETTERS, GROUP_LETTERS = 16, 12  # that fit one line of a label, of a party and of a group
FAR_OPACITY = 0.16  # because what does not touch the home province is background to its planners
NEAR_OPACITY = 0.6
NAMED = 8  # because a hint with more names is read by nobody


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
    """A tie between two points; `near` where it touches the home province."""

    a: str
    b: str
    agreements: int
    category: str
    status: str
    near: bool = True


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


def network_scene(shown: View, mask: Bools, lang: Language) -> Scene:
    """All parties of the agreements in a mask; in groups where there are too many to tell apart."""
    index = shown.index
    every = pairs(index, shown.day, mask)
    involved = np.union1d(every.a, every.b).astype(np.int32)
    aggregated = len(involved) > MAX_PARTIES or len(every) > MAX_TIES
    draw = _groups if aggregated else _parties
    points, lines, frames, total = draw(shown, mask, every, involved, lang)
    return Scene(points, lines, frames, aggregated, len(involved), len(every), total)


_Drawn = tuple[tuple[Point, ...], tuple[Line, ...], tuple[Frame, ...], int]


def _parties(shown: View, mask: Bools, every: Pairs, involved: Ints, lang: Language) -> _Drawn:
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
    frames = tuple(_titled(index, frame, lang) for frame in arranged.frames)
    return tuple(points), _lines(index, every, ids), frames, len(every)


def _groups(shown: View, mask: Bools, every: Pairs, involved: Ints, lang: Language) -> _Drawn:
    index, fixed = shown.index, places(shown.index)
    home = home_province(index)
    names = index.remember("groups", lambda: [group_of(p, home) for p in index.parties])
    ids = sorted(set(names))
    codes = np.array([ids.index(name) for name in ids], dtype=np.int32)
    code_of = dict(zip(ids, codes.tolist(), strict=True))
    grouped = pairs(index, shown.day, mask, np.array([code_of[n] for n in names], dtype=np.int32))
    members: dict[str, list[Party]] = defaultdict(list)
    for n in involved.tolist():
        members[names[n]].append(index.parties[n])
    points = tuple(
        _group_point(index, id, own, fixed.group[id], lang) for id, own in sorted(members.items())
    )
    frames = tuple(
        _titled(index, frame, lang)
        for frame in fixed.frames
        if any(_inside(frame, point) for point in points)
    )
    return points, _lines(index, grouped, ids), frames, len(grouped)


def _inside(frame: Frame, point: Point) -> bool:
    across = frame.x <= point.x <= frame.x + frame.width
    return across and frame.y <= point.y <= frame.y + frame.height


def _titled(index: Index, frame: Frame, lang: Language) -> Frame:
    if frame.title in index.number:
        title = short(index.name(frame.title, lang), index.parties[index.number[frame.title]].level)
    else:
        key = frame.title if "." in frame.title else f"kind.{frame.title}"
        title = say(lang, key)
    return Frame(title, frame.x, frame.y, frame.width, frame.height)


def _lines(index: Index, found: Pairs, ids: list[str]) -> tuple[Line, ...]:
    """The MAX_TIES lines of most agreements; a picture that is cut says so by its counts."""
    home = places(index).home
    lines = []
    for n in sorted(found.strongest()[:MAX_TIES].tolist()):
        a, b = ids[found.a[n]], ids[found.b[n]]
        lines.append(
            Line(
                a, b, int(found.agreements[n]), category_name(int(found.category[n])),
                str(STATUS_ORDER[found.status[n]]), a in home or b in home,
            )
        )  # fmt: skip
    near = any(line.near for line in lines)
    return tuple(lines) if near else tuple(_brought_near(line) for line in lines)


def _brought_near(line: Line) -> Line:
    return Line(line.a, line.b, line.agreements, line.category, line.status)


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
    words = f"{name} ({count})" if count > 1 else name
    letters = LETTERS if id in places(index).home else GROUP_LETTERS
    label = "\n".join(wrapped(words, letters, 2))
    return Point(id, label, _hint(name, members, lang), shape, *place, count)


def _hint(name: str, members: list[Party], lang: Language) -> str:
    """Who is in a group: "Australia: Perth, Queensland dan 9 lainnya"."""
    names = [party.name(lang) for party in members]
    if names == [name] or len(names) == 1:
        return names[0]
    listed = ", ".join(names[:NAMED])
    if len(names) > NAMED:
        listed = say(lang, "network.and-more", list=listed, n=len(names) - NAMED)
    return f"{name} ({len(names)}): {listed}"


def short(name: str, level: Level) -> str:
    """A label for a picture: "Gresik", "Kota Malang", "Jawa Timur".

    Example:
        >>> short("Kabupaten Gresik", Level.KABUPATEN), short("Kota Malang", Level.KOTA)
        ('Gresik', 'Kota Malang')
    """
    if level is Level.KABUPATEN:
        return name.removeprefix("Kabupaten ").removesuffix(" Regency")
    if level is Level.PROVINCE:
        return name.removeprefix("Provinsi ").removesuffix(" Province")
    return name


def shape_of(level: Level) -> str:
    """The sign of a party: region, province, foreign, country or third."""
    if level is Level.PROVINCE:
        return "province"
    if level is Level.COUNTRY:
        return "country"
    if level in FOREIGN_LEVELS:
        return "foreign"
    return "region" if level in {Level.KABUPATEN, Level.KOTA} else "third"


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
            "opacity": NEAR_OPACITY if line.near else FAR_OPACITY,
        },
        "dashes": DASHES[line.status], "category": line.category, "agreements": line.agreements,
    }  # fmt: skip
