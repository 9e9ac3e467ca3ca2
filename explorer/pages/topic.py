"""An SDG goal or target: who works on it under which agreements, and which regions do not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from flask import Blueprint, render_template, url_for

from explorer.contexts import TopicContext
from explorer.filters import asked
from explorer.gaps import regions_of
from explorer.index import Ints
from explorer.listing import listing
from explorer.masks import masked
from explorer.pages import next_steps
from explorer.pages.parts import flaws, most_signed, timeline_part
from explorer.pictures.places import home_province
from explorer.present import PartyLink, counted, linked, party_link, view
from explorer.service import View
from explorer.web.address import language, page
from graph_loader import Language, NotFound, Topic

bp = Blueprint("topic", __name__)
_NONE: Final[Ints] = np.empty(0, dtype=np.int32)


@dataclass(frozen=True, slots=True)
class Missing:
    """How many regions of a province work on a topic under no agreement in force."""

    n: int
    of: int
    province: str


def topic(id: str) -> str:
    """`/topik/2`"""
    shown, lang = view(), language()
    known = {item.id: item for item in shown.topics()}
    if id not in known:
        raise NotFound("topic-unknown", id=id)
    return render_template("topic.html", ctx=_context(shown, known, id, lang))


def _context(shown: View, known: dict[str, Topic], id: str, lang: Language) -> TopicContext:
    index, found, goal = shown.index, known[id], id.split(".")[0]
    numbers = index.topic_ids.get(id, _NONE)
    regions, regions_total = most_signed(index, numbers, index.is_region)
    partners, partners_total = most_signed(index, numbers, ~index.is_region)
    missing = _missing(shown, numbers)
    gaps_url = _gaps_url(found) if missing.of else ""
    name, written = (found.text_en, "en") if found.goal else (_goal_name(found, lang), lang)
    links = {
        "agreements": (counted(lang, "agreements", len(numbers)), "#perjanjian"),
        "regions": (counted(lang, "regions", regions_total), "#daerah"),
    }
    where = asked(shown, topic=id)
    chosen = masked(index, replace(where, text="", source=""))
    targets = [
        (item.id, item.text_en, len(index.topic_ids.get(item.id, ())))
        for item in known.values()
        if item.goal == id and len(index.topic_ids.get(item.id, ()))
    ]
    return TopicContext(
        opening=linked(lang, "topic.opening", links, id=id),
        sections=["perjanjian", "daerah", "mitra", *(["target"] if targets else []), "kelengkapan"],
        id=id,
        goal=goal,
        goal_name=_goal_name(known[goal], lang),
        name=name,
        name_lang=written,
        text="" if found.goal else found.text_en,
        steps=next_steps.of_topic(id, gaps_url, missing.n, lang),
        regions=_links(shown, regions, lang),
        regions_total=regions_total,
        partners=_links(shown, partners, lang),
        partners_total=partners_total,
        timeline=timeline_part(shown, chosen, lang, asking=False, topik=id),
        listing=listing(shown, where, lang, "topik"),
        targets=targets,
        missing=missing.n,
        missing_of=missing.of,
        province=index.name(missing.province, lang) if missing.province else "",
        gaps_url=gaps_url,
        flaws=flaws(shown, numbers, lang, url_for("topic.topic", id=id)),
    )


def _links(
    shown: View, counts: list[tuple[int, int]], lang: Language
) -> list[tuple[PartyLink, int]]:
    parties = shown.index.parties
    return [(party_link(shown, parties[n].id, lang), count) for n, count in counts]


def _missing(shown: View, numbers: Ints) -> Missing:
    """Of the province at home; nothing where there is none."""
    index, province = shown.index, home_province(shown.index)
    if not province:
        return Missing(0, 0, "")
    below = regions_of(index, province)[1:]
    in_force = numbers[index.in_force(shown.day)[numbers]]
    signed = np.bincount(index.members[in_force].indices, minlength=len(index.parties))
    return Missing(int((signed[below] == 0).sum()), len(below), province)


def _gaps_url(topic: Topic) -> str:
    """The page of gaps, those who lack this goal or target first."""
    if topic.goal:
        return url_for("gaps.gaps", tabel="target", topik=topic.goal, urut=topic.id)
    return url_for("gaps.gaps", urut=topic.id)


def _goal_name(goal: Topic, lang: Language) -> str:
    return goal.name_en if lang == "en" else goal.name_id


page(bp, "/topik/<id>", "topic", topic)
