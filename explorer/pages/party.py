"""A region, a foreign partner, a third party: what it has, with whom, and what it does not use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from explorer.contexts import BriefOpportunity, NeighbourRow, PartyContext
from explorer.filters import asked
from explorer.index import STATUSES
from explorer.listing import listing
from explorer.masks import masked
from explorer.opportunities import Case, Ranked, opportunities
from explorer.pages import next_steps, opening
from explorer.pages.parts import ego_part, flaws, profile_part, tiles, timeline_part
from explorer.pages.place import place_page
from explorer.present import FlowRow, PartyLink, flow_rows, note_files, party_link, party_url, view
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
    mine = index.agreements_of(number)
    counts = Counter(STATUSES[code] for code in index.status(shown.day)[mine].tolist())
    ending, partners = _ending(shown, number), len(ties(index, shown.day).of(number))
    is_region = party.level in REGION_LEVELS
    ranked = opportunities(index, party.id, shown.day) if is_region else None
    cases = ranked.cases(ranked.best()) if ranked else []
    link, within = party_link(shown, party.id, lang), _within(shown, party, lang)
    flows = [flow for flow in index.flows if flow.party == party.id]
    where = asked(shown, party=party.id)
    chosen = masked(index, replace(where, text="", source=""))
    return PartyContext(
        opening=opening.of_party(link, counts, partners, ending, lang),
        sections=_sections(is_region),
        party=link,
        is_region=is_region,
        other_name=party.name("id" if lang == "en" else "en"),
        within=within,
        tiles=tiles(link, counts, partners, lang),
        active=counts[Status.ACTIVE],
        open=counts[Status.OPEN],
        steps=_steps(shown, link, within, counts, ending, ranked, lang),
        meeting_url=url_for("meeting.meeting", id=party.id) if is_region else "",
        notes=note_files(daerah=party.id) if is_region else {},
        timeline=timeline_part(shown, chosen, lang, party.id, pihak=party.id),
        listing=listing(shown, where, lang),
        ego=ego_part(shown, party.id, lang),
        profile=profile_part(shown, mine, lang, link.url, link.name, pihak=party.id),
        opportunities=_brief(Speaker(shown, lang), cases),
        opportunities_total=len(ranked) if ranked else 0,
        opportunities_url=url_for("opportunities.opportunities", id=party.id) if cases else "",
        needs=_flow_rows(shown, flows, Direction.NEED, lang),
        offers=_flow_rows(shown, flows, Direction.OFFER, lang),
        borders=_borders(shown, party, lang),
        flaws=flaws(shown, mine, lang, link.url),
    )


def _sections(is_region: bool) -> list[str]:
    """What such a page has, always in this order."""
    home = ["peluang", "kebutuhan", "tetangga"] if is_region else []
    return ["perjanjian", "mitra", "sdg", *home, "kelengkapan", "hubungan"]


def _steps(
    shown: View, link: PartyLink, within: Sequence[PartyLink], counts: Counter[Status],
    ending: int, ranked: Ranked | None, lang: Language,
) -> list[Markup]:  # fmt: skip
    lapsed = counts[Status.LAPSED]
    if ranked is None:
        country = next((one for one in within if one.shape == "country"), None)
        return next_steps.of_partner(link, country, ending, lapsed, lang)
    best = party_link(shown, ranked.best()[0].party, lang) if len(ranked) else None
    return next_steps.of_region(shown, link, ending, lapsed, best, len(ranked), lang)


def _brief(speaker: Speaker, cases: Sequence[Case]) -> list[BriefOpportunity]:
    """Opportunities in two lines; reasons, proof and law are on their own page."""
    return [
        BriefOpportunity(
            party=party_link(speaker.shown, case.opportunity.party, speaker.lang),
            code=case.reasons[0].code,
            sentence=speaker.reason(case.reasons[0]),
            more=len(case.reasons) - 1,
            next_step=speaker.advice(case.advice).next_step.sentence,
            is_blocked=case.advice.is_blocked,
        )
        for case in cases
    ]


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
