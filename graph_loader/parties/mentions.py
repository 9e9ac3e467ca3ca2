"""Which region a text speaks of: the title of a register, the name of a sheet."""

from __future__ import annotations

from graph_loader.model import REGION_LEVELS
from graph_loader.parties.identify import Identifier
from graph_loader.text import fold

_BEGINS = frozenset(
    {"kabupaten", "kab", "kota", "provinsi", "propinsi", "prov", "pemkab", "pemkot", "pemprov"}
)
_WITH = ("dengan", "with", "terhadap")
_LONGEST = 5  # words: because "Kabupaten Pangkajene dan Kepulauan" and the like have no more


def region_named(identifier: Identifier, text: str) -> str:
    """The official name of the one region that a text names; empty for none or several.

    Example:
        >>> from graph_loader.model import make_party
        >>> from graph_loader.parties.gazetteer import Gazetteer
        >>> known = [make_party("35.25", "Kabupaten Gresik", "Gresik Regency", "kabupaten")]
        >>> identifier = Identifier(Gazetteer(known), Gazetteer())
        >>> region_named(identifier, "REGISTER KERJA SAMA KABUPATEN GRESIK TAHUN 2020")
        'Kabupaten Gresik'
    """
    found = {}
    for line in text.splitlines():
        words = _before_partner(fold(line).split())
        for at, word in enumerate(words):
            if word in _BEGINS and (name := _at(identifier, words[at : at + _LONGEST])):
                found[name] = True
    return next(iter(found)) if len(found) == 1 else ""


def _before_partner(words: list[str]) -> list[str]:
    """What stands after "dengan" is the partner; the register is that of whom stands before."""
    return words[: min((words.index(word) for word in _WITH if word in words), default=None)]


def _at(identifier: Identifier, words: list[str]) -> str:
    """The region that begins with the first word; the longest name counts."""
    for length in range(len(words), 1, -1):
        one = identifier.identify(" ".join(words[:length]), expects="region")
        if one.party is not None and not one.doubt and one.party.level in REGION_LEVELS:
            return one.party.name_id
    return ""
