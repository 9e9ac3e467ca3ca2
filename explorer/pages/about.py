"""What Simpul is, and whose work it carries."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, render_template, url_for

from explorer.contexts import AboutContext
from explorer.present import linked, view
from explorer.web.address import language, page

bp = Blueprint("about", __name__)
_EXAMPLES: Final = {"au", "35", "35.25", "osaka-prefecture-jp", "35.15", "35.78"}
TERMS: Final = ("tie", "open", "path", "unused", "exploration")
"""The words that nobody can do without; the others are in the glossary."""


def about() -> str:
    """`/tentang`"""
    opening = linked(language(), "about.opening", {})
    known = view().index.number.keys() >= _EXAMPLES
    context = AboutContext(opening, _examples() if known else _doors(), examples=known, terms=TERMS)
    return render_template("about.html", ctx=context)


def _examples() -> list[tuple[str, str]]:
    return [
        ("have", url_for("country.country", id="au", pihak="35")),
        ("connect", url_for("connect.connect", dari="35.25", ke="osaka-prefecture-jp")),
        ("unused", url_for("opportunities.opportunities", id="35.15")),
        ("help", url_for("needs.needs", daerah="35.78", komoditas="rice")),
    ]


def _doors() -> list[tuple[str, str]]:
    """Where one chooses, in a store of other parties than those of the examples."""
    return [
        ("have", url_for("agreement.register")),
        ("connect", url_for("connect.connect")),
        ("unused", url_for("opportunities.choose")),
        ("help", url_for("needs.needs")),
    ]


page(bp, "/tentang", "about", about)
