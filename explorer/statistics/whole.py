"""The network as a whole: who bridges it, which groups it has, who holds it together, who is out.

All over the agreements in force on a day. The state is left out: everybody has to do with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from explorer.index import Bools, Index
from explorer.statistics.betweenness import Betweenness, betweenness
from explorer.statistics.communities import Community, communities
from explorer.statistics.cut_points import cut_off
from explorer.ties import Ties, ties


@dataclass(frozen=True, slots=True)
class Broker:
    """A party (number) and the share of shortest connections between others that need it."""

    party: int
    share: float
    partners: int


@dataclass(frozen=True, slots=True)
class Cut:
    """A party (number) and how many others would be cut off without it."""

    party: int
    lost: int


@dataclass(frozen=True)
class Statistics:
    """What the whole network looks like on a day; every list is whole, the first most important.

    `parts` are the connected ones, of which the largest has `largest` parties. `starts` says from
    how many parties shortest connections were followed, `exact` whether these were all.
    """

    agreements: int
    parties: int
    ties: int
    parts: int
    largest: int
    starts: int
    exact: bool
    brokers: tuple[Broker, ...]
    communities: tuple[Community, ...]
    cuts: tuple[Cut, ...]
    alone: tuple[int, ...]
    """regions (numbers) without any partner, by id"""


def statistics(index: Index, day: date) -> Statistics:
    """The whole network on a day, kept with the index.

    Cost: 0.05 s for the shipped agreements, 4 s for 20,000 parties and 100,000 agreements.
    """
    return index.remember(("statistics", day), lambda: _statistics(index, day))


def _statistics(index: Index, day: date) -> Statistics:
    found = ties(index, day)
    numbers, matrix = _without_states(found)
    between, lost = betweenness(matrix), cut_off(matrix)
    parts, part = connected_components(matrix, directed=False)
    return Statistics(
        agreements=int((found.counted & (index.size > 1)).sum()),
        parties=len(numbers),
        ties=matrix.nnz // 2,
        parts=parts,
        largest=int(np.bincount(part).max(initial=0)),
        starts=between.starts,
        exact=between.exact,
        brokers=_brokers(numbers, between, found),
        communities=communities(index, _whole(found), found.counted),
        cuts=_cuts(numbers, lost),
        alone=tuple(np.flatnonzero(index.is_region & (found.degree == 0)).tolist()),
    )


def _whole(found: Ties) -> csr_array:
    """What each tie is worth, parties by parties; ties with a state are none."""
    count = len(found.degree)
    row = np.repeat(np.arange(count), found.degree)
    kept: Bools = found.may_pass[row] & found.may_pass[found.partner]
    lines = (found.worth[kept], (row[kept], found.partner[kept]))
    return csr_array(lines, shape=(count, count))


def _without_states(found: Ties) -> tuple[np.ndarray[tuple[int], np.dtype[np.intp]], csr_array]:
    """The parties with a tie, and the ties between these alone."""
    matrix = _whole(found)
    numbers = np.flatnonzero(np.diff(matrix.indptr))
    return numbers, csr_array(matrix[numbers][:, numbers])


def _brokers(
    numbers: np.ndarray[tuple[int], np.dtype[np.intp]], between: Betweenness, found: Ties
) -> tuple[Broker, ...]:
    order = np.lexsort((numbers, -between.share))
    order = order[between.share[order] > 0]
    return tuple(
        Broker(int(numbers[n]), float(between.share[n]), int(found.degree[numbers[n]]))
        for n in order
    )


def _cuts(
    numbers: np.ndarray[tuple[int], np.dtype[np.intp]],
    lost: np.ndarray[tuple[int], np.dtype[np.int64]],
) -> tuple[Cut, ...]:
    order = np.lexsort((numbers, -lost))
    return tuple(Cut(int(numbers[n]), int(lost[n])) for n in order[lost[order] > 0])
