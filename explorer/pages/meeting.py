"""A region for a meeting: to be projected, read out and printed."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, render_template, url_for

from explorer.contexts import MeetingChoiceContext, MeetingContext, MeetingOpportunity
from explorer.documents import evidence
from explorer.documents.standing import standing
from explorer.explain import GRAVE
from explorer.gaps import regions_of
from explorer.opportunities import Case
from explorer.pictures.ego import ego_svg
from explorer.pictures.picture import Picture, at_each_width
from explorer.pictures.places import home_province
from explorer.present import note_files, party_link, party_url, rows, view
from explorer.sentences import Speaker
from explorer.web.address import language, page

bp = Blueprint("meeting", __name__)


def meeting(id: str) -> str:
    """`/rapat/35.15`. Raises: NotFound, BadInput where the id is no region's."""
    shown, lang = view(), language()
    speaker = Speaker(shown, lang)
    found = standing(speaker, id)
    context = MeetingContext(
        region=party_link(shown, id, lang),
        sentences=found.sentences,
        picture=_at_each_width(speaker, id, found.picture) if found.picture else None,
        opportunities=[_opportunity(speaker, case) for case in found.cases],
        opportunities_url=url_for("opportunities.opportunities", id=id),
        files=note_files(daerah=id),
    )
    return render_template("meeting.html", ctx=context)


def choose() -> str:
    """`/rapat`: which region is the meeting about?"""
    shown, lang = view(), language()
    home = home_province(shown.index)
    numbers = regions_of(shown.index, home).tolist() if home else []
    links = [party_link(shown, shown.index.parties[n].id, lang) for n in numbers]
    regions = [(link, url_for("meeting.meeting", id=link.id)) for link in links]
    return render_template("meeting_choice.html", ctx=MeetingChoiceContext(regions))


def _at_each_width(speaker: Speaker, id: str, wide: Picture) -> Picture:
    narrow = ego_svg(speaker.shown, id, speaker.lang, party_url, is_narrow=True)
    return replace(wide, svg=at_each_width(wide.svg, narrow))


def _opportunity(speaker: Speaker, case: Case) -> MeetingOpportunity:
    """Why, by the reason that has the best proof; where none is proved by agreements, the first."""
    shown, lang = speaker.shown, speaker.lang
    party = case.opportunity.party
    proved = [one for one in case.reasons if one.agreements]
    reason = (proved or list(case.reasons))[0]
    documents = rows(shown, shown.documents(reason.agreements[:1]), lang)
    beside = [item.text for item in evidence.beside(speaker, [reason])][:2]
    law = speaker.advice(case.advice)
    return MeetingOpportunity(
        party=party_link(shown, party, lang),
        reason=speaker.reason(reason),
        proof=documents[0] if documents else None,
        beside="" if documents else "; ".join(beside),
        step=law.next_step.sentence,
        citation=law.next_step.citation,
        warning=" ".join(one.sentence for one in law.findings if one.effect in GRAVE),
        files=note_files(daerah=case.region, mitra=party),
    )


page(bp, "/rapat", "choose", choose)
page(bp, "/rapat/<id>", "meeting", meeting)
