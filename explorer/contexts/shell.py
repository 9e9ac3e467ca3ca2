"""What every page says beside its own; search, what Simpul is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from explorer.contexts.agreements import Stretch
from explorer.present import AgreementRow, PartyLink


@dataclass(frozen=True, slots=True)
class Notices:
    """What every page says of its data, where that is not the newest; empty where it is."""

    stale: str = ""
    """the store does not answer"""
    unfinished: str = ""
    """a large load is not whole yet"""
    behind: str = ""
    """what was loaded last is still being read"""


@dataclass(frozen=True, slots=True)
class ProblemContext:
    """Something went wrong: what, and what to do."""

    status: int
    message: str
    hint: str
    near: Sequence[PartyLink] = ()
    """parties whose name is like what was asked for"""
    retry: int = 0
    """seconds until the page asks again by itself; 0: it does not"""


@dataclass(frozen=True, slots=True)
class SearchContext:
    """What a query finds. `between` links two known parties named in one query."""

    opening: Markup
    query: str
    parties: Sequence[PartyLink]
    parties_total: int
    between: tuple[PartyLink, PartyLink, str] | None
    topics: Sequence[tuple[str, str]]
    parties_url: str
    """all those parties on this page; empty where they are here already"""
    agreements: Stretch[AgreementRow]
    register_url: str
    shorter: Sequence[tuple[str, int, str]]
    """where no agreement holds all words: (one of them, agreements that do, the search for it)"""
    suggestions: Sequence[tuple[str, str]]
    """(what to search for instead, its address)"""


@dataclass(frozen=True, slots=True)
class AboutContext:
    """What Simpul is, and whose data it carries."""

    opening: Markup
    questions: Sequence[tuple[str, str]]
    """(what a planner asks, an address that answers it)"""
    examples: bool
    """whether those name parties, or only lead to where one chooses"""
    terms: Sequence[str]
