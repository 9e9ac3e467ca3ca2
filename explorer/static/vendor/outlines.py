"""Outlines out of a world atlas (TopoJSON): one part of the earth, as few numbers as it needs.

`rebuild.py` calls this; the server reads what it wrote (`explorer/pictures/outlines.py`).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

Spot = tuple[float, float]  # longitude, latitude
_INDONESIA: Final = "360"  # its number in ISO 3166
_TURNS: Final = (-360.0, 0.0, 360.0)  # of a ring, so that every part of it is met once


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the earth and how closely it is followed.

    Units: degrees; `least` square degrees, of the smallest island that is kept. `west` to `east`
    may pass 180, and is a whole turn at most.
    """

    west: float
    south: float
    east: float
    north: float
    unit: float
    tolerance: float
    least: float


def outlines(atlas: Path, part: Part) -> bytes:
    """A part of an atlas as JSON: rings of `land` and of Indonesia (`home`), lines of `borders`.

    Each is a list of whole numbers: first spot, then steps; `unit` says how many degrees a one is.
    """
    topology = json.loads(atlas.read_text(encoding="utf-8"))
    raw = [_spots(arc, topology["transform"]) for arc in topology["arcs"]]
    arcs = [_simplified(arc, part.tolerance) if _touches(arc, part) else arc for arc in raw]
    countries = topology["objects"]["countries"]["geometries"]
    land = topology["objects"]["land"]["geometries"]
    home = [one for one in countries if one.get("id") == _INDONESIA]
    found = {
        "unit": part.unit,
        "land": _filled(arcs, land, part),
        "home": _filled(arcs, home, part),
        "borders": list(_lines(arcs, _shared(countries), part)),
    }
    return json.dumps(found, separators=(",", ":")).encode() + b"\n"


def _spots(arc: Sequence[Sequence[int]], transform: dict[str, Any]) -> list[Spot]:
    """An arc's steps as spots; one that passes 180 goes on beyond it."""
    (kx, ky), (left, low) = transform["scale"], transform["translate"]
    x = y = 0
    spots: list[Spot] = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        _follow(spots, (x * kx + left, y * ky + low))
    return spots


def _follow(spots: list[Spot], spot: Spot) -> None:
    """Put a spot where it is nearest to the last one, so that no line runs around the earth."""
    turn = 360 * round((spots[-1][0] - spot[0]) / 360) if spots else 0
    spots.append((spot[0] + turn, spot[1]))


def _touches(arc: Sequence[Spot], part: Part) -> bool:
    """Whether an arc may reach into a part; one that does not is cut away soon, whatever it is."""
    across = [x + turn for x, _ in arc for turn in _TURNS]
    down = [y for _, y in arc]
    near = any(part.west <= x <= part.east for x in across)
    return near and min(down) <= part.north and max(down) >= part.south


def _simplified(spots: Sequence[Spot], tolerance: float) -> list[Spot]:
    """The spots without which no line is further off than the tolerance (Douglas and Peucker)."""
    kept = {0, len(spots) - 1}
    open_ = [(0, len(spots) - 1)]
    while open_:
        first, last = open_.pop()
        far, worst = 0.0, 0
        for n in range(first + 1, last):
            off = _off(spots[n], spots[first], spots[last])
            if off > far:
                far, worst = off, n
        if far > tolerance:
            kept.add(worst)
            open_ += [(first, worst), (worst, last)]
    return [spots[n] for n in sorted(kept)]


def _off(spot: Spot, start: Spot, end: Spot) -> float:
    """How far a spot lies from a line."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    t = ((spot[0] - start[0]) * dx + (spot[1] - start[1]) * dy) / length if length else 0.0
    t = min(1.0, max(0.0, t))
    x, y = start[0] + t * dx - spot[0], start[1] + t * dy - spot[1]
    return float((x * x + y * y) ** 0.5)


def _rings(geometry: dict[str, Any]) -> list[list[int]]:
    if geometry["type"] == "GeometryCollection":
        return [ring for one in geometry["geometries"] for ring in _rings(one)]
    if geometry["type"] == "Polygon":
        return list(geometry["arcs"])
    return [ring for polygon in geometry.get("arcs", []) for ring in polygon]


def _filled(
    arcs: list[list[Spot]], geometries: Iterable[dict[str, Any]], part: Part
) -> list[list[int]]:
    found = []
    for geometry in geometries:
        for numbers in _rings(geometry):
            ring = _joined(arcs, numbers)
            for turn in _TURNS:
                cut = _cut([(x + turn, y) for x, y in ring], part)
                if len(cut) > 2 and abs(_area(cut)) >= part.least:
                    found.append(_steps(cut, part.unit))
    return sorted(found, key=lambda steps: (-len(steps), steps))


def _joined(arcs: list[list[Spot]], numbers: Iterable[int]) -> list[Spot]:
    ring: list[Spot] = []
    for n in numbers:
        arc = arcs[n] if n >= 0 else arcs[~n][::-1]
        for spot in arc[1:] if ring else arc:
            _follow(ring, spot)
    return ring[:-1]


def _cut(ring: list[Spot], part: Part) -> list[Spot]:
    """What of a ring lies inside a part, one side after the other (Sutherland and Hodgman)."""
    for axis, limit, above in (
        (0, part.west, True), (0, part.east, False), (1, part.south, True), (1, part.north, False),
    ):  # fmt: skip
        found: list[Spot] = []
        for start, end in zip(ring[-1:] + ring[:-1], ring, strict=True):
            inside = [(spot[axis] >= limit) == above for spot in (start, end)]
            if inside[0] != inside[1]:
                share = (limit - start[axis]) / (end[axis] - start[axis])
                found.append(
                    (start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1]))
                )
            if inside[1]:
                found.append(end)
        ring = found
    return ring


def _area(ring: Sequence[Spot]) -> float:
    return (
        sum(
            x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True)
        )
        / 2
    )


def _shared(countries: Iterable[dict[str, Any]]) -> list[int]:
    """The arcs that two countries share."""
    used = Counter(
        n if n >= 0 else ~n for country in countries for ring in _rings(country) for n in ring
    )
    return sorted(n for n, times in used.items() if times > 1)


def _lines(arcs: list[list[Spot]], numbers: Iterable[int], part: Part) -> Iterator[list[int]]:
    for n in numbers:
        for turn in _TURNS:
            run: list[Spot] = []
            for x, y in arcs[n]:
                if part.west <= x + turn <= part.east and part.south <= y <= part.north:
                    run.append((x + turn, y))
                    continue
                if len(run) > 1:
                    yield _steps(run, part.unit)
                run = []
            if len(run) > 1:
                yield _steps(run, part.unit)


def _steps(spots: Sequence[Spot], unit: float) -> list[int]:
    """Spots as whole numbers of a unit: the first, then steps that go somewhere."""
    whole = [(round(x / unit), round(y / unit)) for x, y in spots]
    steps = [whole[0]] + [(x1 - x0, y1 - y0) for (x0, y0), (x1, y1) in pairwise(whole)]
    return [number for n, step in enumerate(steps) if n == 0 or step != (0, 0) for number in step]
