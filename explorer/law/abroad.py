"""Rules for a partner abroad (KSDPL, KSDLL). Each docstring names its article."""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np

from explorer.exchange import complements
from explorer.index import Index
from explorer.law.case import ABROAD, Case
from explorer.law.finding import NOTHING, Findings, always, told
from explorer.law.steps import reached
from graph_loader import FIRST_TIER, legal

# Because PP 28/2018 Pasal 25 names international organisations, non-profit legal bodies and
# development partners; "agency" is what the register calls one such as JICA.
_NAMED_INSTITUTIONS: Final = frozenset({"international", "ngo", "agency"})
_TECHNOLOGY: Final = frozenset({"9.5", "9.b", "9.c", "17.6", "17.7", "17.8"})
_PEOPLE: Final = frozenset({"3.4", "4.7", "4.b", "8.6", "11.4"})  # sport, exchange, youth, culture
_LETTER_OF_INTENT: Final = 4
_GOALS: Final = range(1, 18)


def diplomatic_relations(case: Case) -> Findings:
    """No cooperation with a place whose state has no diplomatic relations with Indonesia.

    PP 28/2018 Pasal 27 ayat (1) huruf a.
    """
    if case.track not in ABROAD or case.party.country not in legal.no_relations():
        return NOTHING
    return told("R01", "blocks", "r01", country=case.party.country)


def equal_status(case: Case) -> Findings:
    """A province meets a province, a kabupaten or kota a city or district; else it counts less.

    PP 28/2018 Pasal 24 dan Pasal 27 ayat (3) huruf a. Says nothing where the kind is not recorded.
    """
    if case.track != "KSDPL" or not case.party.kind:
        return NOTHING
    if (case.party.kind in FIRST_TIER) is not case.is_regency:
        return NOTHING
    code = "r06.regency" if case.is_regency else "r06.province"
    return told("R06", "lowers", code, region=case.region.id, party=case.party.id)


def complementary(case: Case) -> Findings:
    """One side offers what the other needs.

    PP 28/2018 Pasal 27 ayat (3) huruf b dan penjelasannya.
    """
    if case.track != "KSDPL":
        return NOTHING
    goods = complements(case.index, case.day).get((case.region.id, case.party.id))
    return told("R07", "raises", "r07", commodities=goods) if goods else NOTHING


def people_to_people(case: Case) -> Findings:
    """Topics that bring inhabitants together: culture, youth, sport, exchange of pupils.

    PP 28/2018 Pasal 27 ayat (3) huruf c.
    """
    if case.track != "KSDPL" or case.subject.codes.isdisjoint(_PEOPLE):
        return NOTHING
    return always("R08", "raises", "r08")


def transferable(case: Case) -> Findings:
    """Science and technology must be handed on to Indonesian staff.

    PP 28/2018 Pasal 27 ayat (2).
    """
    if case.track not in ABROAD or case.subject.codes.isdisjoint(_TECHNOLOGY):
        return NOTHING
    return always("R09", "adds", "r09")


def council_consent(case: Case) -> Findings:
    """The DPRD consents to every plan with a partner abroad, within 45 working days.

    PP 28/2018 Pasal 30 ayat (1) dan ayat (4), Pasal 38.
    """
    return always("R15", "adds", "r15") if case.track in ABROAD else NOTHING


def central_approval(case: Case) -> Findings:
    """The Minister considers the plan, ministries meet, Kemlu confirms before anyone signs.

    UU 23/2014 Pasal 367 ayat (2); PP 28/2018 Pasal 29 dan Pasal 31–33.
    """
    return always("R16", "adds", "r16") if case.track in ABROAD else NOTHING


def consult_first(case: Case) -> Findings:
    """Mendagri and Menlu are consulted before a statement of intent, so not after it.

    PP 28/2018 Pasal 28 ayat (4).
    """
    if case.track not in ABROAD or reached(case) >= _LETTER_OF_INTENT:
        return NOTHING
    return always("R17", "adds", "r17")


def allowed_institution(case: Case) -> Findings:
    """Which institutions abroad may be a partner; others need the consent of the centre.

    PP 28/2018 Pasal 25 dan Pasal 36.
    """
    if case.track != "KSDLL":
        return NOTHING
    if case.party.kind in _NAMED_INSTITUTIONS:
        return always("R20", "allows", "r20")
    return told("R20", "warns", "r20.other", party=case.party.id)


def report_abroad(case: Case) -> Findings:
    """Cooperation with a partner abroad is reported to Mendagri.

    PP 28/2018 Pasal 43.
    """
    return always("R24", "adds", "r24") if case.track in ABROAD else NOTHING


def alike(case: Case) -> Findings:
    """Both already work on the same goals: likeness, a criterion of an older regulation.

    Permendagri 3/2008 Pasal 5 (dicabut dengan Permendagri 25/2020); seen second-hand.
    """
    if case.track != "KSDPL" or case.party.id not in case.index.number:
        return NOTHING
    both = _goals(case, case.region.id) & _goals(case, case.party.id)
    shared = tuple(goal for goal in _GOALS if both >> goal & 1)
    return told("R29", "raises", "r29", goals=shared) if shared else NOTHING


def _goals(case: Case, party: str) -> int:
    """The goals of a party's agreements in force, a bit for each."""
    index, day = case.index, case.day
    every = index.remember(("law goals", day), lambda: _all_goals(index, day))
    return every[index.number[party]]


def _all_goals(index: Index, day: date) -> list[int]:
    found = np.zeros(len(index.parties), dtype=np.int64)
    goals = np.where(index.in_force(day), index.goals, 0)
    np.bitwise_or.at(found, index.members.indices, np.repeat(goals, index.size))
    numbers: list[int] = found.tolist()
    return numbers
