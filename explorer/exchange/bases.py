"""Which figures of need and offer may be set beside one another, and how much that says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from graph_loader import Direction, Flow

Grade = Literal["firm", "indicative"]

_SPARE: Final = frozenset({"surplus", "quota", "capacity", "production", "shipment"})
HERD: Final = "population"
_ANY: Final = _SPARE | {HERD}
MEETS: Final[Mapping[str, frozenset[str]]] = {
    "gap": _ANY,
    "import": _ANY,
    "requirement": _ANY,
    "allocation": frozenset({"surplus", "capacity"}),
    "generation": frozenset({"capacity", "plan"}),
}
"""What a need measures → what an offer must measure.

Because a lack (gap, import) or a want (requirement) can be met by what a region has to spare, or by
what it is known to make, to send out or to keep in herds. A share set aside (allocation) and waste
that arises (generation) need a capacity, waste a planned one too. What lay in store on one day,
past trade and a share in per cent say nothing of what is free now.
"""
FIRM: Final = frozenset({("gap", "surplus"), ("import", "surplus")})
"""Because only these say of both sides what is left over after their own use."""

NEEDS: Final = ("gap", "import", "requirement", "allocation", "generation")
OFFERS: Final = ("surplus", "quota", "capacity", "production", "shipment", "plan", "population")
"""What can meet at all, the figure that says most first: of one year it is the one that counts."""

KIN: Final[Mapping[str, Mapping[str, bool]]] = {
    "beef": {"cattle": False},  # because cattle are slaughtered for it; heads are no tonnes
    "chilli": {"birds-eye-chilli": True, "large-red-chilli": True},  # because both are chilli
    "clean-water": {"raw-water": True},  # because it is raw water, treated litre for litre
    "meat": {"beef": True, "chicken-meat": True, "cattle": False},  # because all of it is meat
    "rice": {"paddy": False},  # because paddy is milled; how much remains depends on its dryness
    "waste-management": {"landfill": True, "waste-to-energy": True},  # because both take it in
}
"""A need of the one can be met by an offer of the others; True where the quantities compare."""


def meets(one: Flow, other: Flow) -> bool:
    """Whether a need and an offer can meet: like or kindred goods, and figures that may.

    Example:
        >>> need = Flow("n", "35.78", Direction.NEED, "rice", basis="requirement")
        >>> meets(need, Flow("o", "35.21", Direction.OFFER, "rice", basis="surplus"))
        True
        >>> meets(need, Flow("o", "35.21", Direction.OFFER, "rice", basis="stock"))
        False
        >>> meets(need, Flow("o", "35.04", Direction.OFFER, "paddy", basis="surplus"))
        True
    """
    if one.direction is other.direction:
        return False
    need, offer = (one, other) if one.direction is Direction.NEED else (other, one)
    return serves(need.commodity, offer.commodity) and offer.basis in MEETS.get(need.basis, ())


def serves(needed: str, offered: str) -> bool:
    """Whether an offer of the one commodity can meet a need of the other."""
    return offered == needed or offered in KIN.get(needed, {})


def compares(needed: str, offered: str) -> bool:
    """Whether a quantity of the one commodity can be set beside a quantity of the other."""
    return offered == needed or KIN.get(needed, {}).get(offered, False)
