"""From a document's own words to SDG goals and targets, remembering the words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from graph_loader.model import TopicTag
from graph_loader.text import fold

_CODE = re.compile(
    r"0?(\d{1,2})(?:\.(\d{1,2}|[a-dA-D]))?(?:\s*[(:\u2013\u2014-].*|\s+[A-Za-z].*)?\Z"
)
_BEFORE_CODE = re.compile(
    r"\W*(?:(?:sdgs?|tpb|tujuan|goals?|targets?|nomor|no|ke|pilar)\b[\s.:\u2013-]*)+", re.IGNORECASE
)
_BETWEEN = re.compile(r"\s*(?:[;,|&\n/]|\bdan\b|\band\b)\s*(?![^()]*\))", re.IGNORECASE)
_GOALS = range(1, 18)


@lru_cache(maxsize=65_536)
def _tags(said: tuple[tuple[str, str], ...]) -> tuple[TopicTag, ...]:
    """The topics of what was said, by id, each with its words in the order of the text."""
    found: dict[str, dict[str, None]] = {}
    for topic, words in said:
        found.setdefault(topic, {})[words] = None
    return tuple(TopicTag(topic, tuple(words)) for topic, words in sorted(found.items()))


class Topics:
    """Keywords, whole words only, the longest first.

    Example:
        >>> topics = Topics({"pangan": "2.1", "ketahanan pangan": "2.1", "pendidikan": "4"})
        >>> [tag.topic for tag in topics.of("Ketahanan pangan; pendidikan vokasi")]
        ['2.1', '4']
        >>> topics.of("Ketahanan pangan")
        (TopicTag(topic='2.1', words=('ketahanan pangan',)),)
    """

    def __init__(self, keywords: Mapping[str, str], names: Mapping[str, str] | None = None) -> None:
        """`keywords`: a folded word or phrase to a goal ("4") or target ("2.1").

        `names`: what a goal itself is called, folded, in either language.
        """
        self._names = dict(names or {})
        self._phrases: dict[str, list[tuple[list[str], str, str]]] = {}
        for phrase in sorted(keywords, key=lambda phrase: (-len(phrase), phrase)):
            words = phrase.split()
            self._phrases.setdefault(words[0], []).append((words, phrase, keywords[phrase]))
        self.of = lru_cache(maxsize=65_536)(self._of)

    def _of(self, text: str) -> tuple[TopicTag, ...]:
        """The topics that a text speaks of, by id, each with the words that say so.

        At each word the longest phrase counts, and its words count for nothing else.
        """
        words = fold(text).split()
        if self._phrases.keys().isdisjoint(words):
            return ()
        said: list[tuple[str, str]] = []
        next_free = 0
        for at, word in enumerate(words):
            if at >= next_free and word in self._phrases:
                for phrase, joined, topic in self._phrases[word]:
                    if words[at : at + len(phrase)] == phrase:
                        said.append((topic, joined))
                        next_free = at + len(phrase)
                        break
        return _tags(tuple(said))

    def stated(self, text: str) -> tuple[tuple[TopicTag, ...], list[str]]:
        """Goals and targets that a document names, by code or by name; and what of it is neither.

        Example:
            >>> topics = Topics({}, {"tanpa kelaparan": "2"})
            >>> tags, unknown = topics.stated("SDG 3, 4 dan 5; Tanpa Kelaparan; 99")
            >>> [tag.topic for tag in tags], unknown
            (['3', '4', '5', '2'], ['99'])
        """
        good: dict[str, None] = {}
        bad: list[str] = []
        for whole in re.split(r"[;|\n]", text):
            name = self._names.get(fold(whole))
            for part in [whole] if name else _parts(whole):
                if code := name or self._names.get(fold(part)) or _code(part):
                    good[code] = None
                else:
                    bad.append(part)
        return tuple(TopicTag(code) for code in good), bad


def _code(text: str) -> str:
    """The code at the beginning of a part, whatever name of the goal follows it."""
    match = _CODE.match(_BEFORE_CODE.sub("", text))
    if match is None or int(match[1]) not in _GOALS:
        return ""
    return f"{int(match[1])}.{match[2].lower()}" if match[2] else str(int(match[1]))


def _parts(text: str) -> Iterable[str]:
    for part in _BETWEEN.split(text):
        if cleaned := part.strip(" .()"):
            yield cleaned
