"""Whose unused paths? The regions of the home province to choose from."""

from __future__ import annotations

from flask import render_template

from explorer.contexts import ChooseContext
from explorer.pages.opportunities import bp
from explorer.present import linked, party_link, view
from explorer.web.address import language, page
from graph_loader import Level


def choose() -> str:
    """`/peluang`: whose?"""
    shown, lang = view(), language()
    regions = [p for p in shown.index.parties if p.level in {Level.KABUPATEN, Level.KOTA}]
    busiest = max(
        (p for p in shown.index.parties if p.level is Level.PROVINCE),
        key=lambda p: len(shown.index.agreements_of(shown.index.number[p.id])),
        default=None,
    )
    own = [p for p in regions if busiest and p.part_of == busiest.id]
    links = [busiest.id] if busiest else []
    links += [p.id for p in sorted(own, key=lambda p: p.sort_key)]
    opening = linked(lang, "choose.opening", {})
    context = ChooseContext(opening, [party_link(shown, id, lang) for id in links])
    return render_template("choose.html", ctx=context)


page(bp, "/peluang", "choose", choose)
