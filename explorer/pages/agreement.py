"""One agreement, with every source's claim; and the register of them all."""

from __future__ import annotations

from flask import Blueprint, render_template

from explorer.contexts import AgreementContext, ClaimCard, RegisterContext
from explorer.i18n import say
from explorer.listing import asked, listing
from explorer.present import AgreementRow, agreement_row, view
from explorer.service import View
from explorer.web.address import language, page
from graph_loader import Agreement, AgreementRecord, Category, Language, conflicts

bp = Blueprint("agreement", __name__)


def agreement(id: str) -> str:
    """`/perjanjian/<id>`"""
    shown, lang = view(), language()
    record = shown.store.agreement(id)
    found = record.agreement
    context = AgreementContext(
        row=agreement_row(shown, found, lang),
        claims=_claims(record, lang),
        conflicts=sorted(conflicts([sourced.claim for sourced in record.claims])),
        roles={s.party: s.role for s in found.parties if s.role},
        categories=[say(lang, f"category.{c}") for c in Category if c in found.categories],
        topics=_topics(shown, found, lang),
        relations=_relations(shown, record, lang),
        outcome=found.outcome,
        note=found.note,
    )
    return render_template("agreement.html", ctx=context)


def register() -> str:
    """`/perjanjian`"""
    shown, lang = view(), language()
    context = RegisterContext(listing(shown, asked(shown), lang))
    return render_template("register.html", ctx=context)


def _claims(record: AgreementRecord, lang: Language) -> list[ClaimCard]:
    found = record.agreement
    return [
        ClaimCard(
            sourced.source,
            sourced.claim,
            say(lang, f"instrument.{sourced.claim.instrument}"),
            shown=sourced.claim.signed == found.signed and sourced.claim.ends == found.ends,
        )
        for sourced in record.claims
    ]


def _topics(
    shown: View, found: Agreement, lang: Language
) -> list[tuple[str, str, str, tuple[str, ...]]]:
    known = {topic.id: topic for topic in shown.store.topics()}
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
    found = shown.store.by_ids([other for _, other in pairs])
    return [
        (say(lang, f"relation.{kind}"), agreement_row(shown, found[other], lang))
        for kind, other in pairs
        if other in found
    ]


page(bp, "/perjanjian", "register", register)
page(bp, "/perjanjian/<id>", "agreement", agreement)
