"""What the words mean, in both languages side by side, and where law speaks of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from flask import Blueprint, render_template

from explorer.contexts import GlossaryContext, GlossaryGroup, GlossaryTerm
from explorer.i18n import say
from explorer.present import linked
from explorer.web.address import language, page
from graph_loader import Language, legal

bp = Blueprint("glossary", __name__)
GROUPS: Final[Mapping[str, Sequence[str]]] = {
    "category": ("ksdd", "ksdpk", "ksdpl", "ksdll", "sinergi"),
    "document": ("loi", "mou", "kesepakatan", "pks", "sister-city", "adendum", "forum"),
    "status": ("active", "open", "exploration", "lapsed", "ended", "unknown"),
    "network": ("party", "region", "partner", "third-party", "tie", "path", "intermediary",
                "unused"),
    "opportunity": ("opportunity", "reason", "umbrella", "mandatory", "dprd", "need", "offer",
                    "sdg", "gap"),
    "data": ("not-recorded", "incomplete", "conflict", "load"),
}  # fmt: skip
"""Every term, by group; the anchor of a term on the page is its name here."""
RULES: Final[Mapping[str, str]] = {
    "ksdd": "R11", "ksdpk": "R19", "ksdpl": "R06", "ksdll": "R20", "sinergi": "R21", "loi": "R17",
    "forum": "R27", "ended": "R23", "mandatory": "R10", "dprd": "R15",
}  # fmt: skip
"""The rule of `legal.rules` that a term comes from."""
DOCUMENTS: Final[Mapping[str, str]] = {
    "kesepakatan": "penyusunan kesepakatan bersama",
    "pks": "penyusunan perjanjian kerja sama",
}
"""The stage of the procedure that makes such a document, as `legal.stages` names it."""


def glossary() -> str:
    """`/glosarium`"""
    lang = language()
    groups = [
        GlossaryGroup(
            f"istilah-{name}", say(lang, f"terms.{name}"), [_term(one, lang) for one in terms]
        )
        for name, terms in GROUPS.items()
    ]
    total = sum(len(group.terms) for group in groups)
    context = GlossaryContext(linked(lang, "glossary.opening", {}, n=total), groups)
    return render_template("glossary.html", ctx=context)


def _term(name: str, lang: Language) -> GlossaryTerm:
    other: Language = "id" if lang == "en" else "en"
    return GlossaryTerm(
        anchor=name,
        name=say(lang, f"term.{name}"),
        text=say(lang, f"term.{name}.text"),
        other_name=say(other, f"term.{name}"),
        other_text=say(other, f"term.{name}.text"),
        other_lang=other,
        citation=_citation(name, lang),
    )


def _citation(name: str, lang: Language) -> str:
    """Where law speaks of it; empty where the shipped lists do not."""
    if name in RULES:
        return legal.rules()[RULES[name]].citation.text(lang)
    made = [stage for stage in legal.stages() if stage.name_id == DOCUMENTS.get(name)]
    return made[0].citation.text(lang) if made else ""


page(bp, "/glosarium", "glossary", glossary)
