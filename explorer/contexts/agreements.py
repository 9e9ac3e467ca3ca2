"""Pages of agreements, and of where they come from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from markupsafe import Markup

from explorer.contexts.profile import Steps, TimelinePart
from explorer.filters import Choice
from explorer.listing import Listing
from explorer.pictures.picture import Picture
from explorer.present import AgreementRow, PartyLink
from graph_loader import Change, Claim, Lack, Load, Problem, Source

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ClaimCard:
    """What one page says of an agreement."""

    source: str
    file: str
    claim: Claim
    instrument: str
    parties: Sequence[PartyLink]
    shown: frozenset[str]
    """the fields whose shown value is this page's: signed, ends, instrument"""


@dataclass(frozen=True, slots=True)
class AgreementContext:
    """Everything known of one agreement; no picture of one that came after the index."""

    opening: Markup
    sections: Sequence[str]
    row: AgreementRow
    steps: Steps
    timeline: TimelinePart | None
    """with it those that change, carry out or renew it"""
    signers: Picture | None
    take_signers: Mapping[str, str]
    claims: Sequence[ClaimCard]
    conflicts: Sequence[str]
    roles: Mapping[str, str]
    categories: Sequence[str]
    topics: Sequence[tuple[str, str, str, Sequence[str]]]
    """(topic, its words, their language, the document's words that say so)"""
    relations: Sequence[tuple[str, AgreementRow]]
    outcome: str
    note: str


@dataclass(frozen=True, slots=True)
class RegisterView:
    """A quick view of the register, and how many agreements it would leave."""

    name: str
    url: str
    count: int
    current: bool


@dataclass(frozen=True, slots=True)
class RegisterContext:
    """The register of all agreements."""

    opening: Markup
    listing: Listing
    views: Sequence[RegisterView]
    narrowed: bool
    """whether more is asked for than a view asks"""
    columns: Sequence[str]
    """those that are chosen, if any are"""
    offered: Sequence[Choice]
    """the columns that can be chosen"""
    kept: Mapping[str, str]
    """what the address asks for beside its columns"""
    usual_url: str
    """the same without chosen columns; empty where none are chosen"""
    sorts: Mapping[str, tuple[str, str]]
    """by column: (where its heading leads, how the list is sorted by it now)"""
    as_shown: Mapping[str, str]
    """where the whole list is had as a file of these columns"""
    whole: Mapping[str, str]
    """and of every column"""


class Stretch(NamedTuple, Generic[T]):
    """A stretch of a long list, and where the next ones are; the urls are empty at the ends."""

    items: Sequence[T]
    total: int
    first: int
    last: int
    previous_url: str
    next_url: str


@dataclass(frozen=True, slots=True)
class LoadCard:
    """A load, and what it did to which agreement, where that is asked for."""

    load: Load
    source: str
    changes: Sequence[Change]
    changes_total: int
    changes_url: str
    """where the changes are told; empty where there are none, or they are told here"""
    is_background: bool = False
    """a list of twin towns, which states no agreement"""


@dataclass(frozen=True, slots=True)
class MissingLine:
    """What is not recorded of how many agreements, in words, and the list of those."""

    count: str
    words: str
    url: str
    percent: int


@dataclass(frozen=True, slots=True)
class FillCell:
    """Of how many agreements something is recorded; `url` lists those of which it is not."""

    have: int
    percent: int
    shade: int
    url: str


@dataclass(frozen=True, slots=True)
class FillRow:
    """A region (None: all of them, or a source), its agreements, and a cell for each field."""

    party: PartyLink | None
    agreements: int
    cells: Sequence[FillCell]


@dataclass(frozen=True, slots=True)
class DisputeRow:
    """A field of an agreement: each value with the claims that state it, and why one is shown."""

    row: AgreementRow
    field: str
    values: Sequence[tuple[str, Sequence[Claim], bool]]
    """(value in words, who says so, whether it is the one shown)"""
    why: str


@dataclass(frozen=True, slots=True)
class DataContext:
    """Where the data comes from, how complete it is, and what is to be mended."""

    opening: Markup
    missing: Sequence[MissingLine]
    fields: Sequence[Lack]
    fill: Stretch[FillRow]
    fill_all: FillRow
    fill_sources: Sequence[tuple[str, FillRow]]
    province: str
    every_region: bool
    scope_url: str
    """the same page with the regions of the home province, or of all"""
    alone: int
    """regions without any agreement"""
    disputes: Stretch[DisputeRow]
    problems: Stretch[tuple[Problem, str, str]]
    """(problem, why, what to do)"""
    problem_sources: Sequence[Choice]
    problem_kinds: Sequence[Choice]
    problem_files: Mapping[str, str]
    sources: Sequence[Source]
    loads: Stretch[LoadCard]
    template_url: str
