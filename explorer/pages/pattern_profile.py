"""Samples of the parts of the pages of one thing, for the pattern page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from flask import url_for
from markupsafe import Markup

from explorer.contexts import BriefOpportunity, FlawRow, Tile, TimelinePart
from explorer.i18n import say
from explorer.pages.parts import timeline_legend
from explorer.pictures.picture import Picture, at_each_width
from explorer.pictures.timeline import NARROW, WIDE, Bar, Group, height_of, timeline_svg
from explorer.present import PartyLink, linked
from graph_loader import Language, Status

_TODAY: Final = date(2026, 11, 25)
_REACH: Final = (date(2000, 1, 1).toordinal(), date(2032, 1, 1).toordinal())


@dataclass(frozen=True, slots=True)
class ProfileSamples:
    """One of each part, with names as hard as any register's."""

    sections: Sequence[str]
    tiles: Sequence[Tile]
    steps: Sequence[Markup]
    timeline: TimelinePart
    none_dated: TimelinePart
    brief: Sequence[BriefOpportunity]
    flaws: Sequence[FlawRow]


def samples(parties: Sequence[PartyLink], long: str, lang: Language) -> ProfileSamples:
    """The samples, with the names that the page has."""
    here = url_for("patterns.patterns")
    kinds = ("in-force", "exploration", "past", "partners")
    find = {"link": (say(lang, "next.connect.link"), here)}
    timeline = _timeline([party.name for party in parties], here, lang)
    return ProfileSamples(
        sections=["perjanjian", "peluang", "kelengkapan"],
        tiles=[Tile(n, say(lang, f"profile.tile.{kind}", n=n), here if n else "")
               for kind, n in zip(kinds, (1240, 12, 0, 61), strict=True)],
        steps=[linked(lang, "next.soon", {}, n=60), linked(lang, "next.connect", find)],
        timeline=timeline,
        none_dated=TimelinePart(None, {}, 0, 0, 12, ""),
        brief=[BriefOpportunity(parties[2], "umbrella", long, 2, long, is_blocked=False),
               BriefOpportunity(parties[4], "country", long, 0, long, is_blocked=True)],
        flaws=[FlawRow(say(lang, "quality.to-the-day"), 30, 40, 75, "", is_good=True),
               FlawRow(say(lang, "quality.endless"), 40, 40, 100, here)],
    )  # fmt: skip


def _timeline(names: Sequence[str], here: str, lang: Language) -> TimelinePart:
    """A bar of every kind."""
    known = {  # status and category: the years of signing, its last possible day, end, last stated
        (Status.ACTIVE, "ksdpl"): (2018, 2018, 2031, 2018),
        (Status.OPEN, "ksdd"): (2005, 2006, 0, 2019),
        (Status.EXPLORATION, "ksdll"): (2021, 2022, 0, 0),
        (Status.LAPSED, "ksdpk"): (2008, 2009, 2015, 0),
        (Status.LAPSED, "sinergi"): (0, 0, 2012, 0),
        (Status.LAPSED, "none"): (2003, 2003, 0, 2006),
    }
    bars = []
    for n, ((status, category), years) in enumerate(known.items()):
        name, words = names[n % len(names)], say(lang, f"status.{status}")
        ordinals = [date(year, 1, 1).toordinal() if year else 0 for year in years]
        bars.append(Bar(here, name, words, words, words, name, category, status, *ordinals))
    groups = [Group(say(lang, "timeline.group.in-force"), bars[:2]),
              Group(say(lang, "timeline.group.exploration"), bars[2:3]),
              Group(say(lang, "timeline.group.past"), bars[3:])]  # fmt: skip
    title = say(lang, "timeline.title")
    arguments = (groups, _REACH, _TODAY, say(lang, "timeline.today"), title)
    svg = at_each_width(timeline_svg(*arguments), timeline_svg(*arguments, NARROW))
    picture = Picture(svg, (WIDE.width, height_of(groups)), title, title, timeline_legend(lang))
    return TimelinePart(picture, {}, len(bars), len(bars), 0, here)
