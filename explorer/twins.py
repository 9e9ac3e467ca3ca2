"""The background as a page reads it: a place by its id, and the places that it is twinned with."""

from __future__ import annotations

from bisect import bisect_left

import numpy as np

from explorer.index import Index
from graph_loader import Place


def place_at(index: Index, id: str) -> int | None:
    """Where a place stands in the background; nothing where no list names it.

    Cost: a few steps of halving.
    """
    places = index.background.places
    at = bisect_left(places, id, key=lambda place: place.id)
    return at if at < len(places) and places[at].id == id else None


def party_at(index: Index, place: int) -> int | None:
    """The number of the party that a place is; nothing where it is none that is known."""
    party = int(index.background.party[place])
    return party if party >= 0 else None


def twins_of(index: Index, place: int) -> list[int]:
    """Where the places stand that a place is twinned with, in the order of ids."""
    a, b = index.background.a, index.background.b
    return [int(one) for one in np.concatenate([a[b == place], b[a == place]])]


def placed(index: Index, id: str) -> Place | None:
    """The place of an id that is no party; nothing where the id is a party's or nobody's."""
    if id in index.number:
        return None
    at = place_at(index, id)
    return None if at is None else index.background.places[at]
