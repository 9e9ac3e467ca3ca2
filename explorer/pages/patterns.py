"""`/pola`: every part that pages are made of, with sample values, to be looked at on one page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from flask import Blueprint, render_template, url_for
from markupsafe import Markup

from explorer.contexts import (
    LawCard,
    MapClass,
    MeetingOpportunity,
    Notices,
    OpportunityCard,
    PathCard,
    PathHop,
    ReasonCard,
    RowCard,
    StepCard,
    UnusedCard,
)
from explorer.contexts.compare import ShortlistBar
from explorer.contexts.legend import LegendLine, LegendPart
from explorer.exchange.strands import Strand, Strands
from explorer.filters import Choice
from explorer.i18n import say
from explorer.law import Effect, FieldWords, FindingWords, StepWords
from explorer.listing import Listing
from explorer.notices import notices
from explorer.pages.pattern_profile import ProfileSamples, samples
from explorer.pictures.flow import Labels, flow_svg
from explorer.pictures.picture import Picture
from explorer.pictures.years import year_bars
from explorer.present import NOTE_KINDS, AgreementRow, FlowRow, PartyLink
from explorer.service import Standing
from explorer.web.address import language, page
from graph_loader import (
    Direction,
    Flow,
    Language,
    PartialDate,
    Status,
    StoreUnavailable,
    Unfinished,
)

bp = Blueprint("patterns", __name__)
SOURCE: Final = "https://example.org/"
# Names as hard as any that a register may hold: very long, and one that would be a script.
LONG: Final = "Badan Kerja Sama Antarpemerintah untuk Pengelolaan Sumber Daya Air Lintas Batas"
HOSTILE: Final = "<img src=x onerror=alert(1)>"


@dataclass(frozen=True, slots=True)
class PatternsContext:
    """The pattern page: samples of everything that a macro shows."""

    parties: Sequence[PartyLink]
    statuses: Sequence[AgreementRow]
    goals: Sequence[str]
    classes: Sequence[MapClass]
    listing: Listing
    nothing_left: Listing
    none_yet: Listing
    notices: Notices
    path: PathCard
    opportunities: Sequence[OpportunityCard]
    flows: Sequence[tuple[FlowRow, float | None]]
    icons: Sequence[str]
    meeting: MeetingOpportunity
    shortlist: ShortlistBar
    flow: Picture
    legend: Sequence[LegendPart]
    years: Markup
    profile: ProfileSamples


def patterns() -> str:
    """`/pola`"""
    lang = language()
    parties = _parties()
    rows = [_row(status, parties, lang) for status in Status]
    full = _listing(rows, lang)
    context = PatternsContext(
        parties=parties,
        statuses=rows,
        goals=[str(goal) for goal in range(1, 18)],
        classes=[MapClass(n, words) for n, words in enumerate(("0", "1–2", "3–5", "6–10", LONG))],
        listing=full,
        nothing_left=_listing([], lang, filtered=True),
        none_yet=_listing([], lang),
        notices=_notices(lang),
        path=PathCard(parties[:3], [PathHop(rows[:2], 3), PathHop(rows[2:3], 0)]),
        opportunities=_opportunities(parties, rows, lang),
        flows=[(_flow(parties[0]), 124.6), (_flow(parties[1]), None)],
        icons=("search", "waypoints", "route", "lightbulb", "wheat", "file-text", "database"),
        meeting=_meeting(parties[0], rows[0]),
        shortlist=_shortlist(parties),
        flow=_drawn_flow(lang),
        legend=_legend(lang),
        years=_years(lang),
        profile=samples(parties, LONG, lang),
    )
    return render_template("pola.html", ctx=context)


def _legend(lang: Language) -> list[LegendPart]:
    """A legend that filters: a line of every kind of sign, one of them chosen."""
    signs = (("category", "ksdpl"), ("status", "dashed"), ("goal", "2"), ("shape", "foreign"),
             ("document", "mou"))  # fmt: skip
    lines = [
        LegendLine(which, LONG if sign == "document" else say(lang, "nav.network"), 12, _here(),
                   sign == "goal", sign, which)
        for sign, which in signs
    ]  # fmt: skip
    return [LegendPart("kategori", lines, True)]


def _years(lang: Language) -> Markup:
    """Bars of years, some of them left out."""
    counts = {2019: 3, 2020: 12, 2022: 1, 2026: 7}
    words = say(lang, "legend.years.title")
    return year_bars(counts, range(2020, 2023), lambda _: _here(), lambda y, n: f"{y}: {n}", words)


def _meeting(party: PartyLink, row: AgreementRow) -> MeetingOpportunity:
    """One that the law sends elsewhere, with a file of each kind."""
    files = {kind: _here() for kind in NOTE_KINDS}
    return MeetingOpportunity(party, LONG, row, "", HOSTILE, SOURCE, LONG, files)


def _opportunities(
    parties: Sequence[PartyLink], rows: Sequence[AgreementRow], lang: Language
) -> list[OpportunityCard]:
    """One with everything, and one that nobody can introduce and the law bars."""
    listed = RowCard(HOSTILE, SOURCE)
    reasons = [
        ReasonCard(code, LONG, parties[:3], rows[:2], [], [listed], more=2)
        for code in ("umbrella", "lapsed", "common-partner", "country")
    ]
    kinds = ("province", "lapsed", "listed", "agreement")
    steps = [
        StepCard(kind, say(lang, f"unused.step.{kind}"), rows[:1] if kind == "lapsed" else [])
        for kind in kinds
    ]
    path = UnusedCard(LONG, parties, steps, say(lang, "unused.renew", agreement=HOSTILE))
    warns, blocks = (_finding(effect, lang) for effect in ("warns", "blocks"))
    step = StepWords(1, LONG, LONG, LONG, "", "", is_next=True)
    told = say(lang, "law.guidance")
    written = [FieldWords(LONG, LONG, LONG), FieldWords(LONG, "", "")]
    return [
        OpportunityCard(parties[2], reasons, _here(), 1, [path], "",
                        LawCard(False, [], [warns], step, written, told), _here(), False,
                        dict.fromkeys(("docx", "pdf"), _here())),
        OpportunityCard(parties[4], reasons[:1], "", 12, [], LONG,
                        LawCard(True, [blocks], [warns], step, written, told)),
    ]  # fmt: skip


def _shortlist(parties: Sequence[PartyLink]) -> ShortlistBar:
    """Some are picked, and one that nobody knows."""
    picked = [(party, _here()) for party in parties]
    files = dict.fromkeys(("docx", "pdf"), _here())
    return ShortlistBar(picked, [HOSTILE], 5, _here(), files, _here(), _here())


def _drawn_flow(lang: Language) -> Picture:
    """Who has and who lacks, by entries, under names as hard as any."""
    offers = [Strand(LONG, "rice", 2, None), Strand(HOSTILE, "salt", 1, None)]
    needs = [Strand(HOSTILE, "rice", 1, None), Strand(LONG, "salt", 1, None)]
    words = (say(lang, f"flow.picture.{side}") for side in ("offers", "needs"))
    labels = Labels(
        next(words), say(lang, "flow.commodity"), next(words), str, str,
        lambda _: _here(), lambda _: _here(), lambda one, is_need: one.party, lambda own: "",
    )  # fmt: skip
    title = say(lang, "flow.picture")
    svg, size = flow_svg(Strands(offers, needs, None), title, labels)
    return Picture(svg, size, title, LONG, notes=[say(lang, "flow.picture.by-entries")])


def _finding(effect: Effect, lang: Language) -> FindingWords:
    return FindingWords("R01", effect, say(lang, f"law-effect.{effect}"), LONG, LONG, "", "")


def _here() -> str:
    return url_for("patterns.patterns")


def _parties() -> list[PartyLink]:
    samples = (
        ("Kabupaten Gresik", "region"),
        ("Provinsi Jawa Timur", "province"),
        (LONG, "foreign"),
        ("Australia", "country"),
        (HOSTILE, "third"),
    )
    return [PartyLink(shape, name, _here(), shape, name) for name, shape in samples]


def _row(status: Status, parties: Sequence[PartyLink], lang: Language) -> AgreementRow:
    dated = status is not Status.UNKNOWN
    ends = status in {Status.ACTIVE, Status.LAPSED}
    return AgreementRow(
        id=status,
        url=_here(),
        title=HOSTILE if status is Status.ENDED else LONG,
        parties=parties if dated else [*parties, *parties],
        instrument=say(lang, "instrument.mou"),
        signed=PartialDate.parse("2019-12-21") if dated else None,
        ends=PartialDate.parse("2025") if ends else None,
        last_stated=PartialDate.parse("2019") if status is Status.OPEN else None,
        status=status,
        status_words=say(lang, f"status.{status}"),
        goals=["2", "13", "17"] if dated else [],
        topic_text="",
        page=SOURCE if dated else "",
    )


def _listing(rows: Sequence[AgreementRow], lang: Language, filtered: bool = False) -> Listing:
    statuses = [Choice(s, say(lang, f"status.{s}"), 1, s == Status.OPEN) for s in Status]
    return Listing(
        rows=rows,
        total=312 if rows else 0,
        first=26,
        last=50,
        previous_url=_here(),
        next_url=_here(),
        first_url=_here(),
        last_url=_here(),
        sizes=[(25, ""), (50, _here())],
        order="newest",
        filters={"status": statuses},
        years=("2015", ""),
        text="",
        filtered=filtered,
        kept={},
        clear_url=_here(),
        take_away=dict.fromkeys(("xlsx", "csv"), _here()),
    )


def _notices(lang: Language) -> Notices:
    """All of them at once, which no page ever has."""
    behind = notices(Standing(_standing().day, 12, behind=True), lang).behind
    return replace(notices(_standing(), lang), behind=behind)


def _standing() -> Standing:
    """A store that went away in the middle of a large load."""
    start = dt.datetime(2026, 11, 25, tzinfo=dt.UTC)
    load = Unfinished(13, "sample", "sample.csv", start, done=30_000, total=120_000)
    return Standing(start.date(), 12, StoreUnavailable("store-unavailable"), load)


def _flow(party: PartyLink) -> FlowRow:
    flow = Flow("sample", party.id, Direction.OFFER, "rice", year="2024", page=SOURCE)
    return FlowRow(party, LONG, "1.200", "", flow)


page(bp, "/pola", "patterns", patterns)
