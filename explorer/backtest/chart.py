"""The figures of a backtest as bars, with the interval of each: SVG that stands alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from markupsafe import Markup

from explorer.i18n import number, say
from explorer.pictures.marks import frame, ground, text, wrapped
from explorer.pictures.palette import ACCENT, INK, QUIET
from graph_loader import Language

OWN: Final = "simpul"
BESIDE: Final = ("random", "preferential-attachment", "adamic-adar", "plain-fusion", OWN)
"""What a reader compares: chance, the obvious, the well-known, the same without learning."""
_ROW, _LEFT, _BAR, _TOP, _WIDTH = 52, 16, 330, 72, 440


def bars(rankings: Mapping[str, Mapping[str, Any]], n: int, lang: Language) -> Markup:
    """How many of 100 hidden partnerships each ranking put among the first ten."""
    rows = [(name, rankings[name]) for name in BESIDE if name in rankings]
    most = max((row["hits@10_interval"][1] or 0.0 for _, row in rows), default=0.0) or 1.0
    height = _TOP + _ROW * len(rows) + 16
    parts = [ground(0, 0, _WIDTH, height)]
    title = say(lang, "backtest.chart", n=n)
    for line, words in enumerate(wrapped(title, 52, 2)):
        parts.append(text(_LEFT, 28 + 20 * line, "start", words, "strong"))
    for line, (name, row) in enumerate(rows):
        parts += _bar(_TOP + _ROW * line, name, row, most, lang)
    return frame((0, 0, _WIDTH, height), title, parts)


def _bar(
    top: float, name: str, row: Mapping[str, Any], most: float, lang: Language
) -> list[Markup]:
    hits, (low, high) = row["hits@10"] or 0.0, row["hits@10_interval"]
    middle, paint = top + 24, ACCENT if name == OWN else QUIET
    kind = "strong" if name == OWN else "label"
    words = text(_LEFT, top + 8, "start", say(lang, f"backtest.name.{name}"), kind)
    bar = Markup('<rect x="{}" y="{:.1f}" width="{:.1f}" height="16" rx="3" fill="{}"/>').format(
        _LEFT, middle - 8, max(_BAR * hits / most, 1.0), paint
    )
    parts = [words, bar]
    if low is not None:
        parts.append(_span(middle, _BAR * low / most, _BAR * high / most))
    end = _LEFT + _BAR * max(hits, high or 0.0) / most
    return [*parts, text(end + 12, middle + 5, "start", number(lang, round(100 * hits, 1)))]


def _span(middle: float, low: float, high: float) -> Markup:
    """The interval that the figure has, as a thin line over its bar's end."""
    return Markup(
        '<path d="M{0:.1f} {2:.1f}H{1:.1f}M{0:.1f} {3:.1f}V{4:.1f}M{1:.1f} {3:.1f}V{4:.1f}"'
        ' stroke="{5}" stroke-width="1.5" fill="none"/>'
    ).format(_LEFT + low, _LEFT + high, middle, middle - 5, middle + 5, INK)
