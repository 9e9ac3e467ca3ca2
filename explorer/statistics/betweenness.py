"""Who stands between others: the share of shortest connections that run through each party."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Floats = NDArray[np.float64]
Starts = NDArray[np.intp]

EXACT: Final = 2_000  # parties; because all of them as starts then take about a second
SAMPLE: Final = 512  # starts in a larger network; because the first ten are then those of 2,048
FEWEST: Final = 32  # starts in any network; because fewer say little
WORK: Final = 250_000_000  # starts × ties followed; because a reader waits for them some 3 s
SEED: Final = 20  # because any will do, if it is always the same
_TOGETHER: Final = 32  # starts; because their columns then fit the processor's cache


class Betweenness(NamedTuple):
    """Each party's share, 0 to 1, and from how many starts it was worked out."""

    share: Floats
    starts: int
    exact: bool


def betweenness(ties: csr_array, exact: int = EXACT, sample: int = SAMPLE) -> Betweenness:
    """Of the shortest connections between two others, the share that runs through each party.

    Exact up to `exact` parties; beyond, an estimate from `sample` starts, drawn with a fixed seed,
    or from fewer where there are more than half a million ties.
    Pairs that nothing connects count as connected through nobody.

    Cost: 512 starts at 20,000 parties and 400,000 ties take about 2 s.
    Source: U. Brandes, A faster algorithm for betweenness centrality, 2001; all of a batch of
    starts at once, as in A. Buluç and J. Gilbert, The Combinatorial BLAS, 2011.
    """
    count = ties.shape[0]
    some = np.flatnonzero(np.diff(ties.indptr))
    few = len(some) <= exact
    afforded = max(FEWEST, min(sample, 2 * WORK // max(ties.nnz, 1)))
    starts = some if few else np.sort(_drawn(some, afforded))
    shape = csr_array((np.ones(ties.nnz), ties.indices, ties.indptr), shape=ties.shape)
    through = np.zeros(count)
    for first in range(0, len(starts), _TOGETHER):
        through += _through(shape, starts[first : first + _TOGETHER])
    pairs = (count - 1) * (count - 2)
    scale = len(some) / (pairs * len(starts)) if pairs > 0 and len(starts) else 0.0
    return Betweenness(through * scale, len(starts), few)


def _drawn(some: Starts, sample: int) -> Starts:
    return np.random.default_rng(SEED).choice(some, min(sample, len(some)), replace=False)


def _through(ties: csr_array, starts: Starts) -> Floats:
    """The number of shortest connections from the starts that run through each, in parts."""
    columns = np.arange(len(starts))
    front = np.zeros((ties.shape[0], len(starts)))
    front[starts, columns] = 1.0
    ways, levels, unseen = front.copy(), [front > 0], front == 0
    while levels[-1].any():
        front = np.where(unseen, ties @ front, 0.0)
        ways += front
        levels.append(front > 0)
        unseen &= ~levels[-1]
    depends = np.zeros_like(ways)
    for nearer, farther in zip(levels[-2::-1], levels[:0:-1], strict=True):
        share = np.divide(1.0 + depends, ways, out=np.zeros_like(ways), where=farther)
        depends += np.where(nearer, ways * (ties @ share), 0.0)
    depends[starts, columns] = 0.0
    total: Floats = depends.sum(axis=1)
    return total
