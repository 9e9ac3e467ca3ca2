"""Rows to agreements, parties and problems; never stops at the first bad row."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from graph_loader.dates import PartialDate
from graph_loader.gazetteer import Gazetteer
from graph_loader.model import (
    Claim,
    Instrument,
    Level,
    Party,
    Problem,
    Relation,
    RelationKind,
    Signatory,
    StatedAgreement,
    TopicTag,
    make_party,
)
from graph_loader.read import MAX_CELL, Row
from graph_loader.text import slug
from graph_loader.topics import Topics, explicit

STATUSES = ("", "exploration", "lapsed", "ended")
FIRST_YEAR = 1900  # because no regional cooperation here is older
LAST_YEAR = 2100  # because none is planned for later
_AGREED = ("instrument", "signed", "ends", "status", "title")
_DOMESTIC = {Level.THIRD_PARTY, Level.CENTRAL_AGENCY}
_FOREIGN = {Level.FOREIGN_LOCAL, Level.FOREIGN_INSTITUTION}
_STATABLE = _DOMESTIC | _FOREIGN


@dataclass
class Assembled:
    """What the rows of one file amount to."""

    agreements: list[StatedAgreement] = field(default_factory=list)
    parties: dict[str, Party] = field(default_factory=dict)
    """Those that the file itself has to state, because the reference data does not."""
    problems: list[Problem] = field(default_factory=list)
    rows: int = 0


class Assembler:
    """Turns the rows of one file into agreements; used once.

    `reference` holds the ids of the parties that every store knows; `codes` those of all topics.
    """

    def __init__(
        self,
        file: str,
        gazetteer: Gazetteer,
        topics: Topics,
        countries: Gazetteer,
        reference: Collection[str] = frozenset(),
        codes: Collection[str] = frozenset(),
    ) -> None:
        self._file, self._gazetteer = file, gazetteer
        self._topics, self._countries = topics, countries
        self._reference, self._codes = reference, codes
        self.result = Assembled()

    def run(self, rows: Iterable[Row]) -> Assembled:
        """Gather rows by agreement_key, then by the page that states them."""
        groups: dict[str, dict[str, list[Row]]] = {}
        for row in rows:
            self.result.rows += 1
            if row.surplus:
                self._problem("cells-surplus", row, "", surplus=row.surplus[:200])
            if id := self._key(row):
                groups.setdefault(id, {}).setdefault(row["source"], []).append(row)
        for id, pages in groups.items():
            self._agreement(id, pages, groups)
        return self.result

    def _key(self, row: Row) -> str:
        key = row["agreement_key"]
        id = _id(key)
        if not id:
            code = "key-unusable" if key else "key-missing"
            self._problem(code, row, "agreement_key", rejected=True)
        return id

    def _agreement(
        self, id: str, pages: Mapping[str, Sequence[Row]], known: Collection[str]
    ) -> None:
        claims = [claim for rows in pages.values() if (claim := self._claim(rows, known))]
        parties = {signatory.party for claim in claims for signatory in claim.parties}
        first = next(iter(pages.values()))[0]
        if claims and len(parties) < 2:
            self._problem("too-few-parties", first, "party", rejected=True, agreement=id)
        elif claims:
            self.result.agreements.append(StatedAgreement(id, tuple(claims)))

    def _claim(self, rows: Sequence[Row], known: Collection[str]) -> Claim | None:
        first = rows[0]
        instrument = self._instrument(first)
        if instrument is None:
            return None
        self._compare(rows)
        signed, ends = self._date(first, "signed"), self._date(first, "ends")
        if signed and ends and ends.before(signed):
            self._problem("end-before-start", first, "ends", signed=str(signed))
            ends = None
        return Claim(
            row=first.line,
            page=first["source"],
            parties=self._parties(rows),
            instrument=instrument,
            title=self._text(first, "title"),
            signed=signed,
            ends=ends,
            stated_status=self._status(first),  # type: ignore[arg-type]
            topic_text=self._text(first, "topic"),
            topics=self._topic_tags(first),
            outcome=self._text(first, "outcome"),
            stated=self._date(first, "stated"),
            note=self._text(first, "note"),
            relations=self._relations(first, known),
        )

    def _compare(self, rows: Sequence[Row]) -> None:
        """Rows of one page should say the same of their agreement; the first row counts."""
        first = rows[0]
        for row in rows[1:]:
            for column in _AGREED:
                if row[column] and row[column] != first[column]:
                    self._problem("rows-disagree", row, column, first=str(first.line))

    def _parties(self, rows: Sequence[Row]) -> tuple[Signatory, ...]:
        found: dict[str, Signatory] = {}
        for row in rows:
            party = self._party(row)
            if party is None:
                continue
            if party.id in found:
                self._problem("party-twice", row, "party")
            else:
                found[party.id] = Signatory(party.id, row["role"])
        return tuple(found.values())

    def _party(self, row: Row) -> Party | None:
        name = row["party"]
        level = _level(row["party_level"])
        if not name:
            self._problem("party-empty", row, "party", rejected=True)
            return None
        if row["party_level"] and level is None:
            self._problem("level-unknown", row, "party_level")
        country = self._country(row)
        found = self._gazetteer.find(name, level, country)
        if found.party is not None:
            if found.party.id not in self._reference:
                self.result.parties[found.party.id] = found.party
            return found.party
        candidates = "; ".join(f"{party.name_id} ({party.id})" for party in found.candidates)
        if level in _STATABLE and not found.ambiguous:
            if candidates:
                self._problem("party-similar", row, "party", candidates=candidates)
            return self._new_party(row, name, level, country)
        code = "party-ambiguous" if found.ambiguous else "party-unknown"
        if code == "party-unknown" and candidates:
            code = "party-misspelt"
        self._problem(code, row, "party", rejected=True, candidates=candidates)
        return None

    def _new_party(self, row: Row, name: str, level: Level, country: str) -> Party | None:
        if level in _FOREIGN and not row["party_country"]:
            self._problem("country-missing", row, "party_country", rejected=True)
            return None
        id = slug(name)
        if not id:
            self._problem("party-unusable", row, "party", rejected=True)
            return None
        if level in _DOMESTIC:
            party = make_party(id, name, name, level)
        else:
            party = make_party(f"{id}-{country or 'int'}", name, name, level, country, country)
        self._gazetteer.add(party)
        self.result.parties[party.id] = party
        return party

    def _country(self, row: Row) -> str:
        name = row["party_country"]
        if not name or name == "international":
            return ""
        found = self._countries.find(name)
        if found.party is None:
            self._problem("country-unknown", row, "party_country")
            return ""
        return found.party.id

    def _instrument(self, row: Row) -> Instrument | None:
        try:
            return Instrument(row["instrument"].lower())
        except ValueError:
            known = ", ".join(Instrument)
            self._problem("instrument-unknown", row, "instrument", rejected=True, known=known)
            return None

    def _status(self, row: Row) -> str:
        status = row["status"].lower()
        if status in STATUSES:
            return status
        self._problem("status-unknown", row, "status", known=", ".join(STATUSES[1:]))
        return ""

    def _date(self, row: Row, column: str) -> PartialDate | None:
        text = row[column]
        if not text:
            return None
        try:
            date = PartialDate.parse(text)
        except ValueError:
            self._problem("date-unreadable", row, column)
            return None
        if not FIRST_YEAR <= date.year <= LAST_YEAR:
            self._problem("year-unlikely", row, column)
            return None
        return date

    def _text(self, row: Row, column: str) -> str:
        text = row[column]
        if len(text) > MAX_CELL:
            self._problem("cell-too-long", row, column, limit=str(MAX_CELL))
            return text[:MAX_CELL]
        return text

    def _topic_tags(self, row: Row) -> tuple[TopicTag, ...]:
        tags, bad = explicit(row["goals"])
        bad += [tag.topic for tag in tags if self._codes and tag.topic not in self._codes]
        tags = tuple(tag for tag in tags if tag.topic not in bad)
        for code in bad:
            self._problem("goal-unknown", row, "goals", goal=code)
        return tags or self._topics.of(f"{row['topic']}; {row['title']}")

    def _relations(self, row: Row, known: Collection[str]) -> tuple[Relation, ...]:
        found = []
        for kind in RelationKind:
            if key := row[kind]:
                if _id(key) in known:
                    found.append(Relation(kind, _id(key)))
                else:
                    self._problem("relation-unknown", row, kind)
        return tuple(found)

    def _problem(
        self, code: str, row: Row, column: str, rejected: bool = False, **params: str
    ) -> None:
        severity: Literal["rejected", "doubtful"] = "rejected" if rejected else "doubtful"
        value = row[column][:200]
        self.result.problems.append(
            Problem(code, severity, self._file, row=row.line, column=column, value=value,
                    params=tuple(sorted(params.items())))
        )  # fmt: skip


def _id(key: str) -> str:
    fits = key.isascii() and all(c.islower() or c.isdigit() or c in ".-" for c in key)
    return key if fits else slug(key)


def _level(text: str) -> Level | None:
    try:
        return Level(text)
    except ValueError:
        return None
