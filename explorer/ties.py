"""Ties: which parties share an agreement under a filter, and how much each tie is worth.

An agreement is worth status x age decay x (members - 1)^-0.5; a tie is worth its best agreement.
Without the term for accords, one of 13 members would count as 78 full ties.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from explorer.index import CATEGORIES, INSTRUMENTS, STATUSES, Bools, Index, Ints
from graph_loader import Category, Instrument, Level, Status

WORTH = {
    Status.ACTIVE: 1.0,
    Status.OPEN: 0.8,  # because its end is unknown, and some such have quietly run out
    Status.LAPSED: 0.3,  # because it has to be renewed before anyone can build on it
}
HALF_LIFE_YEARS = 20.0  # because sister cities are kept for decades, but their people change
UNDATED_AGE_YEARS = 20.0  # because an undated one is known only to be neither new nor planned
_DAYS_A_YEAR = 365.25

Floats = NDArray[np.float64]


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
    countries never do.
    """

    start: NDArray[np.int64]
    partner: Ints
    worth: Floats
    degree: Ints
    may_pass: Bools
    counted: Bools

    def of(self, party: int) -> Ints:
        """The partners of a party, ascending."""
        return self.partner[self.start[party] : self.start[party + 1]]

    def worths_of(self, party: int) -> Floats:
        """What the tie to each of `of(party)` is worth, 0 to 1."""
        return self.worth[self.start[party] : self.start[party + 1]]

    def best_agreements(self, index: Index, day: date, a: int, b: int) -> list[str]:
        """Ids of the agreements that a tie rests on, the one worth most first, then by id."""
        numbers = index.between(a, b)
        numbers = numbers[self.counted[numbers]]
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
    worth: Floats = by_status[index.status(day)] * decay * members**-0.5
    return worth


def ties(index: Index, day: date, keep: TieFilter | None = None) -> Ties:
    """All ties on a day; the last few are kept with the index.

    Cost: about 0.2 s for 100,000 agreements the first time.
    """
    key = (day, keep or TieFilter())
    return index.remember(("ties", key), lambda: _build(index, day, key[1]))


def _build(index: Index, day: date, keep: TieFilter) -> Ties:
    mask = keep.mask(index, day)
    a, b, agreement = index.tie_pairs(day, mask)
    worth = agreement_worth(index, day)[agreement]
    count = len(index.parties)
    pair = np.concatenate([a.astype(np.int64) * count + b, b.astype(np.int64) * count + a])
    both = np.concatenate([worth, worth])
    order = np.lexsort((-both, pair))
    pair, both = pair[order], both[order]
    first = np.ones(len(pair), dtype=np.bool_)
    first[1:] = pair[1:] != pair[:-1]
    pair, both = pair[first], both[first]
    start = np.searchsorted(pair // count if count else pair, np.arange(count + 1))
    return Ties(
        start=start,
        partner=(pair % max(count, 1)).astype(np.int32),
        worth=both,
        degree=np.diff(start).astype(np.int32),
        may_pass=np.array(
            [party.level is not Level.COUNTRY for party in index.parties], dtype=bool
        ),
        counted=mask,
    )
