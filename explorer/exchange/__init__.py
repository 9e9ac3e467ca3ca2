"""Needs meet offers: who lacks what, who has it, how sure that is, how far away it is."""

from explorer.exchange.bases import FIRM, KIN, MEETS, Grade, compares, meets, serves
from explorer.exchange.figures import RECENT_YEARS, grade
from explorer.exchange.measures import Measure, covered, lasts, measure
from explorer.exchange.meeting import (
    Exchange,
    Meeting,
    complements,
    exchange,
    givers,
    meetings,
)
from explorer.exchange.nearest import KEPT

__all__ = [
    "FIRM", "KEPT", "KIN", "MEETS", "RECENT_YEARS", "Exchange", "Grade", "Measure", "Meeting",
    "compares", "complements", "covered", "exchange", "givers", "grade", "lasts", "measure",
    "meetings", "meets", "serves",
]  # fmt: skip
