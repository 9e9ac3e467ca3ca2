"""Rules that speak of every kind of cooperation. Each docstring names its article."""

from __future__ import annotations

from datetime import date
from typing import Final

from explorer.law.case import Case
from explorer.law.finding import NOTHING, Finding, Findings, always, told
from graph_loader import legal

PP_28_2018: Final = date(2018, 7, 13)  # because it came into force that day (Pasal 52)


def within_authority(case: Case) -> Findings:
    """A topic that a kabupaten or kota does not hold goes to its province.

    PP 28/2018 Pasal 4 ayat (1), Pasal 16 ayat (1), dan Pasal 27 ayat (1) huruf b; UU 23/2014 Pasal
    12 dan Pasal 14. Re-routes where the province holds it, warns where the centre does or where
    only a part of the urusan is meant.
    """
    found: list[Finding] = []
    for concern in case.subject.concerns if case.is_regency else ():
        also = (concern.matter.citation,) if concern.matter else ()
        words = {"topic": concern.topic, "urusan": concern.urusan}
        province = case.region.part_of
        if concern.holder == "central":
            found += told("R02", "warns", "r02.central", *also, **words)
        elif concern.holder == "province" and case.party.id != province:
            found += told("R02", "re-routes", "r02.province", *also, **words, province=province)
        elif not concern.holder:
            found += told("R02", "warns", "r02.part", *also, **words)
    return tuple(found)


def fits_plans(case: Case) -> Findings:
    """The register holds no development plans, so a reference to one is always to be added.

    PP 28/2018 Pasal 4 ayat (2)–(3), Pasal 16 ayat (2)–(3), dan Pasal 27 ayat (1) huruf e.
    """
    return NOTHING if case.track == "sinergi" else always("R05", "warns", "r05")


def survives_leaders(case: Case) -> Findings:
    """An agreement in force between the two does not lapse when a region's head changes.

    PP 28/2018 Pasal 9 ayat (2).
    """
    if not case.in_force:
        return NOTHING
    return told("R22", "tells", "r22", agreement=case.id(case.in_force[-1]))


def has_ended(case: Case) -> Findings:
    """What lapsed or ended between the two did so for one of the reasons that the law knows.

    PP 28/2018 Pasal 9 ayat (1) dan Pasal 22 ayat (2).
    """
    if not case.gone:
        return NOTHING
    code = "r23.third-party" if case.track == "KSDPK" else "r23"
    return told("R23", "tells", code, agreement=case.id(case.gone[-1]))


def watched_over(case: Case) -> Findings:
    """The governor watches over the kabupaten and kota of a province, the Minister over the rest.

    UU 23/2014 Pasal 368; PP 28/2018 Pasal 44 ayat (4).
    """
    if case.track == "sinergi":
        return NOTHING
    if case.is_regency:
        return told("R25", "tells", "r25.governor", province=case.region.part_of)
    return always("R25", "tells", "r25.minister")


def older_than_the_regulation(case: Case) -> Findings:
    """What was signed before 13 July 2018 stays valid until its own end.

    PP 28/2018 Pasal 48.
    """
    signed = case.index.signed_last
    before = [n for n in case.in_force if 0 < signed[n] < PP_28_2018.toordinal()]
    return told("R28", "tells", "r28", agreement=case.id(before[-1])) if before else NOTHING


def synergy(case: Case) -> Findings:
    """Cooperation with a ministry or another office of the centre is a synergy.

    PP 28/2018 Pasal 46 dan penjelasan umum: its document is a nota kesepakatan.
    """
    return always("R21", "tells", "r21") if case.track == "sinergi" else NOTHING


UNTOLD: Final = {
    "R03": "whether a plan opens an office abroad stands in the plan, which no register holds",
    "R04": "whether a partner interferes at home is a judgement, which no register holds",
}
"""Rules of the list that the data cannot tell, and why: they are shown as questions to ask."""


def questions(case: Case) -> Findings:
    """What the data cannot tell of a partner abroad, to be asked of the plan itself.

    PP 28/2018 Pasal 27 ayat (1) huruf c and d.
    """
    if case.track not in {"KSDPL", "KSDLL"}:
        return NOTHING
    return tuple(
        Finding(rule, "adds", f"ask.{rule.lower()}", {}, (legal.rules()[rule].citation,))
        for rule in UNTOLD
    )
