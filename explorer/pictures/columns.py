"""Partners around something in the middle: in groups, in two columns as even as can be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

import numpy as np

from explorer.i18n import say
from explorer.index import Index
from explorer.pictures.places import group_of, group_order, home_province
from explorer.service import View
from explorer.ties import ties
from graph_loader import Language, Level, Party

Column = list[tuple[str, list[int]]]
"""Groups from top to bottom: the title of each, and its members by number."""


def closest(shown: View, party: int, count: int) -> list[int]:
    """The partners with whom a party has the ties that are worth most, the best first."""
    found = ties(shown.index, shown.day)
    worths, partners = found.worths_of(party), found.of(party)
    return [int(n) for n in partners[np.lexsort((partners, -worths))[:count]]]


def column(index: Index, numbers: Sequence[int], lang: Language) -> Column:
    """Parties in groups, those of the home province first, in an order that never changes."""
    home = home_province(index)
    ordered = sorted(numbers, key=lambda n: _order(index.parties[n], home))
    return _grouped(index, ordered, home, lang)


def two_columns(
    index: Index,
    numbers: Sequence[int],
    lang: Language,
    tall: Callable[[Column], float],
    parted: float,
) -> tuple[Column, Column]:
    """Left and right, as even as can be without parting a group that need not be.

    `tall` is the height of a column; keeping a group together is worth `parted` of it.
    """
    home = home_province(index)
    ordered = sorted(numbers, key=lambda n: _order(index.parties[n], home))
    whole = len(_grouped(index, ordered, home, lang))

    def split(n: int) -> tuple[Column, Column]:
        parts = (ordered[n:], ordered[:n])
        left, right = (_grouped(index, part, home, lang) for part in parts)
        return left, right

    def unevenness(columns: tuple[Column, Column]) -> float:
        is_parted = sum(map(len, columns)) > whole
        return max(map(tall, columns)) + (parted if is_parted else 0)

    return min(map(split, range(1, len(ordered) + 1)), key=unevenness)


def _grouped(index: Index, numbers: Sequence[int], home: str, lang: Language) -> Column:
    found = groupby(numbers, key=lambda n: _group(index.parties[n], home))
    return [(_title(index, group, lang), list(members)) for group, members in found]


def _order(party: Party, home: str) -> tuple[bool, tuple[int, str], str, str]:
    inside = home in {party.id, party.part_of}
    return not inside, group_order(_group(party, home)), party.sort_key, party.id


def _group(party: Party, home: str) -> str:
    """What a partner is listed under: its country, its province, or its kind."""
    if party.level is Level.PROVINCE and party.id != home:
        return "province"
    group = group_of(party, home)
    return home if home in {party.id, party.part_of} and group == party.id else group


def _title(index: Index, group: str, lang: Language) -> str:
    if group in index.number:
        return index.name(group, lang)
    return say(lang, group if group.startswith("kind.") else f"kind.{group}")
