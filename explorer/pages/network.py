"""The network: a picture, its legend, and the same content as a table."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request, url_for

from explorer.contexts import NetworkContext, NetworkRow
from explorer.filters import FIELDS, asked, pictured
from explorer.listing import taken_away
from explorer.pages.network_asked import every_asked, light_enough, opened_asked, scene_asked
from explorer.pages.network_asked import picture as picture
from explorer.pages.network_legend import groups, legend, years
from explorer.pictures.digest import digest_svg
from explorer.pictures.pairs import STATUS_ORDER, Pairs, pairs
from explorer.pictures.places import home_province
from explorer.pictures.points import Scene
from explorer.pictures.scene import EVERY_PARTY, network_data
from explorer.pictures.still import network_svg
from explorer.present import party_link, party_url, picture_files, view
from explorer.service import View
from explorer.web.address import language, page
from explorer.web.asked import here, whole
from graph_loader import AgreementFilter, Language, Level

bp = Blueprint("network", __name__)
ROWS = 40  # because a page of them still prints on two sheets
_FIELDS = (*FIELDS, "pihak")


def network() -> str:
    """`/jaringan?kategori=&status=&bentuk=&topik=&negara=&pihak=&sejak=&sampai=&buka=jp,33&semua=`

    `pihak` is the party in the middle, `buka` the groups taken apart, in the order of opening;
    with `semua` nothing is grouped.
    """
    shown, lang = view(), language()
    index = shown.index
    where = asked(shown, party=request.args.get("pihak", ""))
    chosen = pictured(shown, where)
    scene = scene_asked(shown, where, chosen, lang)
    light = light_enough(shown, where, chosen, scene, lang)
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
        scene=network_data(scene, point_urls(shown, scene)),
        picture=network_svg(light, point_urls(shown, light), lang) if scene.points else None,
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
