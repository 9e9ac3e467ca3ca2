"""Where the data comes from, how complete it is, what contradicts, and what is to be mended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, TypeVar

import numpy as np
from flask import Blueprint, render_template, request, url_for

from explorer.completeness import completeness
from explorer.contexts import (
    DataContext,
    DisputeRow,
    FillCell,
    FillRow,
    LoadCard,
    MissingLine,
    Stretch,
)
from explorer.disputes import Dispute, disputes, said
from explorer.explain import problem
from explorer.filters import Choice, many
from explorer.i18n import number, partial_date, say
from explorer.pages.problem_list import found_problems, kind_asked, kinds, last_loads, source_asked
from explorer.pictures.places import home_province
from explorer.present import agreement_row, counted, linked, party_link, view
from explorer.service import View
from explorer.web.address import language, page
from explorer.web.asked import here, whole
from graph_loader import (
    MAX_PAGE_SIZE,
    AgreementFilter,
    Change,
    Instrument,
    Lack,
    Lacks,
    Language,
    Load,
    Page,
    PartialDate,
    SourcedClaim,
    is_background,
)

bp = Blueprint("data", __name__)
LOADS: Final = 5
PROBLEMS: Final = 25
CHANGES: Final = 50
REGIONS: Final = 20
DISPUTES: Final = 10
SHADES: Final = 5  # because nobody tells more apart, and the number stands beside
T = TypeVar("T")


def data() -> str:
    """`/data?semua=1&daerah=2&konflik=1&masalah=1&sumber=simpul&jenis=date-unread&muat=2`"""
    shown, lang = view(), language()
    index, store = shown.index, shown.store
    sources, loads = store.sources(), store.loads(limit=MAX_PAGE_SIZE)
    listed = {source.id for source in sources if is_background(source)}
    names = {source.id: source.name for source in sources}
    last = last_loads(loads.items)
    every = found_problems(shown, last, "", "")
    chosen = found_problems(shown, last, source_asked(), kind_asked())
    problems = _stretch(chosen, "masalah", PROBLEMS)
    found = disputes(shown)
    held = _stretch(found, "konflik", DISPUTES)
    cards = _stretch(list(loads.items), "muat", LOADS)
    fill, alone = _regions(shown, lang)
    lacks = index.remember("lacks", store.lacks, always=True)
    links = {
        "agreements": (
            counted(lang, "agreements", len(index.agreement_ids)),
            url_for("agreement.register"),
        ),
        "incomplete": (
            number(lang, many(shown, AgreementFilter(shown.day, lacking=frozenset(Lack)))),
            url_for("agreement.register", kurang="any"),
        ),
        "sources": (counted(lang, "sources", len(names) - len(listed)), "#sumber"),
        "problems": (counted(lang, "problems", len(every)), "#masalah"),
    }
    context = DataContext(
        opening=linked(lang, "data.opening", links),
        missing=_missing(shown, len(found), lang),
        fields=list(Lack),
        fill=fill,
        fill_all=_row(shown, lang, None, len(index.agreement_ids), completeness(index).missing),
        fill_sources=[
            (names.get(id, id), _source_row(lang, counts)) for id, counts in lacks.items()
        ],
        province=_province(shown, lang),
        every_region=bool(request.args.get("semua")),
        scope_url=here(semua="" if request.args.get("semua") else "1", daerah=""),
        alone=alone,
        disputes=Stretch(_dispute_rows(shown, held.items, lang), *held[1:]),
        problems=Stretch([problem(item, lang) for _, item in problems.items], *problems[1:]),
        problem_sources=_choices(
            [source for source, _ in every], {id: names.get(id, id) for id in last}, "sumber"
        ),
        problem_kinds=_choices([item.code for _, item in every], kinds(every, lang), "jenis"),
        problem_files={
            kind: url_for(
                "problem_list.file", kind=kind, sumber=source_asked() or None,
                jenis=kind_asked() or None,
            )
            for kind in ("xlsx", "csv")
        },
        sources=sources,
        loads=Stretch([_card(shown, load, names, listed) for load in cards.items], *cards[1:]),
        template_url=url_for("problem_list.template"),
    )  # fmt: skip
    return render_template("data.html", ctx=context)


def _stretch(items: Sequence[T], name: str, size: int) -> Stretch[T]:
    """The stretch of a list that the address asks for; past its end, the last one."""
    pages = max(1, -(-len(items) // size))
    at = min(max(1, whole(name, 1)), pages)
    some = items[(at - 1) * size : at * size]
    return Stretch(
        some,
        len(items),
        (at - 1) * size + 1 if some else 0,
        (at - 1) * size + len(some),
        here(**{name: str(at - 1) if at > 2 else ""}) + f"#{ANCHORS[name]}" if at > 1 else "",
        here(**{name: str(at + 1)}) + f"#{ANCHORS[name]}" if at < pages else "",
    )


ANCHORS: Final = {
    "masalah": "masalah", "konflik": "konflik", "muat": "pemuatan", "daerah": "kelengkapan",
}  # fmt: skip
"""The section of the page that each list stands in, by the field that turns its pages."""


def _missing(shown: View, conflicts: int, lang: Language) -> list[MissingLine]:
    """What is missing, the most first; what is not missing is left out."""
    total = len(shown.index.agreement_ids)
    counts = {str(lack): n for lack, n in completeness(shown.index).missing.items()}
    counts["conflict"] = int(np.count_nonzero(shown.index.disputed))
    return [
        MissingLine(
            number(lang, n), say(lang, f"data.missing.{name}", total=total),
            url_for("agreement.register", kurang=name), round(100 * n / total),
        )
        for name, n in sorted(counts.items(), key=lambda item: -item[1])
        if n
    ]  # fmt: skip


def _province(shown: View, lang: Language) -> str:
    home = home_province(shown.index)
    return shown.index.name(home, lang) if home else ""


def _regions(shown: View, lang: Language) -> tuple[Stretch[FillRow], int]:
    """The regions of the home province, or of all, and how many have no agreement at all."""
    index, known = shown.index, completeness(shown.index)
    home = index.number.get(home_province(index), -1)
    everywhere = bool(request.args.get("semua")) or home < 0
    inside = np.ones(len(index.level), dtype=np.bool_) if everywhere else index.province == home
    kept = np.flatnonzero(inside[known.regions])
    part = _stretch(kept.tolist(), "daerah", REGIONS)
    rows = [
        _row(
            shown, lang, int(known.regions[n]), int(known.agreements[n]),
            {lack: int(known.agreements[n] - have[n]) for lack, have in known.recorded.items()},
        )
        for n in part.items
    ]  # fmt: skip
    return Stretch(rows, *part[1:]), int((index.is_region & inside).sum()) - len(kept)


def _row(
    shown: View, lang: Language, region: int | None, total: int, missing: Mapping[Lack, int]
) -> FillRow:
    id = shown.index.parties[region].id if region is not None else ""
    cells = []
    for lack in Lack:
        address = url_for("agreement.register", kurang=lack)
        if id:
            address = url_for("party.region", id=id, kurang=lack) + "#perjanjian"
        cells.append(_cell(total, missing[lack], address))
    return FillRow(party_link(shown, id, lang) if id else None, total, cells)


def _source_row(lang: Language, counts: Lacks) -> FillRow:
    cells = [_cell(counts.agreements, getattr(counts, lack), "") for lack in Lack]
    return FillRow(None, counts.agreements, cells)


def _cell(total: int, missing: int, address: str) -> FillCell:
    """Whole per cents, rounded down, so that only what is complete says a hundred."""
    have = total - missing
    percent = 100 * have // total if total else 0
    return FillCell(
        have, percent, min(SHADES - 1, percent * SHADES // 100), address * bool(missing)
    )


def _dispute_rows(shown: View, found: Sequence[Dispute], lang: Language) -> list[DisputeRow]:
    shown.gather(one.agreement for one in found)
    rows = []
    for one in found:
        for agreement in shown.documents([one.agreement]):
            values: dict[PartialDate | Instrument | None, list[SourcedClaim]] = {}
            for claim in one.claims:
                values.setdefault(said(claim, one.field), []).append(claim)
            kept = said(one.shown, one.field)
            rows.append(
                DisputeRow(
                    agreement_row(shown, agreement, lang),
                    say(lang, f"table.{one.field}"),
                    [(_words(value, lang), [c.claim for c in claims], value == kept)
                     for value, claims in values.items()],
                    say(lang, f"data.why.{one.why}"),
                )
            )  # fmt: skip
    return rows


def _words(value: PartialDate | Instrument | None, lang: Language) -> str:
    if isinstance(value, PartialDate):
        return partial_date(lang, str(value))
    return say(lang, f"instrument.{value}")


def _choices(values: Sequence[str], labels: dict[str, str], name: str) -> list[Choice]:
    """What a list of problems can be narrowed to, with counts; what occurs most comes first."""
    counts: dict[str, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    asked = request.args.get(name, "")
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [Choice(value, labels[value], n, value == asked) for value, n in ordered]


def _card(shown: View, load: Load, names: dict[str, str], listed: set[str]) -> LoadCard:
    """A load; what it did to which agreement is read where it is asked for."""
    asked = request.args.get("pemuatan") == str(load.id)
    did = bool(load.added or load.changed or load.retired)
    done: Page[Change] = Page([], 0)
    if asked and did:
        done = shown.store.changes(load.id, limit=CHANGES)
    return LoadCard(
        load=load,
        source=names.get(load.source, load.source),
        changes=done.items,
        changes_total=done.total,
        changes_url=here(pemuatan=str(load.id)) + "#pemuatan" if did and not asked else "",
        is_background=load.source in listed,
    )


page(bp, "/data", "data", data)
