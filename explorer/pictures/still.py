"""The network's picture standing still: for print, for files, and where no script runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from markupsafe import Markup

from explorer.i18n import say
from explorer.pictures.marks import frame, ground, mark, stroke, text
from explorer.pictures.points import Line, Point, Scene, size_of
from graph_loader import Language

_MARGIN: Final = 20.0
_CLEAR: Final = 78.0  # px around the home province's point that no quiet name may fill
_KINDS: Final = {"hub": ("strong", 20), "quiet": ("quiet", 13), "point": ("label", 16)}


def network_svg(scene: Scene, urls: Mapping[str, str], lang: Language) -> Markup:
    """The picture of a scene; a point in `urls` leads there.

    Example: the same scene gives the same bytes.
    """
    spot = {point.id: (point.x, point.y) for point in scene.points}
    parts = [ground(f.x, f.y, f.width, f.height) for f in scene.frames]
    parts += [_tie(spot[line.a], spot[line.b], line) for line in scene.lines]
    parts += [text(f.x + 12, f.y + 20, "start", f.title, "ground", 15) for f in scene.frames]
    hubs = [point for point in scene.points if point.hub]
    for point in sorted(scene.points, key=lambda point: point.shape != "quiet"):
        nameless = point.shape == "quiet" and any(_close(point, hub) for hub in hubs)
        drawn = replace(point, label="") if nameless else point
        parts.append(_point(drawn, urls.get(point.id, "")))
    title = say(lang, "network.picture", parties=scene.parties, ties=scene.ties)
    return frame(box_of(scene), title, parts)


def box_of(scene: Scene) -> tuple[float, float, float, float]:
    """What the picture of a scene covers: left, top, width, height (px)."""
    left = min(f.x for f in scene.frames) - _MARGIN
    top = min(f.y for f in scene.frames) - _MARGIN
    right = max(f.x + f.width for f in scene.frames) + _MARGIN
    bottom = max(f.y + f.height for f in scene.frames) + _MARGIN
    return left, top, right - left, bottom - top


def _close(point: Point, hub: Point) -> bool:
    return abs(point.x - hub.x) < _CLEAR and -_CLEAR < point.y - hub.y + 8 < _CLEAR


def _point(point: Point, url: str) -> Markup:
    size = size_of(point)
    drawn = mark(point.shape, point.x, point.y, size)
    kind, high = _KINDS["hub" if point.hub else "quiet" if point.shape == "quiet" else "point"]
    for n, words in enumerate(point.label.split("\n") if point.label else []):
        low = point.y + size + 1 + high + 17 * n
        drawn += text(point.x, low, "middle", words, kind, high)
    drawn = Markup("<title>{}</title>").format(point.hint) + drawn
    shape = '<a href="{url}">{drawn}</a>' if url else "<g>{drawn}</g>"
    return Markup(shape).format(url=url, drawn=drawn)


def _tie(start: tuple[float, float], end: tuple[float, float], line: Line) -> Markup:
    return stroke(start, end, line.category, line.status, line.agreements, line.opacity)
