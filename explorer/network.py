"""Who is tied to whom, as the arrays that rankings read: parties, background places, plain lists.

The first places of a `Network` made of an index are its parties by number; those of the
background that are no party follow, in the order that `explorer.reasons.ground` gives them too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TypeVar, cast

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import csr_array

from explorer.index import Bools, Index, Ints
from explorer.ties import Floats, ties
from graph_loader import Level, Party, Place, fold, whereabouts

T = TypeVar("T")

LISTED_WORTH = 0.2  # because a list says that two were twinned once, not that they still meet
_LEVEL_WORDS = frozenset(
    {"kabupaten", "kota", "provinsi", "city", "prefecture", "province", "county", "regency"}
    | {"state", "district", "municipality", "of", "the", "de", "la", "le"}
)  # because these say what a place is, and two that share them are not alike


@dataclass(frozen=True, eq=False)
class Network:
    """Places and the ties between them; everything that rankings ask is worked out once.

    `ties` is symmetric, without a diagonal, each tie with its worth. `country` and `group` (a
    province, where known) are small numbers, -1 where unknown; `lat` and `lon` NaN where unknown;
    `names` are folded, empty where unknown.
    """

    ties: csr_array
    country: Ints
    group: Ints
    lat: Floats
    lon: Floats
    names: Sequence[str]
    _of_ties: dict[str, object] = field(init=False, default_factory=dict, repr=False)
    _of_places: dict[str, object] = field(default_factory=dict, repr=False)

    @classmethod
    def of_links(
        cls,
        a: ArrayLike,
        b: ArrayLike,
        count: int,
        *,
        country: ArrayLike | None = None,
        group: ArrayLike | None = None,
        lat: ArrayLike | None = None,
        lon: ArrayLike | None = None,
        names: Sequence[str] = (),
        worth: ArrayLike = 1.0,
    ) -> Network:
        """The network of plain links between `count` places, by number; each counts once.

        Example:
            >>> Network.of_links([0, 0, 1], [1, 2, 0], 3).degree.tolist()
            [2, 1, 1]
        """
        return cls(
            _symmetric(a, b, worth, count),
            _filled(country, count, -1).astype(np.int32),
            _filled(group, count, -1).astype(np.int32),
            _filled(lat, count, np.nan),
            _filled(lon, count, np.nan),
            tuple(names) or ("",) * count,
        )

    @property
    def count(self) -> int:
        """How many places there are."""
        return len(self.country)

    @cached_property
    def degree(self) -> Ints:
        """How many partners each place has."""
        return np.diff(self.ties.indptr).astype(np.int32)

    @cached_property
    def in_country(self) -> csr_array:
        """Places by countries: 1 where a place lies."""
        known = np.flatnonzero(self.country >= 0)
        shape = (self.count, int(self.country.max(initial=-1)) + 1)
        return csr_array((np.ones(len(known)), (known, self.country[known])), shape=shape)

    def remember(self, name: str, make: Callable[[], T], *, of_places: bool = False) -> T:
        """What rankings need of the whole network, made once.

        What rests on places alone, `of_places`, is shared by all networks of these places.
        """
        kept = self._of_places if of_places else self._of_ties
        if name not in kept:
            kept[name] = make()
        return cast(T, kept[name])

    def with_ties(self, a: ArrayLike, b: ArrayLike, worth: ArrayLike = 1.0) -> Network:
        """The same places with other ties."""
        return replace(self, ties=_symmetric(a, b, worth, self.count))

    def is_foreign(self, places: Ints) -> Bools:
        """For each of the places, who lies in another country; nobody where one is unknown."""
        own, other = self.country[places][:, None], self.country[None, :]
        found: Bools = (own != other) & (own >= 0) & (other >= 0)
        return found

    def is_partner(self, places: Ints) -> Bools:
        """For each of the places, who is tied to it already."""
        found: Bools = self.ties[places].toarray() > 0
        return found


def network_of(index: Index, day: date) -> Network:
    """The ties of a day and the background's links, kept with the index.

    Cost: about 0.3 s for 600 parties and 17,000 places the first time.
    """
    return index.remember(("network", day), lambda: _of_index(index, day))


def _of_index(index: Index, day: date) -> Network:
    held, base = ties(index, day), index.background
    parties, number = len(index.parties), place_numbers(index)
    places = [base.places[int(place)] for place in np.flatnonzero(number >= parties)]
    rows = np.repeat(np.arange(parties), held.degree)
    everybody: list[Party | Place] = [*index.parties, *places]
    codes = [one.country for one in everybody]
    lat, lon = spots(everybody)
    _, country = np.unique(np.array(codes, dtype=str), return_inverse=True)
    return Network.of_links(
        np.concatenate([rows, number[base.a]]),
        np.concatenate([held.partner, number[base.b]]),
        len(everybody),
        country=np.where(np.array(codes, dtype=str) == "", -1, country),
        group=np.concatenate([index.province, np.full(len(places), -1)]),
        lat=lat,
        lon=lon,
        names=[
            *(plain_name(one.name_en) if is_place(one.level) else "" for one in index.parties),
            *(plain_name(place.name) for place in places),
        ],
        worth=np.concatenate([held.worth, np.full(len(base.a), LISTED_WORTH)]),
    )


def place_numbers(index: Index) -> Ints:
    """The number that each place of the background has in the network of an index."""
    number = np.asarray(index.background.party, dtype=np.int32).copy()
    new = number < 0
    number[new] = len(index.parties) + np.arange(int(new.sum()), dtype=np.int32)
    return number


def spots(everybody: Sequence[Party | Place]) -> tuple[Floats, Floats]:
    """Latitude and longitude of each; where a place tells none, those of the town of its name."""
    found = [_spot(one) for one in everybody]
    lat, lon = np.array(found, dtype=np.float64).reshape(-1, 2).T
    return lat, lon


def _spot(one: Party | Place) -> tuple[float, float]:
    if one.lat is not None and one.lon is not None:
        return one.lat, one.lon
    if isinstance(one, Place):
        known = whereabouts(one.name, one.country)
    else:
        known = whereabouts(one.name_en, one.country) if is_place(one.level) else None
    return known or (np.nan, np.nan)


def is_place(level: Level) -> bool:
    """Whether such a party is a place, whose name may be another place's too."""
    return level in {Level.PROVINCE, Level.KABUPATEN, Level.KOTA, Level.FOREIGN_LOCAL}


