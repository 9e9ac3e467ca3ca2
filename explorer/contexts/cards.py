"""Cards of several pages: a path, a reason, what the law says, an opportunity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from explorer.law import FieldWords, FindingWords, StepWords
from explorer.present import AgreementRow, FlowRow, PartyLink


@dataclass(frozen=True, slots=True)
class PathHop:
    """A tie to show: the agreements it rests on, the best few."""

    agreements: Sequence[AgreementRow]
    more: int


@dataclass(frozen=True, slots=True)
class PathCard:
    """A path as connected cards: parties and, between them, hops."""

    parties: Sequence[PartyLink]
    hops: Sequence[PathHop]


@dataclass(frozen=True, slots=True)
class RowCard:
    """A line of a reference file that proves something: what it says, and the page it cites."""

    words: str
    page: str


@dataclass(frozen=True, slots=True)
class ReasonCard:
    """A reason as a sentence, its chain and the agreements that prove it."""

    code: str
    sentence: str
    chain: Sequence[PartyLink]
    agreements: Sequence[AgreementRow]
    flows: Sequence[FlowRow]
    rows: Sequence[RowCard] = ()
    more: int = 0
    """agreements beyond those shown"""


@dataclass(frozen=True, slots=True)
class StepCard:
    """A hop of an unused path: what joins the two, and the agreements that prove it."""

    kind: str
    words: str
    agreements: Sequence[AgreementRow]


@dataclass(frozen=True, slots=True)
class UnusedCard:
    """An unused path: who could introduce whom, and what would have to be renewed first."""

    sentence: str
    parties: Sequence[PartyLink]
    steps: Sequence[StepCard]
    renew: str


@dataclass(frozen=True, slots=True)
class LawCard:
    """What the law says of an opportunity, and the next step; always guidance with a citation."""

    is_blocked: bool
    first: Sequence[FindingWords]
    """what stops it or sends it elsewhere: always seen"""
    others: Sequence[FindingWords]
    next_step: StepWords
    documents: Sequence[FieldWords]
    """what has to be written down"""
    guidance: str


@dataclass(frozen=True, slots=True)
class OpportunityCard:
    """A party that the region has no agreement in force with, and why it could."""

    party: PartyLink
    reasons: Sequence[ReasonCard]
    connect_url: str
    rank: int = 0
    paths: Sequence[UnusedCard] = ()
    no_path: str = ""
    """what is said where there is no path"""
    law: LawCard | None = None
    pick_url: str = ""
    """the page with it on the shortlist, or taken off it; empty where there is no shortlist"""
    is_picked: bool = False
    note_urls: Mapping[str, str] = field(default_factory=dict)
    """a briefing note of it, by the file's kind"""
