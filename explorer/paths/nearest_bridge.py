"""The nearest bridge between two parties that no path joins: what they almost share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from explorer.index import LEVELS, Bools, Index, Ints
from explorer.paths.search import Question
from explorer.ties import Ties
from graph_loader import FOREIGN_LEVELS, Level

Kind = Literal["place", "province", "country", "goal", "alone", "too-long"]
KINDS: Final[tuple[Kind, ...]] = ("place", "province", "country", "goal", "alone", "too-long")
"""From what joins most to what joins least."""
PARTNERSHIPS: Final = (
    17  # because every agreement is a partnership, so that this goal joins anybody
)
_GOALS: Final = tuple(goal for goal in range(1, 18) if goal != PARTNERSHIPS)
_ABROAD = np.array([level in FOREIGN_LEVELS - {Level.COUNTRY} for level in LEVELS])
_PLACE_ABROAD = np.array([level is Level.FOREIGN_LOCAL for level in LEVELS])


@dataclass(frozen=True, slots=True)
class Bridge:
    """What would join two parties: one agreement between `a` and `b`, who share `via`.

    `a` is `start` or a partner of it, `b` is `goal` or a partner of it. `kind` says what they
    share: a place abroad (a prefecture, a state), a province, a country, or a goal, whose number
    `via` then is; "alone" means that `via` has no tie at all, "too-long" that the ways to `via` and
    on from it exist, but not within one path.
    """

    kind: Kind
    start: str
    a: str
    b: str
    goal: str
    via: str


class _Near(NamedTuple):
    """Parties around one end, and how many hops away."""

    parties: Ints
    hops: NDArray[np.int64]


class _Shared(NamedTuple):
    """A pair that shares something; the best one comes first in order."""

    hops: int
    a: int
    b: int
    via: int


def nearest_bridge(index: Index, found: Ties, asked: Question) -> Bridge | None:
    """The closest two parties, one near each end, that share a place, or else a goal.

    "Near" is the end itself or one of its partners. Fewer hops win, then the more telling kind,
    then ids; a shared goal is told only where no place is shared.
    Cost: grows with the number of partners, not with its square.
    """
    for end in (asked.start, asked.goal):
        if not found.degree[end]:
            return _bridge(index, asked, "alone", _Shared(0, asked.start, asked.goal, end))
    near, far = (_around(found, end, asked.avoiding) for end in (asked.start, asked.goal))
    places: list[tuple[int, int, Kind, _Shared]] = []
    for rank, (kind, of) in enumerate(_PLACES.items()):
        if best := _shared(near, of(index, near.parties), far, of(index, far.parties)):
            places.append((best.hops, rank, kind, best))
    if places:
        _, _, kind, best = min(places)
        return _bridge(index, asked, kind, best)
    goal = _shared(*_with_goals(index, found, near), *_with_goals(index, found, far))
    return _bridge(index, asked, "goal", goal) if goal else None


def _bridge(index: Index, asked: Question, kind: Kind, best: _Shared) -> Bridge:
    start, a, b, goal = (index.parties[n].id for n in (asked.start, best.a, best.b, asked.goal))
    via = str(best.via) if kind == "goal" else index.parties[best.via].id
    return Bridge(kind, start, a, b, goal, via)


def _around(found: Ties, end: int, avoiding: tuple[int, ...]) -> _Near:
    """The end and those of its partners that a path may lead through."""
    partners = found.of(end)
    partners = partners[found.may_pass[partners] & ~np.isin(partners, avoiding)]
    parties = np.concatenate([np.array([end], dtype=np.int32), partners])
    hops = np.ones(len(parties), dtype=np.int64)
    hops[0] = 0
    return _Near(parties, hops)


def _shared(near: _Near, of_near: Ints, far: _Near, of_far: Ints) -> _Shared | None:
    """The nearest pair with a value in common, by hops, then parties; -1 is no value."""
    a, b = _first_of_each(near, of_near), _first_of_each(far, of_far)
    values, i, j = np.intersect1d(of_near[a], of_far[b], assume_unique=True, return_indices=True)
    a, b = a[i], b[j]
    apart = near.parties[a] != far.parties[b]
    a, b, values = a[apart], b[apart], values[apart]
    if not len(values):
        return None
    hops = near.hops[a] + far.hops[b]
    best = np.lexsort((values, far.parties[b], near.parties[a], hops))[0]
    return _Shared(
        int(hops[best]), int(near.parties[a[best]]), int(far.parties[b[best]]), int(values[best])
    )


def _first_of_each(near: _Near, values: Ints) -> NDArray[np.intp]:
    """For each value, where the nearest party stands that has it."""
    order = np.lexsort((near.parties, near.hops, values))
    order = order[values[order] >= 0]
    return order[np.flatnonzero(np.diff(values[order], prepend=-1))]


def _with_goals(index: Index, found: Ties, near: _Near) -> tuple[_Near, Ints]:
    """One line for each party and each goal that its agreements name."""
    bits = _goals(index, found.counted)
    which, goal = np.nonzero((bits[near.parties][:, None] >> np.array(_GOALS)) & 1)
    lines = _Near(near.parties[which], near.hops[which])
    return lines, np.array(_GOALS, dtype=np.int32)[goal]


def _goals(index: Index, counted: Bools) -> Ints:
    """The goals that each party's agreements name, as bits."""
    bits = np.where(counted, index.goals, 0)[index.of_party.indices]
    begin = index.of_party.indptr
    some = np.flatnonzero(np.diff(begin))
    found = np.zeros(len(begin) - 1, dtype=np.int32)
    if len(some):
        found[some] = np.bitwise_or.reduceat(bits, begin[:-1][some])
    return found


def _place(index: Index, parties: Ints) -> Ints:
    """The largest part of a country abroad that each lies in or is."""
    top = index.remember("places abroad", lambda: _places_abroad(index), always=True)
    return top[parties]


def _places_abroad(index: Index) -> Ints:
    found = np.full(len(index.parties), -1, dtype=np.int32)
    for number in np.flatnonzero(_ABROAD[index.level]).tolist():
        found[number] = _top(index, number)
    return found


def _top(index: Index, number: int) -> int:
    """The last part of a country on the way up from a party; -1 where there is none."""
    seen, top = {number}, number if _PLACE_ABROAD[index.level[number]] else -1
    while (number := index.number.get(index.parties[number].part_of, -1)) >= 0:
        if number in seen or not _ABROAD[index.level[number]]:
            break
        seen.add(number)
        top = number if _PLACE_ABROAD[index.level[number]] else top
    return top


def _province(index: Index, parties: Ints) -> Ints:
    return index.province[parties]


def _country(index: Index, parties: Ints) -> Ints:
    """The country of those abroad; at home everybody shares it, which joins nobody."""
    abroad = np.isin(index.level[parties], np.flatnonzero(_ABROAD))
    return np.where(abroad, index.country[parties], -1).astype(np.int32)


_PLACES: Final[dict[Kind, Callable[[Index, Ints], Ints]]] = {
    "place": _place,
    "province": _province,
    "country": _country,
}
