"""Two regions, one table: what they share, what the one has, what would open most for both."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from flask import render_template, request, url_for
from markupsafe import Markup

from explorer.contexts.connect import UnclearName
from explorer.contexts.together import BothGoal, HeldList, HeldRow, JointRow, TogetherContext
from explorer.gaps import GOALS
from explorer.i18n import say
from explorer.index import Ints
from explorer.naming import LONGEST, Meant, meant
from explorer.pages.compare import exchange_words
from explorer.present import PartyLink, connect_url, counted, linked, party_link, view
from explorer.service import View
from explorer.together import (
    HOPS,
    Joint,
    Opening,
    exchanged,
    goals_of,
    in_force_between,
    opening,
    partners,
)
from explorer.web.address import language
from explorer.web.asked import here, one_of
from graph_loader import REGION_LEVELS, Language

FEW: Final = 8  # because two columns of eight stand beside each other on one screen
JOINTS: Final = 5  # because past the first few they differ by one party or two
LISTS: Final = ("both", "a", "b")


class Pair(NamedTuple):
    """Two regions, by number."""

    a: int
    b: int


def together() -> str:
    """`/banding?a=35.15&b=35.25&lihat=both`"""
    shown, lang = view(), language()
    typed = {field: request.args.get(field, "").strip()[:LONGEST] for field in ("a", "b")}
    found = {field: _meant(shown, text, lang) for field, text in typed.items()}
    whole = one_of("lihat", ("", *LISTS))
    links = {
        field: party_link(shown, one.id, lang) if one.id else None for field, one in found.items()
    }
    names = {field: link.name if (link := links[field]) else text for field, text in typed.items()}
    unclear = [
        _unclear(shown, field, typed[field], one, lang)
        for field, one in found.items()
        if typed[field] and not one.id
    ]
    return render_template(
        "together.html",
        ctx=_context(shown, links["a"], links["b"], names, unclear, whole, lang),
    )


def _meant(shown: View, text: str, lang: Language) -> Meant:
    """The region that is meant; other parties are not asked for here."""
    if not text:
        return Meant("")
    one = meant(shown.index, text, lang, levels=REGION_LEVELS)
    number = shown.index.number.get(one.id, -1)
    if number >= 0 and not shown.index.is_region[number]:
        return meant(shown.index, shown.index.name(number, lang), lang, levels=REGION_LEVELS)
    return one


def _unclear(shown: View, field: str, text: str, one: Meant, lang: Language) -> UnclearName:
    links = [(party_link(shown, party.id, lang), here(**{field: party.id}))
             for party in one.candidates]  # fmt: skip
    return UnclearName(text, links)


def _context(
    shown: View, a: PartyLink | None, b: PartyLink | None, names: dict[str, str],
    unclear: Sequence[UnclearName], whole: str, lang: Language,
) -> TogetherContext:  # fmt: skip
    same = a is not None and b is not None and a.id == b.id
    if a is None or b is None or same:
        return TogetherContext(
            opening=linked(lang, "together.opening.ask", {}), a_text=names["a"], b_text=names["b"],
            unclear=unclear, wrong=say(lang, "together.same") if same else "", a=None, b=None,
            swap_url="", connect_url="", joint=Markup(), joints=(), joints_total=0, alone="",
            held=(), exchanges=(), needs_urls=(), goals=(), goals_most=0, goals_other=0,
        )  # fmt: skip
    pair = Pair(shown.index.number[a.id], shown.index.number[b.id])
    near = [partners(shown.index, shown.day, one) for one in pair]
    goals = _goals(shown, pair, (a, b), lang)
    found = opening(shown.index, shown.day, *pair)
    return TogetherContext(
        opening=_opening(shown, pair, (a, b), near, lang),
        a_text=names["a"], b_text=names["b"], unclear=unclear, wrong="", a=a, b=b,
        swap_url=here(a=b.id, b=a.id, lihat=""),
        connect_url=connect_url(shown, a.id, b.id),
        joint=_joint(shown, found, (a, b), lang),
        joints=[_joint_row(shown, one, lang) for one in found.best[:JOINTS]],
        joints_total=len(found.best),
        alone=_alone(found, (a, b), lang),
        held=[_held(shown, pair, name, numbers, whole, lang)
              for name, numbers in _parted(pair, near).items()],
        exchanges=_exchanges(shown, a.id, b.id, lang),
        needs_urls=[url_for("needs.needs", daerah=one.id) for one in (a, b)],
        goals=goals,
        goals_most=max((n for goal in goals for n in (goal.of_a, goal.of_b)), default=0),
        goals_other=len(GOALS) - len(goals),
    )  # fmt: skip


def _parted(pair: Pair, near: Sequence[Ints]) -> dict[str, Ints]:
    """Partners of both, of the first alone, of the second alone; neither is its own partner."""
    of_a, of_b = near
    return {
        "both": of_a[np.isin(of_a, of_b)],
        "a": of_a[~np.isin(of_a, [*of_b.tolist(), pair.b])],
        "b": of_b[~np.isin(of_b, [*of_a.tolist(), pair.a])],
    }


def _opening(
    shown: View, pair: Pair, both: tuple[PartyLink, PartyLink], near: Sequence[Ints], lang: Language
) -> Markup:
    links = {name: (link.name, link.url) for name, link in zip("ab", both, strict=True)}
    for name, numbers in _parted(pair, near).items():
        links[f"only_{name}"] = (counted(lang, "partners", len(numbers)), f"#{name}")
    n = in_force_between(shown.index, shown.day, *pair)
    links["agreements"] = (
        counted(lang, "agreements", n),
        connect_url(shown, both[0].id, both[1].id),
    )
    return linked(lang, "together.opening" if n else "together.opening.apart", links)


def _joint(
    shown: View, found: Opening, both: tuple[PartyLink, PartyLink], lang: Language
) -> Markup:
    links = {name: (link.name, link.url) for name, link in zip("ab", both, strict=True)}
    if not found.best:
        return linked(lang, "together.joint.none", links, hops=HOPS)
    best = found.best[0]
    link = party_link(shown, shown.index.parties[best.party].id, lang)
    links["party"] = (link.name, link.url)
    return linked(
        lang, "together.joint", links, for_a=best.for_a, for_b=best.for_b, hops=HOPS
    )  # fmt: skip


def _joint_row(shown: View, one: Joint, lang: Language) -> JointRow:
    party = party_link(shown, shown.index.parties[one.party].id, lang)
    return JointRow(party, one.for_a, one.for_b)


def _alone(found: Opening, both: tuple[PartyLink, PartyLink], lang: Language) -> str:
    a, b = (link.name for link in both)
    if found.alone is None:
        return say(lang, "together.alone.have", a=a, b=b)
    return say(
        lang, "together.alone", a=a, b=b, for_a=found.alone.for_a, for_b=found.alone.for_b
    )  # fmt: skip


def _held(
    shown: View, pair: Pair, name: str, numbers: Ints, whole: str, lang: Language
) -> HeldList:
    few = numbers if name == whole else numbers[:FEW]
    url = here(lihat="" if name == whole else name) + f"#{name}"
    rows = [_row(shown, pair, number, lang) for number in few.tolist()]
    return HeldList(name, rows, len(numbers), url if len(numbers) > FEW else "")


def _row(shown: View, pair: Pair, number: int, lang: Language) -> HeldRow:
    index = shown.index
    id = index.parties[number].id
    of_a, of_b = (in_force_between(index, shown.day, one, number) for one in pair)
    url_a, url_b = (connect_url(shown, index.parties[one].id, id) for one in pair)
    link = party_link(shown, id, lang)
    return HeldRow(link, of_a, of_b, url_a if of_a else "", url_b if of_b else "")


def _exchanges(shown: View, a: str, b: str, lang: Language) -> list[list[str]]:
    found = exchanged(shown.index, shown.day, a, b)
    return [
        [exchange_words(shown, met, lang) for met in found if met.need.party == one]
        for one in (a, b)
    ]


def _goals(
    shown: View, pair: Pair, both: tuple[PartyLink, PartyLink], lang: Language
) -> list[BothGoal]:
    counts = [goals_of(shown.index, shown.day, one) for one in pair]
    topics = {topic.id: topic for topic in shown.topics()}
    found = []
    for goal, (of_a, of_b) in enumerate(zip(*counts, strict=True), start=1):
        if not (of_a or of_b):
            continue
        topic = topics.get(str(goal))
        name = "" if topic is None else topic.name_en if lang == "en" else topic.name_id
        urls = [f"{link.url}?topik={goal}&status=berlaku#perjanjian" for link in both]
        found.append(BothGoal(str(goal), name, of_a, of_b, *urls))
    return found
