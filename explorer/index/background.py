"""What a world list of twin towns says: places and links, which are never parties or agreements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from explorer.index.codes import Ints
from explorer.index.layout import Array, Arrays
from explorer.index.texts import Things, from_arrays, in_arrays, located, written
from graph_loader import BackgroundLink, Party, Place, Scan, match_places


@dataclass(frozen=True, eq=False)
class Background:
    """Places by id, and the links between them, each once.

    `party` is the number of the party that each place is, or -1; `a` and `b` are positions in
    `places`, a < b, ordered.
    """

    places: Sequence[Place]
    party: Ints
    a: Ints
    b: Ints


def background(arrays: Arrays) -> Background:
    """The background that an index holds."""
    places = Things[Place]("place", from_arrays("place", arrays))
    return Background(places, arrays["place_party"], arrays["link_a"], arrays["link_b"])


def gather_background(
    scan: Scan, parties: Sequence[Party], number: Mapping[str, int]
) -> dict[str, Array]:
    """Places, the parties that they are, and links. A link's end may also name a party itself."""
    places, links = located(scan.places()), list(scan.background())
    matched = match_places(places, parties).party
    known = {place.id for place in places}
    ends = {end for link in links for end in (link.a, link.b)} - known
    places += [_place_of(parties[number[end]]) for end in ends if end in number]
    places.sort(key=lambda place: place.id)
    place = {one.id: position for position, one in enumerate(places)}
    party = [number.get(matched.get(one.id, one.id), -1) for one in places]
    a, b = _links(links, place)
    return in_arrays("place", written(places)) | {
        "place_party": np.array(party, dtype=np.int32), "link_a": a, "link_b": b,
    }  # fmt: skip


def _place_of(party: Party) -> Place:
    return Place(party.id, party.name_en, party.country, party.lat, party.lon)


def _links(links: Sequence[BackgroundLink], place: Mapping[str, int]) -> tuple[Ints, Ints]:
    """Both ends of each link as positions, the smaller first, in their order."""
    pairs = {
        (min(place[link.a], place[link.b]), max(place[link.a], place[link.b]))
        for link in links
        if link.a in place and link.b in place and link.a != link.b
    }
    ends = np.array(sorted(pairs), dtype=np.int32).reshape(-1, 2)
    return ends[:, 0].copy(), ends[:, 1].copy()
