"""A spelling to one party, or a problem with candidates; never a guess."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from graph_loader.model import REGION_LEVELS, Level, Party
from graph_loader.text import fold

NEAR = 88.0  # because a slip of one or two letters in a place name scores above it
_CANDIDATES = 3
_PREFIXES = {
    "kab": "kabupaten", "pemkab": "kabupaten", "pemerintah kabupaten": "kabupaten",
    "pemkot": "kota", "pemerintah kota": "kota", "kotamadya": "kota",
    "prov": "provinsi", "propinsi": "provinsi", "pemprov": "provinsi",
    "pemerintah provinsi": "provinsi",
}  # fmt: skip
_LEVEL_WORDS = ("provinsi ", "kabupaten ", "kota ")


@dataclass(frozen=True, slots=True)
class Found:
    """The party that a spelling means; or None, and those it may mean."""

    party: Party | None
    candidates: Sequence[Party] = ()
    exact: bool = False
    """Whether the candidates bear just this name, and not merely a similar one."""

    @property
    def ambiguous(self) -> bool:
        """Whether several parties have just this name."""
        return self.party is None and self.exact


class Gazetteer:
    """Every spelling of every known party.

    Example:
        >>> from graph_loader.model import make_party
        >>> two = [make_party("35.07", "Kabupaten Malang", "Malang Regency", "kabupaten"),
        ...        make_party("35.73", "Kota Malang", "Malang City", "kota")]
        >>> known = Gazetteer(two)
        >>> known.find("Pemkab Malang").party.id, known.find("Malang").ambiguous
        ('35.07', True)
    """

    def __init__(self, parties: Iterable[Party] = ()) -> None:
        self._exact: dict[str, dict[str, Party]] = {}
        self._bare: dict[str, dict[str, Party]] = {}
        for party in parties:
            self.add(party)

    def add(self, party: Party) -> None:
        """Make a party known by its id, names and aliases."""
        for name in (party.id, party.name_id, party.name_en, *party.aliases):
            spelling = fold(name)
            self._exact.setdefault(spelling, {})[party.id] = party
            for word in _LEVEL_WORDS if party.level in REGION_LEVELS else ():
                if spelling.startswith(word):
                    bare = self._bare.setdefault(spelling.removeprefix(word), {})
                    bare[party.id] = party

    def find(self, spelling: str, level: Level | None = None, country: str = "") -> Found:
        """The one party of that level and country (where given) that the spelling means."""
        wanted = _normal(fold(spelling))
        found = self._fitting(self._exact.get(wanted, {}).values(), level, country)
        if not found:
            found = self._fitting(self._bare.get(wanted, {}).values(), level, country)
        if len(found) == 1:
            return Found(found[0])
        if found:
            return Found(None, found, exact=True)
        return Found(None, self._near(wanted, level, country))

    def _fitting(self, parties: Iterable[Party], level: Level | None, country: str) -> list[Party]:
        return [
            party
            for party in parties
            if (level is None or party.level is level)
            and (not country or not party.country or party.country == country)
        ]

    def _near(self, wanted: str, level: Level | None, country: str) -> list[Party]:
        near: dict[str, Party] = {}
        for name, _, _ in process.extract(
            wanted, self._exact.keys(), scorer=fuzz.ratio, score_cutoff=NEAR, limit=10
        ):  # fmt: skip
            for party in self._fitting(self._exact[name].values(), level, country):
                near[party.id] = party
        return list(near.values())[:_CANDIDATES]


def _normal(spelling: str) -> str:
    for prefix, word in _PREFIXES.items():
        if spelling.startswith(f"{prefix} "):
            return f"{word} {spelling.removeprefix(prefix).strip()}"
    return spelling
