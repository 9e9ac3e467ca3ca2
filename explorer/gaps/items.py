"""The matrix of gaps as data: for the API, `simpul gaps --json` and its tables, the same shape."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from explorer.gaps.cells import GapMatrix, Grade
from explorer.index import Index
from graph_loader import Language

SIGNS: Final = {Grade.NEEDED: "!", Grade.SISTERS: "○", Grade.NOBODY: "–"}
"""What stands in a gap's cell, so that nothing rests on colour alone."""


def items(index: Index, matrix: GapMatrix, lang: Language) -> list[dict[str, object]]:
    """One entry for each region, in the matrix's order.

    Returns:
        `{"region", "name", "covered", "cells": {topic: {"agreements", "sisters", "needs",
        "grade"}}}`, where the grade is has, needed, sisters or nobody.
    """
    covered = matrix.covered()
    return [
        {
            "region": index.parties[number].id,
            "name": index.name(number, lang),
            "covered": int(covered[row]),
            "cells": dict(_cells(matrix, row)),
        }
        for row, number in enumerate(matrix.regions.tolist())
    ]


def sign(matrix: GapMatrix, row: int, column: int) -> str:
    """A cell on a page without colours: the number of agreements in force, or the gap's sign."""
    grade = matrix.grade_at(row, column)
    return SIGNS[grade] if grade in SIGNS else str(int(matrix.own[row, column]))


def lacking(matrix: GapMatrix, row: int, grade: Grade) -> list[str]:
    """The topics of one region that have this grade."""
    return [
        topic for column, topic in enumerate(matrix.topics) if matrix.grade_at(row, column) is grade
    ]


def _cells(matrix: GapMatrix, row: int) -> Iterator[tuple[str, dict[str, object]]]:
    for column, topic in enumerate(matrix.topics):
        yield (
            topic,
            {
                "agreements": int(matrix.own[row, column]),
                "sisters": int(matrix.sisters[row, column]),
                "needs": int(matrix.needs[row, column]),
                "grade": str(matrix.grade_at(row, column)),
            },
        )
