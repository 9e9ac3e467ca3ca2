"""A timeline: agreements as bars from signing to end, each drawn only as far as it is known.

Bars hold numbers and this project's own words alone, and are written without being escaped; what
people wrote is a label, and goes through `text`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from markupsafe import Markup

from explorer.pictures.marks import cut, frame, mark, text
from explorer.pictures.palette import ACCENT, CATEGORY_COLOURS, LINE, PAPER
from graph_loader import Status

SIGNS: Final = {
    "ksdpl": "foreign", "ksdll": "foreign", "ksdpk": "third", "sinergi": "third",
    "ksdd": "region", "none": "quiet",
}  # fmt: skip
"""The sign of whom an agreement is with, by its category."""
_STEPS: Final = (1, 2, 5, 10, 20, 50)  # years between two marks of the axis
_FADING: Final = (0.34, 0.22, 0.11)  # how an end that nobody knows runs out
_FADE: Final = 9.0  # px of each of those steps
_LEAST: Final = 5.0  # px, because a shorter bar is not seen
_READABLE: Final = 14  # letters of a document's name, because fewer say nothing
_PAST: Final = frozenset({Status.LAPSED, Status.ENDED})
_TALK: Final = frozenset({Status.EXPLORATION, Status.UNKNOWN})


class Bar(NamedTuple):
    """One agreement; days are proleptic ordinals, 0 where unknown.

    `label` says with whom it is, `document` what it is, `words` how it stands and `brief` the same
    where its group has told the rest. `first` and `last` are the earliest and the latest day that
    its signing can mean, `sure` is the last day at which a source speaks of it.
    """

    url: str
    label: str
    document: str
    words: str
    brief: str
    hint: str
    category: str
    status: Status
    first: int
    last: int
    end: int
    sure: int


class Group(NamedTuple):
    """Bars under one heading."""

    heading: str
    bars: Sequence[Bar]


@dataclass(frozen=True, slots=True)
class Plan:
    """How a timeline is laid out, px; on a narrow one the words stand above the bar."""

    width: float
    left: float
    right: float
    row: float
    letters: int
    marks: int
    """how many years may be written on the axis"""
    is_narrow: bool = False


WIDE: Final = Plan(1080, 356, 876, 27, 46, 9)
NARROW: Final = Plan(350, 8, 342, 43, 44, 5, is_narrow=True)
_TOP: Final = 40.0  # px of the axis
_HEAD: Final = 32.0  # px of a heading


@dataclass(frozen=True, slots=True)
class Axis:
    """Which days a timeline covers, and where each of them stands."""

    plan: Plan
    first: int
    last: int

    def at(self, day: int) -> float:
        """The place of a day, px from the left."""
        plan = self.plan
        share = (day - self.first) / (self.last - self.first)
        return plan.left + min(max(share, 0.0), 1.0) * (plan.right - plan.left)

    def years(self) -> list[int]:
        """The years that are written, far enough apart to be read."""
        since, until = (date.fromordinal(day).year for day in (self.first, self.last))
        step = next((s for s in _STEPS if (until - since) / s < self.plan.marks), _STEPS[-1])
        first = -(-since // step) * step
        return [year for year in range(first, until + 1, step)
                if self.first <= date(year, 1, 1).toordinal() <= self.last]  # fmt: skip


def timeline_svg(
    groups: Sequence[Group], reach: tuple[int, int], today: date, words: str, title: str,
    plan: Plan = WIDE,
) -> Markup:  # fmt: skip
    """Groups of bars under one axis; `reach` is its first and last day, `words` say "today"."""
    axis = Axis(plan, *reach)
    height = height_of(groups, plan)
    parts = [*_ticks(axis, height), *_today(axis, today.toordinal(), height, words)]
    y = _TOP
    for heading, bars in groups:
        parts.append(text(0, y + 20, "start", heading, "ground", 15))
        y += _HEAD
        for bar in bars:
            parts.append(_row(bar, axis, y, today.toordinal()))
            y += plan.row
    return frame((0, 0, plan.width, height), title, parts)


def height_of(groups: Sequence[Group], plan: Plan = WIDE) -> float:
    """How high a timeline of these groups is, px."""
    return _TOP + sum(_HEAD + plan.row * len(bars) for _, bars in groups) + 8


def _today(axis: Axis, day: int, height: float, words: str) -> Iterator[Markup]:
    x = axis.at(day)
    yield _upright("today", x, 22, height, ACCENT, 1.6)
    yield text(x - 5, 33, "end", words, "strong", 12)


def _ticks(axis: Axis, height: float) -> Iterator[Markup]:
    for year in axis.years():
        x = axis.at(date(year, 1, 1).toordinal())
        yield _upright("grid", x, 20, height, LINE, 1)
        anchor = "start" if x < 16 else "end" if x > axis.plan.width - 16 else "middle"
        yield text(x, 14, anchor, str(year), "quiet", 12)


def _upright(kind: str, x: float, y: float, height: float, colour: str, wide: float) -> Markup:
    return Markup(
        f'<line class="{kind}" x1="{x:.1f}" y1="{y:.1f}" x2="{x:.1f}" y2="{height - 4:.1f}"'
        f' stroke="{colour}" stroke-width="{wide}"/>'
    )


def _row(bar: Bar, axis: Axis, y: float, today: int) -> Markup:
    """A row that is a link as a whole: sign, words, bar."""
    plan = axis.plan
    sign = mark(SIGNS[bar.category], 10, y + plan.row * (0.3 if plan.is_narrow else 0.5), 5.5)
    if plan.is_narrow:
        words = text(22, y + 18, "start", cut(bar.label, plan.letters - len(bar.brief)))
        words += text(plan.right, y + 18, "end", bar.brief, "quiet", 12)
        middle = y + 32
    else:
        middle = y + plan.row / 2
        words = text(22, middle + 5, "start", cut(_label(bar, plan.letters), plan.letters))
        words += text(plan.right + 12, middle + 4, "start", bar.words, "quiet", 12)
    drawn = _ground(plan, y) + sign + words + Markup().join(_bar(bar, axis, middle, today))
    drawn = Markup("<title>{}</title>{}").format(bar.hint, drawn)
    shape = '<a href="{}">{}</a>' if bar.url else "{}<g>{}</g>"
    return Markup(shape).format(bar.url, drawn)


def _ground(plan: Plan, y: float) -> Markup:
    """So that a row can be touched anywhere, and not on its words and its bar alone."""
    return Markup(
        f'<rect class="touch" x="0" y="{y:.1f}" width="{plan.width:.0f}" height="{plan.row:.0f}"'
        f' fill="{PAPER}" fill-opacity="0"/>'
    )


def _label(bar: Bar, letters: int) -> str:
    """With whom, and by what document where enough of its name would be read."""
    if len(bar.label) + _READABLE > letters:
        return bar.label
    return f"{bar.label} · {bar.document}" if bar.label else bar.document


def _bar(bar: Bar, axis: Axis, y: float, today: int) -> Iterator[Markup]:
    if not bar.first:
        yield from _unbegun(bar, axis, y)
        return
    early, late = axis.at(bar.first), axis.at(bar.last)
    if late - early > 1.5:  # known to the year only: somewhere on this line
        yield _thread(early, late, y, bar.category)
    if bar.status in _TALK:
        yield _ring((early + late) / 2, y, bar.category)
        return
    if bar.end:
        yield _rect(late, max(axis.at(bar.end), late + _LEAST), y, bar.category, _kind(bar))
        return
    known = max(axis.at(max(bar.sure, bar.last)), late + _LEAST)
    yield _rect(late, known, y, bar.category, _kind(bar))
    if bar.status not in _PAST:
        known = max(known, axis.at(today))
        yield _rect(late, known, y, bar.category, "pale")
    yield from _faded(known, 1, y, bar.category)


def _unbegun(bar: Bar, axis: Axis, y: float) -> Iterator[Markup]:
    """Its end is known, when it began is not."""
    end = axis.at(bar.end)
    begin = max(end - 30, axis.plan.left + len(_FADING) * _FADE)
    yield from _faded(begin, -1, y, bar.category)
    yield _rect(begin, max(end, begin + _LEAST), y, bar.category, _kind(bar))


def _kind(bar: Bar) -> str:
    return "past" if bar.status in _PAST else "running"


def _faded(x: float, way: int, y: float, category: str) -> Iterator[Markup]:
    for n, opacity in enumerate(_FADING):
        ends = sorted((x + way * _FADE * n, x + way * _FADE * (n + 1)))
        yield _rect(ends[0], ends[1], y, category, "faded", opacity)


_HOW: Final = {
    "running": 'fill-opacity="0.9"',
    "past": 'fill-opacity="0.16" stroke-width="1.4" stroke-dasharray="4 3"',
    "pale": 'fill-opacity="0.42"',
}


def _rect(x: float, end: float, y: float, category: str, kind: str, opacity: float = 0.0) -> Markup:
    colour = CATEGORY_COLOURS[category]
    how = _HOW.get(kind) or f'fill-opacity="{opacity}"'
    line = f' stroke="{colour}"' if kind == "past" else ""
    return Markup(
        f'<rect class="bar bar-{category} {kind}" x="{x:.1f}" y="{y - 5:.1f}"'
        f' width="{max(end - x, 0.5):.1f}" height="10" fill="{colour}"{line} {how}/>'
    )


def _thread(x: float, end: float, y: float, category: str) -> Markup:
    return Markup(
        f'<line class="tie-{category}" x1="{x:.1f}" y1="{y:.1f}" x2="{end:.1f}" y2="{y:.1f}"'
        f' stroke="{CATEGORY_COLOURS[category]}" stroke-width="2" stroke-dasharray="2 2"/>'
    )


def _ring(x: float, y: float, category: str) -> Markup:
    return Markup(
        f'<circle class="talk tie-{category}" cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{PAPER}"'
        f' stroke="{CATEGORY_COLOURS[category]}" stroke-width="2" stroke-dasharray="2 2"/>'
    )
