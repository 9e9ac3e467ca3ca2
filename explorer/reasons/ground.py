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
    HALF_LIFE_YEARS,
    UNDATED_AGE_YEARS,
    Floats,
    Ties,
    agreement_worth,
    ties,
)
from graph_loader import FOREIGN_LEVELS, Level, Party, Place, Status, fold, legal

LISTED_WORTH = 0.2  # because a list says that two were twinned once, not that they still meet
REOPENED_WORTH = 0.3  # because it has to be renewed first; the same as in `ties.WORTH`
DAYS_A_YEAR = 365.25
HOME = "id"
_ABROAD = FOREIGN_LEVELS - {Level.COUNTRY}
_THIRD = frozenset({Level.THIRD_PARTY, Level.CENTRAL_AGENCY})
_GONE = [STATUSES.index(Status.LAPSED), STATUSES.index(Status.ENDED)]


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
        return len(self.index.parties) + len(self.places)

    @cached_property
    def passing(self) -> Floats:
        """What standing inside a path leaves of it: degree^-0.5; countries never stand there."""
        inside = np.zeros(self.count)
        some = self.degree > 0
        inside[some] = self.degree[some] ** -0.5
        inside[: len(self.index.parties)][~self.ties.may_pass] = 0.0
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

    def id(self, number: int) -> str:
        """The id of a party or place."""
        parties = self.index.parties
        if number < len(parties):
            return parties[number].id
        return self.places[number - len(parties)].id

    @cached_property
    def is_barred(self) -> Bools:
        """Who lies in a country without diplomatic relations (PP 28/2018 Pasal 27(1)a)."""
        barred = [code in legal.no_relations() for code in self.countries]
        return np.array([*barred, False], dtype=np.bool_)[self.country]

    def party(self, number: int) -> Party:
        """A party, or a place as the foreign local government that it would be."""
        parties = self.index.parties
        if number < len(parties):
            return parties[number]
        place = self.places[number - len(parties)]
        level, country = Level.FOREIGN_LOCAL, place.country
        return Party(
            place.id, place.name, place.name, level, country, country, "", place.lat, place.lon
        )

    @cached_property
    def _place_number(self) -> Mapping[str, int]:
        first = len(self.index.parties)
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
        if number < len(self.index.parties):
            return self.index.name(number, lang)
        return self.places[number - len(self.index.parties)].name

    def how(self, a: int, b: int) -> Known | None:
        """What joins two of them, if anything does."""
        low, high = self.known.indptr[a : a + 2]
        position = low + int(np.searchsorted(self.known.indices[low:high], b))
        if position >= high or self.known.indices[position] != b:
            return None
        return Known(int(self.known.data[position]))

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
        if max(a, b) >= len(self.index.parties):
            return ()
        shared = self._shared(a, b)
        held = shared[self.ties.counted[shared]]
        if not len(held):
            return self.gone_between(a, b)
        return self._ids(held, -self._worths[held])

    def gone_between(self, a: int, b: int) -> tuple[str, ...]:
        """The agreements of two that have lapsed or ended, the newest first."""
        shared = self._shared(a, b)
        gone = shared[np.isin(self._statuses[shared], _GONE)]
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


def ground(index: Index, day: date) -> Ground:
    """The ground of a day, kept with the index while it is among the last ones asked for.

    Cost: about 0.1 s for 100,000 agreements the first time.
    """
    return index.remember(("ground", day), lambda: _build(index, day))


def _build(index: Index, day: date) -> Ground:
    places, listed = _background(index)
    count = len(index.parties) + len(places)
    held = ties(index, day)
    gone = _lapsed(index, day)
    rows = np.concatenate([np.repeat(np.arange(len(held.degree)), held.degree), gone[0], listed[0]])
    columns = np.concatenate([held.partner, gone[1], listed[1]])
    worths = np.concatenate([held.worth, gone[2], np.full(len(listed[0]), LISTED_WORTH)])
    counts = (len(held.partner), len(gone[0]), len(listed[0]))
    kinds = np.repeat(np.array(list(Known), dtype=np.int8), counts)
    order = np.lexsort((-worths, kinds, columns, rows))
    rows, columns, worths, kinds = rows[order], columns[order], worths[order], kinds[order]
    first = np.ones(len(rows), dtype=np.bool_)
    first[1:] = (rows[1:] != rows[:-1]) | (columns[1:] != columns[:-1])
    where = (rows[first], columns[first])
    lives = kinds[first] != Known.LAPSED
    return Ground(
        index,
        day,
        held,
        places,
        csr_array((worths[first], where), shape=(count, count)),
        csr_array((kinds[first], where), shape=(count, count)),
        np.bincount(where[0][lives], minlength=count).astype(np.int32),
    )


def _lapsed(index: Index, day: date) -> tuple[Ints, Ints, Floats]:
    """Both directions of every pair of every agreement that has lapsed or ended."""
    gone = np.isin(index.status(day), _GONE)
    a, b, agreement = index.tie_pairs(day, gone)
    worth = REOPENED_WORTH * aged(index, day)[agreement]
    return np.concatenate([a, b]), np.concatenate([b, a]), np.concatenate([worth, worth])


def aged(index: Index, day: date) -> Floats:
    """What age and the number of its members leave of each agreement, whatever its status."""
    years = (day.toordinal() - index.signed_first) / DAYS_A_YEAR
    age = np.where(index.signed_first > 0, np.maximum(years, 0.0), UNDATED_AGE_YEARS)
    members = np.maximum(index.size - 1, 1).astype(np.float64)
    worth: Floats = 0.5 ** (age / HALF_LIFE_YEARS) * members**-0.5
    return worth


def _background(index: Index) -> tuple[Sequence[Place], tuple[Ints, Ints]]:
    """The places that are no party, and both directions of every link of the list."""
    background = index.background
    number = np.asarray(background.party, dtype=np.int32).copy()
    new = number < 0
    number[new] = len(index.parties) + np.arange(int(new.sum()), dtype=np.int32)
    a, b = number[background.a], number[background.b]
    other = a != b
    a, b = a[other], b[other]
    places = [place for place, is_new in zip(background.places, new, strict=True) if is_new]
    return places, (np.concatenate([a, b]), np.concatenate([b, a]))


def _of_level(index: Index, levels: frozenset[Level]) -> Bools:
    return np.isin(index.level, [LEVELS.index(level) for level in levels])
