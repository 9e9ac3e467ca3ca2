"""A region, a foreign partner, a third party: what it has, with whom, and what it does not use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from explorer.contexts import NeighbourRow, PartyContext
from explorer.explain import gather, opportunity
from explorer.listing import BOTH_IN_FORCE, asked, listing
from explorer.opportunities import opportunities
from explorer.pages.place import place_page
from explorer.pictures.svg import EGO_PARTNERS, ego_svg
from explorer.present import (
    FlowRow,
    PartyLink,
    counted,
    flow_rows,
    linked,
    party_link,
    party_url,
    view,
)
from explorer.sentences import Speaker
from explorer.service import View
from explorer.ties import ties
from explorer.twins import place_at
from explorer.web.address import language, page
from graph_loader import (
    FOREIGN_LEVELS,
    REGION_LEVELS,
    Direction,
    Flow,
    Language,
    Level,
    Party,
    Status,
)

bp = Blueprint("party", __name__)


def region(id: str) -> ResponseReturnValue:
    """`/daerah/35.25`"""
    return _party(id, [*REGION_LEVELS])


def partner(id: str) -> ResponseReturnValue:
    """`/mitra/osaka-prefecture-jp`, or `/mitra/ueda.jp`: a place that no agreement names."""
    if id not in view().index.number and place_at(view().index, id) is not None:
        return place_page(id, language())
    return _party(id, [level for level in FOREIGN_LEVELS if level is not Level.COUNTRY])


def third_party(id: str) -> ResponseReturnValue:
    """`/pihak-ketiga/universitas-airlangga`"""
    return _party(id, [Level.THIRD_PARTY, Level.CENTRAL_AGENCY])


def _party(id: str, levels: list[Level]) -> ResponseReturnValue:
    shown, lang = view(), language()
    known = shown.index.number.get(id)
    party = shown.store.party(id) if known is None else shown.index.parties[known]
    if party.level not in levels:
        return redirect(party_url(party), 301)
    return render_template("party.html", ctx=_context(shown, party, lang))


def _context(shown: View, party: Party, lang: Language) -> PartyContext:
    index, number = shown.index, shown.index.number[party.id]
    statuses = index.status(shown.day)[index.agreements_of(number)]
    every = list(Status)
    partners = ties(index, shown.day).of(number)
    ranked = opportunities(index, party.id, shown.day) if party.level in REGION_LEVELS else None
    cases = ranked.cases(ranked.best()) if ranked else []
    gather(shown, cases)
    counts = Counter(every[code] for code in statuses)
    ending = _ending(shown, number)
    flows = shown.store.flows(party=party.id)
    link = party_link(shown, party.id, lang)
    return PartyContext(
        opening=_opening(link, counts, len(partners), ending, lang),
        party=link,
        is_region=party.level in REGION_LEVELS,
        other_name=party.name("id" if lang == "en" else "en"),
        within=_within(shown, party, lang),
        agreements=len(statuses),
        in_force=counts[Status.ACTIVE] + counts[Status.OPEN],
        active=counts[Status.ACTIVE],
        partners=len(partners),
        ending=ending,
        picture=ego_svg(shown, party.id, lang, party_url),
        hidden=max(0, len(partners) - EGO_PARTNERS),
        listing=listing(shown, asked(shown, party=party.id), lang),
        needs=_flow_rows(shown, flows, Direction.NEED, lang),
        offers=_flow_rows(shown, flows, Direction.OFFER, lang),
        borders=_borders(shown, party, lang),
        opportunities=[opportunity(Speaker(shown, lang), case) for case in cases],
        opportunities_total=len(ranked) if ranked else 0,
        opportunities_url=url_for("opportunities.opportunities", id=party.id) if cases else "",
    )


def _opening(
    party: PartyLink, counts: Counter[Status], partners: int, ending: int, lang: Language
) -> Markup:
    in_force = counts[Status.ACTIVE] + counts[Status.OPEN]
    total = counts.total()
    if not total:
        return linked(lang, "party.opening.none", {}, party=party.name)
    every = (counted(lang, "agreements", total), f"{party.url}#perjanjian")
    if not in_force:
        return linked(lang, "party.opening.past", {"agreements": every}, party=party.name)
    links = {
        "agreements": (
            counted(lang, "agreements", in_force),
            f"{party.url}?status={BOTH_IN_FORCE}#perjanjian",
        ),
        "partners": (
            counted(lang, "partners", partners),
            url_for("network.network", pihak=party.id),
        ),
        "ending": (
            counted(lang, "ending", ending),
            f"{party.url}?status=active&urut=ends#perjanjian",
        ),
    }
    if not ending:
        links.pop("ending")
    key = "party.opening.ending" if ending else "party.opening"
    return linked(lang, key, links, party=party.name)


def _within(shown: View, party: Party, lang: Language) -> list[PartyLink]:
    """From the nearest outwards: province or prefecture, then the country abroad."""
    known = shown.index.number
    ids = dict.fromkeys((party.part_of, party.country))
    return [party_link(shown, id, lang) for id in ids if id in known and id not in {"id", party.id}]


def _ending(shown: View, party: int) -> int:
    """How many of its agreements in force end before this year does."""
    index = shown.index
    mine = index.agreements_of(party)
    active = index.status(shown.day)[mine] == list(Status).index(Status.ACTIVE)
    last = date(shown.day.year, 12, 31).toordinal()
    return int((active & (index.ends_last[mine] <= last)).sum())


def _flow_rows(
    shown: View, flows: Sequence[Flow], direction: Direction, lang: Language
) -> list[FlowRow]:
    return flow_rows(shown, [flow for flow in flows if flow.direction is direction], lang)


def _borders(shown: View, party: Party, lang: Language) -> list[NeighbourRow]:
    index, number = shown.index, shown.index.number[party.id]
    known = index.borders.get(party.id, ())
    others = [border.b if border.a == party.id else border.a for border in known]
    found = []
    for other in sorted(others, key=lambda id: (index.parties[index.number[id]].sort_key, id)):
        shared = index.between(number, index.number[other])
        in_force = int(index.in_force(shown.day)[shared].sum())
        link: PartyLink = party_link(shown, other, lang)
        url = url_for("connect.connect", dari=party.id, ke=other)
        found.append(NeighbourRow(link, in_force, url))
    return found


page(bp, "/daerah/<id>", "region", region)
page(bp, "/mitra/<id>", "partner", partner)
page(bp, "/pihak-ketiga/<id>", "third_party", third_party)
