"""What to do next, worked out from what is recorded: a few sentences, each with a link."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from flask import url_for
from markupsafe import Markup

from explorer.exchange import meetings
from explorer.i18n import say
from explorer.index import STATUSES, Ints
from explorer.present import (
    AgreementRow,
    PartyLink,
    connect_url,
    counted,
    joined,
    linked,
    linked_name,
)
from explorer.service import View
from graph_loader import Language, Status

_SOON: Final = 365  # days, because a council that must agree sits once a year
_LAPSED: Final = STATUSES.index(Status.LAPSED)
MOST: Final = 4  # because nobody does more than four things next


def of_region(
    shown: View, region: PartyLink, ending: int, past: int, best: PartyLink | None,
    opportunities: int, lang: Language,
) -> list[Markup]:  # fmt: skip
    """What a planner of this region can do next; `best` is its first opportunity."""
    steps = [*_agreements(region, ending, past, lang), *_needs(shown, region, lang)]
    if best is not None:
        every = url_for("opportunities.opportunities", id=region.id)
        links = {"all": (counted(lang, "opportunities", opportunities), every),
                 "best": (best.name, best.url)}  # fmt: skip
        steps.append(linked(lang, "next.opportunities", links))
    return steps[:MOST]


def of_partner(
    party: PartyLink, country: PartyLink | None, ending: int, past: int, lang: Language
) -> list[Markup]:
    """What a planner who thinks of working with this partner can do next."""
    steps = [*_agreements(party, ending, past, lang)]
    connect = url_for("connect.connect", ke=party.id)
    steps.append(linked(lang, "next.connect", _one(lang, "next.connect.link", connect)))
    if country is not None:
        link = {"country": (country.name, country.url)}
        steps.append(linked(lang, "next.country", link))
    return steps[:MOST]


def of_country(
    shown: View, country: PartyLink, only: PartyLink | None, numbers: Ints, lang: Language
) -> list[Markup]:
    """What can be done next with a country, or with one party's agreements there."""
    index = shown.index
    here = url_for("country.country", id=country.id, pihak=only.id if only else None)
    with_state = f"{here}{'&' if only else '?'}"
    lapsed = int((index.status(shown.day)[numbers] == _LAPSED).sum())
    steps = []
    if lapsed:
        there = f"{with_state}status=lapsed#perjanjian"
        link = {"agreements": (counted(lang, "agreements", lapsed), there)}
        steps.append(linked(lang, "next.past", link, n=lapsed))
    if only is not None:
        find = url_for("opportunities.opportunities", id=only.id)
        if only.shape in {"region", "province"}:
            words = say(lang, "next.unused.link")
            steps.append(linked(lang, "next.unused", {"link": (words, find)}, party=only.name))
        links = {"country": (country.name, country.url)}
        steps.append(linked(lang, "next.every", links))
    else:
        choose = url_for("opportunities.choose")
        links = {"link": (say(lang, "next.choose.link"), choose)}
        steps.append(linked(lang, "next.choose", links, country=country.name))
    network = url_for("network.network", negara=country.id, pihak=only.id if only else None)
    steps.append(linked(lang, "next.network", {"link": (say(lang, "next.network.link"), network)}))
    return steps[:MOST]


def of_topic(topic: str, gaps_url: str, missing: int, lang: Language) -> list[Markup]:
    """What can be done next for a goal or target."""
    steps = []
    if missing and gaps_url:
        link = {"regions": (counted(lang, "regions", missing), gaps_url)}
        steps.append(linked(lang, "next.gaps", link, topic=topic, n=missing))
    choose = url_for("opportunities.choose")
    steps.append(linked(lang, "next.topic", {"link": (say(lang, "next.choose.link"), choose)}))
    network = url_for("network.network", topik=topic)
    steps.append(linked(lang, "next.network", {"link": (say(lang, "next.network.link"), network)}))
    return steps


def of_agreement(
    shown: View, row: AgreementRow, conflicts: Sequence[str], lang: Language
) -> list[Markup]:
    """What can be done next about one agreement; of the people in an office nothing is known."""
    steps = [*_of_status(shown, row, lang)]
    load = {"link": (say(lang, "next.load.link"), url_for("data.data"))}
    if conflicts:
        steps.append(linked(lang, "next.conflict", {"link": (say(lang, "next.claims"), "#bukti")}))
    if not row.signed:
        steps.append(linked(lang, "next.undated", load))
    if len(row.parties) == 2:
        url = connect_url(shown, row.parties[0].id, row.parties[1].id)
        steps.append(linked(lang, "next.both", {"link": (say(lang, "next.both.link"), url)}))
    asked = [party for party in row.parties if party.shape in {"region", "province"}][:2]
    if asked:
        who = Markup(joined(lang, [linked_name(party) for party in asked]))
        steps.append(linked(lang, "next.contact", {"regions": (who, "")}))
    return steps


def _of_status(shown: View, row: AgreementRow, lang: Language) -> Iterator[Markup]:
    if row.status is Status.LAPSED:
        yield linked(lang, "next.lapsed", {})
    elif row.status is Status.ACTIVE and row.ends:
        days = (row.ends.last - shown.day).days
        if days <= _SOON:
            yield linked(lang, "next.soon", {}, n=days)
    elif row.status is Status.OPEN:
        load = {"link": (say(lang, "next.load.link"), url_for("data.data"))}
        yield linked(lang, "next.open", load)
    elif row.status is Status.EXPLORATION:
        regions = [party for party in row.parties if party.shape in {"region", "province"}]
        if regions:
            url = url_for("opportunities.opportunities", id=regions[0].id)
            links = {"link": (say(lang, "next.unused.link"), url)}
            yield linked(lang, "next.exploration", links, party=regions[0].name)


def _agreements(party: PartyLink, ending: int, past: int, lang: Language) -> Iterator[Markup]:
    if ending:
        url = f"{party.url}?status=active&urut=ends#perjanjian"
        links = {"agreements": (counted(lang, "agreements", ending), url)}
        yield linked(lang, "next.ending", links, n=ending)
    if past:
        url = f"{party.url}?status=lapsed#perjanjian"
        links = {"agreements": (counted(lang, "agreements", past), url)}
        yield linked(lang, "next.past", links, n=past)


def _needs(shown: View, region: PartyLink, lang: Language) -> Iterator[Markup]:
    """The needs that somebody can meet, and who is the nearest for one of them."""
    found = [one for one in meetings(shown.index, shown.day, region.id)
             if one.need.party == region.id]  # fmt: skip
    needs = len({one.need.id for one in found})
    if not needs:
        return
    near = min(found, key=lambda one: (one.grade != "firm", one.km is None, one.km or 0.0))
    url = url_for("needs.needs", daerah=region.id)
    links = {"needs": (counted(lang, "needs", needs), url)}
    giver = shown.index.name(near.offer.party, lang)
    yield linked(lang, "next.needs", links, giver=giver, n=needs)


def _one(lang: Language, key: str, url: str) -> dict[str, tuple[str, str]]:
    return {"link": (say(lang, key), url)}
