"""Places that lie where a party lies and are called almost so: for a person to look at."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from rapidfuzz.fuzz import ratio

from graph_loader.background.places import distance_km
from graph_loader.model import Party, Place
from graph_loader.parties.spelling import readings

BESIDE_KM: Final = 25.0  # because two geocodes of one town lie closer, and its neighbours farther
ALIKE: Final = 80.0  # of 100: because one slip in five letters is a slip, and two are another name
_KM_PER_DEGREE: Final = 111.2


def alike(places: Iterable[Place], parties: Sequence[Party]) -> Iterator[tuple[str, str, int]]:
    """(place, party, kilometres) of all that are near and called almost the same."""
    by_country: dict[str, list[Place]] = {party.country: [] for party in parties}
    for place in places:
        if place.country in by_country and place.lat is not None:
            by_country[place.country].append(place)
    for found in by_country.values():
        found.sort(key=_latitude)
    for party in parties:
        for place, km in _beside(party, by_country[party.country]):
            if _likeness(place, party) >= ALIKE:
                yield place.id, party.id, round(km)


def _beside(party: Party, places: Sequence[Place]) -> Iterator[tuple[Place, float]]:
    """Of places from south to north, those that lie where a party lies, and how far away."""
    if party.lat is None or party.lon is None:
        return
    reach = BESIDE_KM / _KM_PER_DEGREE
    first = bisect_left(places, party.lat - reach, key=_latitude)
    last = bisect_right(places, party.lat + reach, key=_latitude)
    for place in places[first:last]:
        km = distance_km((party.lat, party.lon), (_latitude(place), place.lon or 0.0))
        if km <= BESIDE_KM:
            yield place, km


def _latitude(place: Place) -> float:
    return place.lat or 0.0


def _likeness(place: Place, party: Party) -> float:
    """Of 100, between the names without the words of their level."""
    mine = readings(place.name)[-1].keys[0]
    names = dict.fromkeys((party.name_id, party.name_en, *party.aliases))
    return max(ratio(mine, readings(name)[-1].keys[0]) for name in names)
