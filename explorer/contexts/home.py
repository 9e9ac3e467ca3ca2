"""The first page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from explorer.pictures.picture import Picture
from explorer.present import AgreementRow
from graph_loader import Load


@dataclass(frozen=True, slots=True)
class Brief:
    """An agreement on two lines: `names` are its parties in few words, `when` its date in words."""

    row: AgreementRow
    names: str
    when: str
    urgent: bool = False
    """whether it ends so soon that somebody has to act now"""


@dataclass(frozen=True, slots=True)
class Count:
    """A number in words, and where what it counts is listed."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class HomeContext:
    """The first page: a search, the network in miniature, what is new and what ends."""

    opening: Markup
    agreements: int
    examples: Sequence[tuple[str, str]]
    """(a question, the address that answers it)"""
    miniature: Picture | None
    """none before anything is loaded"""
    loaded: Load | None
    """the last load that did anything to agreements"""
    newest: Sequence[Brief]
    ending: Sequence[Brief]
    ending_counts: Sequence[Count]
    goals: Sequence[tuple[str, str, int]]
    """(goal, name, agreements)"""
