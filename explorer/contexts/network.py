"""The network as a picture, and as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from explorer.contexts.legend import GroupLine, LegendPart, YearPart
from explorer.present import PartyLink
from graph_loader import Status


@dataclass(frozen=True, slots=True)
class NetworkRow:
    """A tie in the table below the picture."""

    a: PartyLink
    b: PartyLink
    agreements: int
    status: Status
    url: str


@dataclass(frozen=True, slots=True)
class NetworkContext:
    """The network, or what a filter leaves of it. `picture` is None where nothing is left."""

    legend: Sequence[LegendPart]
    years: YearPart
    groups: Sequence[GroupLine]
    """what can be opened, or closed again; empty where every party stands alone"""
    filtered: bool
    party: PartyLink | None
    """whom the picture is centred on, if anybody"""
    clear_url: str
    whole_url: str
    """the same picture centred on nobody"""
    close_url: str
    """the same with every group closed; empty where none is open"""
    every_url: str
    """the same with every party on its own; empty where that is no choice"""
    together_url: str
    """the same in groups again; empty where it is"""
    every_limit: int
    agreements: int
    parties: int
    ties: int
    aggregated: bool
    points: int
    lines: int
    lines_total: int
    middle: str
    """the party, or else the home province, that the picture is about"""
    pale: bool
    """whether some lines are pale because they do not touch it"""
    without_region: bool
    """whether some lines join parties of which none is a region"""
    scene: Mapping[str, object]
    picture: Markup | None
    digest: Markup | None
    """the same for a narrow screen, where it is gathered"""
    rows: Sequence[NetworkRow]
    first: int
    last: int
    previous_url: str
    next_url: str
    take_away: Mapping[str, str]
    """where the whole network of the filter is had as a file, by the file's kind"""
    take_picture: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class BrokerRow:
    """A party and the share of shortest connections between others, in per cent."""

    party: PartyLink
    percent: float
    partners: int


@dataclass(frozen=True, slots=True)
class CommunityRow:
    """A group: its name, whoever stands in its middle, and some of its parties."""

    name: str
    middle: PartyLink
    parties: Sequence[PartyLink]
    size: int
    ties: int
    traits: Sequence[str]


@dataclass(frozen=True, slots=True)
class StatisticsContext:
    """The whole network: tables of parties, each cut with its whole length beside it."""

    opening: Markup
    starts: int
    exact: bool
    brokers: Sequence[BrokerRow]
    brokers_total: int
    communities: Sequence[CommunityRow]
    communities_total: int
    cuts: Sequence[tuple[PartyLink, int]]
    cuts_total: int
    home: PartyLink | None
    alone_home: Sequence[PartyLink]
    home_regions: int
    elsewhere: Sequence[tuple[PartyLink, int, int]]
    """(province, its regions without any partner, all its regions)"""
    alone_total: int
    regions_total: int
