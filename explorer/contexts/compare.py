"""A planner's shortlist, and the candidates of it side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from explorer.contexts.cards import OpportunityCard, ReasonCard
from explorer.present import PartyLink


@dataclass(frozen=True, slots=True)
class ShortlistBar:
    """Whom a planner has picked, and what can be done with them; all of it in the address."""

    picked: Sequence[tuple[PartyLink, str]]
    """each with this page without it"""
    unknown: Sequence[str]
    """what the address names and nobody knows"""
    most: int
    compare_url: str
    """empty where fewer than two are picked"""
    note_urls: Mapping[str, str]
    clear_url: str
    share_url: str
    """this page with its whole state, to be sent to somebody"""


@dataclass(frozen=True, slots=True)
class CompareColumn:
    """One candidate: what speaks for it, how far it is, with whom it works already."""

    party: PartyLink
    remove_url: str
    list_name: str
    total: int
    """how long the list is in which it has its rank"""
    card: OpportunityCard
    reasons: Mapping[str, Sequence[ReasonCard]]
    """reason code → its sentences"""
    km: float | None
    goals: Sequence[str]
    """SDGs that both have an agreement in force on"""
    exchanges: Sequence[str]
    """needs of the one that the other can meet, as sentences"""
    partners: Sequence[PartyLink]
    partners_more: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """Somebody picked who is not compared: why, and what to do."""

    name: str
    sentence: Markup


@dataclass(frozen=True, slots=True)
class CompareContext:
    """Two to four candidates of a region side by side; fewer are shown, with what is missing."""

    opening: Markup
    region: PartyLink
    columns: Sequence[CompareColumn]
    codes: Sequence[str]
    """reasons that any of them has, in the order in which they are told"""
    refusals: Sequence[Refusal]
    back_url: str
    shortlist: ShortlistBar
