"""The first page: one search box, what there is, three doors."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, render_template

from explorer.contexts import HomeContext
from explorer.present import rows, view
from explorer.ties import ties
from explorer.web.address import language, page
from graph_loader import AgreementFilter, Order, Status

bp = Blueprint("home", __name__)
ENDING_SHOWN = 5
_SOON = 400  # because next year's plans are made in the year before


def home() -> str:
    """`/`"""
    shown, lang = view(), language()
    index, store = shown.index, shown.store
    in_force = index.in_force(shown.day)
    ending = store.agreements(
        AgreementFilter(shown.day, status=frozenset({Status.ACTIVE})), order=Order.ENDS, limit=50
    ).items
    soon = date.fromordinal(shown.day.toordinal() + _SOON)
    facets = store.facets(AgreementFilter(shown.day))
    goals = [
        (t.id, t.name_en if lang == "en" else t.name_id, facets.goal.get(t.id, 0))
        for t in store.topics()
        if not t.goal
    ]
    context = HomeContext(
        agreements=len(index.agreement_ids),
        parties=int((index.of_party.indptr[1:] > index.of_party.indptr[:-1]).sum()),
        in_force=int(in_force.sum()),
        countries=len([c for c in facets.country if c != "id"]),
        loaded=next(iter(store.loads(limit=1).items), None),
        ending=rows(
            shown, [a for a in ending if a.ends and a.ends.last <= soon][:ENDING_SHOWN], lang
        ),
        goals=goals,
    )
    ties(index, shown.day)  # so that the first question after this page is answered at once
    return render_template("home.html", ctx=context)


page(bp, "/", "home", home)
