"""What is hidden and what is known: by year where years are told, else at random or one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from explorer.backtest.history import History
from explorer.index import Bools, Ints

TENTH: Final = 0.1
NEWEST: Final = 0.2  # because a fifth of what is dated leaves enough to learn from and to find
MOSTLY: Final = 0.5  # because a split by year that leaves out more than it keeps tells little
SINGLY: Final = 2_000  # documents: because each is a network of its own, some 20 ms


class Kind(StrEnum):
    """How a split was made; all but the one by year are optimistic."""

    YEAR = "year"
    RANDOM = "random"
    ONE_BY_ONE = "one-by-one"

    @property
    def is_optimistic(self) -> bool:
        """Whether what came later helps to find what came before."""
        return self is not Kind.YEAR


@dataclass(frozen=True, eq=False)
class Split:
    """Which pairs are known, and which are hidden and looked for; some may be neither."""

    known: Bools
    hidden: Bools


@dataclass(frozen=True)
class Plan:
    """How to split: `value` is the first hidden year, or the share that is hidden."""

    kind: Kind
    value: float = 0.0
    seed: int = 0

    def splits(self, history: History) -> Iterator[Split]:
        """All splits of the plan; only one, unless every document is hidden in its turn."""
        if self.kind is Kind.YEAR:
            yield by_year(history, int(self.value))
        elif self.kind is Kind.RANDOM:
            yield at_random(history, self.value, self.seed)
        else:
            yield from one_by_one(history)


def by_year(history: History, year: int) -> Split:
    """Known is what was signed before the year; what is undated is neither known nor hidden.

    A document's pairs have one year, so they stay together.
    """
    dated = history.year > 0
    return Split(dated & (history.year < year), dated & (history.year >= year) & history.is_tested)


def at_random(history: History, share: float, seed: int) -> Split:
    """Documents drawn at random hold about that share of all pairs; only tested ones are drawn."""
    tested = history.is_tested
    documents = np.unique(history.document[tested])
    drawn = np.random.default_rng(seed).permutation(documents)
    sizes = np.bincount(history.document, minlength=int(documents.max(initial=-1)) + 1)[drawn]
    enough = int(np.searchsorted(np.cumsum(sizes), round(share * history.count))) + 1
    return _without(history, drawn[:enough])


def one_by_one(history: History) -> Iterator[Split]:
    """Every document that holds a tested pair, alone."""
    for document in np.unique(history.document[history.is_tested]):
        yield _without(history, np.array([document]))


def plan_for(history: History) -> Plan:
    """By year where most pairs are dated, else one by one, and at random where that takes long."""
    dated = history.year[history.year > 0]
    if len(dated) and len(dated) >= MOSTLY * history.count and dated.min() < dated.max():
        year = int(np.quantile(dated, 1.0 - NEWEST))
        return Plan(Kind.YEAR, max(year, int(dated.min()) + 1))
    if len(np.unique(history.document)) <= SINGLY:
        return Plan(Kind.ONE_BY_ONE)
    return Plan(Kind.RANDOM, TENTH)


def _without(history: History, documents: Ints) -> Split:
    hidden = np.isin(history.document, documents)
    return Split(~hidden, hidden & history.is_tested)
