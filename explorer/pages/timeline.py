"""The timeline: agreements as bars from signing to end, the same ones as a table, and as a file."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
from flask import Blueprint, render_template, request, url_for
from markupsafe import Markup

from explorer.contexts import TimelineContext
from explorer.filters import FIELDS, asked, choices, years_asked
from explorer.i18n import say
from explorer.listing import taken_away
from explorer.masks import masked
from explorer.pages import parts
from explorer.pictures.ego import ego_picture
from explorer.pictures.picture import Picture
from explorer.pictures.spans import GROUPINGS, Grouping, Spans, counts_of, spans
from explorer.present import counted, linked, party_link, picture_files, rows, view
from explorer.profile import goal_counts
from explorer.service import View
from explorer.web.address import language, page
from explorer.web.asked import here, one_of, whole
from graph_loader import AgreementFilter, Language, NotFound

bp = Blueprint("timeline", __name__)
ROWS: Final = 40  # because so many bars still print on one sheet, and can be read there
_FIELDS: Final = (*FIELDS, "pihak")


def timeline() -> str:
    """`/linimasa?pihak=35&negara=au&status=berlaku&susun=mitra&hal=2`"""
    shown, lang = view(), language()
    where = _where(shown)
    found = _found(shown, where, lang)
    part = _part()
    ids = [shown.index.agreement_ids[n] for n in found.numbers[part.start : part.stop]]
    picture = parts.timeline(shown, found, lang, part, where.party, parts.agreement_url)
    number, last = part.start // ROWS + 1, min(part.stop, len(found))
    context = TimelineContext(
        opening=_opening(shown, found, where, lang),
        party=party_link(shown, where.party, lang) if where.party else None,
        without_party_url=here(pihak="", hal=""),
        filters=choices(shown, shown.facets(where), lang),
        years=years_asked(where),
        filtered=any(request.args.get(name) for name in _FIELDS),
        kept={name: request.args[name] for name in ("pihak", "susun") if request.args.get(name)},
        clear_url=here(**dict.fromkeys((*_FIELDS, "hal"), "")),
        groupings=[
            (
                say(lang, f"timeline.by.{one}"),
                here(susun=one if one != GROUPINGS[0] else "", hal=""),
                one == _grouping(),
            )
            for one in GROUPINGS
        ],
        picture=picture,
        take_picture=picture_files("linimasa") if picture else {},
        rows=rows(shown, shown.documents(ids), lang),
        first=part.start + 1 if ids else 0,
        last=last if ids else 0,
        total=len(found),
        previous_url=here(hal=str(number - 1)) if number > 1 else "",
        next_url=here(hal=str(number + 1)) if last < len(found) else "",
        take_away=taken_away("download.register", ("xlsx", "csv"), where),
    )
    return render_template("timeline.html", ctx=context)


def picture(shown: View, lang: Language) -> Picture:
    """The picture of `/linimasa` with the same filters. Raises: NotFound ("picture-empty")."""
    where = _where(shown)
    drawn = parts.timeline(shown, _found(shown, where, lang), lang, _part(), where.party)
    if drawn is None:
        raise NotFound("picture-empty")
    return replace(drawn, notes=[*_filters(shown, where, lang), *drawn.notes])


def ego(shown: View, lang: Language) -> Picture:
    """The picture of a party among its partners: `pihak=35.15`. Raises: NotFound."""
    party = shown.party(request.args.get("pihak", "")).id
    if party not in shown.index.number:
        raise NotFound("picture-empty")
    drawn = ego_picture(shown, party, lang)
    if drawn is None:
        raise NotFound("picture-empty")
    return drawn


def profile(shown: View, lang: Language) -> Picture:
    """The goals that the agreements of a filter serve. Raises: NotFound ("picture-empty")."""
    where = _where(shown)
    numbers = np.flatnonzero(masked(shown.index, where))
    counts = goal_counts(shown.index, shown.day, numbers)
    if not any(count.total for count in counts):
        raise NotFound("picture-empty")
    named = [shown.party(id).name(lang) for id in (where.party, where.country) if id]
    drawn = parts.profile(shown, counts, lang, " – ".join(named) or say(lang, "register.title"))
    return replace(drawn, notes=[*_filters(shown, where, lang), *drawn.notes])


def _where(shown: View) -> AgreementFilter:
    """What the address asks for, without the words of a search, which a picture does not know.

    Raises: NotFound for a party or a country that nobody knows, BadInput.
    """
    where = asked(shown, party=request.args.get("pihak", ""))
    for id in filter(None, (where.party, where.country)):
        if id not in shown.index.number:
            raise NotFound("party-unknown", id=id[:80])
    return replace(where, text="", source="")


def _found(shown: View, where: AgreementFilter, lang: Language) -> Spans:
    return spans(shown, masked(shown.index, where), lang, _grouping())


def _grouping() -> Grouping:
    """Raises: BadInput."""
    return one_of("susun", GROUPINGS)


def _part() -> range:
    """The rows of the page that is asked for. Raises: BadInput."""
    first = (max(1, whole("hal", 1)) - 1) * ROWS
    return range(first, first + ROWS)


def _filters(shown: View, where: AgreementFilter, lang: Language) -> list[str]:
    """The filters of a picture, in one line where there are some."""
    offered = choices(shown, shown.facets(where), lang).values()
    chosen = [choice.label for values in offered for choice in values if choice.chosen]
    return [" · ".join(chosen)] if chosen else []


def _opening(shown: View, found: Spans, where: AgreementFilter, lang: Language) -> Markup:
    counts = counts_of(shown, found.numbers)
    kinds = [say(lang, f"timeline.count.{kind}", n=n) for kind, n in counts.items() if n]
    if not kinds:
        return linked(lang, "timeline.opening.none", {})
    register = url_for("agreement.register")
    links = {
        "agreements": (counted(lang, "agreements", len(found)), "" if where.party else register)
    }
    key = "timeline.opening.dated" if found.dated == len(found) else "timeline.opening"
    undated = len(found) - found.dated
    return linked(lang, key, links, counts=", ".join(kinds), n=undated)


page(bp, "/linimasa", "timeline", timeline)
