"""What a province overlooks, in words: each line a sentence, its evidence and where to go on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from flask import url_for

from explorer.borders import BareBorder, BorderGrade
from explorer.contexts import OverlookedCard
from explorer.i18n import partial_date, say
from explorer.overlooked import NotUsedBelow, Revival
from explorer.present import joined, party_link, rows
from explorer.service import View
from graph_loader import Agreement, Language

PROOFS: Final = 3  # because three documents prove as well as thirty
_NAMED: Final = 2  # because a sentence with more titles in it is read by nobody
_YEAR_DAYS: Final = 365.25


def told_unused(shown: View, province: str, line: NotUsedBelow, lang: Language) -> OverlookedCard:
    """A partner of the province that none of its regencies works with."""
    evidence = evidence_of(shown, line.agreements[:PROOFS])
    params = {
        "province": shown.index.name(province, lang),
        "partner": shown.index.name(line.partner, lang),
    }
    since = _since(evidence, lang)
    key = "overlooked.unused.since" if since else "overlooked.unused"
    sentences = [say(lang, key, **params, **({"since": since} if since else {}))]
    if line.nearest:
        sentences.append(
            say(
                lang, "overlooked.nearest", region=shown.index.name(line.nearest, lang),
                goals=joined(lang, line.goals), n=line.alike,
            )
        )  # fmt: skip
    return _card(shown, [line.partner], sentences, evidence, len(line.agreements), lang,
                 ends=(province, line.partner), at=line.nearest or province)  # fmt: skip


def told_revival(shown: View, line: Revival, lang: Language) -> OverlookedCard:
    """An agreement that ran out, and what is new since then."""
    evidence = evidence_of(shown, line.agreements[:PROOFS])
    news = evidence_of(shown, line.since[:PROOFS])
    return _card(
        shown, [line.region, line.party], [_ran_out(shown, line, lang), *_news(shown, line, lang)],
        evidence, len(line.agreements), lang, news=news, news_total=len(line.since),
        ends=(line.region, line.party), at=line.region,
    )  # fmt: skip


def told_border(shown: View, line: BareBorder, lang: Language) -> OverlookedCard:
    """Two neighbours, and how little is recorded between them."""
    evidence = evidence_of(shown, line.agreements[:PROOFS])
    sentence = _border(shown, line, evidence, lang)
    return _card(
        shown, [line.border.a, line.border.b], [sentence], evidence, len(line.agreements), lang,
        ends=(line.border.a, line.border.b), at=line.border.a, grade=line.grade,
    )  # fmt: skip


def evidence_of(shown: View, ids: Sequence[str]) -> list[Agreement]:
    """The documents, or none while the store is away."""
    return [] if shown.stale else shown.documents(ids)


def _ran_out(shown: View, line: Revival, lang: Language) -> str:
    names = {"region": shown.index.name(line.region, lang),
             "party": shown.index.name(line.party, lang)}  # fmt: skip
    if line.ended is None:
        return say(lang, "overlooked.lapsed.undated", **names)
    years = _years(line.ended, shown.day)
    ended = partial_date(lang, line.ended.isoformat())
    if not years:
        return say(lang, "overlooked.lapsed.recent", **names, ended=ended)
    return say(lang, "overlooked.lapsed", **names, ended=ended, n=years)


def _news(shown: View, line: Revival, lang: Language) -> list[str]:
    name = shown.index.name
    told = []
    if line.since:
        told.append(say(lang, "overlooked.since", party=name(line.party, lang), n=len(line.since)))
    if line.needs:
        commodities = joined(lang, _commodities(shown, line.needs, lang))
        told.append(
            say(lang, "overlooked.needs", region=name(line.region, lang), commodity=commodities)
        )
    if line.goals:
        told.append(say(lang, "overlooked.goals", goals=joined(lang, line.goals)))
    return told or [say(lang, "overlooked.no-news")]


def _border(shown: View, line: BareBorder, evidence: Sequence[Agreement], lang: Language) -> str:
    ends = {"a": shown.index.name(line.border.a, lang), "b": shown.index.name(line.border.b, lang)}
    if line.grade is not BorderGrade.NONE and not evidence:
        count = len(line.agreements)
        return say(lang, f"overlooked.border.{line.grade}.untitled", **ends, n=count)
    if line.grade is not BorderGrade.NONE:
        listed = rows(shown, evidence[:_NAMED], lang)
        accords = joined(lang, [row.title for row in listed])
        return say(lang, f"overlooked.border.{line.grade}", **ends, accords=accords)
    if line.border.kind == "strait":
        return say(lang, "overlooked.border.none.strait", **ends)
    if line.border.shared_km:
        km = round(line.border.shared_km)
        return say(lang, "overlooked.border.none.km", **ends, n=km)
    return say(lang, "overlooked.border.none", **ends)


def _card(
    shown: View, parties: Sequence[str], sentences: Sequence[str], evidence: Sequence[Agreement],
    total: int, lang: Language, *, ends: tuple[str, str], at: str,
    news: Sequence[Agreement] = (), news_total: int = 0, grade: str = "",
) -> OverlookedCard:  # fmt: skip
    return OverlookedCard(
        parties=[party_link(shown, id, lang) for id in parties],
        sentences=sentences,
        grade=grade,
        agreements=rows(shown, evidence, lang),
        more=total - len(evidence),
        news=rows(shown, news, lang),
        news_more=news_total - len(news),
        connect_url=url_for("connect.connect", dari=ends[0], ke=ends[1]),
        at=party_link(shown, at, lang),
        opportunities_url=url_for("opportunities.opportunities", id=at),
    )


def _commodities(shown: View, flows: Sequence[str], lang: Language) -> list[str]:
    known = shown.commodities()
    asked = {flow.commodity for flow in shown.index.flows if flow.id in set(flows)}
    names = (known[id] for id in asked if id in known)
    return sorted(item.name_en if lang == "en" else item.name_id for item in names)


def _years(ended: date, day: date) -> int:
    return int((day - ended).days / _YEAR_DAYS)


def _since(evidence: Sequence[Agreement], lang: Language) -> str:
    signed = [agreement.signed for agreement in evidence if agreement.signed]
    return partial_date(lang, str(min(signed, key=lambda day: day.sort_key))) if signed else ""
