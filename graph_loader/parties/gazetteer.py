"""A spelling to one party, or a problem with candidates; never a guess."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from graph_loader.model import REGION_LEVELS, Level, Party
from graph_loader.parties.cells import qualified
from graph_loader.parties.names import Names, fits, fitting
from graph_loader.parties.nearness import Nearness
from graph_loader.parties.spelling import normal, readings
from graph_loader.text import fold

_CANDIDATES = 3  # because more proposals are no help
_MOST_ANSWERS = 200_000  # because a register of 100,000 rows has fewer spellings

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
        self._ids: dict[str, Party] = {}
        self._names = Names()
        self._near = Nearness()
        self._near_names: dict[str, set[str]] = {}
        self._not_indexed: list[tuple[str, str]] = []
        self._asked: set[str] = set()
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
        before = self._ids.get(party.id)
        if before == party:
            return
        if before is not None:
            self._names.leave(before)
        self._ids[party.id] = party
        keys, similar = self._names.enter(party)
        self._not_indexed += ((name, party.id) for name in similar)
        self.size += 1
        self._open.clear()
        if before is not None or not keys.isdisjoint(self._asked):
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
        for found in self._names.bearers(spelling, level, country):
            fit = _ordered(fitting(found, level, country))
            if len(fit) == 1:
                return Found(fit[0])
            if fit:
                return Found(None, fit, exact=True)
        return self._named_twice(spelling, level, country)

    def _named_twice(self, spelling: str, level: Level | None, country: str) -> Found:
        """The party whose other name follows in brackets: "Republik Rakyat Tiongkok (RRT)"."""
        first, inside = qualified(spelling)
        found = self.known(first, level, country) if first else _NOTHING
        if found.party is not None and self.known(inside, level, country).party == found.party:
            return found
        return _NOTHING

    def plain(self, spelling: str) -> Party | None:
        """The one party that bears the name as it stands: no kinds, no provinces, no memory."""
        found = self._names.plain(spelling)
        return found[0] if len(found) == 1 else None

    def remember(self) -> None:
        """Let `edition` change when a party comes with a name that was asked for until now."""
        self._asked |= self._names.trail
        self._names.trail.clear()

    def forget(self) -> None:
        """Let nothing depend on what was asked for until now."""
        self._names.trail.clear()

    def near(self, spelling: str, level: Level | None = None, country: str = "") -> list[Party]:
        """At most three parties with a similar name, nearest first, then by name and id."""
        self._index_near()
        found: dict[str, tuple[int, Party]] = {}
        for slips, party in self._similar(spelling):
            if party.id not in found or found[party.id][0] > slips:
                found[party.id] = (slips, party)
        fit = [pair for pair in found.values() if fits(pair[1], level, country)]
        fit.sort(key=lambda pair: (pair[0], pair[1].sort_key, pair[1].id))
        return [party for _, party in fit[:_CANDIDATES]]

    def of_regions_alone(self, spelling: str) -> bool:
        """Whether each word is one of some region's name: "Kalimantan", "Lombok"."""
        return self._names.region_words.issuperset(fold(spelling).split())

    def _index_near(self) -> None:
        """Only when a similar name is first asked for, because most files need none."""
        for name, id in self._not_indexed:
            self._near.add(name)
            self._near_names.setdefault(name, set()).add(id)
        self._not_indexed.clear()

    def _similar(self, spelling: str) -> Iterator[tuple[int, Party]]:
        """Parties of this name or a similar one, with the number of slips."""
        yield from ((0, party) for party in self._names.namesakes(spelling))
        ways = [way for way in readings(spelling) if way.kinds]
        names = [normal(fold(spelling)), *(" ".join(way.words) for way in readings(spelling))]
        for name in dict.fromkeys(names):
            for slips, other in self._near.search(name, self._names.region_words):
                near = [self._ids[id] for id in self._near_names[other]]
                if self._names.tells_apart(name, other):
                    near = [party for party in near if party.level in REGION_LEVELS]
                said = [p for p in near if any(self._names.says(way, p) for way in ways)]
                yield from ((slips, party) for party in said or near)


def _ordered(parties: Iterable[Party]) -> list[Party]:
    return sorted(parties, key=lambda party: (party.sort_key, party.id))


def _keep(answers: dict[_Question, Found], question: _Question, found: Found) -> None:
    if len(answers) >= _MOST_ANSWERS:
        answers.clear()
    answers[question] = found
