"""A region's question: whom could it work with that it does not work with?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from scipy.sparse import csc_array

from explorer.index import Bools, Index, Ints
from explorer.network import network_of
from explorer.rankings import RANKINGS
from explorer.reasons.ground import Ground, Known
from explorer.reasons.groundwork import ground
from explorer.reasons.reason import Reason, Row, known_between
from explorer.ties import Floats
from graph_loader import PartialDate

MAX_ENDS = 300  # because past that many partners those worth least add nothing to see
TWIN_TOWNS = "twin_towns.csv"
TWIN_TOWNS_PAGE = "https://en.wikipedia.org/wiki/Lists_of_twin_towns_and_sister_cities"


@dataclass(frozen=True)
class Question:
    """A region, a day, and what all reasons need to know of both."""

    ground: Ground
    region: int

    @classmethod
    def ask(cls, index: Index, region: int, day: date) -> Question:
        """The question of one region on one day."""
        return cls(ground(index, day), region)

    @property
    def index(self) -> Index:
        """The whole network."""
        return self.ground.index

    @property
    def day(self) -> date:
        """The day on which agreements are in force or not."""
        return self.ground.day

    @cached_property
    def province(self) -> int:
        """The province that the region lies in; -1 for a province itself."""
        province = int(self.index.province[self.region])
        return -1 if province == self.region else province

    @cached_property
    def sisters(self) -> Ints:
        """The other regions of its province, the province not among them."""
        if self.province < 0:
            return np.empty(0, dtype=np.int32)
        same = self.index.province == self.province
        same[[self.region, self.province]] = False
        return np.flatnonzero(same).astype(np.int32)

    @cached_property
    def is_beside(self) -> Bools:
        """Which are sisters that it has no agreement in force with."""
        beside = np.zeros(self.ground.count, dtype=np.bool_)
        beside[self.sisters] = True
        beside[self.partners] = False
        return beside

    @cached_property
    def household(self) -> tuple[int, ...]:
        """Its province and the other regions of it."""
        return (self.province, *self.sisters.tolist()) if self.province >= 0 else ()

    def is_sister(self, number: int) -> bool:
        """Whether it is another region of the same province."""
        known = number < self.ground.parties
        return known and 0 <= self.province == int(self.index.province[number])

    @property
    def partners(self) -> Ints:
        """Those the region has an agreement in force with."""
        return self.ground.ties.of(self.region)

    @cached_property
    def circles(self) -> Sequence[tuple[str, Mapping[int, Mapping[int, int]]]]:
        """Whose partners in a country speak for it: its own, its province's, a newcomer's any's.

        For each circle its name and country → partner abroad → who works with it.
        """
        circles: list[tuple[str, Sequence[int]]] = [("", (self.region,))]
        circles.append(("province", self.household))
        if not len(self.partners):
            circles.append(("home", np.flatnonzero(self.ground.is_region).tolist()))
        return [(name, self._abroad_of(sides)) for name, sides in circles]

    def _abroad_of(self, sides: Sequence[int]) -> Mapping[int, Mapping[int, int]]:
        base, found = self.ground, dict[int, dict[int, int]]()
        for side in sides:
            for partner in base.ties.of(side).tolist():
                if base.is_abroad[partner] and (country := int(base.country[partner])) >= 0:
                    found.setdefault(country, {}).setdefault(partner, side)
        return found

    @cached_property
    def introducers(self) -> tuple[Ints, Floats]:
        """Those next to the region who may introduce it, and what the way through each is worth.

        Its own province is an umbrella, and a country introduces nobody.
        """
        near, worth = self.ground.living_row(self.region)
        share = worth * self.ground.passing[near]
        keep = (share > 0) & (near != self.province)
        return near[keep], share[keep]

    @cached_property
    def known_by_introducers(self) -> csc_array:
        """Introducers (rows) by everybody (columns): what joins the two is worth."""
        return self.ground.living[self.introducers[0]].tocsc()

    def neighbours(self, number: int) -> tuple[Ints, Floats, Ints]:
        """Who may be passed through next to somebody, what that leaves, whether it has lapsed.

        The region's own province is no introduction: it is an umbrella.
        """
        base = self.ground
        low, high = base.worth.indptr[number], base.worth.indptr[number + 1]
        near, known = base.worth.indices[low:high], base.known.data[low:high]
        worth = base.worth.data[low:high] * base.passing[near]
        keep = (worth > 0) & (near != self.province) & (near != self.region)
        near, worth, known = near[keep], worth[keep], known[keep]
        best = np.sort(np.argsort(-worth, kind="stable")[:MAX_ENDS])
        return near[best], worth[best], (known[best] == Known.LAPSED).astype(np.int32)

    @cached_property
    def beyond(self) -> tuple[csc_array, csc_array]:
        """Its neighbours (rows) by everybody: what joins the two is worth, and what it is."""
        first = self.neighbours(self.region)[0]
        return self.ground.worth[first].tocsc(), self.ground.known[first].tocsc()

    @cached_property
    def by_network(self) -> Mapping[str, Floats]:
        """What each ranking that reads the network says, by its name in `explorer.rankings`."""
        network, here = network_of(self.index, self.day), np.array([self.region], dtype=np.int32)
        return {name: ranking(network, here)[0] for name, ranking in RANKINGS.items()}

    @cached_property
    def is_candidate(self) -> Bools:
        """Whoever may be proposed: no country, not its own province, nobody it works with."""
        base = self.ground
        free = base.is_abroad | base.is_region | base.is_third
        free[[self.region, *self.partners.tolist()]] = False
        if self.province >= 0:
            free[self.province] = False
        return free

    def nothing(self) -> Floats:
        """Scores of a ranking that speaks for nobody."""
        return np.zeros(self.ground.count)

    def since(self, agreements: Sequence[str]) -> PartialDate | None:
        """The earliest signing among some agreements, as far as it is known."""
        index = self.index
        numbers = [index.agreement_number[id] for id in agreements]
        dated = [n for n in numbers if index.signed_first[n] > 0]
        if not dated:
            return None
        first = min(dated, key=lambda n: (index.signed_first[n], index.signed_last[n]))
        return known_between(int(index.signed_first[first]), int(index.signed_last[first]))

    def reason(
        self,
        code: str,
        chain: Sequence[int],
        agreements: tuple[str, ...] = (),
        *,
        flows: tuple[str, ...] = (),
        rows: tuple[Row, ...] = (),
        form: str = "",
        params: Mapping[str, object] | None = None,
    ) -> Reason:
        """A reason whose chain is given by numbers."""
        return Reason(code, tuple(map(self.id, chain)), agreements, flows, rows, params or {}, form)

    def list_row(self, a: int, b: int) -> Row:
        """The world list of twin towns as the proof that it names two together."""
        names = sorted(self.ground.name(number, "en") for number in (a, b))
        return Row(TWIN_TOWNS, 0, TWIN_TOWNS_PAGE, " – ".join(names))

    def id(self, number: int) -> str:
        """A party's or place's id."""
        return self.ground.id(number)


Score = Callable[[Question], Floats]
"""How strongly a ranking speaks for each party and place; 0 where it says nothing."""

Tell = Callable[[Question, int], Iterator[Reason]]
"""The reasons that a ranking gives for one candidate, each with its evidence."""

Worded = Callable[[Question], Bools]
"""For whom a ranking has words: it may help to order those for whom it has none."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """A named reason to propose somebody: a score for all, and words for each."""

    score: Score
    tell: Tell
    worded: Worded | None = None
    """None: for all for whom it speaks"""
