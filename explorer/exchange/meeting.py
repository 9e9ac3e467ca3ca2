"""Who lacks what, and who has it: a region's need beside each offer that can meet it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

import numpy as np

from explorer.exchange.bases import KIN, MEETS, Grade, compares
from explorer.exchange.figures import Named, counting, named, newest_surplus, year_of
from explorer.exchange.measures import measure, months_of, share_of
from explorer.exchange.nearest import Block, block
from explorer.index import Index
from graph_loader import Direction, Flow


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

    Of each need and of each offer the best `nearest.KEPT` meetings are here; `possible` says of a
    need's id how many offers can meet it in all. `unmet` are needs that no offer on record can
    meet; `answered` are those that the region's own surplus answers, stated in the same year or
    later. Both by the needing party's name, then commodity.
    """

    meetings: Sequence[Meeting]
    possible: Mapping[str, int]
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
        first, unknown distances after them, the own province last; then the giving party's name.
        Of each need and of each offer the best `nearest.KEPT`.

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
    offers = [f for f in index.flows if f.direction is Direction.OFFER and year_of(f) <= day.year]
    found, _ = _all_meetings(index, day, [asked], offers)
    return found


def complements(index: Index, day: date) -> Mapping[Named, tuple[str, ...]]:
    """Which parties lack what the other can give: (party, party), both ways → commodities."""
    return index.remember(("complements", day), lambda: _complements(exchange(index, day)))


def _exchange(index: Index, day: date) -> Exchange:
    known = [flow for flow in index.flows if year_of(flow) <= day.year]
    needs = counting(flow for flow in known if flow.direction is Direction.NEED)
    needs.sort(key=lambda flow: (_sort_key(index, flow), flow.commodity))
    offers = [flow for flow in known if flow.direction is Direction.OFFER]
    spare = newest_surplus(offers)
    answered = [need for need in needs if spare.get(named(need), -1) >= year_of(need)]
    open_needs = [need for need in needs if spare.get(named(need), -1) < year_of(need)]
    found, possible = _all_meetings(index, day, open_needs, offers)
    unmet = [need for need in open_needs if not possible.get(need.id)]
    return Exchange(found, possible, unmet, answered)


def _all_meetings(
    index: Index, day: date, needs: Sequence[Flow], offers: Iterable[Flow]
) -> tuple[list[Meeting], dict[str, int]]:
    """What meets, in order, and how many offers can meet each need."""
    found: list[Meeting] = []
    possible: dict[str, int] = {}
    for wanting, giving in _blocks(needs, offers):
        pairs = block(index, day, wanting, giving)
        for need, count in zip(wanting, pairs.possible.tolist(), strict=True):
            possible[need.id] = possible.get(need.id, 0) + count
        found += _told(pairs, wanting, giving)
    parties = {flow.party: flow for met in found for flow in (met.need, met.offer)}
    keys = {party: _sort_key(index, flow) for party, flow in parties.items()}
    found.sort(key=lambda met: _order(keys, met))
    return found, possible


def _blocks(
    needs: Sequence[Flow], offers: Iterable[Flow]
) -> Iterator[tuple[list[Flow], list[Flow]]]:
    """Needs of one commodity and one kind of basis, with the offers of one commodity for them."""
    by_good = _by_commodity(offers)
    kind = {basis: sorted(fitting) for basis, fitting in MEETS.items()}
    ordered = sorted(needs, key=lambda need: (need.commodity, kind[need.basis]))
    for (wanted, bases), group in groupby(ordered, lambda need: (need.commodity, kind[need.basis])):
        wanting = list(group)
        for good in (wanted, *KIN.get(wanted, ())):
            giving = counting(flow for flow in by_good.get(good, ()) if flow.basis in bases)
            if giving:
                yield wanting, giving


def _told(pairs: Block, needs: Sequence[Flow], offers: Sequence[Flow]) -> Iterator[Meeting]:
    """The meetings of a block that are to be told."""
    like = compares(needs[0].commodity, offers[0].commodity)
    wanted = [measure(need) if like else None for need in needs]
    given = [measure(offer) if like else None for offer in offers]
    rows, columns = np.nonzero(pairs.told)
    facts = (pairs.firm, pairs.km, pairs.in_province)
    told = (rows.tolist(), columns.tolist(), *(fact[rows, columns].tolist() for fact in facts))
    for row, column, firm, km, within in zip(*told, strict=True):
        yield Meeting(
            need=needs[row],
            offer=offers[column],
            grade="firm" if firm else "indicative",
            share=share_of(wanted[row], given[column]),
            km=None if within or math.isnan(km) else km,
            in_province=within,
            months=months_of(wanted[row], given[column]),
        )


def _by_commodity(flows: Iterable[Flow]) -> dict[str, list[Flow]]:
    found: dict[str, list[Flow]] = {}
    for flow in flows:
        found.setdefault(flow.commodity, []).append(flow)
    return found


Key = tuple[str, str]
"""(folded name, id) of a party"""


def _order(keys: Mapping[str, Key], met: Meeting) -> tuple[Key, str, bool, bool, float, Key, str]:
    far = math.inf if met.km is None else met.km
    return (
        keys[met.need.party], met.need.commodity, met.grade != "firm", met.in_province, far,
        keys[met.offer.party], met.offer.id,
    )  # fmt: skip


def _sort_key(index: Index, flow: Flow) -> Key:
    return index.parties[index.number[flow.party]].sort_key, flow.party


def _complements(all_of_it: Exchange) -> dict[Named, tuple[str, ...]]:
    found: dict[Named, set[str]] = {}
    for met in all_of_it.meetings:
        for pair in ((met.need.party, met.offer.party), (met.offer.party, met.need.party)):
            found.setdefault(pair, set()).add(met.need.commodity)
    return {pair: tuple(sorted(goods)) for pair, goods in found.items()}
