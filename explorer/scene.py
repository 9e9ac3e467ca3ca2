"""What is drawn: parties with places, ties with weights; and pyvis's data for the network page."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

import numpy as np
from pyvis.network import Network

from explorer.i18n import say
from explorer.index import CATEGORIES, STATUSES, Bools, Index
from explorer.palette import CATEGORY_COLOURS, DASHES, SHAPES
from explorer.places import group_of, home_province, places
from explorer.service import View
from graph_loader import FOREIGN_LEVELS, Language, Level

MAX_TIES = 300  # because beyond it nobody can follow a line
MAX_PARTIES = 90  # because beyond it labels at a readable size no longer fit a laptop's screen
_STATUS_ORDER = ("active", "open", "lapsed", "ended", "exploration", "unknown")


@dataclass(frozen=True, slots=True)
class Point:
    """A party, or a group of `count` parties, and where it stands (px)."""

    id: str
    label: str
    hint: str
    shape: str
    x: float
    y: float
    count: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """A tie between two points: how many agreements, the commonest category, the best status."""

    a: str
    b: str
    agreements: int
    category: str
    status: str


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture before it is drawn; `parties` and `ties` count what it stands for."""

    points: tuple[Point, ...]
    lines: tuple[Line, ...]
    aggregated: bool
    parties: int
    ties: int


def network_scene(shown: View, mask: Bools, lang: Language) -> Scene:
    """All parties of the agreements in a mask; aggregated where too many to tell apart."""
    index = shown.index
    a, b, agreement = index.tie_pairs(shown.day, mask)
    involved = np.union1d(a, b)
    pairs = len({*zip(a.tolist(), b.tolist(), strict=True)})
    aggregated = len(involved) > MAX_PARTIES or pairs > MAX_TIES
    home = home_province(index)
    name = {
        int(n): group_of(index.parties[n], home) if aggregated else index.parties[n].id
        for n in involved
    }
    joined: dict[tuple[str, str], set[int]] = defaultdict(set)
    for left, right, number in zip(a.tolist(), b.tolist(), agreement.tolist(), strict=True):
        one, other = sorted((name[left], name[right]))
        if one != other:
            joined[one, other].add(number)
    members: dict[str, list[int]] = defaultdict(list)
    for n in involved.tolist():
        members[name[n]].append(n)
    lines = [line_of(index, shown.day, pair, numbers) for pair, numbers in sorted(joined.items())]
    return Scene(
        tuple(_point(index, id, own, aggregated, lang) for id, own in sorted(members.items())),
        tuple(_strongest(lines)),
        aggregated,
        len(involved),
        pairs,
    )


def network_data(scene: Scene, urls: dict[str, str]) -> dict[str, object]:
    """What vis-network draws: made by pyvis, with given places and no physics."""
    net = Network(directed=False)
    net.nodes = [_node(point) for point in scene.points]
    net.edges = [_edge(line) for line in scene.lines]
    net.set_options(json.dumps(_OPTIONS))
    nodes, edges, *_ = net.get_network_data()
    return {"nodes": nodes, "edges": edges, "options": _OPTIONS, "urls": urls}


_OPTIONS = {
    "physics": {"enabled": False},
    "interaction": {"hover": True, "dragNodes": False, "keyboard": {"enabled": False}},
    "edges": {"smooth": False, "selectionWidth": 1},
    "nodes": {"borderWidth": 2, "font": {"size": 14, "face": "Plus Jakarta Sans, sans-serif"}},
}


def _node(point: Point) -> dict[str, object]:
    size = 9 + 2.2 * point.count**0.5
    return {
        "id": point.id, "label": point.label, "title": point.hint, "x": point.x, "y": point.y,
        "size": round(size, 1), "group": point.shape, **SHAPES[point.shape],
    }  # fmt: skip


def _edge(line: Line) -> dict[str, object]:
    return {
        "from": line.a, "to": line.b, "width": round(1 + line.agreements**0.5, 1),
        "color": {"color": CATEGORY_COLOURS[line.category], "opacity": 0.55},
        "dashes": DASHES[line.status], "value_count": line.agreements,
    }  # fmt: skip


def _strongest(lines: list[Line]) -> list[Line]:
    """The MAX_TIES lines of most agreements: a picture that is cut says so by its counts."""
    chosen = sorted(lines, key=lambda line: (-line.agreements, line.a, line.b))[:MAX_TIES]
    return sorted(chosen, key=lambda line: (line.a, line.b))


def line_of(index: Index, day: date, pair: tuple[str, str], numbers: set[int]) -> Line:
    """The line for a pair of points, by the agreements between them (numbers)."""
    chosen = np.array(sorted(numbers))
    found = {str(STATUSES[code]) for code in index.status(day)[chosen]}
    status = next(name for name in _STATUS_ORDER if name in found)
    bits = index.category[chosen]
    counts = [int(((bits >> bit) & 1).sum()) for bit in range(len(CATEGORIES))]
    category = str(CATEGORIES[int(np.argmax(counts))]) if max(counts) else "none"
    return Line(pair[0], pair[1], len(chosen), category, status)


def _point(index: Index, id: str, members: list[int], aggregated: bool, lang: Language) -> Point:
    where = places(index)
    x, y = (where.group if aggregated else where.party).get(id, (0.0, 0.0))
    count = len(members)
    if id.startswith("kind."):
        label = say(lang, f"kind.{id.removeprefix('kind.')}")
        shape = "third"
    elif id == "international":
        label, shape = say(lang, "kind.international"), "country"
    else:
        party = index.parties[index.number[id]]
        label, shape = short(party.name(lang), party.level), shape_of(party.level)
    hint = say(lang, "network.group", name=label, n=count) if count > 1 else label
    return Point(id, f"{label} ({count})" if count > 1 else label, hint, shape, x, y, count)


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
    """The shape that the legend gives a level of party."""
    if level is Level.PROVINCE:
        return "province"
    if level is Level.COUNTRY:
        return "country"
    if level in FOREIGN_LEVELS:
        return "foreign"
    return "region" if level in {Level.KABUPATEN, Level.KOTA} else "third"
