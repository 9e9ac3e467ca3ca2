"""Who lacks what, and who has it: needs beside the offers that can meet them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from flask import Blueprint, render_template, request, url_for
from markupsafe import Markup

from explorer.contexts import FlowList, MeetingRow, NeedGroup, NeedsContext
from explorer.exchange import Exchange, Meeting, exchange, givers, meetings
from explorer.exchange.strands import Strand, Strands, strands
from explorer.filters import Choice
from explorer.i18n import number, say
from explorer.pictures.flow import Labels, flow_svg
from explorer.pictures.picture import Picture
from explorer.present import (
    PartyLink,
    counted,
    flow_rows,
    linked,
    party_link,
    party_url,
    picture_files,
    view,
)
from explorer.service import View
from explorer.web.address import language, page
from explorer.web.asked import here, whole
from graph_loader import Direction, Flow, Language, NotFound

bp = Blueprint("needs", __name__)
NEEDS = 10  # because a page of them, with a few offers each, still prints on two sheets
FEW = 3  # offers beside a need where many needs are shown; one need alone shows all of its offers
YEAR = 12  # months; because what lasts longer than to the next harvest year says no more
LISTED = 50  # needs or offers in a table, before the rest is asked for
GIVES = 12  # needs that a region's offers can meet, before the rest is asked for


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: a region, a commodity, both or neither."""

    region: str
    commodity: str

    def wants(self, flow: Flow) -> bool:
        """Whether a need or an offer is of the region and the commodity asked for."""
        return self.region in {"", flow.party} and self.commodity in {"", flow.commodity}


def needs() -> str:
    """`/kebutuhan?daerah=35.78&komoditas=rice`"""
    shown, lang = view(), language()
    asked = _asked(shown)
    everything = exchange(shown.index, shown.day)
    found = meetings(shown.index, shown.day, asked.region, asked.commodity)
    lacking = [met for met in found if asked.region in {"", met.need.party}]
    giving = [met for met in found if asked.region and met.offer.party == asked.region]
    giving.sort(key=lambda met: (met.grade != "firm", math.inf if met.km is None else met.km))
    hinted = _hinted(shown, asked, everything, lacking)
    unmet = [flow for flow in everything.unmet if asked.wants(flow)]
    context = _context(shown, asked, everything, (lacking, giving, hinted, unmet), lang)
    return render_template("needs.html", ctx=context)


Found = tuple[list[Meeting], list[Meeting], list[Meeting], list[Flow]]


def _context(
    shown: View, asked: Asked, everything: Exchange, found: Found, lang: Language
) -> NeedsContext:
    lacking, giving, hinted, unmet = found
    answered = [flow for flow in everything.answered if asked.wants(flow)]
    told = {flow.id for met in everything.meetings for flow in (met.need, met.offer)}
    told |= {flow.id for flow in (*everything.unmet, *everything.answered)}
    left = [flow for flow in shown.index.flows if flow.id not in told and asked.wants(flow)]
    link = party_link(shown, asked.region, lang) if asked.region else None
    groups = [list(group) for _, group in groupby(lacking, key=lambda met: met.need.id)]
    page_number = max(1, whole("hal", 1))
    first = (page_number - 1) * NEEDS
    given = giving if request.args.get("semua") else giving[:GIVES]
    return NeedsContext(
        opening=_opening(shown, asked, link, found, lang),
        groups=[
            _group(shown, asked, group, everything.possible[group[0].need.id], lang)
            for group in groups[first : first + NEEDS]
        ],
        first=first + 1 if groups[first:] else 0,
        last=min(first + NEEDS, len(groups)),
        total=len(groups),
        previous_url=here(hal=str(page_number - 1)) if page_number > 1 else "",
        next_url=here(hal=str(page_number + 1)) if first + NEEDS < len(groups) else "",
        givers=[_row(shown, met, lang) for met in hinted],
        gives=[_row(shown, met, lang, taking=True) for met in given],
        gives_total=len(giving),
        gives_url=here(semua="1") + "#untuk" if len(given) < len(giving) else "",
        unmet=_listed(shown, unmet, lang, "belum"),
        answered=_listed(shown, answered, lang, "lain"),
        other_needs=_listed(shown, _of(left, Direction.NEED), lang, "lain"),
        other_offers=_listed(shown, _of(left, Direction.OFFER), lang, "lain"),
        commodities=_choices(shown, asked.commodity, lang),
        regions=_regions(shown, link, lang),
        picture=_picture(shown, asked, lacking, lang) if lacking else None,
        files=picture_files("kebutuhan"),
        region=link,
        commodity=asked.commodity,
    )


