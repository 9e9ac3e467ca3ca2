"""The page of a meeting about one region."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from explorer.pictures.picture import Picture
from explorer.present import AgreementRow, PartyLink


@dataclass(frozen=True, slots=True)
class MeetingOpportunity:
    """An opportunity as a meeting takes it: why, the proof, the next step."""

    party: PartyLink
    reason: str
    proof: AgreementRow | None
    """the agreement that proves it, the strongest; None where the reason rests on something else"""
    beside: str
    """what proves it where no agreement does"""
    step: str
    citation: str
    warning: str
    """what stops it or sends it elsewhere; empty where nothing does"""
    files: Mapping[str, str]
    """the nota dinas about it, by the file's kind"""


@dataclass(frozen=True, slots=True)
class MeetingContext:
    """A region on one screen: three sentences, a picture, three opportunities."""

    region: PartyLink
    sentences: Sequence[str]
    picture: Picture | None
    """None where the region has no partner"""
    opportunities: Sequence[MeetingOpportunity]
    opportunities_url: str
    files: Mapping[str, str]
    """the nota dinas about the region"""


@dataclass(frozen=True, slots=True)
class MeetingChoiceContext:
    """Which region a meeting is about."""

    regions: Sequence[tuple[PartyLink, str]]
    """(region, the address of its meeting page)"""
