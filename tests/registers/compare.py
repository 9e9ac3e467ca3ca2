"""What was planted against what was told: what is missing, and what was invented."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.registers.pen import DOUBTFUL, EITHER, Planted

Told = dict[str, Any]


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _at(planted: Planted, told: Told) -> bool:
    """Whether it was told at the place; a header over two rows may be named whole."""
    last = max(planted.row, planted.until)
    return told["sheet"] == planted.sheet and (
        planted.row == 0 or planted.row <= told["row"] <= last
    )


def _in(planted: Planted, told: Told) -> bool:
    names = [planted.column, *planted.also]
    return not planted.column or any(
        _plain(told["column"]).endswith(_plain(name)) if name else not told["column"]
        for name in names
    )


def fits(planted: Planted, told: Told) -> bool:
    """Whether this problem is the planted one: its place, its value, how bad it is."""
    return (
        _at(planted, told)
        and _in(planted, told)
        and planted.severity in (EITHER, told["severity"])
        and _plain(planted.value) in _plain(str(told["value"]))
    )


def judge(
    planted: Sequence[Planted], told: Sequence[Told]
) -> tuple[list[str], list[tuple[Planted, Told]]]:
    """Sentences on every difference, and which problem tells which planted thing."""
    left, pairs, faults = list(told), [], []
    for one in sorted(planted, key=lambda one: one.optional):
        found = next((problem for problem in left if fits(one, problem)), None)
        if found:
            left.remove(found)
            pairs.append((one, found))
        elif not one.optional:
            faults.append(f"not told: {one.about}, {_place(one)}")
    faults += [f"invented: {problem}" for problem in left if not _said_again(problem, pairs)]
    return faults, pairs


def _said_again(problem: Told, pairs: Sequence[tuple[Planted, Told]]) -> bool:
    """One cell may be wrong in two ways, each with a code of its own."""
    return any(
        one.column and fits(one, problem) and problem["code"] != first["code"]
        for one, first in pairs
    )


def doubted(pairs: Sequence[tuple[Planted, Told]]) -> int:
    """How many agreements come in because what is open about them was only doubted."""
    return sum(1 for one, told in pairs if not one.severity and told["severity"] == DOUBTFUL)


def _place(one: Planted) -> str:
    return f"sheet {one.sheet!r} row {one.row} column {one.column!r} ({one.severity or 'either'})"
