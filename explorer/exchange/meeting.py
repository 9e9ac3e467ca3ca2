"""Who lacks what, and who has it: a region's need beside each offer that can meet it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from explorer.exchange.bases import FIRM, HERD, KIN, MEETS, NEEDS, OFFERS, Grade, compares
from explorer.exchange.measures import covered, lasts
from explorer.index import Index
from graph_loader import Direction, Flow

RECENT_YEARS: Final = 5  # because a region plans for five years (RPJMD); older figures only hint
EARTH_KM: Final = 6371.0

Named = tuple[str, str]
"""(party, commodity)"""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A need and an offer that can meet.

    `share` is how much of the need the offer covers, 0 to 1, `months` for how long an amount
    without a period meets it; each None where they do not compare so. `km` is the great-circle
    distance, None where a place is not known. `in_province` says that one of the two is the
    province of the other, and then there is no distance to speak of.
    """

    need: Flow
    offer: Flow
    grade: Grade
    share: float | None
    km: float | None
    in_province: bool
    months: float | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """All needs and offers on a day: those that meet, those that do not.

    `unmet` are needs that no offer on record can meet, the figure that counts of each;
    `answered` are those that the region's own surplus answers, stated in the same year or later.
    Both by the needing party's name, then commodity.
    """

    meetings: Sequence[Meeting]
    unmet: Sequence[Flow]
    answered: Sequence[Flow]


def exchange(index: Index, day: date) -> Exchange:
    """All needs and offers on a day; kept with the index."""
    return index.remember(("exchange", day), lambda: _exchange(index, day))


def meetings(index: Index, day: date, region: str = "", commodity: str = "") -> list[Meeting]:
    """The needs that an offer can meet; of or for a region, of a commodity, where asked.

    Of each party and commodity one figure counts: the newest, and of one year the one that says
    most; a herd only where there is no other. A need of kindred goods belongs to what is needed.

    Returns:
        By the needing party's name, then commodity; then firm before indicative, the nearest
        first, unknown distances and the own province last; then the giving party's name.

    Cost: all pairs once for an index and a day.
    """
    return [
        met for met in exchange(index, day).meetings
        if region in {"", met.need.party, met.offer.party}
        and commodity in {"", met.need.commodity}
    ]  # fmt: skip


def givers(index: Index, day: date, region: str, commodity: str) -> list[Meeting]:
    """Who could give a region a commodity of which it has no need on record, the nearest first."""
    asked = Flow("", region, Direction.NEED, commodity, basis="requirement")
    offers = [f for f in index.flows if f.direction is Direction.OFFER and _year(f) <= day.year]
    found = _met(index, day, asked, _by_commodity(offers))
    return sorted(found, key=lambda met: _order(index, met))


def complements(index: Index, day: date) -> Mapping[Named, tuple[str, ...]]:
    """Which parties lack what the other can give: (party, party), both ways → commodities."""
    return index.remember(("complements", day), lambda: _complements(exchange(index, day)))


def grade(need: Flow, offer: Flow, day: date) -> Grade:
    """Firm where a lack meets a surplus of the same goods and both are recent; else indicative."""
    recent = all(0 <= day.year - _year(flow) <= RECENT_YEARS for flow in (need, offer))
    like = compares(need.commodity, offer.commodity)
    return "firm" if recent and like and (need.basis, offer.basis) in FIRM else "indicative"


def _exchange(index: Index, day: date) -> Exchange:
    known = [flow for flow in index.flows if _year(flow) <= day.year]
    needs = _counting(flow for flow in known if flow.direction is Direction.NEED)
    needs.sort(key=lambda flow: (_sort_key(index, flow), flow.commodity))
    offers = [flow for flow in known if flow.direction is Direction.OFFER]
    spare = _newest_surplus(offers)
    answered = [need for need in needs if spare.get(_named(need), -1) >= _year(need)]
    open_needs = [need for need in needs if spare.get(_named(need), -1) < _year(need)]
    by_good = _by_commodity(offers)
    found = [met for need in open_needs for met in _met(index, day, need, by_good)]
    found.sort(key=lambda met: _order(index, met))
    served = {_named(met.need) for met in found}
    unmet = [need for need in open_needs if _named(need) not in served]
    return Exchange(found, unmet, answered)


