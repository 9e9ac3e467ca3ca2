"""Pages of a party, of a place, of a country and of a topic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from explorer.contexts.cards import OpportunityCard
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
    """A region, foreign partner or third party."""

    opening: Markup
    party: PartyLink
    is_region: bool
    other_name: str
    within: Sequence[PartyLink]
    """what it lies in or belongs to: a province, a prefecture, a country"""
    agreements: int
    in_force: int
    active: int
    partners: int
    ending: int
    picture: Markup
    hidden: int
    listing: Listing
    needs: Sequence[FlowRow]
    offers: Sequence[FlowRow]
    borders: Sequence[NeighbourRow]
    opportunities: Sequence[OpportunityCard]
    opportunities_total: int
    opportunities_url: str


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
class CountryContext:
    """A country, and, where asked, one party's agreements with it."""

    opening: Markup
    country: PartyLink
    only: PartyLink | None
    every_url: str
    partners: Sequence[tuple[PartyLink, int]]
    """(partner, agreements)"""
    in_force: int
    listing: Listing
    regions: Sequence[tuple[PartyLink, int, str]]
    """(party at home, agreements, address of this page for it alone)"""


@dataclass(frozen=True, slots=True)
class TopicContext:
    """A goal: its agreements and who works on it."""

    opening: Markup
    id: str
    goal: str
    goal_name: str
    name: str
    name_lang: str
    text: str
    regions: Sequence[tuple[PartyLink, int]]
    listing: Listing
    targets: Sequence[tuple[str, str, int]]
    """(target, its words, agreements)"""
