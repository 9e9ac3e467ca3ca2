"""Reasons, bridges and problems in words: here their parameters become sentences."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from explorer.contexts import OpportunityCard, ReasonCard
from explorer.i18n import partial_date, say
from explorer.opportunities import Opportunity
from explorer.paths import Bridge
from explorer.present import FlowRow, flow_rows, party_link, rows
from explorer.reasons import Reason
from explorer.service import View
from graph_loader import Agreement, Direction, Flow, Language, Problem, problem_dict

PROOFS = 3  # because three documents prove as well as thirty


def opportunity(
    shown: View, line: Opportunity, region: str, lang: Language, connect_url: str
) -> OpportunityCard:
    """An opportunity as a card."""
    return OpportunityCard(
        party_link(shown, line.party, lang),
        [reason(shown, found, lang) for found in line.reasons],
        connect_url,
    )


def gather(shown: View, lines: Iterable[Opportunity]) -> None:
    """Ask the store once for all the evidence of some opportunities."""
    reasons = (found for line in lines for found in line.reasons)
    shown.gather(id for found in reasons for id in found.agreements[:PROOFS])


def reason(shown: View, found: Reason, lang: Language) -> ReasonCard:
    """A reason as a sentence that can be read out, with its evidence."""
    evidence = shown.documents(found.agreements[:PROOFS])
    flows = flow_rows(shown, _flows(shown, found), lang)
    return ReasonCard(
        code=found.code,
        sentence=_sentence(shown, found, evidence, flows, lang),
        chain=[party_link(shown, id, lang) for id in found.parties],
        agreements=rows(shown, evidence, lang),
        flows=flows,
    )


def bridge(shown: View, found: Bridge | None, lang: Language) -> str:
    """What would join two parties that no path joins."""
    if found is None:
        return say(lang, "bridge.none")
    name = shown.index.name
    return say(
        lang,
        f"bridge.{found.kind}",
        a=name(found.a, lang),
        b=name(found.b, lang),
        via=name(found.via, lang),
    )


def problem(found: Problem, lang: Language) -> tuple[Problem, str, str]:
    """A problem, why it is one, and what to do."""
    told = problem_dict(found, partial(say, lang))
    return found, str(told["why"]), str(told["fix"])


def _flows(shown: View, found: Reason) -> list[Flow]:
    by_id = {flow.id: flow for flow in shown.index.flows}
    return [by_id[id] for id in found.flows if id in by_id]


def _sentence(
    shown: View, found: Reason, evidence: list[Agreement], flows: list[FlowRow], lang: Language
) -> str:
    names = [shown.index.name(id, lang) for id in found.parties]
    params: dict[str, object] = {"region": names[0], "party": names[-1], "via": names[1]}
    if found.code == "umbrella":
        return say(
            lang, _dated("reason.umbrella", evidence), **params, since=_since(evidence, lang)
        )
    if found.code in {"common-partner", "sibling"}:
        few = ".one" if found.params["n"] == 1 else ""
        return say(lang, f"reason.{found.code}{few}", **params, n=found.params["n"])
    if found.code == "need-offer":
        need, offer = sorted(flows, key=lambda row: row.flow.direction is Direction.OFFER)
        return say(
            lang, "reason.need-offer", commodity=need.commodity,
            needing=need.party.name, offering=offer.party.name,
            need=need.amount, offer=offer.amount,
        )  # fmt: skip
    if found.code == "border":
        return say(lang, f"reason.border-{_border_kind(str(found.params['kind']))}", **params)
    return say(lang, _dated("reason.lapsed", evidence), **params, since=_since(evidence, lang))


def _border_kind(kind: str) -> str:
    return "strait" if "strait" in kind else "land"


def _dated(key: str, evidence: list[Agreement]) -> str:
    return key if any(agreement.signed for agreement in evidence) else f"{key}.undated"


def _since(evidence: list[Agreement], lang: Language) -> str:
    signed = [agreement.signed for agreement in evidence if agreement.signed]
    return partial_date(lang, str(min(signed, key=lambda day: day.sort_key))) if signed else ""
