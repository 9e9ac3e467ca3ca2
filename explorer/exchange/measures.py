"""Quantities as recorded, in comparable measure: kilograms and tonnes, months and years."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from graph_loader import Flow

_MASS: Final = "mass"
_WATER: Final = "water"
_AMOUNTS: Final[Mapping[str, tuple[str, float]]] = {
    "kg": (_MASS, 0.001), "kuintal": (_MASS, 0.1), "ton": (_MASS, 1.0), "tonne": (_MASS, 1.0),
    "ekor": ("heads", 1.0), "head": ("heads", 1.0),
    "liter": (_WATER, 0.001), "litre": (_WATER, 0.001), "m3": (_WATER, 1.0),
    "kwh": ("energy", 0.001), "mwh": ("energy", 1.0), "gwh": ("energy", 1000.0),
}  # fmt: skip
"""Because these are physical units of one thing each; money, shares and islands are not here."""
_POWERS: Final[Mapping[str, tuple[str, float]]] = {
    "kw": ("power", 0.001), "mw": ("power", 1.0), "gw": ("power", 1000.0),
    "mmscfd": ("gas by volume", 1.0), "bbtud": ("gas by heat", 1.0),
}  # fmt: skip
"""Rates that carry their period in their name. Because the heat of a volume of gas differs from
field to field, a volume is never set beside a heat."""
_A_YEAR: Final[Mapping[str, float]] = {
    "second": 365.0 * 86_400, "day": 365.0, "hari": 365.0, "week": 365.0 / 7, "minggu": 365.0 / 7,
    "month": 12.0, "bulan": 12.0, "year": 1.0, "tahun": 1.0,
}  # fmt: skip
"""How many of a period a year holds, leap days aside, because the figures are rounder than that."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A quantity: how much of what `kind`, in a year where `is_rate`, else once."""

    kind: str
    value: float
    is_rate: bool


def measure(flow: Flow) -> Measure | None:
    """A recorded quantity in comparable measure; None where there is none, or none is known.

    Units: tonnes, heads, cubic metres and megawatt-hours, a year where it is a rate; megawatts.

    Example:
        >>> from graph_loader import Direction
        >>> measure(Flow("n", "35.78", Direction.NEED, "rice", quantity=500.0, unit="kg/month"))
        Measure(kind='mass', value=6.0, is_rate=True)
        >>> measure(Flow("n", "64", Direction.NEED, "rice", quantity=60.0, unit="% of need"))
    """
    if flow.quantity is None:
        return None
    unit, _, period = flow.unit.casefold().partition("/")
    if not period and unit in _POWERS:
        kind, size = _POWERS[unit]
        return Measure(kind, flow.quantity * size, is_rate=True)
    if unit not in _AMOUNTS or (period and period not in _A_YEAR):
        return None
    kind, size = _AMOUNTS[unit]
    return Measure(kind, flow.quantity * size * _A_YEAR.get(period, 1.0), is_rate=bool(period))


def covered(need: Flow, offer: Flow) -> float | None:
    """How much of a need an offer covers, 0 to 1; None where the two are not of one measure.

    An amount without a period never covers a part of one of a month or a year: see `lasts`.
    """
    return share_of(measure(need), measure(offer))


def lasts(need: Flow, offer: Flow) -> float | None:
    """For how long an amount on offer meets a need of a month or a year; None for anything else.

    Units: months.

    Example:
        >>> from graph_loader import Direction
        >>> need = Flow("n", "35.78", Direction.NEED, "rice", quantity=100.0, unit="ton/month")
        >>> lasts(need, Flow("o", "35.24", Direction.OFFER, "rice", quantity=450.0, unit="ton"))
        4.5
    """
    return months_of(measure(need), measure(offer))


def share_of(wanted: Measure | None, given: Measure | None) -> float | None:
    """`covered`, of measures."""
    if wanted is None or given is None or not _alike(wanted, given):
        return None
    return min(1.0, given.value / wanted.value) if wanted.is_rate is given.is_rate else None


def months_of(wanted: Measure | None, given: Measure | None) -> float | None:
    """`lasts`, of measures."""
    if wanted is None or given is None or not _alike(wanted, given):
        return None
    if given.is_rate or not wanted.is_rate:
        return None
    return given.value / wanted.value * _A_YEAR["month"]


def _alike(wanted: Measure, given: Measure) -> bool:
    return wanted.kind == given.kind and wanted.value > 0
