"""Paths as a still picture, and the tie that other pictures draw too."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from markupsafe import Markup

from explorer.i18n import say
from explorer.index import STATUSES
from explorer.paths import Path
from explorer.pictures.labels import shape_of
from explorer.pictures.marks import frame, mark, stroke, text, wrapped
from explorer.pictures.pairs import STATUS_ORDER, category_name, pair_category
from explorer.pictures.points import Line
from explorer.service import View
from graph_loader import Language, Party

_WIDTH = 1000
_PATH_ROW = 104
_STEP_MIN = 170

Href = Callable[[Party], str]


def _tie(start: tuple[float, float], end: tuple[float, float], line: Line) -> Markup:
    return stroke(start, end, line.category, line.status, line.agreements, line.opacity)


def line_between(shown: View, a: int, b: int) -> Line:
    """The tie of two parties: their agreements in force."""
    index = shown.index
    shared = index.between(a, b)
    return _line(shown, a, b, shared[index.in_force(shown.day)[shared]].tolist())


def _line(shown: View, a: int, b: int, numbers: Sequence[int]) -> Line:
    index = shown.index
    codes = index.status(shown.day)[np.array(numbers, dtype=np.int32)]
    found = {str(STATUSES[code]) for code in codes.tolist()}
    status = next((str(s) for s in STATUS_ORDER if str(s) in found), "unknown")
    category = int(pair_category(index.level[[a]], index.level[[b]])[0])
    ids = index.parties[a].id, index.parties[b].id
    return Line(*ids, len(numbers), category_name(category), status)


def paths_svg(shown: View, paths: Sequence[Path], lang: Language, href: Href) -> Markup:
    """Paths as rows of parties, ends aligned; each hop says on how many agreements it rests."""
    width, height = paths_size(paths)
    lines, labels = [], []
    for row, path in enumerate(paths):
        y = 44 + row * _PATH_ROW
        step = (width - 180) / (len(path.parties) - 1)
        xs = [90 + step * n for n in range(len(path.parties))]
        for n, hop in enumerate(path.hops):
            a, b = (shown.index.number[id] for id in path.parties[n : n + 2])
            numbers = [shown.index.agreement_number[id] for id in hop.agreements]
            lines.append(_tie((xs[n], y), (xs[n + 1], y), _line(shown, a, b, numbers)))
            count = say(lang, "count.agreements", n=len(numbers))
            labels.append(text((xs[n] + xs[n + 1]) / 2, y - 9, "middle", count, "quiet", 12))
        for n, id in enumerate(path.parties):
            party = shown.index.parties[shown.index.number[id]]
            labels.append(_party_below(party, xs[n], y, step, lang, href))
    title = say(lang, "picture.paths", n=len(paths))
    return frame((0, 0, width, height), title, lines + labels)


def paths_size(paths: Sequence[Path]) -> tuple[float, float]:
    """How wide and how tall `paths_svg` is, px."""
    longest = max((len(path.parties) for path in paths), default=2)
    return max(_WIDTH, _STEP_MIN * longest), len(paths) * _PATH_ROW + 8


def _party_below(
    party: Party, x: float, y: float, step: float, lang: Language, href: Href
) -> Markup:
    words = wrapped(party.name(lang), max(12, int(min(step, 180) / 7.4)))
    lines = [text(x, y + 31 + 16 * n, "middle", part) for n, part in enumerate(words)]
    return Markup('<a href="{}"><title>{}</title>{}{}</a>').format(
        href(party), party.name(lang), mark(shape_of(party.level), x, y, 11), Markup().join(lines)
    )
