"""One agreement, with every source's claim."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from flask import Blueprint, render_template, request
from markupsafe import Markup

from explorer.contexts import AgreementContext, ClaimCard, TimelinePart
from explorer.i18n import partial_date, say
from explorer.index import INSTRUMENTS, STATUSES
from explorer.pages import next_steps
from explorer.pages.parts import timeline_part
from explorer.pictures.ego import signers_picture
from explorer.pictures.picture import Picture
from explorer.pictures.points import Line
from explorer.pictures.spans import category_name
from explorer.present import (
    AgreementRow,
    agreement_row,
    joined,
    linked,
    linked_name,
    party_link,
    party_url,
    picture_files,
    view,
)
from explorer.service import View
from explorer.web.address import language, page
from graph_loader import (
    MAX_PAGE_SIZE,
    Agreement,
    AgreementRecord,
    Category,
    Claim,
    Language,
    NotFound,
    Party,
    conflicts,
)

bp = Blueprint("agreement", __name__)


def agreement(id: str) -> str:
    """`/perjanjian/<id>`"""
    shown, lang = view(), language()
    record = shown.store.agreement(id)
    found = record.agreement
    shown.hold(found)
    row = agreement_row(shown, found, lang)
    known = shown.index.agreement_number.get(found.id)
    fields = sorted(conflicts([sourced.claim for sourced in record.claims]))
    relations = _relations(shown, record, lang)
    context = AgreementContext(
        opening=_opening(row, lang),
        sections=["perjanjian", "pihak", "topik", "bukti", *(["terkait"] if relations else [])],
        row=row,
        steps=next_steps.of_agreement(shown, row, fields, lang),
        timeline=_timeline(shown, known, [other.id for _, other in relations], lang),
        signers=_signers(shown, known, lang, party_url),
        take_signers=picture_files("para-pihak", perjanjian=found.id) if known is not None else {},
        claims=_claims(shown, record, lang),
        conflicts=fields,
        roles={s.party: s.role for s in found.parties if s.role},
        categories=[say(lang, f"category.{c}") for c in Category if c in found.categories],
        topics=_topics(shown, found, lang),
        relations=relations,
        outcome=found.outcome,
        note=found.note,
    )
    return render_template("agreement.html", ctx=context)


def picture(shown: View, lang: Language) -> Picture:
    """Who signed the agreement that `perjanjian` names. Raises: NotFound."""
    id = request.args.get("perjanjian", "")
    known = shown.index.agreement_number.get(id)
    drawn = _signers(shown, known, lang) if known is not None else None
    if drawn is None:
        raise NotFound("picture-empty")
    return drawn


def _signers(
    shown: View, number: int | None, lang: Language, href: Callable[[Party], str] | None = None
) -> Picture | None:
    """Those who signed it, around it; nothing where it came after the index."""
    if number is None:
        return None
    index = shown.index
    instrument = say(lang, f"instrument.{INSTRUMENTS[index.instrument[number]]}")
    year = int(index.signed_year[number])
    words = f"{instrument}, {year}" if year else instrument
    status = STATUSES[index.status(shown.day)[number]]
    line = Line("", "", 1, category_name(index, number), str(status))
    return signers_picture(shown, number, words, line, lang, href)


def _timeline(
    shown: View, number: int | None, related: Sequence[str], lang: Language
) -> TimelinePart | None:
    """It and those that change, carry out or renew it, as bars."""
    if number is None:
        return None
    index = shown.index
    chosen = np.zeros(len(index.agreement_ids), dtype=np.bool_)
    others = [index.agreement_number.get(id) for id in related]
    chosen[[number, *(other for other in others if other is not None)]] = True
    return replace(timeline_part(shown, chosen, lang), take_picture={}, url="")


def _opening(row: AgreementRow, lang: Language) -> Markup:
    """Who undertook what, when, and whether it still runs."""
    names = [linked_name(party) for party in row.parties]
    dated = partial_date(lang, str(row.signed)) if row.signed else ""
    return linked(
        lang,
        "agreement.opening" if dated else "agreement.opening.undated",
        {"parties": (Markup(joined(lang, names)), "")},
        instrument=row.instrument,
        signed=dated,
        status=row.status_words,
    )


def _claims(shown: View, record: AgreementRecord, lang: Language) -> list[ClaimCard]:
    names = {source.id: source.name for source in shown.store.sources()}
    files = {load.id: load.file for load in shown.store.loads(limit=MAX_PAGE_SIZE).items}
    return [
        ClaimCard(
            source=names.get(sourced.source, sourced.source),
            file=files.get(sourced.load, ""),
            claim=sourced.claim,
            instrument=say(lang, f"instrument.{sourced.claim.instrument}"),
            parties=[party_link(shown, one.party, lang) for one in sourced.claim.parties],
            shown=_shown(record.agreement, sourced.claim),
        )
        for sourced in record.claims
    ]


def _shown(found: Agreement, claim: Claim) -> frozenset[str]:
    """The fields in which the page shows just what this claim says."""
    return frozenset(
        name
        for name in ("signed", "ends", "instrument")
        if getattr(claim, name) and getattr(claim, name) == getattr(found, name)
    )


def _topics(
    shown: View, found: Agreement, lang: Language
) -> list[tuple[str, str, str, tuple[str, ...]]]:
    known = {topic.id: topic for topic in shown.topics()}
    result = []
    for tag in found.topics:
        if (topic := known.get(tag.topic)) is None:
            continue
        if not topic.goal:
            words, written = (topic.name_en, "en") if lang == "en" else (topic.name_id, "id")
        elif lang == "id" and topic.text_id:
            words, written = topic.text_id, "id"
        else:
            words, written = topic.text_en, "en"
        result.append((topic.id, words, written, tag.words))
    return result


def _relations(
    shown: View, record: AgreementRecord, lang: Language
) -> list[tuple[str, AgreementRow]]:
    pairs = [(str(r.kind), r.other) for r in record.agreement.relations]
    pairs += [(f"{r.kind}-by", r.other) for r in record.referred_by]
    shown.gather(other for _, other in pairs)
    return [
        (say(lang, f"relation.{kind}"), agreement_row(shown, found, lang))
        for kind, other in pairs
        for found in shown.documents([other])
    ]


page(bp, "/perjanjian/<id>", "agreement", agreement)
