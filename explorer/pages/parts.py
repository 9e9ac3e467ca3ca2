"""The parts of the pages of one thing: timeline, partners, goals, how complete the records are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import numpy as np
from flask import request, url_for
from numpy.typing import NDArray

from explorer.contexts import EgoPart, FlawRow, GoalRow, ProfilePart, Tile, TimelinePart
from explorer.filters import BOTH_IN_FORCE
from explorer.i18n import say
from explorer.index import Bools, Index
from explorer.listing import TAKEN
from explorer.pictures.columns import closest
from explorer.pictures.ego import EGO_PARTNERS, ego_picture
from explorer.pictures.picture import Item, Picture, at_each_width
from explorer.pictures.profile import WIDTH, GoalBar, profile_svg
from explorer.pictures.profile import height_of as profile_height
from explorer.pictures.spans import Spans, a_few, counts_of, groups, spans
from explorer.pictures.timeline import NARROW, SIGNS, WIDE, height_of, timeline_svg
from explorer.present import PartyLink, connect_url, counted, party_link, party_url, picture_files
from explorer.profile import GoalCount, completeness, goal_counts
from explorer.service import View
from explorer.ties import ties
from graph_loader import Language, Status

LISTED: Final = 60  # parties in a list, because nobody reads more of them at once
PART: Final = 16  # agreements of a timeline that is part of a page, because they fit one screen

Numbers = NDArray[np.integer[Any]]
Address = Callable[[str], str]
"""Where an agreement, or what a code stands for, is seen; empty where it is not linked."""


def tiles(
    party: PartyLink, counts: Mapping[Status, int], partners: int, lang: Language
) -> list[Tile]:
    """What is seen first: agreements in force, in talks and over; and partners."""
    in_force = sum(n for status, n in counts.items() if status.in_force)
    shown = (
        ("in-force", in_force, f"{party.url}?status={BOTH_IN_FORCE}#perjanjian"),
        ("exploration", counts.get(Status.EXPLORATION, 0),
         f"{party.url}?status=exploration#perjanjian"),
        ("past", counts.get(Status.LAPSED, 0) + counts.get(Status.ENDED, 0),
         f"{party.url}?status=lapsed#perjanjian"),
        ("partners", partners, f"{party.url}#mitra"),
    )  # fmt: skip
    return [Tile(n, say(lang, f"profile.tile.{kind}", n=n), url if n else "")
            for kind, n, url in shown]  # fmt: skip


def timeline_part(
    shown: View, chosen: Bools, lang: Language, own: str = "", *, asking: bool = True, **state: str
) -> TimelinePart:
    """The first agreements of a mask as a timeline.

    `own` is the party whose page it is, `state` what the whole timeline is asked with beside what
    the page itself was asked. `asking` the store costs a question, and tells what was last stated.
    """
    found = spans(shown, chosen, lang)
    at = a_few(found, PART)
    picture = timeline(shown, found, lang, at, own, agreement_url, asking=asking)
    return TimelinePart(
        picture=picture,
        take_picture=picture_files("linimasa", **state) if picture else {},
        shown=len(at),
        dated=found.dated,
        undated=len(found) - found.dated,
        url=_whole(state) if len(at) < len(found) else "",
    )


def _whole(state: Mapping[str, str]) -> str:
    """The timeline of all of them: with this page's own state."""
    kept = {name: request.args.get(name, "") for name in TAKEN} | dict(state)
    here: dict[str, Any] = {name: value for name, value in kept.items() if value}
    return url_for("timeline.timeline", **here)


def timeline(
    shown: View, found: Spans, lang: Language, at: Sequence[int], own: str = "",
    href: Address | None = None, *, asking: bool = True,
) -> Picture | None:  # fmt: skip
    """Some places of a timeline as a picture, laid out for a telephone too where it has links."""
    bars = groups(shown, found, at, lang, href or (lambda _: ""), own, asking=asking)
    if not bars:
        return None
    drawn = sum(len(group.bars) for group in bars)
    counts = counts_of(shown, found.numbers)
    told = [say(lang, f"timeline.count.{kind}", n=n) for kind, n in counts.items() if n]
    summary = say(lang, "timeline.summary", n=len(found), counts=", ".join(told))
    arguments = (bars, found.reach, shown.day, say(lang, "timeline.today"), summary)
    wide = timeline_svg(*arguments)
    notes = []
    if drawn < found.dated:
        notes.append(say(lang, "timeline.shown", shown=drawn, n=found.dated))
    if undated := len(found) - found.dated:
        notes.append(say(lang, "timeline.undated", n=undated))
    return Picture(
        svg=at_each_width(wide, timeline_svg(*arguments, NARROW)) if href else wide,
        size=(WIDE.width, height_of(bars)),
        title=say(lang, "timeline.title.of", name=shown.index.name(own, lang))
        if own
        else say(lang, "timeline.title"),
        summary=summary,
        legend=timeline_legend(lang),
        notes=notes,
    )


def timeline_legend(lang: Language) -> list[Item]:
    """What the colours and the ends of a timeline mean."""
    kinds = [Item("category", one, say(lang, f"category.{one}")) for one in SIGNS if one != "none"]
    status = [Item("status", one, say(lang, f"timeline.legend.{one}"))
              for one in ("active", "open", "lapsed", "exploration")]  # fmt: skip
    return kinds + status


