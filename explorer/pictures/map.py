"""The map as SVG: coasts, regions in classes, lines between spots, signs and labels."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup, escape

from explorer.index import Index
from explorer.pictures.labels import shape_of
from explorer.pictures.map_scene import MapLine, MapPoint, MapScene
from explorer.pictures.map_words import country, hint, label
from explorer.pictures.marks import FONT, mark, text, width
from explorer.pictures.outlines import FINE, outlines, regions
from explorer.pictures.palette import BORDER, CATEGORY_COLOURS, CLASSES, DASHES, HOME, LAND, SEA
from explorer.pictures.places import home_province
from explorer.pictures.projection import WIDTH
from explorer.pictures.thinning import LEVELS, Placed, Wanted, thinned
from graph_loader import Language

BEND = 0.16  # of a line's length, that it bends to the north


def map_svg(
    scene: MapScene, index: Index, urls: Mapping[str, str], lang: Language, title: str
) -> Markup:
    """A sheet; `urls` say where a spot leads, by its id. The same scene gives the same bytes."""
    spot = {point.id: (point.x, point.y) for point in scene.points}
    parts = [_ground(scene)]
    if scene.sheet.home:
        parts += _regions(scene, index, urls, lang)
    parts += [_arc(spot[line.a], spot[line.b], line) for line in scene.lines]
    labels = dict(_labels(scene, index, lang))
    parts += [
        _point(point, scene.kind, index, urls, labels.get(point.id, []), lang)
        for point in scene.points[::-1]
    ]
    size, middle = (WIDTH, scene.sheet.height), _middle(scene, index, spot)
    return Markup(
        '<svg class="picture map" xmlns="http://www.w3.org/2000/svg" role="group" font-family="{}"'
        ' viewBox="0 0 {:.0f} {:.0f}" width="{:.0f}" height="{:.0f}" data-middle="{:.0f} {:.0f}">'
        "<title>{}</title>{}</svg>"
    ).format(FONT, *size, *size, *middle, title, Markup().join(parts))


def _middle(
    scene: MapScene, index: Index, spot: Mapping[str, tuple[float, float]]
) -> tuple[float, float]:
    """Where one comes near first: the home province, or on its own sheet its regions."""
    own = [(point.x, point.y) for point in scene.points if point.number is not None]
    if own:
        return sum(x for x, _ in own) / len(own), sum(y for _, y in own) / len(own)
    return spot.get(home_province(index), (WIDTH / 2, scene.sheet.height / 2))


def _ground(scene: MapScene) -> Markup:
    """Sea, land, Indonesia, borders."""
    found = outlines(scene.sheet)
    return Markup(
        '<rect class="sea" width="{:.0f}" height="{:.0f}" fill="{}"/><g transform="scale({})">'
        '<path class="land" fill="{}" fill-rule="evenodd" d="{}"/>'
        '<path class="at-home" fill="{}" d="{}"/>'
        '<path class="border" fill="none" stroke="{}" stroke-width="{}" d="{}"/></g>'
    ).format(
        WIDTH, scene.sheet.height, SEA, 1 / FINE, LAND, found.land, HOME, found.home,
        BORDER, 0.7 * FINE, found.borders,
    )  # fmt: skip


def _regions(
    scene: MapScene, index: Index, urls: Mapping[str, str], lang: Language
) -> Iterator[Markup]:
    """The home province's regions in the class of their number; each leads where its sign does."""
    ranks = {point.id: point for point in scene.points}
    for id, region in regions(scene.sheet).items():
        point = ranks.get(id)
        if point is None or point.rank is None:
            continue
        drawn = Markup(
            '<path class="class class-{}" fill="{}" stroke="{}" stroke-width="{}"'
            ' transform="scale({})" d="{}"/>'
        ).format(point.rank, CLASSES[point.rank], BORDER, FINE, 1 / FINE, region.path)
        drawn = Markup("<title>{}</title>{}").format(hint(point, scene.kind, index, lang), drawn)
        shape = '<a href="{}" tabindex="-1" aria-hidden="true">{}</a>' if id in urls else "{1}"
        yield Markup(shape).format(urls.get(id, ""), drawn)


