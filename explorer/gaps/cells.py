"""What a cell of the gap matrix says, and the matrix itself: regions by topics."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from explorer.index import Ints


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
