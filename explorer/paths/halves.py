"""Halves of chains: from one end over a partner to a middle, and where two of them meet."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from explorer.index import Bools, Ints
from explorer.ties import Costs, Ties

Positions = NDArray[np.intp]


class Side(NamedTuple):
    """Parties (ascending) that may stand next to an end, and what a path has cost with them."""

    parties: Ints
    cost: Costs

    def kept(self, keep: Bools) -> Side:
        """Those of the mask."""
        return Side(self.parties[keep], self.cost[keep])


class Halves(NamedTuple):
    """Ways from one end to a middle, by middle, then cost, then party.

    Those to `middles[i]` stand from `begin[i]`, `ways[i]` of them.
    """

    parties: Ints
    cost: Costs
    middles: Ints
    begin: Positions
    ways: Positions


def expand(ties: Ties, parties: Ints) -> tuple[Positions, Positions]:
    """Every tie of some parties: which of them it starts from, and where the tie stands."""
    begin = ties.start[parties]
    count = ties.start[parties + 1] - begin
    rows = np.repeat(np.arange(len(parties)), count)
    skipped = np.cumsum(count) - count
    return rows, np.arange(len(rows)) - np.repeat(skipped - begin, count)


def positions(ties: Ties, parties: Ints) -> Ints:
    """Party → its place among some, from 1; 0 for all others.

    Cost: only the pages of memory that are written to, so not the size of the network.
    """
    found = np.zeros(len(ties.degree), dtype=np.int32)
    found[parties] = np.arange(1, len(parties) + 1, dtype=np.int32)
    return found


def halves_of(ties: Ties, near: Side, outside: Ints, most: int, middle: int = -1) -> Halves:
    """Every way from a side to a middle (or to the one given) that costs at most so much with it.

    No middle is one of those `outside`: the ends, and whom to avoid.
    """
    rows, at = expand(ties, near.parties)
    middles = ties.partner[at]
    cost = near.cost[rows] + ties.cost[at]
    keep = cost + ties.inside[middles] <= most
    if middle >= 0:
        keep &= middles == middle
    rows, middles, cost = rows[keep], middles[keep], cost[keep]
    inner = ~np.isin(middles, outside)
    rows, middles, cost = rows[inner], middles[inner], cost[inner]
    order = np.lexsort((cost, middles))  # stable: equal ones stay by party
    distinct, begin, ways = np.unique(middles[order], return_index=True, return_counts=True)
    return Halves(near.parties[rows[order]], cost[order], distinct, begin, ways)


def meetings(
    ties: Ties, halves: Halves, far: Side, k: int, most: int
) -> tuple[Costs, Ints, Ints, Ints]:
    """Simple chains x – m – y of a half and one from the far side, the k best among them.

    Returns: (cost, x, m, y), by nothing in particular, and few more than k.
    """
    which, y, half = _other_halves(ties, halves, far)
    best = halves.begin[which]
    least = half + ties.inside[halves.middles[which]] + halves.cost[best]
    good = least <= kth(least[halves.parties[best] != y], k, most)
    which, y, half = which[good], y[good], half[good]
    order = np.lexsort((y, half, which))
    # more than k + 1 from either side of one middle cannot be among the k best
    kept = order[_rank(which[order]) <= k]
    which, y, half = which[kept], y[kept], half[kept]
    ways = np.minimum(halves.ways[which], k + 1)
    rows = np.repeat(np.arange(len(which)), ways)
    at = np.arange(len(rows)) - np.repeat(np.cumsum(ways) - ways - halves.begin[which], ways)
    x, m, y = halves.parties[at], halves.middles[which[rows]], y[rows]
    cost = half[rows] + ties.inside[m] + halves.cost[at]
    simple = x != y
    return cost[simple], x[simple], m[simple], y[simple]


def kth(cost: Costs, k: int, most: int) -> int:
    """The k-th smallest cost, if there are so many and it is less than `most`."""
    if len(cost) <= k:
        return most
    return min(most, int(np.partition(cost, k - 1)[k - 1]))


def _other_halves(ties: Ties, halves: Halves, far: Side) -> tuple[Positions, Ints, Costs]:
    """Ties between the middles and the far side, followed from where there are fewer."""
    if ties.degree[halves.middles].sum() < ties.degree[far.parties].sum():
        which, at = expand(ties, halves.middles)
        rows = positions(ties, far.parties)[ties.partner[at]].astype(np.intp) - 1
    else:
        rows, at = expand(ties, far.parties)
        which = positions(ties, halves.middles)[ties.partner[at]].astype(np.intp) - 1
    met = (rows >= 0) & (which >= 0)
    which, rows, at = which[met], rows[met], at[met]
    return which, far.parties[rows], far.cost[rows] + ties.cost[at]


def _rank(groups: Positions) -> Positions:
    """The place of each within its group, from 0; groups stand together."""
    at = np.arange(len(groups))
    first = np.flatnonzero(np.diff(groups, prepend=-1))
    return at - np.repeat(first, np.diff(first, append=len(groups)))