def _arc(start: tuple[float, float], end: tuple[float, float], line: MapLine) -> Markup:
    """A tie that bends to the north, so that two of them on one course are told apart."""
    (x0, y0), (x1, y1) = sorted((start, end))
    bend = BEND * math.dist(start, end)
    across = (x1 - x0) / (math.dist(start, end) or 1.0)
    middle = (x0 + x1) / 2 + (y1 - y0) * BEND / 2, max(4.0, (y0 + y1) / 2 - bend * across)
    dash = DASHES[line.status]
    dashes = " ".join(map(str, dash)) if isinstance(dash, list) else "none"
    # Not by Markup.format, which takes a third of the page's time for hundreds of lines.
    return Markup(
        f'<path class="tie tie-{line.category}" fill="none" vector-effect="non-scaling-stroke"'
        f' stroke="{CATEGORY_COLOURS[line.category]}" stroke-width="{width(line.agreements)}"'
        f' stroke-dasharray="{dashes}" stroke-opacity="{line.opacity}"'
        f' data-ends="{escape(line.a)} {escape(line.b)}"'
        f' d="M{x0:.1f} {y0:.1f}Q{middle[0]:.1f} {middle[1]:.1f} {x1:.1f} {y1:.1f}"/>'
    )


_Label = tuple[str, Placed, str]  # words, place, class


def _point(
    point: MapPoint,
    kind: str,
    index: Index,
    urls: Mapping[str, str],
    labels: Sequence[_Label],
    lang: Language,
) -> Markup:
    """A sign, its labels and its number. The number is beside the link, whose hint says it too."""
    drawn = mark(shape_of(index.parties[point.named].level), 0, 0, point.reach)
    for words, placed, near in labels:
        hidden = ' display="none"' if placed.level > 1 else ""
        line = text(placed.dx, placed.dy, placed.anchor, words)
        drawn += Markup(f'<g class="{near}"{hidden}>{line}</g>')
    number = "" if point.number is None else text(0, 4, "middle", str(point.number), "number", 11)
    link = f'a href="{escape(urls[point.id])}"' if point.id in urls else "g"
    place = f"translate({point.x:.1f} {point.y:.1f})"
    words = escape(hint(point, kind, index, lang))
    return Markup(
        f'<g transform="{place}" data-spot="{escape(point.id)}"><g class="steady">'
        f"<{link}><title>{words}</title>{drawn}</{link[0]}>{number}</g></g>"
    )


def _labels(scene: MapScene, index: Index, lang: Language) -> Iterator[tuple[str, list[_Label]]]:
    """The labels of each spot. On a sheet of the world, countries until it is enlarged."""
    signs = [Wanted(p.x, p.y, p.reach + 2, "") for p in scene.points]
    box = WIDTH, scene.sheet.height
    found: dict[str, list[_Label]] = {}
    own = [Wanted(p.x, p.y, _reach(p, index), label(p, index, lang)) for p in scene.points]
    levels: Sequence[int] = LEVELS
    if scene.sheet.outline == "world":
        levels = LEVELS[1:]
        countries = list(_countries(scene, index, lang))
        wanted = [Wanted(p.x, p.y, _reach(p, index), words) for p, words in countries]
        named = thinned(wanted, signs, box, (1,), once=True)
        for (point, words), placed in zip(countries, named, strict=True):
            if placed:
                found.setdefault(point.id, []).append((words, placed, "until-2"))
    for point, one, placed in zip(scene.points, own, thinned(own, signs, box, levels), strict=True):
        if placed:
            near = f"from-{placed.level}"
            found.setdefault(point.id, []).append((one.words, placed, near))
    yield from found.items()


def _countries(scene: MapScene, index: Index, lang: Language) -> Iterator[tuple[MapPoint, str]]:
    """The home province, and the spots of each country abroad; those with most agreements first."""
    home = home_province(index)
    for point in scene.points:
        if point.id == home:
            yield point, label(point, index, lang)
        elif words := country(point, index, lang):
            yield point, words


def _reach(point: MapPoint, index: Index) -> float:
    ring = 5 if shape_of(index.parties[point.named].level) == "province" else 1
    return point.reach + ring
