"""How several rankings become one: each has a voice and a weight, and the voices are added.

A ranking that reads the network speaks as loudly as log(1 + score / its usual score there), and
once more for those that it puts first; one of policy, whose scores mean nothing beside others, as
NEAR / (NEAR + rank). One that says nothing, or that a planner has switched off, adds nothing. The
weights are data: `ranking_weights.csv`. In a thin network, and where nothing was learnt, ranks are
joined plainly (reciprocal rank fusion).
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from typing import Final, NamedTuple

import numpy as np

from explorer.network import Network
from explorer.rankings import RANKINGS
from explorer.ties import Floats
from graph_loader import data_folder

NEAR: Final = 20.0  # because the first ten of a list should count about alike
SAMPLED: Final = 64  # places: because what a ranking usually says is told well enough by as many
FIRST_NEAR: Final = 5.0  # because only the very first of a ranking are worth a word of their own
FOREMOST: Final = 200  # because whoever comes later would add a fortieth of what the first does
PLAIN_NEAR: Final = 60.0  # because that is the constant of the paper that plain fusion follows
THIN: Final = 500  # ties: because weights learnt on thousands of links say little about fewer


_HALF: Final = np.uint64(32)
_LOW: Final = np.uint64(0xFFFFFFFF)


class Heard(NamedTuple):
    """What a ranking's voice counts, and what it counts to be among its foremost."""

    voice: float
    first: float = 0.0


class Weight(NamedTuple):
    """What a ranking counts: learnt, and in plain fusion (0: it takes no part)."""

    learnt: Heard
    plain: float
    because: str


def ranks_of(scores: Floats) -> Floats:
    """Ranks along the last axis: 1 is the best, equal scores share their mean rank.

    Returns: inf where a ranking says nothing, which is where the score is not above 0.

    Example:
        >>> ranks_of(np.array([0.5, 2.0, 0.0, 0.5])).tolist()
        [2.5, 1.0, inf, 2.5]
    """
    if not scores.size:
        return np.full(scores.shape, np.inf)
    flat = scores.reshape(-1, scores.shape[-1])
    found = np.full(flat.shape, np.inf)
    for row, ranks in zip(flat, found, strict=True):
        some = np.flatnonzero(row > 0)
        ranks[some] = _mean_ranks(row[some])
    return found.reshape(scores.shape)


def _mean_ranks(values: Floats) -> Floats:
    """Ranks of numbers above 0, the largest first; equal to seven digits is equal.

    The bits of such numbers stand in the order of the numbers, so that a sort of whole numbers,
    each with its place behind it, does both at once: twice as fast as `scipy.stats.rankdata`.
    """
    bits = values.astype(np.float32).view(np.uint32).astype(np.uint64)
    packed = np.sort((~bits << _HALF) | np.arange(len(values), dtype=np.uint64))
    place, key = (packed & _LOW).astype(np.int64), packed >> _HALF
    first = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]])[: len(key)])
    sizes = np.diff(np.append(first, len(key)))
    found = np.empty(len(values))
    found[place] = np.repeat(first + (sizes + 1) / 2.0, sizes)
    return found


def fuse(ranks: Mapping[str, Floats], weights: Mapping[str, float], near: float) -> Floats:
    """One score out of several ranks, more is better; a ranking without a weight takes no part.

    Example:
        >>> ranks = {"a": np.array([1.0, np.inf]), "b": np.array([1.0, 2.0])}
        >>> fuse(ranks, {"a": 61.0}, 60.0).tolist()
        [1.0, 0.0]

    Source: Cormack, Clarke, Büttcher, Reciprocal Rank Fusion, SIGIR 2009.
    """
    found = np.zeros(np.shape(next(iter(ranks.values()))) if ranks else 0)
    for name, rank in ranks.items():
        if weights.get(name):
            found += weights[name] / (near + rank)
    return found


def joined(
    network: Network, scores: Mapping[str, Floats], weigh: Mapping[str, Heard] | None = None
) -> Floats:
    """One score out of those of all rankings, more is better: as `ranking_weights.csv` weighs them.

    `scores` are 0 for whoever is no candidate. With `weigh`, other weights than those that ship.
    """
    if weigh is None and is_thin(network):
        return joined_plainly(scores)
    known = {name: one.learnt for name, one in table().items()} if weigh is None else weigh
    found = np.zeros(np.shape(next(iter(scores.values()))) if scores else 0)
    for name, values in scores.items():
        weight = known.get(name, Heard(0.0))
        if weight.voice:
            found += weight.voice * voice(network, name, values)
        if weight.first:
            found += weight.first * foremost(values)
    return found


def joined_plainly(scores: Mapping[str, Floats]) -> Floats:
    """Reciprocal rank fusion, each ranking with its weight in plain fusion."""
    ranks = {name: ranks_of(values) for name, values in scores.items()}
    return fuse(ranks, {name: one.plain for name, one in table().items()}, PLAIN_NEAR)


def voice(network: Network, name: str, scores: Floats) -> Floats:
    """How loudly a ranking speaks for each: 0 where it says nothing."""
    if name not in RANKINGS:
        found: Floats = NEAR / (NEAR + ranks_of(scores))
        return found
    found = np.log1p(scores / usual(network)[name])
    return found


def foremost(scores: Floats) -> Floats:
    """FIRST_NEAR / (FIRST_NEAR + rank) for the first of each row, 0 for all others.

    Equal scores are in or out together, so that there may be fewer than FOREMOST.

    Example:
        >>> foremost(np.array([0.0, 7.0, 2.0])).round(3).tolist()
        [0.0, 0.833, 0.714]
    """
    flat = scores.reshape(-1, scores.shape[-1])
    found = np.zeros(flat.shape)
    for row, near in zip(flat, found, strict=True):
        values = row.astype(np.float32)
        left = len(values) - FOREMOST
        above = max(float(np.partition(values, left - 1)[left - 1]), 0.0) if left > 0 else 0.0
        top = np.flatnonzero(values > above)
        near[top] = FIRST_NEAR / (FIRST_NEAR + _mean_ranks(row[top]))
    return found.reshape(scores.shape)


def usual(network: Network) -> Mapping[str, float]:
    """What each ranking that reads the network usually says in it: the median of what is said."""
    return network.remember("usual", lambda: _usual(network))


def _usual(network: Network) -> Mapping[str, float]:
    tied = np.flatnonzero(network.degree > 0)
    places = tied[np.linspace(0, len(tied) - 1, min(SAMPLED, len(tied))).astype(np.int64)].astype(
        np.int32
    )
    said = {name: ranking(network, places) for name, ranking in RANKINGS.items()}
    return {
        name: float(np.median(scores[scores > 0])) if (scores > 0).any() else 1.0
        for name, scores in said.items()
    }


def is_thin(network: Network) -> bool:
    """Whether there are too few ties for weights that were learnt on thousands."""
    return network.ties.nnz // 2 < THIN


@cache
def table() -> Mapping[str, Weight]:
    """The weights as `ranking_weights.csv` has them, network rankings first."""
    with (data_folder() / "ranking_weights.csv").open(encoding="utf-8", newline="") as file:
        return {row["ranking"]: _weight(row) for row in csv.DictReader(file)}


def _weight(row: Mapping[str, str]) -> Weight:
    heard = Heard(float(row["weight"]), float(row["first"]))
    return Weight(heard, float(row["plain"]), row["because"])
