"""Everybody who may be proposed: the parties by number, then the places that are no party."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from explorer.index import LEVELS, Bools, Index, Ints
from graph_loader import FOREIGN_LEVELS, Level, Party, Place, fold, legal

HOME = "id"
_ABROAD = FOREIGN_LEVELS - {Level.COUNTRY}
_THIRD = frozenset({Level.THIRD_PARTY, Level.CENTRAL_AGENCY})


@dataclass(frozen=True)
class Roster:
    """Parties and the places of the background that are none, by one number: the parties first."""

    index: Index
    day: date
    places: Sequence[Place]

    @property
    def count(self) -> int:
        """How many parties and places there are."""
        return self.parties + len(self.places)

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

    def _padded(self, parties: Bools) -> Bools:
        return np.concatenate([parties, np.zeros(len(self.places), dtype=np.bool_)])


def _of_level(index: Index, levels: frozenset[Level]) -> Bools:
    return np.isin(index.level, [LEVELS.index(level) for level in levels])
