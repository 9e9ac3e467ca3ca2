"""Pages of a party, of a place, of a country and of a topic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from explorer.contexts.profile import (
    BriefOpportunity,
    EgoPart,
    FlawRow,
    ProfilePart,
    Steps,
    Tile,
    TimelinePart,
)
from explorer.listing import Listing
from explorer.present import FlowRow, PartyLink
from graph_loader import Source


@dataclass(frozen=True, slots=True)
class NeighbourRow:
    """A neighbour across a border and the number of agreements in force with it."""

    party: PartyLink
    in_force: int
    connect_url: str


@dataclass(frozen=True, slots=True)
class PartyContext:
    """A region, foreign partner or third party; `sections` are those that its page has."""

    opening: Markup
    sections: Sequence[str]
    party: PartyLink
    is_region: bool
    other_name: str
    within: Sequence[PartyLink]
    """what it lies in or belongs to: a province, a prefecture, a country"""
    tiles: Sequence[Tile]
    active: int
    open: int
    steps: Steps
    meeting_url: str
    notes: Mapping[str, str]
    """a briefing note of it by the file's kind; a region has one"""
    timeline: TimelinePart
    listing: Listing
    ego: EgoPart
    profile: ProfilePart
    opportunities: Sequence[BriefOpportunity]
    opportunities_total: int
    opportunities_url: str
    needs: Sequence[FlowRow]
    offers: Sequence[FlowRow]
    borders: Sequence[NeighbourRow]
    flaws: Sequence[FlawRow]


@dataclass(frozen=True, slots=True)
class PlaceContext:
    """A place that a list of twin towns names and no agreement does."""

    opening: Markup
    place: PartyLink
    country: PartyLink | None
    known: Sequence[PartyLink]
    """its twins that are regions or partners"""
    others: Sequence[tuple[PartyLink, str]]
    """its other twins, which no agreement names either, and their countries"""
    lists: Sequence[Source]
    opportunities_url: str


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """A partner in a country: its agreements, and the regions at home that it has them with."""

    party: PartyLink
    agreements: int
    in_force: int
    regions: Sequence[PartyLink]
    more: int
    """regions beyond those"""
    newest: str
    """the last year in which one was signed; empty where no year is known"""


@dataclass(frozen=True, slots=True)
class CountryContext:
    """A country, and, where asked, one party's agreements with it."""

    opening: Markup
    sections: Sequence[str]
    country: PartyLink
    only: PartyLink | None
    every_url: str
    steps: Steps
    partners: Sequence[PartnerRow]
    partners_total: int
    timeline: TimelinePart
    listing: Listing
    profile: ProfilePart
    regions_total: int
    regions: Sequence[tuple[PartyLink, int, str]]
    """(party at home, agreements, address of this page for it alone)"""
    flaws: Sequence[FlawRow]


@dataclass(frozen=True, slots=True)
class TopicContext:
    """A goal or target: its agreements, who works on it, and who does not."""

    opening: Markup
    sections: Sequence[str]
    id: str
    goal: str
    goal_name: str
    name: str
    name_lang: str
    text: str
    steps: Steps
    regions: Sequence[tuple[PartyLink, int]]
    regions_total: int
    partners: Sequence[tuple[PartyLink, int]]
    partners_total: int
    timeline: TimelinePart
    listing: Listing
    targets: Sequence[tuple[str, str, int]]
    """(target, its words, agreements)"""
    missing: int
    """regions of the province at home of which no agreement on it is recorded"""
    missing_of: int
    province: str
    gaps_url: str
    flaws: Sequence[FlawRow]
