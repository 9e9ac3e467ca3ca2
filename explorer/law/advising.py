"""Every rule asked of one pair, the next step of its procedure, and what documents must say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from explorer.index import Index
from explorer.law import abroad, general, home
from explorer.law.case import Case, Track, case_of
from explorer.law.finding import Finding, Findings
from explorer.law.steps import Step, next_step, steps
from graph_loader import Party, legal

RULES: Final[Mapping[str, Callable[[Case], Findings]]] = {
    "R01": abroad.diplomatic_relations,
    "R02": general.within_authority,
    "R05": general.fits_plans,
    "R06": abroad.equal_status,
    "R07": abroad.complementary,
    "R08": abroad.people_to_people,
    "R09": abroad.transferable,
    "R10": home.mandatory,
    "R11": home.voluntary,
    "R12": home.taken_over,
    "R13": home.coordination,
    "R14": home.council_if_burdened,
    "R15": abroad.council_consent,
    "R16": abroad.central_approval,
    "R17": abroad.consult_first,
    "R18": home.feasibility,
    "R19": home.allowed_third_party,
    "R20": abroad.allowed_institution,
    "R21": general.synergy,
    "R22": general.survives_leaders,
    "R23": general.has_ended,
    "R24": abroad.report_abroad,
    "R25": general.watched_over,
    "R26": home.joint_secretariat,
    "R27": home.forum,
    "R28": general.older_than_the_regulation,
    "R29": abroad.alike,
}
"""The rules that the data can tell, by their id in `data/legal_rules.csv`."""

_PLAN: Final = "rencana KSDPL/KSDLL"
_DOCUMENTS: Final[Mapping[Track, tuple[str, ...]]] = {
    "KSDD": ("PKS (old)", "all", "register field"),
    "KSDPK": ("KSDPK contract", "PKS (old)", "all", "register field"),
    "KSDPL": (_PLAN, "all", "register field"),
    "KSDLL": (_PLAN, "all", "register field"),
    "sinergi": ("all", "register field"),
}  # because a kind of document in `data/required_fields.csv` belongs to certain tracks


@dataclass(frozen=True, slots=True)
class Advice:
    """What the law says of a pair on a day.

    `route` is the id of the province that should sign, empty where the region itself may. `steps`
    are all stages of the track, `next_step` the one that comes now; `documents` is what must be
    written down. Where `is_blocked`, the next step is to ask the ministers.
    """

    findings: tuple[Finding, ...]
    is_blocked: bool
    route: str
    track: Track
    next_step: Step
    steps: tuple[Step, ...]
    documents: tuple[legal.RequiredField, ...]


def advice(
    index: Index, region: str, party: str | Party, day: date, topics: Sequence[str] = ()
) -> Advice:
    """What the law says of a region and a party, who may be a `Party` that the index lacks.

    `topics` are SDG codes or words in either language; without any, nothing is said of authority.

    Returns:
        Findings with the gravest effect first, then by rule.

    Raises:
        NotFound: ("party-unknown", id=…).
        BadInput: ("not-a-region", id=…).

    Cost: some 20 microseconds for a pair, once the index knows the day.
    """
    case = case_of(index, region, party, day, topics)
    found = [finding for rule in RULES.values() for finding in rule(case)]
    found += general.questions(case)
    found.sort(key=lambda finding: finding.order)
    blocked = any(finding.effect == "blocks" for finding in found)
    routes = (f.params["province"] for f in found if f.effect == "re-routes")
    return Advice(
        findings=tuple(found),
        is_blocked=blocked,
        route=str(next(routes, "")),
        track=case.track,
        next_step=next_step(case, blocked),
        steps=steps(case.track),
        documents=_documents(case.track),
    )


@cache
def _documents(track: Track) -> tuple[legal.RequiredField, ...]:
    wanted = _DOCUMENTS[track]
    return tuple(
        field for field in legal.required_fields()
        if any(document in wanted for document in field.document.split(" and "))
    )  # fmt: skip
