"""Places that lie where a party lies and are called almost so: for a person to look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import numpy as np
from rapidfuzz.fuzz import ratio

from graph_loader.background.places import distance_km
from graph_loader.model import Party, Place
from graph_loader.parties.spelling import readings

BESIDE_KM: Final = 25.0  # because two geocodes of one town lie closer, and its neighbours farther
ALIKE: Final = 80.0  # of 100: because one slip in five letters is a slip, and two are another name
_KM_PER_DEGREE: Final = 111.2


def alike(places: Iterable[Place], parties: Sequence[Party]) -> Iterator[tuple[str, str, int]]:
    """(place, party, kilometres) of all that are near and called almost the same."""
    countries = {party.country for party in parties if party.lat is not None}
    by_country: dict[str, list[Place]] = {country: [] for country in countries}
    for place in places:
        if place.country in by_country and place.lat is not None and place.lon is not None:
            by_country[place.country].append(place)
    spots = {country: _latitudes(found) for country, found in by_country.items()}
    for party in parties:
        if party.lat is None or party.lon is None:
            continue
        beside = np.abs(spots[party.country] - party.lat) <= BESIDE_KM / _KM_PER_DEGREE
        for at in np.flatnonzero(beside):
            place = by_country[party.country][at]
            km = distance_km((party.lat, party.lon), (place.lat or 0.0, place.lon or 0.0))
            if km <= BESIDE_KM and _likeness(place, party) >= ALIKE:
                yield place.id, party.id, round(km)


def _latitudes(places: Sequence[Place]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.array([place.lat for place in places], dtype=float)


def _likeness(place: Place, party: Party) -> float:
    """Of 100, between the names without the words of their level."""
    mine = readings(place.name)[-1].keys[0]
    names = dict.fromkeys((party.name_id, party.name_en, *party.aliases))
    return max(ratio(mine, readings(name)[-1].keys[0]) for name in names)
