"""Networks with hubs and accords, of any size: what paths are measured on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from graph_loader.claims import SourcedClaim
from graph_loader.dates import PartialDate
from graph_loader.model import (
    BackgroundLink,
    Batch,
    Border,
    Claim,
    Flow,
    Instrument,
    Load,
    Party,
    Place,
    Problem,
    Signatory,
    Source,
    StatedAgreement,
    make_party,
)
from graph_loader.store.base import Alias, Change, Scan, ScanRow, Statement

HUB_POWER = 0.6  # because the largest party then signs a hundredth of all, as a province does
ACCORDS = 0.1  # because of ten shipped agreements nine are of two parties
LARGEST = 13
FIRST, LAST = date(1980, 1, 1).toordinal(), date(2026, 11, 1).toordinal()
GOALS = 17


@dataclass(frozen=True)
class Heavy(Scan):
    """Parties by weight, agreements with their members: a scan of a store that holds just these.

    `begin[n]:begin[n + 1]` are the members of agreement n. The same for the same numbers.
    """

    count: int
    begin: NDArray[np.int64]
    member: NDArray[np.int64]
    signed_day: NDArray[np.int64]
    goal: NDArray[np.int64]
    version: int = 1

    @classmethod
    def made(cls, parties: int, agreements: int, seed: int = 1) -> Heavy:
        """Sizes 2, and 3 to 13 for a tenth; who signs is drawn by weight, each once."""
        random = np.random.default_rng(seed)
        accord = random.random(agreements) < ACCORDS
        size = np.where(accord, random.integers(3, LARGEST + 1, agreements), 2)
        weight = np.arange(1, parties + 1) ** -HUB_POWER
        drawn = random.choice(parties, size.sum(), p=weight / weight.sum())
        agreement = np.repeat(np.arange(agreements), size)
        keys = np.unique(agreement * parties + drawn)
        begin = np.searchsorted(keys // parties, np.arange(agreements + 1))
        days = random.integers(FIRST, LAST, agreements)
        goals = random.integers(1, GOALS + 1, agreements)
        return cls(parties, begin, keys % parties, days, goals)

    def confirm(self) -> None:
        """Nobody writes meanwhile."""

    def parties(self) -> Iterator[Party]:
        """The heaviest first, which is by id."""
        for number in range(self.count):
            name = f"Pihak {number}"
            yield make_party(_party(number), name, name, "third_party")

    def agreements(self) -> Iterator[ScanRow]:
        """All in force, signed on a day."""
        for number, day in enumerate(self.signed_day.tolist()):
            yield ScanRow(_agreement(number), "mou", "", day, day, 0)

    def signed(self) -> Iterator[tuple[str, str]]:
        """Members by number."""
        for number in range(len(self.signed_day)):
            for party in self.member[self.begin[number] : self.begin[number + 1]].tolist():
                yield _agreement(number), _party(party)

    def addresses(self) -> Iterator[tuple[str, str]]:
        """One goal each."""
        for number, goal in enumerate(self.goal.tolist()):
            yield _agreement(number), str(goal)

    def batch(self) -> Batch:
        """The same as a load."""
        return Batch(
            Source("heavy", "Heavy"), "heavy.csv", parties=tuple(self.parties()),
            agreements=tuple(self._stated(number) for number in range(len(self.signed_day))),
        )  # fmt: skip

    def _stated(self, number: int) -> StatedAgreement:
        day = date.fromordinal(int(self.signed_day[number]))
        members = self.member[self.begin[number] : self.begin[number + 1]].tolist()
        claim = Claim(
            row=2, page="", parties=tuple(Signatory(_party(party)) for party in members),
            instrument=Instrument.MOU, signed=PartialDate(day.year, day.month, day.day),
        )  # fmt: skip
        return StatedAgreement(_agreement(number), (claim,))

    def contested(self) -> Iterator[tuple[str, list[SourcedClaim]]]:
        """None; nor any of what follows."""
        yield from ()

    def borders(self) -> Iterator[Border]:
        """None."""
        yield from ()

    def flows(self) -> Iterator[Flow]:
        """None."""
        yield from ()

    def places(self) -> Iterator[Place]:
        """None."""
        yield from ()

    def background(self) -> Iterator[BackgroundLink]:
        """None."""
        yield from ()

    def sources(self) -> Iterator[Source]:
        """None."""
        yield from ()

    def loads(self) -> Iterator[Load]:
        """None."""
        yield from ()

    def problems(self) -> Iterator[tuple[int, Problem]]:
        """None."""
        yield from ()

    def changes(self) -> Iterator[tuple[int, Change]]:
        """None."""
        yield from ()

    def statements(self) -> Iterator[Statement]:
        """None."""
        yield from ()

    def aliases(self) -> Iterator[Alias]:
        """None."""
        yield from ()


def _party(number: int) -> str:
    return f"p{number:07d}"


def _agreement(number: int) -> str:
    return f"a{number:08d}"
