"""Where a pair stands in the procedure, and what comes next (PP 28/2018)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Final, Literal

from explorer.index import INSTRUMENTS
from explorer.law.case import ABROAD, HOME, Case, Track
from graph_loader import Instrument, legal

Why = Literal["first", "after", "renewal", "running", "ask"]
SYNERGY: Final = "R21"  # because the stages of PP 28/2018 are those of KSDD to KSDLL only

# The last stage that a recorded document shows to be done; a mere contact shows the first ones.
_REACHED_HOME: Final = {
    Instrument.LOI: 2, Instrument.JOINT_STATEMENT: 2, Instrument.BERITA_ACARA: 2,
    Instrument.PKS: 7, Instrument.PROGRAMME: 7, Instrument.GRANT: 7,
    Instrument.PLAN_OF_ACTION: 7, Instrument.ADENDUM: 7,
}  # fmt: skip
_REACHED_ABROAD: Final = {Instrument.LOI: 4, Instrument.JOINT_STATEMENT: 4}
_CONTACT_HOME: Final = 1  # because a meeting prepares, and an offer is a letter
_CONTACT_ABROAD: Final = 2  # because a mission or a visit is penjajakan
_UMBRELLA_SIGNED: Final = 4  # kesepakatan bersama; the PKS below it comes after
_ABROAD_SIGNED: Final = 11
_RENEW_HOME: Final = 3  # because a new kesepakatan bersama is drafted, the partners know each other
_RENEW_PKS: Final = 6  # because the kesepakatan bersama above it is still in force
_RENEW_ABROAD: Final = 5  # because a new text needs a new plan, and DPRD and the Minister see it
_ASK_ABROAD: Final = 3  # because only Mendagri and Menlu can say whether anything is possible


@dataclass(frozen=True, slots=True)
class Step:
    """A stage of the procedure; `why` says how it follows, `after` is the agreement that shows it.

    Number 0 is the one step of a synergy with the centre, which has no list of stages.
    """

    track: Track
    number: int
    name_id: str
    name_en: str
    citation: legal.Citation
    why: Why = "first"
    after: str = ""

    @property
    def article(self) -> str:
        """Where it is written, as Indonesian law cites it."""
        return self.citation.id

    @property
    def text_status(self) -> legal.Seen:
        """How its text was seen."""
        return self.citation.seen


@cache
def steps(track: Track) -> tuple[Step, ...]:
    """Every stage of a track, in order; empty for a synergy with the centre."""
    return tuple(
        Step(track, stage.number, stage.name_id, stage.name_en, stage.citation)
        for stage in legal.stages()
        if track in stage.tracks
    )


def reached(case: Case) -> int:
    """The last stage that the records show to be done; 0 where nothing is recorded."""
    return max((_shows(case, number) for number in (*case.in_force, *case.talks)), default=0)


def next_step(case: Case, blocked: bool = False) -> Step:
    """What the pair would do next.

    Nothing recorded: the first stage. Contacts or agreements: the stage after what they show. Only
    lapsed ones: renewal, at the stage where the law lets it begin. Blocked: to ask the ministers.
    """
    if case.track == "sinergi":
        return _synergy()
    every = steps(case.track)
    if blocked:
        return replace(every[_ASK_ABROAD - 1], why="ask")
    if renewed := _renewal(case):
        return replace(every[renewed - 1], why="renewal", after=case.id(case.gone[-1]))
    done = reached(case)
    if done == 0:
        return every[0]
    proof = max((*case.talks, *case.in_force), key=lambda number: _shows(case, number))
    why: Why = "running" if case.in_force and done >= _signed(case) else "after"
    return replace(every[min(done, len(every) - 1)], why=why, after=case.id(proof))


def _renewal(case: Case) -> int:
    """The stage at which what has lapsed is taken up again; 0 where nothing has, or is in force."""
    if not case.gone:
        return 0
    if case.track in ABROAD:
        return 0 if case.in_force else _RENEW_ABROAD
    was_pks = _instrument(case, case.gone[-1]) is Instrument.PKS
    if not case.in_force:
        return _RENEW_HOME
    runs = any(_instrument(case, number) is Instrument.PKS for number in case.in_force)
    return _RENEW_PKS if was_pks and not runs else 0


def _shows(case: Case, number: int) -> int:
    """The stage that one document shows to be done."""
    instrument = _instrument(case, number)
    if number in case.in_force and case.track in ABROAD:
        return _ABROAD_SIGNED
    if number in case.in_force:
        return _REACHED_HOME.get(instrument, _UMBRELLA_SIGNED)
    if case.track in HOME:
        return _REACHED_HOME.get(instrument, _CONTACT_HOME) if instrument.is_contact else 2
    return _REACHED_ABROAD.get(instrument, _CONTACT_ABROAD)


def _signed(case: Case) -> int:
    return _ABROAD_SIGNED if case.track in ABROAD else _REACHED_HOME[Instrument.PKS]


def _instrument(case: Case, number: int) -> Instrument:
    return INSTRUMENTS[int(case.index.instrument[number])]


@cache
def _synergy() -> Step:
    return Step(
        "sinergi", 0, "penyusunan nota kesepakatan", "drafting the nota kesepakatan",
        legal.rules()[SYNERGY].citation,
    )  # fmt: skip
