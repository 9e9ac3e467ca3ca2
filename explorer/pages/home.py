"""The first page: one search box, what there is, three doors."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, render_template, url_for
from markupsafe import Markup

from explorer.contexts import HomeContext
from explorer.i18n import number, say
from explorer.listing import BOTH_IN_FORCE
from explorer.present import counted, linked, rows, view
from explorer.service import View
from explorer.ties import ties
from explorer.web.address import language, page
from graph_loader import AgreementFilter, Language, Order, Status

bp = Blueprint("home", __name__)
ENDING_SHOWN = 5
_SOON = 400  # because next year's plans are made in the year before


def home() -> str:
    """`/`"""
    shown, lang = view(), language()
    index, store = shown.index, shown.store
    ending = store.agreements(
        AgreementFilter(shown.day, status=frozenset({Status.ACTIVE})), order=Order.ENDS, limit=50
    ).items
    soon = date.fromordinal(shown.day.toordinal() + _SOON)
    facets = shown.facets(AgreementFilter(shown.day))
    goals = [
        (t.id, t.name_en if lang == "en" else t.name_id, facets.goal.get(t.id, 0))
        for t in shown.topics()
        if not t.goal
    ]
    counts = (
        len(index.agreement_ids),
        int((index.of_party.indptr[1:] > index.of_party.indptr[:-1]).sum()),
        int(index.in_force(shown.day).sum()),
        len([c for c in facets.country if c != "id"]),
    )
    context = HomeContext(
        opening=_opening(*counts, lang),
        agreements=counts[0],
        parties=counts[1],
        in_force=counts[2],
        countries=counts[3],
        loaded=next(iter(store.loads(limit=1).items), None),
        ending=rows(
            shown, [a for a in ending if a.ends and a.ends.last <= soon][:ENDING_SHOWN], lang
        ),
        goals=goals,
        examples=_examples(shown, lang),
    )
    ties(index, shown.day)  # so that the first question after this page is answered at once
    return render_template("home.html", ctx=context)


_PAIRS = (("country.country", "35", "au"), ("country.country", "35", "cn"))
_CHAIN = ("35.25", "osaka-prefecture-jp")
_WANTED = ("35.78", "rice")
_UNUSED = "35.15"


def _examples(shown: View, lang: Language) -> list[tuple[str, str]]:
    """The four questions a planner comes with, as far as the loaded data knows their parties."""
    known, name = shown.index.number, shown.index.name
    found = []
    for endpoint, party, country in _PAIRS:
        if party in known and country in known:
            words = say(lang, "home.example.pair", a=name(party, lang), b=name(country, lang))
            found.append((words, url_for(endpoint, id=country, pihak=party)))
    if all(id in known for id in _CHAIN):
        words = say(lang, "home.example.chain", a=name(_CHAIN[0], lang), b=name(_CHAIN[1], lang))
        found.append((words, url_for("connect.connect", dari=_CHAIN[0], ke=_CHAIN[1])))
    if _UNUSED in known:
        words = say(lang, "home.example.unused", a=name(_UNUSED, lang))
        found.append((words, url_for("opportunities.opportunities", id=_UNUSED)))
    if _WANTED[0] in known and any(flow.commodity == _WANTED[1] for flow in shown.index.flows):
        words = say(lang, "home.example.wanted", a=name(_WANTED[0], lang))
        found.append((words, url_for("needs.needs", daerah=_WANTED[0], komoditas=_WANTED[1])))
    return found


def _opening(
    agreements: int, parties: int, in_force: int, countries: int, lang: Language
) -> Markup:
    if not agreements:
        return linked(lang, "home.opening.empty", {})
    register, network = url_for("agreement.register"), url_for("network.network")
    return linked(
        lang,
        "home.opening",
        {
            "agreements": (counted(lang, "agreements", agreements), register),
            "parties": (counted(lang, "parties", parties), network),
            "in_force": (number(lang, in_force), f"{register}?status={BOTH_IN_FORCE}"),
            "countries": (counted(lang, "countries", countries), network),
        },
    )


page(bp, "/", "home", home)