def plain_name(name: str) -> str:
    """A folded name without the words that say what a place is.

    Example:
        >>> plain_name("Kota Malang"), plain_name("Osaka Prefecture"), plain_name("Kota")
        ('malang', 'osaka', 'kota')
    """
    words = fold(name).split()
    return " ".join([word for word in words if word not in _LEVEL_WORDS] or words)


def _symmetric(one: ArrayLike, other: ArrayLike, worths: ArrayLike, count: int) -> csr_array:
    """Each pair once in both directions, with the most that it is worth."""
    a, b = np.asarray(one, dtype=np.int32), np.asarray(other, dtype=np.int32)
    worth = np.broadcast_to(np.asarray(worths, dtype=np.float64), a.shape)
    low, high = np.minimum(a, b), np.maximum(a, b)
    order = np.lexsort((-worth, high, low))
    low, high, worth = low[order], high[order], worth[order]
    keep = low != high
    keep[1:] &= (low[1:] != low[:-1]) | (high[1:] != high[:-1])
    low, high, worth = low[keep], high[keep], worth[keep]
    ends = (np.concatenate([low, high]), np.concatenate([high, low]))
    found = csr_array((np.concatenate([worth, worth]), ends), shape=(count, count))
    found.sort_indices()
    return found


def _filled(values: ArrayLike | None, count: int, nothing: float) -> Floats:
    found = np.full(count, nothing) if values is None else np.asarray(values, dtype=np.float64)
    return found
