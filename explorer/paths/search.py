"""The cheapest chains between two parties: exact, by meeting in the middle, on a tie's arrays.

Only the partners of both ends, and at most their partners, are looked at. What the shorter chains
cost bounds the longer ones, so that a hub's thousands of partners fall away before they are
followed. Nothing is computed for the parties that stand elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from explorer.index import Bools, Ints
from explorer.paths.halves import Halves, Side, expand, halves_of, kth, meetings, positions
from explorer.ties import FAR, Costs, Ties

LONGEST = 4  # hops that two halves of two can make
Chain = tuple[int, int, tuple[int, ...]]
"""Cost, hops, parties: chains are ordered by just these."""


class Question(NamedTuple):
    """Which chains are asked for: `through` must be in them (-1: nobody), `avoiding` must not."""

    start: int
    goal: int
    through: int = -1
    avoiding: tuple[int, ...] = ()


def best_chains(ties: Ties, asked: Question, k: int, hops: int) -> list[Chain]:
    """The k cheapest simple chains of at most `hops` (at most 4), by cost, hops, then parties.

    Cost: grows with the ties of both ends' partners, not with the network.
    """
    search = _Search(ties, asked, k)
    if hops >= 1:
        search.direct()
    for length, stage in ((2, search.two), (3, search.three), (4, search.four)):
        for first, middle, last in search.arrangements(length) if length <= hops else ():
            if len(first.parties) and len(last.parties):
                stage(first, middle, last)
    return search.found


def one_hop_more(ties: Ties, asked: Question) -> Chain | None:
    """The cheapest chain of five hops where none is shorter, as it must then be simple.

    A party to go through is not asked after here.
    """
    search = _Search(ties, asked, 1)
    near, far = search.second(search.first), search.second(search.last)
    if not (len(near.parties) and len(far.parties)):
        return None
    rows, at = expand(ties, near.parties)
    found = positions(ties, far.parties)[ties.partner[at]]
    rows, at, found = rows[found > 0], at[found > 0], found[found > 0] - 1
    if not len(rows):
        return None
    cost = near.cost[rows] + ties.cost[at] + far.cost[found]
    best = np.lexsort((far.parties[found], near.parties[rows], cost))[0]
    m, n = int(near.parties[rows[best]]), int(far.parties[found[best]])
    x, y = search.step_to(search.first, m), search.step_to(search.last, n)
    return int(cost[best]), LONGEST + 1, (asked.start, x, m, n, y, asked.goal)


class _Search:
    """One question: the best chains so far, and the partners of both ends."""

    def __init__(self, ties: Ties, asked: Question, k: int) -> None:
        self.ties, self.asked, self.k = ties, asked, k
        self.found: list[Chain] = []
        self.most = int(FAR) - 1  # what a chain may cost to be among the best
        self._outside = np.array([asked.start, asked.goal, *asked.avoiding], dtype=np.int32)
        self.first, self.last = self._next_to(asked.start), self._next_to(asked.goal)

    def arrangements(self, hops: int) -> Iterator[tuple[Side, int, Side]]:
        """Where whom the chain must go through may stand: (first, middle or -1, last)."""
        first, last, through = self.first, self.last, self.asked.through
        if through in (-1, self.asked.start, self.asked.goal):
            yield first, -1, last
            return
        yield first.kept(first.parties == through), -1, last
        if hops == LONGEST:
            yield first, through, last
        if hops > 2:
            yield first, -1, last.kept(last.parties == through)

    def direct(self) -> None:
        """A tie between both ends."""
        asked = self.asked
        if asked.through in (-1, asked.start, asked.goal):
            here = self.ties.of(asked.start) == asked.goal
            cost = self.ties.costs_of(asked.start)[here]
            self._take(cost, np.empty((0, len(cost)), dtype=np.int32))

    def two(self, first: Side, middle: int, last: Side) -> None:
        """start – x – goal"""
        x, i, j = np.intersect1d(
            first.parties, last.parties, assume_unique=True, return_indices=True
        )
        self._take(first.cost[i] + last.cost[j] - self.ties.inside[x], x[None])

    def three(self, first: Side, middle: int, last: Side) -> None:
        """start – x – y – goal"""
        first, last = self._affordable(first, last)
        near, far = self._by_ties(first, last)
        rows, at = expand(self.ties, near.parties)
        found = positions(self.ties, far.parties)[self.ties.partner[at]]
        met = found > 0
        rows, at, found = rows[met], at[met], found[met] - 1
        ends = near.parties[rows], far.parties[found]
        cost = near.cost[rows] + self.ties.cost[at] + far.cost[found]
        self._take(cost, np.stack(ends if near is first else ends[::-1]))

    def four(self, first: Side, middle: int, last: Side) -> None:
        """start – x – m – y – goal: the halves that meet in m, cheapest first."""
        first, last = self._affordable(first, last)
        near, far = self._by_ties(first, last)
        if not len(near.parties):
            return
        halves = self._halves(near, middle, int(far.cost.min()))
        if len(halves.cost):
            cost, x, m, y = meetings(self.ties, halves, far, self.k, self.most)
            self._take(cost, np.stack((x, m, y) if near is first else (y, m, x)))

    def second(self, side: Side) -> Side:
        """Those one hop further than a side, each at its cheapest."""
        if not len(side.parties):
            return side
        halves = self._halves(side)
        cost = halves.cost[halves.begin] + self.ties.inside[halves.middles]
        return Side(halves.middles, cost)

    def step_to(self, side: Side, party: int) -> int:
        """Which of a side leads to a party at the least cost."""
        x, i, j = np.intersect1d(
            side.parties, self.ties.of(party), assume_unique=True, return_indices=True
        )
        return int(x[np.argmin(side.cost[i] + self.ties.costs_of(party)[j])])

    def _next_to(self, end: int) -> Side:
        partners = self.ties.of(end)
        side = Side(partners, self.ties.costs_of(end) + self.ties.inside[partners])
        return side.kept((side.cost < FAR) & ~self._is_outside(partners))

    def _is_outside(self, parties: Ints) -> Bools:
        """Which of them are an end or to be avoided."""
        return np.isin(parties, self._outside)

    def _affordable(self, first: Side, last: Side) -> tuple[Side, Side]:
        """Those that can still be part of a chain that is good enough."""
        kept = first.kept(first.cost + int(last.cost.min()) <= self.most)
        return kept, last.kept(last.cost + int(first.cost.min()) <= self.most)

    def _by_ties(self, first: Side, last: Side) -> tuple[Side, Side]:
        """Both sides, the one with fewer ties to follow before the other."""
        degree = self.ties.degree
        fewer = degree[first.parties].sum() <= degree[last.parties].sum()
        return (first, last) if fewer else (last, first)

    def _halves(self, side: Side, middle: int = -1, rest: int = 0) -> Halves:
        most = self.most - rest
        return halves_of(self.ties, side, self._outside, most, middle)

    def _take(self, cost: Costs, inside: Ints) -> None:
        """Keep the k best of what is known and of chains that are given column by column."""
        keep = cost <= kth(cost, self.k, self.most)
        cost, inside = cost[keep], inside[:, keep]
        order = np.lexsort((*inside[::-1], cost))[: self.k]
        start, goal, hops = self.asked.start, self.asked.goal, len(inside) + 1
        chains = zip(cost[order].tolist(), inside[:, order].T.tolist(), strict=True)
        new = [(spent, hops, (start, *within, goal)) for spent, within in chains]
        self.found = sorted([*self.found, *new])[: self.k]
        if len(self.found) == self.k:
            self.most = self.found[-1][0]
