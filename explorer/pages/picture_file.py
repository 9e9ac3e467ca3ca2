"""A page's picture as a file to print or to show: the same picture, as a sheet of its own."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Final

from flask import Blueprint, send_file
from flask.typing import ResponseReturnValue

from explorer.documents.frame import as_of
from explorer.documents.press import png
from explorer.pages import agreement, connect, gaps, map, needs, network, timeline
from explorer.pictures.picture import Picture
from explorer.pictures.sheet import laid_out
from explorer.present import view
from explorer.service import View
from explorer.web.address import language, page
from graph_loader import Language, NotFound

__all__ = ["PICTURES", "as_of", "bp", "picture_file"]
bp = Blueprint("picture_file", __name__)

Maker = Callable[[View, Language], Picture]
"""Reads the address as its page does, and draws. Raises: NotFound ("picture-empty")."""

PICTURES: Final[dict[str, Maker]] = {
    "hubungan": connect.picture,
    "jaringan": network.picture,
    "kebutuhan": needs.picture,
    "kesenjangan": gaps.picture,
    "linimasa": timeline.picture,
    "para-pihak": agreement.picture,
    "mitra": timeline.ego,
    "peta": map.picture,
    "profil-sdg": timeline.profile,
}
"""Every picture by the name that its file has in the address."""

_TYPES: Final = {"svg": "image/svg+xml", "png": "image/png"}


def picture_file(name: str, kind: str) -> ResponseReturnValue:
    """`/unduh/gambar/jaringan.svg?negara=au`: the picture of a page with the page's own state.

    Raises: NotFound where there is no such picture, or nothing to draw.
    """
    shown, lang = view(), language()
    if name not in PICTURES:
        raise NotFound("picture-unknown", name=name)
    drawn, size = laid_out(PICTURES[name](shown, lang), as_of(shown, lang))
    saved = f"simpul-{name}-{shown.day}-v{shown.version}.{kind}"
    content = BytesIO(png(drawn, size) if kind == "png" else drawn.encode())
    return send_file(content, _TYPES[kind], as_attachment=True, download_name=saved)


page(bp, "/unduh/gambar/<name>.<any(png, svg):kind>", "picture_file", picture_file)