def _met(
    index: Index, day: date, need: Flow, offers: Mapping[str, Sequence[Flow]]
) -> Iterator[Meeting]:
    for good in (need.commodity, *KIN.get(need.commodity, ())):
        fitting = (offer for offer in offers.get(good, ()) if offer.basis in MEETS[need.basis])
        for offer in _counting(fitting):
            if offer.party != need.party:
                yield _meeting(index, day, need, offer)


def _meeting(index: Index, day: date, need: Flow, offer: Flow) -> Meeting:
    within = _in_province(index, need.party, offer.party)
    like = compares(need.commodity, offer.commodity)
    return Meeting(
        need=need,
        offer=offer,
        grade=grade(need, offer, day),
        share=covered(need, offer) if like else None,
        km=None if within else _km(index, need.party, offer.party),
        in_province=within,
        months=lasts(need, offer) if like else None,
    )


def _counting(flows: Iterable[Flow]) -> list[Flow]:
    """Of each party and commodity the figure that counts, among those that can meet at all."""
    best: dict[Named, Flow] = {}
    for flow in flows:
        ranks = NEEDS if flow.direction is Direction.NEED else OFFERS
        kept = best.get(_named(flow))
        if flow.basis in ranks and (kept is None or _rank(flow, ranks) < _rank(kept, ranks)):
            best[_named(flow)] = flow
    return sorted(best.values(), key=lambda flow: flow.id)


def _rank(flow: Flow, bases: Sequence[str]) -> tuple[bool, int, int, bool, str]:
    """A herd counts only where nothing else does, because nobody sells all of it."""
    herd = flow.basis == HERD
    return herd, -_year(flow), bases.index(flow.basis), flow.quantity is None, flow.id


def _newest_surplus(offers: Iterable[Flow]) -> dict[Named, int]:
    """The last year for which each region has a surplus of each commodity on record."""
    found: dict[Named, int] = {}
    for offer in offers:
        if offer.basis == "surplus":
            found[_named(offer)] = max(_year(offer), found.get(_named(offer), 0))
    return found


def _named(flow: Flow) -> Named:
    return flow.party, flow.commodity


def _by_commodity(flows: Iterable[Flow]) -> dict[str, list[Flow]]:
    found: dict[str, list[Flow]] = {}
    for flow in flows:
        found.setdefault(flow.commodity, []).append(flow)
    return found


def _order(index: Index, met: Meeting) -> tuple[str, str, str, bool, float, str, str]:
    far = math.inf if met.km is None else met.km
    return (
        *_sort_key(index, met.need), met.need.commodity, met.grade != "firm", far,
        _sort_key(index, met.offer)[0], met.offer.id,
    )  # fmt: skip


def _sort_key(index: Index, flow: Flow) -> tuple[str, str]:
    return index.parties[index.number[flow.party]].sort_key, flow.party


def _complements(all_of_it: Exchange) -> dict[Named, tuple[str, ...]]:
    found: dict[Named, set[str]] = {}
    for met in all_of_it.meetings:
        for pair in ((met.need.party, met.offer.party), (met.offer.party, met.need.party)):
            found.setdefault(pair, set()).add(met.need.commodity)
    return {pair: tuple(sorted(goods)) for pair, goods in found.items()}


def _in_province(index: Index, one: str, other: str) -> bool:
    a, b = (index.parties[index.number[id]] for id in (one, other))
    return a.id == b.part_of or b.id == a.part_of


def _km(index: Index, one: str, other: str) -> float | None:
    """Great-circle distance in kilometres, where both places are known."""
    a, b = (index.parties[index.number[id]] for id in (one, other))
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    lat1, lon1, lat2, lon2 = np.radians([a.lat, a.lon, b.lat, b.lon]).tolist()
    half = math.sin((lat2 - lat1) / 2) ** 2
    half += math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def _year(flow: Flow) -> int:
    """The year of a figure; 0 where none is stated."""
    return int(flow.year[:4]) if flow.year[:4].isdecimal() else 0
