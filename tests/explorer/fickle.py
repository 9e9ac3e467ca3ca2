"""A real embedded store that a test can send away, slow down, or hold in the middle of a load."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, NoReturn, TypeVar

from graph_loader.errors import StoreUnavailable
from graph_loader.store.base import GraphStore, Scan, State, Unfinished
from graph_loader.store.sqlite import SqliteStore

T = TypeVar("T")

SECRET_PLACE: Final = "bolt://db.internal:7687"
LARGE: Final = Unfinished(
    2, "test", "besar.xlsx", datetime(2026, 11, 25, tzinfo=UTC), done=30_000, total=120_000
)
_ASKED: Final = frozenset(GraphStore.__abstractmethods__ - {"close"})


def _gone(*_: object, **__: object) -> NoReturn:
    raise StoreUnavailable("store-unreachable", address=SECRET_PLACE)


class FickleStore(SqliteStore):
    """Answers as an embedded store does, except while it is told not to.

    `away`: every call raises StoreUnavailable, as a server does that is not there. `unfinished`: a
    large load runs, so no scan is given. `gate`: a scan waits until it is set. `scans` counts.
    """

    away = False
    unfinished: Unfinished | None = None
    scans = 0

    def __init__(self, path: Path) -> None:
        self.gate = threading.Event()
        self.gate.set()
        super().__init__(path)

    def __getattribute__(self, name: str) -> Any:
        if name in _ASKED and object.__getattribute__(self, "away"):
            return _gone
        return super().__getattribute__(name)

    def state(self) -> State:
        """As the embedded store, and the large load that a test says is running."""
        return super().state()._replace(unfinished=self.unfinished)

    def scan(self, read: Callable[[Scan], T]) -> T:
        """As the embedded store, once the gate is open."""
        self.scans += 1
        if self.unfinished is not None:
            raise StoreUnavailable("store-loading")
        self.gate.wait(20)
        return super().scan(read)
