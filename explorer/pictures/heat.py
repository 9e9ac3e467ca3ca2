"""A heat map as a picture: regions in rows, SDG topics in columns, a number or a sign in each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from markupsafe import Markup

from explorer.pictures.marks import cut, frame, text, wrapped
from explorer.pictures.palette import ACCENT, GROUND, INK, PAPER, QUIET

_NAMES: Final = 190.0  # px for the names of regions
_CELL: Final = 46.0
_ROW: Final = 26.0
_LEAST: Final = 720.0  # px, because a legend needs that much
_LINE: Final = 14.0
_LETTER: Final = 6.6  # px of a letter of 12 px, and rather too much
_LONGEST: Final = 27  # letters of each of the two lines of a heading that stands on end
SHADES: Final = ("#D5E5E2", "#B9D4D0", "#97BFBA", ACCENT)
"""From one agreement to many; the last is dark, and its number light."""
WARN: Final = "#8A4B08"
SDG: Final = (
    "#e5243b", "#dda63a", "#4c9f38", "#c5192d", "#ff3a21", "#26bde2", "#fcc30b", "#a21942",
    "#fd6925", "#dd1367", "#fd9d24", "#bf8b2e", "#3f7e44", "#0a97d9", "#56c02b", "#00689d",
    "#19486a",
)  # fmt: skip
"""The official colours of the 17 goals."""


class Head(NamedTuple):
    """A column: its topic, the goal whose colour it has (1 to 17), its name if that is written."""

    id: str
    goal: int
    name: str


class Cell(NamedTuple):
    """What a cell shows; `shade` is 1 to 4 for a number, 0 for the sign of a gap."""

    words: str
    grade: str
    shade: int


class Row(NamedTuple):
    """A region with its cells, and what stands behind them: how many topics it works on."""

    name: str
    cells: Sequence[Cell]
    total: str


class Key(NamedTuple):
    """A line of the legend."""

    cell: Cell
    words: str


def heat_svg(
    heads: Sequence[Head], rows: Sequence[Row], legend: Sequence[Key], title: str
) -> tuple[Markup, tuple[float, float]]:
    """The picture and its size (px). The first row is set apart: the province."""
    lines = [line for head in heads for line in wrapped(head.name, _LONGEST, 2)]
    top = 40.0 + max(map(len, lines), default=0) * _LETTER
    width = max(_LEAST, _NAMES + _CELL * len(heads) + 2 * _CELL)
    parts = [_head(head, _NAMES + _CELL * (n + 0.5), top) for n, head in enumerate(heads)]
    y = top + 8
    for n, row in enumerate(rows):
        parts += _row(row, y, strong=n == 0)
        y += _ROW + (6 if n == 0 else 0)
    y += 16
    for key in legend:
        parts.append(_cell(key.cell, 0, y))
        parts.append(text(_CELL + 8, y + 16, "start", key.words))
        y += _ROW
    return frame((0, 0, width, y), title, parts), (width, y)


def _head(head: Head, x: float, bottom: float) -> Markup:
    number = text(x, bottom - 12, "middle", head.id, "strong", 13)
    strip = Markup('<rect x="{:.1f}" y="{:.1f}" width="{:.0f}" height="5" fill="{}"/>').format(
        x - _CELL / 2 + 2, bottom - 6, _CELL - 4, SDG[head.goal - 1]
    )
    if not head.name:
        return number + strip
    standing = Markup(
        '<text class="label" font-size="12" font-weight="500" fill="{}"'
        ' transform="translate({:.1f} {:.1f}) rotate(-90)">{}</text>'
    )
    lines = wrapped(head.name, _LONGEST, 2)
    first = x + 4 - _LINE * (len(lines) - 1) / 2
    drawn = [
        standing.format(INK, first + _LINE * n, bottom - 30, line) for n, line in enumerate(lines)
    ]
    return number + strip + Markup().join(drawn)


def _row(row: Row, y: float, *, strong: bool) -> list[Markup]:
    kind = "strong" if strong else "label"
    cells = [_cell(cell, _NAMES + _CELL * n, y) for n, cell in enumerate(row.cells)]
    last = _NAMES + _CELL * len(row.cells) + 10
    return [
        text(_NAMES - 10, y + 16, "end", cut(row.name, 24), kind),
        *cells,
        text(last, y + 16, "start", row.total, "quiet", 12),
    ]


def _cell(cell: Cell, x: float, y: float) -> Markup:
    """A number on its shade, or a sign: never colour alone."""
    fill = SHADES[cell.shade - 1] if cell.shade else GROUND if cell.grade == "nobody" else PAPER
    line = WARN if cell.grade == "needed" else fill
    ink = PAPER if cell.shade == len(SHADES) else WARN if cell.grade == "needed" else QUIET
    ink = INK if 0 < cell.shade < len(SHADES) else ink
    return Markup(
        '<rect x="{:.1f}" y="{:.1f}" width="{:.0f}" height="{:.0f}" rx="4" fill="{}" stroke="{}"'
        ' stroke-width="1.5"/><text x="{:.1f}" y="{:.1f}" text-anchor="middle" font-size="12"'
        ' font-weight="600" fill="{}">{}</text>'
    ).format(
        x + 1.5, y + 1.5, _CELL - 3, _ROW - 4, fill, line, x + _CELL / 2, y + 16, ink, cell.words
    )  # fmt: skip
