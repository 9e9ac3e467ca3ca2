"""What a store holds, in the import format: loading it again gives the same agreements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain, groupby
from pathlib import Path
from typing import Final, NamedTuple

from graph_loader import reference
from graph_loader.claims import SourcedClaim
from graph_loader.errors import NotFound
from graph_loader.model import FOREIGN_LEVELS, Claim, Level, Party, RelationKind, TopicTag
from graph_loader.parties.cells import WORLD
from graph_loader.parties.gazetteer import Gazetteer
from graph_loader.parties.identify import Identifier
from graph_loader.reading.signing import split_parties
from graph_loader.store.base import AgreementFilter, GraphStore, Progress, Scan
from graph_loader.store.codec import decode_claims
from graph_loader.text import fold
from graph_loader.writing.spreadsheet import Table, write_table

HEADINGS: Final = (
    "agreement_key", "party", "party_level", "party_country", "role", "title", "instrument",
    "signed", "ends", "status", "topic", "goals", "outcome", "source", "stated", "note",
    "renews", "amends", "implements",
)  # fmt: skip
"""The columns of docs/data-format.md, in its order."""

INTERNATIONAL: Final = "international"  # the country of a world body, in the import format
SHEET: Final = "agreements"
_WIDTHS: Final = (26, 32, 16, 16, 14, 48, 20, 12, 12, 12, 36, 10, 30, 40, 12, 40)
_TELL_EVERY: Final = 1_000  # because a progress bar needs no more than a few steps a second

ExportRow = tuple[str, ...]


class Exported(NamedTuple):
    """How many agreements were written, on how many rows."""

    agreements: int
    rows: int


def write_export(
    store: GraphStore,
    path: Path,
    *,
    source: str = "",
    inputs: Iterable[Path] = (),
    progress: Progress | None = None,
) -> Exported:
    """Write every agreement with every claim to a .csv or .xlsx file; `source` picks one source.

    `progress` hears of the stage "export".
    Raises: NotFound ("source-unknown"); BadInput, as `write_table` does.
    """
    id = source_id(store, source)
    total = _total(store, id)

    def write(scan: Scan) -> Exported:
        tally = _Tally(total, progress)
        found = chain.from_iterable(map(tally.count, _agreements(scan, id)))
        written = write_table(path, Table(SHEET, HEADINGS, found, _WIDTHS), inputs=inputs)
        return Exported(tally.agreements, written)

    return store.scan(write)


def rows(scan: Scan, source: str = "") -> Iterator[ExportRow]:
    """One row for each party of each claim, in the order of `HEADINGS`.

    Agreements by id, the claims of each as they rank; `source` is an id, empty for all sources.
    Cost: memory grows with the number of parties, not with that of agreements.
    """
    return chain.from_iterable(_agreements(scan, source))


def source_id(store: GraphStore, source: str) -> str:
    """The id of the source that a person names by id or name; empty for an empty name.

    Raises: NotFound ("source-unknown", id=…).
    """
    for known in store.sources() if source else ():
        if source == known.id or fold(source) == fold(known.name):
            return known.id
    if source:
        raise NotFound("source-unknown", id=source)
    return ""


class _Spelling:
    """How a party is written so that a load into an empty store finds or makes just this one."""

    def __init__(self, parties: Iterable[Party]) -> None:
        self._parties = {party.id: party for party in parties}
        countries = reference.countries()
        self._identifier = Identifier(Gazetteer(reference.reference_batch().parties), countries)
        self._countries = countries
        self._cells: dict[str, tuple[str, str, str]] = {}

    def cells(self, id: str) -> tuple[str, str, str]:
        """party, party_level, party_country"""
        if id not in self._cells:
            party = self._parties[id]
            self._cells[id] = (self._name(party), party.level.value, self._country(party))
        return self._cells[id]

    def _name(self, party: Party) -> str:
        """The first of its names that gives its id; else the id, which its own store knows."""
        names = (party.name_id, party.name_en, *party.aliases, _words_of(party))
        return next((name for name in names if self._gives(name, party)), party.id)

    def _gives(self, name: str, party: Party) -> bool:
        """Whether the loader, which has no other store, takes the name for this party."""
        country = party.country or WORLD if _has_country(party) else ""
        found = self._identifier.identify(name, level=party.level, country=country).party
        return found is not None and found.id == party.id and split_parties(name) == (name,)

    def _country(self, party: Party) -> str:
        if not _has_country(party):
            return ""
        found = self._countries.find(party.country).party if party.country else None
        return found.name_id if found else party.country or INTERNATIONAL


def _has_country(party: Party) -> bool:
    """Whether its row states a country: a region has none, and a country is its own."""
    return party.level in FOREIGN_LEVELS and party.level is not Level.COUNTRY


def _words_of(party: Party) -> str:
    """Words that give the id, where no name does any more."""
    suffix = f"-{party.country or WORLD}" if _has_country(party) else ""
    return party.id.removesuffix(suffix).replace("-", " ")


def _agreements(scan: Scan, source: str) -> Iterator[list[ExportRow]]:
    """The rows of each agreement that the source states."""
    spelt = _Spelling(scan.parties())
    stated = (one for one in scan.statements() if one.kind == "agreement")
    for id, statements in groupby(stated, key=lambda one: one.subject):
        wanted = (one for one in statements if source in ("", one.source))
        claims = [
            SourcedClaim(one.source, one.load, claim)
            for one in wanted
            for claim in decode_claims(one.body)
        ]
        if claims:
            yield _rows(id, sorted(claims, key=lambda claim: claim.rank), spelt)


def _rows(id: str, claims: Sequence[SourcedClaim], spelt: _Spelling) -> list[ExportRow]:
    return [
        (id, *spelt.cells(signatory.party), signatory.role, *shared)
        for page, claim in _by_page(claims)
        for shared in [_shared(claim, page)]
        for signatory in claim.parties
    ]


def _by_page(claims: Sequence[SourcedClaim]) -> Iterator[tuple[str, Claim]]:
    """Each claim under a page of its own, for rows of one page are one claim when loaded.

    What several sources state word for word is written once; where they cite one page and differ,
    the source's id stands behind the page.
    """
    seen: dict[str, Claim] = {}
    for sourced in claims:
        claim, page = replace(sourced.claim, row=0, sheet=""), sourced.claim.page
        if seen.get(page) == claim:
            continue
        number = 1
        while page in seen:
            page = f"{claim.page} ({sourced.source}{f' {number}' if number > 1 else ''})".strip()
            number += 1
        seen[page] = claim
        yield page, claim


def _shared(claim: Claim, page: str) -> tuple[str, ...]:
    """The cells that are the same for every party, in the order of `HEADINGS`."""
    relations = {
        kind: "; ".join(relation.other for relation in claim.relations if relation.kind is kind)
        for kind in RelationKind
    }
    return (
        claim.title, claim.instrument.value, str(claim.signed or ""), str(claim.ends or ""),
        claim.stated_status, claim.topic_text, _goals(claim.topics), claim.outcome, page,
        str(claim.stated or ""), claim.note, relations[RelationKind.RENEWS],
        relations[RelationKind.AMENDS], relations[RelationKind.IMPLEMENTS],
    )  # fmt: skip


def _goals(tags: Sequence[TopicTag]) -> str:
    """The codes that the document itself names; those that follow from words will follow again."""
    named = any(not tag.words for tag in tags)
    return "; ".join(tag.topic for tag in tags) if named else ""


def _total(store: GraphStore, source: str) -> int:
    any_day = date.max  # because no status is asked for
    return store.agreements(AgreementFilter(any_day, source=source), limit=0).total


class _Tally:
    """Counts agreements as they pass, and tells of it."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self.agreements, self._total, self._progress = 0, total, progress

    def count(self, found: list[ExportRow]) -> list[ExportRow]:
        self.agreements += 1
        due = self.agreements % _TELL_EVERY == 0 or self.agreements == self._total
        if self._progress and due:
            self._progress("export", self.agreements, self._total)
        return found
