"""Agreements by year of signing, as small bars that lead to the agreements of one year."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from markupsafe import Markup

from explorer.pictures.palette import ACCENT

_WIDTH, _HEIGHT, _FOOT = 240.0, 56.0, 4.0
_LEAST: Final = 3.0  # px, because a bar of one agreement must be seen beside one of a hundred


def year_bars(
    counts: Mapping[int, int], chosen: range, href: Callable[[int], str],
    words: Callable[[int, int], str], title: str,
) -> Markup:  # fmt: skip
    """One bar for each year from the first to the last; those outside `chosen` are pale.

    `words` says a bar in full; `title` says the whole. Empty without any year.
    """
    if not counts:
        return Markup()
    first, last = min(counts), max(counts)
    step = _WIDTH / (last - first + 1)
    most = max(counts.values())
    bars = []
    for year in sorted(counts):
        high = _LEAST + (_HEIGHT - _LEAST) * counts[year] / most
        x = (year - first) * step
        bars.append(
            Markup(
                '<a href="{}"><title>{}</title><rect class="reach" x="{:.1f}" y="0" width="{:.1f}"'
                ' height="{}" fill="none" pointer-events="all"/><rect class="{}" x="{:.1f}"'
                ' y="{:.1f}" width="{:.1f}" height="{:.1f}" fill="{}"/></a>'
            ).format(
                href(year), words(year, counts[year]), x, step, _HEIGHT,
                "bar" if year in chosen else "bar out", x + step * 0.1, _HEIGHT - high,
                step * 0.8, high, ACCENT,
            )
        )  # fmt: skip
    return Markup(
        '<svg class="years" viewBox="0 0 {} {}" width="{}" height="{}" role="group"'
        ' aria-label="{}">{}</svg>'
    ).format(_WIDTH, _HEIGHT + _FOOT, _WIDTH, _HEIGHT + _FOOT, title, Markup().join(bars))
