"""The known parties that a cell may mean: by its name, or by a similar one."""

from __future__ import annotations

from collections.abc import Sequence

from graph_loader.model import REGION_LEVELS, Level, Party
from graph_loader.parties import cells
from graph_loader.parties.additions import beginnings
from graph_loader.parties.cells import EVERYDAY, HOME, WORLD, Cell
from graph_loader.parties.foreign import countries_of
from graph_loader.parties.gazetteer import Gazetteer
from graph_loader.parties.posts import is_post
from graph_loader.parties.spelling import readings
from graph_loader.text import fold

_CODE_LENGTH = 3  # because ISO's country codes are no longer, and any acronym may equal one
_CANDIDATES = 3  # because more proposals are no help
_LONGEST_COUNTRY = 4  # because "United States of America" has four words
_HOUSES = frozenset({Level.THIRD_PARTY, Level.CENTRAL_AGENCY, Level.FOREIGN_INSTITUTION})
_SMALL_WORDS = frozenset({"dan", "and", "of", "the", "untuk", "for"})


class Seeker:
    """Looks for the parties of a cell where it says that they lie."""

    def __init__(self, gazetteer: Gazetteer, countries: Gazetteer) -> None:
        self._gazetteer, self._countries = gazetteer, countries

    def bearers(self, cell: Cell) -> list[Party]:
        """Every known party that bears the name and may lie where the cell says."""
        if kinds := cells.either(cell.name):
            return [party for name in kinds for party in self._fitting(name, cell)]
        for name in dict.fromkeys((cell.whole, cell.name)):
            if found := self._fitting(name, cell):
                return found
        first, inside = cells.qualified(cell.name)
        found = self._fitting(first, cell) if first else []
        return found if len(found) == 1 and self._same(found[0], first, inside, cell) else []

    def _same(self, party: Party, name: str, inside: str, cell: Cell) -> bool:
        """Whether what stands in brackets is another name of the party, or what it is part of."""
        others = self._fitting(inside, cell)
        initials = "".join(word[0] for word in fold(name).split() if word not in _SMALL_WORDS)
        return any(other.id in (party.id, party.part_of) for other in others) or (
            (fold(inside) == initials or is_post(inside)) and not others
        )

    def _fitting(self, name: str, cell: Cell) -> list[Party]:
        where = "" if cell.where == WORLD else cell.where
        found = self._all(name, cell.level, where)
        if cell.where == WORLD:
            institution = Level.FOREIGN_INSTITUTION  # which may well call itself international
            found = [p for p in found if not p.country or p.level is institution]
        if cell.abroad and not cell.certain:
            home = self._all(name, cell.level, HOME)
            found += [p for p in home if p.level in REGION_LEVELS or " " in fold(name)]
        found = [party for party in found if not _by_code(party, cell)]
        regions = [party for party in found if party.level in REGION_LEVELS]
        if cell.expects == "region":
            found = regions or found
        return list({party.id: party for party in found}.values())

    def _all(self, name: str, level: Level | None, country: str) -> list[Party]:
        found = self._gazetteer.known(name, level, country)
        return list(found.candidates) if found.party is None else [found.party]

    def qualified(self, cell: Cell) -> tuple[Party, ...]:
        """The parties that a name with something behind it may mean: "Kochi, Prefektur Kochi"."""
        first, _ = cells.qualified(cell.name)
        return tuple(self._fitting(first, cell)) if first else ()

    def elsewhere(self, cell: Cell) -> list[Party]:
        """Every known party that bears the name, wherever it lies."""
        found = self._all(cell.name, cell.level, "") if cell.where else []
        return [party for party in found if not _by_code(party, cell)]

    def is_namesake(self, cell: Cell, elsewhere: Sequence[Party]) -> bool:
        """Whether a place of that name lies where the row says, beside the known one elsewhere."""
        if not cell.certain or any(p.level is not Level.FOREIGN_LOCAL for p in elsewhere):
            return False
        names = (" ".join(way.words) for way in readings(cell.name) if way.kinds)
        return any(cell.where in countries_of(name) for name in names)

    def namesakes(self, cell: Cell) -> tuple[Party, ...]:
        """Parties of another level than the row states, but of just this name."""
        if cell.level is None:
            return ()
        where = "" if cell.where == WORLD else cell.where
        found = [*self._all(cell.name, None, where), *self._all(cell.name, None, HOME)]
        return tuple(party for party in dict.fromkeys(found) if not _by_code(party, cell))

    def near(self, cell: Cell) -> tuple[Party, ...]:
        """Parties with a similar name, nearest first; else the one that a longer text begins with.

        A stated level says which of them it is, not which of them is similar.
        """
        where = "" if cell.where == WORLD else cell.where
        level = cell.level if cell.level in REGION_LEVELS else None
        found = self._gazetteer.near(cell.name, level, where)
        if cell.abroad and not cell.certain:
            home = self._gazetteer.near(cell.name, level, HOME)
            found = [*(p for p in home if p.level in REGION_LEVELS), *found]
        if cell.expects == "region":
            found = [party for party in found if party.level in REGION_LEVELS]
        return tuple(dict.fromkeys(found))[:_CANDIDATES] or self._beginning(cell)

    def begun(self, cell: Cell) -> tuple[Party, ...]:
        """The party to whose name a branch, an address or a person was added, if any."""
        for first, at_place in beginnings(cell.name, self._gazetteer.of_regions_alone):
            party = self._gazetteer.plain(first)
            if party is None or party.level not in _HOUSES or _by_code(party, cell):
                continue
            local = at_place and party.level is Level.CENTRAL_AGENCY  # "Kementerian Agama Gresik"
            if not local and (not cell.where or cell.where in (party.country, WORLD)):
                return (party,)
        return ()

    def ending(self, cell: Cell) -> tuple[Party, ...]:
        """The regions whose name a longer one ends with: "Bappeda Gresik", "Setda Kota Batu"."""
        words = cell.name.split()
        for at in range(1, len(words)):
            found = self._all(" ".join(words[at:]), None, HOME)
            if regions := [party for party in found if party.level in REGION_LEVELS]:
                return tuple(regions[:_CANDIDATES])
        return ()

    def _beginning(self, cell: Cell) -> tuple[Party, ...]:
        """The region with which a longer text begins: "Pemkab Gresik melalui Dinas Pertanian"."""
        words = cell.name.split()
        if (cell.certain and cell.abroad) or not any(way.kinds for way in readings(cell.name)):
            return ()
        for size in range(len(words) - 1, 1, -1):
            found = self._gazetteer.known(" ".join(words[:size]), cell.level, HOME).party
            if found is not None and found.level in REGION_LEVELS:
                return (found,)
        return ()

    def mentioned(self, cell: Cell) -> str:
        """A foreign country whose name stands in the name: "Kedutaan Besar Jepang"."""
        words = fold(cell.name).split()
        for size in range(_LONGEST_COUNTRY, 0, -1):
            for at in range(len(words) - size + 1):
                text = " ".join(words[at : at + size])
                plain = len(text) > _CODE_LENGTH or text in EVERYDAY
                found = self.country(text) if plain else ""
                if found not in ("", HOME):
                    return found
        return ""

    def country(self, text: str) -> str:
        """The id of the country that a text names; empty where it names none."""
        found = self._countries.plain(text)
        return "" if found is None else found.id


def _by_code(party: Party, cell: Cell) -> bool:
    """Whether a country was found by a code that may be any acronym."""
    short = len(fold(cell.name)) <= _CODE_LENGTH
    return party.level is Level.COUNTRY and short and party.id != cell.where
