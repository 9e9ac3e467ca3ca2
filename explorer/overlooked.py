"""What a province has and does not use: partners of its own, and what ran out.

    not used below   province --in force-- partner abroad        no regency with the partner
    to be revived    region   --lapsed---- party                 nothing in force between them now

All of it is counted on the index's arrays. Borders without an agreement: `explorer.borders`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from explorer.borders import SMALL
from explorer.gaps import regions_of
from explorer.index import LEVELS, STATUSES, Bools, Index, Ints
from explorer.ties import Ties, ties
from graph_loader import (
    FOREIGN_LEVELS,
    REGION_LEVELS,
    Direction,
    Flow,
    Level,
    Status,
)

_GONE: Final = [STATUSES.index(Status.LAPSED), STATUSES.index(Status.ENDED)]
_ABROAD: Final = [LEVELS.index(level) for level in FOREIGN_LEVELS]
_REGIONS: Final = [LEVELS.index(level) for level in REGION_LEVELS]
_COUNTRY: Final = LEVELS.index(Level.COUNTRY)


@dataclass(frozen=True, slots=True)
class NotUsedBelow:
    """A partner abroad of the province that none of its regencies works with."""

    partner: str
    agreements: tuple[str, ...]
    """those in force between province and partner, the one worth most first"""
    goals: tuple[str, ...] = ()
    """the SDGs that these agreements address"""
    nearest: str = ""
    """the regency with the most agreements in force on the same SDGs; empty where none has one"""
    alike: int = 0
    """how many those are"""


@dataclass(frozen=True, slots=True)
class Revival:
    """A region and a party whose agreements have all lapsed or ended, and what is new since.

    `ended` is the last day on which one of them ran out, None where no day is recorded. `since`
    are the agreements in force that the party has signed in the province after that day, `needs`
    the needs that the region has recorded from that year on; both stay empty where `ended` is
    None. `goals` are the SDGs on which both have an agreement in force today, each with others.
    """

    region: str
    party: str
    agreements: tuple[str, ...]
    """those that lapsed or ended, the newest first"""
    ended: date | None
    since: tuple[str, ...]
    needs: tuple[str, ...]
    goals: tuple[str, ...]

    @property
    def news(self) -> int:
        """How many kinds of things have changed."""
        return sum(map(bool, (self.since, self.needs, self.goals)))


def not_used_below(index: Index, province: str, day: date) -> list[NotUsedBelow]:
    """The province's partners abroad that none of its kabupaten and kota works with.

    Returns: by the worth of the best agreement, then by name.

    Raises: NotFound, BadInput, as `gap_matrix`.
    """
    head, *below = regions = regions_of(index, province).tolist()
    every = ties(index, day)
    used = np.unique(np.concatenate([every.of(number) for number in below] or [every.of(head)[:0]]))
    abroad = [n for n in every.of(head).tolist() if index.level[n] in _ABROAD]
    free = [n for n in abroad if n not in set(used.tolist())]
    worth = dict(zip(every.of(head).tolist(), every.worths_of(head).tolist(), strict=True))
    free.sort(key=lambda n: (-worth[n], index.parties[n].sort_key, index.parties[n].id))
    return [_not_used(index, day, every, regions, number) for number in free]


def to_be_revived(index: Index, day: date, province: str) -> list[Revival]:
    """Lapsed and ended agreements of a province's regions without one in force today.

    Two regions count as a pair only in an accord of at most three parties: a programme of nine
    binds each of them to its giver, not to one another.

    Returns: by how many kinds of things are new, then the last to run out, then by name.

    Raises: NotFound, BadInput, as `gap_matrix`.
    """
    regions = regions_of(index, province)
    mask = np.isin(index.status(day), _GONE)
    pairs: dict[tuple[int, int], list[int]] = {}
    for region in regions.tolist():
        for agreement in index.agreements_of(region)[mask[index.agreements_of(region)]].tolist():
            for party in _counterparts(index, region, agreement):
                pairs.setdefault(_pair(index, region, party, regions), []).append(agreement)
    every, here = ties(index, day), _signed_here(index, regions)
    found = [
        _revival(index, day, here, *pair, sorted(set(agreements)))
        for pair, agreements in pairs.items()
        if pair[1] not in every.of(pair[0])
    ]
    return sorted(found, key=lambda one: _order(index, one))


def _not_used(
    index: Index, day: date, every: Ties, regions: Sequence[int], partner: int
) -> NotUsedBelow:
    proof = every.best_agreements(index, day, regions[0], partner)
    numbers = [index.agreement_number[id] for id in proof]
    bits = int(np.bitwise_or.reduce(index.goals[numbers], initial=0))
    nearest, alike = _nearest(index, day, regions[1:], bits)
    return NotUsedBelow(index.parties[partner].id, tuple(proof), _named(bits), nearest, alike)


def _nearest(index: Index, day: date, regencies: Sequence[int], goals: int) -> tuple[str, int]:
    """Which regency works most on some of these goals; the first by name of those alike."""
    fitting = index.in_force(day) & ((index.goals & goals) > 0)
    counts = [int(fitting[index.agreements_of(number)].sum()) for number in regencies]
    most = max(counts, default=0)
    return (index.parties[regencies[counts.index(most)]].id, most) if most else ("", 0)


def _counterparts(index: Index, region: int, agreement: int) -> Iterable[int]:
    """With whom an agreement could be taken up again by a region."""
    small = index.size[agreement] <= SMALL
    for party in index.members_of(agreement).tolist():
        level = index.level[party]
        if party != region and level != _COUNTRY and (small or level not in _REGIONS):
            yield party


def _pair(index: Index, region: int, party: int, regions: Ints) -> tuple[int, int]:
    """The two in an order of their own, so that two regions of a province are one pair."""
    if party in regions and index.parties[party].id < index.parties[region].id:
        return party, region
    return region, party


def _revival(
    index: Index, day: date, here: Bools, region: int, party: int, agreements: list[int]
) -> Revival:
    newest = sorted(agreements, key=lambda n: (-int(index.ends_last[n]), index.agreement_ids[n]))
    last = int(index.ends_last[newest[0]])
    return Revival(
        region=index.parties[region].id,
        party=index.parties[party].id,
        agreements=tuple(index.agreement_ids[n] for n in newest),
        ended=date.fromordinal(last) if last else None,
        since=_since(index, day, party, here, last) if last else (),
        needs=_needs_since(index, index.parties[region].id, last) if last else (),
        goals=_shared_goals(index, day, region, party),
    )


def _since(index: Index, day: date, party: int, here: Bools, last: int) -> tuple[str, ...]:
    """The agreements in force of a party, signed here after a day, the newest first."""
    own = index.agreements_of(party)
    later = own[index.in_force(day)[own] & here[own] & (index.signed_first[own] > last)]
    newest = later[np.lexsort((later, -index.signed_first[later]))]
    return tuple(index.agreement_ids[n] for n in newest.tolist())


def _needs_since(index: Index, region: str, last: int) -> tuple[str, ...]:
    year = str(date.fromordinal(last).year)
    recorded = index.remember("needs by region", lambda: _needs(index))
    return tuple(flow.id for flow in recorded.get(region, ()) if flow.year[:4] >= year)


def _needs(index: Index) -> dict[str, list[Flow]]:
    found: dict[str, list[Flow]] = {}
    for flow in index.flows:
        if flow.direction is Direction.NEED:
            found.setdefault(flow.party, []).append(flow)
    return found


def _signed_here(index: Index, regions: Ints) -> Bools:
    """Which agreements any of the regions has signed."""
    here = np.zeros(len(index.agreement_ids), dtype=np.bool_)
    for region in regions.tolist():
        here[index.agreements_of(region)] = True
    return here


def _shared_goals(index: Index, day: date, region: int, party: int) -> tuple[str, ...]:
    return _named(_goals(index, day, region) & _goals(index, day, party))


def _named(goals: int) -> tuple[str, ...]:
    return tuple(str(goal) for goal in range(1, 18) if goals & (1 << goal))


def _goals(index: Index, day: date, party: int) -> int:
    own = index.agreements_of(party)
    return int(np.bitwise_or.reduce(index.goals[own[index.in_force(day)[own]]], initial=0))


def _order(index: Index, one: Revival) -> tuple[int, int, str, str, str]:
    region, party = (index.parties[index.number[id]] for id in (one.region, one.party))
    ended = one.ended.toordinal() if one.ended else 0
    return (-one.news, -ended, region.sort_key, party.sort_key, party.id)
