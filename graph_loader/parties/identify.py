"""Which party a cell means: a known one, a new one that its words tell, or a doubt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from graph_loader.model import FOREIGN_LEVELS, REGION_LEVELS, Level, Party, make_party
from graph_loader.parties.cells import HOME, LONGEST, Cell, either
from graph_loader.parties.gazetteer import Gazetteer
from graph_loader.parties.newcomer import ASSUMED, UNKNOWN, Sort, make, sort_of
from graph_loader.parties.seek import Seeker
from graph_loader.parties.spelling import governed_state
from graph_loader.text import fold, slug

Expects = Literal["party", "region", "partner"]

SLIP = "party-misspelt"
_ASKED = ("?", "?)")  # because a clerk who doubts her own entry must not be taken at her word
_BARE = frozenset(
    {
        "bagian",
        "dinas",
        "badan",
        "biro",
        "kantor",
        "sekretariat",
        "universitas",
        "pt",
        "cv",
        "kementerian",
        "bagian kerja sama",
        "institut",
        "politeknik",
        "bank",
        "yayasan",
        "koperasi",
        "university",
        "tkksd",
    }
)  # because such a word names no body without a name of its own; a signature block is full of them
_MOST_ANSWERS = 200_000  # because a register of 100,000 rows has fewer spellings

_Question = tuple[str, str, Level | None, str]


@dataclass(frozen=True, slots=True)
class Identity:
    """Which party a cell means, and what is doubtful about it.

    `new`: the store does not hold the party yet. Doubts without a party: party-ambiguous,
    party-misspelt, party-unknown, party-elsewhere, party-unusable, country-missing. Doubts about
    a new party that is taken all the same: party-similar, party-level-assumed.
    """

    party: Party | None
    new: bool = False
    doubt: str = ""
    candidates: tuple[Party, ...] = ()


class Identifier:
    """Says of each cell of a file which party it means; used for one file.

    A new party is added to `gazetteer`, so that its next spelling finds it; every answer that
    leads to it repeats that it is new, with the doubt it was taken with.

    Example:
        >>> from graph_loader.model import make_party
        >>> japan = make_party("jp", "Jepang", "Japan", "country", "jp")
        >>> known = Identifier(Gazetteer([japan]), Gazetteer([japan]))
        >>> known.identify("Pemerintah Prefektur Nagano (Jepang)").party.id
        'nagano-prefecture-jp'
        >>> known.identify("Nagano-ken", expects="partner", country="jp").party.name_id
        'Prefektur Nagano'
        >>> known.identify("Kabupaten Antah Berantah").doubt
        'party-unknown'
    """

    def __init__(self, gazetteer: Gazetteer, countries: Gazetteer) -> None:
        self._gazetteer, self._countries = gazetteer, countries
        self._seeker = Seeker(gazetteer, countries)
        self._made: dict[str, Identity] = {}
        self._settled: dict[_Question, Identity] = {}
        self._open: dict[_Question, Identity] = {}
        self._edition, self._size = gazetteer.edition, gazetteer.size

    def identify(
        self,
        text: str,
        *,
        expects: Expects = "party",
        level: Level | None = None,
        country: str = "",
    ) -> Identity:
        """The party that one cell means; a wrong one is worse than a doubt.

        `country` is where the row says that its partner lies ("int": a world body). A region of
        Indonesia does not heed it, unless a partner is expected.

        Cost: a look-up when repeated, even after new parties came.
        """
        question = (text, expects, level, country)
        if self._edition != self._gazetteer.edition:
            self._edition = self._gazetteer.edition
            self._settled.clear()
        if (known := self._settled.get(question)) is not None:
            return known
        if self._size != self._gazetteer.size:
            self._size = self._gazetteer.size
            self._open.clear()
        return self._open.get(question) or self._answer(question)

    def _answer(self, question: _Question) -> Identity:
        text, expects, level, country = question
        self._gazetteer.forget()
        cell = Cell.read(text, expects, level, country, self._seeker.country)
        identity = self._named(cell)
        if identity is not None:
            self._gazetteer.remember()
            return _keep(self._settled, question, identity)
        self._gazetteer.forget()
        return _keep(self._open, question, self._unnamed(cell))

    def _named(self, cell: Cell) -> Identity | None:
        """What the name itself decides: one known party, several, or one of another country."""
        if not slug(cell.name):
            return Identity(None, doubt="party-unusable")
        if len(cell.name) > LONGEST:
            return Identity(None, doubt=UNKNOWN)
        found = self._seeker.bearers(cell) or self._government_of(cell)
        if len(found) == 1 and not cell.clash:
            if cell.whole.endswith(_ASKED):
                return Identity(None, doubt=SLIP, candidates=tuple(found))
            return self._known(found[0], cell)
        if found and not cell.clash:
            return Identity(None, doubt="party-ambiguous", candidates=tuple(found))
        elsewhere = self._seeker.elsewhere(cell)
        if cell.clash or (elsewhere and not self._seeker.is_namesake(cell, elsewhere)):
            return Identity(None, doubt="party-elsewhere", candidates=tuple(elsewhere))
        return Identity(None, doubt=UNKNOWN) if either(cell.name) else None

    def _known(self, party: Party, cell: Cell) -> Identity:
        """A known party; new, with its doubt, if it is one of this file's newcomers."""
        made = self._made.get(party.id, Identity(party))
        stated = made.doubt == ASSUMED and cell.level is not None
        return replace(made, doubt="") if stated else made

    def _unnamed(self, cell: Cell) -> Identity:
        """A new party, where its words tell what it is; else a doubt with similar names."""
        if fold(cell.name) in _BARE:
            return Identity(None, doubt="party-unknown")
        sort, near = sort_of(cell, self._seeker.mentioned), self._seeker.near(cell)
        begun = self._seeker.begun(cell) or tuple(self._seeker.elsewhere(cell))
        if cell.expects == "region" and sort.kind == "agency":
            begun = self._seeker.ending(cell)
        if sort.level is None or not sort.told:
            near = near or begun
        if sort.level is None:
            slip = near and sort.doubt == UNKNOWN
            return Identity(None, doubt=SLIP if slip else sort.doubt, candidates=near)
        if sort.level is Level.FOREIGN_LOCAL and (bearers := self._seeker.qualified(cell)):
            return Identity(None, doubt=SLIP, candidates=bearers)
        if not sort.told and not cell.abroad and self._gazetteer.of_regions_alone(cell.name):
            return Identity(None, doubt=SLIP if near else UNKNOWN, candidates=near)
        if cell.post and not sort.told:
            return Identity(None, doubt=SLIP if near else UNKNOWN, candidates=near)
        regions = tuple(party for party in near if party.level in REGION_LEVELS)
        slips = near if not sort.told else regions if sort.way and not cell.certain else ()
        if slips:
            return Identity(None, doubt=SLIP, candidates=slips)
        return self._new(cell, sort, sort.level, near, begun)

    def _new(
        self, cell: Cell, sort: Sort, level: Level, near: Sequence[Party], begun: Sequence[Party]
    ) -> Identity:
        party = make(cell, sort, level)
        if (known := self._gazetteer.get(party.id)) is not None and known.level is level:
            return self._known(known, cell)
        if known is not None:
            party = replace(party, id=f"{party.id}-{level.value.replace('_', '-')}")
        similar = tuple(other for other in near if _alike(other, party))
        similar = tuple(dict.fromkeys((*self._seeker.namesakes(cell), *begun, *similar)))
        doubt = "party-similar" if similar else sort.doubt
        identity = Identity(party, True, doubt, similar)
        self._gazetteer.add(party)
        self._made[party.id] = identity
        return identity

    def _government_of(self, cell: Cell) -> list[Party]:
        """The government of a foreign state: "Pemerintah Jepang"; new where it is not known."""
        if cell.level not in (None, Level.FOREIGN_INSTITUTION):
            return []
        state = self._countries.get(self._seeker.country(governed_state(cell.name)))
        if state is None or state.id == HOME:
            return []
        name_en = f"Government of {_article(state.name_en)}{state.name_en}"
        id = f"{slug(name_en)}-{state.id}"
        if (known := self._gazetteer.get(id)) is None:
            known = make_party(
                id, f"Pemerintah {state.name_id}", name_en, Level.FOREIGN_INSTITUTION,
                state.id, state.id, "agency",
            )  # fmt: skip
            self._gazetteer.add(known)
            self._made[id] = Identity(known, True)
        return [known]


def _article(name_en: str) -> str:
    """ "the" before an English name that has one: the Netherlands, the United States."""
    plural = name_en in {"Netherlands", "Philippines", "Maldives", "Bahamas", "Comoros"}
    islands = name_en.startswith("United ") or name_en.endswith(" Islands")
    return "the " if plural or islands else ""


def _alike(other: Party, party: Party) -> bool:
    """Whether a similar name may be the same party: both foreign or both not, of one kind."""
    same = (other.level in FOREIGN_LEVELS) == (party.level in FOREIGN_LEVELS)
    kinds = not other.kind or not party.kind or other.kind == party.kind
    return same and kinds and other.level not in REGION_LEVELS


def _keep(answers: dict[_Question, Identity], question: _Question, found: Identity) -> Identity:
    if len(answers) >= _MOST_ANSWERS:
        answers.clear()
    answers[question] = found
    return found
