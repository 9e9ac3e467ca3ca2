"""The parties that a row names: cells to names, names to parties, doubts to problems."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from graph_loader.model import REGION_LEVELS, Level, Party, Signatory
from graph_loader.parties.gazetteer import Gazetteer
from graph_loader.parties.identify import Identifier, Identity
from graph_loader.parties.mentions import region_named
from graph_loader.reading.clean import says_nothing
from graph_loader.reading.columns import Column
from graph_loader.reading.lines import Line
from graph_loader.reading.notes import Notes
from graph_loader.text import fold

INTERNATIONAL = "int"
_INTERNATIONAL_WORDS = frozenset({"international", "internasional", "multilateral", "int"})
_NOBODY = frozenset({"party-unknown", "party-level-assumed", "party-unusable"})
_NEEDS_COUNTRY = _NOBODY | {"country-missing"}
_SPLIT = re.compile(r"\s*(?:;|\||(?:(?<=\s)|^)\(?\d{1,2}[.)]\s+(?=\S))\s*")
_AND_OTHERS = re.compile(r"\b(?:dkk|dll|et al|and others)\.?\s*\Z", re.IGNORECASE)
_MAYBE = re.compile(
    r"\s*(?:\+|,\s*(?:dan|and)\s|,|\s(?:dan|and|dengan|with|x|×)\s|\s[-–—&]\s|/)\s*", re.IGNORECASE
)
_ROLE_ALONE = re.compile(
    r"\W*(?:pihak|party)(?: ke)?\W*(?:\d{1,2}|[ivx]{1,4}|pertama|kesatu|kedua|ketiga|keempat|first"
    r"|second|third)\W*",
    re.IGNORECASE,
)
# What no party is called by itself: in a narrow cell its name is on the next line.
_UNFINISHED = frozenset(
    {"kabupaten", "kab", "kota", "provinsi", "prov", "pemerintah", "pemkab", "pemkot", "pemprov",
     "pemerintah kabupaten", "pemerintah kota", "pemerintah provinsi", "pemerintah daerah",
     "universitas", "institut", "politeknik", "pt", "cv", "dinas", "badan", "kementerian",
     "yayasan", "rsud", "bank", "prefektur", "negara bagian", "distrik", "university of",
     "city of"}
)  # fmt: skip
_LEVELS = {
    "provinsi": Level.PROVINCE, "province": Level.PROVINCE, "kabupaten": Level.KABUPATEN,
    "kab": Level.KABUPATEN, "regency": Level.KABUPATEN, "kota": Level.KOTA, "city": Level.KOTA,
    "pemerintah daerah asing": Level.FOREIGN_LOCAL, "foreign local": Level.FOREIGN_LOCAL,
    "foreign local government": Level.FOREIGN_LOCAL,
    "pemerintah daerah di luar negeri": Level.FOREIGN_LOCAL,
    "lembaga asing": Level.FOREIGN_INSTITUTION, "lembaga luar negeri": Level.FOREIGN_INSTITUTION,
    "foreign institution": Level.FOREIGN_INSTITUTION, "pihak ketiga": Level.THIRD_PARTY,
    "third party": Level.THIRD_PARTY, "swasta": Level.THIRD_PARTY,
    "perguruan tinggi": Level.THIRD_PARTY, "bumd": Level.THIRD_PARTY, "bumn": Level.THIRD_PARTY,
    "instansi pusat": Level.CENTRAL_AGENCY, "pemerintah pusat": Level.CENTRAL_AGENCY,
    "central agency": Level.CENTRAL_AGENCY, "kementerian lembaga": Level.CENTRAL_AGENCY,
    "negara": Level.COUNTRY, "country": Level.COUNTRY,
}  # fmt: skip


@lru_cache(maxsize=65_536)
def split_parties(text: str) -> tuple[str, ...]:
    """The names in a cell that lists several parties, by semicolon, line or number.

    Example:
        >>> split_parties("1. Kab. Gresik 2. Kota Surabaya; PT Maju")
        ('Kab. Gresik', 'Kota Surabaya', 'PT Maju')
    """
    names = [name for part in _SPLIT.split(text) for name in _lines(part)]
    return tuple(name for name in names if name and not _ROLE_ALONE.fullmatch(name))


def _lines(text: str) -> Iterator[str]:
    """The names on the lines of a cell; one that a line breaks in two is put together."""
    begun = ""
    for line in text.split("\n"):
        name = f"{begun} {line.strip(' ,')}".strip()
        begun = name if fold(name) in _UNFINISHED else ""
        if not begun:
            yield name
    yield begun


@lru_cache(maxsize=65_536)
def _maybe_parties(name: str) -> tuple[str, ...]:
    """The names that one name may be made of ("Kab. Gresik dan Kota Batu"); empty for one."""
    parts = tuple(part for part in _MAYBE.split(name) if part)
    return parts if len(parts) > 1 else ()


class PartyReader:
    """Reads the party columns of a row."""

    def __init__(self, notes: Notes, identifier: Identifier, countries: Gazetteer) -> None:
        self._notes, self._identifier, self._countries = notes, identifier, countries
        self._kept: dict[tuple[object, ...], Sequence[tuple[str, Identity]]] = {}
        self._sure: dict[tuple[object, ...], Sequence[Signatory]] = {}
        self.stated: dict[str, Party] = {}
        """Every party that was found, by id."""

    def count(self, line: Line) -> int:
        """How many parties a row names."""
        return sum(len(self._cell(line, column, text)) for column, text in line.named())

    def is_nobody(self, line: Line, column: Column, text: str) -> bool:
        """Whether nothing in a cell is like any party."""
        return all(one.doubt in _NOBODY for _, one in self._cell(line, column, text))

    def region_in(self, text: str) -> str:
        """The one region that a line between the rows names; empty for none or several."""
        return region_named(self._identifier, text)

    def read(self, lines: Sequence[Line]) -> tuple[Signatory, ...] | None:
        """The parties of an agreement in the order of its rows; None where any is rejected."""
        if len(lines) == 1 and not self._notes.wanted and (certain := self._certain(lines[0])):
            return certain
        found: dict[str, Signatory] = {}
        twice: list[tuple[str, Line, Column]] = []
        whole = True
        for line in lines:
            named = self._line(line)
            whole = (bool(named) or self._empty(line)) and whole
            again = []
            before = len(found)
            for column, parties in named:
                whole = whole and None not in parties
                for party in filter(None, parties):
                    if party.id in found:
                        again.append((column, found[party.id]))
                    else:
                        found[party.id] = Signatory(party.id, line.text("role"))
                        self.stated[party.id] = party
            twice += self._repeats(line, again, len(found) - before, line is lines[0])
        if not whole:
            return None
        if len(found) < 2:
            self._too_few(lines[0], twice)
            return None
        for code, line, column in twice:
            self._notes.tell(code, line, column, row=str(lines[0].number))
        if not lines[0].view.fields.get("key"):
            self._without_region(lines[0], found)
        return tuple(found.values())

    def _without_region(self, line: Line, found: Mapping[str, Signatory]) -> None:
        """An agreement that no region signs is told, once, unless its column told it already."""
        column = line.view.parties[0]
        if not any(map(_is_region, found)) and column.field != "region":
            names = "; ".join(text for _, text in line.named())
            region = self.region_in(names)
            code = "region-none-near" if region else "region-none"
            self._notes.tell(code, line, column, candidates=region)

    def _certain(self, line: Line) -> tuple[Signatory, ...] | None:
        """The parties of a row whose every name was met before, beyond doubt: most rows."""
        if line.text("role"):
            return None
        beside = _beside(line)
        found: list[Signatory] = []
        for column, text in line.named():
            sure = self._sure.get((column.field, column.hint, text, beside))
            if sure is None:
                return None
            found += sure
        ids = {signatory.party for signatory in found}
        if not len(ids) == len(found) > 1 or not any(map(_is_region, ids)):
            return None
        return tuple(found)

    def _repeats(
        self, line: Line, again: Sequence[tuple[Column, Signatory]], new: int, first: bool
    ) -> Iterator[tuple[str, Line, Column]]:
        """A row that names a party again: one too many, unless it brings a new one beside it."""
        if first or not new:
            code = "party-twice" if first or len(again) == 1 else "row-twice"
            yield from ((code, line, column) for column, _ in again[:1])

    def _empty(self, line: Line) -> bool:
        self._notes.tell("party-empty", line, line.view.parties[-1], rejected=True)
        return False

    def _too_few(self, line: Line, twice: Sequence[tuple[str, Line, Column]]) -> None:
        if twice:
            self._notes.tell("party-same", *twice[0][1:], rejected=True)
            return
        named = {column for column, _ in line.named()}
        empty = [column for column in line.view.parties if column not in named]
        if not line.view.is_wide or not empty:
            self._notes.tell("too-few-parties", line, line.view.parties[0], rejected=True)
        elif line.above and empty[0].field == "region":
            self._notes.tell("party-blank-near", line, empty[0], rejected=True,
                             candidates=line.above)  # fmt: skip
        else:
            self._notes.tell("party-blank", line, empty[0], rejected=True)

    def _line(self, line: Line) -> list[tuple[Column, list[Party | None]]]:
        """The parties of each party column; a country that is not known is told once."""
        unknown = self._country_is_unknown(line)
        lost = False
        read = []
        for column, text in line.named():
            found = [(name, self._at_home(line, column, name, one))
                     for name, one in self._cell(line, column, text)]  # fmt: skip
            self._correct(line, column, found)
            parties: list[Party | None] = []
            for name, one in found:
                needed = unknown and one.doubt in _NEEDS_COUNTRY
                lost = lost or needed
                parties.append(None if needed else self._told(line, column, name, one))
            read.append((column, parties))
        if unknown:
            self._unknown_country(line, rejected=lost)
        else:
            self._remember(line)
        return read

    def _remember(self, line: Line) -> None:
        beside = _beside(line)
        for column, text in line.named():
            found = self._cell(line, column, text)
            if all(one.party is not None and not one.doubt for _, one in found):
                sure = [Signatory(one.party.id) for _, one in found if one.party]
                self._sure[column.field, column.hint, text, beside] = sure

    def _told(self, line: Line, column: Column, name: str, found: Identity) -> Party | None:
        """The party that was found; and what is doubtful about it is told."""
        if (found.party is None or found.new) and self._are_several(line, column, name):
            self._notes.tell("party-several", line, column, value=name, rejected=True)
            return None
        if column.field == "region" and found.party and found.party.level not in REGION_LEVELS:
            region = self.region_in(name)
            code = "region-body" if region else "region-none-here"
            self._notes.tell(code, line, column, value=name, candidates=region)
        elif found.doubt:
            candidates = "; ".join(f"{party.name_id} ({party.id})" for party in found.candidates)
            about_country = found.doubt == "country-missing" and "country" in line.view.fields
            where: Column | str = "country" if about_country else column
            self._notes.tell(
                found.doubt, line, where, value=name,
                rejected=found.party is None, candidates=candidates,
            )  # fmt: skip
        return found.party

    def _are_several(self, line: Line, column: Column, name: str) -> bool:
        """Whether a name that nobody bears holds a known one beside something else.

        A comma may stand before a larger place ("Houston, Texas") and a stroke before another name
        ("ATR/BPN"): there every part must be known.
        """
        if _AND_OTHERS.search(name):
            return True
        parts = _maybe_parties(name)
        known = [self._stands_alone(line, column, part) for part in parts]
        return len(known) > 1 and (all(known) if {",", "/"} & set(name) else any(known))

    def _stands_alone(self, line: Line, column: Column, part: str) -> bool:
        """Whether a part of a name is a known party, and not the place that another one lies in."""
        one = self._identify(line, column, part, "")
        if one.party is None or one.new or one.doubt:
            return False
        return one.party.level not in REGION_LEVELS or len(part.split()) > 1

    def _correct(self, line: Line, column: Column, found: Sequence[tuple[str, Identity]]) -> None:
        """The official names, where every party of the cell is certain and written otherwise."""
        if any(one.party is None or one.doubt for _, one in found):
            return
        names = [name if one.new else _official(name, one.party) for name, one in found]
        if names != [name for name, _ in found]:
            self._notes.correct(line, column.index, "; ".join(names))

    # ---- one cell ------------------------------------------------------------------------------

    def _cell(self, line: Line, column: Column, text: str) -> Sequence[tuple[str, Identity]]:
        """The names in a cell and whom each means; kept where every one of them is settled."""
        key = (column.field, column.hint, text, _beside(line))
        if (kept := self._kept.get(key)) is not None:
            return kept
        names = self._names(line, column, text)
        countries = self._country_ids(line.text("country"), len(names))
        found = [(name, self._identify(line, column, name, where))
                 for name, where in zip(names, countries, strict=True)]  # fmt: skip
        if all(one.party is not None for _, one in found):
            self._kept[key] = found
        return found

    def _names(self, line: Line, column: Column, text: str) -> Sequence[str]:
        names = split_parties(text)
        if "\n" in text and len(names) > 1:
            whole = " ".join(text.split())
            one = self._identify(line, column, whole, "")
            if one.party is not None and not one.new and not one.doubt:
                return (whole,)
        if len(names) != 1 or not (parts := _maybe_parties(names[0])):
            return names
        bearer = self._identify(line, column, names[0], "")
        if bearer.party is not None and not bearer.new:
            return names
        return parts if all(self._stands_alone(line, column, part) for part in parts) else names

    def _identify(self, line: Line, column: Column, name: str, country: str) -> Identity:
        level = _level(line.text("level"))
        if level is not None and line.view.is_wide:  # it is said of one party of the row only
            plain = self._ask(name, column, None, country)
            if plain.party is not None and not plain.doubt:
                return plain
        found = self._ask(name, column, level, country)
        if found.doubt == "party-ambiguous" and level is None and column.hint:
            return self._ask(name, column, _LEVELS[column.hint], country)  # "Malang" under "Kota"
        return found

    def _at_home(self, line: Line, column: Column, name: str, found: Identity) -> Identity:
        """A region at home whose row states the country of the party beside it."""
        if found.doubt != "party-elsewhere" or not line.view.is_wide:
            return found
        plain = self._identify(line, column, name, "")
        if plain.party is None or plain.doubt or plain.party.level not in REGION_LEVELS:
            return found
        stated = self._country_ids(line.text("country"), 1)[0]
        beside = [one.party for other, text in line.named() if other != column
                  for _, one in self._cell(line, other, text)]  # fmt: skip
        there = any(party is not None and party.country == stated for party in beside)
        return plain if there else found

    def _ask(self, name: str, column: Column, level: Level | None, country: str) -> Identity:
        return self._identifier.identify(
            name,
            expects=column.field,  # type: ignore[arg-type]  # a party column
            level=level,
            country=country,
        )

    # ---- its country ---------------------------------------------------------------------------

    def _country_ids(self, country: str, names: int) -> Sequence[str]:
        """The country of each name: one for all of them, or as many as there are names."""
        stated = [self._country(text) or "" for text in split_parties(country)]
        if len(stated) == names:
            return stated
        return [stated[0] if len(stated) == 1 else ""] * names

    def _country(self, text: str) -> str | None:
        """The id of a country, "int" for none in particular; None where it is not known."""
        if says_nothing(text):
            return ""
        if fold(text) in _INTERNATIONAL_WORDS:
            return INTERNATIONAL
        party = self._countries.find(text).party
        return party.id if party else None

    def _country_is_unknown(self, line: Line) -> bool:
        text = line.text("country")
        return any(self._country(one) is None for one in split_parties(text)) if text else False

    def _unknown_country(self, line: Line, rejected: bool) -> None:
        near = self._countries.find(line.text("country")).candidates
        candidates = "; ".join(party.name_id for party in near)
        self._notes.tell(
            "country-misspelt" if candidates else "country-unknown", line, "country",
            rejected=rejected, candidates=candidates,
        )  # fmt: skip


def _beside(line: Line) -> tuple[str, str, bool]:
    """What a row says beside its names that decides whom they mean."""
    return line.text("country"), line.text("level"), line.view.is_wide


def _is_region(id: str) -> bool:
    return id[:1].isdigit()  # Kemendagri's code; no slug of a name begins so


@lru_cache(maxsize=4096)
def _level(text: str) -> Level | None:
    if not text:
        return None
    try:
        return Level(text.lower())
    except ValueError:
        return _LEVELS.get(fold(text))


def level_is_known(text: str) -> bool:
    """Whether a word names a kind of party, or nothing at all."""
    return says_nothing(text) or _level(text) is not None


def _official(name: str, party: Party | None) -> str:
    """The official name, unless the name is official already (in either language) or the id."""
    if party is None or name in {party.name_id, party.name_en, party.id}:
        return name
    return party.name_id
