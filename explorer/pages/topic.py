"""An SDG goal: who works on it, under which agreements."""

from __future__ import annotations

from collections import Counter

from flask import Blueprint, render_template

from explorer.contexts import TopicContext
from explorer.listing import asked, listing
from explorer.present import counted, linked, party_link, view
from explorer.web.address import language, page
from graph_loader import REGION_LEVELS, NotFound

bp = Blueprint("topic", __name__)


def topic(id: str) -> str:
    """`/topik/2`"""
    shown, lang = view(), language()
    known = {item.id: item for item in shown.store.topics()}
    if id not in known:
        raise NotFound("topic-unknown", id=id)
    index, found = shown.index, known[id]
    counts: Counter[int] = Counter()
    for agreement in index.topic_ids.get(id, ()):
        counts.update(
            n for n in index.members_of(int(agreement)).tolist()
            if index.parties[n].level in REGION_LEVELS
        )  # fmt: skip
    ordered = sorted(counts.items(), key=lambda item: (-item[1], index.parties[item[0]].sort_key))
    name = found.text_en if found.goal else (found.name_en if lang == "en" else found.name_id)
    links = {
        "agreements": (
            counted(lang, "agreements", len(index.topic_ids.get(id, ()))),
            "#perjanjian",
        ),
        "regions": (counted(lang, "regions", len(ordered)), "#daerah"),
    }
    context = TopicContext(
        opening=linked(lang, "topic.opening", links, id=id),
        goal=id.split(".")[0],
        name=name,
        text="" if found.goal else found.text_en,
        regions=[(party_link(shown, index.parties[n].id, lang), count) for n, count in ordered],
        listing=listing(shown, asked(shown, topic=id), lang, "topik"),
        targets=[
            (item.id, item.text_en, str(len(index.topic_ids.get(item.id, ()))))
            for item in known.values()
            if item.goal == id and len(index.topic_ids.get(item.id, ()))
        ],
    )
    return render_template("topic.html", ctx=context)


page(bp, "/topik/<id>", "topic", topic)
