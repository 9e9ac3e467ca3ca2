"""What every region's question rests on, once a day: who knows whom, by what, and who is a hub.

Three things join two parties here: an agreement in force, one that has lapsed, and a line of the
world list of twin towns (the background), which scores and is never taken for an agreement.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from explorer.index import LEVELS, STATUSES, Bools, Index, Ints
from explorer.ties import (
    Floats,
    Ties,
    agreement_worth,
)
from graph_loader import FOREIGN_LEVELS, Level, Party, Place, Status, fold, legal

LISTED_WORTH = 0.2  # because a list says that two were twinned once, not that they still meet
REOPENED_WORTH = 0.3  # because it has to be renewed first; the same as in `ties.WORTH`
DAYS_A_YEAR = 365.25
HOME = "id"
_ABROAD = FOREIGN_LEVELS - {Level.COUNTRY}
_THIRD = frozenset({Level.THIRD_PARTY, Level.CENTRAL_AGENCY})
GONE = [STATUSES.index(Status.LAPSED), STATUSES.index(Status.ENDED)]


class Known(IntEnum):
    """By what two parties know each other; the smaller is the better proof."""

    AGREEMENT = 1
    LAPSED = 2
    LISTED = 3


@dataclass(frozen=True)
class Ground:
    """The parties by number, then the places of the background that are no party.

    `worth` says what the best that joins two of them is worth, `known` what that is; both have
    the same structure, symmetric. `degree` counts those joined by more than a lapsed agreement.
    """

    index: Index
    day: date
    ties: Ties
    places: Sequence[Place]
    worth: csr_array
    known: csr_array
    degree: Ints

    @property
    def count(self) -> int:
        """How many parties and places there are."""
        return self.parties + len(self.places)

    @cached_property
    def passing(self) -> Floats:
        """What standing inside a path leaves of it: degree^-0.5; countries never stand there.

        Who has lapsed agreements alone would have one partner once the first of them is renewed.
        """
        inside = np.maximum(self.degree, 1) ** -0.5
        inside[np.diff(self.worth.indptr) == 0] = 0.0
        inside[: self.parties][~self.ties.may_pass] = 0.0
        return inside

    @cached_property
    def living(self) -> csr_array:
        """`worth` without what has lapsed."""
        found = self.worth.copy()
        found.data = np.where(self.known.data == Known.LAPSED, 0.0, found.data)
        found.eliminate_zeros()
        return found

    @cached_property
    def onward(self) -> csr_array:
        """`living`, each row times what passing through its party leaves."""
        found = self.living.copy()
        found.data = found.data * np.repeat(self.passing, np.diff(found.indptr))
        return found

    @cached_property
    def is_abroad(self) -> Bools:
        """Which are foreign partners, or places abroad; countries themselves are not."""
        parties = _of_level(self.index, _ABROAD)
        places = np.array([place.country != HOME for place in self.places], dtype=np.bool_)
        return np.concatenate([parties, places])

    @cached_property
    def is_region(self) -> Bools:
        """Which are regions at home."""
        return self._padded(self.index.is_region)

    @cached_property
    def is_third(self) -> Bools:
        """Which are third parties or central agencies."""
        return self._padded(_of_level(self.index, _THIRD))

    @cached_property
    def country(self) -> Ints:
        """Each one's country, as a position in `countries`; -1 where none is known."""
        number = {code: position for position, code in enumerate(self.countries)}
        codes = [party.country for party in self.index.parties]
        codes += [place.country for place in self.places]
        return np.array([number.get(code, -1) for code in codes], dtype=np.int32)

    @cached_property
    def countries(self) -> Sequence[str]:
        """ISO codes, sorted."""
        codes = {party.country for party in self.index.parties}
        return sorted((codes | {place.country for place in self.places}) - {""})

    @cached_property
    def by_name(self) -> Ints:
        """Each one's place among all, by folded name and then id."""
        keys = [(party.sort_key, party.id) for party in self.index.parties]
        keys += [(fold(place.name), place.id) for place in self.places]
        places = np.empty(self.count, dtype=np.int32)
        places[sorted(range(self.count), key=keys.__getitem__)] = np.arange(self.count)
        return places

    def works_on(self, topic: str) -> Bools:
        """Who has an agreement in force on an SDG goal or target."""
        numbers = self.index.topic_ids.get(topic, np.empty(0, dtype=np.int32))
        numbers = numbers[self.index.in_force(self.day)[numbers]]
        found = np.zeros(self.count, dtype=np.bool_)
        found[self.index.members[numbers].indices] = True
        return found

    @cached_property
    def ids(self) -> Sequence[str]:
        """The ids of all of them, by number."""
        return [*(party.id for party in self.index.parties), *(place.id for place in self.places)]

    @cached_property
    def parties(self) -> int:
        """How many of them are parties: the first ones."""
        return len(self.index.parties)

    def id(self, number: int) -> str:
        """The id of a party or place."""
        return self.ids[number]

    @cached_property
    def is_barred(self) -> Bools:
        """Who lies in a country without diplomatic relations (PP 28/2018 Pasal 27(1)a)."""
        barred = [code in legal.no_relations() for code in self.countries]
        return np.array([*barred, False], dtype=np.bool_)[self.country]

    def party(self, number: int) -> Party:
        """A party, or a place as the foreign local government that it would be."""
        if number < self.parties:
            return self.index.parties[number]
        place = self.places[number - self.parties]
        level, country = Level.FOREIGN_LOCAL, place.country
        return Party(
            place.id, place.name, place.name, level, country, country, "", place.lat, place.lon
        )

    @cached_property
    def _place_number(self) -> Mapping[str, int]:
        first = self.parties
        return {place.id: first + number for number, place in enumerate(self.places)}

    def number_of(self, id: str) -> int:
        """The number of a party or place. Raises: KeyError."""
        known = self.index.number
        return known[id] if id in known else self._place_number[id]

    def country_of(self, id: str) -> str:
        """The ISO code of the country of a party or place; empty where none is known."""
        code = int(self.country[self.number_of(id)])
        return self.countries[code] if code >= 0 else ""

    def name(self, number: int, lang: str) -> str:
        """The name of a party or place, as a page in that language writes it."""
        if number < self.parties:
            return self.index.name(number, lang)
        return self.places[number - self.parties].name

    def how(self, a: int, b: int) -> Known | None:
        """What joins two of them, if anything does."""
        position = self._position(a, b)
        return None if position < 0 else Known(int(self.known.data[position]))

    def worth_of(self, a: int, b: int) -> float:
        """What the best that joins two of them is worth; 0 where nothing does."""
        position = self._position(a, b)
        return 0.0 if position < 0 else float(self.worth.data[position])

    def _position(self, a: int, b: int) -> int:
        """Where the two stand in the matrices, -1 where nothing joins them."""
        low, high = self.known.indptr[a : a + 2].tolist()
        position = low + int(self.known.indices[low:high].searchsorted(b))
        return position if position < high and self.known.indices[position] == b else -1

    def near(self, number: int, *, living: bool = True) -> Ints:
        """Those joined to one of them, ascending."""
        matrix = self.living if living else self.worth
        found: Ints = matrix.indices[matrix.indptr[number] : matrix.indptr[number + 1]]
        return found

    def row(self, number: int) -> Floats:
        """What joins one of them to each other one is worth, without what has lapsed."""
        found = np.zeros(self.count)
        low, high = self.living.indptr[number], self.living.indptr[number + 1]
        found[self.living.indices[low:high]] = self.living.data[low:high]
        return found

    def proof(self, a: int, b: int) -> tuple[str, ...]:
        """The agreements that join two, the one worth most first; lapsed ones where no other is."""
        if max(a, b) >= self.parties:
            return ()
        shared = self._shared(a, b)
        held = shared[self.ties.counted[shared]]
        if not len(held):
            return self.gone_between(a, b)
        return self._ids(held, -self._worths[held])

    def gone_between(self, a: int, b: int) -> tuple[str, ...]:
        """The agreements of two that have lapsed or ended, the newest first."""
        shared = self._shared(a, b)
        gone = shared[np.isin(self._statuses[shared], GONE)]
        return self._ids(gone, -self.index.signed_first[gone])

    def _shared(self, a: int, b: int) -> Ints:
        """What both signed; `Index.between` for many small questions."""
        few, many = sorted((self.index.agreements_of(a), self.index.agreements_of(b)), key=len)
        if not len(few):
            return few
        at = np.minimum(np.searchsorted(many, few), len(many) - 1)
        both: Ints = few[many[at] == few]
        return both

    def _ids(self, numbers: Ints, order: NDArray[np.float64] | Ints) -> tuple[str, ...]:
        sorted_numbers = numbers[np.lexsort((numbers, order))] if len(numbers) > 1 else numbers
        return tuple(self.index.agreement_ids[number] for number in sorted_numbers.tolist())

    @cached_property
    def _worths(self) -> Floats:
        return agreement_worth(self.index, self.day)

    @cached_property
    def _statuses(self) -> NDArray[np.int8]:
        return self.index.status(self.day)

    def _padded(self, parties: Bools) -> Bools:
        return np.concatenate([parties, np.zeros(len(self.places), dtype=np.bool_)])


def _of_level(index: Index, levels: frozenset[Level]) -> Bools:
    return np.isin(index.level, [LEVELS.index(level) for level in levels])
