"""What a sheet of the map shows of a filter: spots, lines between them, and who is not on it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from explorer.index import Bools, Index, Ints
from explorer.pictures.pairs import STATUS_ORDER, Pairs, category_name, pairs
from explorer.pictures.places import home_province
from explorer.pictures.projection import Sheet
from explorer.pictures.spots import NOWHERE, Spot, Spots, spots
from explorer.service import View
from graph_loader import Level, Party

# the least number of each class, so that most regions are not of one; fixed, so that years compare
BOUNDS: Final = {"perjanjian": (1, 3, 6, 11), "mitra": (1, 6, 11, 21), "sdg": (1, 4, 7, 10)}
NUMBERED: Final = 9.0  # px of a sign that a number of three figures stands in
LARGEST: Final = 15.0  # px, because a larger sign hides its neighbours
MOST_LINES: Final = 300  # because beyond it nobody can follow a line, however strong
STEP: Final = 0.14  # opacity that each further agreement adds to a line
SMALL: Final = 3.5  # px of a province on a sheet of the world, because thirty stand close there
CROWDED: Final = 120  # lines beyond which nobody follows one: those of one agreement are left out
FAR: Final = 0.28  # opacity of what does not touch the home province
NEAR: Final = 0.45  # opacity of one agreement that does; each one more is stronger
KINDS: Final = tuple(BOUNDS)


@dataclass(frozen=True, slots=True)
class MapPoint:
    """A spot with agreements of the filter; `members` are those of its parties that signed any.

    `id` is the spot's, whatever the filter; `named` is the party that it is called by: the
    province that it stands for, or else the first of the members.

    `number` is what its colour and size stand for, `rank` the class of it, 0 to 4; None where the
    sheet does not show regions by themselves.
    """

    id: str
    members: tuple[int, ...]
    named: int
    x: float
    y: float
    agreements: int
    number: int | None = None
    rank: int | None = None
    is_small: bool = False

    @property
    def reach(self) -> float:
        """How far its sign reaches from its middle, px: more agreements, a larger sign."""
        if self.rank is not None:
            return NUMBERED + 1.2 * self.rank
        if self.is_small:
            return SMALL
        return round(min(LARGEST, 3.5 + 1.6 * math.sqrt(self.agreements)), 1)


@dataclass(frozen=True, slots=True)
class MapLine:
    """The agreements between two spots, which are named by their ids."""

    a: str
    b: str
    agreements: int
    category: str
    status: str
    opacity: float


@dataclass(frozen=True, slots=True)
class MapScene:
    """A sheet before it is drawn.

    `found` are all pairs of spots, of which `lines` are those drawn; `agreements` are the filter's,
    `drawn` those among them that some pair stands for. `unplaced` are parties of the filter
    without coordinates, `beyond` those outside the sheet: their numbers, in the order of names.
    """

    sheet: Sheet
    kind: str
    points: tuple[MapPoint, ...]
    lines: tuple[MapLine, ...]
    found: Pairs
    spots: Spots
    agreements: int
    drawn: int
    parties: int
    unplaced: tuple[int, ...]
    beyond: tuple[int, ...]

    def first(self, spot: int) -> int:
        """The party that a spot is named after, by number."""
        return self.spots.every[spot].members[0]


def map_scene(shown: View, mask: Bools, sheet: Sheet, kind: str = "perjanjian") -> MapScene:
    """The agreements of a mask on a sheet; `kind`, of `KINDS`, is what regions are coloured by."""
    index = shown.index
    known = spots(index, sheet)
    signed = _signed(index, mask)
    involved = np.unique(signed[1])
    found, drawn = _between(shown, mask, sheet, known)
    placed = known.of_party[involved] != NOWHERE
    away = involved[~placed].tolist()
    bare = [n for n in away if index.parties[n].lat is None or index.parties[n].lon is None]
    outside = [n for n in away if n not in set(bare)]
    return MapScene(
        sheet=sheet,
        kind=kind,
        points=_points(shown, mask, sheet, known, signed, kind),
        lines=_lines(index, found, known),
        found=found,
        spots=known,
        agreements=int(mask.sum()),
        drawn=drawn,
        parties=len(involved),
        unplaced=tuple(_by_name(index, bare)),
        beyond=tuple(_by_name(index, outside)),
    )


def class_of(number: int, kind: str) -> int:
    """The class of a number, 0 to 4, as `BOUNDS` part them.

    Example:
        >>> [class_of(n, "perjanjian") for n in (0, 1, 2, 3, 10, 11, 99)]
        [0, 1, 1, 2, 3, 4, 4]
    """
    return sum(number >= bound for bound in BOUNDS[kind])


def numbers_of(shown: View, mask: Bools, kind: str) -> Ints:
    """For each party, how many agreements, partners or SDGs the mask gives it."""
    index = shown.index
    count = len(index.parties)
    if kind == "mitra":
        a, b, _ = index.tie_pairs(shown.day, mask)
        both = np.unique(a.astype(np.int64) * count + b)
        ends = np.concatenate([both // count, both % count])
        return np.bincount(ends, minlength=count).astype(np.int32)
    agreement, party = _signed(index, mask)
    if kind == "sdg":
        goals = np.zeros(count, dtype=np.int64)
        np.bitwise_or.at(goals, party, index.goals[agreement])
        return np.array([one.bit_count() for one in goals.tolist()], dtype=np.int32)
    return np.bincount(party, minlength=count).astype(np.int32)


def _signed(index: Index, mask: Bools) -> tuple[Ints, Ints]:
    """(agreement, party) of each signature under the agreements of a mask."""
    chosen = np.flatnonzero(mask)
    rows = index.members[chosen]
    return np.repeat(chosen, np.diff(rows.indptr)).astype(np.int32), rows.indices.astype(np.int32)


def _between(shown: View, mask: Bools, sheet: Sheet, known: Spots) -> tuple[Pairs, int]:
    """The pairs of spots, and how many agreements they stand for.

    On a sheet of the world no line is drawn inside one country: it would be too short to see.
    """
    index, outside = shown.index, len(known.every)
    group = np.where(known.of_party == NOWHERE, outside, known.of_party).astype(np.int32)
    every = pairs(index, shown.day, mask, group)
    land = np.array([_country(index, spot) for spot in known.every] + [-2], dtype=np.int64)
    world = sheet.outline == "world"

    def shows(a: Ints, b: Ints) -> Bools:
        apart = (a != b) & (np.maximum(a, b) < outside)
        return np.asarray(apart & (land[a] != land[b]) if world else apart, dtype=np.bool_)

    keep = shows(every.a, every.b)
    a, b, agreement = index.tie_pairs(shown.day, mask)
    drawn = np.unique(agreement[shows(group[a], group[b])])
    columns = (every.a, every.b, every.agreements, every.category, every.status)
    return Pairs(*(column[keep] for column in columns)), len(drawn)


def _country(index: Index, spot: Spot) -> int:
    return int(index.country[spot.members[0]])


def _points(
    shown: View, mask: Bools, sheet: Sheet, known: Spots, signed: tuple[Ints, Ints], kind: str
) -> tuple[MapPoint, ...]:
    index = shown.index
    agreement, party = signed
    spot = known.of_party[party]
    on = spot != NOWHERE
    count = max(len(index.agreement_ids), 1)
    each = np.unique(spot[on].astype(np.int64) * count + agreement[on]) // count
    agreements = np.bincount(each, minlength=len(known.every))
    involved = set(party.tolist())
    numbers = numbers_of(shown, mask, kind) if sheet.home else None
    home = home_province(index)
    found = []
    for position, one in enumerate(known.every):
        first = index.parties[one.members[0]]
        at_home = sheet.home and home != "" and home == first.part_of
        if not agreements[position] and not at_home:
            continue
        members = tuple(n for n in one.members if n in involved) or one.members
        number = int(numbers[one.members[0]]) if numbers is not None and at_home else None
        rank = class_of(number, kind) if number is not None else None
        named = one.members[0] if first.level is Level.PROVINCE else members[0]
        small = sheet.outline == "world" and first.country == "id" and first.id != home
        signed_there = int(agreements[position])
        found.append(
            MapPoint(first.id, members, named, one.x, one.y, signed_there, number, rank, small)
        )
    return tuple(sorted(found, key=lambda point: (-point.agreements, point.id)))


def _lines(index: Index, found: Pairs, known: Spots) -> tuple[MapLine, ...]:
    """`MOST_LINES` lines at most: first those that touch the home province, then by agreements.

    Where they would be more than `CROWDED`, those of one agreement are left out, unless all are.
    """
    firsts = [index.parties[spot.members[0]] for spot in known.every]
    home = home_province(index)
    inside = np.array([home in {first.id, first.part_of} for first in firsts], dtype=np.bool_)
    near = inside[found.a] | inside[found.b] if len(found) else np.zeros(0, dtype=np.bool_)
    order = np.lexsort((found.b, found.a, -found.agreements, ~near))[:MOST_LINES]
    if len(found) > CROWDED:
        strong = order[found.agreements[order] > 1]
        order = strong if len(strong) else order[:CROWDED]
    return tuple(_line(found, n, firsts, bool(near[n])) for n in order[::-1].tolist())


def _line(found: Pairs, n: int, firsts: Sequence[Party], near: bool) -> MapLine:
    agreements = int(found.agreements[n])
    return MapLine(
        firsts[found.a[n]].id,
        firsts[found.b[n]].id,
        agreements,
        category_name(int(found.category[n])),
        str(STATUS_ORDER[found.status[n]]),
        round(min(0.9, NEAR + STEP * (agreements - 1)), 2) if near else FAR,
    )


def _by_name(index: Index, numbers: Sequence[int]) -> list[int]:
    return sorted(numbers, key=lambda n: (index.parties[n].sort_key, index.parties[n].id))
