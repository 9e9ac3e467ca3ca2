"""How two parties are connected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from explorer.contexts.cards import PathCard
from explorer.filters import Choice
from explorer.pictures.picture import Picture
from explorer.present import PartyLink


@dataclass(frozen=True, slots=True)
class Chip:
    """A condition that is set, in words, and this page without it."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class UnclearName:
    """What was typed for a party, and the pages for those that may be meant."""

    text: str
    candidates: Sequence[tuple[PartyLink, str]]


@dataclass(frozen=True, slots=True)
class OtherwiseCard:
    """On which other terms there is a path: where that is shown, or else the path itself."""

    sentence: Markup
    url: str
    path: PathCard | None


@dataclass(frozen=True, slots=True)
class ConnectContext:
    """How two parties are connected, on which terms, and what is missing where they are not."""

    opening: Markup
    start_text: str
    goal_text: str
    start: PartyLink | None
    goal: PartyLink | None
    unclear: Sequence[UnclearName]
    through: str
    avoiding: Sequence[str]
    """ids, or what was typed"""
    filters: Mapping[str, Sequence[Choice]]
    year_from: int | None
    year_to: int | None
    with_lapsed: bool
    chips: Sequence[Chip]
    clear_url: str
    paths: Sequence[PathCard]
    total: int
    """how many paths there are, as far as was looked"""
    at_least: bool
    """whether there may be more than `total`"""
    picture: Picture | None
    files: Mapping[str, str]
    note_urls: Mapping[str, str]
    bridge: Markup
    otherwise: Sequence[OtherwiseCard]
    swap_url: str
    more_url: str
    more: int
    """how many more the page would show at most"""
    together_url: str
    """both ends side by side; empty where one of them is no region"""
