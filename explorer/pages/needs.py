"""Who lacks what, and who has it, the nearest first."""

from __future__ import annotations

import math

from flask import Blueprint, render_template, request
from markupsafe import Markup

from explorer.contexts import NeedsContext
from explorer.exchange import MEETS
from explorer.listing import Choice
from explorer.present import FlowRow, PartyLink, counted, flow_rows, linked, party_link, view
from explorer.service import View
from explorer.web.address import language, page
from graph_loader import Direction, Language, NotFound, Party

bp = Blueprint("needs", __name__)
EARTH_KM = 6371.0
_SPARE = frozenset().union(*MEETS.values())


def needs() -> str:
    """`/kebutuhan?daerah=35.78&komoditas=rice`"""
    shown, lang = view(), language()
    region, commodity = request.args.get("daerah", ""), request.args.get("komoditas", "")
    here = shown.store.party(region) if region else None
    known = shown.commodities()
    if commodity and commodity not in known:
        raise NotFound("commodity-unknown", id=commodity)
    wanted = shown.store.flows(party=region, commodity=commodity, direction=Direction.NEED)
    given = shown.store.flows(commodity=commodity, direction=Direction.OFFER)
    if here and not commodity:
        lacking = {flow.commodity for flow in wanted}
        given = [flow for flow in given if flow.commodity in lacking]
    offers = [row for row in flow_rows(shown, given, lang) if row.flow.party != region]
    link = party_link(shown, region, lang) if here else None
    name = _name(known[commodity], lang) if commodity else ""
    newest, earlier = _split(_nearest(shown, offers, here))
    context = NeedsContext(
        opening=_opening(link, name, len(wanted), offers, lang),
        needs=flow_rows(shown, wanted, lang),
        offers=newest,
        earlier=earlier,
        commodities=_choices(shown, commodity, lang),
        regions=_regions(shown, lang),
        region=link,
        commodity=commodity,
        commodity_name=name,
    )
    return render_template("needs.html", ctx=context)


def _opening(
    region: PartyLink | None, commodity: str, needs: int, offers: list[FlowRow], lang: Language
) -> Markup:
    givers = len({row.party.id for row in offers})
    links = {
        "needs": (counted(lang, "needs", needs), "#perlu"),
        "offers": (counted(lang, "givers", givers), "#beri"),
    }
    words = {"commodity": commodity, "region": region.name if region else ""}
    asked = "both" if region and commodity else "region" if region else "all"
    if commodity and not region:
        asked = "commodity"
    return linked(lang, f"need.opening.{asked}", links, **words)


Offer = tuple[FlowRow, float | None]


def _split(offers: list[Offer]) -> tuple[list[Offer], list[Offer]]:
    """The best figure of each region and commodity, and the others apart."""
    best: dict[tuple[str, str], Offer] = {}
    for item in offers:
        best.setdefault((item[0].party.id, item[0].flow.commodity), item)
    kept = [id(item) for item in best.values()]
    return [*best.values()], [item for item in offers if id(item) not in kept]


def _nearest(shown: View, offers: list[FlowRow], here: Party | None) -> list[Offer]:
    """Spare amounts before mere figures of production or stock; then the nearest; then newest.

    The province that the region lies in has no distance to it and comes after the others.
    """
    parties = shown.index.parties
    number = shown.index.number
    province = here.part_of if here else ""
    found = [
        (row, None if row.party.id == province else _km(here, parties[number[row.party.id]]))
        for row in offers
    ]
    return sorted(
        found,
        key=lambda item: (
            item[0].flow.basis not in _SPARE,
            item[1] if item[1] is not None else math.inf,
            item[0].party.name,
            [-ord(char) for char in item[0].flow.year],
        ),
    )


def _km(one: Party | None, other: Party) -> float | None:
    """Great-circle distance in kilometres, where both places are known."""
    if one is None or None in (one.lat, one.lon, other.lat, other.lon):
        return None
    lat1, lon1, lat2, lon2 = (
        math.radians(x) for x in (one.lat, one.lon, other.lat, other.lon) if x is not None
    )
    half = math.sin((lat2 - lat1) / 2) ** 2
    half += math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(half))


def _regions(shown: View, lang: Language) -> list[PartyLink]:
    """Those for whom a need or an offer is recorded, by name."""
    ids = {flow.party for flow in shown.index.flows}
    return sorted((party_link(shown, id, lang) for id in ids), key=lambda link: link.name)


def _choices(shown: View, chosen: str, lang: Language) -> list[Choice]:
    counts: dict[str, int] = {}
    for flow in shown.index.flows:
        counts[flow.commodity] = counts.get(flow.commodity, 0) + 1
    found = [
        Choice(item.id, _name(item, lang), counts[item.id], item.id == chosen)
        for item in shown.commodities().values()
        if item.id in counts
    ]
    return sorted(found, key=lambda choice: (-choice.count, choice.label))


def _name(commodity: object, lang: Language) -> str:
    return str(getattr(commodity, f"name_{lang}"))


page(bp, "/kebutuhan", "needs", needs)
