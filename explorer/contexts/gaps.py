"""Which SDGs regions have no agreement for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from explorer.filters import Choice
from explorer.present import PartyLink


@dataclass(frozen=True, slots=True)
class GapCell:
    """One region's work on one topic: a number, or a sign of a gap, and where it leads."""

    words: str
    grade: str
    shade: int
    """0 for a gap, then the more the darker"""
    url: str
    label: str


@dataclass(frozen=True, slots=True)
class GapRow:
    """A region in the matrix."""

    party: PartyLink
    short: str
    cells: Sequence[GapCell]
    covered: int
    """topics with at least one agreement in force"""


@dataclass(frozen=True, slots=True)
class GapHead:
    """A topic above a column, and how many rows have it or need it."""

    id: str
    goal: str
    name: str
    name_lang: str
    sort_url: str
    has: int
    needed: int
    sorted: bool
    telling: bool
    """whether the opening sentence speaks of it"""


@dataclass(frozen=True, slots=True)
class GapsContext:
    """Regions of a province by goals, or provinces by the targets of one goal.

    The first row is the province that is asked for; there is none before the first load.
    """

    opening: Markup
    province: PartyLink | None
    by: str
    goal: str
    heads: Sequence[GapHead]
    rows: Sequence[GapRow]
    order: str
    order_urls: Mapping[str, str]
    tab_urls: Mapping[str, str]
    goal_urls: Mapping[str, str]
    provinces: Sequence[Choice]
    kept: Mapping[str, str]
    files: Mapping[str, str]
    """the matrix as a picture, by the file's kind"""
