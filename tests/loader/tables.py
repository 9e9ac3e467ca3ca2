"""Tables made of words, for tests that need no file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache

from graph_loader import reference
from graph_loader.model import Batch, Problem
from graph_loader.parties.gazetteer import Gazetteer
from graph_loader.parties.identify import Identifier
from graph_loader.reading.assemble import Assembled, Assembler
from graph_loader.reading.claim import Known
from graph_loader.reading.headings import recognise
from graph_loader.reading.notes import Mark, Notes
from graph_loader.reading.read import Row, Sheet
from graph_loader.reading.register import Table

SOURCE = "biro"
TODAY = date(2026, 11, 25)


@cache
def _batch() -> Batch:
    return reference.reference_batch()


def table(*rows: Sequence[str], name: str = "") -> Table:
    """A sheet whose first row holds the headings."""

    def numbered(filled_from: int) -> Iterator[Row]:
        return (Row(line, list(cells)) for line, cells in enumerate(rows, start=1) if any(cells))

    headings = recognise(rows)
    assert headings is not None
    first = headings.start + headings.height + 1
    return Table("f.csv", name, headings, first, Sheet(name, numbered))


def assemble(
    *rows: Sequence[str], marks: list[Mark] | None = None
) -> tuple[Assembled, list[Problem]]:
    """What one table amounts to, and what is told about it."""
    batch, countries = _batch(), reference.countries()
    known = Known(
        Identifier(Gazetteer(batch.parties), countries), countries, reference.topics(),
        {party.id for party in batch.parties}, {topic.id for topic in batch.topics},
    )  # fmt: skip
    notes = Notes(marks=marks)
    return Assembler(SOURCE, known, notes, TODAY).run([table(*rows)]), notes.problems


def codes(problems: Sequence[Problem]) -> list[tuple[str, str, int, str]]:
    """Each problem in short: code, severity, row, column."""
    return [(one.code, one.severity, one.row, one.column) for one in problems]
