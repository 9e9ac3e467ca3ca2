"""Still pictures of a party with its partners, and of paths."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

import numpy as np
from markupsafe import Markup

from explorer.i18n import say
from explorer.index import STATUSES, Index
from explorer.paths import Path
from explorer.pictures.labels import shape_of, short
from explorer.pictures.marks import cut, frame, mark, stroke, text, wrapped
from explorer.pictures.pairs import STATUS_ORDER, category_name, pair_category
from explorer.pictures.places import group_of, group_order, home_province
from explorer.pictures.points import Line
from explorer.service import View
from explorer.ties import ties
from graph_loader import Language, Level, Party

EGO_PARTNERS = 24  # because two columns of twelve labels fill a screen and no more
_ROW, _HEAD, _WIDTH = 30, 26, 1000
_SIDE = 230  # distance of the partners from the middle, px
_LABEL = 34  # letters that fit beside a partner
_NARROW = (350.0, 88, 32)  # width, distance and letters on a telephone
_PATH_ROW = 104
_PARTED = 120  # px of unevenness that keeping a group together is worth
_STEP_MIN = 170

Href = Callable[[Party], str]


def _tie(start: tuple[float, float], end: tuple[float, float], line: Line) -> Markup:
    return stroke(start, end, line.category, line.status, line.agreements, line.opacity)


def ego_svg(shown: View, id: str, lang: Language, href: Href, *, is_narrow: bool = False) -> Markup:
    """A party in the middle and its closest partners around it, in groups, in a fixed order.

    A narrow one has the partners below each other on one side of it. Empty where it has no tie:
    the page then says so in words.
    """
    index = shown.index
    centre = index.number[id]
    found = ties(index, shown.day)
    chosen = closest(shown, centre, EGO_PARTNERS)
    if not chosen:
        return Markup()
    home = home_province(index)
    chosen.sort(key=lambda n: _ego_order(index.parties[n], home))
    party = index.parties[centre]
    sides = _sides(index, chosen, home, lang)
    width, side_at, letters = float(_WIDTH), _SIDE, _LABEL
    if is_narrow:
        sides = ([], _rows(index, chosen, home, lang))
        width, side_at, letters = _NARROW
    height = max(max(_height(rows) for rows in sides) + 40, 150)
    middle = (26.0 if is_narrow else width / 2, height / 2)
    lines, labels = [], []
    for side, rows in zip((-1, 1), sides, strict=True):
        y = (height - _height(rows)) / 2
        for row in rows:
            x = middle[0] + side * side_at
            if isinstance(row, str):
                y += _HEAD
                words = cut(row, letters)
                labels.append(text(x + side * 14, y - 4, _anchor(side), words, "quiet", 12))
                continue
            y += _ROW
            lines.append(_tie(middle, (x, y - 12), line_between(shown, centre, row)))
            labels.append(_party(index.parties[row], x, y - 12, side, lang, href, letters))
    labels.append(mark(shape_of(party.level), *middle, 15))
    if not is_narrow:
        for n, words in enumerate(wrapped(party.name(lang), 28, 2)):
            labels.append(text(middle[0], middle[1] + 36 + 17 * n, "middle", words, "strong", 15))
    title = say(lang, "picture.ego", name=party.name(lang), n=len(found.of(centre)))
    return frame((0, 0, width, height), title, lines + labels)


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


def _sides(
    index: Index, chosen: Sequence[int], home: str, lang: Language
) -> tuple[list[str | int], list[str | int]]:
    """The left and the right column: as even as can be without parting a group that need not be."""
    splits = [
        (_rows(index, chosen[n:], home, lang), _rows(index, chosen[:n], home, lang))
        for n in range(1, len(chosen) + 1)
    ]
    titles = min(_titles(left) + _titles(right) for left, right in splits)

    def unevenness(split: tuple[list[str | int], list[str | int]]) -> int:
        left, right = split
        parted = _titles(left) + _titles(right) > titles
        return max(_height(left), _height(right)) + (_PARTED if parted else 0)

    return min(splits, key=unevenness)


def _titles(rows: Sequence[str | int]) -> int:
    return sum(isinstance(row, str) for row in rows)


def _rows(index: Index, numbers: Sequence[int], home: str, lang: Language) -> list[str | int]:
    """Partners, each group after its title."""
    rows: list[str | int] = []
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


def line_between(shown: View, a: int, b: int) -> Line:
    """The tie of two parties: their agreements in force."""
    index = shown.index
    shared = index.between(a, b)
    return _line(shown, a, b, shared[index.in_force(shown.day)[shared]].tolist())


def _line(shown: View, a: int, b: int, numbers: Sequence[int]) -> Line:
    index = shown.index
    codes = index.status(shown.day)[np.array(numbers, dtype=np.int32)]
    found = {str(STATUSES[code]) for code in codes.tolist()}
    status = next((str(s) for s in STATUS_ORDER if str(s) in found), "unknown")
    category = int(pair_category(index.level[[a]], index.level[[b]])[0])
    ids = index.parties[a].id, index.parties[b].id
    return Line(*ids, len(numbers), category_name(category), status)


def paths_svg(shown: View, paths: Sequence[Path], lang: Language, href: Href) -> Markup:
    """Paths as rows of parties, ends aligned; each hop says on how many agreements it rests."""
    longest = max((len(path.parties) for path in paths), default=2)
    width = max(_WIDTH, _STEP_MIN * longest)
    lines, labels = [], []
    for row, path in enumerate(paths):
        y = 44 + row * _PATH_ROW
        step = (width - 180) / (len(path.parties) - 1)
        xs = [90 + step * n for n in range(len(path.parties))]
        for n, hop in enumerate(path.hops):
            a, b = (shown.index.number[id] for id in path.parties[n : n + 2])
            numbers = [shown.index.agreement_number[id] for id in hop.agreements]
            lines.append(_tie((xs[n], y), (xs[n + 1], y), _line(shown, a, b, numbers)))
            count = say(lang, "count.agreements", n=len(numbers))
            labels.append(text((xs[n] + xs[n + 1]) / 2, y - 9, "middle", count, "quiet", 12))
        for n, id in enumerate(path.parties):
            party = shown.index.parties[shown.index.number[id]]
            labels.append(_party_below(party, xs[n], y, step, lang, href))
    title = say(lang, "picture.paths", n=len(paths))
    return frame((0, 0, width, len(paths) * _PATH_ROW + 8), title, lines + labels)


def _party(
    party: Party, x: float, y: float, side: int, lang: Language, href: Href, letters: int = _LABEL
) -> Markup:
    name = short(party.name(lang), party.level)
    label = text(x + side * 15, y + 4, _anchor(side), cut(name, letters))
    return Markup('<a href="{}"><title>{}</title>{}{}</a>').format(
        href(party), party.name(lang), mark(shape_of(party.level), x, y, 8), label
    )


def _party_below(
    party: Party, x: float, y: float, step: float, lang: Language, href: Href
) -> Markup:
    words = wrapped(party.name(lang), max(12, int(min(step, 180) / 7.4)))
    lines = [text(x, y + 31 + 16 * n, "middle", part) for n, part in enumerate(words)]
    return Markup('<a href="{}"><title>{}</title>{}{}</a>').format(
        href(party), party.name(lang), mark(shape_of(party.level), x, y, 11), Markup().join(lines)
    )
