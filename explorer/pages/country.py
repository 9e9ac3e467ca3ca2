"""A country: its partners, and who at home works with them ("Jawa Timur with Australia")."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from explorer.contexts import CountryContext, PartnerRow
from explorer.filters import asked
from explorer.index import Bools, Ints
from explorer.listing import listing
from explorer.masks import masked
from explorer.pages import next_steps, opening
from explorer.pages.parts import flaws, most_signed, profile_part, timeline_part
from explorer.present import party_link, party_url, view
from explorer.service import View
from explorer.web.address import language, page
from graph_loader import AgreementFilter, Language, Level, Party

bp = Blueprint("country", __name__)
NAMED: Final = 6  # regions beside a partner, because a longer list hides the others
SECTIONS: Final = ("mitra", "perjanjian", "daerah", "sdg", "kelengkapan")


def country(id: str) -> ResponseReturnValue:
    """`/negara/au?pihak=35`"""
    shown, lang = view(), language()
    found = _known(shown, id)
    if found.level is not Level.COUNTRY:
        return redirect(party_url(found), 301)
    only = request.args.get("pihak", "")
    if only:
        _known(shown, only)
    return render_template("country.html", ctx=_context(shown, id, only, lang))


def _known(shown: View, id: str) -> Party:
    """A party of the index; the store says where another id has moved. Raises: NotFound, Moved."""
    number = shown.index.number.get(id)
    return shown.store.party(id) if number is None else shown.index.parties[number]


def _context(shown: View, id: str, only: str, lang: Language) -> CountryContext:
    index = shown.index
    numbers = _agreements(shown, index.number[id], only)
    abroad, partners_total = most_signed(index, numbers, index.country == index.number[id])
    home, regions_total = most_signed(index, numbers, index.is_region)
    where = asked(shown, country=id, party=only)
    here, focus = party_link(shown, id, lang), party_link(shown, only, lang) if only else None
    in_force = int(index.in_force(shown.day)[numbers].sum())
    url = url_for("country.country", id=id, pihak=only or None)
    name = f"{focus.name} – {here.name}" if focus else here.name
    return CountryContext(
        opening=opening.of_country(here, focus, len(numbers), in_force, partners_total, lang),
        sections=[one for one in SECTIONS if one != "daerah" or (home and not only)],
        country=here,
        only=focus,
        every_url=here.url,
        steps=next_steps.of_country(shown, here, focus, numbers, lang),
        partners=_partners(shown, abroad, numbers, lang),
        partners_total=partners_total,
        timeline=timeline_part(shown, _chosen(shown, where), lang, only, negara=id, pihak=only),
        listing=listing(shown, where, lang, "negara"),
        profile=profile_part(shown, numbers, lang, url, name, negara=id, pihak=only),
        regions_total=regions_total,
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


def _partners(
    shown: View, abroad: list[tuple[int, int]], numbers: Ints, lang: Language
) -> list[PartnerRow]:
    """Each partner there, with the regions at home that work with it.

    Cost: one product of sparse matrices, whatever the number of partners.
    """
    index, in_force = shown.index, shown.index.in_force(shown.day)
    signed = index.members[numbers].astype(np.int32).tocsc()
    together = (signed[:, [n for n, _ in abroad]].T @ signed).tocsr()
    chosen = np.zeros(len(index.agreement_ids), dtype=np.bool_)
    chosen[numbers] = True
    rows = []
    for place, (partner, count) in enumerate(abroad):
        mine = index.agreements_of(partner)
        mine = mine[chosen[mine]]
        own = slice(together.indptr[place], together.indptr[place + 1])
        others, times = together.indices[own], together.data[own]
        home = index.is_region[others]
        regions = others[home][np.lexsort((others[home], -times[home].astype(np.int64)))]
        years = index.signed_year[mine]
        rows.append(
            PartnerRow(
                party_link(shown, index.parties[partner].id, lang),
                count,
                int(in_force[mine].sum()),
                [party_link(shown, index.parties[n].id, lang) for n in regions[:NAMED]],
                max(0, len(regions) - NAMED),
                str(int(years.max())) if years.max(initial=0) else "",
            )
        )
    return rows


page(bp, "/negara/<id>", "country", country)
