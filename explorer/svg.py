"""One writer for every still picture: party pictures and paths, as SVG that needs no script.

Only presentation attributes, no style attributes: the policy of the pages forbids those. Every
name is escaped by Markup; every party is a link.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup

from explorer.i18n import say
from explorer.palette import CATEGORY_COLOURS, DASHES
from explorer.paths import Path
from explorer.scene import Line, Point, line_of, shape_of, short
from explorer.service import View
from explorer.ties import ties
from graph_loader import Language, Party

EGO_PARTNERS = 24  # because two columns of twelve labels fill a screen and no more
_ROW, _WIDTH, _CENTRE = 30, 860, 430
_SIDE = 250  # distance of the partners from the middle, px
_LABEL = 34  # letters that fit beside a partner
_PATH_ROW = 96
_STEP_MIN = 150

Href = Callable[[Party], str]


def ego_svg(shown: View, id: str, lang: Language, href: Href) -> Markup:
    """A party in the middle and its closest partners around it, in a fixed order.

    Empty where it has no tie: the page then says so in words.
    """
    index = shown.index
    centre = index.number[id]
    found = ties(index, shown.day)
    partners = sorted(
        zip(found.worths_of(centre).tolist(), found.of(centre).tolist(), strict=True),
        key=lambda item: (-item[0], item[1]),
    )[:EGO_PARTNERS]
    if not partners:
        return Markup()
    chosen = sorted(
        (number for _, number in partners),
        key=lambda n: (index.parties[n].country, str(index.parties[n].level), index.parties[n].id),
    )
    right = chosen[: -(-len(chosen) // 2)]
    left = chosen[len(right) :]
    height = max(len(right), 3) * _ROW + 60
    middle = Point(id, "", "", shape_of(index.parties[centre].level), _CENTRE, height / 2)
    parts: list[Markup] = []
    for side, numbers in ((1, right), (-1, left)):
        top = (height - (len(numbers) - 1) * _ROW) / 2
        for row, number in enumerate(numbers):
            x, y = _CENTRE + side * _SIDE, top + row * _ROW
            numbers_shared = index.between(centre, number)
            in_force = numbers_shared[index.in_force(shown.day)[numbers_shared]]
            line = line_of(index, shown.day, ("", ""), set(in_force.tolist()))
            parts.append(_stroke(middle.x, middle.y, x, y, line))
            parts.append(_party(index.parties[number], x, y, side, lang, href))
    party = index.parties[centre]
    parts.append(_mark(middle.shape, middle.x, middle.y, 15))
    parts.append(_text(middle.x, middle.y + 34, "middle", party.name(lang), "strong"))
    title = say(lang, "picture.ego", name=party.name(lang), n=len(found.of(centre)))
    return _frame(_WIDTH, int(height), title, parts)


def paths_svg(shown: View, paths: Sequence[Path], lang: Language, href: Href) -> Markup:
    """Paths as rows of parties, one below the other, ends aligned."""
    longest = max((len(path.parties) for path in paths), default=2)
    width = max(_WIDTH, _STEP_MIN * longest)
    parts: list[Markup] = []
    index = shown.index
    for row, path in enumerate(paths):
        y = 36 + row * _PATH_ROW
        step = (width - 160) / (len(path.parties) - 1)
        xs = [80 + step * n for n in range(len(path.parties))]
        for n, hop in enumerate(path.hops):
            numbers = {index.agreement_number[id] for id in hop.agreements}
            line = line_of(index, shown.day, ("", ""), numbers)
            parts.append(_stroke(xs[n], y, xs[n + 1], y, line))
        for n, id in enumerate(path.parties):
            party = index.parties[index.number[id]]
            parts.append(_party_below(party, xs[n], y, step, lang, href))
    title = say(lang, "picture.paths", n=len(paths))
    return _frame(int(width), len(paths) * _PATH_ROW, title, parts)


def _frame(width: int, height: int, title: str, parts: Sequence[Markup]) -> Markup:
    return Markup(
        '<svg class="picture" xmlns="http://www.w3.org/2000/svg" role="img"'
        ' viewBox="0 0 {} {}" width="{}" height="{}"><title>{}</title>{}</svg>'
    ).format(width, height, width, height, title, Markup().join(parts))


def _stroke(x1: float, y1: float, x2: float, y2: float, line: Line) -> Markup:
    dash = DASHES[line.status]
    dashes = " ".join(map(str, dash)) if isinstance(dash, list) else "none"
    return Markup(
        '<line x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}" stroke="{}" stroke-width="{:.1f}"'
        ' stroke-dasharray="{}" stroke-opacity="0.75"/>'
    ).format(
        x1, y1, x2, y2, CATEGORY_COLOURS[line.category], 1 + line.agreements**0.5, dashes
    )  # fmt: skip


def _party(party: Party, x: float, y: float, side: int, lang: Language, href: Href) -> Markup:
    anchor = "start" if side > 0 else "end"
    name = short(party.name(lang), party.level)
    label = _text(x + side * 14, y + 4, anchor, _cut(name, _LABEL), "label")
    return Markup('<a href="{}"><title>{}</title>{}{}</a>').format(
        href(party), party.name(lang), _mark(shape_of(party.level), x, y, 8), label
    )


def _party_below(
    party: Party, x: float, y: float, step: float, lang: Language, href: Href
) -> Markup:
    words = _wrapped(party.name(lang), max(12, int(min(step, 190) / 7.4)))
    lines = [_text(x, y + 30 + 15 * n, "middle", part, "label") for n, part in enumerate(words)]
    return Markup('<a href="{}"><title>{}</title>{}{}</a>').format(
        href(party), party.name(lang), _mark(shape_of(party.level), x, y, 11), Markup().join(lines)
    )


def _mark(shape: str, x: float, y: float, size: float) -> Markup:
    kind = Markup('class="mark mark-{}"').format(shape)
    if shape in {"foreign", "country"}:
        points = f"{x},{y - size} {x + size},{y} {x},{y + size} {x - size},{y}"
        return Markup('<polygon {} points="{}"/>').format(kind, points)
    if shape == "third":
        return Markup('<rect {} x="{:.1f}" y="{:.1f}" width="{}" height="{}"/>').format(
            kind, x - size * 0.85, y - size * 0.85, size * 1.7, size * 1.7
        )
    ring = Markup("")
    if shape == "province":
        ring = Markup('<circle class="ring" cx="{:.1f}" cy="{:.1f}" r="{}"/>').format(
            x, y, size + 4
        )  # fmt: skip
    return ring + Markup('<circle {} cx="{:.1f}" cy="{:.1f}" r="{}"/>').format(kind, x, y, size)


def _text(x: float, y: float, anchor: str, words: str, kind: str) -> Markup:
    return Markup('<text class="{}" x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>').format(
        kind, x, y, anchor, words
    )


def _cut(name: str, letters: int) -> str:
    return name if len(name) <= letters else name[: letters - 1].rstrip() + "…"


def _wrapped(name: str, letters: int) -> list[str]:
    """At most three lines; the whole name is in the title."""
    lines = [""]
    for word in name.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > letters:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    if len(lines) > 3:
        lines = [*lines[:2], _cut(" ".join(lines[2:]), letters)]
    return [_cut(line, letters + 4) for line in lines]
