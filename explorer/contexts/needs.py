"""Needs and offers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from explorer.filters import Choice
from explorer.pictures.picture import Picture
from explorer.present import FlowRow, PartyLink


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """An offer beside a need, or a need beside an offer: `other` is the side that is shown."""

    other: FlowRow
    own: FlowRow
    """the other's other side"""
    grade: str
    share: str
    """how much of the need is covered, in words; empty where the figures do not compare"""
    km: float | None
    in_province: bool
    """whether one of the two is the province of the other"""
    kindred: bool
    """whether the goods are kindred and not the same"""
    connect_url: str
    opportunities_url: str


@dataclass(frozen=True, slots=True)
class NeedGroup:
    """A need and the offers that can meet it, of which a few may be shown."""

    need: FlowRow
    rows: Sequence[MeetingRow]
    total: int
    all_url: str
    """empty where all are shown"""


@dataclass(frozen=True, slots=True)
class FlowList:
    """Needs or offers in a table, the first of `total`; the url is empty where all are shown."""

    rows: Sequence[FlowRow]
    total: int
    all_url: str


@dataclass(frozen=True, slots=True)
class NeedsContext:
    """Who lacks what, who has it. `first` to `last` count needs of `total`."""

    opening: Markup
    groups: Sequence[NeedGroup]
    first: int
    last: int
    total: int
    previous_url: str
    next_url: str
    givers: Sequence[MeetingRow]
    """who could give what the region has no need of on record"""
    gives: Sequence[MeetingRow]
    """whose needs the region's own offers can meet"""
    gives_total: int
    gives_url: str
    unmet: FlowList
    answered: FlowList
    other_needs: FlowList
    other_offers: FlowList
    commodities: Sequence[Choice]
    regions: Sequence[PartyLink]
    picture: Picture | None
    """who has on the left, who lacks on the right; none where nothing meets"""
    files: Mapping[str, str]
    region: PartyLink | None
    commodity: str
