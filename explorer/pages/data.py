"""Where the data comes from: sources, loads, problems, what is missing."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for

from explorer.contexts import DataContext, LoadCard
from explorer.explain import problem
from explorer.present import counted, linked, view
from explorer.web.address import language, page
from graph_loader import Change, Load, Page, Problem, is_background

bp = Blueprint("data", __name__)
LOADS = 10
PROBLEMS = 50
CHANGES = 50
NO_PROBLEMS: Page[Problem] = Page([], 0)
NO_CHANGES: Page[Change] = Page([], 0)


def data() -> str:
    """`/data`"""
    shown, lang = view(), language()
    store, index = shown.store, shown.index
    sources = store.sources()
    listed = {source.id for source in sources if is_background(source)}
    names = {source.id: source.name for source in sources}
    cards = []
    for load in store.loads(limit=LOADS).items:
        found = store.problems(load.id, limit=PROBLEMS) if load.problems else NO_PROBLEMS
        done = store.changes(load.id, limit=CHANGES) if _did_anything(load) else NO_CHANGES
        cards.append(
            LoadCard(
                load,
                names.get(load.source, load.source),
                [problem(item, lang) for item in found.items],
                found.total,
                done.items,
                done.total,
                load.source in listed,
            )
        )
    links = {
        "agreements": (
            counted(lang, "agreements", len(index.agreement_ids)),
            url_for("agreement.register"),
        ),
        "sources": (counted(lang, "sources", len(names) - len(listed)), "#sumber"),
        "problems": (counted(lang, "problems", sum(card.total for card in cards)), "#pemuatan"),
    }
    context = DataContext(
        opening=linked(lang, "data.opening", links),
        sources=sources,
        loads=cards,
        agreements=len(index.agreement_ids),
        undated=int((index.signed_first == 0).sum()),
        without_end=int((index.ends_last == 0).sum()),
        version=index.version,
    )
    return render_template("data.html", ctx=context)


def _did_anything(load: Load) -> bool:
    return bool(load.added or load.changed or load.retired)


page(bp, "/data", "data", data)
