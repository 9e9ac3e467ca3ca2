"""Two regions at one table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from explorer.contexts.connect import UnclearName
from explorer.present import PartyLink


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A partner, with the agreements in force that each of the two has with it."""

    party: PartyLink
    of_a: int
    of_b: int
    a_url: str
    """how the first is connected to it; empty where it is not its partner"""
    b_url: str


@dataclass(frozen=True, slots=True)
class HeldList:
    """Partners of both, or of the one alone: the first of `total`."""

    name: str
    """both, a or b"""
    rows: Sequence[HeldRow]
    total: int
    url: str
    """this page with all of them, or with a few again; empty where there is nothing more"""


@dataclass(frozen=True, slots=True)
class BothGoal:
    """An SDG, and the agreements in force that each of the two has on it."""

    id: str
    name: str
    of_a: int
    of_b: int
    a_url: str
    b_url: str


@dataclass(frozen=True, slots=True)
class JointRow:
    """An agreement that both would sign with a third, and what it opens for each."""

    party: PartyLink
    for_a: int
    for_b: int


@dataclass(frozen=True, slots=True)
class TogetherContext:
    """What two regions share, what the one has, what would open most for both."""

    opening: Markup
    a_text: str
    b_text: str
    unclear: Sequence[UnclearName]
    wrong: str
    """what is wrong with the two; empty where nothing is"""
    a: PartyLink | None
    b: PartyLink | None
    swap_url: str
    connect_url: str
    joint: Markup
    """the one agreement that would open most for both, in a sentence"""
    joints: Sequence[JointRow]
    """the best few, that one first"""
    joints_total: int
    alone: str
    """what an agreement of the two alone would open, in a sentence"""
    held: Sequence[HeldList]
    exchanges: Sequence[Sequence[str]]
    """needs of the first that the second can meet, and the other way round, as sentences"""
    needs_urls: Sequence[str]
    goals: Sequence[BothGoal]
    """those that at least one of the two works on"""
    goals_most: int
    """the largest number among them"""
    goals_other: int
    """how many SDGs neither works on"""
