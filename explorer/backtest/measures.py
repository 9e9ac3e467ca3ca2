"""How high a hidden partner stood in a list, and how sure that figure is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from explorer.index import Bools, Ints
from explorer.ties import Floats

DRAWS: Final = 1_000  # because the ends of an interval then move by less than its last digit
INTERVAL: Final = (0.025, 0.975)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a hidden partner stood: its rank, and how often it beat who is no partner.

    `uniform` is the share of all candidates that it beat, `matched` that of those with as many
    partners as it has (NaN where there are none); a draw counts half.
    """

    rank: float
    uniform: float
    matched: float


def standing(scores: Floats, candidates: Bools, target: int, degree: Ints) -> Standing:
    """The standing of one candidate among all; equal scores share their mean rank.

    Example:
        >>> scores, free = np.array([0.0, 3.0, 1.0, 1.0]), np.array([False, True, True, True])
        >>> standing(scores, free, 2, np.array([5, 1, 1, 2]))
        Standing(rank=2.5, uniform=0.25, matched=0.0)
    """
    others = candidates.copy()
    others[target] = False
    own, values = scores[target], scores[others]
    above, equal = int((values > own).sum()), int((values == own).sum())
    same = degree[others] == degree[target]
    return Standing(
        1.0 + above + equal / 2.0,
        _share(len(values), above, equal),
        _share(int(same.sum()), int((values[same] > own).sum()), int((values[same] == own).sum())),
    )


def _share(count: int, above: int, equal: int) -> float:
    return (count - above - equal / 2.0) / count if count else float("nan")


@dataclass(frozen=True, slots=True)
class Figures:
    """What a ranking is worth on hidden partners; `low` and `high` bound hits@10 and MRR."""

    hits_10: float
    hits_50: float
    mrr: float
    auc: float
    auc_degree: float
    hits_10_interval: tuple[float, float]
    mrr_interval: tuple[float, float]


def figures(ranks: Floats, uniform: Floats, matched: Floats, documents: Ints) -> Figures:
    """The figures of some standings, with intervals that draw whole documents anew.

    Example:
        >>> found = figures(np.array([1.0, 20.0]), np.ones(2), np.ones(2), np.array([7, 7]))
        >>> found.hits_10, found.hits_50, found.mrr, found.mrr_interval
        (0.5, 1.0, 0.525, (0.525, 0.525))
    """
    if not len(ranks):
        nothing = float("nan")
        return Figures(*(nothing,) * 5, (nothing, nothing), (nothing, nothing))
    top, inverse = (ranks <= 10).astype(np.float64), 1.0 / ranks
    return Figures(
        float(top.mean()),
        float((ranks <= 50).mean()),
        float(inverse.mean()),
        _mean(uniform),
        _mean(matched),
        interval(top, documents),
        interval(inverse, documents),
    )


def interval(values: Floats, documents: Ints, seed: int = 0) -> tuple[float, float]:
    """Where 95 of 100 means fall when documents are drawn anew, each with all its pairs."""
    _, of = np.unique(documents, return_inverse=True)
    sums, sizes = np.bincount(of, weights=values), np.bincount(of)
    drawn = np.random.default_rng(seed).integers(0, len(sizes), (DRAWS, len(sizes)))
    means = sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1)
    low, high = np.quantile(means, INTERVAL)
    return float(low), float(high)


def _mean(values: Floats) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else float("nan")
