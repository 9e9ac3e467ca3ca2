"""A region's opportunities as plain values: the same for the API and `simpul opportunities --json`.

    {"region", "name", "as_of", "version", "topic", "is_cold", "note", "guidance", "totals",
     "lists": {"abroad": [line, …], "regions": […], "third_parties": […]}}

A line is `{"rank", "party", "name", "country", "score", "reasons", "paths", "network_score",
"law", "next_step"}`. Evidence is an agreement's id, or a row `{"file", "row", "page"}`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from explorer.explain import gather
from explorer.i18n import say
from explorer.law import AdviceWords
from explorer.opportunities import LISTS, Case, ListName, Ranked
from explorer.reasons import Reason, Row
from explorer.reasons.chains import Chain
from explorer.sentences import Speaker

SHOWN = 20  # of each list; because that many are read, and the totals say how many there are

Answer = dict[str, object]


def opportunities_answer(
    speaker: Speaker, ranked: Ranked, *, lists: Collection[ListName] = LISTS, limit: int = SHOWN
) -> Answer:
    """Everything that is known of the first `limit` of each list."""
    cases = {name: ranked.cases(ranked.part(name, 0, limit)) for name in LISTS if name in lists}
    gather(speaker.shown, [case for some in cases.values() for case in some])
    question, region = ranked.question, ranked.question.id(ranked.question.region)
    return {
        "region": region,
        "name": speaker.name(region),
        "as_of": question.day.isoformat(),
        "version": speaker.shown.version,
        "topic": ranked.topic or None,
        "is_cold": ranked.is_cold,
        "note": speaker.cold(ranked) or None,
        "guidance": say(speaker.lang, "law.guidance"),
        "totals": {name: len(ranked.lists[name]) for name in cases},
        "lists": {name: [line(speaker, case) for case in some] for name, some in cases.items()},
    }


def line(speaker: Speaker, case: Case) -> Answer:
    """One opportunity: its reasons with evidence, its paths, the law and the next step."""
    told = speaker.advice(case.advice)
    party = case.opportunity.party
    return {
        "rank": case.opportunity.rank,
        "party": party,
        "name": speaker.name(party),
        "country": speaker.ground.country_of(party) or None,
        "score": round(case.opportunity.score, 6),
        "reasons": [_reason(speaker, found) for found in case.reasons],
        "paths": [_path(speaker, chain) for chain in case.unused.chains],
        "no_path": None if case.unused.chains else speaker.no_path(case.region, party),
        "network_score": round(case.unused.score, 6),
        "law": _law(told),
        "next_step": {
            "number": told.next_step.number,
            "name": told.next_step.name,
            "sentence": told.next_step.sentence,
            "article": told.next_step.citation,
            "text_status": told.next_step.doubt or None,
        },
    }


def _reason(speaker: Speaker, found: Reason) -> Answer:
    rows: list[object] = [_row(row) for row in found.rows]
    return {
        "code": found.code,
        "sentence": speaker.reason(found),
        "evidence": [*found.agreements, *rows],
    }


def _row(row: Row) -> Mapping[str, object]:
    known = {"file": row.file, "row": row.row or None, "page": row.page, "note": row.note}
    return {name: value for name, value in known.items() if value}


def _path(speaker: Speaker, chain: Chain) -> Answer:
    renew = [speaker.renewal(one) for one in speaker.shown.documents(chain.renewals)]
    return {
        "kind": chain.kind,
        "sentence": " ".join([speaker.unused(chain), *renew]),
        "score": round(chain.score, 6),
        "parties": [{"id": id, "name": speaker.name(id)} for id in chain.parties],
        "steps": [
            {
                "from": step.a,
                "to": step.b,
                "by": step.kind,
                "words": say(speaker.lang, f"unused.step.{step.kind}"),
                "agreements": list(step.agreements),
            }
            for step in chain.steps
        ],
        "renew": list(chain.renewals),
    }


def _law(told: AdviceWords) -> Answer:
    return {
        "blocked": told.is_blocked,
        "route": told.route or None,
        "track": told.track,
        "findings": [
            {
                "rule": one.rule,
                "effect": one.effect,
                "sentence": one.sentence,
                "article": one.citation,
                "text_status": one.doubt or None,
            }
            for one in told.findings
        ],
        "documents": [
            {"name": one.name, "article": one.citation or None, "text_status": one.doubt or None}
            for one in told.documents
        ],
    }
