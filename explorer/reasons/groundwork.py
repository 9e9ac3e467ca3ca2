"""How the ground of a day is laid: agreements in force, what has lapsed, and the world's list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from scipy.sparse import csr_array

from explorer.index import Index, Ints
from explorer.reasons.ground import DAYS_A_YEAR, GONE, LISTED_WORTH, REOPENED_WORTH, Ground, Known
from explorer.ties import HALF_LIFE_YEARS, UNDATED_AGE_YEARS, Floats, ties
from graph_loader import Place


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
        places,
        held,
        csr_array((worths[first], where), shape=(count, count)),
        csr_array((kinds[first], where), shape=(count, count)),
        np.bincount(where[0][lives], minlength=count).astype(np.int32),
    )


def _lapsed(index: Index, day: date) -> tuple[Ints, Ints, Floats]:
    """Both directions of every pair of every agreement that has lapsed or ended."""
    gone = np.isin(index.status(day), GONE)
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
