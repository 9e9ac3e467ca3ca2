"""Weights of the fusion, learnt from links that were hidden inside what is known.

For each hidden partner, what is said for it is put beside what is said for some 500 candidates
drawn at random and a few that the rankings put high; the weights make the partner the likeliest of
them (a conditional logit). The drawn stand for all: each counts as many as it was drawn from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from explorer.backtest.history import History
from explorer.backtest.run import candidates, hidden_partners
from explorer.backtest.splits import Split
from explorer.fusion import Heard, foremost, voice
from explorer.index import Bools, Ints
from explorer.network import Network
from explorer.rankings import RANKINGS, Ranking
from explorer.ties import Floats

AT_RANDOM: Final = 500
HARD: Final = 20
HARD_OF: Final = 200  # because the top alone ruined a fit: some of it are partners not yet known
SHRINK: Final = 1e-3  # because without it a ranking that hardly ever speaks gets any weight
AT_ONCE: Final = 128
_DIGITS: Final = 2  # because a third digit changes no figure


@dataclass(frozen=True, eq=False)
class Examples:
    """Voices: hidden partner × itself and those it is put beside × ranking, and the same once more
    for being among the foremost of each ranking.

    `counts` is the logarithm of how many candidates each of a row stands for.
    """

    rankings: tuple[str, ...]
    voices: NDArray[np.float32]
    counts: Floats

    def only(self, names: Sequence[str]) -> Examples:
        """The same with fewer rankings."""
        own = [self.rankings.index(name) for name in names]
        columns = [*own, *(len(self.rankings) + column for column in own)]
        return Examples(tuple(names), self.voices[..., columns], self.counts)


def examples(
    history: History, split: Split, rankings: Mapping[str, Ranking] = RANKINGS, seed: int = 0
) -> Examples:
    """What the rankings say of partners hidden by a split, and of candidates beside them.

    Whoever has no partner left is no example: it is on the list only because of what was hidden.
    """
    network, random = history.network(split.known, split.hidden), np.random.default_rng(seed)
    wanted = hidden_partners(history, split)
    wanted = wanted[(network.degree[wanted[:, 0]] > 0) & (network.degree[wanted[:, 1]] > 0)]
    places = np.unique(wanted[:, 0])
    parts = [
        _examples(
            history, split, network, wanted, places[first : first + AT_ONCE], rankings, random
        )
        for first in range(0, len(places), AT_ONCE)
    ]
    counts = _counts(network.count)
    shape = (0, len(counts), 2 * len(rankings))
    return Examples(
        tuple(rankings), np.concatenate([np.empty(shape, np.float32), *parts]), counts
    )  # fmt: skip


def _examples(
    history: History, split: Split, network: Network, wanted: Ints, places: Ints,
    rankings: Mapping[str, Ranking], random: np.random.Generator,
) -> NDArray[np.float32]:  # fmt: skip
    free = candidates(history, split, network, places) & (network.degree > 0)
    said = {
        name: np.where(free, ranking(network, places), 0.0) for name, ranking in rankings.items()
    }
    loud = [voice(network, name, scores) for name, scores in said.items()]
    voices = np.stack([*loud, *map(foremost, said.values())], axis=-1).astype(np.float32)
    rows = []
    for at, place in enumerate(places):
        targets = wanted[wanted[:, 0] == place, 1]
        beside = _beside(free[at], targets, voices[at].sum(axis=-1), random)
        rows += [voices[at][np.concatenate([[target], beside])] for target in targets]
    return np.array(rows, dtype=np.float32)


def _beside(free: Bools, targets: Ints, high: Floats, random: np.random.Generator) -> Ints:
    others = free.copy()
    others[targets] = False
    pool = np.flatnonzero(others)
    top = pool[np.argsort(-high[pool], kind="stable")[:HARD_OF]]
    return np.concatenate([random.choice(pool, AT_RANDOM), random.choice(top, HARD)])


def _counts(pool: int) -> Floats:
    """The partner stands for itself, those beside it for all that they were drawn from."""
    counts = np.ones(1 + AT_RANDOM + HARD)
    counts[1 : 1 + AT_RANDOM] = max(pool / AT_RANDOM, 1.0)
    counts[1 + AT_RANDOM :] = HARD_OF / HARD
    return np.log(counts)


def learnt(found: Examples) -> dict[str, Heard]:
    """The weights, none below 0, under which the hidden partners are the likeliest."""
    start = np.ones(2 * len(found.rankings))
    result = minimize(
        _loss, start, args=(found.voices.astype(np.float64), found.counts), jac=True,
        method="L-BFGS-B", bounds=[(0.0, None)] * len(start),
    )  # fmt: skip
    weights = np.round(result.x, _DIGITS).reshape(2, -1)
    return {
        name: Heard(float(loud), float(first))
        for name, loud, first in zip(found.rankings, *weights, strict=True)
    }


def _loss(weight: Floats, voices: Floats, counts: Floats) -> tuple[float, Floats]:
    """How unlikely the partners are, the first of each row, and where that falls fastest."""
    power = voices @ weight + counts
    power -= power.max(axis=1, keepdims=True)
    share = np.exp(power)
    total = share.sum(axis=1)
    share /= total[:, None]
    loss = float((np.log(total) - power[:, 0]).mean() + SHRINK * (weight**2).sum())
    mean = np.einsum("rc,rcw->w", share, voices) / len(voices)
    return loss, mean - voices[:, 0].mean(axis=0) + 2 * SHRINK * weight
