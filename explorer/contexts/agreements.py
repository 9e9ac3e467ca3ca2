"""Pages of agreements, and of where they come from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from explorer.listing import Listing
from explorer.present import AgreementRow, PartyLink
from graph_loader import Change, Claim, Load, Problem, Source


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
    """Everything known of one agreement."""

    opening: Markup
    row: AgreementRow
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
class RegisterContext:
    """The register of all agreements."""

    opening: Markup
    listing: Listing


@dataclass(frozen=True, slots=True)
class LoadCard:
    """A load, and the first of the problems it met."""

    load: Load
    source: str
    problems: Sequence[tuple[Problem, str, str]]
    """(problem, why, what to do)"""
    total: int
    changes: Sequence[Change]
    changes_total: int
    is_background: bool = False
    """a list of twin towns, which states no agreement"""


@dataclass(frozen=True, slots=True)
class DataContext:
    """Where the data comes from."""

    opening: Markup
    sources: Sequence[Source]
    loads: Sequence[LoadCard]
    agreements: int
    undated: int
    without_end: int
    version: int
