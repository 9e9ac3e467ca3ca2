"""Pages in a frame on another site: without head and navigation, and only where it is allowed.

`?embed=1` of a page that may stand in a frame. No site may show one until the operator names it;
then a page says how it is put into a site, and everything in the frame opens beside that site.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from flask import Flask, current_app, request, url_for

from explorer.web.address import language

EMBEDDABLE: Final = frozenset({"network.network", "map.map", "timeline.timeline", "party.region"})
_ASKED: Final = "embed"
_EXTENSION: Final = "embedders"


@dataclass(frozen=True, slots=True)
class Embedding:
    """How a page stands to frames; `url` is its address in one, `whole_url` the page itself."""

    is_framed: bool = False
    is_refused: bool = False
    """whether it was asked for a frame that no site may show"""
    is_offered: bool = False
    url: str = ""
    whole_url: str = ""


def init(app: Flask, embedders: tuple[str, ...]) -> None:
    """Remember who may show pages in a frame (origins, as `https://gresikkab.go.id`)."""
    app.extensions[_EXTENSION] = embedders


def embedding() -> Embedding:
    """How the page of this request stands to frames."""
    if request.endpoint not in EMBEDDABLE:
        return Embedding()
    asked, allowed = _is_asked(), bool(current_app.extensions[_EXTENSION])
    return Embedding(
        is_framed=asked and allowed, is_refused=asked and not allowed,
        is_offered=allowed and not asked, url=_address({_ASKED: "1"}), whole_url=_address({}),
    )  # fmt: skip


def framers() -> tuple[str, ...]:
    """Who may show the answer to this request in a frame; mostly nobody."""
    return tuple(current_app.extensions[_EXTENSION]) if _is_asked() else ()


def _is_asked() -> bool:
    return request.endpoint in EMBEDDABLE and request.args.get(_ASKED) == "1"


def _address(more: dict[str, str]) -> str:
    """This page from anywhere, with all its state."""
    values = {**(request.view_args or {}), "lang": language()}
    state = [pair for pair in request.args.items(multi=True) if pair[0] != _ASKED]
    query = urlencode([*state, *more.items()])
    own = url_for(str(request.endpoint), _external=True, **values)
    return f"{own}?{query}" if query else own
