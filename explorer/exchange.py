"""Needs meet offers: which figures may be set beside one another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from explorer.index import Index
from graph_loader import Direction, Flow

MEETS: Mapping[str, frozenset[str]] = {
    "gap": frozenset({"surplus", "capacity", "quota", "production"}),
    "requirement": frozenset({"surplus", "capacity", "quota", "production"}),
    "import": frozenset({"surplus", "capacity", "quota", "production"}),
}  # because only a lack and a spare amount can meet: stock on one day or past trade says neither
FIRM = frozenset({("gap", "surplus"), ("import", "surplus")})


def meets(one: Flow, other: Flow) -> bool:
    """Whether a need and an offer of one commodity can meet, by what their figures measure.

    Example:
        >>> need = Flow("n", "35.78", Direction.NEED, "rice", basis="requirement")
        >>> meets(need, Flow("o", "35.21", Direction.OFFER, "rice", basis="surplus"))
        True
        >>> meets(need, Flow("o", "35.21", Direction.OFFER, "rice", basis="stock"))
        False
    """
    if one.commodity != other.commodity or one.direction is other.direction:
        return False
    need, offer = (one, other) if one.direction is Direction.NEED else (other, one)
    return offer.basis in MEETS.get(need.basis, frozenset())


def complements(index: Index, day: date) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Which parties lack what the other can give: (party, party), both ways → commodities."""
    return index.remember(("complements", day), lambda: _complements(index))


def _complements(index: Index) -> dict[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], set[str]] = {}
    for one in index.flows:
        for other in index.flows:
            if one.party != other.party and meets(one, other):
                found.setdefault((one.party, other.party), set()).add(one.commodity)
    return {pair: tuple(sorted(goods)) for pair, goods in found.items()}
