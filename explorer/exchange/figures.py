"""Which of several figures counts, how old it is, and how sure a pair of them is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from explorer.exchange.bases import FIRM, HERD, NEEDS, OFFERS, Grade, compares
from graph_loader import Direction, Flow

RECENT_YEARS: Final = 5  # because a region plans for five years (RPJMD); older figures only hint

Named = tuple[str, str]
"""(party, commodity)"""


def named(flow: Flow) -> Named:
    """Whose figure it is, and of what."""
    return flow.party, flow.commodity


def year_of(flow: Flow) -> int:
    """The year of a figure; 0 where none is stated."""
    return int(flow.year[:4]) if flow.year[:4].isdecimal() else 0


def grade(need: Flow, offer: Flow, day: date) -> Grade:
    """Firm where a lack meets a surplus of the same goods and both are recent; else indicative."""
    like = compares(need.commodity, offer.commodity)
    recent = is_recent(need, day) and is_recent(offer, day)
    return "firm" if recent and like and (need.basis, offer.basis) in FIRM else "indicative"


def is_recent(flow: Flow, day: date) -> bool:
    """Whether a figure is of the last years, and of a year at all."""
    return 0 <= day.year - year_of(flow) <= RECENT_YEARS


def counting(flows: Iterable[Flow]) -> list[Flow]:
    """Of each party and commodity the figure that counts, among those that can meet at all.

    The newest, of one year the one that says most; a herd only where there is no other. By id.
    """
    best: dict[Named, Flow] = {}
    for flow in flows:
        ranks = NEEDS if flow.direction is Direction.NEED else OFFERS
        kept = best.get(named(flow))
        if flow.basis in ranks and (kept is None or _rank(flow, ranks) < _rank(kept, ranks)):
            best[named(flow)] = flow
    return sorted(best.values(), key=lambda flow: flow.id)


def newest_surplus(offers: Iterable[Flow]) -> dict[Named, int]:
    """The last year for which each region has a surplus of each commodity on record."""
    found: dict[Named, int] = {}
    for offer in offers:
        if offer.basis == "surplus":
            found[named(offer)] = max(year_of(offer), found.get(named(offer), 0))
    return found


def _rank(flow: Flow, bases: Sequence[str]) -> tuple[bool, int, int, bool, str]:
    """A herd counts only where nothing else does, because nobody sells all of it."""
    herd = flow.basis == HERD
    return herd, -year_of(flow), bases.index(flow.basis), flow.quantity is None, flow.id
