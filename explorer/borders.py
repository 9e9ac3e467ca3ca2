"""Neighbouring regions without an agreement of their own: candidates for mandatory cooperation.

    region --touches-- region      nothing recorded between them: none
                                   both in accords of many:       large
                                   a document, not in force:      talks

Counted on the index's arrays, which hold no words: which large accords are about a border is told
from their titles by whoever has asked the store for them.

Source: UU 23/2014, article 364; PP 28/2018, article 3(2).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from explorer.gaps import regions_of
from explorer.index import Index, Ints
from graph_loader import Agreement, Border, fold

SMALL: Final = 3  # members; because an accord of more says little of any two of them
BORDER_WORDS: Final = ("perbatasan", "batas daerah", "tapal batas", "boundary", "border")


class BorderGrade(StrEnum):
    """How little is recorded between two neighbours; the less, the earlier."""

    NONE = "none"
    """no document of any kind"""
    LARGE = "large"
    """both are in accords of more than three parties, and nothing of their own"""
    TALKS = "talks"
    """a document of their own, none of it in force: talks, or lapsed"""


@dataclass(frozen=True, slots=True)
class BareBorder:
    """Two neighbours without an agreement of their own in force.

    `agreements` are what is recorded: the large accords of grade LARGE, the documents of TALKS.
    """

    border: Border
    grade: BorderGrade
    agreements: tuple[str, ...]


def borders_without(
    index: Index, province: str, day: date, *, about_border: Collection[str] = ()
) -> list[BareBorder]:
    """Neighbours with at least one of them in the province that have no agreement of their own.

    An accord of at most three parties is their own, and so is any of `about_border`: ids of
    larger ones that are about the border itself.

    Returns: by grade, then the longest shared border, then by name.

    Raises: NotFound, BadInput, as `gap_matrix`.
    """
    own = np.zeros(len(index.agreement_ids), dtype=np.bool_)
    own[[index.agreement_number[id] for id in about_border if id in index.agreement_number]] = True
    own |= index.size <= SMALL
    found = []
    for border in _borders(index, regions_of(index, province)):
        both = index.between(index.number[border.a], index.number[border.b])
        grade, told = _graded(both, own, index.in_force(day))
        if grade is not None:
            ids = tuple(index.agreement_ids[number] for number in told.tolist())
            found.append(BareBorder(border, grade, ids))
    return sorted(found, key=lambda one: _by_length(index, one))


def about_border(agreements: Iterable[Agreement]) -> frozenset[str]:
    """The ids of those whose title says that they are about the border itself."""
    return frozenset(
        one.id for one in agreements if any(word in fold(one.title) for word in BORDER_WORDS)
    )


def _borders(index: Index, regions: Ints) -> list[Border]:
    ids = [index.parties[number].id for number in regions.tolist()]
    found = {(line.a, line.b): line for id in ids for line in index.borders.get(id, ())}
    return list(found.values())


def _graded(
    both: Ints, own: NDArray[np.bool_], in_force: NDArray[np.bool_]
) -> tuple[BorderGrade | None, Ints]:
    """How little there is, and what is recorded; no grade where one of their own is in force."""
    theirs = both[own[both]]
    if in_force[theirs].any():
        return None, theirs
    if len(theirs):
        return BorderGrade.TALKS, theirs
    return (BorderGrade.LARGE if len(both) else BorderGrade.NONE), both


def _by_length(index: Index, one: BareBorder) -> tuple[int, float, str, str]:
    a, b = (index.parties[index.number[id]] for id in (one.border.a, one.border.b))
    grades = list(BorderGrade)
    return (grades.index(one.grade), -(one.border.shared_km or 0.0), a.sort_key, b.sort_key)
