"""The signs that every still picture is drawn with, as SVG that needs neither script nor styles.

Presentation attributes carry the light colours, so that a file stands alone; a page's style sheet
may overrule them by class. No style attributes: the policy of the pages forbids those. Every name
is escaped by Markup.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from markupsafe import Markup

from explorer.pictures.palette import (
    ACCENT,
    CATEGORY_COLOURS,
    CLASSES,
    DASHES,
    GROUND,
    INK,
    MARKS,
    PAPER,
    QUIET,
)

FONT = "Plus Jakarta Sans, Segoe UI, Noto Sans, sans-serif"


def frame(box: tuple[float, float, float, float], title: str, parts: Sequence[Markup]) -> Markup:
    """A whole picture; `box` is (left, top, width, height) in px, `title` says what it shows.

    With links in it, it is a group to a screen reader: what is one image has no parts.
    """
    role = "group" if any("<a " in part for part in parts) else "img"
    return Markup(
        '<svg class="picture" xmlns="http://www.w3.org/2000/svg" role="{}" font-family="{}"'
        ' viewBox="{:.0f} {:.0f} {:.0f} {:.0f}" width="{:.0f}" height="{:.0f}">'
        "<title>{}</title>{}</svg>"
    ).format(role, FONT, *box, box[2], box[3], title, Markup().join(parts))


def stroke(
    start: tuple[float, float], end: tuple[float, float], category: str, status: str,
    agreements: int, opacity: float = 0.75,
) -> Markup:  # fmt: skip
    """A tie: coloured by category, dashed by status, wider for more agreements."""
    dash = DASHES[status]
    dashes = " ".join(map(str, dash)) if isinstance(dash, list) else "none"
    return Markup(
        '<line class="tie tie-{}" x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}" stroke="{}"'
        ' stroke-width="{:.1f}" stroke-dasharray="{}" stroke-opacity="{}"/>'
    ).format(
        category, *start, *end, CATEGORY_COLOURS[category], width(agreements), dashes, opacity
    )  # fmt: skip


def width(agreements: int) -> float:
    """How wide a tie is, px: 2 for one agreement, 4 for nine."""
    return round(1 + math.sqrt(agreements), 1)


def mark(shape: str, x: float, y: float, size: float) -> Markup:
    """A party's sign: circle, ringed circle, diamond or square."""
    fill, line = MARKS[shape]
    paint = Markup('class="mark mark-{}" fill="{}" stroke="{}" stroke-width="2"').format(
        shape, fill, line
    )
    if shape in {"foreign", "country"}:
        size *= 1.15  # because a diamond looks smaller than a circle of its width
        corners = ((x, y - size), (x + size, y), (x, y + size), (x - size, y))
        points = " ".join(f"{px:.1f},{py:.1f}" for px, py in corners)
        return Markup('<polygon {} points="{}"/>').format(paint, points)
    if shape == "third":
        half = size * 0.85
        return Markup('<rect {} x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>').format(
            paint, x - half, y - half, 2 * half, 2 * half
        )
    circle = Markup('<circle {} cx="{:.1f}" cy="{:.1f}" r="{:.1f}"/>').format(paint, x, y, size)
    if shape != "province":
        return circle
    ring = Markup(
        '<circle class="ring" cx="{:.1f}" cy="{:.1f}" r="{:.1f}" fill="none" stroke="{}"'
        ' stroke-width="2"/>'
    )
    return ring.format(x, y, size + 4, MARKS["ring"][1]) + circle


def text(
    x: float, y: float, anchor: str, words: str, kind: str = "label", size: float = 13
) -> Markup:
    """One line of text; `kind` is label, strong or quiet."""
    weight = "700" if kind in {"strong", "ground"} else "500"
    fill = {"quiet": QUIET, "ground": QUIET, "strong": ACCENT}.get(kind, INK)
    return Markup(
        '<text class="{}" x="{:.1f}" y="{:.1f}" text-anchor="{}" font-size="{}" font-weight="{}"'
        ' fill="{}" stroke="{}" stroke-width="4" stroke-linejoin="round" paint-order="stroke">'
        "{}</text>"
    ).format(kind, x, y, anchor, size, weight, fill, PAPER, words)


def swatch(rank: int, x: float, y: float) -> Markup:
    """The colour of a class of numbers, from none (0) to most (4), as a legend shows it."""
    return Markup(
        '<rect class="class class-{}" x="{:.1f}" y="{:.1f}" width="24" height="16" rx="3"'
        ' fill="{}" stroke="{}"/>'
    ).format(rank, x, y, CLASSES[rank], QUIET)


def ground(x: float, y: float, width: float, height: float) -> Markup:
    """The ground behind a part of the picture."""
    return Markup(
        '<rect class="ground" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" rx="14"'
        ' fill="{}"/>'
    ).format(x, y, width, height, GROUND)


def cut(name: str, letters: int) -> str:
    """A name that is no longer than some letters; what was cut off is shown by a "…"."""
    return name if len(name) <= letters else name[: letters - 1].rstrip() + "…"


def wrapped(name: str, letters: int, lines: int = 3) -> list[str]:
    """A name in a few lines of some letters; the last line is cut where it must be.

    Example:
        >>> wrapped("Kalimantan Selatan", 13, 2), wrapped("Universitas Nahdlatul Ulama", 12, 2)
        (['Kalimantan', 'Selatan'], ['Universitas', 'Nahdlatul U…'])
    """
    found = [""]
    for word in name.split():
        if found[-1] and len(found[-1]) + 1 + len(word) > letters:
            found.append(word)
        else:
            found[-1] = f"{found[-1]} {word}".strip()
    if len(found) > lines:
        found = [*found[: lines - 1], " ".join(found[lines - 1 :])]
    return [cut(line, letters) for line in found]
