"""Rows to agreements, parties and problems; never stops at the first bad row.

An agreement with a rejected cell is left out whole: half an agreement would be a false one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import blake2b
from typing import NamedTuple

from graph_loader.model import Claim, Party, Relation, RelationKind, StatedAgreement
from graph_loader.reading.claim import ClaimReader, Known, Told
from graph_loader.reading.gather import Gatherer, Group, key_of
from graph_loader.reading.lines import Line
from graph_loader.reading.notes import Notes
from graph_loader.reading.register import Table
from graph_loader.store.base import Progress
from graph_loader.text import fold

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_KINDS = tuple(RelationKind)
_MAX_ID = 80  # characters: because an address should fit on a printed page


@dataclass
class Assembled:
    """What the rows of one file amount to; its problems are in the `Notes` it was made with."""

    agreements: list[StatedAgreement] = field(default_factory=list)
    parties: dict[str, Party] = field(default_factory=dict)
    """Those that the file itself has to state, because the reference data does not."""
    rows: Counter[str] = field(default_factory=Counter)
    """How many rows of agreements each file has."""
    left_out: int = 0
    """Agreements that were not taken in, because something about them was rejected."""


def _digest(claim: Claim, more: bool = False) -> str:
    """What tells one agreement from another where the file has no key of it.

    `more`: also what is said beside it, for two that share parties, kind, date and title.
    """
    parties = sorted(signatory.party for signatory in claim.parties)
    said = [*parties, claim.instrument, str(claim.signed or ""), fold(claim.title)]
    if more:
        topics = " ".join(tag.topic for tag in claim.topics)
        said += [str(claim.ends or ""), fold(claim.topic_text), topics, fold(claim.note)]
    return blake2b("\n".join(said).encode(), digest_size=8).hexdigest()


def _same(a: Claim, b: Claim) -> bool:
    """Whether two rows say the same, wherever they stand and however the title is punctuated."""
    there = replace(a, row=b.row, sheet=b.sheet, title=b.title)
    return there == b and fold(a.title) == fold(b.title)


class _Reference(NamedTuple):
    """What one claim of an agreement says of another one, as it is typed."""

    id: str
    position: int
    kind: RelationKind
    text: str
    line: Line


def _pages(group: Group) -> Iterable[list[Line]]:
    """The rows of each page that is cited; only a key of the file's own can have several."""
    if not group.key:
        return [group.lines] if group.lines else []  # a row whose key was told has none
    pages: dict[str, list[Line]] = {}
    for line in group.lines:
        pages.setdefault(line.text("page"), []).append(line)
    return pages.values()


class Assembler:
    """Turns the tables of one file into agreements; used once. `source` is the register's id."""

    def __init__(
        self,
        source: str,
        known: Known,
        notes: Notes,
        today: date,
        progress: Progress | None = None,
    ) -> None:
        self._source, self._known, self._notes = source, known, notes
        self._progress = progress
        self._reader = ClaimReader(known, notes, today)
        self._stated: dict[str, Claim] = {}
        self._references: list[_Reference] = []

    def run(self, tables: Iterable[Table]) -> Assembled:
        """Every agreement of every table.

        Raises: BadFile where a file turns out to be damaged further down.
        """
        result = Assembled()
        gatherer = Gatherer(self._notes, self._reader.parties, self._progress)
        for group in gatherer.groups(tables):
            if agreement := self._agreement(group):
                result.agreements.append(agreement)
                self._state(agreement, result)
            else:
                result.left_out += 1
        self._relate(result.agreements)
        self._notes.finish()
        result.rows = gatherer.rows
        return result

    def _state(self, agreement: StatedAgreement, result: Assembled) -> None:
        """The file has to state the parties of what it brings, unless every store has them."""
        for claim in agreement.claims:
            for id in (signatory.party for signatory in claim.parties):
                if id not in self._known.reference and id not in result.parties:
                    result.parties[id] = self._reader.parties.stated[id]

    # ---- one agreement -------------------------------------------------------------------------

    def _agreement(self, group: Group) -> StatedAgreement | None:
        both = [self._reader.read(lines) for lines in _pages(group)]
        read = [(claim, told) for claim, told in both if claim is not None]
        if not read:
            return None
        id = group.key or self._id(group, read[0][0])
        if not id:
            return None
        for position, (_, told) in enumerate(read):
            self._refer(id, position, told)
        return StatedAgreement(id, tuple(claim for claim, _ in read))

    def _id(self, group: Group, claim: Claim) -> str:
        """The register and its document's number, or a hash of what the agreement says.

        Returns: empty where the same agreement stands further up.
        """
        line = group.lines[0]
        code = "number-shared" if group.number else "row-alike"
        for id in self._ids(group, claim):
            there = self._stated.setdefault(id, claim)
            if there is claim:
                return id
            if _same(there, claim):
                self._notes.tell("row-twice", line, row=str(there.row))
                return ""
            self._notes.tell(code, line, "number" if code == "number-shared" else None,
                             row=str(there.row))  # fmt: skip
            code = "row-alike"
        return ""

    def _ids(self, group: Group, claim: Claim) -> Iterator[str]:
        """A number that names no year is that of its year: registers begin anew each January."""
        if group.number and len(group.number) <= _MAX_ID:
            year = claim.signed.year if claim.signed else ""
            dated = _YEAR.search(group.number) or not year
            yield f"{self._source}-{group.number}" + ("" if dated else f"-{year}")
        yield f"{self._source}-{_digest(claim)}"
        yield f"{self._source}-{_digest(claim, more=True)}"

    # ---- what refers to what -------------------------------------------------------------------

    def _refer(self, id: str, position: int, told: Told) -> None:
        """Remember what a claim refers to, until all agreements are known."""
        for kind in _KINDS:
            if kind in told:
                self._references.append(_Reference(id, position, kind, *told[kind]))

    def _relate(self, agreements: list[StatedAgreement]) -> None:
        """Every reference, by the key or the number of the agreement that it means."""
        at = {agreement.id: n for n, agreement in enumerate(agreements)} if self._references else {}
        for one in self._references:
            name = key_of(one.text)
            other = next((id for id in (name, f"{self._source}-{name}") if id in at), None)
            if other is None:
                self._notes.tell("relation-unknown", one.line, one.kind)
                continue
            agreement = agreements[at[one.id]]
            claims = list(agreement.claims)
            claim = claims[one.position]
            relations = (*claim.relations, Relation(one.kind, other))
            claims[one.position] = replace(claim, relations=relations)
            agreements[at[one.id]] = replace(agreement, claims=tuple(claims))
