"""Two to four candidates of a region side by side: the same reasons, the same law, row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

import numpy as np
from flask import render_template, url_for
from markupsafe import Markup

from explorer.contexts.cards import ReasonCard
from explorer.contexts.compare import CompareColumn, CompareContext, Refusal
from explorer.exchange import Meeting
from explorer.explain import gather, opportunity
from explorer.filters import topic_asked
from explorer.i18n import say
from explorer.opportunities import LISTS, Case, Opportunity, Ranked
from explorer.opportunities import opportunities as find_opportunities
from explorer.pages import shortlist as picks
from explorer.pages.opportunities import codes_asked
from explorer.present import (
    PartyLink,
    amount,
    connect_url,
    counted,
    linked,
    linked_name,
    party_link,
    view,
)
from explorer.reasons import REASONS
from explorer.sentences import Speaker
from explorer.service import View
from explorer.together import apart, exchanged, goals_of, in_force_between, partners
from explorer.web.address import language
from explorer.web.asked import here
from graph_loader import Language

NAMED = 5  # because a cell with more partners in it is read by nobody


def compare(id: str) -> str:
    """`/peluang/35.15/banding?pilih=osaka-prefecture-jp,perth-au&alasan=umbrella`"""
    shown, lang = view(), language()
    if id not in shown.index.number:
        shown.store.party(id)
    ranked = find_opportunities(
        shown.index, id, shown.day, codes=codes_asked(), topic=topic_asked()
    )
    ids = picks.known(shown, picks.picked())
    lines = {one: line for one in ids if (line := line_of(ranked, one)) is not None}
    compared = [lines[one] for one in list(lines)[: picks.COMPARED]]
    cases = ranked.cases(compared)
    gather(shown, cases)
    speaker = Speaker(shown, lang)
    region = party_link(shown, id, lang)
    columns = [_column(speaker, ranked, case, ids) for case in cases]
    told = {code for column in columns for code in column.reasons}
    context = CompareContext(
        opening=_opening(region, columns, lang),
        region=region,
        columns=columns,
        codes=[code for code in REASONS if code in told],
        refusals=_refusals(shown, region, ids, lines, lang),
        back_url=_back(id),
        shortlist=picks.shortlist(shown, id, lang),
    )
    return render_template("compare.html", ctx=context)


def line_of(ranked: Ranked, party: str) -> Opportunity | None:
    """A candidate with its rank in its list; None where it is in none of them."""
    number = ranked.question.ground.number_of(party)
    for name in LISTS:
        at = np.flatnonzero(ranked.lists[name] == number)
        if len(at):
            return ranked.part(name, int(at[0]), 1)[0]
    return None


def _opening(region: PartyLink, columns: Sequence[CompareColumn], lang: Language) -> Markup:
    links = {"region": (region.name, region.url)}
    if not columns:
        return linked(lang, "compare.opening.none", links)
    names = Markup(", ").join(linked_name(column.party) for column in columns)
    key = "compare.opening" if len(columns) > 1 else "compare.opening.one"
    return linked(lang, key, {**links, "names": (names, "")}, n=len(columns))


def _column(speaker: Speaker, ranked: Ranked, case: Case, ids: Sequence[str]) -> CompareColumn:
    shown, lang = speaker.shown, speaker.lang
    card = opportunity(speaker, case)
    party, ground = case.opportunity.party, speaker.ground
    near = _partners(shown, party)
    return CompareColumn(
        party=card.party,
        remove_url=here(pilih=",".join(one for one in ids if one != party)),
        list_name=case.opportunity.list,
        total=len(ranked.lists[case.opportunity.list]),
        card=card,
        reasons=_by_code(card.reasons),
        km=apart(shown.index, shown.day, ground.number_of(case.region), ground.number_of(party)),
        goals=_shared_goals(shown, case.region, party),
        exchanges=[exchange_words(shown, met, lang) for met in _exchanged(shown, case)],
        partners=[party_link(shown, one, lang) for one in near[:NAMED]],
        partners_more=max(0, len(near) - NAMED),
    )


def _by_code(cards: Sequence[ReasonCard]) -> Mapping[str, Sequence[ReasonCard]]:
    return {code: list(some) for code, some in groupby(cards, key=lambda card: card.code)}


def _partners(shown: View, party: str) -> list[str]:
    """Whom a candidate works with; a place that no agreement names works with nobody on record."""
    number = shown.index.number.get(party)
    found = [] if number is None else partners(shown.index, shown.day, number).tolist()
    return [shown.index.parties[one].id for one in found]


def _shared_goals(shown: View, a: str, b: str) -> list[str]:
    if b not in shown.index.number:
        return []
    both = (goals_of(shown.index, shown.day, shown.index.number[one]) for one in (a, b))
    return [str(n) for n, counts in enumerate(zip(*both, strict=True), start=1) if all(counts)]


def _exchanged(shown: View, case: Case) -> list[Meeting]:
    return exchanged(shown.index, shown.day, case.region, case.opportunity.party)


def exchange_words(shown: View, met: Meeting, lang: Language) -> str:
    """A need that another can meet, with both figures."""
    known = shown.commodities()[met.need.commodity]
    return say(
        lang, "together.exchange",
        needing=shown.index.name(met.need.party, lang),
        offering=shown.index.name(met.offer.party, lang),
        commodity=known.name_en if lang == "en" else known.name_id,
        need=amount(met.need, lang), offer=amount(met.offer, lang),
        grade=say(lang, f"need-grade.{met.grade}"),
    )  # fmt: skip


def _refusals(
    shown: View, region: PartyLink, ids: Sequence[str], lines: Mapping[str, Opportunity],
    lang: Language,
) -> list[Refusal]:  # fmt: skip
    """Whom the address names and the table does not show, and why."""
    own = shown.index.number[region.id]
    works = {shown.index.parties[n].id for n in partners(shown.index, shown.day, own).tolist()}
    found = []
    for id in ids:
        link = party_link(shown, id, lang)
        links = {"party": (link.name, link.url), "region": (region.name, region.url)}
        if id in works:
            n = in_force_between(shown.index, shown.day, own, shown.index.number[id])
            url = connect_url(shown, region.id, id)
            links["agreements"] = (counted(lang, "agreements", n), url)
            found.append(Refusal(link.name, linked(lang, "compare.refused.partner", links)))
        elif id not in lines:
            found.append(Refusal(link.name, linked(lang, "compare.refused.no-reason", links)))
        elif id not in list(lines)[: picks.COMPARED]:
            sentence = linked(lang, "compare.refused.too-many", links, n=picks.COMPARED)
            found.append(Refusal(link.name, sentence))
    return found


def _back(id: str) -> str:
    """The list that the candidates were picked from, with its state."""
    query = here().partition("?")[2]
    address = url_for("opportunities.opportunities", id=id)
    return f"{address}?{query}" if query else address
