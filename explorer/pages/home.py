"""The first page: one search box, the network in miniature, what is new, what ends soon."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Final

import numpy as np
from flask import Blueprint, render_template, url_for
from markupsafe import Markup

from explorer.contexts import Brief, Count, HomeContext
from explorer.filters import BOTH_IN_FORCE
from explorer.i18n import number, partial_date, say
from explorer.index import Index
from explorer.masks import masked
from explorer.pictures.labels import short
from explorer.pictures.miniature import miniature
from explorer.present import AgreementRow, counted, linked, rows, view
from explorer.service import View
from explorer.ties import ties
from explorer.web.address import language, page
from graph_loader import AgreementFilter, Language, Load, Status

bp = Blueprint("home", __name__)
SHOWN: Final = 4  # because as many fit beside the others on a laptop's screen
SOON, YEAR = 90, 365  # days: a renewal is to be prepared, or to be planned for
NAMED: Final = 2  # parties named in a short line
LOADS: Final = 20  # because lists of reference data are loads too, and few


def home() -> str:
    """`/`"""
    shown, lang = view(), language()
    index = shown.index
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
    newest, ending = _newest(index), _ending(shown)
    shown.gather([*newest, *ending])
    context = HomeContext(
        opening=_opening(*counts, lang),
        agreements=counts[0],
        examples=_examples(shown, lang),
        miniature=miniature(shown, lang),
        loaded=_last_load(shown),
        newest=[_signed(shown, row, lang) for row in rows(shown, shown.documents(newest), lang)],
        ending=[_ends(shown, row, lang) for row in rows(shown, shown.documents(ending), lang)],
        ending_counts=_ending_counts(shown, lang),
        goals=goals,
    )
    ties(index, shown.day)  # so that the first question after this page is answered at once
    return render_template("home.html", ctx=context)


def _last_load(shown: View) -> Load | None:
    """The last one that did anything to agreements."""
    loads = shown.store.loads(limit=LOADS).items
    return next((load for load in loads if load.added or load.changed or load.retired), None)


def _newest(index: Index) -> list[str]:
    """Those that were signed last, of equals in the order of their ids; none without a date."""
    order = np.lexsort((np.arange(len(index.signed_first)), -index.signed_first))
    return [index.agreement_ids[n] for n in order[:SHOWN].tolist() if index.signed_first[n] > 0]


def _signed(shown: View, row: AgreementRow, lang: Language) -> Brief:
    return Brief(row, _names(row, lang), partial_date(lang, str(row.signed)))


def _ending_within(shown: View, days: int) -> AgreementFilter:
    active = AgreementFilter(shown.day, status=frozenset({Status.ACTIVE}))
    return replace(active, ends_to=shown.day + timedelta(days))


def _ending(shown: View) -> list[str]:
    """Those that end first, as far as next year's plans reach."""
    index = shown.index
    found = np.flatnonzero(masked(index, _ending_within(shown, YEAR)))
    first = found[np.argsort(index.ends_last[found], kind="stable")][:SHOWN]
    return [index.agreement_ids[n] for n in first.tolist()]


def _ends(shown: View, row: AgreementRow, lang: Language) -> Brief:
    """When it ends, and how many days are left until the last day that this may mean."""
    assert row.ends is not None
    left = (row.ends.last - shown.day).days
    date = say(lang, "home.ending.date", date=partial_date(lang, str(row.ends)))
    words = say(lang, "home.ending.days", n=left) if left else say(lang, "home.ending.today")
    return Brief(row, _names(row, lang), f"{date} · {words}", urgent=left <= SOON)


def _ending_counts(shown: View, lang: Language) -> list[Count]:
    """How many end soon, and within a year; only what there is."""
    found = []
    for days, key in ((SOON, "home.ending.soon"), (YEAR, "home.ending.year")):
        if n := int(masked(shown.index, _ending_within(shown, days)).sum()):
            url = url_for("agreement.register", status="active", akhir=days, urut="ends")
            found.append(Count(say(lang, key, n=n), url))
    return found


def _names(row: AgreementRow, lang: Language) -> str:
    """Who signs, in one short line."""
    names = _joined(party.name for party in row.parties[:NAMED])
    more = len(row.parties) - NAMED
    return say(lang, "home.others", list=names, n=more) if more > 0 else names


def _joined(names: Iterable[str]) -> str:
    return " – ".join(names)


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
            one = short(name(party, lang), shown.index.parties[known[party]].level)
            words = say(lang, "home.example.pair", a=one, b=name(country, lang))
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
