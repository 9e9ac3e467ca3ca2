"""The opportunities of a region, and where to begin."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from explorer.contexts.cards import OpportunityCard
from explorer.contexts.compare import ShortlistBar
from explorer.filters import Choice
from explorer.present import AgreementRow, PartyLink


@dataclass(frozen=True, slots=True)
class OpportunityList:
    """One of the three lists: a page of it, and how long it is."""

    name: str
    cards: Sequence[OpportunityCard]
    first: int
    last: int
    total: int
    next_url: str
    previous_url: str


@dataclass(frozen=True, slots=True)
class OpportunitiesContext:
    """The unused paths of a region."""

    opening: Markup
    region: PartyLink
    lists: Sequence[OpportunityList]
    total: int
    partners: int
    codes: Sequence[Choice]
    toggles: Mapping[str, str]
    """reason code → this page with that reason switched"""
    all_on_url: str
    """this page with every reason; empty where none is switched off"""
    silent: Collection[str]
    """rankings that only help to order, and propose nobody alone"""
    cold: str
    """what is said where the region has no agreement in force; else empty"""
    all_url: str
    """the same page without its topic; empty where it has none"""
    shortlist: ShortlistBar


@dataclass(frozen=True, slots=True)
class OverlookedCard:
    """Something a province does not use: sentences, the agreements that prove them, where to go on.

    `more` and `news_more` count the agreements that are not listed.
    """

    parties: Sequence[PartyLink]
    sentences: Sequence[str]
    grade: str
    """of a border: none, large or talks; of others empty"""
    agreements: Sequence[AgreementRow]
    more: int
    news: Sequence[AgreementRow]
    news_more: int
    connect_url: str
    at: PartyLink
    opportunities_url: str


@dataclass(frozen=True, slots=True)
class OverlookedSection:
    """One of the three lists, cut to a handful unless the address asks for all of it."""

    name: str
    cards: Sequence[OverlookedCard]
    total: int
    whole: bool
    url: str
    """this page with all of it, or with a handful again"""
    none: str
    """the sentence of an empty list"""


@dataclass(frozen=True, slots=True)
class ChooseRegion:
    """A region to choose, and how many SDGs it has an agreement in force for."""

    party: PartyLink
    url: str
    covered: int
    goals: int


@dataclass(frozen=True, slots=True)
class ChooseContext:
    """What a province overlooks, and its regions; no province before the first load."""

    opening: Markup
    province: PartyLink | None
    sections: Sequence[OverlookedSection]
    regions: Sequence[ChooseRegion]
    provinces: Sequence[Choice]
    gaps_url: str
