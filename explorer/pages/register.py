"""The register of all agreements: views of it, columns to choose, and an order by its headings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from explorer.contexts import RegisterContext, RegisterView
from explorer.disputes import disputed
from explorer.filters import BOTH_IN_FORCE, FIELDS, Choice, asked, many
from explorer.i18n import number, say
from explorer.listing import COLUMNS, Listing, columns_asked, listing, taken_away
from explorer.pages.agreement import bp
from explorer.present import counted, linked, view
from explorer.service import View
from explorer.web.address import language, page
from explorer.web.asked import here
from graph_loader import IN_FORCE, AgreementFilter, Lack, Language, Status

__all__ = ["bp", "register"]
SOON: Final = 90  # days; because a renewal takes a quarter of a year to prepare
USUAL: Final = ("agreement", "parties", "instrument", "signed", "status", "goals", "source")
"""The columns where nobody has chosen any, as every page has them; a title's has the instrument."""
VIEWS: Final[Mapping[str, Mapping[str, str]]] = {
    "every": {},
    "in-force": {"status": BOTH_IN_FORCE},
    "ending": {"status": Status.ACTIVE, "akhir": str(SOON)},
    "lapsed": {"status": Status.LAPSED},
    "incomplete": {"kurang": "any"},
    "disputed": {"kurang": "conflict"},
}
"""What each view asks for in the address, beside whatever else is asked for."""
_OWN: Final = ("status", "akhir", "kurang")
_SORTS: Final = {
    "agreement": ("title", "title"), "signed": ("newest", "oldest"), "ends": ("ends", "ends"),
}  # fmt: skip
_DIRECTION: Final = {
    "title": "ascending", "newest": "descending", "oldest": "ascending", "ends": "ascending",
}  # fmt: skip


def register() -> ResponseReturnValue:
    """`/perjanjian?kolom=parties,signed&urut=ends&baris=50`"""
    shown, lang = view(), language()
    columns = columns_asked()
    if len(request.args.getlist("kolom")) > 1:  # as a form sends them
        return redirect(here(kolom=",".join(columns[1:])))
    where = asked(shown)
    lines = listing(shown, where, lang)
    context = RegisterContext(
        opening=_opening(shown, lines, lang),
        listing=lines,
        views=_views(shown, where, lang),
        narrowed=any(request.args.get(name) for name in {*FIELDS, "q"} - {*_OWN}),
        columns=columns,
        offered=[
            Choice(name, say(lang, f"table.{name}"), 0, name in (columns or USUAL))
            for name in COLUMNS[1:-1]
        ],
        kept={k: v for k, v in request.args.items() if k not in {"kolom", "hal"}},
        usual_url=here(kolom="") if columns else "",
        sorts=_sorts(lines.order),
        as_shown=taken_away(
            "download.register", ("xlsx", "csv"), where, kolom=",".join((columns or USUAL)[1:])
        ),
        whole=taken_away("download.register", ("xlsx", "csv"), where, kolom=""),
    )
    return render_template("register.html", ctx=context)


def _views(shown: View, where: AgreementFilter, lang: Language) -> list[RegisterView]:
    """Each view with what it would leave of what else is asked for."""
    bare = replace(
        where, status=frozenset(), ends_from=None, ends_to=None, lacking=frozenset(), among=None
    )
    facets, soon = shown.facets(bare), shown.day + timedelta(days=SOON)
    active = frozenset({Status.ACTIVE})
    counts = {
        "every": facets.total,
        "in-force": sum(facets.status.get(status, 0) for status in IN_FORCE),
        "ending": many(shown, replace(bare, status=active, ends_from=shown.day, ends_to=soon)),
        "lapsed": facets.status.get(Status.LAPSED, 0),
        "incomplete": many(shown, replace(bare, lacking=frozenset(Lack))),
        "disputed": many(shown, replace(bare, among=disputed(shown.index))),
    }
    now = {name: value for name in _OWN if (value := request.args.get(name, ""))}
    return [
        RegisterView(
            name=say(lang, f"register.view.{name}", n=SOON),
            url=here(**(dict.fromkeys((*_OWN, "hal"), "") | dict(wanted))),
            count=counts[name],
            current=now == wanted,
        )
        for name, wanted in VIEWS.items()
    ]


def _sorts(order: str) -> dict[str, tuple[str, str]]:
    """For each heading that can be sorted by: where that leads, and how it is sorted now."""
    found = {}
    for column, (first, second) in _SORTS.items():
        following = second if order == first else first
        now = _DIRECTION[order] if order in (first, second) else ""
        found[column] = (here(urut="" if following == "newest" else following, hal=""), now)
    return found


def _opening(shown: View, lines: Listing, lang: Language) -> Markup:
    index = shown.index
    every, register = len(index.agreement_ids), url_for("agreement.register")
    total = (counted(lang, "agreements", every), register)
    if lines.filtered:
        found = (number(lang, lines.total), "")
        return linked(lang, "register.opening.some", {"agreements": total, "found": found})
    in_force = number(lang, int(index.in_force(shown.day).sum()))
    links = {"agreements": total, "in_force": (in_force, f"{register}?status={BOTH_IN_FORCE}")}
    return linked(lang, "register.opening", links)


page(bp, "/perjanjian", "register", register)
