"""How many agreements serve each goal: a bar for each, in force, in talks and over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from markupsafe import Markup

from explorer.pictures.marks import cut, frame, text
from explorer.pictures.palette import ACCENT, QUIET
from explorer.profile import GoalCount

WIDTH: Final = 1080.0  # px of a wide one
_WIDE: Final = (WIDTH, 30.0, 356.0, 690.0)  # width, row, where bars begin and end, px
_NARROW: Final = (350.0, 42.0, 26.0, 342.0)
_LETTERS: Final = (43, 45)  # of a goal's name on a wide picture; on a narrow one of all words
_THICK: Final = 12.0


class GoalBar(NamedTuple):
    """A goal: its counts, name and official colour, the counts in words, and where it leads."""

    tally: GoalCount
    name: str
    colour: str
    words: str
    brief: str
    """all of them as one count, for a telephone"""
    url: str


def profile_svg(bars: Sequence[GoalBar], title: str, *, is_narrow: bool = False) -> Markup:
    """All goals, one below the other; those that no agreement serves have no bar and say so."""
    width, row, left, right = _NARROW if is_narrow else _WIDE
    most = max((bar.tally.total for bar in bars), default=1) or 1
    scale = (right - left) / most
    parts, y = [], 6.0
    for bar in bars:
        parts.append(_row(bar, y, left, right, scale, is_narrow=is_narrow))
        y += row if bar.tally.total or not is_narrow else 26.0
    return frame((0, 0, width, y + 4), title, parts)


def height_of(bars: Sequence[GoalBar]) -> float:
    """How high a wide profile is, px."""
    return _WIDE[1] * len(bars) + 10


def _row(
    bar: GoalBar, y: float, left: float, right: float, scale: float, *, is_narrow: bool
) -> Markup:
    middle = y + (12 if is_narrow else _WIDE[1] / 2)
    words = bar.brief if is_narrow else bar.words
    letters = _LETTERS[is_narrow] - (len(words) if is_narrow else 0)
    name = cut(f"{bar.tally.goal}. {bar.name}", letters)
    parts = [_tile(bar.colour, middle), text(26, middle + 5, "start", name)]
    end = left + bar.tally.total * scale
    if not bar.tally.total:
        x, anchor = (right, "end") if is_narrow else (left, "start")
        parts.append(text(x, middle + 5, anchor, words, "quiet", 12))
    elif is_narrow:
        parts.append(text(right, middle + 5, "end", words, "quiet", 12))
        parts += _stack(bar.tally, left, middle + 12, scale)
    else:
        parts += _stack(bar.tally, left, middle - _THICK / 2, scale)
        parts.append(text(end + 12, middle + 5, "start", words, "quiet", 12))
    drawn = Markup().join(parts)
    shape = '<a href="{}">{}</a>' if bar.url else "{}<g>{}</g>"
    return Markup(shape).format(bar.url, drawn)


def _tile(colour: str, middle: float) -> Markup:
    """The official colour as a mark beside dark words."""
    return Markup(
        '<rect x="4" y="{:.1f}" width="12" height="16" rx="3" fill="{}"/>'
    ).format(middle - 8, colour)  # fmt: skip


def _stack(count: GoalCount, x: float, y: float, scale: float) -> Iterator[Markup]:
    kinds = (
        ("count-in-force", count.in_force, f'fill="{ACCENT}"'),
        ("count-talks", count.talks, f'fill="none" stroke="{QUIET}" stroke-width="1.5"'
                                     ' stroke-dasharray="2 2"'),
        ("count-past", count.past, f'fill="{QUIET}" fill-opacity="0.18" stroke="{QUIET}"'
                                   ' stroke-width="1.3" stroke-dasharray="5 3"'),
    )  # fmt: skip
    for kind, n, paint in kinds:
        if n:
            yield Markup(
                '<rect class="{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{}" {}/>'
            ).format(kind, x + 1, y, max(n * scale - 2, 2), _THICK, Markup(paint))
            x += n * scale
