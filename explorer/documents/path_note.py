"""The nota dinas about how two parties are connected."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from explorer.documents import evidence
from explorer.documents.drawn import drawing, path_ways
from explorer.documents.frame import framed
from explorer.documents.note import Heading, Item, Items, Note, Part, Text
from explorer.documents.opportunity_note import law_parts
from explorer.i18n import say
from explorer.law import advice
from explorer.paths import Asked, Path, best_paths, bridge
from explorer.paths.bridge_words import told
from explorer.present import joined
from explorer.sentences import Speaker
from graph_loader import REGION_LEVELS

PATHS: Final = 3  # because a meeting weighs no more ways in than that
PROOFS: Final = 3  # of one tie; because three documents prove as well as thirty


def path_note(speaker: Speaker, asked: Asked) -> Note:
    """How one party reaches another, or what would join them where nothing does.

    Raises: NotFound, BadInput, as `explorer.paths.connect`.
    """
    shown, lang = speaker.shown, speaker.lang
    paths = best_paths(shown.index, asked, shown.day, k=PATHS)
    names = {"a": speaker.name(asked.start), "b": speaker.name(asked.goal)}
    hops = [hop for path in paths for hop in path.hops]
    proofs = evidence.Proofs.of(speaker, (id for hop in hops for id in hop.agreements[:PROOFS]))
    parts: list[Part] = [Text(_opening(speaker, asked, paths, names))]
    parts.append(Heading(say(lang, "note.part.paths")))
    if paths:
        parts.append(drawing(path_ways(speaker, paths)))
        parts.append(Items([_told(speaker, proofs, path) for path in paths], numbered=True))
        parts += [
            Heading(say(lang, "note.part.evidence")),
            evidence.table(speaker, proofs.agreements),
        ]
    else:
        parts.append(Text(_bridge(speaker, asked)))
    region = _region(speaker, asked)
    if region:
        other = asked.goal if region == asked.start else asked.start
        parts += law_parts(speaker, advice(shown.index, region, other, shown.day))
    parts.append(Heading(say(lang, "note.part.unknown")))
    more = [say(lang, "note.unknown.path")] if paths else [say(lang, "note.unknown.no-path")]
    parts.append(evidence.unknown(speaker, proofs.agreements, more))
    subject = say(lang, "note.subject.path", **names)
    return framed(shown, lang, subject, parts, list(names.values()))


def _opening(speaker: Speaker, asked: Asked, paths: Sequence[Path], names: dict[str, str]) -> str:
    lang = speaker.lang
    if not paths:
        return say(lang, "note.opening.no-path", **names)
    best = paths[0]
    if len(best.hops) == 1:
        return say(lang, "note.opening.direct", **names, n=len(best.hops[0].agreements))
    inside = joined(lang, [speaker.name(id) for id in best.parties[1:-1]])
    return say(lang, "note.opening.path", **names, via=inside, n=len(best.hops))


def _told(speaker: Speaker, proofs: evidence.Proofs, path: Path) -> Item:
    lang = speaker.lang
    told = []
    for hop in path.hops:
        names = {"a": speaker.name(hop.a), "b": speaker.name(hop.b)}
        words = say(lang, "note.path.hop", **names, n=len(hop.agreements))
        told.append(words + proofs.cited(lang, hop.agreements[:PROOFS]))
    return Item("; ".join(told) + ".")


def _bridge(speaker: Speaker, asked: Asked) -> str:
    sentence = told(bridge(speaker.shown.index, asked, speaker.shown.day))
    names = {name: speaker.name(id) for name, id in sentence.parties.items()}
    topic = {"topic": speaker.topic(sentence.goal)} if sentence.goal else {}
    return say(speaker.lang, sentence.key, **names, **topic)


def _region(speaker: Speaker, asked: Asked) -> str:
    """The end whose office would sign: the first of them that is a region."""
    index = speaker.shown.index
    ends = (asked.start, asked.goal)
    return next((id for id in ends if index.parties[index.number[id]].level in REGION_LEVELS), "")
