"""The network: a picture, its legend, and the same content as a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

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
    years_words,
)
from explorer.masks import masked
from explorer.pages.network_legend import groups, in_force_unless_asked, legend, years
from explorer.pictures.digest import digest_svg
from explorer.pictures.pairs import STATUS_ORDER, Pairs, pairs
from explorer.pictures.picture import Picture, tie_legend
from explorer.pictures.places import home_province
from explorer.pictures.points import Scene
from explorer.pictures.scene import EVERY_PARTY, network_data, network_scene
from explorer.pictures.still import box_of, network_svg
from explorer.present import party_link, party_url, picture_files, view
from explorer.service import View
from explorer.web.address import language, page
from graph_loader import AgreementFilter, Language, Level, NotFound

bp = Blueprint("network", __name__)
ROWS = 40  # because a page of them still prints on two sheets
_FIELDS = (*FIELDS, "pihak")
_OPENED = 60  # because that is every group there is


def network() -> str:
    """`/jaringan?kategori=&status=&bentuk=&topik=&negara=&pihak=&sejak=&sampai=&buka=jp,33&semua=`

    `pihak` is the party in the middle, `buka` the groups taken apart, in the order of opening;
    with `semua` nothing is grouped.
    """
    shown, lang = view(), language()
    index = shown.index
    where = asked(shown, party=request.args.get("pihak", ""))
    chosen = mask(shown, where)
    scene = scene_asked(shown, where, chosen, lang)
    urls = point_urls(shown, scene)
    number = max(1, whole("hal", 1))
    found = pairs(index, shown.day, chosen)
    rows = tie_rows(shown, found, (number - 1) * ROWS, ROWS, lang)
    context = NetworkContext(
        legend=legend(shown, where, lang),
        years=years(shown, where, lang),
        groups=groups(shown, scene, opened_asked(), lang),
        filtered=any(request.args.get(name) for name in _FIELDS),
        party=party_link(shown, where.party, lang) if where.party else None,
        clear_url=here(**dict.fromkeys((*_FIELDS, "hal"), "")),
        whole_url=here(pihak="", hal=""),
        close_url=here(buka="") if scene.opened else "",
        every_url=_every_url(scene),
        together_url=here(semua="") if every_asked() else "",
        every_limit=EVERY_PARTY,
        agreements=int(chosen.sum()),
        parties=scene.parties,
        ties=scene.ties,
        aggregated=scene.aggregated,
        points=sum(point.shape != "quiet" for point in scene.points),
        lines=len(scene.lines),
        lines_total=scene.lines_total,
        middle=_middle(shown, where, lang),
        pale=not all(line.near for line in scene.lines),
        without_region=any(line.category == "none" for line in scene.lines),
        scene=network_data(scene, urls),
        picture=network_svg(scene, urls, lang) if scene.points else None,
        digest=digest_svg(shown, chosen, lang) if scene.aggregated else None,
        rows=rows,
        first=(number - 1) * ROWS + 1 if rows else 0,
        last=(number - 1) * ROWS + len(rows),
        previous_url=here(hal=str(number - 1)) if number > 1 else "",
        next_url=here(hal=str(number + 1)) if number * ROWS < len(found) else "",
        take_away={
            "html": url_for("network_file.network_file", **_state()),
            **taken_away("download.network", ("graphml", "gexf"), where),
        },
        take_picture=picture_files("jaringan"),
    )
    return render_template("network.html", ctx=context)


def scene_asked(shown: View, where: AgreementFilter, chosen: Bools, lang: Language) -> Scene:
    """The picture that the address asks for: its middle, what is open, and whether all is."""
    return network_scene(
        shown, chosen, lang, focus=where.party, opened=opened_asked(), every_party=every_asked()
    )


def opened_asked() -> list[str]:
    """The groups that the address opens, in the order of opening; each once."""
    asked_for = request.args.get("buka", "").split(",")[:_OPENED]
    return [id for id in dict.fromkeys(asked_for) if id]


def every_asked() -> bool:
    """Whether the address asks for every party on its own."""
    return request.args.get("semua") == "1"


def _state() -> dict[str, Any]:
    """The address's own state, for a file of the same picture."""
    return {name: value for name, value in request.args.items() if value and name != "hal"}


def _every_url(scene: Scene) -> str:
    """Where every party stands alone, if a browser can still move so many."""
    possible = scene.aggregated and scene.parties <= EVERY_PARTY and not every_asked()
    return here(semua="1", buka="", hal="") if possible else ""


def _middle(shown: View, where: AgreementFilter, lang: Language) -> str:
    middle = where.party or home_province(shown.index)
    return shown.index.name(middle, lang) if middle else ""


def mask(shown: View, where: AgreementFilter) -> Bools:
    """The agreements of a filter (without its text); those in force unless a status is asked.

    Raises: NotFound for an unknown party or country.
    """
    for id in filter(None, (where.party, where.country)):
        if id not in shown.index.number:
            raise NotFound("party-unknown", id=id)
    return masked(shown.index, replace(in_force_unless_asked(where), text="", source=""))


def picture(shown: View, lang: Language) -> Picture:
    """The picture of `/jaringan` with the same filters. Raises: NotFound ("picture-empty")."""
    where = asked(shown, party=request.args.get("pihak", ""))
    chosen = mask(shown, where)
    scene = scene_asked(shown, where, chosen, lang)
    if not scene.points:
        raise NotFound("picture-empty")
    return picture_of(shown, where, chosen, scene, lang)


def picture_of(
    shown: View, where: AgreementFilter, chosen: Bools, scene: Scene, lang: Language
) -> Picture:
    """A scene as a picture that says what it shows, by which filters, and what it leaves out."""
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
        yield say(lang, "network.grouped", points=points, parties=scene.parties)
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


def tie_rows(shown: View, found: Pairs, start: int, most: int, lang: Language) -> list[NetworkRow]:
    """So many of the ties, those with most agreements first; in each the region first."""
    index = shown.index
    rows = []
    for n in found.strongest()[start : start + most].tolist():
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
