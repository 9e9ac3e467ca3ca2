"""Where the parties stand on a sheet of the map, and which of them share a spot.

A spot is fixed: it follows from where parties lie and from all that they ever signed, never from a
filter. A region of the home province has a spot of its own on that province's sheet, in the middle
of its outline; on the others its province stands for it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from explorer.index import Index, Ints
from explorer.pictures.outlines import regions
from explorer.pictures.places import home_province
from explorer.pictures.projection import Sheet
from graph_loader import REGION_LEVELS, Level, Party

NEAR = 15.0  # px within which parties of one country share a spot, because their signs would touch
APART = 24.0  # px between two spots of the home province, because a number stands in each
OFFSHORE = (-6.5, 113.0)  # where a home province stands: its seat is that of one of its cities
NOWHERE = -1  # the spot of a party that stands on no part of the sheet


@dataclass(frozen=True, slots=True)
class Spot:
    """A party, or several of one country or province (`members`, by number), in one place (px).

    The first member is the one that signed most; it gives the spot its name and place.
    """

    members: tuple[int, ...]
    x: float
    y: float


@dataclass(frozen=True, eq=False)
class Spots:
    """Every spot of a sheet, and the position of each party's own (or `NOWHERE`)."""

    every: tuple[Spot, ...]
    of_party: Ints


def spots(index: Index, sheet: Sheet) -> Spots:
    """The spots of a sheet, worked out once per version of the data."""
    return index.remember(("spots", sheet.name), lambda: _spots(index, sheet))


def _spots(index: Index, sheet: Sheet) -> Spots:
    home = home_province(index)
    gathered: dict[str, list[list[int]]] = {}
    for n in _order(index, sheet):
        party = index.parties[n]
        _join(index, sheet, gathered.setdefault(_key(party, sheet, home), []), n, home)
    every = [
        Spot(tuple(members), *_place(index.parties[members[0]], sheet, home))
        for _, groups in sorted(gathered.items())
        for members in groups
    ]
    of_party = np.full(len(index.parties), NOWHERE, dtype=np.int32)
    for position, spot in enumerate(every):
        of_party[list(spot.members)] = position
    return Spots(tuple(_parted(every) if sheet.home else every), of_party)


def _order(index: Index, sheet: Sheet) -> list[int]:
    """The parties on a sheet: provinces first, then those that signed most."""
    held = (n for n, party in enumerate(index.parties) if sheet.holds(party.lat, party.lon))

    def rank(n: int) -> tuple[bool, int, str]:
        party = index.parties[n]
        return party.level is not Level.PROVINCE, -len(index.agreements_of(n)), party.id

    return sorted(held, key=rank)


def _key(party: Party, sheet: Sheet, home: str) -> str:
    """Only parties with the same key share a spot."""
    if party.level not in REGION_LEVELS:
        return (
            f"{party.country or 'world'} {party.level in {Level.THIRD_PARTY, Level.CENTRAL_AGENCY}}"
        )
    province = party.id if party.level is Level.PROVINCE else party.part_of
    return f"id {party.id}" if sheet.home and province == home else f"id {province}"


def _join(index: Index, sheet: Sheet, groups: list[list[int]], n: int, home: str) -> None:
    """Put a party to the first spot that is near enough, or to one of its own."""
    party = index.parties[n]
    x, y = _place(party, sheet, home)
    for members in groups:
        first = index.parties[members[0]]
        at = _place(first, sheet, home)
        if math.dist((x, y), at) <= NEAR or _stands_for(first, party, sheet, home):
            members.append(n)
            return
    groups.append([n])


def _stands_for(province: Party, region: Party, sheet: Sheet, home: str) -> bool:
    """Whether a region, however far from it, stands at its province."""
    if province.level is not Level.PROVINCE or sheet.home:
        return False
    return province.id == home or sheet.outline == "world"


def _place(party: Party, sheet: Sheet, home: str) -> tuple[float, float]:
    outlined = regions(sheet).get(party.id) if sheet.home else None
    if outlined:
        return sheet.spot(outlined.lat, outlined.lon)
    if sheet.home and party.id == home:
        return sheet.spot(*OFFSHORE)
    return sheet.spot(party.lat or 0.0, party.lon or 0.0)


def _parted(every: list[Spot]) -> Iterator[Spot]:
    """The spots, those that touch pushed apart along the line between them, in a fixed order."""
    at = [[spot.x, spot.y] for spot in every]
    for _ in range(20):  # because what touches then no longer does, in every province tried
        for i, one in enumerate(at):
            for other in at[i + 1 :]:
                dx, dy = other[0] - one[0], other[1] - one[1]
                away = math.hypot(dx, dy)
                if away >= APART:
                    continue
                push = (APART - away) / 2
                ux, uy = (dx / away, dy / away) if away else (1.0, 0.0)
                for moved, sign in ((one, -1), (other, 1)):
                    moved[0] += sign * push * ux
                    moved[1] += sign * push * uy
    for spot, (x, y) in zip(every, at, strict=True):
        yield Spot(spot.members, x, y)
