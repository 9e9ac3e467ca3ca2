"""A picture as a sheet that stands alone: title, picture, legend, and what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from markupsafe import Markup

from explorer.pictures.marks import FONT, frame, mark, stroke, swatch, text, wrapped
from explorer.pictures.palette import PAPER
from explorer.pictures.picture import Item, Picture

_MARGIN, _TITLE, _LINE, _ROW = 28.0, 24.0, 20.0, 26.0  # px
_LETTER: Final = 7.4  # px of a letter of 13 px, and rather too much
_SIGN: Final = 40.0  # px that a sign of the legend takes, with its gap


def sheet(picture: Picture, as_of: str) -> Markup:
    """A whole SVG file; `as_of` says last what the picture rests on, and as of when.

    Nothing is cut: title and notes take as many lines as they need.
    """
    return laid_out(picture, as_of)[0]


def laid_out(picture: Picture, as_of: str) -> tuple[Markup, tuple[float, float]]:
    """The same, and its width and height in px."""
    size = picture.size
    width = size[0] + 2 * _MARGIN
    heads = wrapped(picture.title, int(size[0] / 13), 4)
    rows = _legend_rows(picture.legend, size[0]) if picture.legend else []
    notes = [*picture.notes, as_of]
    feet = [line for note in notes for line in wrapped(note, int(size[0] / _LETTER), 6)]
    y = _MARGIN + _TITLE
    parts = []
    for line in heads:
        parts.append(text(_MARGIN, y, "start", line, "strong", 22))
        y += _TITLE * 1.2
    placed = Markup('<g transform="translate({:.1f} {:.1f})">{}</g>')
    parts.append(placed.format(_MARGIN, y - 8, picture.svg))
    y += size[1] + _ROW
    for row in rows:
        parts += _legend_row(row, y)
        y += _ROW
    for line in feet:
        parts.append(text(_MARGIN, y + 6, "start", line, "quiet", 13))
        y += _LINE
    height = y + _MARGIN
    drawn = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" font-family="{}" viewBox="0 0 {:.0f} {:.0f}"'
        ' width="{:.0f}" height="{:.0f}"><title>{}</title>'
        '<rect width="100%" height="100%" fill="{}"/>{}</svg>'
    ).format(FONT, width, height, width, height, picture.title, PAPER, Markup().join(parts))
    return drawn, (width, height)


def legended(picture: Picture) -> Picture:
    """The picture with its legend below it, and nothing else that a sheet has."""
    width, height = picture.size
    rows = _legend_rows(picture.legend, width - 2 * _MARGIN)
    parts = [picture.svg]
    for n, row in enumerate(rows):
        parts += _legend_row(row, height + _ROW * (n + 0.7))
    size = (width, height + _ROW * (len(rows) + 0.4))
    return replace(picture, svg=frame((0, 0, *size), picture.title, parts), size=size)


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
        elif kind == "class":
            parts.append(swatch(int(which), left + 4, y - 8))
        else:
            category, status = (which, "active") if kind == "category" else ("none", which)
            parts.append(stroke((left, y), (left + 30, y), category, status, 4, 1))
        parts.append(text(left + _SIGN - 2, y + 4, "start", words))
    return parts
