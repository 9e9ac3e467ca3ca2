"""What Simpul is, and whose work it carries."""

from __future__ import annotations

from flask import Blueprint, render_template

from explorer.contexts import AboutContext
from explorer.present import linked, view
from explorer.web.address import language, page

bp = Blueprint("about", __name__)


def about() -> str:
    """`/tentang`"""
    opening = linked(language(), "about.opening", {})
    return render_template("about.html", ctx=AboutContext(opening=opening, day=view().day))


page(bp, "/tentang", "about", about)
