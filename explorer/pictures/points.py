"""What a picture of the network is made of: points, lines and grounds, before they are drawn."""

from __future__ import annotations

import math
from dataclasses import dataclass

from explorer.pictures.places import Frame

NEAR_OPACITY = 0.6
HUB = 15.0  # px more of the point that stands for the whole home province, so that it is seen first


@dataclass(frozen=True, slots=True)
class Point:
    """A party, or a group of `count` parties, and where it stands (px).

    `label` may have two lines; `hint` names it in full. A `quiet` shape is part of the map only,
    and counts no party. `hidden` counts the parties that opening a group would show beside it.
    """

    id: str
    label: str
    hint: str
    shape: str
    x: float
    y: float
    count: int = 1
    hidden: int = 0
    hub: bool = False


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
class Opened:
    """A group that was opened: its id, its name, and how many of its parties stand apart."""

    id: str
    name: str
    shown: int
    of: int


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
    opened: tuple[Opened, ...] = ()


def size_of(point: Point) -> float:
    """How large a point's sign is, px: a group of many is larger, but never hides its neighbour."""
    if point.shape == "quiet":
        return 5.0
    extra = 3 if point.shape == "province" else 0
    size = min(16.0, 8 + 1.6 * math.sqrt(point.count) + extra)
    return round(size + (HUB if point.hub else 0), 1)
