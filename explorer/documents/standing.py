"""Where a region stands: what it has, what ends, what it does not use; for a note and a meeting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from explorer.explain import gather
from explorer.i18n import say
from explorer.index import STATUSES
from explorer.opportunities import Case, opportunities
from explorer.pictures.around import around
from explorer.pictures.picture import Picture
from explorer.present import joined
from explorer.sentences import Speaker
from explorer.ties import ties
from graph_loader import Agreement, Status

_ACTIVE: Final = STATUSES.index(Status.ACTIVE)
_FAR: Final = date.max.toordinal()  # where an agreement without an end stands


@dataclass(frozen=True, slots=True)
class Standing:
    """A region's standing on a day. `sentences` are three: what it has, what ends, what is free.

    `documents` are its agreements in force, at most `MOST`: those that end first, then the newest.
    """

    sentences: Sequence[str]
    in_force: int
    documents: Sequence[Agreement]
    picture: Picture | None
    cases: Sequence[Case]
    """the first of each list of opportunities"""


MOST: Final = 60  # documents that are asked for; because no note and no screen shows more


def standing(speaker: Speaker, id: str) -> Standing:
    """Raises: NotFound, BadInput where the id is no region's."""
    shown = speaker.shown
    ranked = opportunities(shown.index, id, shown.day)
    index, number = shown.index, shown.index.number[id]
    own = index.agreements_of(number)
    held = own[index.in_force(shown.day)[own]]
    active = index.status(shown.day)[held] == _ACTIVE
    last = np.where(active, index.ends_last[held], _FAR)
    order = np.lexsort((held, -index.signed_first[held], last))
    cases = ranked.cases(ranked.best())
    documents = shown.documents([index.agreement_ids[n] for n in held[order][:MOST].tolist()])
    gather(shown, cases)
    ending = int((last <= date(shown.day.year, 12, 31).toordinal()).sum())
    partners = len(ties(index, shown.day).of(number))
    name = speaker.name(id)
    sentences = [
        _having(speaker, name, len(held), partners),
        _ending(speaker, len(held), ending, int((last == _FAR).sum())),
        _unused(speaker, {key: len(value) for key, value in ranked.lists.items()}),
    ]
    picture = around(speaker, id)
    return Standing([s for s in sentences if s], len(held), documents, picture, cases)


def _having(speaker: Speaker, name: str, held: int, partners: int) -> str:
    if not held:
        return say(speaker.lang, "standing.have.none", region=name)
    counts = {
        "agreements": say(speaker.lang, "count.agreements", n=held),
        "partners": say(speaker.lang, "count.partners", n=partners),
    }
    return say(speaker.lang, "standing.have", region=name, **counts)


def _ending(speaker: Speaker, held: int, ending: int, endless: int) -> str:
    if not held:
        return ""
    year = speaker.shown.day.year
    first = say(
        speaker.lang, "standing.ends" if ending else "standing.ends.none", n=ending, year=str(year)
    )
    if not endless:
        return first
    return f"{first} {say(speaker.lang, 'standing.endless', n=endless)}"


def _unused(speaker: Speaker, counts: dict[str, int]) -> str:
    if not sum(counts.values()):
        return say(speaker.lang, "standing.unused.none")
    told = [say(speaker.lang, f"count.{name}", n=n) for name, n in counts.items() if n]
    return say(speaker.lang, "standing.unused", list=joined(speaker.lang, told))
