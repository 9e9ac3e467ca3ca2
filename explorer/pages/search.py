"""What a planner types: parties, two parties in one sentence, topics, agreements."""

from __future__ import annotations

import re

import numpy as np
from flask import Blueprint, render_template, request, url_for
from markupsafe import Markup

from explorer.contexts import SearchContext
from explorer.present import PartyLink, counted, linked, party_link, party_url, rows, view
from explorer.search import find
from explorer.service import View
from explorer.web.address import language, page
from graph_loader import (
    FOREIGN_LEVELS,
    REGION_LEVELS,
    AgreementFilter,
    Language,
    Level,
    Party,
    fold,
)

bp = Blueprint("search", __name__)
PARTIES = 12
AGREEMENTS = 10
MAX_QUERY = 200
_SURE = 95.0  # because only a whole name or a whole first word of one scores so high
_JOINS = re.compile(
    r"\b(?:kerja ?sama|kerjasama|mitra|partners?|cooperation|of|dengan|with|dan|and|ke|to|di|in)\b"
)


def search() -> str:
    """`/cari?q=`"""
    shown, lang = view(), language()
    query = request.args.get("q", "").strip()[:MAX_QUERY]
    hits = find(shown.index, query, lang, limit=PARTIES)
    where = AgreementFilter(shown.day, text=query)
    found = shown.store.agreements(where, limit=AGREEMENTS) if fold(query) else None
    words = fold(query)
    topics = [
        (t.id, t.name_en if lang == "en" else t.name_id)
        for t in shown.store.topics()
        if words and not t.goal and words in fold(f"{t.name_id} {t.name_en} sdg {t.id}")
    ]
    total = found.total if found else 0
    context = SearchContext(
        opening=_opening(query, len(hits), total, lang),
        query=query,
        parties=[party_link(shown, hit.party.id, lang) for hit in hits],
        between=_between(shown, query, lang),
        topics=topics,
        agreements=rows(shown, found.items, lang) if found else [],
        total=total,
        register_url=url_for("agreement.register", q=query),
        suggestions=_suggestions(shown, lang),
    )
    return render_template("search.html", ctx=context)


def _opening(query: str, parties: int, agreements: int, lang: Language) -> Markup:
    if not query:
        return linked(lang, "find.opening.ask", {})
    if not parties and not agreements:
        return linked(lang, "find.opening.none", {}, query=query)
    register = url_for("agreement.register", q=query) if agreements else ""
    links = {
        "parties": (counted(lang, "parties", parties), "#pihak" if parties else ""),
        "agreements": (counted(lang, "agreements", agreements), register),
    }
    return linked(lang, "find.opening", links, query=query)


def _suggestions(shown: View, lang: Language) -> list[tuple[str, str]]:
    """The busiest region, country abroad and partner: searches that surely find something."""
    index = shown.index
    count = np.diff(index.of_party.indptr)
    found = []
    for levels in (REGION_LEVELS, FOREIGN_LEVELS - {Level.COUNTRY}, {Level.THIRD_PARTY}):
        own = [n for n, party in enumerate(index.parties) if party.level in levels]
        if own:
            best = max(own, key=lambda n: (count[n], -n))
            found.append((index.name(best, lang), party_url(index.parties[best])))
    return found


def _between(shown: View, query: str, lang: Language) -> tuple[PartyLink, PartyLink, str] | None:
    """Two parties named in one query, and the page that shows both."""
    words = " ".join(_JOINS.sub(" ", fold(query)).split()).split()
    for cut in range(1, len(words)):
        one = _sure(shown, " ".join(words[:cut]), lang)
        other = _sure(shown, " ".join(words[cut:]), lang)
        if one and other and one.id != other.id:
            if one.level is Level.COUNTRY:
                one, other = other, one
            links = party_link(shown, one.id, lang), party_link(shown, other.id, lang)
            if other.level is Level.COUNTRY:
                return (*links, f"{party_url(other)}?pihak={one.id}")
            return (*links, url_for("connect.connect", dari=one.id, ke=other.id))
    return None


def _sure(shown: View, text: str, lang: Language) -> Party | None:
    hits = find(shown.index, text, lang, limit=1)
    return hits[0].party if hits and hits[0].score >= _SURE else None


page(bp, "/cari", "search", search)
