"""Ask every ranking for the partners that were hidden from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from explorer.backtest.history import History
from explorer.backtest.measures import Figures, figures, standing
from explorer.backtest.references import PLAIN, REFERENCES
from explorer.backtest.splits import Plan, Split
from explorer.fusion import NEAR, PLAIN_NEAR, fuse, ranks_of, weights
from explorer.index import Bools, Ints
from explorer.network import Network
from explorer.rankings import RANKINGS, Ranking
from explorer.ties import Floats

AT_ONCE: Final = 128  # places: because their scores by all rankings then take some 300 MB
SHIPPED: Final = "simpul"
FUSED: Final = "plain-fusion"

Weigh = Callable[[Network], Mapping[str, float]]
Told = Callable[[int, int], None]


@dataclass(frozen=True, eq=False)
class Looked:
    """Every hidden partner that was looked for, from each end: a row for each.

    `is_warm` where whoever looks had a partner already. `standings` are by ranking: rank,
    uniform and degree-matched share, a column each.
    """

    place: Ints
    target: Ints
    document: Ints
    is_warm: Bools
    standings: Mapping[str, Floats]

    def figures(self, name: str, rows: Bools) -> Figures:
        """What a ranking is worth on some of the rows."""
        ranks, uniform, matched = self.standings[name][rows].T
        return figures(ranks, uniform, matched, self.document[rows])


def look(
    history: History, plan: Plan, weigh: Weigh = weights, told: Told = lambda done, all: None
) -> Looked:
    """Look for all that the plan hides, with every ranking, the references and both fusions.

    Cost: 20 ms for each place that looks, in a network of 17,000.
    """
    parts = [
        part
        for split in plan.splits(history)
        for part in _of_split(history, split, weigh, told)
    ]  # fmt: skip
    names = (*REFERENCES, FUSED, *RANKINGS, SHIPPED)
    return Looked(
        *(np.concatenate([getattr(part, name) for part in parts] or [np.empty(0, kind)])
          for name, kind in (("place", np.int32), ("target", np.int32), ("document", np.int32),
                             ("is_warm", np.bool_))),
        {
            name: np.concatenate([part.standings[name] for part in parts] or [np.empty((0, 3))])
            for name in names
        },
    )  # fmt: skip


def scored(network: Network, places: Ints) -> dict[str, Floats]:
    """What every ranking and reference says of everybody."""
    return {name: ranking(network, places) for name, ranking in (RANKINGS | REFERENCES).items()}


def _of_split(history: History, split: Split, weigh: Weigh, told: Told) -> Iterator[Looked]:
    network = history.network(split.known, split.hidden)
    wanted = hidden_partners(history, split)
    places = np.unique(wanted[:, 0])
    known_weights = weigh(network)
    for first in range(0, len(places), AT_ONCE):
        some = places[first : first + AT_ONCE]
        rows = wanted[np.isin(wanted[:, 0], some)]
        yield _looked(history, split, network, some, rows, known_weights)
        told(min(first + AT_ONCE, len(places)), len(places))


def hidden_partners(history: History, split: Split) -> Ints:
    """Whoever looks, whom for, and the document: each hidden pair from each end that asks."""
    a, b, document = (part[split.hidden] for part in (history.a, history.b, history.document))
    both = np.stack([np.concatenate(two) for two in ((a, b), (b, a), (document, document))], axis=1)
    asked = history.asks[both[:, 0]] & (history.of_list[both[:, 1]] >= 0)
    found: Ints = both[asked]
    return found


def candidates(history: History, split: Split, network: Network, places: Ints) -> Bools:
    """Who may stand in a list of each of the places: no partner, and nobody known to be one."""
    free = ~network.is_partner(places)
    if history.only_abroad:
        free &= network.is_foreign(places)
    row = {int(place): position for position, place in enumerate(places)}
    settled = ~split.hidden & (np.isin(history.a, places) | np.isin(history.b, places))
    for one, other in zip(history.a[settled].tolist(), history.b[settled].tolist(), strict=True):
        for place, partner in ((one, other), (other, one)):
            if place in row:
                free[row[place], partner] = False
    free[np.arange(len(places)), places] = False
    return free


def _looked(
    history: History, split: Split, network: Network, places: Ints, rows: Ints,
    known_weights: Mapping[str, float],
) -> Looked:  # fmt: skip
    scores = scored(network, places)
    free = candidates(history, split, network, places)
    lists = [(free & (history.of_list == one), one) for one in np.unique(history.of_list[rows[:, 1]])]
    found = {name: np.empty((len(rows), 3)) for name in (*scores, FUSED, SHIPPED)}
    at = np.searchsorted(places, rows[:, 0])
    for allowed, one in lists:
        here = history.of_list[rows[:, 1]] == one
        for name, values in _fused(scores, allowed, known_weights).items():
            for row in np.flatnonzero(here):
                place = at[row]
                stands = standing(values[place], allowed[place], int(rows[row, 1]), network.degree)
                found[name][row] = (stands.rank, stands.uniform, stands.matched)
    return Looked(rows[:, 0], rows[:, 1], rows[:, 2], network.degree[rows[:, 0]] > 0, found)


def _fused(
    scores: Mapping[str, Floats], allowed: Bools, known_weights: Mapping[str, float]
) -> dict[str, Floats]:
    """The scores of each ranking, and of both fusions of their ranks among the candidates."""
    ranks = {
        name: ranks_of(np.where(allowed, scores[name], 0.0)) for name in {**PLAIN, **RANKINGS}
    }
    plain = fuse(ranks, dict.fromkeys(PLAIN, 1.0), PLAIN_NEAR)
    return {**scores, FUSED: plain, SHIPPED: fuse(ranks, known_weights, NEAR)}
