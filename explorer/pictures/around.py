"""A party and its closest partners in two columns, for paper and for a wall: large and few.

Jepang                             Jawa Timur
Prefektur Osaka ◇ ─── ● ─── ○ Gresik
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from markupsafe import Markup

from explorer.i18n import say
from explorer.pictures.columns import Column, closest, two_columns
from explorer.pictures.labels import shape_of, short
from explorer.pictures.marks import cut, frame, mark, stroke, text, wrapped
from explorer.pictures.picture import Item, Picture, tie_legend
from explorer.pictures.points import Line
from explorer.pictures.svg import line_between
from explorer.sentences import Speaker
from explorer.ties import ties
from graph_loader import Party

WIDTH: Final = 720.0  # px; because on A4 that shrinks a letter by no more than a tenth
PARTNERS: Final = 20  # because two columns of ten are read from the other end of a table
_SIDE: Final = 112.0  # px from the middle to the signs of a column
_ROW, _HEAD = 25.0, 24.0  # px of a partner, and of the title of a group
_LETTERS: Final = 32  # that fit beside a sign
_LOWEST: Final = 130.0  # px; because the name below the middle needs its room
_PARTED: Final = 100.0  # px of unevenness that keeping a group together is worth


def around(speaker: Speaker, id: str) -> Picture | None:
    """A party in the middle and its closest partners around it; nothing where it has none."""
    shown, lang = speaker.shown, speaker.lang
    centre = shown.index.number[id]
    partners = ties(shown.index, shown.day).of(centre)
    if not len(partners):
        return None
    best = closest(shown, centre, PARTNERS)
    columns = two_columns(shown.index, best, lang, _tall, _PARTED)
    height = max(_LOWEST, *map(_tall, columns)) + 24
    lines = {n: line_between(shown, centre, n) for n in best}
    title = say(lang, "picture.ego", name=speaker.name(id), n=len(partners))
    cut_words = say(lang, "around.cut", n=len(best), total=len(partners))
    return Picture(
        svg=frame((0, 0, WIDTH, height), title, _drawn(speaker, centre, columns, lines, height)),
        size=(WIDTH, height),
        title=title,
        summary=_summary(columns, speaker),
        legend=_legend(speaker, [centre, *lines], lines.values()),
        notes=[cut_words] if len(best) < len(partners) else [],
    )


def _drawn(
    speaker: Speaker, centre: int, columns: tuple[Column, Column], lines: Mapping[int, Line],
    height: float,
) -> list[Markup]:  # fmt: skip
    """All lines first, so that no name lies under one."""
    index, middle = speaker.shown.index, (WIDTH / 2, height / 2)
    ties_drawn: list[Markup] = []
    signs: list[Markup] = []
    for side, column in zip((-1, 1), columns, strict=True):
        x, y = middle[0] + side * _SIDE, (height - _tall(column)) / 2
        for heading, members in column:
            signs.append(_words(x, y + 16, side, cut(heading, _LETTERS + 4), "quiet", 11.5))
            y += _HEAD
            for number in members:
                spot = (x, y + _ROW / 2 - 2)
                line = lines[number]
                ties_drawn.append(stroke(middle, spot, line.category, line.status, line.agreements))
                signs += _partner(speaker, index.parties[number], *spot, side)
                y += _ROW
    party = index.parties[centre]
    signs.append(mark(shape_of(party.level), *middle, 14))
    for n, words in enumerate(wrapped(party.name(speaker.lang), 18, 3)):
        signs.append(text(middle[0], middle[1] + 34 + 16 * n, "middle", words, "strong", 14))
    return ties_drawn + signs


def _legend(speaker: Speaker, parties: Iterable[int], lines: Iterable[Line]) -> list[Item]:
    """The signs and lines that are drawn, and no others."""
    index = speaker.shown.index
    seen = {shape_of(index.parties[n].level) for n in parties}
    seen |= {word for line in lines for word in (line.category, line.status)}
    return [one for one in tie_legend(speaker.lang) if one.which in seen]


def _tall(column: Column) -> float:
    return sum(_HEAD + _ROW * len(members) for _, members in column)


def _partner(speaker: Speaker, party: Party, x: float, y: float, side: int) -> list[Markup]:
    name = short(party.name(speaker.lang), party.level)
    return [
        mark(shape_of(party.level), x, y, 7.5),
        _words(x, y + 4.5, side, cut(name, _LETTERS), "label", 13),
    ]


def _words(x: float, y: float, side: int, words: str, kind: str, size: float) -> Markup:
    return text(x + side * 15, y, "start" if side > 0 else "end", words, kind, size)


def _summary(columns: Sequence[Column], speaker: Speaker) -> str:
    parties = speaker.shown.index.parties
    told = [
        f"{heading}: {', '.join(parties[n].name(speaker.lang) for n in members)}"
        for column in reversed(columns)
        for heading, members in column
    ]
    return "; ".join(told) + "."
