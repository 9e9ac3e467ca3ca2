"""Rules for regions among themselves and with third parties. Each docstring names its article."""

from __future__ import annotations

from typing import Final

from explorer.index import INSTRUMENTS
from explorer.law.case import HOME, Case
from explorer.law.finding import NOTHING, Findings, always, told
from graph_loader import Instrument

# Because PP 28/2018 Pasal 14 names persons, incorporated businesses and organisations.
_BUSINESSES: Final = frozenset({"company", "soe", "bank", "cooperative"})
_ORGANISATIONS: Final = frozenset({"ngo", "association"})
_FEW_REGIONS: Final = 2  # because "more than two regions" makes a cooperation complex


def mandatory(case: Case) -> Findings:
    """Regions that touch, with no agreement in force: a candidate for mandatory cooperation.

    UU 23/2014 Pasal 364 ayat (1)–(2); PP 28/2018 Pasal 3 ayat (2) dan penjelasannya; Permendagri
    22/2020. Whether an effect crosses the border is for the regions to say.
    """
    if not _is_candidate(case):
        return NOTHING
    return told("R10", "flags", "r10", region=case.region.id, party=case.party.id)


def voluntary(case: Case) -> Findings:
    """Any two regions may cooperate, bordering or not.

    UU 23/2014 Pasal 365; PP 28/2018 Pasal 3 ayat (3).
    """
    if case.track != "KSDD" or case.are_neighbours:
        return NOTHING
    return always("R11", "allows", "r11")


def taken_over(case: Case) -> Findings:
    """Mandatory cooperation that is not carried out can be taken over, at the regions' cost.

    UU 23/2014 Pasal 364 ayat (3)–(5); PP 28/2018 Pasal 10–11.
    """
    if not _is_candidate(case):
        return NOTHING
    if case.share_a_province:
        return told("R12", "tells", "r12.governor", province=case.region.part_of)
    return always("R12", "tells", "r12.centre")


def coordination(case: Case) -> Findings:
    """Two kabupaten or kota of one province are coordinated by it, all others nationally.

    PP 28/2018 Pasal 5 ayat (2).
    """
    if case.track != "KSDD":
        return NOTHING
    if case.share_a_province:
        return told("R13", "tells", "r13.province", province=case.region.part_of)
    return always("R13", "tells", "r13.national")


def council_if_burdened(case: Case) -> Findings:
    """The DPRD consents where people or region are burdened and the budget does not hold it yet.

    PP 28/2018 Pasal 6 ayat (2).
    """
    return always("R14", "adds", "r14") if case.track in HOME else NOTHING


def feasibility(case: Case) -> Findings:
    """Cooperation with a third party is studied first, by whoever begins it.

    UU 23/2014 Pasal 366 ayat (3); PP 28/2018 Pasal 17–18.
    """
    return always("R18", "adds", "r18") if case.track == "KSDPK" else NOTHING


def allowed_third_party(case: Case) -> Findings:
    """A third party is a person, an incorporated business or an organisation.

    PP 28/2018 Pasal 14.
    """
    if case.track != "KSDPK":
        return NOTHING
    if case.party.kind in _BUSINESSES:
        return always("R19", "allows", "r19.business")
    if case.party.kind in _ORGANISATIONS:
        return always("R19", "allows", "r19.organisation")
    return told("R19", "warns", "r19.other", party=case.party.id)


def joint_secretariat(case: Case) -> Findings:
    """Neighbours in one accord with more than two regions may need a joint secretariat.

    PP 28/2018 Pasal 7 ayat (2) dan penjelasannya.
    """
    if case.track != "KSDD" or not case.are_neighbours:
        return NOTHING
    many = [number for number in case.in_force if _regions(case, number) > _FEW_REGIONS]
    if not many:
        return NOTHING
    return told("R26", "tells", "r26", agreement=case.id(many[-1]), n=_regions(case, many[-1]))


def forum(case: Case) -> Findings:
    """The two sit in one forum or association of regions.

    UU 23/2014 Pasal 364 ayat (9); PP 28/2018 Pasal 45.
    """
    if case.track != "KSDD":
        return NOTHING
    code = INSTRUMENTS.index(Instrument.FORUM)
    found = [number for number in case.in_force if case.index.instrument[number] == code]
    return told("R27", "tells", "r27", agreement=case.id(found[-1])) if found else NOTHING


def _is_candidate(case: Case) -> bool:
    return case.track == "KSDD" and case.are_neighbours and not case.in_force


def _regions(case: Case, number: int) -> int:
    return int(case.index.is_region[case.index.members_of(number)].sum())
