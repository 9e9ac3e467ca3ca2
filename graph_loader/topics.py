"""From a document's own words to SDG goals and targets, remembering the words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from graph_loader.model import TopicTag
from graph_loader.text import fold

_CODE = re.compile(r"(\d{1,2})(?:\.(\d{1,2}|[a-d]))?\Z")
_GOALS = range(1, 18)


class Topics:
    """Keywords, whole words only, the longest first.

    Example:
        >>> topics = Topics({"pangan": "2.1", "ketahanan pangan": "2.1", "pendidikan": "4"})
        >>> [tag.topic for tag in topics.of("Ketahanan pangan; pendidikan vokasi")]
        ['2.1', '4']
        >>> topics.of("Ketahanan pangan")
        (TopicTag(topic='2.1', words=('ketahanan pangan',)),)
    """

    def __init__(self, keywords: Mapping[str, str]) -> None:
        """`keywords`: a folded word or phrase to a goal ("4") or target ("2.1")."""
        self._topic = dict(keywords)
        self._phrases: dict[str, list[list[str]]] = {}
        for phrase in sorted(keywords, key=lambda phrase: (-len(phrase), phrase)):
            words = phrase.split()
            self._phrases.setdefault(words[0], []).append(words)
        self.of = lru_cache(maxsize=65_536)(self._of)

    def _of(self, text: str) -> tuple[TopicTag, ...]:
        """The topics that a text speaks of, by id, each with the words that say so.

        At each word the longest phrase counts, and its words count for nothing else.
        """
        found: dict[str, dict[str, None]] = {}
        words = fold(text).split()
        next_free = 0
        for at, word in enumerate(words):
            if at < next_free or word not in self._phrases:
                continue
            for phrase in self._phrases[word]:
                if words[at : at + len(phrase)] == phrase:
                    said = " ".join(phrase)
                    found.setdefault(self._topic[said], {})[said] = None
                    next_free = at + len(phrase)
                    break
        return tuple(TopicTag(topic, tuple(words)) for topic, words in sorted(found.items()))


def explicit(codes: str) -> tuple[tuple[TopicTag, ...], list[str]]:
    """Codes that a document names ("2; 2.1; SDG 13"), and what of them is no code.

    Example:
        >>> explicit("SDG 2; 99")
        ((TopicTag(topic='2', words=()),), ['99'])
    """
    good: dict[str, None] = {}
    bad: list[str] = []
    for part in _parts(codes):
        match = _CODE.match(part)
        if match and int(match[1]) in _GOALS:
            good[part] = None
        else:
            bad.append(part)
    return tuple(TopicTag(code) for code in good), bad


def _parts(codes: str) -> Iterable[str]:
    for part in re.split(r"[;,|]", codes):
        cleaned = re.sub(r"^\s*(?:sdgs?|tpb)\s*", "", part.strip(), flags=re.IGNORECASE)
        if cleaned:
            yield cleaned
