"""The unused paths of a region: abroad, other regions, third parties; each with its reasons."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from markupsafe import Markup

from explorer.contexts import OpportunitiesContext, OpportunityCard, OpportunityList
from explorer.explain import gather, opportunity
from explorer.i18n import say
from explorer.listing import Choice, here, whole
from explorer.opportunities import LISTS, Opportunity
from explorer.opportunities import opportunities as find_opportunities
from explorer.present import PartyLink, counted, linked, party_link, view
from explorer.reasons import REASONS
from explorer.service import View
from explorer.ties import ties
from explorer.web.address import language, page
from graph_loader import Language

bp = Blueprint("opportunities", __name__)
CARDS = 6
NONE = "-"


def opportunities(id: str) -> str:
    """`/peluang/35.15?alasan=umbrella,sibling`"""
    shown, lang = view(), language()
    shown.store.party(id)
    codes = _codes()
    lines = find_opportunities(shown.index, id, shown.day, codes=codes)
    everything = find_opportunities(shown.index, id, shown.day)
    counts = {
        code: sum(any(r.code == code for r in line.reasons) for line in everything)
        for code in REASONS
    }
    link = party_link(shown, id, lang)
    lists = [_list(shown, name, lines, id, lang) for name in LISTS]
    context = OpportunitiesContext(
        opening=_opening(link, lists, lang),
        region=link,
        lists=lists,
        total=len(lines),
        partners=len(ties(shown.index, shown.day).of(shown.index.number[id])),
        codes=[
            Choice(code, say(lang, f"reason-name.{code}"), counts[code], code in codes)
            for code in REASONS
        ],
        toggles={code: here(alasan=_toggled(codes, code), **_FIRST_PAGES) for code in REASONS},
    )
    return render_template("opportunities.html", ctx=context)


def _opening(region: PartyLink, lists: list[OpportunityList], lang: Language) -> Markup:
    total = sum(one.total for one in lists)
    if not total:
        return linked(lang, "opportunity.opening.none", {"region": (region.name, region.url)})
    links = {one.name: (counted(lang, one.name, one.total), f"#{one.name}") for one in lists}
    links["region"] = (region.name, region.url)
    return linked(lang, "opportunity.opening", links)


_PAGE_FIELD = {"abroad": "hal-luar", "regions": "hal-daerah", "third_parties": "hal-ketiga"}
_FIRST_PAGES = dict.fromkeys(_PAGE_FIELD.values(), "")


def _codes() -> list[str]:
    text = request.args.get("alasan", "")
    if not text:
        return list(REASONS)
    return [] if text == NONE else text.split(",")


def _toggled(codes: list[str], code: str) -> str:
    chosen = [one for one in REASONS if (one in codes) != (one == code)]
    if len(chosen) == len(REASONS):
        return ""
    return ",".join(chosen) or NONE


def _list(
    shown: View, name: str, lines: list[Opportunity], region: str, lang: Language
) -> OpportunityList:
    own = [line for line in lines if line.list == name]
    field = _PAGE_FIELD[name]
    number = max(1, whole(field, 1))
    lines = own[(number - 1) * CARDS : number * CARDS]
    gather(shown, lines)
    cards = [_card(shown, line, region, lang) for line in lines]
    return OpportunityList(
        name,
        cards,
        (number - 1) * CARDS + 1 if cards else 0,
        (number - 1) * CARDS + len(cards),
        len(own),
        here(**{field: str(number + 1)}) if number * CARDS < len(own) else "",
        here(**{field: str(number - 1)}) if number > 1 else "",
    )


def _card(shown: View, line: Opportunity, region: str, lang: Language) -> OpportunityCard:
    url = url_for("connect.connect", dari=region, ke=line.party)
    return opportunity(shown, line, region, lang, url)


page(bp, "/peluang/<id>", "opportunities", opportunities)
