"""A nota dinas to take away: of a region, of one of its opportunities or a few, of a path."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Final

from flask import Blueprint, request, send_file
from flask.typing import ResponseReturnValue

from explorer.documents.note import Note
from explorer.documents.opportunity_note import opportunity_note, shortlist_note
from explorer.documents.path_note import path_note
from explorer.documents.press import pdf
from explorer.documents.region_note import region_note
from explorer.documents.word import docx
from explorer.explain import gather
from explorer.opportunities import LISTS, Case, opportunities
from explorer.paths import Asked
from explorer.present import view
from explorer.sentences import Speaker
from explorer.web.address import language, page
from graph_loader import BadInput, NotFound

bp = Blueprint("note", __name__)
MOST: Final = 5  # candidates of one note; because a meeting weighs no more, and it stays short
WRITERS: Final[dict[str, Callable[[Note], bytes]]] = {"docx": docx, "pdf": pdf}
_TYPES: Final = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


def note(kind: str) -> ResponseReturnValue:
    """`/unduh/nota.docx?daerah=35.15&mitra=perth-au`

    A region alone (`daerah=`), one of its opportunities (`mitra=`), a shortlist (`pilih=a,b,c`), or
    how two parties are connected (`dari=&ke=`).

    Raises: NotFound, BadInput.
    """
    made = composed(Speaker(view(), language()))
    content = BytesIO(WRITERS[kind](made))
    return send_file(
        content, _TYPES[kind], as_attachment=True, download_name=f"{made.saved}.{kind}"
    )


def composed(speaker: Speaker) -> Note:
    """The note that the address asks for."""
    start, goal = request.args.get("dari", ""), request.args.get("ke", "")
    if start or goal:
        return path_note(speaker, Asked(start, goal))
    region, party = request.args.get("daerah", ""), request.args.get("mitra", "")
    if not region:
        raise BadInput("note-unasked", field="daerah")
    chosen = [id for id in request.args.get("pilih", "").split(",") if id]
    if len(chosen) > MOST:
        raise BadInput("note-too-many", field="pilih", n=MOST)
    if chosen:
        return _shortlist(speaker, region, list(dict.fromkeys(chosen)))
    if not party:
        return region_note(speaker, region)
    found = _cases(speaker, region, [party])
    if found:
        return opportunity_note(speaker, found[0])
    return path_note(speaker, Asked(region, party))


def _shortlist(speaker: Speaker, region: str, chosen: Sequence[str]) -> Note:
    """Raises: BadInput ("note-none-left") where none of them is an opportunity."""
    cases = _cases(speaker, region, chosen)
    if not cases:
        raise BadInput("note-none-left", field="pilih", region=speaker.name(region))
    held = {case.opportunity.party for case in cases}
    return shortlist_note(speaker, region, cases, [id for id in chosen if id not in held])


def _cases(speaker: Speaker, region: str, parties: Sequence[str]) -> list[Case]:
    """What speaks for those parties, in their order; who is no opportunity is left out.

    Raises: NotFound for whom nobody knows.
    """
    shown = speaker.shown
    ranked = opportunities(shown.index, region, shown.day)
    listed = {line.party: line for name in LISTS for line in ranked.part(name)}
    for id in parties:
        if id not in listed and id not in shown.index.number:
            raise NotFound("party-unknown", id=id)
    cases = ranked.cases([listed[id] for id in dict.fromkeys(parties) if id in listed])
    gather(shown, cases)
    return cases


page(bp, "/unduh/nota.<any(docx, pdf):kind>", "note", note)
