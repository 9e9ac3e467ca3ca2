"""The legend beside the network, which is its filter: every line is a link to a smaller picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from flask import request

from explorer.contexts.legend import GroupLine, LegendLine, LegendPart, YearPart
from explorer.filters import (
    BOTH_IN_FORCE,
    YEARS,
    Choice,
    choices,
    in_force_unless_asked,
    years_asked,
)
from explorer.i18n import say
from explorer.masks import masked
from explorer.pictures.labels import group_name
from explorer.pictures.places import group_order
from explorer.pictures.points import Scene
from explorer.pictures.years import year_bars
from explorer.service import View
from explorer.web.asked import here
from graph_loader import AgreementFilter, Language

PARTS: Final = {
    "kategori": "category", "status": "status", "topik": "goal", "negara": "shape",
    "bentuk": "document",
}  # fmt: skip
_STYLES: Final = {
    "lapsed": "dashed", "ended": "dashed", "exploration": "dotted", "unknown": "dotted",
}  # fmt: skip
_AT_ONCE: Final = ("kategori", "status")  # because they are what the picture's signs mean


def legend(shown: View, where: AgreementFilter, lang: Language) -> list[LegendPart]:
    """Every filter with its values, words and counts, in the order of the page."""
    offered = choices(shown, shown.facets(in_force_unless_asked(where)), lang)
    return [
        LegendPart(
            name,
            [_line(name, sign, choice) for choice in offered[name]],
            name in _AT_ONCE or any(choice.chosen for choice in offered[name]),
        )
        for name, sign in PARTS.items()
        if name in offered
    ]


def _line(name: str, sign: str, choice: Choice) -> LegendLine:
    usual = name == "status" and choice.value == BOTH_IN_FORCE and not request.args.get(name)
    value = "" if choice.chosen or usual else choice.value
    which = {"shape": "foreign", "status": _STYLES.get(choice.value, "solid")}.get(
        sign, choice.value
    )
    url = here(**{name: value, "hal": ""})
    return LegendLine(
        choice.value, choice.label, choice.count, url, choice.chosen or usual, sign, which
    )


def years(shown: View, where: AgreementFilter, lang: Language) -> YearPart:
    """Agreements of the picture by year of signing, whatever years are asked for."""
    every = masked(
        shown.index,
        replace(in_force_unless_asked(where), year_from=None, year_to=None, text="", source=""),
    )
    signed = shown.index.signed_year[every]
    found, counted = np.unique(signed[signed > 0], return_counts=True)
    counts = dict(zip(found.tolist(), counted.tolist(), strict=True))
    first, last = (min(counts), max(counts)) if counts else (0, 0)
    since, until = years_asked(where)
    best = max(counts, key=lambda year: (counts[year], year), default=0)
    none = int((signed <= 0).sum())
    summary = say(
        lang, "legend.years", first=str(first), last=str(last), best=str(best),
        most=counts.get(best, 0), none=none,
    )  # fmt: skip
    bars = year_bars(
        counts,
        range(where.year_from or first, (where.year_to or last) + 1),
        lambda year: here(sejak=str(year), sampai=str(year), tahun="", hal=""),
        lambda year, n: say(lang, "legend.year", year=str(year), n=n),
        summary,
    )
    kept = [(k, v) for k, v in request.args.items() if k not in {*YEARS, "hal"} and v]
    return YearPart(bars, summary if counts else "", since, until, first, last, kept)


def groups(shown: View, scene: Scene, opened: Sequence[str], lang: Language) -> list[GroupLine]:
    """Every group that can be opened or closed, in the order of the picture."""
    index = shown.index
    hidden = {point.id: point.hidden for point in scene.points if point.hidden}
    apart = {one.id: one for one in scene.opened}
    return [
        GroupLine(
            id,
            group_name(index, id, lang),
            hidden.get(id, 0),
            opening_url(opened, id),
            id in apart,
        )
        for id in sorted({*hidden, *apart}, key=lambda id: (id not in apart, group_order(id)))
    ]


def opening_url(opened: Sequence[str], id: str) -> str:
    """This page with a group opened after those that are, or closed if it is."""
    kept = [one for one in opened if one != id]
    return here(buka=",".join(kept if id in opened else [*kept, id]))
