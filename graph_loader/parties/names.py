"""The book of names: every way to read a spelling, and those that bear the name so read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from graph_loader.model import REGION_LEVELS, Level, Party
from graph_loader.parties.kinds import kind_of, means
from graph_loader.parties.regions import Provinces, codes, possible_codes
from graph_loader.parties.spelling import Reading, normal, readings, spaceless
from graph_loader.text import fold

MAYBE = "@maybe "  # because no folded name begins with a sign
_SHORTEST_BARE = 4  # because "OKI" is also a league of states, and "Kab. OKI" only a regency
_LONGEST_ACRONYM = 6  # because "Jateng" and "Kalbar" are no longer
_GOVERNMENTS = REGION_LEVELS | {Level.FOREIGN_LOCAL}
_ENGLISH_UNIVERSITY = ("university of ", " university", "universitas ")

_Table = dict[str, dict[str, Party]]


class Names:
    """The names of all known parties, each under every key that a spelling may lead to.

    `trail` gathers the keys that were asked for; whoever remembers an answer empties it.
    """

    def __init__(self) -> None:
        self.trail: set[str] = set()
        self.region_words: set[str] = set()
        self._named: _Table = {}
        self._governments: _Table = {}
        self._kinds: dict[str, frozenset[str]] = {}
        self._provinces = Provinces()
        self._first_words: _Table = {}

    def enter(self, party: Party) -> tuple[set[str], list[str]]:
        """Put a party under every key; the keys, and the names that another may be similar to."""
        keys, similar = set(_plain_keys(party)), []
        for key in keys:
            self._named.setdefault(key, {})[party.id] = party
            if not _is_acronym(key, party):
                similar.append(key)
            if party.level is Level.COUNTRY and " " in key:
                self._first_words.setdefault(key.split(" ")[0], {})[party.id] = party
        if party.level in _GOVERNMENTS:
            self._kinds[party.id] = _kinds(party)
            for reading in self._governments_of(party):
                key = spaceless(bare := " ".join(reading.words))
                self._governments.setdefault(key, {})[party.id] = party
                keys.add(key)
                if not _is_acronym(bare, party):
                    similar.append(bare)
                if party.level in REGION_LEVELS:
                    self.region_words.update(reading.words)
                    self._provinces.add(party, reading.words)
        return keys, similar

    def leave(self, party: Party) -> None:
        """Take a party from under every key, because its names have changed."""
        for key in _plain_keys(party):
            self._named[key].pop(party.id, None)
        for reading in self._governments_of(party):
            self._governments[spaceless(" ".join(reading.words))].pop(party.id, None)

    def _governments_of(self, party: Party) -> Iterator[Reading]:
        if party.level in _GOVERNMENTS:
            for name in (party.name_id, party.name_en, *party.aliases):
                yield from (way for way in readings(name) if self.says(way, party))

    def _at(self, table: dict[str, dict[str, Party]], key: str) -> list[Party]:
        self.trail.add(key)
        return list(table.get(key, {}).values())

    def plain(self, spelling: str) -> list[Party]:
        """Those that bear the name as it stands, whatever its words may tell."""
        folded = fold(spelling)
        named = self._named.get(folded, {}).values()
        found = [party for party in named if folded not in _codes_of(party)]
        return found or [*named] or [*self._named.get(normal(folded), {}).values()]

    def bearers(
        self, spelling: str, level: Level | None, country: str
    ) -> Iterator[Sequence[Party]]:
        """Those that bear the name, for one way to read it after another, the surest first."""
        folded = fold(spelling)
        full = normal(folded)
        named = self._at(self._named, folded)
        ways = readings(spelling)
        keys = {spaceless(full), *(() if ways[0].before else ways[0].keys)}
        bare = [p for key in keys for p in self._at(self._governments, key)]
        regions = [p for p in bare if p.level in REGION_LEVELS and self.says(ways[0], p)]
        regions = regions if len(full) >= _SHORTEST_BARE else []
        yield _unique([*(p for p in named if folded not in _codes_of(p)), *regions])
        yield named
        yield self._at(self._named, full)
        yield self._at(self._named, _university(full))
        yield from map(self._of_kind, ways)
        yield from map(self._within, ways)
        yield bare if len(fitting(bare, level, country)) > 1 else ()

    def _of_kind(self, way: Reading) -> list[Party]:
        """Governments of that name, of a kind that the words tell; of any, if "Pemda" does not."""
        if not way.before and not way.after:
            return []
        found = [p for key in way.keys for p in self._at(self._governments, key)]
        named = self._at(self._named, " ".join(way.words))
        return _unique(
            p for p in found
            if self.says(way, p) and (way.kinds or p.level in REGION_LEVELS or p in named)
        )  # fmt: skip

    def says(self, way: Reading, party: Party) -> bool:
        """Whether the kind words of a reading may be said of a party."""
        kinds = self._kinds.get(party.id, frozenset())
        return all(kinds & means(word, party.country) for word in way.kinds)

    def _within(self, way: Reading) -> list[Party]:
        """Regions whose province is stated behind the name: "Kab. Gresik, Jawa Timur"."""
        for province, party in self.before_province(way):
            found = [
                other
                for stated, other in self.before_province(way)
                if stated == province and (not stated or stated in (other.id, other.part_of))
            ]
            if party in found:
                return _unique(found)
        return []

    def before_province(self, way: Reading) -> Iterator[tuple[str, Party]]:
        """Each province stated at the end, with each region that the words before it name."""
        for size, province in self._provinces.at_end(way.words):
            for inner in readings(" ".join(way.words[:-size])):
                for key in inner.keys:
                    for party in self._at(self._governments, key):
                        home = party.level in REGION_LEVELS
                        if home and self.says(way, party) and self.says(inner, party):
                            yield province, party

    def tells_apart(self, name: str, other: str) -> bool:
        """Whether they differ in a region's name: a university of Padang is not one of Malang."""
        words = set(name.split()) - set(other.split())
        return not words.isdisjoint(self.region_words)

    def of_regions_alone(self, spelling: str) -> bool:
        """Whether each word is one of some region's name: "Kalimantan", "Lombok"."""
        return self.region_words.issuperset(fold(spelling).split())

    def namesakes(self, spelling: str) -> Iterator[Party]:
        """Those of this name, but of another kind, province or code; "Korea" is two countries."""
        folded, ways = fold(spelling), readings(spelling)
        yield from self._named.get(f"{MAYBE}{folded}", {}).values()
        yield from self._first_words.get(folded, {}).values()
        for bare in dict.fromkeys([spaceless(normal(folded)), *(way.keys[0] for way in ways)]):
            yield from self._governments.get(bare, {}).values()
        for way in ways:
            yield from (party for _, party in self.before_province(way))


