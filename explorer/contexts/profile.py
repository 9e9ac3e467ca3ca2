"""What the pages of one thing are made of: timeline, goals, completeness, what to do next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from explorer.pictures.picture import Picture
from explorer.present import PartyLink


@dataclass(frozen=True, slots=True)
class Tile:
    """A number that is seen first, and where what it counts is; no address where it is 0."""

    n: int
    words: str
    url: str


@dataclass(frozen=True, slots=True)
class TimelinePart:
    """Some agreements as a timeline; no picture where none of those shown is dated."""

    picture: Picture | None
    take_picture: Mapping[str, str]
    shown: int
    dated: int
    undated: int
    url: str
    """the timeline of all of them; empty where nothing was left out"""


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A goal in the table beside the profile; where a count is 0 its address is empty."""

    goal: int
    name: str
    in_force: int
    in_force_url: str
    talks: int
    talks_url: str
    past: int
    past_url: str


@dataclass(frozen=True, slots=True)
class ProfilePart:
    """How many agreements serve each goal; no picture where none serves any."""

    picture: Picture | None
    take_picture: Mapping[str, str]
    rows: Sequence[GoalRow]
    """every goal that the store knows"""
    served: int


@dataclass(frozen=True, slots=True)
class FlawRow:
    """One kind of incompleteness: how many of how many, in per cent, and where they are seen."""

    words: str
    n: int
    of: int
    per_cent: int
    url: str
    is_good: bool = False
    """whether this is what is wished for"""


@dataclass(frozen=True, slots=True)
class BriefOpportunity:
    """An opportunity in two lines: whom, the first reason, and the next step."""

    party: PartyLink
    code: str
    sentence: str
    more: int
    """reasons beyond this one"""
    next_step: str
    is_blocked: bool


@dataclass(frozen=True, slots=True)
class EgoPart:
    """A party and its closest partners: as a picture and as a list, the closest first."""

    picture: Picture | None
    take_picture: Mapping[str, str]
    partners: Sequence[tuple[PartyLink, int, str]]
    """(partner, agreements in force with it, how the two are connected)"""
    total: int


Steps = Sequence[Markup]
"""What to do next: a few sentences, each with a link."""
