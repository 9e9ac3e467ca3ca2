"""Which matters of government some topics touch that a kabupaten or kota does not hold alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from graph_loader import fold, legal

_BETWEEN = re.compile(r"[;,/\n]")


@dataclass(frozen=True, slots=True)
class Concern:
    """A topic that leaves a regency's authority, or may.

    `holder` is who holds it: "province" or "central"; "" where only a part of it may be theirs.
    `matter` are the words that say so; None where only an SDG code does.
    """

    topic: str
    urusan: str
    holder: str
    matter: legal.Matter | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """What a cooperation is about: SDG codes, and the matters that leave a regency's authority."""

    codes: frozenset[str]
    concerns: tuple[Concern, ...]


@lru_cache(maxsize=4096)
def subject(topics: tuple[str, ...]) -> Subject:
    """The subject that some topics name: each an SDG code, or words in either language.

    Example:
        >>> [(c.urusan, c.holder) for c in subject(("pendidikan menengah", "2.1")).concerns]
        [('WPD-01', 'province')]
        >>> [(c.urusan, c.holder) for c in subject(("4", "7.2", "perikanan")).concerns]
        [('PIL-05', 'province'), ('WPD-01', '')]
    """
    codes: set[str] = set()
    found: dict[str, Concern] = {}
    for topic in (part.strip() for text in topics for part in _BETWEEN.split(text)):
        mine = legal.topic_codes(topic)
        codes.update(mine)
        for concern in (*_by_words(topic), *_by_codes(topic, mine)):
            kept = found.get(concern.urusan)
            if kept is None or (concern.holder and not kept.holder):
                found[concern.urusan] = concern
    left = (concern for _, concern in sorted(found.items()) if concern.holder != "regency")
    return Subject(frozenset(codes), tuple(left))


def _by_words(topic: str) -> Iterator[Concern]:
    for matter in _spoken_of(topic):
        yield Concern(topic, matter.urusan, matter.holder, matter)


def _by_codes(topic: str, codes: tuple[str, ...]) -> Iterator[Concern]:
    """A target that lies wholly outside a regency's authority; else what of it may.

    Words that name a matter say more than the codes they also stand for.
    """
    for code in codes if not _spoken_of(topic) else ():
        touched = legal.urusan_by_topic().get(code, frozenset()) - {""}
        held = {id: legal.all_urusan()[id].held for id in touched}
        outside = "." in code and set(held.values()) == {"exception"}
        for id in sorted(touched):
            if held[id] != "whole":
                yield Concern(topic, id, "province" if outside else "")


@lru_cache(maxsize=4096)
def _spoken_of(topic: str) -> tuple[legal.Matter, ...]:
    """The matters that words name; at each word the longest phrase counts."""
    words, at = fold(topic).split(), 0
    found: dict[legal.Matter, None] = {}
    while at < len(words):
        phrase = next((p for p in _phrases() if words[at : at + len(p)] == list(p)), None)
        if phrase is not None:
            found[_phrases()[phrase]] = None
        at += len(phrase or (1,))
    return tuple(found)


@cache
def _phrases() -> dict[tuple[str, ...], legal.Matter]:
    """The words of every matter, the longest phrase first."""
    found = {tuple(fold(matter.keyword).split()): matter for matter in legal.matters()}
    return dict(sorted(found.items(), key=lambda item: -len(item[0])))
