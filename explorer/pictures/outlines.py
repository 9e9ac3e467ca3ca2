"""Coasts, borders and regions as paths of a sheet, made once from the outlines that are shipped."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from explorer.pictures.projection import Sheet
from graph_loader import data_folder

FINE: Final = 10  # steps of a path in one px, because what is finer cannot be seen
_ATLAS: Final = Path(__file__).parents[1] / "static" / "vendor" / "world-atlas"
_TRIED: Final = 17  # places along each side at which the middle of a region is looked for

Ring = Sequence[tuple[float, float]]  # (longitude, latitude)


@dataclass(frozen=True, slots=True)
class Outlines:
    """What lies under a sheet, as path data. Units: 1 / `FINE` px."""

    land: str
    home: str
    borders: str


@dataclass(frozen=True, slots=True)
class Region:
    """A region's outline as path data (units: 1 / `FINE` px), and the place furthest inside it."""

    path: str
    lat: float
    lon: float


@cache
def outlines(sheet: Sheet) -> Outlines:
    """The coasts and borders of a sheet."""
    found = json.loads((_ATLAS / f"{sheet.outline}.json").read_text(encoding="utf-8"))
    unit: float = found["unit"]

    def path(name: str, close: str) -> str:
        rings = (_walked(steps, unit) for steps in found[name])
        return "".join(_path(sheet, ring, close) for ring in rings)

    return Outlines(path("land", "z"), path("home", "z"), path("borders", ""))


@cache
def regions(sheet: Sheet) -> dict[str, Region]:
    """The regions whose outlines are shipped, by code: those of Jawa Timur."""
    text = (data_folder() / "regencies_35.geojson").read_text(encoding="utf-8")
    return {
        feature["properties"]["code"]: _region(sheet, list(_rings(feature["geometry"])))
        for feature in json.loads(text)["features"]
    }


def _rings(geometry: dict[str, object]) -> Iterable[Ring]:
    coordinates = geometry["coordinates"]
    assert isinstance(coordinates, list)
    polygons = coordinates if geometry["type"] == "MultiPolygon" else [coordinates]
    return (ring for polygon in polygons for ring in polygon)


def _region(sheet: Sheet, rings: Sequence[Ring]) -> Region:
    return Region("".join(_path(sheet, ring, "z") for ring in rings), *middle(rings))


def _walked(steps: Sequence[int], unit: float) -> Ring:
    """Steps as places: the first two numbers are a place, each two that follow a step from it."""
    along = np.cumsum(np.array(steps, dtype=np.int64).reshape(-1, 2), axis=0) * unit
    return [(x, y) for x, y in along.tolist()]


def _path(sheet: Sheet, ring: Ring, close: str) -> str:
    """One ring or line, in whole steps; "" where it shrinks to nothing."""
    spots = [sheet.at(lat, lon) for lon, lat in ring]
    whole = [(round(x * FINE), round(y * FINE)) for x, y in spots]
    steps = [(x1 - x0, y1 - y0) for (x0, y0), (x1, y1) in pairwise(whole)]
    moved = " ".join(f"{dx} {dy}" for dx, dy in steps if dx or dy)
    return f"M{whole[0][0]} {whole[0][1]}l{moved}{close}" if moved else ""


def middle(rings: Sequence[Ring]) -> tuple[float, float]:
    """(lat, lon) of the place furthest inside some rings: where a name and a number have room.

    Example:
        >>> lat, lon = middle([[(0, 0), (4, 0), (4, 2), (0, 2)]])
        >>> 0.9 < lat < 1.1, 0.9 < lon < 3.1
        (True, True)
    """
    largest = np.array(max(rings, key=_area), dtype=np.float64)
    starts = np.concatenate([np.array(ring, dtype=np.float64) for ring in rings])
    ends = np.concatenate([np.roll(np.array(ring, dtype=np.float64), -1, axis=0) for ring in rings])
    axes = [np.linspace(largest[:, n].min(), largest[:, n].max(), _TRIED) for n in (0, 1)]
    tried = np.stack(np.meshgrid(*axes), axis=-1).reshape(-1, 2)
    inside = tried[_inside(tried, starts, ends)]
    lon, lat = inside[int(np.argmax(_room(inside, starts, ends)))].tolist()
    return lat, lon


def _area(ring: Ring) -> float:
    x, y = np.array(ring, dtype=np.float64).T
    return abs(float((x * np.roll(y, -1) - np.roll(x, -1) * y).sum())) / 2


_Spots = NDArray[np.float64]


def _inside(tried: _Spots, starts: _Spots, ends: _Spots) -> NDArray[np.bool_]:
    """Which places lie inside: a ray to the east crosses the rings an odd number of times."""
    x, y = tried[:, :1], tried[:, 1:]
    (x0, y0), (x1, y1) = starts.T, ends.T
    crosses = (y0 > y) != (y1 > y)
    with np.errstate(divide="ignore", invalid="ignore"):
        at = x0 + (y - y0) * (x1 - x0) / (y1 - y0)
    odd: NDArray[np.bool_] = (crosses & (x < at)).sum(axis=1) % 2 == 1
    return odd


def _room(tried: _Spots, starts: _Spots, ends: _Spots) -> NDArray[np.float64]:
    """How far each place lies from the nearest line."""
    along = ends - starts
    length = np.maximum((along**2).sum(axis=1), 1e-18)
    offset = tried[:, None, :] - starts[None, :, :]
    share = np.clip((offset * along).sum(axis=2) / length, 0.0, 1.0)
    away = offset - share[:, :, None] * along
    nearest: NDArray[np.float64] = np.sqrt((away**2).sum(axis=2)).min(axis=1)
    return nearest
