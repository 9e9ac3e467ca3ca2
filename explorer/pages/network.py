"""The network: a picture, its legend, and the same content as a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flask import Blueprint, render_template, request, url_for

from explorer.contexts import NetworkContext, NetworkRow
from explorer.i18n import say
from explorer.index import Bools
from explorer.listing import (
    FIELDS,
    asked,
    choices,
    here,
    taken_away,
    whole,
    years_asked,
    years_words,
)
from explorer.masks import masked
from explorer.pictures.pairs import STATUS_ORDER, Pairs, pairs
from explorer.pictures.picture import Picture, tie_legend
from explorer.pictures.places import home_province
from explorer.pictures.scene import Scene, network_data, network_scene
from explorer.pictures.svg import box_of, network_svg
from explorer.present import party_link, party_url, picture_files, view
from explorer.service import View
from explorer.web.address import language, page
from graph_loader import IN_FORCE, AgreementFilter, Language, Level, NotFound

bp = Blueprint("network", __name__)
ROWS = 40  # because a page of them still prints on two sheets
_FIELDS = (*FIELDS, "pihak")


def network() -> str:
    """`/jaringan?kategori=&status=&bentuk=&topik=&negara=&pihak=`"""
    shown, lang = view(), language()
    index = shown.index
    party = request.args.get("pihak", "")
    where = asked(shown, party=party)
    chosen = mask(shown, where)
    scene = network_scene(shown, chosen, lang, focus=party)
    urls = point_urls(shown, scene)
    number = max(1, whole("hal", 1))
    found = pairs(index, shown.day, chosen)
    rows = _rows(shown, found, (number - 1) * ROWS, lang)
    context = NetworkContext(
        filters=choices(shown, shown.facets(where), lang),
        years=years_asked(where),
        filtered=any(request.args.get(name) for name in _FIELDS),
        party=party_link(shown, party, lang) if party else None,
        clear_url=here(**dict.fromkeys((*_FIELDS, "hal"), "")),
        kept={"pihak": party} if party else {},
        agreements=int(chosen.sum()),
        parties=scene.parties,
        ties=scene.ties,
        aggregated=scene.aggregated,
        points=sum(point.shape != "quiet" for point in scene.points),
        lines=len(scene.lines),
        lines_total=scene.lines_total,
        middle=index.name(middle, lang) if (middle := party or home_province(index)) else "",
        pale=not all(line.near for line in scene.lines),
        without_region=any(line.category == "none" for line in scene.lines),
        scene=network_data(scene, urls),
        picture=network_svg(scene, urls, lang) if scene.points else None,
        rows=rows,
        first=(number - 1) * ROWS + 1 if rows else 0,
        last=(number - 1) * ROWS + len(rows),
        previous_url=here(hal=str(number - 1)) if number > 1 else "",
        next_url=here(hal=str(number + 1)) if number * ROWS < len(found) else "",
        take_away=taken_away("download.network", ("graphml", "gexf"), where),
        take_picture=picture_files("jaringan"),
    )
    return render_template("network.html", ctx=context)


def mask(shown: View, where: AgreementFilter) -> Bools:
    """The agreements of a filter (without its text); those in force unless a status is asked.

    Raises: NotFound for an unknown party or country.
    """
    for id in filter(None, (where.party, where.country)):
        if id not in shown.index.number:
            raise NotFound("party-unknown", id=id)
    status = where.status or frozenset(IN_FORCE)
    return masked(shown.index, replace(where, status=status, text="", source=""))


def picture(shown: View, lang: Language) -> Picture:
    """The picture of `/jaringan` with the same filters. Raises: NotFound ("picture-empty")."""
    where = asked(shown, party=request.args.get("pihak", ""))
    chosen = mask(shown, where)
    scene = network_scene(shown, chosen, lang, focus=where.party)
    if not scene.points:
        raise NotFound("picture-empty")
    return Picture(
        svg=network_svg(scene, {}, lang),
        size=box_of(scene)[2:],
        title=say(lang, "network.answer", agreements=int(chosen.sum()), parties=scene.parties,
                  ties=scene.ties),
        summary=say(lang, "network.picture", parties=scene.parties, ties=scene.ties),
        legend=tie_legend(lang),
        notes=[words for words in _notes(shown, scene, where, lang) if words],
    )  # fmt: skip


def _notes(shown: View, scene: Scene, where: AgreementFilter, lang: Language) -> Iterator[str]:
    """The filters of a picture, and what was grouped or left out of it."""
    filters = choices(shown, shown.facets(where), lang)
    chosen = [choice.label for offered in filters.values() for choice in offered if choice.chosen]
    chosen += [f"{name} {year}" for name, year in years_words(where, lang)]
    if where.party:
        chosen.insert(0, shown.party(where.party).name(lang))
    yield " · ".join(chosen)
    if scene.aggregated:
        points = sum(point.shape != "quiet" for point in scene.points)
        yield say(lang, "network.aggregated", points=points, parties=scene.parties)
    if len(scene.lines) < scene.lines_total:
        home = shown.index.name(where.party or home_province(shown.index), lang)
        yield say(lang, "network.cut", lines=len(scene.lines), total=scene.lines_total, home=home)


def point_urls(shown: View, scene: Scene) -> dict[str, str]:
    """Where a click on each point leads: the page of the party, country or province."""
    index = shown.index
    return {
        point.id: party_url(index.parties[index.number[point.id]])
        for point in scene.points
        if point.id in index.number
    }


def _rows(shown: View, found: Pairs, start: int, lang: Language) -> list[NetworkRow]:
    """One page of the ties, those with most agreements first; the region first in each."""
    index = shown.index
    rows = []
    for n in found.strongest()[start : start + ROWS].tolist():
        first, second = index.parties[found.a[n]], index.parties[found.b[n]]
        if (second.level is Level.PROVINCE) > (first.level is Level.PROVINCE):
            first, second = second, first
        rows.append(
            NetworkRow(
                party_link(shown, first.id, lang),
                party_link(shown, second.id, lang),
                int(found.agreements[n]),
                STATUS_ORDER[found.status[n]],
                url_for("connect.connect", dari=first.id, ke=second.id),
            )
        )
    return rows


page(bp, "/jaringan", "network", network)
