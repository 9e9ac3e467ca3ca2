"""A flow picture: on the left who has, in the middle what, on the right who lacks it.

A band's width counts entries, or, where all is of one commodity and one measure, the amount.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from markupsafe import Markup

from explorer.exchange.strands import Strand, Strands
from explorer.pictures.marks import cut, frame, text
from explorer.pictures.palette import CATEGORY_COLOURS

WIDTH: Final = 1000.0
_LEFT, _MIDDLE, _RIGHT = 310.0, 494.0, 678.0  # px, where the bars of the three columns stand
_BAR: Final = 12.0
_HEAD: Final = 44.0
_ROW: Final = 22.0  # px, because two labels that stand nearer touch
_GAP: Final = 8.0
_ENTRY: Final = 9.0  # px of one entry
_TALLEST: Final = 320.0  # px of all amounts of a side together
_THINNEST: Final = 1.5  # px, because a thinner band is not seen
_LETTERS: Final = 38
_GOODS: Final = "#C9C0B2"  # because the name of a commodity stands on its bar
COLOURS: Final = {"offer": CATEGORY_COLOURS["ksdpl"], "need": CATEGORY_COLOURS["sinergi"]}


class Labels(NamedTuple):
    """What the picture writes: headings, a name for each id, and where each leads."""

    offers: str
    goods: str
    needs: str
    name: Callable[[str], str]
    good: Callable[[str], str]
    party_url: Callable[[str], str]
    good_url: Callable[[str], str]
    hint: Callable[[Strand, bool], str]
    """a band in words; the second says whether it is a need"""
    tail: Callable[[Sequence[Strand]], str]
    """what follows a party's name: how much it has or lacks"""


@dataclass
class _Bar:
    """A party or a commodity: where its bar begins and how tall it is, px."""

    y: float
    height: float
    taken: dict[bool, float]
    """px of it that bands of offers, and of needs, begin or end at"""


def flow_svg(found: Strands, title: str, labels: Labels) -> tuple[Markup, tuple[float, float]]:
    """The picture and its size (px). Nothing is left out; there is at least one band.

    Commodities with more entries come first; parties stand near what they have or lack.
    """
    scale = _scale(found)
    goods = _goods(found)
    at = {good: number for number, good in enumerate(goods)}
    sides = [_by_party(side, at, labels) for side in (found.offers, found.needs)]
    middle = {
        good: max(_sum(found.offers, good, scale), _sum(found.needs, good, scale)) for good in goods
    }
    columns = [
        {party: sum(map(scale, own)) for party, own in sides[0].items()},
        middle,
        {party: sum(map(scale, own)) for party, own in sides[1].items()},
    ]
    height = _HEAD + max(_tall(column) for column in columns) + _GAP
    bars = [_placed(column, height) for column in columns]
    bands = [
        *_bands(sides[0], bars[0], bars[1], scale, labels, is_need=False),
        *_bands(sides[1], bars[2], bars[1], scale, labels, is_need=True),
    ]
    heads = [
        text(_LEFT + _BAR, 20, "end", labels.offers, "strong", 15),
        text(_MIDDLE + _BAR / 2, 20, "middle", labels.goods, "strong", 15),
        text(_RIGHT, 20, "start", labels.needs, "strong", 15),
    ]
    parts = [*bands, *heads, *_parties(sides[0], bars[0], labels, _LEFT, "end")]
    parts += _parties(sides[1], bars[2], labels, _RIGHT, "start")
    parts += _named(bars[1], labels)
    return frame((0, 0, WIDTH, height), title, parts), (WIDTH, height)


def _scale(found: Strands) -> Callable[[Strand], float]:
    """How wide the band of a strand is, px."""
    if found.unit is None:
        return lambda one: _ENTRY * one.entries
    largest = max(sum(one.amount or 0.0 for one in side) for side in (found.offers, found.needs))
    unit = _TALLEST / (largest or 1.0)
    return lambda one: max(_THINNEST, unit * (one.amount or 0.0))


def _goods(found: Strands) -> list[str]:
    """The commodities, those with more entries first, then by id."""
    entries: dict[str, int] = {}
    for one in (*found.offers, *found.needs):
        entries[one.commodity] = entries.get(one.commodity, 0) + one.entries
    return sorted(entries, key=lambda good: (-entries[good], good))


def _by_party(
    side: Sequence[Strand], at: Mapping[str, int], labels: Labels
) -> dict[str, list[Strand]]:
    """Each party's strands, from the top; parties by the middle of what they have, then by name."""
    found: dict[str, list[Strand]] = {}
    for one in sorted(side, key=lambda one: at[one.commodity]):
        found.setdefault(one.party, []).append(one)

    def height(party: str) -> tuple[float, str, str]:
        own = found[party]
        middle = sum(at[one.commodity] for one in own) / len(own)
        return middle, labels.name(party), party

    return {party: found[party] for party in sorted(found, key=height)}


