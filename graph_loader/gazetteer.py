"""A spelling to one party, or a problem with candidates; never a guess."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from graph_loader.kinds import kind_of, means
from graph_loader.model import REGION_LEVELS, Level, Party
from graph_loader.nearness import Nearness
from graph_loader.regions import Provinces, codes, possible_codes
from graph_loader.spelling import Reading, normal, readings, spaceless
from graph_loader.text import fold

_CANDIDATES = 3  # because more proposals are no help
_MOST_ANSWERS = 200_000  # because a register of 100,000 rows has fewer spellings
_SHORTEST_BARE = 4  # because "OKI" is also a league of states, and "Kab. OKI" only a regency
_GOVERNMENTS = REGION_LEVELS | {Level.FOREIGN_LOCAL}
_ENGLISH_UNIVERSITY = ("university of ", " university", "universitas ")

_MAYBE = "@maybe "  # because no folded name begins with a sign

_Question = tuple[str, Level | None, str]


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

    @property
    def settled(self) -> bool:
        """Whether the name itself decided, so that only a party of the same name changes it."""
        return self.party is not None or self.exact


_NOTHING = Found(None, [])


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
        self._named: dict[str, dict[str, Party]] = {}
        self._governments: dict[str, dict[str, Party]] = {}
        self._ids: dict[str, Party] = {}
        self._kinds: dict[str, frozenset[str]] = {}
        self._provinces = Provinces()
        self._near = Nearness()
        self._near_names: dict[str, dict[str, Party]] = {}
        self._not_indexed: list[tuple[str, Party]] = []
        self._region_words: set[str] = set()
        self._first_words: dict[str, dict[str, Party]] = {}
        self._asked: set[str] = set()
        self._trail: set[str] = set()
        self._settled: dict[_Question, Found] = {}
        self._open: dict[_Question, Found] = {}
        self.edition = 0
        """Changes when a party came whose names were already asked for; see `remember`."""
        self.size = 0
        """Changes with every new party."""
        for party in parties:
            self.add(party)

    def add(self, party: Party) -> None:
        """Make a party known by its id, names and aliases; every later answer knows of it."""
        if self._ids.get(party.id) == party:
            return
        self._ids[party.id] = party
        touched = set(self._enter(party))
        self.size += 1
        self._open.clear()
        if not touched.isdisjoint(self._asked):
            self.edition += 1
            self._asked.clear()
            self._settled.clear()

    def get(self, id: str) -> Party | None:
        """The party with that id."""
        return self._ids.get(id)

    def find(self, spelling: str, level: Level | None = None, country: str = "") -> Found:
        """The one party of that level and country (where given) that the spelling means.

        Returns: the party; or all that bear the name (ambiguous); or up to three similar ones,
            nearest first, then by name and id.
        """
        question = (spelling, level, country)
        found = self._settled.get(question) or self._open.get(question)
        if found is None:
            found = self.known(spelling, level, country)
            if found.settled:
                self.remember()
                _keep(self._settled, question, found)
            else:
                self.forget()
                found = Found(None, self.near(spelling, level, country))
                _keep(self._open, question, found)
        return found

    def known(self, spelling: str, level: Level | None = None, country: str = "") -> Found:
        """As `find`, but without similar names."""
        for found in self._readings(spelling, level, country):
            fit = _ordered(_fitting(found, level, country))
            if len(fit) == 1:
                return Found(fit[0])
            if fit:
                return Found(None, fit, exact=True)
        return _NOTHING

    def remember(self) -> None:
        """Let `edition` change when a party comes with a name that was asked for until now."""
        self._asked |= self._trail
        self._trail.clear()

    def forget(self) -> None:
        """Let nothing depend on what was asked for until now."""
        self._trail.clear()

    def near(self, spelling: str, level: Level | None = None, country: str = "") -> list[Party]:
        """At most three parties with a similar name, nearest first, then by name and id."""
        self._index_near()
        found: dict[str, tuple[int, Party]] = {}
        for slips, party in self._similar(spelling):
            if party.id not in found or found[party.id][0] > slips:
                found[party.id] = (slips, party)
        fit = [pair for pair in found.values() if _fits(pair[1], level, country)]
        fit.sort(key=lambda pair: (pair[0], pair[1].sort_key, pair[1].id))
        return [party for _, party in fit[:_CANDIDATES]]

    def _enter(self, party: Party) -> Iterator[str]:
        """Put a party under every key; the keys."""
        names = (party.name_id, party.name_en, *party.aliases)
        for name in (party.id, *names):
            for key in _plain_keys(name, party):
                self._named.setdefault(key, {})[party.id] = party
                self._not_indexed.append((key, party))
                if party.level is Level.COUNTRY and " " in key:
                    self._first_words.setdefault(key.split(" ")[0], {})[party.id] = party
                yield key
        if party.level in _GOVERNMENTS:
            self._kinds[party.id] = _kinds(party)
            for name in names:
                yield from self._enter_government(party, name)

    def _enter_government(self, party: Party, name: str) -> Iterator[str]:
        for reading in readings(name):
            if self._says(reading, party):
                bare = " ".join(reading.words)
                key = spaceless(bare)
                self._governments.setdefault(key, {})[party.id] = party
                self._not_indexed.append((bare, party))
                if party.level in REGION_LEVELS:
                    self._region_words.update(reading.words)
                    self._provinces.add(party, key)
                yield key

    def _at(self, table: dict[str, dict[str, Party]], key: str) -> list[Party]:
        self._trail.add(key)
        return list(table.get(key, {}).values())

    def _readings(
        self, spelling: str, level: Level | None, country: str
    ) -> Iterator[Sequence[Party]]:
        """Those that bear the name, for one way to read it after another."""
        folded = fold(spelling)
        full = normal(folded)
        named = self._at(self._named, folded)
        ways = readings(spelling)
        keys = {spaceless(full), *(() if ways[0].before else ways[0].keys)}
        bare = [p for key in keys for p in self._at(self._governments, key)]
        regions = [p for p in bare if p.level in REGION_LEVELS and self._says(ways[0], p)]
        regions = regions if len(full) >= _SHORTEST_BARE else []
        yield _unique([*(p for p in named if folded not in _codes_of(p)), *regions])
        yield named
        yield self._at(self._named, full)
        yield self._at(self._named, _university(full))
        yield from map(self._of_kind, ways)
        yield from map(self._within, ways)
        yield bare if len(_fitting(bare, level, country)) > 1 else ()

    def _of_kind(self, way: Reading) -> list[Party]:
        """Governments of that name, of a kind that the words tell; of any, if "Pemda" does not."""
        if not way.before and not way.after:
            return []
        found = [p for key in way.keys for p in self._at(self._governments, key)]
        named = self._at(self._named, " ".join(way.words))
        return _unique(
            p for p in found
            if self._says(way, p) and (way.kinds or p.level in REGION_LEVELS or p in named)
        )  # fmt: skip

    def _says(self, way: Reading, party: Party) -> bool:
        """Whether the kind words of a reading may be said of a party."""
        kinds = self._kinds.get(party.id, frozenset())
        return all(kinds & means(word, party.country) for word in way.kinds)

    def _within(self, way: Reading) -> list[Party]:
        """Regions whose province is stated behind the name: "Kab. Gresik, Jawa Timur"."""
        for province, party in self._before_province(way):
            found = [
                other
                for stated, other in self._before_province(way)
                if stated == province and (not stated or stated in (other.id, other.part_of))
            ]
            if party in found:
                return _unique(found)
        return []

    def _before_province(self, way: Reading) -> Iterator[tuple[str, Party]]:
        """Each province stated at the end, with each region that the words before it name."""
        for size, province in self._provinces.at_end(way.words):
            for inner in readings(" ".join(way.words[:-size])):
                for key in inner.keys:
                    for party in self._at(self._governments, key):
                        home = party.level in REGION_LEVELS
                        if home and self._says(way, party) and self._says(inner, party):
                            yield province, party

    def _index_near(self) -> None:
        for name, party in self._not_indexed:
            self._near.add(name)
            self._near_names.setdefault(name, {})[party.id] = party
        self._not_indexed.clear()

    def _tells_apart(self, name: str, other: str) -> bool:
        """Whether they differ in a region's name: a university of Padang is not one of Malang."""
        words = set(name.split()) - set(other.split())
        return not words.isdisjoint(self._region_words)

    def of_regions_alone(self, spelling: str) -> bool:
        """Whether each word is one of some region's name: "Kalimantan", "Lombok"."""
        return self._region_words.issuperset(fold(spelling).split())

    def _similar(self, spelling: str) -> Iterator[tuple[int, Party]]:
        """Parties with a similar name, or with this name and another kind, province or code."""
        ways = readings(spelling)
        folded = fold(spelling)
        yield from ((0, p) for p in self._named.get(f"{_MAYBE}{folded}", {}).values())
        halves = self._first_words.get(folded, {})  # "Korea" is two countries
        yield from ((0, party) for party in halves.values())
        for bare in dict.fromkeys([spaceless(normal(folded)), *(w.keys[0] for w in ways)]):
            yield from ((0, party) for party in self._governments.get(bare, {}).values())
        for way in ways:
            yield from ((0, party) for _, party in self._before_province(way))
        for name in dict.fromkeys([normal(folded), *(" ".join(way.words) for way in ways)]):
            for slips, other in self._near.search(name, self._region_words):
                near = self._near_names[other].values()
                if self._tells_apart(name, other):
                    near = [party for party in near if party.level in REGION_LEVELS]
                said = [p for p in near if any(way.kinds and self._says(way, p) for way in ways)]
                yield from ((slips, party) for party in said or near)


def _plain_keys(name: str, party: Party) -> Iterator[str]:
    folded = fold(name)
    full = normal(folded)
    yield from {folded, full}
    if party.level is Level.THIRD_PARTY and (key := _university(full)):
        yield key
    if name == party.id and party.level in REGION_LEVELS:
        yield from codes(name)
        yield from (f"{_MAYBE}{code}" for code in possible_codes(name))


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


def _fits(party: Party, level: Level | None, country: str) -> bool:
    return (level is None or party.level is level) and (
        not country or not party.country or party.country == country
    )


def _fitting(parties: Iterable[Party], level: Level | None, country: str) -> list[Party]:
    return [party for party in parties if _fits(party, level, country)]


def _unique(parties: Iterable[Party]) -> list[Party]:
    return list({party.id: party for party in parties}.values())


def _ordered(parties: Iterable[Party]) -> list[Party]:
    return sorted(parties, key=lambda party: (party.sort_key, party.id))


def _keep(answers: dict[_Question, Found], question: _Question, found: Found) -> None:
    if len(answers) >= _MOST_ANSWERS:
        answers.clear()
    answers[question] = found
