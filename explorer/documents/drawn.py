"""Pictures as a note carries them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from explorer.documents.note import Drawing
from explorer.i18n import say
from explorer.paths import Path
from explorer.pictures.pairs import category_name, pair_category
from explorer.pictures.picture import Picture
from explorer.pictures.sheet import legended
from explorer.pictures.svg import line_between
from explorer.pictures.ways import Stretch, Way, ways
from explorer.reasons.chains import Chain, Step
from explorer.sentences import Speaker

_STATUS: Final = {
    "agreement": "active", "lapsed": "lapsed", "listed": "exploration", "province": "active",
    "beside": "exploration",
}  # fmt: skip


def drawing(picture: Picture) -> Drawing:
    """A picture with its legend, and below it its title and what was left out."""
    whole = legended(picture) if picture.legend else picture
    caption = ". ".join([picture.title, *picture.notes])
    return Drawing(str(whole.svg), whole.size, caption, picture.summary)


def unused_ways(speaker: Speaker, chains: Sequence[Chain]) -> Picture:
    """Unused paths, and below each the tie that is missing."""
    drawn = [
        Way(one.parties, [_unused(speaker, step) for step in one.steps], unused=True)
        for one in chains
    ]
    return ways(speaker, drawn, say(speaker.lang, "note.caption.unused", n=len(drawn)))


def path_ways(speaker: Speaker, paths: Sequence[Path]) -> Picture:
    """Paths, and on how many agreements each of their ties rests."""
    drawn = [Way(one.parties, [_tie(speaker, *hop) for hop in _hops(one)]) for one in paths]
    return ways(speaker, drawn, say(speaker.lang, "note.caption.paths", n=len(drawn)))


def _hops(path: Path) -> list[tuple[str, str]]:
    return [(hop.a, hop.b) for hop in path.hops]


def _tie(speaker: Speaker, a: str, b: str) -> Stretch:
    number = speaker.shown.index.number
    line = line_between(speaker.shown, number[a], number[b])
    words = say(speaker.lang, "count.agreements", n=line.agreements)
    return Stretch(words, line.category, line.status, line.agreements)


def _unused(speaker: Speaker, step: Step) -> Stretch:
    words = say(speaker.lang, f"unused.step.{step.kind}")
    return Stretch(words, _category(speaker, step), _STATUS[step.kind])


def _category(speaker: Speaker, step: Step) -> str:
    index = speaker.shown.index
    if step.kind not in {"agreement", "lapsed"}:
        return "none"
    a, b = (index.level[[index.number[id]]] for id in (step.a, step.b))
    return category_name(int(pair_category(a, b)[0]))
