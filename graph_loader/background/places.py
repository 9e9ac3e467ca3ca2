"""What makes two mentions one place: the same plain name in the same country."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import combinations
from math import asin, cos, radians, sin, sqrt
from typing import Final, TypeVar

from graph_loader.model import Place
from graph_loader.text import fold, slug

Spot = tuple[float, float]
"""Latitude and longitude, in degrees."""

NEAR_KM: Final = 80.0
"""Two of one name that are farther apart are two, because geocodes of one town differ by less."""

_DIAMETER_KM: Final = 12_742.0
_T = TypeVar("_T", str, Spot)


def place_id(name: str, country: str) -> str:
    """The id of a place: its plain name, a dot, its country; where letters would be lost, a hash.

    Example:
        >>> place_id("Kōchi", "jp"), place_id("King's Lynn", "gb"), place_id("Gədəbəy", "az")
        ('kochi.jp', 'kings-lynn.gb', 'gdby-155352.az')
    """
    plain = fold(name)
    if plain.isascii():
        return f"{slug(name)}.{country}"
    told_apart = blake2b(plain.encode(), digest_size=3).hexdigest()
    return f"{slug(name)}-{told_apart}".strip("-") + f".{country}"


def distance_km(one: Spot, other: Spot) -> float:
    """Along the great circle.

    Example:
        >>> round(distance_km((-7.25, 112.75), (-7.98, 112.62)))
        82
    """
    (lat, lon), (lat_to, lon_to) = (tuple(map(radians, spot)) for spot in (one, other))
    half = sin((lat_to - lat) / 2) ** 2
    half += cos(lat) * cos(lat_to) * sin((lon_to - lon) / 2) ** 2
    return _DIAMETER_KM * asin(min(1.0, sqrt(half)))


@dataclass
class Sightings:
    """Every mention of one place: how it was written, where it was put, where first met."""

    id: str
    country: str
    line: int
    names: Counter[str] = field(default_factory=Counter)
    spots: Counter[Spot] = field(default_factory=Counter)

    def see(self, name: str, spot: Spot | None) -> None:
        """One more mention."""
        self.names[name] += 1
        if spot is not None:
            self.spots[spot] += 1

    def place(self) -> Place:
        """As most mentions have it; of as many, the first in order."""
        lat, lon = _most(self.spots) if self.spots else (None, None)
        return Place(self.id, _most(self.names), self.country, lat, lon)

    def spread_km(self) -> float:
        """How far apart its spots are at most."""
        return max((distance_km(*pair) for pair in combinations(self.spots, 2)), default=0.0)


def _most(counted: Counter[_T]) -> _T:
    return min(counted, key=lambda one: (-counted[one], one))


def by_id(sightings: Iterable[Sightings]) -> list[Sightings]:
    """In the order of ids."""
    return sorted(sightings, key=lambda one: one.id)
