"""The network as a file that opens without a network: picture, legend and table in one."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Final

from flask import Blueprint, render_template, request, send_file
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from explorer.contexts.network_file import FileRow, NetworkFileContext
from explorer.filters import asked, pictured
from explorer.i18n import say
from explorer.network_file import inlined, scene_json
from explorer.pages.network_asked import light_enough, picture_of, scene_asked
from explorer.pages.picture_file import as_of
from explorer.pictures.marks import mark, stroke
from explorer.pictures.pairs import STATUS_ORDER, Pairs, pairs
from explorer.pictures.picture import Item
from explorer.pictures.scene import network_data
from explorer.pictures.still import network_svg
from explorer.present import view
from explorer.service import View
from explorer.web.address import language, page
from graph_loader import Language, NotFound

bp = Blueprint("network_file", __name__)
ROWS: Final = 2_000  # because so many still make no file that a mail would refuse
_WIDE, _HIGH = 34.0, 22.0  # px of a sign of the legend


def network_file() -> ResponseReturnValue:
    """`/unduh/jaringan.html?negara=au`: the network page's picture and ties, with its own state.

    Raises: NotFound ("picture-empty") where nothing is left to draw.
    """
    shown, lang = view(), language()
    where = asked(shown, party=request.args.get("pihak", ""))
    chosen = pictured(shown, where)
    scene = scene_asked(shown, where, chosen, lang)
    if not scene.points:
        raise NotFound("picture-empty")
    drawn = picture_of(shown, where, chosen, scene, lang)
    found = pairs(shown.index, shown.day, chosen)
    context = NetworkFileContext(
        title=drawn.title,
        summary=drawn.summary,
        notes=drawn.notes,
        picture=network_svg(light_enough(shown, where, chosen, scene, lang), {}, lang),
        legend=[(item.words, _sign(item)) for item in drawn.legend],
        rows=list(_rows(shown, found, lang)),
        ties=len(found),
        as_of=as_of(shown, lang),
        scene=scene_json(network_data(scene, {})),
        inlined=inlined(),
    )
    text = render_template("network_file.html", ctx=context)
    saved = f"simpul-{say(lang, 'download.file.network')}-{shown.day}-v{shown.version}.html"
    return send_file(
        BytesIO(text.encode()), "text/html", as_attachment=True, download_name=saved
    )  # fmt: skip


def _rows(shown: View, found: Pairs, lang: Language) -> Iterator[FileRow]:
    """The ties, those with most agreements first, ROWS at most."""
    index = shown.index
    for n in found.strongest()[:ROWS].tolist():
        a, b = index.parties[found.a[n]], index.parties[found.b[n]]
        yield FileRow(
            a.name(lang), b.name(lang), int(found.agreements[n]), STATUS_ORDER[found.status[n]]
        )


def _sign(item: Item) -> Markup:
    if item.kind == "shape":
        sign = mark(item.which, _WIDE / 2, _HIGH / 2, 6)
    else:
        category, status = (
            (item.which, "active") if item.kind == "category" else ("none", item.which)
        )
        sign = stroke((2, _HIGH / 2), (_WIDE - 2, _HIGH / 2), category, status, 4, 1)
    return Markup(
        '<svg width="{0}" height="{1}" viewBox="0 0 {0} {1}" aria-hidden="true">{2}</svg>'
    ).format(_WIDE, _HIGH, sign)


page(bp, "/unduh/jaringan.html", "network_file", network_file)
