"""Reasons, paths, law and problems in words: here what is found becomes cards."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from explorer.contexts import (
    LawCard,
    OpportunityCard,
    ReasonCard,
    RowCard,
    StepCard,
    UnusedCard,
)
from explorer.i18n import say
from explorer.law import Advice
from explorer.opportunities import Case
from explorer.present import PartyLink, connect_url, flow_rows, party_link, rows
from explorer.reasons import Reason
from explorer.reasons.chains import Chain, Step
from explorer.sentences import Speaker
from explorer.service import View
from graph_loader import Agreement, Language, Problem, problem_dict

GRAVE = frozenset({"blocks", "re-routes"})
PROOFS = 3  # because three documents prove as well as thirty


def opportunity(speaker: Speaker, case: Case) -> OpportunityCard:
    """An opportunity as a card."""
    party = case.opportunity.party
    return OpportunityCard(
        party=link(speaker, party),
        reasons=[reason(speaker, found) for found in case.reasons],
        connect_url=connect_url(speaker.shown, case.region, party),
        rank=case.opportunity.rank,
        paths=[unused(speaker, chain) for chain in case.unused.chains],
        no_path="" if case.unused.chains else speaker.no_path(case.region, party),
        law=law(speaker, case.advice),
    )


def law(speaker: Speaker, advice: Advice) -> LawCard:
    """What the law says: first what stops an opportunity or sends it elsewhere."""
    told = speaker.advice(advice)
    first = [one for one in told.findings if one.effect in GRAVE]
    others = [one for one in told.findings if one.effect not in GRAVE]
    return LawCard(told.is_blocked, first, others, told.next_step, told.documents, told.guidance)


def gather(shown: View, cases: Iterable[Case]) -> None:
    """Ask the store once for all the evidence of some opportunities."""
    shown.gather(id for case in cases for id in evidence(case))


def evidence(case: Case) -> list[str]:
    """The agreements that an opportunity's card shows."""
    found = [id for reason in case.reasons for id in reason.agreements[:PROOFS]]
    steps = (step for chain in case.unused.chains for step in chain.steps)
    return found + [id for step in steps for id in step.agreements[:PROOFS]]


def reason(speaker: Speaker, found: Reason) -> ReasonCard:
    """A reason as a sentence that can be read out, with its evidence."""
    shown, lang = speaker.shown, speaker.lang
    return ReasonCard(
        code=found.code,
        sentence=speaker.reason(found),
        chain=[link(speaker, id) for id in found.parties],
        agreements=rows(shown, shown.documents(found.agreements[:PROOFS]), lang),
        flows=flow_rows(shown, speaker.flows(found), lang),
        rows=[RowCard(speaker.row(row), row.page) for row in found.rows if not found.flows],
        more=max(0, len(found.agreements) - PROOFS),
    )


def unused(speaker: Speaker, chain: Chain) -> UnusedCard:
    """An unused path as connected cards."""
    documents = speaker.shown.documents(chain.renewals)
    return UnusedCard(
        sentence=speaker.unused(chain),
        parties=[link(speaker, id) for id in chain.parties],
        steps=[_step(speaker, step) for step in chain.steps],
        renew=" ".join(speaker.renewal(agreement) for agreement in documents),
    )


def link(speaker: Speaker, id: str) -> PartyLink:
    """A party, or a place that no agreement names, to click on."""
    return party_link(speaker.shown, id, speaker.lang)


def problem(found: Problem, lang: Language) -> tuple[Problem, str, str]:
    """A problem, why it is one, and what to do."""
    told = problem_dict(found, partial(say, lang))
    return found, str(told["why"]), str(told["fix"])


def _step(speaker: Speaker, step: Step) -> StepCard:
    documents: list[Agreement] = speaker.shown.documents(step.agreements[:PROOFS])
    words = say(speaker.lang, f"unused.step.{step.kind}")
    return StepCard(step.kind, words, rows(speaker.shown, documents, speaker.lang))
