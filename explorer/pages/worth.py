"""How good the ranking of opportunities is, in words: what it was asked, and what it found."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for

from explorer.backtest.chart import BESIDE, OWN, bars
from explorer.backtest.published import Measured, lifts_of, of_store, world
from explorer.backtest.run import FUSED
from explorer.contexts import LiftRow, WorthContext, WorthPart, WorthRow
from explorer.i18n import number, say
from explorer.present import linked, view
from explorer.web.address import language, page
from graph_loader import Language

bp = Blueprint("worth", __name__)


def worth() -> str:
    """`/seberapa-baik`"""
    shown, lang = view(), language()
    everywhere = world()
    links = {
        "n": (_of_hundred(everywhere, OWN, lang), "#dunia"),
        "opportunities": (say(lang, "worth.opportunities"), url_for("opportunities.choose")),
    }
    reasons = lifts_of(shown.index, shown.day)
    context = WorthContext(
        opening=linked(lang, "worth.opening", links),
        world=_part(everywhere, lang),
        own=_part(own, lang) if (own := of_store(shown.index, shown.day)) else None,
        lifts=[
            LiftRow(one.reason, one.pairs, one.partners, _times(one.times, lang))
            for one in reasons.reasons
        ],
        is_enough=reasons.is_enough,
        partners=reasons.partners,
        pairs=reasons.pairs,
    )
    return render_template("worth.html", ctx=context)


def _part(found: Measured, lang: Language) -> WorthPart:
    rows = [
        WorthRow(name, *(_figure(found, name, one, lang) for one in ("hits@10", "hits@50")),
                 *(_plain(found, name, one, lang) for one in ("mrr", "auc_degree")))
        for name in BESIDE if name in found.rankings
    ]  # fmt: skip
    return WorthPart(
        picture=bars(found.rankings, found.looked_for, lang),
        rows=rows,
        looked_for=found.looked_for,
        places=found.places,
        links=found.links,
        splits=found.splits,
        year=str(found.year or ""),
        is_enough=found.is_enough,
        hits=_of_hundred(found, OWN, lang),
        behind=_of_hundred(found, FUSED, lang) if _is_behind(found) else "",
    )


def _is_behind(found: Measured) -> bool:
    """Whether the rankings joined plainly found more, which a reader should be told."""
    plain, own = (found.rankings[name]["hits@10"] or 0.0 for name in (FUSED, OWN))
    return plain > own


def _of_hundred(found: Measured, name: str, lang: Language) -> str:
    return number(lang, round(100 * (found.rankings[name]["hits@10"] or 0.0)))


def _figure(found: Measured, name: str, figure: str, lang: Language) -> str:
    value = found.rankings[name][figure]
    return "–" if value is None else number(lang, round(100 * value, 1))


def _plain(found: Measured, name: str, figure: str, lang: Language) -> str:
    value = found.rankings[name][figure]
    return "–" if value is None else number(lang, round(value, 3))


def _times(times: float | None, lang: Language) -> str:
    """Two digits that count: nobody reads more out of a lift."""
    if times is None:
        return ""
    return number(lang, round(times) if times >= 10 else round(times, 1))


page(bp, "/seberapa-baik", "worth", worth)
