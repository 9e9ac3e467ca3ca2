"""What a planner types: parties, two parties in one sentence, topics, agreements."""

from __future__ import annotations

import re

import numpy as np
from flask import Blueprint, render_template, request, url_for
from markupsafe import Markup

from explorer.contexts import SearchContext, Stretch
from explorer.index import Index
from explorer.present import (
    AgreementRow,
    PartyLink,
    counted,
    linked,
    party_link,
    party_url,
    rows,
    view,
)
from explorer.search import find
from explorer.service import View
from explorer.web.address import language, page
from explorer.web.asked import here, whole
from graph_loader import (
    FOREIGN_LEVELS,
    REGION_LEVELS,
    Agreement,
    AgreementFilter,
    Language,
    Level,
    Page,
    Party,
    fold,
)

bp = Blueprint("search", __name__)
PARTIES = 12
MANY = 1_000  # because a word that fits more parties than that is no question yet
AGREEMENTS = 10
MAX_QUERY = 200
WORDS = 6  # because each is a question to the store
_SURE = 95.0  # because only a whole name or a whole first word of one scores so high
_JOINS = re.compile(
    r"\b(?:kerja ?sama|kerjasama|mitra|partners?|cooperation|of|dengan|with|dan|and|ke|to|di|in)\b"
)


def search() -> str:
    """`/cari?q=`"""
    shown, lang = view(), language()
    query = request.args.get("q", "").strip()[:MAX_QUERY]
    pair = _pair(shown, query, lang)
    hits = list(pair) if pair else [hit.party for hit in find(shown.index, query, lang, limit=MANY)]
    words, at = fold(query), max(1, whole("hal", 1))
    found: Page[Agreement] = Page((), 0)
    if words:
        where, start = _where(shown, query, pair), (at - 1) * AGREEMENTS
        found = shown.store.agreements(where, limit=AGREEMENTS, offset=start)
    topics = [
        (t.id, t.name_en if lang == "en" else t.name_id)
        for t in shown.topics()
        if words and not t.goal and words in fold(f"{t.name_id} {t.name_en} sdg {t.id}")
    ]
    listed = MANY if request.args.get("pihak") else PARTIES
    register_url = url_for("agreement.register", q=query)
    if pair:
        register_url = _together(pair)
    context = SearchContext(
        opening=_opening(query, len(hits), found.total, register_url, lang),
        query=query,
        parties=[party_link(shown, party.id, lang) for party in hits[:listed]],
        parties_total=len(hits),
        parties_url=here(pihak="semua") + "#pihak" if len(hits) > listed else "",
        between=_between(shown, pair, lang),
        topics=topics,
        agreements=_stretch(rows(shown, found.items, lang), found.total, at),
        register_url=register_url,
        shorter=_shorter(shown, query) if words and not found.total else [],
        suggestions=_suggestions(shown, lang),
    )
    return render_template("search.html", ctx=context)


def _stretch(found: list[AgreementRow], total: int, at: int) -> Stretch[AgreementRow]:
    start = (at - 1) * AGREEMENTS
    return Stretch(
        found,
        total,
        start + 1 if found else 0,
        start + len(found),
        here(hal=str(at - 1) if at > 2 else "") + "#perjanjian" if at > 1 else "",
        here(hal=str(at + 1)) + "#perjanjian" if start + len(found) < total and found else "",
    )


def _shorter(shown: View, query: str) -> list[tuple[str, int, str]]:
    """The words of a search that found nothing, each with what it would find alone."""
    words = list(dict.fromkeys(_words(query)))[:WORDS]
    if len(words) < 2:
        return []
    counts = [
        shown.store.agreements(AgreementFilter(shown.day, text=word), limit=0).total
        for word in words
    ]
    return [
        (word, count, url_for("search.search", q=word))
        for word, count in zip(words, counts, strict=True)
        if count
    ]


def _where(shown: View, query: str, pair: tuple[Party, Party] | None) -> AgreementFilter:
    """The agreements of a pair; else those that hold the words."""
    if pair and pair[1].level is Level.COUNTRY:
        return AgreementFilter(shown.day, party=pair[0].id, country=pair[1].id)
    if pair:
        return AgreementFilter(shown.day, party=pair[0].id, partner=pair[1].id)
    return AgreementFilter(shown.day, text=" ".join(_words(query)))


def _opening(query: str, parties: int, agreements: int, register: str, lang: Language) -> Markup:
    if not query:
        return linked(lang, "find.opening.ask", {})
    if not parties and not agreements:
        return linked(lang, "find.opening.none", {}, query=query)
    links = {
        "parties": (counted(lang, "parties", parties), "#pihak" if parties else ""),
        "agreements": (counted(lang, "agreements", agreements), register if agreements else ""),
    }
    return linked(lang, "find.opening", links, query=query)


def _suggestions(shown: View, lang: Language) -> list[tuple[str, str]]:
    """The busiest region, country abroad and partner: searches that surely find something."""
    index = shown.index
    busiest = index.remember("busiest", lambda: _busiest(index), always=True)
    return [(index.name(n, lang), party_url(index.parties[n])) for n in busiest]


def _busiest(index: Index) -> list[int]:
    """Of each kind that is suggested, the party with the most agreements."""
    count = np.diff(index.of_party.indptr)
    found = []
    for levels in (REGION_LEVELS, FOREIGN_LEVELS - {Level.COUNTRY}, {Level.THIRD_PARTY}):
        own = [n for n, party in enumerate(index.parties) if party.level in levels]
        if own:
            found.append(max(own, key=lambda n: (count[n], -n)))
    return found


def _words(query: str) -> list[str]:
    """The words that name something; "kerja sama", "dengan" and the like are left out."""
    return _JOINS.sub(" ", fold(query)).split()


def _pair(shown: View, query: str, lang: Language) -> tuple[Party, Party] | None:
    """Two parties named in one query; a country comes second."""
    words = _words(query)
    for cut in range(1, len(words)):
        one = _sure(shown, " ".join(words[:cut]), lang)
        other = _sure(shown, " ".join(words[cut:]), lang)
        if one and other and one.id != other.id:
            return (other, one) if one.level is Level.COUNTRY else (one, other)
    return None


def _between(
    shown: View, pair: tuple[Party, Party] | None, lang: Language
) -> tuple[PartyLink, PartyLink, str] | None:
    if pair is None:
        return None
    one, other = (party_link(shown, party.id, lang) for party in pair)
    return one, other, _together(pair)


def _together(pair: tuple[Party, Party]) -> str:
    """The page that shows both."""
    one, other = pair
    if other.level is Level.COUNTRY:
        return url_for("country.country", id=other.id, pihak=one.id)
    return url_for("connect.connect", dari=one.id, ke=other.id)


def _sure(shown: View, text: str, lang: Language) -> Party | None:
    hits = find(shown.index, text, lang, limit=1, alike=False)
    return hits[0].party if hits and hits[0].score >= _SURE else None


page(bp, "/cari", "search", search)