def ego_part(shown: View, id: str, lang: Language) -> EgoPart:
    """A party and its closest partners."""
    index, centre = shown.index, shown.index.number[id]
    in_force = index.in_force(shown.day)
    near = closest(shown, centre, EGO_PARTNERS)
    picture = ego_picture(shown, id, lang, party_url)
    return EgoPart(
        picture=picture,
        take_picture=picture_files("mitra", pihak=id) if picture else {},
        partners=[
            (
                party_link(shown, index.parties[n].id, lang),
                int(in_force[index.between(centre, n)].sum()),
                connect_url(shown, id, index.parties[n].id),
            )
            for n in near
        ],
        total=len(ties(index, shown.day).of(centre)),
    )


def profile_part(
    shown: View, numbers: Numbers, lang: Language, url: str, name: str, **state: str
) -> ProfilePart:
    """How many of some agreements serve each goal; `url` is the page that lists them."""
    names = _goal_names(shown, lang)
    counts = [
        count
        for count in goal_counts(shown.index, shown.day, numbers)
        if str(count.goal) in names  # a store may hold no goals yet
    ]
    served = sum(count.total > 0 for count in counts)
    picture = None
    if served:
        picture = profile(shown, counts, lang, name, lambda goal: url_for("topic.topic", id=goal))
    return ProfilePart(
        picture=picture,
        take_picture=picture_files("profil-sdg", **state) if picture else {},
        rows=[_goal_row(count, names, url) for count in counts],
        served=served,
    )


def profile(
    shown: View, counts: list[GoalCount], lang: Language, name: str, href: Address | None = None
) -> Picture:
    """The goals that some agreements serve as a picture."""
    names = _goal_names(shown, lang)
    colours = {topic.id: topic.colour for topic in shown.topics() if not topic.goal}
    bars = [
        GoalBar(
            count,
            names[str(count.goal)],
            colours[str(count.goal)],
            _goal_words(count, lang),
            counted(lang, "agreements", count.total) if count.total else say(lang, "date.none"),
            href(str(count.goal)) if href else "",
        )
        for count in counts
    ]
    served = [count for count in counts if count.total]
    most = max(counts, key=lambda count: (count.total, -count.goal))
    summary = say(lang, "profile.summary", n=len(served), goal=str(most.goal),
                  name=names[str(most.goal)], agreements=most.total)  # fmt: skip
    wide = profile_svg(bars, summary)
    return Picture(
        svg=at_each_width(wide, profile_svg(bars, summary, is_narrow=True)) if href else wide,
        size=(WIDTH, profile_height(bars)),
        title=say(lang, "profile.title", name=name),
        summary=summary,
        notes=[say(lang, "profile.note")],
    )


def _goal_names(shown: View, lang: Language) -> Mapping[str, str]:
    goals = (topic for topic in shown.topics() if not topic.goal)
    return {goal.id: goal.name_en if lang == "en" else goal.name_id for goal in goals}


def _goal_words(count: GoalCount, lang: Language) -> str:
    """ "5 berlaku, 2 habis masa"."""
    kinds = (("in-force", count.in_force), ("exploration", count.talks), ("past", count.past))
    told = [say(lang, f"timeline.count.{kind}", n=n) for kind, n in kinds if n]
    return ", ".join(told) or say(lang, "date.none")


def _goal_row(count: GoalCount, names: Mapping[str, str], url: str) -> GoalRow:
    def there(n: int, status: str) -> str:
        return (
            f"{url}{'&' if '?' in url else '?'}topik={count.goal}&status={status}#perjanjian"
            if n
            else ""
        )

    return GoalRow(
        count.goal, names[str(count.goal)],
        count.in_force, there(count.in_force, "berlaku"),
        count.talks, there(count.talks, "exploration"),
        count.past, there(count.past, "lapsed"),
    )  # fmt: skip


def flaws(shown: View, numbers: Numbers, lang: Language, url: str) -> list[FlawRow]:
    """How complete the records of some agreements are; nothing where there is none.

    `url` is the page that lists them, and is asked there for those that lack something.
    """
    found = completeness(shown.index, shown.day, numbers)
    rows = (
        ("to-the-day", found.to_the_day, found.total, ""),
        ("less-closely", found.less_closely, found.total, ""),
        ("undated", found.undated, found.total, "signed"),
        ("endless", found.endless, found.undertakings, "ends"),
        ("topicless", found.topicless, found.total, "topic"),
        ("sourceless", found.sourceless, found.total, "source"),
        ("disputed", found.disputed, found.total, "conflict"),
    )
    return [
        FlawRow(
            words=say(lang, f"quality.{code}"),
            n=n,
            of=of,
            per_cent=round(100 * n / of),
            url=f"{_with(url)}kurang={lack}#perjanjian" if lack and n else "",
            is_good=code == "to-the-day",
        )
        for code, n, of, lack in rows
        if of
    ]


def _with(url: str) -> str:
    return url + ("&" if "?" in url else "?")


def most_signed(index: Index, numbers: Numbers, kind: Bools) -> tuple[list[tuple[int, int]], int]:
    """Parties of a kind by how many of some agreements they signed: the first `LISTED`, and all.

    Most first, then by name; each with its count.
    """
    signed = np.bincount(index.members[numbers].indices, minlength=len(index.parties))
    there = np.flatnonzero(kind & (signed > 0))
    least = np.sort(signed[there])[-LISTED:].min(initial=len(numbers))
    first = there[signed[there] >= least].tolist()  # only their names are read
    first.sort(key=lambda n: (-signed[n], index.parties[n].sort_key))
    return [(n, int(signed[n])) for n in first[:LISTED]], len(there)


def agreement_url(id: str) -> str:
    """Where an agreement is seen."""
    return url_for("agreement.agreement", id=id)
