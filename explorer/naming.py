"""Which party a person means who types an id or a name."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, NamedTuple

from explorer.index import Index
from explorer.search import find
from graph_loader import Level, Party

SURE: Final = 95.0  # because only a whole name or a whole first word of one scores so high
CANDIDATES: Final = 6  # because more than that are no help in choosing
LONGEST: Final = 200  # letters; because no name is longer


class Meant(NamedTuple):
    """The id of the one party that is meant, or "" and those that may be."""

    id: str
    candidates: tuple[Party, ...] = ()


def meant(index: Index, text: str, lang: str, *, levels: Collection[Level] | None = None) -> Meant:
    """The party that an id, a whole name or the sure beginning of just one name means.

    Several that fit alike are candidates, never a guess; so are names that are merely like it.
    """
    if text in index.number:
        return Meant(text)
    hits = find(index, text[:LONGEST], lang, limit=CANDIDATES, levels=levels)
    best = [hit for hit in hits if hit.score == hits[0].score]
    if len(best) == 1 and best[0].score >= SURE:
        return Meant(best[0].party.id)
    return Meant("", tuple(hit.party for hit in hits))