def picture(shown: View, lang: Language) -> Picture:
    """Who has, and who lacks it, of what the address asks for. Raises: NotFound."""
    asked = _asked(shown)
    found = meetings(shown.index, shown.day, asked.region, asked.commodity)
    lacking = [met for met in found if asked.region in {"", met.need.party}]
    if not lacking:
        raise NotFound("picture-empty")
    return _picture(shown, asked, lacking, lang)


def _picture(shown: View, asked: Asked, lacking: Sequence[Meeting], lang: Language) -> Picture:
    found = strands(lacking)
    about = [_name(shown, asked.commodity, lang)] if asked.commodity else []
    about += [shown.index.name(asked.region, lang)] if asked.region else []
    title = say(lang, "flow.picture") + (f": {', '.join(about)}" if about else "")
    svg, size = flow_svg(found, title, _labels(shown, found, lang))
    notes = [_width(found, lang)]
    if any(met.need.commodity != met.offer.commodity for met in lacking):
        notes.append(say(lang, "flow.picture.kindred"))
    return Picture(svg, size, title, _summary(shown, found, lang), notes=notes)


def _labels(shown: View, found: Strands, lang: Language) -> Labels:
    return Labels(
        offers=say(lang, "flow.picture.offers"),
        goods=say(lang, "flow.commodity"),
        needs=say(lang, "flow.picture.needs"),
        name=lambda id: shown.index.name(id, lang),
        good=lambda id: _name(shown, id, lang),
        party_url=party_url,
        good_url=lambda id: url_for("needs.needs", komoditas=id),
        hint=lambda one, is_need: say(
            lang, "flow.picture.need" if is_need else "flow.picture.offer",
            party=shown.index.name(one.party, lang), commodity=_name(shown, one.commodity, lang),
            much=_much([one], found, lang),
        ),
        tail=lambda own: f" · {_much(own, found, lang)}" if found.unit else "",
    )  # fmt: skip


def _much(own: Sequence[Strand], found: Strands, lang: Language) -> str:
    """How much one has or lacks: an amount where all are of one measure, else entries."""
    if found.unit is None:
        return say(lang, "flow.picture.entries", n=sum(one.entries for one in own))
    return number(lang, round(sum(one.amount or 0.0 for one in own)))


def _width(found: Strands, lang: Language) -> str:
    """What the width of a band says."""
    if found.unit is None:
        return say(lang, "flow.picture.by-entries")
    kind, is_rate = found.unit
    unit = say(lang, f"flow-unit.{kind}" + (".year" if is_rate else ""))
    return say(lang, "flow.picture.by-amount", unit=unit)


def _summary(shown: View, found: Strands, lang: Language) -> str:
    having = {one.party for one in found.offers}
    lacking = {one.party for one in found.needs}
    entries: dict[str, int] = {}
    for one in found.needs:
        entries[one.commodity] = entries.get(one.commodity, 0) + one.entries
    most = min(entries, key=lambda id: (-entries[id], id))
    key = "flow.picture.summary" + ("" if len(entries) > 1 else ".one")
    return say(
        lang, key, n=sum(entries.values()), having=len(having),
        lacking=len(lacking), commodity=_name(shown, most, lang), most=entries[most],
    )  # fmt: skip


def _asked(shown: View) -> Asked:
    """Raises: NotFound for a region or a commodity that nobody knows."""
    region, commodity = request.args.get("daerah", ""), request.args.get("komoditas", "")
    if region and region not in shown.index.number:
        raise NotFound("party-unknown", id=region[:80])
    if commodity and commodity not in shown.commodities():
        raise NotFound("commodity-unknown", id=commodity[:80])
    return Asked(region, commodity)


def _hinted(
    shown: View, asked: Asked, everything: Exchange, lacking: Sequence[Meeting]
) -> list[Meeting]:
    """Who could give a region the commodity asked for, where it has no need of it on record."""
    known = any(asked.wants(flow) for flow in everything.unmet)
    if not (asked.region and asked.commodity) or lacking or known:
        return []
    return givers(shown.index, shown.day, asked.region, asked.commodity)


def _group(
    shown: View, asked: Asked, met: Sequence[Meeting], possible: int, lang: Language
) -> NeedGroup:
    few = met if asked.region else met[:FEW]
    need = met[0].need
    url = url_for("needs.needs", daerah=need.party, komoditas=need.commodity)
    return NeedGroup(
        need=flow_rows(shown, [need], lang)[0],
        rows=[_row(shown, one, lang) for one in few],
        total=possible,
        all_url=url if len(few) < len(met) else "",
    )


