"""A country: its partners, and who at home works with them ("Jawa Timur with Australia")."""

from __future__ import annotations

from collections import Counter

import numpy as np
from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from explorer.contexts import CountryContext
from explorer.i18n import number
from explorer.listing import BOTH_IN_FORCE, asked, listing
from explorer.present import PartyLink, counted, linked, party_link, party_url, view
from explorer.service import View
from explorer.web.address import language, page
from graph_loader import REGION_LEVELS, Language, Level

bp = Blueprint("country", __name__)


def country(id: str) -> ResponseReturnValue:
    """`/negara/au?pihak=35`"""
    shown, lang = view(), language()
    index = shown.index
    found = shown.store.party(id)
    if found.level is not Level.COUNTRY:
        return redirect(party_url(found), 301)
    only = request.args.get("pihak", "")
    if only:
        shown.store.party(only)
    abroad, home = _counts(shown, index.number[id], only)
    where = asked(shown, country=id, party=only)
    here, focus = party_link(shown, id, lang), party_link(shown, only, lang) if only else None
    every = _agreements(shown, index.number[id], only)
    context = CountryContext(
        opening=_opening(shown, here, focus, every, len(abroad), lang),
        country=here,
        only=focus,
        every_url=here.url,
        partners=[(party_link(shown, index.parties[n].id, lang), c) for n, c in abroad],
        in_force=int(index.in_force(shown.day)[every].sum()),
        listing=listing(shown, where, lang, "negara"),
        regions=[
            (
                party_link(shown, index.parties[n].id, lang),
                count,
                url_for("country.country", id=id, pihak=index.parties[n].id),
            )
            for n, count in home
        ],
    )
    return render_template("country.html", ctx=context)


def _agreements(shown: View, country: int, only: str) -> list[int]:
    index = shown.index
    there = np.flatnonzero(index.country == country).tolist()
    found = {a for n in there for a in index.agreements_of(n).tolist()}
    if only:
        found &= set(index.agreements_of(index.number[only]).tolist())
    return sorted(found)


def _counts(
    shown: View, country: int, only: str
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Agreements per partner there, and per region at home; most first, then by name."""
    index = shown.index
    abroad: Counter[int] = Counter()
    home: Counter[int] = Counter()
    for agreement in _agreements(shown, country, only):
        for member in index.members_of(agreement).tolist():
            if index.country[member] == country:
                abroad[member] += 1
            elif index.parties[member].level in REGION_LEVELS:
                home[member] += 1
    ordered = [
        sorted(counts.items(), key=lambda item: (-item[1], index.parties[item[0]].sort_key))
        for counts in (abroad, home)
    ]
    return ordered[0], ordered[1]


def _opening(
    shown: View,
    country: PartyLink,
    only: PartyLink | None,
    agreements: list[int],
    partners: int,
    lang: Language,
) -> Markup:
    names = {"country": country.name, "party": only.name if only else ""}
    kind = "country.opening.pair" if only else "country.opening"
    if not agreements:
        nothing = "country.opening.pair.none" if only else "country.opening.none"
        return linked(lang, nothing, {}, **names)
    who = only.id if only else None
    url = url_for("country.country", id=country.id, pihak=who)
    with_force = url_for("country.country", id=country.id, pihak=who, status=BOTH_IN_FORCE)
    in_force = int(shown.index.in_force(shown.day)[agreements].sum())
    links = {
        "agreements": (counted(lang, "agreements", len(agreements)), f"{url}#perjanjian"),
        "partners": (counted(lang, "partners", partners), f"{url}#mitra"),
        "in_force": (number(lang, in_force), f"{with_force}#perjanjian"),
    }
    return linked(lang, kind, links, **names)


page(bp, "/negara/<id>", "country", country)
