"""A party in the middle and its closest partners around it, in groups, in a fixed order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Final

import numpy as np
from markupsafe import Markup

from explorer.i18n import say
from explorer.index import Index
from explorer.pictures.labels import shape_of, short
from explorer.pictures.marks import cut, frame, mark, stroke, text, wrapped
from explorer.pictures.picture import Picture, at_each_width, tie_legend
from explorer.pictures.places import group_of, group_order, home_province
from explorer.pictures.svg import line_between
from explorer.service import View
from explorer.ties import ties
from graph_loader import Language, Level, Party

EGO_PARTNERS: Final = 24  # because two columns of twelve labels fill a screen and no more
_ROW, _HEAD = 30, 26
_WIDE: Final = (1000.0, 230.0, 34)  # width, distance of the partners (px), letters beside them
_NARROW: Final = (350.0, 88.0, 32)
_PARTED = 120  # px of unevenness that keeping a group together is worth

Href = Callable[[Party], str]
Rows = list[str | int]
"""Partners by number, each group after its title."""


def ego_picture(shown: View, id: str, lang: Language, href: Href | None = None) -> Picture | None:
    """The picture of a party; with links, and for a telephone too, where `href` gives them.

    Nothing where it has no tie: the page then says so in words.
    """
    wide = ego_svg(shown, id, lang, href or (lambda _: ""))
    if not wide:
        return None
    total = len(ties(shown.index, shown.day).of(shown.index.number[id]))
    drawn = min(total, EGO_PARTNERS)
    words = say(lang, "picture.ego", name=shown.index.name(id, lang), n=total)
    return Picture(
        svg=at_each_width(wide, ego_svg(shown, id, lang, href, is_narrow=True)) if href else wide,
        size=(_WIDE[0], _tall(_columns(shown, id, lang))),
        title=words,
        summary=words,
        legend=tie_legend(lang),
        notes=[say(lang, "profile.partners.shown", shown=drawn, n=total)] if drawn < total else [],
    )


def ego_svg(shown: View, id: str, lang: Language, href: Href, *, is_narrow: bool = False) -> Markup:
    """A party and its closest partners; a narrow one has them all on one side of it."""
    index = shown.index
    sides = _columns(shown, id, lang, is_narrow=is_narrow)
    if not any(sides):
        return Markup()
    width, distance, letters = _NARROW if is_narrow else _WIDE
    centre, height = index.number[id], _tall(sides)
    middle = (26.0 if is_narrow else width / 2, height / 2)
    lines, labels = [], []
    for side, rows in zip((-1, 1), sides, strict=True):
        x, y = middle[0] + side * distance, (height - _height(rows)) / 2
        for row in rows:
            if isinstance(row, str):
                y += _HEAD
                words = cut(row, letters)
                labels.append(text(x + side * 14, y - 4, _anchor(side), words, "quiet", 12))
                continue
            y += _ROW
            tie = line_between(shown, centre, row)
            lines.append(stroke(middle, (x, y - 12), tie.category, tie.status, tie.agreements))
            labels.append(_party(index.parties[row], x, y - 12, side, lang, href, letters))
    party = index.parties[centre]
    labels.append(mark(shape_of(party.level), *middle, 15))
    if not is_narrow:
        for n, words in enumerate(wrapped(party.name(lang), 28, 2)):
            labels.append(text(middle[0], middle[1] + 36 + 17 * n, "middle", words, "strong", 15))
    title = say(
        lang, "picture.ego", name=party.name(lang), n=len(ties(index, shown.day).of(centre))
    )
    return frame((0, 0, width, height), title, lines + labels)


def _columns(shown: View, id: str, lang: Language, *, is_narrow: bool = False) -> tuple[Rows, Rows]:
    """What stands on the left and on the right; both empty where it has no tie."""
    index, home = shown.index, home_province(shown.index)
    chosen = closest(shown, index.number[id], EGO_PARTNERS)
    if not chosen:
        return [], []
    chosen.sort(key=lambda n: _ego_order(index.parties[n], home))
    return (
        ([], _rows(index, chosen, home, lang)) if is_narrow else _sides(index, chosen, home, lang)
    )


def _tall(sides: tuple[Rows, Rows]) -> float:
    return float(max(*(_height(rows) + 40 for rows in sides), 150))


def closest(shown: View, party: int, count: int) -> list[int]:
    """The partners with whom a party has the ties that are worth most, the best first."""
    found = ties(shown.index, shown.day)
    worths, partners = found.worths_of(party), found.of(party)
    return [int(n) for n in partners[np.lexsort((partners, -worths))[:count]]]


def _ego_order(party: Party, home: str) -> tuple[bool, tuple[int, str], str]:
    inside = home in {party.id, party.part_of} and party.country != ""
    return (not inside, group_order(_heading_of(party, home)), party.id)


def _heading_of(party: Party, home: str) -> str:
    """The group that a partner is listed under: its country, its province, or its kind."""
    if party.level is Level.PROVINCE and party.id != home:
        return "province"
    group = group_of(party, home)
    return home if party.part_of == home and group == party.id else group


def _sides(index: Index, chosen: Sequence[int], home: str, lang: Language) -> tuple[Rows, Rows]:
    """The left and the right column: as even as can be without parting a group that need not be."""
    splits = [
        (_rows(index, chosen[n:], home, lang), _rows(index, chosen[:n], home, lang))
        for n in range(1, len(chosen) + 1)
    ]
    titles = min(_titles(left) + _titles(right) for left, right in splits)

    def unevenness(split: tuple[Rows, Rows]) -> int:
        left, right = split
        parted = _titles(left) + _titles(right) > titles
        return max(_height(left), _height(right)) + (_PARTED if parted else 0)

    return min(splits, key=unevenness)


def _titles(rows: Sequence[str | int]) -> int:
    return sum(isinstance(row, str) for row in rows)


def _rows(index: Index, numbers: Sequence[int], home: str, lang: Language) -> Rows:
    """Partners, each group after its title."""
    rows: Rows = []
    for group, own in groupby(numbers, key=lambda n: _heading_of(index.parties[n], home)):
        known = index.number.get(group)
        if known is not None:
            rows.append(index.parties[known].name(lang))
        else:
            rows.append(say(lang, group if group.startswith("kind.") else f"kind.{group}"))
        rows += own
    return rows


def _height(rows: Sequence[str | int]) -> int:
    return sum(_HEAD if isinstance(row, str) else _ROW for row in rows)


def _anchor(side: int) -> str:
    return "start" if side > 0 else "end"


def _party(
    party: Party, x: float, y: float, side: int, lang: Language, href: Href, letters: int
) -> Markup:
    name = short(party.name(lang), party.level)
    label = text(x + side * 15, y + 4, _anchor(side), cut(name, letters))
    return Markup('<a href="{}"><title>{}</title>{}{}</a>').format(
        href(party), party.name(lang), mark(shape_of(party.level), x, y, 8), label
    )
