"""A Neo4j server as the store sees it: a breaker before it, locks on it, forks beside it."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, TypeVar
from weakref import WeakSet

from graph_loader.errors import LoadBusy, SimpulError, StoreUnavailable
from graph_loader.store.access import Access
from graph_loader.store.breaker import Breaker
from graph_loader.store.neo4j import READ_SECONDS, Asked, Line, Row, Transaction

MONITOR_SECONDS: Final = 4.0  # because a server looks for what has had its time every two

T = TypeVar("T")


class Server:
    """A Neo4j server as the store sees it: statements in, rows out, errors told as ours.

    Reads run under READ_SECONDS and a circuit breaker; transactions of a load or a scan for as long
    as the server answers anybody. What one caller has written all later reads of this process see.
    A server that is used before a fork works in the parent and in the child.
    """

    def __init__(self, address: str, access: Access) -> None:
        self.address, self._access = address, access
        self._secret = access.secret()
        self._line: Line | None = None
        self._begin_anew()
        _servers.add(self)

    def read(self, *asked: Asked) -> list[list[Row]]:
        """The rows of each statement, all in one read transaction.

        Raises: StoreUnavailable, StoreRefused; at the latest after READ_SECONDS.
        """
        return self._guarded(lambda line: line.read(asked))

    def agent(self) -> str:
        """What the server calls itself, as "Neo4j/5.26.20". Raises: as `read` does."""
        return self._guarded(lambda line: line.agent())

    def change(self, *statements: Asked) -> None:
        """Statements that may be repeated, each a transaction of its own: the schema, the store."""
        self._guarded(lambda line: line.change(statements))

    @contextmanager
    def transaction(self, *, write: bool, seconds: float = 0) -> Iterator[Transaction]:
        """An explicit transaction: committed at the end, rolled back if anything is raised.

        `seconds` is how long the server lets it live; 0 is until it ends.
        """
        with self._connected().begun(write=write, seconds=seconds) as transaction:
            yield transaction
            transaction.commit()

    @contextmanager
    def holding(self, statement: str, seconds: float) -> Iterator[None]:
        """While the locks that a statement takes are held; what it writes is not kept.

        They go when this process or its connection does.
        Raises: LoadBusy ("load-busy") when others hold them for so many seconds.
        """
        try:
            with self._connected().begun(write=True, seconds=seconds) as transaction:
                transaction.rows_within(seconds + MONITOR_SECONDS, statement)
        except StoreUnavailable as error:
            raise _busy(error) from error
        # the server ends what has a time, so the locks are taken once more without one
        with self._connected().begun(write=True, seconds=0) as transaction:
            try:
                transaction.rows_within(seconds, statement)
            except StoreUnavailable as error:
                raise _busy(error) from error
            yield

    def close(self) -> None:
        """Let go of all connections."""
        with self._lock:
            line, self._line = self._line, None
        if line is not None:
            line.close()

    def forked(self) -> None:
        """In a child process: begin with connections of its own."""
        if self._line is not None:
            self._line.let_go()
            _of_parents.append(self._line)
            self._line = None
        self._begin_anew()

    def _begin_anew(self) -> None:
        self._breaker = Breaker(trial_seconds=READ_SECONDS)
        self._lock = threading.Lock()

    def _guarded(self, ask: Callable[[Line], T]) -> T:
        if not self._breaker.lets_through():
            raise StoreUnavailable("store-unreachable", address=self.address)
        try:
            found = ask(self._connected())
        except Exception as error:
            if isinstance(error, StoreUnavailable) and error.code == "store-unreachable":
                self._breaker.failed()
            else:
                self._breaker.answered()
            raise
        self._breaker.answered()
        return found

    def _connected(self) -> Line:
        with self._lock:
            if self._line is None:
                self._line = Line(self.address, self._access, self._secret)
            return self._line


_servers: Final[WeakSet[Server]] = WeakSet()
_of_parents: Final[list[Line]] = []  # kept, because to throw them away would be to close them


def _after_fork() -> None:
    for server in list(_servers):
        server.forked()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)


def _busy(error: StoreUnavailable) -> SimpulError:
    """Locks that were not got in time are held by another load."""
    return LoadBusy("load-busy") if error.code == "store-slow" else error
