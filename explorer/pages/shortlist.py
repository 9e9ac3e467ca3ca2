"""A planner's shortlist, kept in the address alone: `pilih=osaka-prefecture-jp,35.25`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from urllib.parse import urlencode

from flask import request, url_for

from explorer.contexts.compare import ShortlistBar
from explorer.present import note_files, party_link
from explorer.service import View
from explorer.twins import placed
from explorer.web.asked import here
from graph_loader import Language

FIELD: Final = "pilih"
MOST: Final = 5  # because a briefing note weighs no more, and a longer list is no shortlist
COMPARED: Final = 4  # because a fifth column is read by nobody, on paper or on a screen
_KEPT: Final = ("alasan", "topik", FIELD)  # what the comparison takes over from the list
_LONGEST: Final = 120  # letters of an id; because the longest known has fewer


def picked() -> list[str]:
    """The ids that the address names, each once, in its order; no more than `MOST`."""
    named = (one.strip()[:_LONGEST] for one in request.args.get(FIELD, "").split(","))
    return list(dict.fromkeys(one for one in named if one))[:MOST]


def known(shown: View, ids: Sequence[str]) -> list[str]:
    """Those of the ids that are a party's, or a place's that no agreement names."""
    index = shown.index
    return [id for id in ids if id in index.number or placed(index, id) is not None]


def toggled(ids: Sequence[str], id: str) -> str:
    """This page with somebody on the shortlist, or off it; empty where no more may be added."""
    if id in ids:
        return here(pilih=",".join(one for one in ids if one != id))
    return here(pilih=",".join([*ids, id])) if len(ids) < MOST else ""


def compare_url(region: str, ids: Sequence[str]) -> str:
    """The page that sets some candidates side by side, with the reasons chosen here."""
    state = {name: request.args.get(name, "") for name in _KEPT} | {FIELD: ",".join(ids)}
    query = urlencode({name: value for name, value in state.items() if value}, safe=",")
    return f"{url_for('opportunities.compare', id=region)}?{query}"


def shortlist(shown: View, region: str, lang: Language) -> ShortlistBar:
    """Whom the address names, and what can be done with them."""
    named = picked()
    ids = known(shown, named)
    return ShortlistBar(
        picked=[(party_link(shown, id, lang), toggled(ids, id)) for id in ids],
        unknown=[one for one in named if one not in ids],
        most=MOST,
        compare_url=compare_url(region, ids) if len(ids) > 1 else "",
        note_urls=note_files(daerah=region, pilih=",".join(ids)) if ids else {},
        clear_url=here(pilih=""),
        share_url=here(),
    )
