"""An SDG goal: who works on it, under which agreements."""

from __future__ import annotations

from collections import Counter

from flask import Blueprint, render_template

from explorer.contexts import TopicContext
from explorer.listing import asked, listing
from explorer.present import counted, linked, party_link, view
from explorer.web.address import language, page
from graph_loader import REGION_LEVELS, Language, NotFound, Topic

bp = Blueprint("topic", __name__)


def topic(id: str) -> str:
    """`/topik/2`"""
    shown, lang = view(), language()
    known = {item.id: item for item in shown.topics()}
    if id not in known:
        raise NotFound("topic-unknown", id=id)
    index, found, goal = shown.index, known[id], id.split(".")[0]
    counts: Counter[int] = Counter()
    for agreement in index.topic_ids.get(id, ()):
        counts.update(
            n for n in index.members_of(int(agreement)).tolist()
            if index.parties[n].level in REGION_LEVELS
        )  # fmt: skip
    ordered = sorted(counts.items(), key=lambda item: (-item[1], index.parties[item[0]].sort_key))
    name, written = (found.text_en, "en") if found.goal else (_goal_name(found, lang), lang)
    links = {
        "agreements": (
            counted(lang, "agreements", len(index.topic_ids.get(id, ()))),
            "#perjanjian",
        ),
        "regions": (counted(lang, "regions", len(ordered)), "#daerah"),
    }
    context = TopicContext(
        opening=linked(lang, "topic.opening", links, id=id),
        id=id,
        goal=goal,
        goal_name=_goal_name(known[goal], lang),
        name=name,
        name_lang=written,
        text="" if found.goal else found.text_en,
        regions=[(party_link(shown, index.parties[n].id, lang), count) for n, count in ordered],
        listing=listing(shown, asked(shown, topic=id), lang, "topik"),
        targets=[
            (item.id, item.text_en, len(index.topic_ids.get(item.id, ())))
            for item in known.values()
            if item.goal == id and len(index.topic_ids.get(item.id, ()))
        ],
    )
    return render_template("topic.html", ctx=context)


def _goal_name(goal: Topic, lang: Language) -> str:
    return goal.name_en if lang == "en" else goal.name_id


page(bp, "/topik/<id>", "topic", topic)
