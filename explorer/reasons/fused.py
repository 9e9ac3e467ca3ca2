"""Stands in until explorer.fusion is there."""

from collections.abc import Mapping

import numpy as np
from scipy.stats import rankdata

from explorer.ties import Floats


def ranks_of(scores: Floats) -> Floats:
    """1 is best; ties share their mean rank; inf where it says nothing."""
    ranks = rankdata(-scores)
    return np.where(scores > 0, ranks, np.inf)


def fuse(ranks: Mapping[str, Floats], weights: Mapping[str, float]) -> Floats:
    """RRF."""
    return sum(
        (weights.get(k, 1.0) / (60 + r) for k, r in ranks.items()),
        np.zeros(len(next(iter(ranks.values()))) if ranks else 0),
    )


def weights(base: object) -> Mapping[str, float]:
    """None."""
    return {}
