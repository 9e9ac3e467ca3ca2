"""The best paths between two parties, and the nearest bridge where there is none.

A path's score is the product of its ties' worths and, for each intermediary, of its number of
partners to the power -0.5: a hub that everyone signs with explains little. The search is exact:
costs are -log(score), and lower bounds from the far end decide which beginning to extend next.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

import numpy as np

from explorer.index import Index
from explorer.ties import Floats, TieFilter, Ties, ties
from graph_loader import FOREIGN_LEVELS, BadInput, NotFound

MAX_HOPS = 4  # because nobody in a meeting follows a chain of five introductions
MAX_PATHS = 50
_SAME = 1e-9  # costs closer than this are equal: only the order of additions tells them apart
_MAX_STEPS = 200_000  # because a page must answer; reached only in dense graphs of equal ties


@dataclass(frozen=True, slots=True)
class Hop:
    """One tie in a path, and the ids of the agreements it rests on, the best first."""

    a: str
    b: str
    agreements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Path:
    """A chain of parties (ids). `score` is between 0 and 1, comparable, and not a probability."""

    parties: tuple[str, ...]
    hops: tuple[Hop, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Bridge:
    """What would join two parties: `a` (near the first) and `b` (near the second) share `via`.

    `kind` says what they share: a country, or a province; "alone" means that `via` has no tie.
    """

    kind: Literal["country", "province", "alone"]
    a: str
    b: str
    via: str


@dataclass(frozen=True, slots=True)
class Connection:
    """The best paths, best first; where there is none, the nearest bridge if there is one."""

    paths: tuple[Path, ...]
    bridge: Bridge | None = None


def connect(
    index: Index,
    a: str,
    b: str,
    day: date,
    *,
    k: int = 5,
    max_hops: int = MAX_HOPS,
    keep: TieFilter | None = None,
    through: str = "",
    avoiding: frozenset[str] = frozenset(),
) -> Connection:
    """The k best paths of at most `max_hops` hops from a to b.

    Equal scores: fewer hops first, then by the parties' ids. A direct tie is a path of one hop.

    Raises:
        NotFound: ("party-unknown", id=…).
        BadInput: ("same-party") both ends are one party.
    """
    start, goal = _number(index, a), _number(index, b)
    if start == goal:
        raise BadInput("same-party", field="ke")
    found = ties(index, day, keep)
    waypoint = _number(index, through) if through else None
    blocked = {_number(index, id) for id in avoiding}
    search = _Search(found, start, goal, max_hops, waypoint, blocked)
    chosen = search.best(min(k, MAX_PATHS))
    paths = tuple(_path(index, day, found, chain, cost) for cost, chain in chosen)
    return Connection(paths, None if paths else nearest_bridge(index, found, start, goal))


def nearest_bridge(index: Index, found: Ties, start: int, goal: int) -> Bridge | None:
    """The closest two parties, one near each end, that share a country abroad or a province.

    "Near" is the end itself or one of its partners; nearer pairs win, then ids.
    """
    for end in (start, goal):
        if not found.degree[end]:
            return Bridge("alone", _id(index, start), _id(index, goal), _id(index, end))
    near, far = _around(found, start), _around(found, goal)
    pairs = (
        (hops + more, one, other, kind, shared)
        for one, hops in near.items()
        for other, more in far.items()
        if one != other and (common := _shared(index, one, other)) is not None
        for kind, shared in [common]
    )
    best = min(pairs, default=None)
    if best is None:
        return None
    _, one, other, kind, shared = best
    return Bridge(kind, _id(index, one), _id(index, other), _id(index, shared))


class _Search:
    """Best-first search over simple chains, with exact lower bounds of the remaining cost."""

    def __init__(
        self, found: Ties, start: int, goal: int, hops: int, waypoint: int | None, blocked: set[int]
    ) -> None:
        self.ties, self.start, self.goal, self.hops = found, start, goal, hops
        self.waypoint = waypoint
        with np.errstate(divide="ignore"):
            self.cost = -np.log(found.worth)
            self.inside = np.where(found.degree > 0, 0.5 * np.log(found.degree), np.inf)
        self.inside[~found.may_pass] = np.inf
        self.inside[list(blocked)] = np.inf
        self.to_goal = self._bounds(None)
        self.to_waypoint = None if waypoint is None else self._bounds(waypoint)

    def best(self, k: int) -> list[tuple[float, tuple[int, ...]]]:
        """The k cheapest chains by (cost, hops, parties)."""
        chains: list[tuple[float, tuple[int, ...]]] = []
        for cost, chain in self._cheapest_first():
            if len(chains) >= k and cost > chains[k - 1][0] + _SAME:
                break
            chains.append((cost, chain))
        chains.sort(key=lambda found: (round(found[0] / _SAME), len(found[1]), found[1]))
        return chains[:k]

    def _cheapest_first(self) -> Iterator[tuple[float, tuple[int, ...]]]:
        first: tuple[int, ...] = (self.start,)
        heap = [(self._bound(self.start, self.hops, first), 0.0, first)]
        for _ in range(_MAX_STEPS):
            if not heap or np.isinf(heap[0][0]):
                return
            _, cost, chain = heapq.heappop(heap)
            if chain[-1] == self.goal:
                yield cost, chain
                continue
            self._extend(heap, cost, chain)

    def _extend(
        self, heap: list[tuple[float, float, tuple[int, ...]]], cost: float, chain: tuple[int, ...]
    ) -> None:
        last, left = chain[-1], self.hops - len(chain)
        low, high = self.ties.start[last], self.ties.start[last + 1]
        for position in range(low, high):
            partner = int(self.ties.partner[position])
            if partner in chain:
                continue
            longer = (*chain, partner)
            inside = 0.0 if partner == self.goal else self.inside[partner]
            spent = cost + self.cost[position] + inside
            bound = spent + self._bound(partner, left, longer)
            if not np.isinf(bound):
                heapq.heappush(heap, (bound, spent, longer))

    def _bound(self, party: int, left: int, chain: tuple[int, ...]) -> float:
        """A lower bound of what reaching the goal in at most `left` hops still costs."""
        passed = self.to_waypoint is None or self.waypoint in chain
        if party == self.goal:
            return 0.0 if passed else np.inf
        bounds = self.to_goal if passed or self.to_waypoint is None else self.to_waypoint
        return float(bounds[left][party])

    def _bounds(self, waypoint: int | None) -> list[Floats]:
        """bounds[r][v]: the cheapest way from v to the goal in at most r hops, if any.

        With a waypoint: the cheapest that still visits it after v.
        """
        bound = np.full(len(self.ties.degree), np.inf)
        if waypoint is None:
            bound[self.goal] = 0.0
        bounds = [bound]
        for hops in range(1, self.hops + 1):
            onward = self.inside + bounds[-1]
            onward[self.goal] = bounds[-1][self.goal]
            if waypoint is not None:
                onward[waypoint] = self.inside[waypoint] + self.to_goal[hops - 1][waypoint]
            bounds.append(np.minimum(bounds[-1], self._one_hop(onward)))
        return bounds

    def _one_hop(self, onward: Floats) -> Floats:
        reached = np.full(len(self.ties.degree), np.inf)
        some = np.flatnonzero(self.ties.degree)
        if len(some):
            costs = self.cost + onward[self.ties.partner]
            reached[some] = np.minimum.reduceat(costs, self.ties.start[some])
        return reached


def _path(index: Index, day: date, found: Ties, chain: tuple[int, ...], cost: float) -> Path:
    hops = tuple(
        Hop(_id(index, a), _id(index, b), tuple(found.best_agreements(index, day, a, b)))
        for a, b in pairwise(chain)
    )
    return Path(tuple(_id(index, number) for number in chain), hops, float(np.exp(-cost)))


def _around(found: Ties, end: int) -> dict[int, int]:
    return {end: 0} | {int(partner): 1 for partner in found.of(end)}


def _shared(
    index: Index, one: int, other: int
) -> tuple[Literal["country", "province"], int] | None:
    levels = (index.parties[one].level, index.parties[other].level)
    if all(level in FOREIGN_LEVELS for level in levels):
        country = int(index.country[one])
        return ("country", country) if country >= 0 and country == index.country[other] else None
    province = int(index.province[one])
    return ("province", province) if province >= 0 and province == index.province[other] else None


def _number(index: Index, id: str) -> int:
    if id not in index.number:
        raise NotFound("party-unknown", id=id)
    return index.number[id]


def _id(index: Index, number: int) -> str:
    return index.parties[number].id
