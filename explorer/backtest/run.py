"""Ask every ranking for the partners that were hidden from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from explorer.backtest.history import History
from explorer.backtest.measures import Figures, figures, standing
from explorer.backtest.references import PLAIN, REFERENCES
from explorer.backtest.splits import Plan, Split
from explorer.fusion import PLAIN_NEAR, Heard, fuse, joined, joined_plainly, ranks_of
from explorer.index import Bools, Ints
from explorer.network import Network
from explorer.rankings import RANKINGS
from explorer.ties import Floats

AT_ONCE: Final = 128  # places: because their scores by all rankings then take some 300 MB
SHIPPED: Final = "simpul"
FUSED: Final = "plain-fusion"

Weights = Mapping[str, Heard]
Kept = TypeVar("Kept", np.int32, np.bool_)
Join = Callable[[Network, Mapping[str, Floats]], Floats]
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
    of_list: Ints
    standings: Mapping[str, Floats]

    def figures(self, name: str, rows: Bools) -> Figures:
        """What a ranking is worth on some of the rows."""
        ranks, uniform, matched = self.standings[name][rows].T
        return figures(ranks, uniform, matched, self.document[rows])


def look(
    history: History, plan: Plan, beside: Mapping[str, Weights] | None = None,
    told: Told | None = None,
) -> Looked:  # fmt: skip
    """Look for all that the plan hides, with every ranking, the references and both fusions.

    `beside` names other weights, whose fusions are measured too.

    Cost: 20 ms for each place that looks, in a network of 17,000.
    """
    parts = [
        part
        for split in plan.splits(history)
        for part in _of_split(history, split, beside or {}, told)
    ]  # fmt: skip
    names = (*REFERENCES, FUSED, *RANKINGS, *(beside or {}), SHIPPED)
    return Looked(
        _together([part.place for part in parts], np.int32),
        _together([part.target for part in parts], np.int32),
        _together([part.document for part in parts], np.int32),
        _together([part.is_warm for part in parts], np.bool_),
        _together([part.of_list for part in parts], np.int32),
        {
            name: np.concatenate([np.empty((0, 3)), *(part.standings[name] for part in parts)])
            for name in names
        },
    )


def _together(parts: list[NDArray[Kept]], kind: type[Kept]) -> NDArray[Kept]:
    return np.concatenate([np.empty(0, dtype=kind), *parts])


def joined_at_home(network: Network, scores: Mapping[str, Floats]) -> Floats:
    """As the lists at home are joined: plainly, and without what speaks of countries."""
    return joined_plainly({name: said for name, said in scores.items() if name != "country"})


def scored(network: Network, places: Ints) -> dict[str, Floats]:
    """What every ranking and reference says of everybody."""
    return {name: ranking(network, places) for name, ranking in {**RANKINGS, **REFERENCES}.items()}


def _of_split(
    history: History, split: Split, beside: Mapping[str, Weights], told: Told | None
) -> Iterator[Looked]:
    network = history.network(split.known, split.hidden)
    wanted = hidden_partners(history, split)
    places = np.unique(wanted[:, 0])
    for first in range(0, len(places), AT_ONCE):
        some = places[first : first + AT_ONCE]
        rows = wanted[np.isin(wanted[:, 0], some)]
        yield _looked(history, split, network, some, rows, beside)
        if told is not None:
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
    beside: Mapping[str, Weights],
) -> Looked:  # fmt: skip
    scores = scored(network, places)
    free = candidates(history, split, network, places)
    of_list = history.of_list[rows[:, 1]]
    names = (*scores, FUSED, *beside, SHIPPED)
    found = {name: np.empty((len(rows), 3)) for name in names}
    at = np.searchsorted(places, rows[:, 0])
    for one in np.unique(of_list).tolist():
        allowed = free & (history.of_list == one)
        join = joined_at_home if one in history.plainly else joined
        for name, values in _fused(network, scores, allowed, beside, join).items():
            for row in np.flatnonzero(of_list == one):
                place = at[row]
                stands = standing(values[place], allowed[place], int(rows[row, 1]), network.degree)
                found[name][row] = (stands.rank, stands.uniform, stands.matched)
    is_warm = network.degree[rows[:, 0]] > 0
    return Looked(rows[:, 0], rows[:, 1], rows[:, 2], is_warm, of_list, found)


def _fused(
    network: Network, scores: Mapping[str, Floats], allowed: Bools, beside: Mapping[str, Weights],
    join: Join,
) -> dict[str, Floats]:  # fmt: skip
    """The scores of each ranking, and those of both ways to join them among the candidates."""
    some = {name: np.where(allowed, values, 0.0) for name, values in scores.items()}
    ranks = {name: ranks_of(some[name]) for name in PLAIN}
    plain = fuse(ranks, dict.fromkeys(PLAIN, 1.0), PLAIN_NEAR)
    own = {name: some[name] for name in RANKINGS}
    others = {name: joined(network, own, weigh) for name, weigh in beside.items()}
    return {**scores, FUSED: plain, **others, SHIPPED: join(network, own)}
