"""Ways from one party to another, drawn for paper: rows of parties, and in words what joins them.

Gresik ──perjanjian yang berlaku── Jawa Timur ──── Osaka
   ╰═══════════════ belum ada perjanjian ════════════╯
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from explorer.i18n import say
from explorer.pictures.labels import shape_of
from explorer.pictures.marks import frame, mark, stroke, text, wrapped
from explorer.pictures.palette import ACCENT
from explorer.pictures.picture import Picture
from explorer.sentences import Speaker
from graph_loader import Level

WIDTH: Final = 720.0  # px; because on A4 that shrinks a letter by no more than a tenth
_SIDE, _LETTER = 78.0, 7.2  # px from the edge to the first sign; of one letter of 13 px
_SIGN: Final = 10.0
_LINE: Final = 15.0  # px from one line of a label to the next
_HEAD, _FOOT = 32.0, 10.0  # px above the signs of a row, and below their names
_ARC: Final = 24.0  # px that the unused tie hangs below the names
_GAP: Final = 2.5  # px between the two lines of an unused tie
_BEND: Final = 12.0  # px, the roundness of its corners


@dataclass(frozen=True, slots=True)
class Stretch:
    """What joins two neighbours of a way: in words, and as a line of that category and status."""

    words: str
    category: str
    status: str
    agreements: int = 1


@dataclass(frozen=True, slots=True)
class Way:
    """Parties in order, by id, and what joins each two; `unused` draws what is missing."""

    parties: Sequence[str]
    stretches: Sequence[Stretch]
    unused: bool = False


def ways(speaker: Speaker, drawn: Sequence[Way], title: str) -> Picture:
    """The ways below one another, both ends of all in line."""
    parts: list[Markup] = []
    y = 0.0
    for way in drawn:
        made, tall = _row(speaker, way, y)
        parts += made
        y += tall
    summary = " ".join(_told(speaker, way) for way in drawn)
    svg = frame((0, 0, WIDTH, y), title, parts)
    return Picture(svg, (WIDTH, y), title, summary)


def _row(speaker: Speaker, way: Way, top: float) -> tuple[list[Markup], float]:
    step = (WIDTH - 2 * _SIDE) / (len(way.parties) - 1)
    xs = [_SIDE + step * n for n in range(len(way.parties))]
    y = top + _HEAD
    room = min(step, 2 * _SIDE)
    names = [wrapped(speaker.name(id), max(11, int(room / _LETTER)), 3) for id in way.parties]
    below = y + _SIGN + 6 + _LINE * max(map(len, names))
    lines: list[Markup] = []
    signs: list[Markup] = []
    for n, one in enumerate(way.stretches):
        ends = (xs[n], y), (xs[n + 1], y)
        lines.append(stroke(*ends, one.category, one.status, one.agreements, 1))
        wide = max(10, int((step - 2 * _SIGN) / 6.2))
        told = wrapped(one.words, wide, 2)
        for k, words in enumerate(told):
            high = y - 8 - 13 * (len(told) - 1 - k)
            signs.append(text(sum(x for x, _ in ends) / 2, high, "middle", words, "quiet", 11))
    for x, id, name in zip(xs, way.parties, names, strict=True):
        signs.append(mark(_shape(speaker, id), x, y, _SIGN))
        for n, words in enumerate(name):
            at = y + _SIGN + 16 + _LINE * n
            signs.append(text(x, at, "middle", words, "label", 13))
    if way.unused and len(way.parties) > 2:
        words = say(speaker.lang, "ways.unused")
        lines += _missing(xs[0], xs[-1], below, words)
        below += _ARC
    return lines + signs, below + _FOOT - top


def _missing(left: float, right: float, y: float, words: str) -> list[Markup]:
    """The tie that is not there yet: a thin double line from end to end."""
    shape = Markup(
        '<path class="unused" d="M{left:.1f} {y:.1f} v{deep:.1f} q0 {bend} {bend} {bend}'
        ' H{turn:.1f} q{bend} 0 {bend} -{bend} v-{deep:.1f}" fill="none" stroke="{colour}"'
        ' stroke-width="1.2"/>'
    )
    made = [
        shape.format(
            left=left + off, y=y + 4, deep=_ARC - _BEND - off, bend=_BEND,
            turn=right - off - _BEND, colour=ACCENT,
        )
        for off in (0.0, _GAP)
    ]  # fmt: skip
    made.append(text((left + right) / 2, y + _ARC - 1, "middle", words, "strong", 12))
    return made


def _shape(speaker: Speaker, id: str) -> str:
    index = speaker.shown.index
    level = index.parties[index.number[id]].level if id in index.number else Level.FOREIGN_LOCAL
    return shape_of(level)


def _told(speaker: Speaker, way: Way) -> str:
    words = speaker.name(way.parties[0])
    for one, id in zip(way.stretches, way.parties[1:], strict=True):
        words += f" – {one.words} – {speaker.name(id)}"
    return words + "."
