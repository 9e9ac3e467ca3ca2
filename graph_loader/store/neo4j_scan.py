"""Everything of one version in a Neo4j store, streamed in one read transaction."""

# ruff: noqa: D102 - what a method of a scan does is said once, in the contract

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeVar

from graph_loader.claims import SourcedClaim
from graph_loader.model import BackgroundLink, Border, Flow, Load, Party, Place, Problem, Source
from graph_loader.store import cypher
from graph_loader.store.base import Alias, Change, Scan, ScanRow, State, Statement
from graph_loader.store.codec import decode
from graph_loader.store.neo4j import Row, Transaction
from graph_loader.store.neo4j_rows import (
    load_of,
    party_of,
    place_of,
    problem_of,
    scan_row,
    unfinished_of,
)
from graph_loader.store.shown import contested_of

PAGE: Final = 2_000  # agreements; because more were no faster, and these are some 200 kilobytes

T = TypeVar("T")


class ScanMoved(Exception):
    """A load was written while a scan was read."""


class Neo4jScan(Scan):
    """The server shows what is committed meanwhile, so a scan may move.

    What there is much of comes in pages, each one row that is a list: a driver takes ten times as
    long for as many rows, and a server must have sorted them all before it sends the first.
    """

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._begun = self._look()
        self.version = self._begun[0].version
        self.is_unfinished = self._begun[0].unfinished is not None

    def confirm(self) -> None:
        """Raises: ScanMoved."""
        if self._look() != self._begun:
            raise ScanMoved

    def _look(self) -> tuple[State, int]:
        return state_of(self._transaction.rows(cypher.STATE))

    def _stream(self, statement: str, make: Callable[[Row], T]) -> Iterator[T]:
        return map(make, self._transaction.stream(statement))

    def _pages(self, statement: str, make: Callable[[Row], T]) -> Iterator[T]:
        """What a statement returns that begins after an id, from the first id to the last."""
        after: str | None = ""
        while True:
            ((after, rows),) = self._transaction.rows(statement, after=after, limit=PAGE)
            if after is None:
                return
            yield from map(make, rows)

    def parties(self) -> Iterator[Party]:
        return self._pages(cypher.SCAN_PARTIES, party_of)

    def agreements(self) -> Iterator[ScanRow]:
        return self._pages(cypher.SCAN_AGREEMENTS, scan_row)

    def signed(self) -> Iterator[tuple[str, str]]:
        return self._pages(cypher.SCAN_SIGNED, lambda row: (row[0], row[1]))

    def addresses(self) -> Iterator[tuple[str, str]]:
        return self._pages(cypher.SCAN_ADDRESSES, lambda row: (row[0], row[1]))

    def contested(self) -> Iterator[tuple[str, Sequence[SourcedClaim]]]:
        yield from contested_of(self._transaction.stream(cypher.CONTESTED)).items()

    def borders(self) -> Iterator[Border]:
        return self._stream(cypher.SCAN_BORDERS, lambda row: decode("border", row[0]))

    def flows(self) -> Iterator[Flow]:
        return self._stream(cypher.SCAN_FLOWS, lambda row: decode("flow", row[0]))

    def places(self) -> Iterator[Place]:
        return self._pages(cypher.SCAN_PLACES, place_of)

    def background(self) -> Iterator[BackgroundLink]:
        return self._stream(cypher.SCAN_BACKGROUND, lambda row: BackgroundLink(*row))

    def sources(self) -> Iterator[Source]:
        return self._stream(cypher.SOURCES, lambda row: Source(*row))

    def loads(self) -> Iterator[Load]:
        return self._stream(cypher.ALL_LOADS, load_of)

    def problems(self) -> Iterator[tuple[int, Problem]]:
        return self._stream(cypher.ALL_PROBLEMS, lambda row: (row[0], problem_of(row[1:])))

    def changes(self) -> Iterator[tuple[int, Change]]:
        return self._stream(cypher.ALL_CHANGES, lambda row: (row[0], Change(*row[1:])))

    def statements(self) -> Iterator[Statement]:
        yield from self._pages(cypher.SCAN_CLAIMS, Statement._make)
        yield from self._stream(cypher.SCAN_STATEMENTS, Statement._make)

    def aliases(self) -> Iterator[Alias]:
        return self._stream(cypher.SCAN_ALIASES, Alias._make)


def state_of(rows: list[Row]) -> tuple[State, int]:
    """The state as `cypher.STATE` tells it, and how many batches of an unfinished load are in."""
    if not rows:  # somebody emptied the database under us
        return State(0), 0
    version, stamp, load, *unfinished, step = rows[0]
    if load is None:
        return State(version, stamp=stamp), 0
    return State(version, unfinished_of([load, *unfinished]), stamp), step
