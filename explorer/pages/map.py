"""The map: the world, Indonesia or Jawa Timur, and the same content as tables."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from flask import Blueprint, render_template, request, url_for

from explorer.contexts import MapChoice, MapClass, MapContext, MapRow, RegionRow
from explorer.filters import FIELDS, asked, choices, in_words, pictured, years_asked
from explorer.i18n import say
from explorer.index import Bools
from explorer.pictures.map import map_svg
from explorer.pictures.map_scene import BOUNDS, KINDS, MapScene, map_scene, numbers_of
from explorer.pictures.pairs import STATUS_ORDER, category_name
from explorer.pictures.picture import Item, Picture, tie_legend
from explorer.pictures.places import home_province
from explorer.pictures.projection import SHEETS, WIDTH
from explorer.present import party_link, party_url, picture_files, view
from explorer.service import View
from explorer.web.address import language, page
from explorer.web.asked import here, one_of, whole
from graph_loader import AgreementFilter, Language, Level, NotFound, Party, Status

bp = Blueprint("map", __name__)
ROWS = 40  # because a page of them still prints on two sheets
_FIELDS = (*FIELDS, "pihak")
_LISTED = 250  # parties without coordinates, because who looks for one of more has the search


def show() -> str:
    """`/peta?kawasan=dunia|indonesia|jatim&warna=perjanjian|mitra|sdg&status=…`

    All other filters are the network's.
    """
    shown, lang = view(), language()
    where = asked(shown, party=request.args.get("pihak", ""))
    chosen = pictured(shown, where)
    scene = map_scene(shown, chosen, SHEETS[sheet_asked()], kind_asked())
    number = max(1, whole("hal", 1))
    rows = _rows(shown, scene, (number - 1) * ROWS, lang)
    context = MapContext(
        sheet=scene.sheet.name,
        heading=_heading(shown, scene, where, lang),
        party=party_link(shown, where.party, lang) if where.party else None,
        everyone_url=here(pihak="", hal=""),
        sheets=[_choice("kawasan", name, sheet_asked(), "dunia", lang) for name in SHEETS],
        kinds=[_choice("warna", kind, kind_asked(), KINDS[0], lang) for kind in KINDS]
        if scene.sheet.home
        else [],
        classes=_classes(lang) if scene.sheet.home else [],
        filters=choices(shown, shown.facets(where), lang),
        years=years_asked(where),
        filtered=any(request.args.get(name) for name in _FIELDS),
        kept={
            name: request.args[name]
            for name in ("kawasan", "warna", "pihak")
            if request.args.get(name)
        },
        clear_url=here(**dict.fromkeys((*_FIELDS, "hal"), "")),
        picture=_picture(shown, scene, where, lang, _urls(shown, scene)) if scene.points else None,
        take_picture=picture_files("peta"),
        rows=rows,
        total=len(scene.found),
        first=(number - 1) * ROWS + 1 if rows else 0,
        last=(number - 1) * ROWS + len(rows),
        previous_url=here(hal=str(number - 1)) if number > 1 else "",
        next_url=here(hal=str(number + 1)) if number * ROWS < len(scene.found) else "",
        regions=_regions(shown, chosen, lang) if scene.sheet.home else [],
        unplaced=[
            party_link(shown, shown.index.parties[n].id, lang) for n in scene.unplaced[:_LISTED]
        ],
        unplaced_total=len(scene.unplaced),
        network_url=_network_url(),
    )
    return render_template("map.html", ctx=context)


def picture(shown: View, lang: Language) -> Picture:
    """The picture of `/peta` with the same address. Raises: NotFound ("picture-empty")."""
    where = asked(shown, party=request.args.get("pihak", ""))
    scene = map_scene(shown, pictured(shown, where), SHEETS[sheet_asked()], kind_asked())
    if not scene.points:
        raise NotFound("picture-empty")
    return _picture(shown, scene, where, lang, {})


def _network_url() -> str:
    """The same filters as a network."""
    kept = {name: request.args[name] for name in _FIELDS if request.args.get(name)}
    return url_for("network.network", **kept)  # type: ignore[arg-type]


def sheet_asked() -> str:
    """The sheet that the address asks for; the world where it does not. Raises: BadInput."""
    return one_of("kawasan", tuple(SHEETS))


def kind_asked() -> str:
    """What regions are coloured by. Raises: BadInput."""
    return one_of("warna", KINDS)


def _choice(field: str, value: str, chosen: str, default: str, lang: Language) -> MapChoice:
    url = here(**{field: "" if value == default else value, "hal": ""})
    return MapChoice(say(lang, f"map.{field}.{value}"), url, value == chosen)


def _heading(shown: View, scene: MapScene, where: AgreementFilter, lang: Language) -> str:
    """What the sheet says, in a sentence. Talks are no agreements, and are not called so."""
    if where.status == {Status.EXPLORATION}:
        return say(lang, "map.talks", n=scene.agreements, drawn=scene.drawn)
    if scene.sheet.home:
        return _home_heading(shown, scene, lang)
    if not scene.drawn:
        return say(lang, "map.answer.no-line", n=scene.agreements)
    index = shown.index
    ends = {scene.first(spot) for spot in (*scene.found.a.tolist(), *scene.found.b.tolist())}
    codes = {index.parties[end].country for end in ends} - {"id"}
    key = f"map.answer.{scene.sheet.name}"
    if scene.sheet.outline == "world" and len(codes) == 1 and codes <= index.number.keys():
        return say(lang, f"{key}.one", n=scene.drawn, country=index.name(codes.pop(), lang))
    return say(lang, key, n=scene.drawn, countries=len(codes), spots=len(ends))


def _home_heading(shown: View, scene: MapScene, lang: Language) -> str:
    own = [point for point in scene.points if point.number is not None]
    best = max(own, key=lambda point: point.number or 0, default=None)
    if best is None or not best.number:
        return say(lang, "map.answer.jatim.none")
    return say(
        lang,
        f"map.answer.jatim.{kind_asked()}",
        regions=sum(bool(point.number) for point in own),
        total=len(own),
        best=shown.index.name(best.id, lang),
        n=best.number,
    )


def _classes(lang: Language) -> list[MapClass]:
    """The classes of what regions are coloured by, from none to most."""
    bounds = BOUNDS[kind_asked()]
    spans = [f"{low}–{high - 1}" for low, high in pairwise(bounds)]
    words = ["0", *spans, say(lang, "map.class.most", n=bounds[-1])]
    return [MapClass(rank, text) for rank, text in enumerate(words)]


def _picture(
    shown: View, scene: MapScene, where: AgreementFilter, lang: Language, urls: dict[str, str]
) -> Picture:
    title = _heading(shown, scene, where, lang)
    summary = say(lang, "map.picture", spots=len(scene.points), lines=len(scene.lines))
    legend = tie_legend(lang)
    if scene.sheet.home:
        kind = say(lang, f"map.warna.{kind_asked()}")
        legend += [Item("class", str(one.rank), f"{kind}: {one.words}") for one in _classes(lang)]
    return Picture(
        svg=map_svg(scene, shown.index, urls, lang, summary),
        size=(WIDTH, scene.sheet.height),
        title=title,
        summary=summary,
        legend=legend,
        notes=[words for words in _notes(shown, scene, where, lang) if words],
    )


def _notes(shown: View, scene: MapScene, where: AgreementFilter, lang: Language) -> Iterator[str]:
    """The filters of a picture, and what was left out of it."""
    yield in_words(shown, where, lang)
    if not where.status:
        yield say(lang, "map.in-force")
    if len(scene.lines) < len(scene.found):
        yield say(lang, "map.cut", lines=len(scene.lines), total=len(scene.found))
    if scene.drawn < scene.agreements:
        yield say(
            lang,
            f"map.rest.{scene.sheet.name}",
            n=scene.agreements - scene.drawn,
            total=scene.agreements,
        )
    key = "map.away" if scene.beyond else "map.bare" if scene.unplaced else ""
    counts = {"parties": scene.parties, "beyond": len(scene.beyond)}
    yield say(lang, key, n=len(scene.unplaced), **counts) if key else ""


def _urls(shown: View, scene: MapScene) -> dict[str, str]:
    """Where a click on a spot leads: to its party, or to the country of several parties abroad."""
    index = shown.index
    found = {}
    for point in scene.points:
        party = index.parties[point.named]
        abroad = party.country != "id" and party.country in index.number
        several = abroad and len(point.members) > 1
        found[point.id] = party_url(
            index.parties[index.number[party.country]] if several else party
        )
    return found


def _rows(shown: View, scene: MapScene, start: int, lang: Language) -> list[MapRow]:
    """One page of the lines, those of most agreements first."""
    index, found = shown.index, scene.found
    at = {point.id: point for point in scene.points}
    rows = []
    for n in found.strongest()[start : start + ROWS].tolist():
        ends = [at[index.parties[scene.first(spot[n])].id] for spot in (found.a, found.b)]
        # A region first, of two regions the province; the order of spots is no reader's.
        ends.sort(key=lambda end: _rank(index.parties[end.named]))
        (a, a_more), (b, b_more) = (
            (party_link(shown, index.parties[end.named].id, lang), len(end.members) - 1)
            for end in ends
        )
        rows.append(
            MapRow(
                a, a_more, b, b_more,
                int(found.agreements[n]),
                category_name(int(found.category[n])),
                STATUS_ORDER[found.status[n]],
                "" if a_more or b_more else url_for("connect.connect", dari=a.id, ke=b.id),
            )
        )  # fmt: skip
    return rows


def _rank(party: Party) -> tuple[bool, bool]:
    return party.country != "id", party.level is not Level.PROVINCE


def _regions(shown: View, chosen: Bools, lang: Language) -> list[RegionRow]:
    """The regions of the home province, the largest number of what they are coloured by first."""
    index = shown.index
    home = home_province(index)
    numbers = {kind: numbers_of(shown, chosen, kind) for kind in KINDS}
    every = np.flatnonzero(index.is_region).tolist()
    own = [n for n in every if index.parties[n].part_of == home]
    own.sort(key=lambda n: (-numbers[kind_asked()][n], index.parties[n].sort_key))
    return [
        RegionRow(
            party_link(shown, index.parties[n].id, lang), *(int(numbers[kind][n]) for kind in KINDS)
        )
        for n in own
    ]


page(bp, "/peta", "map", show)
