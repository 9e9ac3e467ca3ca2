"""A country: its partners, and who at home works with them ("Jawa Timur with Australia")."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from explorer.contexts import CountryContext, PartnerRow
from explorer.index import Bools, Ints
from explorer.listing import asked, listing
from explorer.masks import masked
from explorer.pages import next_steps, opening
from explorer.pages.parts import flaws, profile_part, timeline_part
from explorer.present import party_link, party_url, view
from explorer.service import View
from explorer.web.address import language, page
from graph_loader import AgreementFilter, Language, Level

bp = Blueprint("country", __name__)
PARTNERS: Final = 60  # partners in the table, because nobody reads more of them at once
NAMED: Final = 6  # regions beside a partner, because a longer list hides the others
SECTIONS: Final = ("perjanjian", "mitra", "daerah", "sdg", "kelengkapan")


def country(id: str) -> ResponseReturnValue:
    """`/negara/au?pihak=35`"""
    shown, lang = view(), language()
    found = shown.store.party(id)
    if found.level is not Level.COUNTRY:
        return redirect(party_url(found), 301)
    only = request.args.get("pihak", "")
    if only:
        shown.store.party(only)
    return render_template("country.html", ctx=_context(shown, id, only, lang))


def _context(shown: View, id: str, only: str, lang: Language) -> CountryContext:
    index = shown.index
    numbers = _agreements(shown, index.number[id], only)
    abroad, home = _counts(shown, index.number[id], numbers)
    where = asked(shown, country=id, party=only)
    here, focus = party_link(shown, id, lang), party_link(shown, only, lang) if only else None
    in_force = int(index.in_force(shown.day)[numbers].sum())
    url = url_for("country.country", id=id, pihak=only or None)
    name = f"{focus.name} – {here.name}" if focus else here.name
    return CountryContext(
        opening=opening.of_country(here, focus, len(numbers), in_force, len(abroad), lang),
        sections=[one for one in SECTIONS if one != "daerah" or (home and not only)],
        country=here,
        only=focus,
        every_url=here.url,
        steps=next_steps.of_country(shown, here, focus, numbers, lang),
        partners=_partners(shown, abroad[:PARTNERS], numbers, lang),
        partners_total=len(abroad),
        timeline=timeline_part(shown, _chosen(shown, where), lang, only, negara=id, pihak=only),
        listing=listing(shown, where, lang, "negara"),
        profile=profile_part(shown, numbers, lang, url, name, negara=id, pihak=only),
        regions=[
            (
                party_link(shown, index.parties[n].id, lang),
                count,
                url_for("country.country", id=id, pihak=index.parties[n].id),
            )
            for n, count in home
        ],
        flaws=flaws(shown, numbers, lang, url),
    )  # fmt: skip


def _chosen(shown: View, where: AgreementFilter) -> Bools:
    return masked(shown.index, replace(where, text="", source=""))


def _agreements(shown: View, country: int, only: str) -> Ints:
    """The agreements that somebody of the country signed; of one party alone where asked."""
    index = shown.index
    there = np.flatnonzero(index.country == country)
    signed = index.of_party[there].indices if len(there) else np.empty(0, dtype=np.int32)
    found = np.unique(signed)
    if only:
        found = np.intersect1d(found, index.agreements_of(index.number[only]))
    return found.astype(np.int32)


def _counts(
    shown: View, country: int, numbers: Ints
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Agreements per partner there, and per region at home; most first, then by name."""
    index = shown.index
    signed = np.bincount(index.members[numbers].indices, minlength=len(index.parties))
    there = (index.country == country) & (signed > 0)
    home = index.is_region & (signed > 0)
    return tuple(  # type: ignore[return-value]
        sorted(
            ((int(n), int(signed[n])) for n in np.flatnonzero(mask)),
            key=lambda item: (-item[1], index.parties[item[0]].sort_key),
        )
        for mask in (there, home)
    )


def _partners(
    shown: View, abroad: list[tuple[int, int]], numbers: Ints, lang: Language
) -> list[PartnerRow]:
    """Each partner there, with the regions at home that work with it."""
    index, in_force = shown.index, shown.index.in_force(shown.day)
    rows = []
    for partner, count in abroad:
        shared = np.intersect1d(numbers, index.agreements_of(partner))
        signed = np.bincount(index.members[shared].indices, minlength=len(index.parties))
        regions = np.flatnonzero(index.is_region & (signed > 0))
        order = sorted(regions.tolist(), key=lambda n: (-signed[n], index.parties[n].sort_key))
        years = index.signed_year[shared]
        rows.append(
            PartnerRow(
                party_link(shown, index.parties[partner].id, lang),
                count,
                int(in_force[shared].sum()),
                [party_link(shown, index.parties[n].id, lang) for n in order[:NAMED]],
                max(0, len(order) - NAMED),
                str(int(years.max())) if years.max(initial=0) else "",
            )
        )
    return rows


page(bp, "/negara/<id>", "country", country)
