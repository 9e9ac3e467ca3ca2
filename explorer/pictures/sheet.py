"""A picture as a sheet that stands alone: title, picture, legend, and what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from explorer.i18n import say
from explorer.pictures.marks import FONT, mark, stroke, text, wrapped
from explorer.pictures.palette import PAPER
from graph_loader import Language

_MARGIN, _TITLE, _LINE, _ROW = 28.0, 24.0, 20.0, 26.0  # px
_LETTER: Final = 7.4  # px of a letter of 13 px, and rather too much
_SIGN: Final = 40.0  # px that a sign of the legend takes, with its gap
_SHAPES: Final = ("region", "province", "foreign", "third")
_CATEGORIES: Final = ("ksdd", "ksdpk", "ksdpl", "ksdll", "sinergi")
_STATUSES: Final = ("lapsed", "exploration")

Item = tuple[str, str, str]
"""what it is (shape, category or status), which one, and its words"""


def sheet(
    picture: Markup, size: tuple[float, float], title: str, notes: Sequence[str], lang: Language
) -> Markup:
    """A whole SVG file; `size` is that of the picture in px, `notes` stand below the legend.

    Nothing is cut: title and notes take as many lines as they need.
    """
    width = size[0] + 2 * _MARGIN
    heads = wrapped(title, int(size[0] / 13), 4)
    rows = _legend_rows(_legend(lang), size[0])
    feet = [line for note in notes for line in wrapped(note, int(size[0] / _LETTER), 6)]
    y = _MARGIN + _TITLE
    parts = []
    for line in heads:
        parts.append(text(_MARGIN, y, "start", line, "strong", 22))
        y += _TITLE * 1.2
    placed = Markup('<g transform="translate({:.1f} {:.1f})">{}</g>')
    parts.append(placed.format(_MARGIN, y - 8, picture))
    y += size[1] + _ROW
    for row in rows:
        parts += _legend_row(row, y)
        y += _ROW
    for line in feet:
        parts.append(text(_MARGIN, y + 6, "start", line, "quiet", 13))
        y += _LINE
    height = y + _MARGIN
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" font-family="{}" viewBox="0 0 {:.0f} {:.0f}"'
        ' width="{:.0f}" height="{:.0f}"><title>{}</title>'
        '<rect width="100%" height="100%" fill="{}"/>{}</svg>'
    ).format(FONT, width, height, width, height, title, PAPER, Markup().join(parts))


def _legend(lang: Language) -> list[Item]:
    return [
        *(("shape", one, say(lang, f"legend.{one}")) for one in _SHAPES),
        *(("category", one, say(lang, f"category.{one}")) for one in _CATEGORIES),
        *(("status", one, say(lang, f"status.{one}")) for one in _STATUSES),
    ]


def _legend_rows(items: Sequence[Item], width: float) -> list[list[tuple[float, Item]]]:
    """The items with their x, in as many rows as the width asks for."""
    rows: list[list[tuple[float, Item]]] = [[]]
    x = 0.0
    for item in items:
        wide = _SIGN + len(item[2]) * _LETTER + 16
        if x and x + wide > width:
            rows.append([])
            x = 0.0
        rows[-1].append((x, item))
        x += wide
    return rows


def _legend_row(row: Sequence[tuple[float, Item]], y: float) -> list[Markup]:
    parts = []
    for x, (kind, which, words) in row:
        left = _MARGIN + x
        if kind == "shape":
            parts.append(mark(which, left + 15, y, 7))
        else:
            category, status = (which, "active") if kind == "category" else ("none", which)
            parts.append(stroke((left, y), (left + 30, y), category, status, 4, 1))
        parts.append(text(left + _SIGN - 2, y + 4, "start", words))
    return parts
