"""The facts that the law asks of a region and a party on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

import numpy as np

from explorer.index import STATUSES, Index, Ints
from explorer.law.authority import Subject, subject
from graph_loader import COUNTERPARTS, REGION_LEVELS, BadInput, Level, NotFound, Party, Status

Track = Literal["KSDD", "KSDPK", "KSDPL", "KSDLL", "sinergi"]
HOME: Final = frozenset({"KSDD", "KSDPK"})
ABROAD: Final = frozenset({"KSDPL", "KSDLL"})

_TRACKS: Final[dict[str, Track]] = {
    "ksdpk": "KSDPK", "ksdpl": "KSDPL", "ksdll": "KSDLL", "sinergi": "sinergi",
}  # fmt: skip
_IN_FORCE: Final = {STATUSES.index(status) for status in STATUSES if status.in_force}
_GONE: Final = {STATUSES.index(Status.LAPSED), STATUSES.index(Status.ENDED)}
_TALKS: Final = {STATUSES.index(Status.EXPLORATION), STATUSES.index(Status.UNKNOWN)}


@dataclass(frozen=True, slots=True)
class Case:
    """A region and a party that might cooperate, or do.

    `in_force`, `gone` and `talks` are the numbers of what both signed, newest last: agreements in
    force, those lapsed or ended, and recorded contacts.
    """

    index: Index
    day: date
    region: Party
    party: Party
    track: Track
    subject: Subject
    in_force: tuple[int, ...]
    gone: tuple[int, ...]
    talks: tuple[int, ...]

    @property
    def is_regency(self) -> bool:
        """Whether the region is a kabupaten or a kota."""
        return self.region.level is not Level.PROVINCE

    @property
    def are_neighbours(self) -> bool:
        """Whether the two are regions that touch, by land or across a strait."""
        lines = self.index.borders.get(self.region.id, ())
        return any(self.party.id in {line.a, line.b} for line in lines)

    @property
    def share_a_province(self) -> bool:
        """Whether both are a kabupaten or kota of one province."""
        levels = {self.region.level, self.party.level}
        return levels <= {Level.KABUPATEN, Level.KOTA} and self.region.part_of == self.party.part_of

    def id(self, agreement: int) -> str:
        """An agreement's id."""
        return self.index.agreement_ids[agreement]


def case_of(
    index: Index, region: str, party: str | Party, day: date, topics: Sequence[str] = ()
) -> Case:
    """The case of a region and a party; a party that is not in the index has signed nothing.

    Raises:
        NotFound: ("party-unknown", id=…).
        BadInput: ("not-a-region", id=…).
    """
    here = _known(index, region)
    other = party if isinstance(party, Party) else _known(index, party)
    if here.level not in REGION_LEVELS:
        raise BadInput("not-a-region", id=region, field="daerah")
    status = index.status(day)
    shared = _shared(index, here.id, other.id)
    kinds = status[shared].tolist()
    numbers = shared.tolist()
    in_force, gone, talks = (
        tuple(n for n, kind in zip(numbers, kinds, strict=True) if kind in wanted)
        for wanted in (_IN_FORCE, _GONE, _TALKS)
    )
    about = subject(tuple(topics))
    return Case(index, day, here, other, _track(other), about, in_force, gone, talks)


def _known(index: Index, id: str) -> Party:
    if id not in index.number:
        raise NotFound("party-unknown", id=id)
    return index.parties[index.number[id]]


def _track(party: Party) -> Track:
    return "KSDD" if party.level in REGION_LEVELS else _TRACKS[COUNTERPARTS[party.level]]


def _shared(index: Index, region: str, party: str) -> Ints:
    """What both signed, the earliest signed first; those of unknown date before all."""
    if party not in index.number:
        return np.empty(0, dtype=np.int32)
    few, many = sorted((_signed(index, region), _signed(index, party)), key=len)
    if not len(few):
        return few
    at = np.minimum(np.searchsorted(many, few), len(many) - 1)
    both: Ints = few[many[at] == few]
    ordered: Ints = both[np.argsort(index.signed_last[both], kind="stable")]
    return ordered


def _signed(index: Index, party: str) -> Ints:
    return index.agreements_of(index.number[party])
