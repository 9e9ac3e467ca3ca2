"""The unused paths of a region: abroad, other regions, third parties; each with its reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flask import Blueprint, render_template, request, url_for
from markupsafe import Markup

from explorer.contexts import OpportunitiesContext, OpportunityCard, OpportunityList
from explorer.explain import gather, opportunity
from explorer.filters import Choice, topic_asked
from explorer.i18n import say
from explorer.opportunities import LISTS, Case, ListName, Ranked
from explorer.opportunities import opportunities as find_opportunities
from explorer.pages import shortlist as picks
from explorer.present import PartyLink, counted, linked, note_files, party_link, view
from explorer.reasons import REASONS, SILENT
from explorer.sentences import Speaker
from explorer.web.address import language, page
from explorer.web.asked import here, whole
from graph_loader import Language

bp = Blueprint("opportunities", __name__)
CARDS = 6  # because two rows of three are seen without scrolling far
NONE = "-"
_PAGE_FIELD: dict[ListName, str] = {
    "abroad": "hal-luar",
    "regions": "hal-daerah",
    "third_parties": "hal-ketiga",
}
_FIRST_PAGES = dict.fromkeys(_PAGE_FIELD.values(), "")


def opportunities(id: str) -> str:
    """`/peluang/35.15?alasan=umbrella,sibling&topik=6&pilih=osaka-prefecture-jp`"""
    shown, lang = view(), language()
    if id not in shown.index.number:
        shown.store.party(id)
    codes, topic = codes_asked(), topic_asked()
    ranked = find_opportunities(shown.index, id, shown.day, codes=codes, topic=topic)
    chosen = picks.known(shown, picks.picked())
    speaker = Speaker(shown, lang)
    link = party_link(shown, id, lang)
    cases = {
        name: ranked.cases(ranked.part(name, _first(name, len(ranked.lists[name])), CARDS))
        for name in LISTS
    }
    gather(shown, [case for some in cases.values() for case in some])
    context = OpportunitiesContext(
        opening=_opening(speaker, link, ranked, topic),
        region=link,
        lists=[_list(speaker, name, ranked, cases[name], chosen) for name in LISTS],
        total=len(ranked),
        partners=len(ranked.question.partners),
        codes=_choices(ranked, codes, lang),
        toggles={code: here(alasan=_toggled(codes, code), **_FIRST_PAGES) for code in REASONS},
        all_on_url=here(alasan="", **_FIRST_PAGES) if len(codes) < len(REASONS) else "",
        silent=SILENT,
        shortlist=picks.shortlist(shown, id, lang),
        cold=speaker.cold(ranked),
        all_url=here(topik="", **_FIRST_PAGES) if topic else "",
    )
    return render_template("opportunities.html", ctx=context)


def _opening(speaker: Speaker, region: PartyLink, ranked: Ranked, topic: str) -> Markup:
    lang, links = speaker.lang, {"region": (region.name, region.url)}
    if topic:
        links["topic"] = (speaker.topic(topic), url_for("topic.topic", id=topic))
    if not len(ranked):
        none = "opportunity.opening.topic.none" if topic else "opportunity.opening.none"
        return linked(lang, none, links)
    key = "opportunity.opening.topic" if topic else "opportunity.opening"
    for name, numbers in ranked.lists.items():
        links[name] = (counted(lang, name, len(numbers)), f"#{name}")
    return linked(lang, key, links)


def codes_asked() -> list[str]:
    """The reasons that the address has not switched off; all where it names none."""
    text = request.args.get("alasan", "")
    if not text:
        return list(REASONS)
    return [] if text == NONE else text.split(",")


def _toggled(codes: list[str], code: str) -> str:
    chosen = [one for one in REASONS if (one in codes) != (one == code)]
    if len(chosen) == len(REASONS):
        return ""
    return ",".join(chosen) or NONE


def _choices(ranked: Ranked, codes: list[str], lang: Language) -> list[Choice]:
    return [
        Choice(code, say(lang, f"reason-name.{code}"), ranked.counts[code], code in codes)
        for code in REASONS
    ]


def _first(name: ListName, total: int) -> int:
    """The place where the page of a list begins; one that lies behind the end is the last."""
    last = max(1, -(-total // CARDS))
    return (min(last, max(1, whole(_PAGE_FIELD[name], 1))) - 1) * CARDS


def _list(
    speaker: Speaker, name: ListName, ranked: Ranked, cases: list[Case], chosen: Sequence[str]
) -> OpportunityList:
    field, total = _PAGE_FIELD[name], len(ranked.lists[name])
    first = _first(name, total)
    number = first // CARDS + 1
    return OpportunityList(
        name,
        [_card(speaker, case, chosen) for case in cases],
        first + 1 if cases else 0,
        first + len(cases),
        total,
        here(**{field: str(number + 1)}) if number * CARDS < total else "",
        here(**{field: str(number - 1)}) if number > 1 else "",
    )


def _card(speaker: Speaker, case: Case, chosen: Sequence[str]) -> OpportunityCard:
    """A card that can be put on the shortlist."""
    party = case.opportunity.party
    url = picks.toggled(chosen, party)
    return replace(
        opportunity(speaker, case),
        pick_url=f"{url}#calon-{party}" if url else "",
        is_picked=party in chosen,
        note_urls=note_files(daerah=case.region, mitra=party),
    )


page(bp, "/peluang/<id>", "opportunities", opportunities)
