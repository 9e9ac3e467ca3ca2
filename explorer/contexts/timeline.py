"""The page of the timeline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from explorer.filters import Choice
from explorer.pictures.picture import Picture
from explorer.present import AgreementRow, PartyLink


@dataclass(frozen=True, slots=True)
class TimelineContext:
    """Agreements as bars, and the same ones as a table; no picture where none of them is dated."""

    opening: Markup
    party: PartyLink | None
    without_party_url: str
    filters: Mapping[str, Sequence[Choice]]
    years: tuple[str, str]
    filtered: bool
    kept: Mapping[str, str]
    clear_url: str
    groupings: Sequence[tuple[str, str, bool]]
    """(words, address, whether it is the one shown)"""
    picture: Picture | None
    take_picture: Mapping[str, str]
    rows: Sequence[AgreementRow]
    first: int
    last: int
    total: int
    previous_url: str
    next_url: str
    take_away: Mapping[str, str]
