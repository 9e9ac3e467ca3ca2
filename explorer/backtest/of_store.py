"""The history of a loaded store: when its parties first signed together."""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np

from explorer.backtest.history import NO_LIST, History
from explorer.index import INSTRUMENTS, LEVELS, STATED, Bools, Index, Ints
from explorer.network import LISTED_WORTH, network_of, place_numbers
from graph_loader import CONTACTS, FOREIGN_LEVELS, REGION_LEVELS, Level

HOME: Final = "id"
LISTS: Final = ("abroad", "regions", "third_parties")
_ABROAD = FOREIGN_LEVELS - {Level.COUNTRY}
_THIRD = frozenset({Level.THIRD_PARTY, Level.CENTRAL_AGENCY})


def history_of_index(index: Index, day: date) -> History:
    """Every pair that ever signed an undertaking together, with the background beside it.

    A pair's year is that of its first dated document; a pair that has none that is dated has none.
    """
    a, b, agreement = index.tie_pairs(day, _undertakings(index))
    keep = _first(index, a, b, agreement)
    a, b, agreement = a[keep], b[keep], agreement[keep]
    places = network_of(index, day)
    return History(
        places, _ids(index), a, b,
        year=index.signed_year[agreement].astype(np.int32),
        document=agreement,
        worth=np.maximum(index.size[agreement] - 1, 1) ** -0.5,
        of_list=_of_list(index, places.count),
        asks=np.concatenate([index.is_region, _none(index, places.count)]),
        only_abroad=False,
        lists=LISTS,
        plainly=frozenset({LISTS.index("regions"), LISTS.index("third_parties")}),
        listed=_listed(index),
        listed_worth=LISTED_WORTH,
    )  # fmt: skip


def _undertakings(index: Index) -> Bools:
    contact = np.array([instrument in CONTACTS for instrument in INSTRUMENTS])[index.instrument]
    found: Bools = ~contact & (index.stated != STATED.index("exploration"))
    return found


def _first(index: Index, a: Ints, b: Ints, agreement: Ints) -> Ints:
    """Which rows are the first document of their pair: dated before undated, then by day."""
    signed = index.signed_first[agreement]
    when = np.where(signed > 0, signed, np.iinfo(np.int32).max)
    order = np.lexsort((agreement, when, b, a))
    is_new = np.ones(len(order), dtype=np.bool_)
    is_new[1:] = (a[order][1:] != a[order][:-1]) | (b[order][1:] != b[order][:-1])
    return order[is_new].astype(np.int32)


def _of_list(index: Index, count: int) -> Ints:
    """The list of each party; a place of the background is abroad, unless it lies at home."""
    lists = np.full(count, NO_LIST, dtype=np.int32)
    for one, levels in enumerate((_ABROAD, REGION_LEVELS, _THIRD)):
        wanted = [LEVELS.index(level) for level in levels]
        lists[: len(index.parties)][np.isin(index.level, wanted)] = one
    number = place_numbers(index)
    for place, known in zip(number.tolist(), index.background.places, strict=True):
        if place >= len(index.parties) and known.country != HOME:
            lists[place] = LISTS.index("abroad")
    return lists


def _none(index: Index, count: int) -> Bools:
    return np.zeros(count - len(index.parties), dtype=np.bool_)


def _ids(index: Index) -> list[str]:
    new = np.flatnonzero(np.asarray(index.background.party) < 0)
    places = index.background.places
    return [*(party.id for party in index.parties), *(places[int(place)].id for place in new)]


def _listed(index: Index) -> tuple[Ints, Ints]:
    number = place_numbers(index)
    return number[index.background.a], number[index.background.b]
