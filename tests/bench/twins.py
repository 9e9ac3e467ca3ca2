"""A world list of twin towns as large as the real one: what rankings are measured on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from graph_loader.model import BackgroundLink, Batch, Level, Party, Place, Source
from graph_loader.reference import reference_batch

PLACES: Final = 17_254  # because so many places stand in the list that the ranking was fitted to
LINKS: Final = 25_059
AT_HOME: Final = 120  # because about as many places of Indonesia stand in such lists
SPREAD: Final = 3.0  # degrees: because a country of middling size measures a few
COUNTRY_POWER, COUNTRY_SHIFT = 1.8, 8  # because the eight largest hold a tenth to a thirtieth
DEGREE_POWER: Final = 0.55  # because the mean square of degrees is then 22, as in the real list
SYLLABLES: Final = tuple(a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an"))
SOURCE: Final = Source("twins.made", "Made list of twin towns")


def made(places: int = PLACES, links: int = LINKS, seed: int = 1) -> Batch:
    """Every place has a link; countries and degrees are as uneven as in the real list.

    Some are regencies by their names, countries and coordinates. The same for the same numbers.
    """
    random = np.random.default_rng(seed)
    reference = reference_batch().parties
    codes = [party.country for party in reference if party.level is Level.COUNTRY]
    known = _places(random, places, codes, [p for p in reference if p.level is Level.KOTA])
    known.sort(key=lambda place: place.id)
    background = tuple(
        BackgroundLink(known[a].id, known[b].id) for a, b in sorted(_pairs(random, places, links))
    )
    return Batch(SOURCE, "made.csv", links, places=tuple(known), background=background)


def _places(
    random: np.random.Generator, count: int, codes: Sequence[str], cities: Sequence[Party]
) -> list[Place]:
    centre = random.uniform((-50, -180), (65, 180), (len(codes), 2))
    weight = (np.arange(len(codes)) + COUNTRY_SHIFT) ** -COUNTRY_POWER
    drawn = random.choice(len(codes), count, p=weight / weight.sum())
    spots = centre[drawn] + random.normal(0, SPREAD, (count, 2))
    names = [_name(random) for _ in range(count)]
    found = [
        Place(f"p{n:05}.{codes[c]}", names[n], codes[c], round(lat, 4), round(lon, 4))
        for n, (c, (lat, lon)) in enumerate(zip(drawn.tolist(), spots.tolist(), strict=True))
    ]
    for n, city in enumerate(cities[:AT_HOME]):
        name = city.name_en.removesuffix(" City")
        found[n] = Place(f"p{n:05}.id", name, "id", city.lat, city.lon)
    return found


def _name(random: np.random.Generator) -> str:
    return "".join(random.choice(SYLLABLES, random.integers(2, 5))).capitalize()


def _pairs(random: np.random.Generator, count: int, links: int) -> set[tuple[int, int]]:
    """First one link for each place, to somebody by weight; then both ends by weight."""
    weight = random.permutation(np.arange(1, count + 1) ** -DEGREE_POWER)
    found: set[tuple[int, int]] = set()
    for a, b in _drawn(random, count, weight / weight.sum()):
        if len(found) == links:
            break
        if a != b:
            found.add((min(a, b), max(a, b)))
    return found


def _drawn(
    random: np.random.Generator, count: int, weight: NDArray[np.float64]
) -> Iterator[tuple[int, int]]:
    everybody = range(count)
    yield from zip(everybody, random.choice(count, count, p=weight).tolist(), strict=True)
    while True:
        yield from random.choice(count, (count, 2), p=weight).tolist()