def _row(shown: View, met: Meeting, lang: Language, *, taking: bool = False) -> MeetingRow:
    """An offer beside a need; `taking`: the need, beside the offer that is asked about."""
    need, offer = flow_rows(shown, [met.need, met.offer], lang)
    return MeetingRow(
        other=need if taking else offer,
        own=offer if taking else need,
        grade=met.grade,
        share=_share(met, lang),
        km=met.km,
        in_province=met.in_province,
        kindred=met.need.commodity != met.offer.commodity,
        connect_url=url_for("connect.connect", dari=met.need.party, ke=met.offer.party),
        opportunities_url=url_for("opportunities.opportunities", id=met.need.party),
    )


def _share(met: Meeting, lang: Language) -> str:
    """How much of a need is covered, or for how long: never all of it where it is less."""
    if met.months is not None:
        return _lasts(met.months, lang)
    if met.share is None:
        return ""
    if met.share >= 1:
        return say(lang, "need.share.all")
    percent = int(met.share * 100)
    return say(lang, "need.share.part", part=percent) if percent else say(lang, "need.share.less")


def _lasts(months: float, lang: Language) -> str:
    if months >= YEAR:
        return say(lang, "need.lasts.year")
    whole_months = int(months)
    return say(lang, "need.lasts", n=whole_months) if months >= 1 else say(lang, "need.lasts.less")


def _opening(
    shown: View, asked: Asked, region: PartyLink | None, found: Found, lang: Language
) -> Markup:
    lacking, giving, hinted, unmet = found
    links = {
        "met": (counted(lang, "needs", len({met.need.id for met in lacking})), "#cocok"),
        "givers": (counted(lang, "givers", _givers(lacking, hinted)), "#cocok"),
        "unmet": (counted(lang, "needs", len(unmet)), "#belum"),
        "takers": (counted(lang, "givers", len({met.need.party for met in giving})), "#untuk"),
    }
    words = {
        "region": region.name if region else "",
        "commodity": _name(shown, asked.commodity, lang),
    }
    told = (linked(lang, f"need-opening.{key}", links, **words) for key in _says(asked, found))
    return Markup(" ").join(told)


def _says(asked: Asked, found: Found) -> list[str]:
    """Which sentences answer what was asked."""
    lacking, giving, hinted, unmet = found
    which = "region" if asked.region else "commodity" if asked.commodity else "all"
    which = "both" if asked.region and asked.commodity else which
    met = [f"met.{which}"] if lacking else ["hinted"] if hinted else []
    left = [f"unmet.{which}"] if unmet else []
    return [*met, *left, *(["gives"] if giving else [])] or [f"none.{which}"]


def _givers(*lists: Sequence[Meeting]) -> int:
    return len({met.offer.party for found in lists for met in found})


def _listed(shown: View, flows: Sequence[Flow], lang: Language, place: str) -> FlowList:
    """The first of some needs or offers, and where on the page all of them are."""
    few = flows if request.args.get("semua") else flows[:LISTED]
    url = here(semua="1") + f"#{place}" if len(few) < len(flows) else ""
    return FlowList(flow_rows(shown, few, lang), len(flows), url)


def _of(flows: Sequence[Flow], direction: Direction) -> list[Flow]:
    """Those of one direction, by commodity, then newest first."""
    found = [flow for flow in flows if flow.direction is direction]
    found.sort(key=lambda flow: (flow.year, flow.id), reverse=True)
    return sorted(found, key=lambda flow: (flow.commodity, flow.party))


def _regions(shown: View, chosen: PartyLink | None, lang: Language) -> list[PartyLink]:
    """Those for whom a need or an offer is recorded, by name, and the one that is chosen."""
    ids = {flow.party for flow in shown.index.flows} | ({chosen.id} if chosen else set())
    return sorted((party_link(shown, id, lang) for id in ids), key=lambda link: link.name)


def _choices(shown: View, chosen: str, lang: Language) -> list[Choice]:
    counts: dict[str, int] = {}
    for flow in shown.index.flows:
        counts[flow.commodity] = counts.get(flow.commodity, 0) + 1
    found = [
        Choice(id, _name(shown, id, lang), counts.get(id, 0), id == chosen)
        for id in shown.commodities() if id in counts or id == chosen
    ]  # fmt: skip
    return sorted(found, key=lambda choice: (-choice.count, choice.label))


def _name(shown: View, commodity: str, lang: Language) -> str:
    if not commodity:
        return ""
    found = shown.commodities()[commodity]
    return found.name_en if lang == "en" else found.name_id


page(bp, "/kebutuhan", "needs", needs)
