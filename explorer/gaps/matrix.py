"""Where work on the SDGs is missing: regions by goals, and provinces by targets.

                      SDG 1   SDG 2     SDG 6
    Kab. Gresik         4       -         !        4 agreements in force; others do it; needed here
    Kab. Sidoarjo       .       2         1        nobody in the province does it

Everything is counted on the index's arrays, so both stores give the same answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from explorer.gaps.cells import GapMatrix
from explorer.gaps.needed import needs
from explorer.index import LEVELS, Index, Ints
from graph_loader import BadInput, Flow, Level, NotFound

GOALS: Final = tuple(str(goal) for goal in range(1, 18))
_PROVINCE = LEVELS.index(Level.PROVINCE)
_NOTHING: Final[Ints] = np.empty(0, dtype=np.int32)


def gap_matrix(index: Index, day: date, province: str, topics: Sequence[str] = GOALS) -> GapMatrix:
    """A province and every kabupaten and kota in it, by topics.

    Returns: the province itself in the first row, then the others by name.

    Raises:
        NotFound: ("party-unknown", id=…).
        BadInput: ("not-a-province", id=…).

    Cost: 3 ms for Jawa Timur; grows with the agreements of the regions asked for.
    """
    number = _province(index, province)
    key = ("gaps", number, day, tuple(topics))
    return index.remember(key, lambda: _of_province(index, day, number, tuple(topics)))


def province_matrix(index: Index, day: date, topics: Sequence[str]) -> GapMatrix:
    """Every province, by name, by topics: what each has signed itself."""
    key = ("gaps", "provinces", day, tuple(topics))
    return index.remember(key, lambda: _of_provinces(index, day, tuple(topics)))


def regions_of(index: Index, province: str) -> Ints:
    """A province, then every kabupaten and kota in it by name, as party numbers.

    Raises: NotFound, BadInput, as `gap_matrix`.
    """
    number = _province(index, province)
    return index.remember(("regions of", number), lambda: _regions_of(index, number))


def needs_of(index: Index, region: str, topic: str) -> list[Flow]:
    """The needs of a region that ask for work on a topic, in the order of their ids."""
    found = [flow for flow, asked in needs(index.flows) if flow.party == region and topic in asked]
    return sorted(found, key=lambda flow: flow.id)


def _province(index: Index, id: str) -> int:
    if id not in index.number:
        raise NotFound("party-unknown", id=id)
    number = index.number[id]
    if index.level[number] != _PROVINCE:
        raise BadInput("not-a-province", id=id, field="provinsi")
    return number


def _of_province(index: Index, day: date, province: int, topics: tuple[str, ...]) -> GapMatrix:
    within = _regions_of(index, province)[1:]
    own = _own(index, day, within, topics)
    head = province_matrix(index, day, topics).pick(_positions(_provinces(index), province))
    return GapMatrix(
        regions=np.concatenate([head.regions, within]),
        topics=topics,
        own=np.concatenate([head.own, own]),
        sisters=np.concatenate([head.sisters, _others(own)]),
        needs=np.concatenate([head.needs, _needs(index, within, topics)]),
    )


def _regions_of(index: Index, province: int) -> Ints:
    within = _by_name(index, (index.province == province) & (index.level != _PROVINCE))
    return np.concatenate([np.array([province], dtype=np.int32), within])


def _of_provinces(index: Index, day: date, topics: tuple[str, ...]) -> GapMatrix:
    provinces = _provinces(index)
    own = _own(index, day, provinces, topics)
    return GapMatrix(provinces, topics, own, _others(own), _needs(index, provinces, topics))


def _others(own: Ints) -> Ints:
    """How many of the other rows have something in the same column."""
    has = (own > 0).astype(np.int32)
    others: Ints = has.sum(axis=0, dtype=np.int32)[None, :] - has
    return others


def _own(index: Index, day: date, regions: Ints, topics: tuple[str, ...]) -> Ints:
    signed = index.of_party[regions].astype(np.int32)
    counts: Ints = (signed @ _addressed(index, day, topics)).toarray().astype(np.int32)
    return counts


def _addressed(index: Index, day: date, topics: tuple[str, ...]) -> csr_array:
    """Agreements in force by topics: 1 where the one addresses the other."""
    key = ("addressed", day, topics)
    return index.remember(key, lambda: _address(index, day, topics))


def _address(index: Index, day: date, topics: tuple[str, ...]) -> csr_array:
    in_force = index.in_force(day)
    found = [index.topic_ids.get(topic, _NOTHING) for topic in topics]
    found = [numbers[in_force[numbers]] for numbers in found]
    rows = np.concatenate([*found, _NOTHING])
    columns = np.repeat(np.arange(len(topics)), [len(numbers) for numbers in found])
    shape = (len(index.agreement_ids), len(topics))
    return csr_array((np.ones(len(rows), dtype=np.int32), (rows, columns)), shape=shape)


def _needs(index: Index, regions: Ints, topics: tuple[str, ...]) -> Ints:
    row = {index.parties[n].id: position for position, n in enumerate(regions.tolist())}
    column = {topic: position for position, topic in enumerate(topics)}
    found = np.zeros((len(regions), len(topics)), dtype=np.int32)
    for flow, asked in needs(index.flows):
        for topic in asked:
            if flow.party in row and topic in column:
                found[row[flow.party], column[topic]] += 1
    return found


def _provinces(index: Index) -> Ints:
    return index.remember("provinces", lambda: _by_name(index, index.level == _PROVINCE))


def _by_name(index: Index, mask: NDArray[np.bool_]) -> Ints:
    numbers = np.flatnonzero(mask).tolist()
    parties = index.parties
    numbers.sort(key=lambda n: (parties[n].sort_key, parties[n].id))
    return np.array(numbers, dtype=np.int32)


def _positions(numbers: Ints, wanted: int) -> Ints:
    return np.flatnonzero(numbers == wanted).astype(np.int32)
