"""One agreement, with every source's claim."""

from __future__ import annotations

from flask import Blueprint, render_template
from markupsafe import Markup

from explorer.contexts import AgreementContext, ClaimCard
from explorer.i18n import partial_date, say
from explorer.present import (
    AgreementRow,
    agreement_row,
    joined,
    linked,
    linked_name,
    party_link,
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
    conflicts,
)

bp = Blueprint("agreement", __name__)


def agreement(id: str) -> str:
    """`/perjanjian/<id>`"""
    shown, lang = view(), language()
    record = shown.store.agreement(id)
    found = record.agreement
    row = agreement_row(shown, found, lang)
    context = AgreementContext(
        opening=_opening(row, lang),
        row=row,
        claims=_claims(shown, record, lang),
        conflicts=sorted(conflicts([sourced.claim for sourced in record.claims])),
        roles={s.party: s.role for s in found.parties if s.role},
        categories=[say(lang, f"category.{c}") for c in Category if c in found.categories],
        topics=_topics(shown, found, lang),
        relations=_relations(shown, record, lang),
        outcome=found.outcome,
        note=found.note,
    )
    return render_template("agreement.html", ctx=context)


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
