"""What Simpul is, and whose work it carries."""

from __future__ import annotations

from flask import Blueprint, render_template

from explorer.contexts import AboutContext
from explorer.present import view
from explorer.web.address import page
from graph_loader import PartialDate

bp = Blueprint("about", __name__)


def about() -> str:
    """`/tentang`"""
    day = PartialDate.parse(view().day.isoformat())
    return render_template("about.html", ctx=AboutContext(as_of=day))


page(bp, "/tentang", "about", about)
