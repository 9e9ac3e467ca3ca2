"""What makes an unknown name look like a place, so that its country or kind must be asked."""

from __future__ import annotations

import csv
from functools import cache

from graph_loader.reference import data_folder
from graph_loader.text import fold

# Because places abroad begin with these, and no party of Indonesia does without a telling word.
_BEGINNINGS = frozenset(
    {"north", "south", "east", "west", "northern", "southern", "eastern", "western", "central",
     "greater", "upper", "lower", "pulau", "new", "saint", "st", "ste", "san", "santa", "santo", 
     "sao", "port", "cape", "fort", "mount", "los", "las", "el", "la", "le", "isle"}
)  # fmt: skip
_INSIDE = frozenset({"of", "the", "and", "upon", "sur", "von", "der", "del", "des"})
# Because people say these of a part of Indonesia that is no region.
_ISLANDS = frozenset({"madura", "mataraman", "tapal kuda", "gerbangkertosusila", "jabodetabek"})


def is_a_place(name: str) -> bool:
    """Whether a name that tells nothing of its party looks like a place and no house.

    Example:
        >>> is_a_place("Western Cape"), is_a_place("Stockholm"), is_a_place("Bina Swadaya")
        (True, True, False)
        >>> is_a_place("Zürich-West"), is_a_place("Madura")
        (True, True)
    """
    folded = fold(name)
    words = folded.split()
    return (
        not _BEGINNINGS.isdisjoint(words[:1])
        or not _INSIDE.isdisjoint(words)
        or folded in _ISLANDS
        or _has_foreign_letters(name)
        or bool(countries_of(folded))
    )  # fmt: skip


def countries_of(folded: str) -> frozenset[str]:
    """The countries abroad that have a well-known city or a first level of that name.

    Example:
        >>> sorted(countries_of("kochi"))
        ['in', 'jp']
    """
    return _places().get(folded, frozenset())


def _has_foreign_letters(name: str) -> bool:
    """Whether a letter has a mark that Indonesian does not write: "é" is of French loans."""
    return any(letter.isalpha() and not letter.isascii() and letter not in "éÉ" for letter in name)


@cache
def _places() -> dict[str, frozenset[str]]:
    """Read when the first unknown name is met, because most files need none."""
    path = data_folder() / "foreign_places.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["name"]: frozenset(row["countries"].split(";")) for row in csv.DictReader(file)}
