"""Needs meet offers: who lacks what, who has it, how sure that is, how far away it is."""

from explorer.exchange.bases import FIRM, KIN, MEETS, Grade, compares, meets, serves
from explorer.exchange.measures import Measure, covered, lasts, measure
from explorer.exchange.meeting import (
    RECENT_YEARS,
    Exchange,
    Meeting,
    complements,
    exchange,
    givers,
    grade,
    meetings,
)

__all__ = [
    "FIRM", "KIN", "MEETS", "RECENT_YEARS", "Exchange", "Grade", "Measure", "Meeting", "compares",
    "complements", "covered", "exchange", "givers", "grade", "lasts", "measure", "meetings",
    "meets", "serves",
]  # fmt: skip
