"""The map: a sheet, its table, and whoever is not on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from explorer.filters import Choice
from explorer.pictures.picture import Picture
from explorer.present import PartyLink
from graph_loader import Status


@dataclass(frozen=True, slots=True)
class MapChoice:
    """A sheet, or what regions are coloured by: its words and its address."""

    words: str
    url: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class MapRow:
    """A line of the map in the table; `a_more`, `b_more` are further parties in the same spot."""

    a: PartyLink
    a_more: int
    b: PartyLink
    b_more: int
    agreements: int
    category: str
    status: Status
    url: str
    """the connection of the two, empty where one of them stands for several parties"""


@dataclass(frozen=True, slots=True)
class RegionRow:
    """A region of the home province and its numbers."""

    region: PartyLink
    agreements: int
    partners: int
    goals: int


@dataclass(frozen=True, slots=True)
class MapClass:
    """A class of the legend: 0 (none) to 4 (most), and its numbers in words."""

    rank: int
    words: str


@dataclass(frozen=True, slots=True)
class MapContext:
    """A sheet of the map, or what a filter leaves of it; `picture` is None if nothing is."""

    sheet: str
    heading: str
    party: PartyLink | None
    """whose agreements alone are shown, if anybody's"""
    everyone_url: str
    sheets: Sequence[MapChoice]
    kinds: Sequence[MapChoice]
    """what regions may be coloured by; empty where the sheet does not colour any"""
    classes: Sequence[MapClass]
    filters: Mapping[str, Sequence[Choice]]
    years: tuple[str, str]
    filtered: bool
    kept: Mapping[str, str]
    clear_url: str
    picture: Picture | None
    take_picture: Mapping[str, str]
    rows: Sequence[MapRow]
    total: int
    first: int
    last: int
    previous_url: str
    next_url: str
    regions: Sequence[RegionRow]
    unplaced: Sequence[PartyLink]
    """parties of the filter without coordinates, the first of them by name"""
    unplaced_total: int
    network_url: str
    """the same filters as a network"""
