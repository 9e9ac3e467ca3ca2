"""How far needs and offers lie apart, and which of many pairs are worth telling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from explorer.exchange.figures import grade
from explorer.index import Bools, Index
from explorer.nearby import EARTH_KM
from explorer.ties import Floats
from graph_loader import Flow

KEPT: Final = 20  # because nobody asks more regions; only a national balance has more of them
_UNKNOWN: Final = 1e5  # km; because it comes after every distance on Earth
_OWN_PROVINCE: Final = 2e5  # km; because it comes after those too
_INDICATIVE: Final = 1e6  # km; because firm comes before near


@dataclass(frozen=True, eq=False)
class Block:
    """Needs in rows, offers in columns: their distances (NaN unknown) and the pairs to be told."""

    km: Floats
    in_province: Bools
    firm: Bools
    told: Bools
    possible: NDArray[np.int64]
    """for each need how many offers can meet it, told or not"""


def block(index: Index, day: date, needs: Sequence[Flow], offers: Sequence[Flow]) -> Block:
    """The pairs of some needs and offers; of each need and each offer the best `KEPT` are told.

    Cost: one pass over arrays of needs × offers.
    """
    a, b = _numbers(index, needs), _numbers(index, offers)
    within = (index.province[a][:, None] == b) | (index.province[b] == a[:, None])
    other = a[:, None] != b
    km = _apart(_places(index, a), _places(index, b))
    far = np.where(within, _OWN_PROVINCE, np.where(np.isnan(km), _UNKNOWN, km))
    firm = _firm(needs, offers, day)
    far = far + np.where(firm, 0.0, _INDICATIVE)
    far[~other] = np.inf
    told = (_best(far) | _best(far.T).T) & other
    return Block(km, within, firm, told, other.sum(axis=1))


def _best(far: Floats) -> Bools:
    """In each row the nearest few."""
    if far.shape[1] <= KEPT:
        return np.ones(far.shape, dtype=np.bool_)
    found = np.zeros(far.shape, dtype=np.bool_)
    nearest = np.argpartition(far, KEPT - 1, axis=1)[:, :KEPT]
    np.put_along_axis(found, nearest, True, axis=1)
    return found


def _firm(needs: Sequence[Flow], offers: Sequence[Flow], day: date) -> Bools:
    """Which pairs are firm: what a figure says and its age are asked once for each kind."""
    kinds_a, first_a = _kinds(needs)
    kinds_b, first_b = _kinds(offers)
    table = [[grade(need, offer, day) == "firm" for offer in first_b] for need in first_a]
    return np.array(table, dtype=np.bool_)[kinds_a[:, None], kinds_b]


def _kinds(flows: Sequence[Flow]) -> tuple[NDArray[np.int64], list[Flow]]:
    """Each flow's kind, and one flow of each: what is measured, of what, in which year."""
    seen: dict[tuple[str, str, str], int] = {}
    numbers = [seen.setdefault((f.basis, f.commodity, f.year[:4]), len(seen)) for f in flows]
    one_of = dict(zip(numbers, flows, strict=True))
    return np.array(numbers, dtype=np.int64), [one_of[kind] for kind in range(len(seen))]


def _numbers(index: Index, flows: Sequence[Flow]) -> NDArray[np.int64]:
    return np.array([index.number[flow.party] for flow in flows], dtype=np.int64)


def _places(index: Index, numbers: NDArray[np.int64]) -> Floats:
    """Latitude and longitude in radians, NaN where they are not known."""
    parties = [index.parties[number] for number in numbers.tolist()]
    return np.radians(np.array([(p.lat, p.lon) for p in parties], dtype=np.float64).reshape(-1, 2))


def _apart(a: Floats, b: Floats) -> Floats:
    """Great-circle distances in kilometres, each of one to each of the other."""
    lat1, lon1 = a[:, 0][:, None], a[:, 1][:, None]
    half = np.sin((b[:, 0] - lat1) / 2) ** 2
    half = half + np.cos(lat1) * np.cos(b[:, 0]) * np.sin((b[:, 1] - lon1) / 2) ** 2
    found: Floats = 2 * EARTH_KM * np.arcsin(np.minimum(1.0, np.sqrt(half)))
    return found
