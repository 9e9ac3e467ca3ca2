"""What a planner types: parties, two parties in one sentence, topics, agreements."""

from __future__ import annotations

import re

from flask import Blueprint, render_template, request, url_for

from explorer.contexts import SearchContext
from explorer.present import PartyLink, party_link, party_url, rows, view
from explorer.search import find
from explorer.service import View
from explorer.web.address import language, page
from graph_loader import AgreementFilter, Language, Level, Party, fold

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
    context = SearchContext(
        query=query,
        parties=[party_link(shown, hit.party.id, lang) for hit in hits],
        between=_between(shown, query, lang),
        topics=topics,
        agreements=rows(shown, found.items, lang) if found else [],
        total=found.total if found else 0,
    )
    return render_template("search.html", ctx=context)


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