def _sum(side: Iterable[Strand], good: str, scale: Callable[[Strand], float]) -> float:
    return sum(scale(one) for one in side if one.commodity == good)


def _tall(column: Mapping[str, float]) -> float:
    return sum(max(height, _ROW) + _GAP for height in column.values())


def _placed(column: Mapping[str, float], height: float) -> dict[str, _Bar]:
    """Bars from the top, the whole column in the middle of the picture's height."""
    y = _HEAD + (height - _GAP - _HEAD - _tall(column)) / 2
    bars = {}
    for id, tall in column.items():
        room = max(tall, _ROW)
        bars[id] = _Bar(y + (room - tall) / 2, tall, {False: 0.0, True: 0.0})
        y += room + _GAP
    return bars


def _bands(
    side: Mapping[str, Sequence[Strand]],
    parties: Mapping[str, _Bar],
    goods: Mapping[str, _Bar],
    scale: Callable[[Strand], float],
    labels: Labels,
    *,
    is_need: bool,
) -> list[Markup]:
    """From each party to each of its commodities; on the right the other way round."""
    totals = {
        good: sum(scale(one) for own in side.values() for one in own if one.commodity == good)
        for good in goods
    }
    drawn = []
    for party, own in side.items():
        for one in own:
            bar, good = parties[party], goods[one.commodity]
            wide = scale(one)
            start = bar.y + bar.taken[is_need]
            end = good.y + (good.height - totals[one.commodity]) / 2 + good.taken[is_need]
            bar.taken[is_need] += wide
            good.taken[is_need] += wide
            drawn.append(_band(start, end, wide, labels.hint(one, is_need), is_need=is_need))
    return drawn


def _band(party: float, good: float, wide: float, hint: str, *, is_need: bool) -> Markup:
    x1, x2 = (_RIGHT, _MIDDLE + _BAR) if is_need else (_LEFT + _BAR, _MIDDLE)
    half, kind = (x1 + x2) / 2, "need" if is_need else "offer"
    return Markup(
        '<path class="flow flow-{}" fill="{}" fill-opacity="0.45" d="M{:.1f} {:.1f}C{:.1f} {:.1f}'
        " {:.1f} {:.1f} {:.1f} {:.1f}V{:.1f}C{:.1f} {:.1f} {:.1f} {:.1f} {:.1f} {:.1f}Z"
        '"><title>{}</title></path>'
    ).format(
        kind, COLOURS[kind], x1, party, half, party, half, good, x2, good, good + wide, half,
        good + wide, half, party + wide, x1, party + wide, hint,
    )  # fmt: skip


def _parties(
    side: Mapping[str, Sequence[Strand]], bars: Mapping[str, _Bar], labels: Labels, x: float,
    anchor: str,
) -> list[Markup]:  # fmt: skip
    kind = "offer" if anchor == "end" else "need"
    spot = x - 8 if anchor == "end" else x + _BAR + 8
    drawn = []
    for party, own in side.items():
        bar, tail = bars[party], labels.tail(own)
        words = cut(labels.name(party), _LETTERS - len(tail)) + tail
        label = text(spot, bar.y + bar.height / 2 + 4, anchor, words)
        drawn.append(
            Markup('<a href="{}"><title>{}</title>{}{}</a>').format(
                labels.party_url(party), labels.name(party) + tail,
                _rect(x, bar, f"flow-{kind}", COLOURS[kind]), label,
            )
        )  # fmt: skip
    return drawn


def _named(bars: Mapping[str, _Bar], labels: Labels) -> list[Markup]:
    """The commodities, each with its name on its bar."""
    drawn = []
    for good, bar in bars.items():
        middle = bar.y + bar.height / 2 + 4
        words = text(_MIDDLE + _BAR / 2, middle, "middle", cut(labels.good(good), 22), "strong", 14)
        rect = _rect(_MIDDLE, bar, "flow-good", _GOODS)
        drawn.append(Markup('<a href="{}">{}{}</a>').format(labels.good_url(good), rect, words))
    return drawn


def _rect(x: float, bar: _Bar, kind: str, fill: str) -> Markup:
    return Markup(
        '<rect class="{}" x="{:.1f}" y="{:.1f}" width="{:.0f}" height="{:.1f}" fill="{}"/>'
    ).format(kind, x, bar.y, _BAR, max(bar.height, _THINNEST), fill)
