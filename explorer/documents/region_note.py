"""The nota dinas about a region: what it has, what ends, what it does not use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from explorer.documents import evidence
from explorer.documents.drawn import drawing
from explorer.documents.frame import framed
from explorer.documents.note import Heading, Item, Items, Note, Part, Text
from explorer.documents.opportunity_note import reasons_told
from explorer.documents.standing import Standing, standing
from explorer.i18n import say
from explorer.opportunities import Case
from explorer.sentences import Speaker
from graph_loader import Agreement

ROWS: Final = 12  # of the table; because with them the note still ends on its third page
REASONS: Final = 2  # of one opportunity; the others are in the note about that one alone


def region_note(speaker: Speaker, id: str) -> Note:
    """A region's agreements, what ends, and three opportunities. Raises: NotFound, BadInput."""
    lang = speaker.lang
    found = standing(speaker, id)
    name = speaker.name(id)
    parts: list[Part] = [Text(" ".join(found.sentences))]
    if found.picture:
        parts += [Heading(say(lang, "note.part.partners")), drawing(found.picture)]
    rows = found.documents[:ROWS]
    cited = [
        one
        for case in found.cases
        for reason in case.reasons[:REASONS]
        for one in reason.agreements[:1]
    ]
    proofs = evidence.Proofs.of(speaker, [*(one.id for one in rows), *cited])
    parts.append(Heading(say(lang, "note.part.opportunities")))
    parts += _opportunities(speaker, proofs, found.cases)
    parts.append(Heading(say(lang, "note.part.evidence")))
    if proofs.agreements:
        parts.append(evidence.table(speaker, proofs.agreements))
    parts += _cut(speaker, found, rows)
    parts.append(Heading(say(lang, "note.part.unknown")))
    parts.append(
        evidence.unknown(
            speaker, proofs.agreements, [say(lang, "note.unknown.region", region=name)]
        )
    )
    parts.append(Text(say(lang, "law.guidance"), quiet=True))
    return framed(speaker.shown, lang, say(lang, "note.subject.region", region=name), parts, [name])


def _cut(speaker: Speaker, found: Standing, rows: Sequence[Agreement]) -> list[Part]:
    if len(rows) == found.in_force:
        return []
    return [
        Text(say(speaker.lang, "note.evidence.cut", n=len(rows), total=found.in_force), quiet=True)
    ]


def _opportunities(speaker: Speaker, proofs: evidence.Proofs, cases: Sequence[Case]) -> list[Part]:
    if not cases:
        return [Text(say(speaker.lang, "note.opportunities.none"))]
    items = []
    for case in cases:
        party = case.opportunity.party
        told = [one.text for one in reasons_told(speaker, proofs, case)[:REASONS]]
        step = speaker.advice(case.advice).next_step
        lead = f"{speaker.name(party)} ({speaker.sub(party)})."
        items.append(Item(" ".join([*told, step.sentence]), step.citation, lead))
    return [Items(items, numbered=True)]
