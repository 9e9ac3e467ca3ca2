"""Where work on the SDGs is missing: regions by goals, and provinces by targets.

                      SDG 1   SDG 2     SDG 6
    Kab. Gresik         4       -         !        4 agreements in force; others do it; needed here
    Kab. Sidoarjo       .       2         1        nobody in the province does it

Everything is counted on the index's arrays, so both stores give the same answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from explorer.index import LEVELS, Index, Ints
from explorer.needed import needs
from graph_loader import BadInput, Flow, Level, NotFound

GOALS: Final = tuple(str(goal) for goal in range(1, 18))
_PROVINCE = LEVELS.index(Level.PROVINCE)
_NOTHING: Final[Ints] = np.empty(0, dtype=np.int32)


class Grade(StrEnum):
    """What a cell says; an empty one is a gap, the graver the earlier."""

    NEEDED = "needed"
    """no agreement in force, and the region itself has recorded a need"""
    SISTERS = "sisters"
    """no agreement in force, but sister regions have one"""
    NOBODY = "nobody"
    """no agreement in force, here or in any sister region"""
    HAS = "has"
    """at least one agreement in force"""


GRADES: Final = tuple(Grade)


@dataclass(frozen=True, eq=False)
class GapMatrix:
    """Regions by topics: what each does, what its sisters do, what its own needs ask for.

    The sisters of a kabupaten or kota are the others of its province, those of a province are the
    other provinces. Every array has one row per region and one column per topic.
    """

    regions: Ints
    """party numbers, in the order of names, a province before its regencies"""
    topics: tuple[str, ...]
    own: Ints
    """agreements in force that the region signed"""
    sisters: Ints
    """sister regions with at least one such agreement"""
    needs: Ints
    """needs that the region has recorded"""

    @cached_property
    def grade(self) -> NDArray[np.int8]:
        """Positions in `GRADES`."""
        rules = [(self.own > 0, Grade.HAS), (self.needs > 0, Grade.NEEDED),
                 (self.sisters > 0, Grade.SISTERS)]  # fmt: skip
        found = np.select(
            [rule for rule, _ in rules],
            [GRADES.index(grade) for _, grade in rules],
            default=GRADES.index(Grade.NOBODY),
        )
        return found.astype(np.int8)

    def grade_at(self, row: int, column: int) -> Grade:
        """What one cell says."""
        return GRADES[int(self.grade[row, column])]

    def covered(self) -> Ints:
        """How many topics each region has an agreement in force for."""
        counts: Ints = (self.own > 0).sum(axis=1, dtype=np.int32)
        return counts

    def columns(self, grade: Grade, rows: slice = slice(None)) -> Ints:
        """How many of the rows have this grade, for each topic."""
        counts: Ints = (self.grade[rows] == GRADES.index(grade)).sum(axis=0, dtype=np.int32)
        return counts

    def most_telling(self, rows: slice = slice(None)) -> int:
        """The column to speak of first: most gaps where it is needed, then most gaps, then first.

        Where no cell is a gap, it is the first column.
        """
        lacking = len(self.regions[rows]) - self.columns(Grade.HAS, rows)
        return int(np.lexsort((-lacking, -self.columns(Grade.NEEDED, rows)))[0])

    def pick(self, rows: Sequence[int] | Ints) -> GapMatrix:
        """Only some of the rows, in the order given."""
        chosen = np.asarray(rows, dtype=np.int32)
        return GapMatrix(
            self.regions[chosen], self.topics, self.own[chosen], self.sisters[chosen],
            self.needs[chosen],
        )  # fmt: skip


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
