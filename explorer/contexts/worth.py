"""How good the ranking is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class WorthRow:
    """What one ranking found of 100 hidden partnerships, as a page writes it."""

    name: str
    first_10: str
    first_50: str
    mrr: str
    auc: str


@dataclass(frozen=True, slots=True)
class WorthPart:
    """One backtest: its picture, its table, and what it rests on."""

    picture: Markup
    rows: Sequence[WorthRow]
    looked_for: int
    places: int
    links: int
    splits: int
    year: str
    """the first hidden year; empty where the split was drawn at random"""
    is_enough: bool
    hits: str
    """of 100 hidden partnerships, how many Simpul put among the first ten"""
    behind: str
    """how many the rankings joined plainly put there, where that is more; else empty"""


@dataclass(frozen=True, slots=True)
class LiftRow:
    """What a reason is worth; `times` is empty where there is too little to tell."""

    reason: str
    pairs: int
    partners: int
    times: str


@dataclass(frozen=True, slots=True)
class WorthContext:
    """How good the ranking is; `own` is None where the store is too large for a page to measure."""

    opening: Markup
    world: WorthPart
    own: WorthPart | None
    lifts: Sequence[LiftRow]
    is_enough: bool
    partners: int
    pairs: int
