"""What only regions have: a province stated behind the name, and codes of several offices."""

from __future__ import annotations

from collections.abc import Iterator

from graph_loader.model import Level, Party
from graph_loader.parties.spelling import spaceless

_SAME_CODES = frozenset({"32", "33", "34", "35", "36", "51", "52"})
"""Provinces whose regencies BPS numbers as Kemendagri does: elsewhere 6403 is Berau for the one
and Kutai Kartanegara for the other, so a code without its dot proves nothing there."""
_LONGEST = 6  # because "Provinsi Kepulauan Bangka Belitung Indonesia" is not longer
_COUNTRY = "indonesia"


def codes(id: str) -> Iterator[str]:
    """Ways to write a region's code that mean it for certain: "3525", "3500"."""
    if id[:2] in _SAME_CODES:
        yield id.replace(".", "") if "." in id else f"{id}00"


def possible_codes(id: str) -> Iterator[str]:
    """Ways that may mean it: a number cell that lost its last zero, a code of another office."""
    if "." in id:
        yield id.replace(".", "")
        yield f"{id[:2]} {id[3:].strip('0')}"


class Provinces:
    """The names of the provinces, to be recognised at the end of a regency's name."""

    def __init__(self) -> None:
        self._ids: dict[str, str] = {}
        self._last_words: set[str] = set()

    def add(self, party: Party, words: tuple[str, ...]) -> None:
        """Make a province known by its bare name; a regency is none."""
        if party.level is Level.PROVINCE:
            self._ids[spaceless(" ".join(words))] = party.id
            self._last_words.add(words[-1])

    def at_end(self, words: tuple[str, ...]) -> Iterator[tuple[int, str]]:
        """How many words at the end name a province, and its id; "" for the country alone."""
        end = len(words) - (words[-1:] == (_COUNTRY,))
        named = end > 0 and words[end - 1] in self._last_words
        for size in range(min(_LONGEST, end - 1) if named else 0, 0, -1):
            name = words[end - size : end]
            name = name[1:] if name[0] == "provinsi" else name
            if id := self._ids.get(spaceless(" ".join(name))):
                yield len(words) - end + size, id
        if end < len(words) and end:
            yield 1, ""
