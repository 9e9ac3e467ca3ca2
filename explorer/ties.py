"""Ties: which parties share an agreement under a filter, and how much each tie is worth.

An agreement is worth status x age decay x (members - 1)^-0.5; a tie is worth its best agreement.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array

from explorer.index import CATEGORIES, INSTRUMENTS, STATUSES, Bools, Index, Ints
from explorer.states import states
from graph_loader import Category, Instrument, Status

WORTH = {
    Status.ACTIVE: 1.0,
    Status.OPEN: 0.8,  # because its end is unknown, and some such have quietly run out
    Status.LAPSED: 0.3,  # because it has to be renewed before anyone can build on it
}
HALF_LIFE_YEARS = 20.0  # because sister cities are kept for decades, but their people change
UNDATED_AGE_YEARS = 20.0  # because an undated one is known only to be neither new nor planned
ACCORD_POWER = 0.5  # because an accord of 13 joins each pair, but not as 78 agreements of two would
HUB_POWER = 0.5  # because a party with 100 partners explains a tenth of what one with a single does
UNIT = 1e-9  # because whole units add up to the same in any order, so that equal paths are equal
FAR = np.int64(1 << 50)  # because no path costs so much, and some of them together fit 64 bits
_DAYS_A_YEAR = 365.25

Floats = NDArray[np.float64]
Costs = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class TieFilter:
    """Which agreements may make ties; every field given must hold."""

    category: Category | None = None
    instrument: Instrument | None = None
    topic: str = ""
    year_from: int | None = None
    year_to: int | None = None
    with_lapsed: bool = False

    def mask(self, index: Index, day: date) -> Bools:
        """The agreements that count, as a mask over agreement numbers."""
        keep = index.in_force(day).copy()
        if self.with_lapsed:
            keep |= index.status(day) == STATUSES.index(Status.LAPSED)
        if self.category is not None:
            keep &= (index.category & (1 << CATEGORIES.index(self.category))) > 0
        if self.instrument is not None:
            keep &= index.instrument == INSTRUMENTS.index(self.instrument)
        if self.topic:
            named = np.zeros(len(keep), dtype=np.bool_)
            named[index.topic_ids.get(self.topic, [])] = True
            keep &= named
        if self.year_from is not None:
            keep &= index.signed_year >= self.year_from
        if self.year_to is not None:
            keep &= (index.signed_year > 0) & (index.signed_year <= self.year_to)
        return keep


@dataclass(frozen=True)
class Ties:
    """Parties by parties, CSR: `start[a]:start[a + 1]` are a's partners, ascending, with worths.

    `degree` counts a party's partners; `may_pass` says which parties may stand inside a path:
    countries, and the governments that sign for a whole one, never do.
    """

    start: NDArray[np.int64]
    partner: Ints
    worth: Floats
    degree: Ints
    may_pass: Bools
    counted: Bools

    @cached_property
    def cost(self) -> Costs:
        """What each tie costs a path: -log(worth), in whole `UNIT`s."""
        return np.rint(-np.log(self.worth) / UNIT).astype(np.int64)

    @cached_property
    def inside(self) -> Costs:
        """What each party costs a path that it stands inside: `FAR` where it may not."""
        found = np.full(len(self.degree), FAR)
        passing = self.may_pass & (self.degree > 0)
        found[passing] = np.rint(HUB_POWER * np.log(self.degree[passing]) / UNIT).astype(np.int64)
        return found

    def of(self, party: int) -> Ints:
        """The partners of a party, ascending."""
        return self.partner[self.start[party] : self.start[party + 1]]

    def worths_of(self, party: int) -> Floats:
        """What the tie to each of `of(party)` is worth, 0 to 1."""
        return self.worth[self.start[party] : self.start[party + 1]]

    def costs_of(self, party: int) -> Costs:
        """What the tie to each of `of(party)` costs a path."""
        return self.cost[self.start[party] : self.start[party + 1]]

    def best_agreements(self, index: Index, day: date, a: int, b: int) -> list[str]:
        """Ids of the agreements that a tie rests on, the one worth most first, then by id."""
        few, many = sorted((index.agreements_of(a), index.agreements_of(b)), key=len)
        numbers = few[self.counted[few]]
        at = np.minimum(np.searchsorted(many, numbers), max(len(many) - 1, 0))
        numbers = numbers[many[at] == numbers] if len(many) else numbers[:0]
        worth = agreement_worth(index, day)[numbers]
        return [index.agreement_ids[numbers[i]] for i in np.lexsort((numbers, -worth))]


def agreement_worth(index: Index, day: date) -> Floats:
    """What each agreement is worth to a tie on a day; 0 where it makes none."""
    return index.remember(("worth", day), lambda: _worth(index, day))


def _worth(index: Index, day: date) -> Floats:
    by_status = np.array([WORTH.get(status, 0.0) for status in STATUSES])
    age = np.where(
        index.signed_first > 0,
        (day.toordinal() - index.signed_first) / _DAYS_A_YEAR,
        UNDATED_AGE_YEARS,
    )
    decay = 0.5 ** (np.maximum(age, 0.0) / HALF_LIFE_YEARS)
    members = np.maximum(index.size - 1, 1).astype(np.float64)
    worth: Floats = by_status[index.status(day)] * decay * members**-ACCORD_POWER
    return worth


def ties(index: Index, day: date, keep: TieFilter | None = None) -> Ties:
    """All ties on a day; the last few are kept with the index.

    Cost: 0.15 s for 100,000 agreements the first time, 0.02 s for another filter or day.
    """
    key = (day, keep or TieFilter())
    return index.remember(("ties", key), lambda: _build(index, day, key[1]))


def _build(index: Index, day: date, keep: TieFilter) -> Ties:
    mask = keep.mask(index, day)
    a, b, worth = _best(index, day, mask)
    count = len(index.parties)
    matrix = coo_array(
        (np.concatenate([worth, worth]), (np.concatenate([a, b]), np.concatenate([b, a]))),
        shape=(count, count),
    ).tocsr()
    matrix.sort_indices()
    start = matrix.indptr.astype(np.int64)
    return Ties(
        start=start,
        partner=matrix.indices.astype(np.int32, copy=False),
        worth=matrix.data,
        degree=np.diff(start).astype(np.int32),
        may_pass=~states(index),
        counted=mask,
    )


def _best(index: Index, day: date, mask: Bools) -> tuple[Ints, Ints, Floats]:
    """Each pair that shares an agreement of the mask, once, and what its best one is worth."""
    count = len(index.parties)
    pair, agreement = index.remember("pairs", lambda: _pairs(index, day), always=True)
    keep = mask[agreement]
    pair, agreement = pair[keep], agreement[keep]
    first = np.flatnonzero(np.diff(pair, prepend=-1))
    worth = agreement_worth(index, day)[agreement]
    best = np.maximum.reduceat(worth, first) if len(first) else worth
    a, b = np.divmod(pair[first], max(count, 1))
    return a.astype(np.int32), b.astype(np.int32), best


def _pairs(index: Index, day: date) -> tuple[NDArray[np.int64], Ints]:
    """Every pair of every agreement, as a × parties + b with a < b, ascending.

    Kept, so that another filter or another day needs no sorting.
    """
    every = np.ones(len(index.agreement_ids), dtype=np.bool_)
    a, b, agreement = index.tie_pairs(day, every)
    pair = a.astype(np.int64) * len(index.parties) + b
    order = np.argsort(pair, kind="stable")
    return pair[order], agreement[order]
