"""What a nota dinas says, before any writer has set it: heading fields, and parts in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a part of the note."""

    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; a quiet one is guidance or a remark, set smaller."""

    text: str
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a list: a sentence, and quietly what it rests on."""

    text: str
    source: str = ""
    lead: str = ""
    """the strong words that it begins with"""


@dataclass(frozen=True, slots=True)
class Items:
    """A list; a numbered one where its order is an order of rank."""

    items: Sequence[Item]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture as SVG, and in words. Units: `size` is (width, height) in px."""

    svg: str
    size: tuple[float, float]
    caption: str
    words: str
    """what it shows, for whoever does not see it"""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. What follows a line break in a cell is set quietly below it.

    `shares` are the widths of its columns, in parts of their sum.
    """

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    shares: Sequence[int]


Part = Heading | Text | Items | Drawing | Grid


@dataclass(frozen=True, slots=True)
class Field:
    """A line of the head; without a value it is left for the office to fill in."""

    label: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A nota dinas in one language. The letterhead and whoever signs are the office's own."""

    language: str
    day: date
    title: str
    letterhead: str
    """what stands in the place of the letterhead"""
    fields: Sequence[Field]
    parts: Sequence[Part]
    closing: str
    signing: Sequence[Field]
    foot: Sequence[str]
    """version, day and credits"""
    page: tuple[str, str]
    """(before the page's number, before the number of pages)"""
    saved: str
    """the file's name, without its kind"""