def _plain_keys(party: Party) -> Iterator[str]:
    for name in (party.id, party.name_id, party.name_en, *party.aliases):
        folded = fold(name)
        full = normal(folded)
        yield from {folded, full}
        if party.level is Level.THIRD_PARTY and (key := _university(full)):
            yield key
    if party.level in REGION_LEVELS:
        yield from codes(party.id)
        yield from (f"{MAYBE}{code}" for code in possible_codes(party.id))


def _is_acronym(name: str, party: Party) -> bool:
    """Whether a word only abbreviates a region: Sumba is no slip of "Sumbar"."""
    own = fold(f"{party.name_id} {party.name_en}").split()
    return party.level in REGION_LEVELS and len(name) <= _LONGEST_ACRONYM and name not in own


def _kinds(party: Party) -> frozenset[str]:
    """The kinds that a government is; where none is stored, those that its names tell."""
    if kind := kind_of(party):
        return frozenset({kind})
    told = (word for way in readings(party.name_id) for word in way.kinds)
    return frozenset().union(*(means(word, party.country) for word in told))


def _university(name: str) -> str:
    """One key for "Universitas X", "X University" and "University of X" at home.

    Only at home: abroad "Washington University" and the "University of Washington" are two.
    """
    for phrase in _ENGLISH_UNIVERSITY:
        if name.startswith(phrase) or (phrase[0] == " " and name.endswith(phrase)):
            return f"@university {name.replace(phrase, '', 1)}"
    return ""


def _codes_of(party: Party) -> tuple[str, ...]:
    """What ISO calls a country: a code yields to a name, so that "AS" is not American Samoa."""
    return (party.id, *map(fold, party.aliases[-1:])) if party.level is Level.COUNTRY else ()


def fits(party: Party, level: Level | None, country: str) -> bool:
    """Whether a party is of that level and may lie in that country, where they are given."""
    return (level is None or party.level is level) and (
        not country or not party.country or party.country == country
    )


def fitting(parties: Iterable[Party], level: Level | None, country: str) -> list[Party]:
    """Those of that level that may lie in that country, where they are given."""
    return [party for party in parties if fits(party, level, country)]


def _unique(parties: Iterable[Party]) -> list[Party]:
    return list({party.id: party for party in parties}.values())
