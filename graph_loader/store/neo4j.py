"""The driver's boundary: sessions, transactions and deadlines; its errors become ours here.

The driver runs on an event loop in a thread of its own, because a wait in it can then be broken
off: a frozen server holds a blocking call for more than a minute, whatever its timeouts.
"""

from __future__ import annotations

import asyncio
import os
import ssl
import threading
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, Final, LiteralString, TypeVar

import neo4j
from neo4j import exceptions as driver_errors

from graph_loader.errors import LoadBusy, SimpulError, StoreRefused, StoreUnavailable
from graph_loader.store.access import Access
from graph_loader.store.breaker import Breaker

READ_SECONDS: Final = 1.5  # because a page must end within two, an error page too
SERVER_SECONDS: Final = 1.3  # because a slow answer should be told apart from none
RETRY_SECONDS: Final = 1.0  # for deadlocks and restarts, within READ_SECONDS
CONNECT_SECONDS: Final = 1.0
LOAD_SECONDS: Final = 120.0  # because a batch of a load takes some seconds on a slow disk
FETCH: Final = 5_000  # because rows of a scan then come in pieces of a few hundred kilobytes
MONITOR_SECONDS: Final = 4.0  # because a server looks for what has had its time every two
OLDEST: Final = 5  # the oldest server whose Cypher this is

T = TypeVar("T")
Row = list[Any]
Params = dict[str, Any]


class Transaction:
    """One explicit transaction, driven from outside the event loop; see `Server.transaction`."""

    def __init__(self, loop: _Loop, inner: neo4j.AsyncTransaction) -> None:
        self._loop, self._inner = loop, inner

    def rows(self, statement: str, **params: Any) -> list[Row]:
        """Run a statement and wait for all its rows."""
        return self._loop.run(_rows(self._inner, statement, params), LOAD_SECONDS)

    def put(self, statement: str, rows: Sequence[Any], **params: Any) -> None:
        """Run a statement for each of `$rows`; where there are none, nothing is asked."""
        if rows:
            self.rows(statement, rows=rows, **params)

    def stream(self, statement: str, **params: Any) -> Iterator[Row]:
        """The rows as they come, some thousands in memory at a time."""
        result = self._loop.run(self._inner.run(_fixed(statement), params), LOAD_SECONDS)
        while records := self._loop.run(result.fetch(FETCH), LOAD_SECONDS):
            yield from map(list, records)


class Server:
    """A Neo4j server as the store sees it: statements in, rows out, errors told as ours.

    Reads run under READ_SECONDS and a circuit breaker, transactions of a load or a scan under
    LOAD_SECONDS a statement. What one caller has written all later reads of this process see.
    """

    def __init__(self, address: str, access: Access) -> None:
        self.address, self._access = address, access
        self._secret = access.secret()
        self._breaker = Breaker(trial_seconds=READ_SECONDS)
        self._lock = threading.Lock()
        self._line: _Line | None = None

    def read(self, *asked: tuple[str, Params]) -> list[list[Row]]:
        """The rows of each statement, all in one read transaction.

        Raises: StoreUnavailable, StoreRefused; at the latest after READ_SECONDS.
        """

        @neo4j.unit_of_work(timeout=SERVER_SECONDS)
        async def work(transaction: neo4j.AsyncManagedTransaction) -> list[list[Row]]:
            with _never_again():
                return [await _rows(transaction, *one) for one in asked]

        return self._guarded(lambda session: session.execute_read(work), neo4j.READ_ACCESS)

    def change(self, *statements: tuple[str, Params]) -> None:
        """Statements that change the schema or make the store, each a transaction of its own."""

        async def work(session: neo4j.AsyncSession) -> None:
            for statement, params in statements:
                await (await session.run(_fixed(statement), params)).consume()

        self._guarded(work, neo4j.WRITE_ACCESS, LOAD_SECONDS)

    def agent(self) -> str:
        """What the server calls itself, as "Neo4j/5.26.20"."""
        with self._translated():
            line = self._connected()
            return line.loop.run(line.driver.get_server_info(), READ_SECONDS).agent

    @contextmanager
    def transaction(self, *, write: bool, seconds: float = 0) -> Iterator[Transaction]:
        """An explicit transaction: committed at the end, rolled back if anything is raised.

        `seconds` is how long the server lets it live; 0 is until it ends.
        """
        with self._begun(neo4j.WRITE_ACCESS if write else neo4j.READ_ACCESS, seconds) as (
            loop,
            inner,
        ):
            yield Transaction(loop, inner)
            loop.run(inner.commit(), LOAD_SECONDS)

    @contextmanager
    def holding(self, statement: str, seconds: float) -> Iterator[None]:
        """While the locks that a statement takes are held; what it writes is not kept.

        They go when this process or its connection does.
        Raises: LoadBusy ("load-busy") when others hold them for so many seconds.
        """
        try:
            with self._begun(neo4j.WRITE_ACCESS, seconds) as (loop, inner):
                loop.run(_rows(inner, statement, {}), seconds + MONITOR_SECONDS)
        except StoreUnavailable as error:
            if error.code == "store-slow":
                raise LoadBusy("load-busy") from error
            raise
        # the server ends what has a time, so the lock is taken once more without one
        with self._begun(neo4j.WRITE_ACCESS, 0) as (loop, inner):
            loop.run(_rows(inner, statement, {}), LOAD_SECONDS)
            yield

    @contextmanager
    def _begun(self, mode: str, seconds: float) -> Iterator[tuple[_Loop, neo4j.AsyncTransaction]]:
        """A transaction that is rolled back unless it was committed, whatever is left of it."""
        with self._translated():
            line = self._connected()
            session = line.session(mode)
            try:
                begin = session.begin_transaction(timeout=seconds)
                inner = line.loop.run(begin, LOAD_SECONDS)
                try:
                    yield line.loop, inner
                finally:
                    line.loop.end(inner.close())
            finally:
                line.loop.end(session.close())

    def close(self) -> None:
        """Let go of all connections."""
        with self._lock:
            line, self._line = self._line, None
        if line is not None and line.process == os.getpid():
            line.close()

    def _guarded(
        self,
        work: Callable[[neo4j.AsyncSession], Awaitable[T]],
        mode: str,
        seconds: float = READ_SECONDS,
    ) -> T:
        if not self._breaker.lets_through():
            raise StoreUnavailable("store-unreachable", address=self.address)
        try:
            with self._translated():
                line = self._connected()
                found = line.loop.run(_in_session(line, mode, work), seconds)
        except StoreUnavailable as error:
            if error.code == "store-unreachable":
                self._breaker.failed()
            else:
                self._breaker.answered()
            raise
        except BaseException:
            self._breaker.answered()
            raise
        self._breaker.answered()
        return found

    def _connected(self) -> _Line:
        """The driver of this process: one made before a fork is of no use after it."""
        with self._lock:
            if self._line is None or self._line.process != os.getpid():
                self._line = _Line(self.address, self._access, self._secret)
            return self._line

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except SimpulError:
            raise
        except (driver_errors.Neo4jError, driver_errors.DriverError, OSError) as error:
            raise _ours(error, self.address, self._access) from error


class _Line:
    """A driver and the event loop that it lives on, for one process."""

    def __init__(self, address: str, access: Access, secret: str) -> None:
        self.process = os.getpid()
        self.loop = _Loop()
        self._database = access.database
        self.driver = self.loop.call(lambda: _driver(address, access.user, secret))
        self._bookmarks = neo4j.AsyncGraphDatabase.bookmark_manager()

    def session(self, mode: str) -> neo4j.AsyncSession:
        """A session that has seen whatever this process wrote."""
        return self.driver.session(
            database=self._database,
            default_access_mode=mode,
            bookmark_manager=self._bookmarks,
            fetch_size=FETCH,
        )

    def close(self) -> None:
        """Close the driver, as far as a server that may be frozen lets it, and end the loop."""
        self.loop.end(self.driver.close())
        self.loop.close()


class _Loop:
    """An event loop in a thread of its own."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="neo4j", daemon=True)
        self._thread.start()

    def run(self, work: Awaitable[T], seconds: float) -> T:
        """Do something and wait for it. Raises: TimeoutError after so many seconds."""
        future = asyncio.run_coroutine_threadsafe(_within(work, seconds), self._loop)
        try:
            return future.result(seconds + 0.2)  # a wait that cannot even be broken off is left
        except BaseException:
            future.cancel()
            raise

    def end(self, work: Awaitable[None]) -> None:
        """Close something; where the server does not answer there is nothing left to close."""
        with suppress(TimeoutError, driver_errors.DriverError, driver_errors.Neo4jError, OSError):
            self.run(work, CONNECT_SECONDS)

    def call(self, make: Callable[[], T]) -> T:
        """Call something that must run where the loop runs."""

        async def work() -> T:
            return make()

        return self.run(work(), CONNECT_SECONDS)

    def close(self) -> None:
        """End the thread."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(CONNECT_SECONDS)
        if not self._thread.is_alive():
            self._loop.close()


async def _within(work: Awaitable[T], seconds: float) -> T:
    return await asyncio.wait_for(work, seconds)


async def _in_session(
    line: _Line, mode: str, work: Callable[[neo4j.AsyncSession], Awaitable[T]]
) -> T:
    async with line.session(mode) as session:
        return await work(session)


async def _rows(
    transaction: neo4j.AsyncManagedTransaction | neo4j.AsyncTransaction,
    statement: str,
    params: Params,
) -> list[Row]:
    result = await transaction.run(_fixed(statement), params)
    return await result.values()


def _fixed(statement: str) -> LiteralString:
    """Statements are put together from constants of `cypher` alone; values are parameters."""
    return statement


def _driver(address: str, user: str, secret: str) -> neo4j.AsyncDriver:
    return neo4j.AsyncGraphDatabase.driver(
        address,
        auth=(user, secret),
        connection_timeout=CONNECT_SECONDS,
        connection_acquisition_timeout=READ_SECONDS,
        max_transaction_retry_time=RETRY_SECONDS,
        notifications_min_severity=neo4j.NotificationMinimumSeverity.OFF,
        telemetry_disabled=True,
        user_agent="simpul",
    )


@contextmanager
def _never_again() -> Iterator[None]:
    """The driver repeats what ran out of memory in silence; it would run out of it again."""
    try:
        yield
    except driver_errors.TransientError as error:
        if "MemoryPoolOutOfMemory" in (error.code or ""):
            raise StoreUnavailable("store-memory") from error
        raise


def _ours(error: Exception, address: str, access: Access) -> SimpulError:
    """What a person should be told of an error of the driver, the network or the server."""
    code = getattr(error, "code", None) or ""
    known = next((make for part, make in _BY_CODE.items() if part in code), None)
    if known is not None:
        kind, told = known
        every = {"address": address, "user": access.user, "database": access.database}
        return kind(told, **every)
    if isinstance(error, driver_errors.UnsupportedServerProduct):
        return too_old(str(error.args[0]) if error.args else "")
    if isinstance(error, driver_errors.ConfigurationError):
        return StoreRefused("store-scheme", address=address)
    if cause := _cause(error, ssl.SSLError):
        return StoreRefused("store-certificate", address=address, why=str(cause))
    if "No space left" in str(error):
        return StoreUnavailable("store-full", why=str(error))
    if isinstance(error, driver_errors.ClientError):
        raise error  # a statement of ours is wrong: a defect, not something to tell a reader
    return StoreUnavailable("store-unreachable", address=address)


def too_old(found: str) -> StoreRefused:
    """The server answers, but speaks an older language."""
    return StoreRefused("store-too-old", found=found, expected=f"Neo4j {OLDEST}")


# by a part of the server's code, the first that fits
_BY_CODE: Final[dict[str, tuple[type[SimpulError], str]]] = {
    "MemoryPoolOutOfMemory": (StoreUnavailable, "store-memory"),
    "OutOfMemory": (StoreUnavailable, "store-memory"),
    "TransactionTimedOut": (StoreUnavailable, "store-slow"),
    "Transaction.Terminated": (StoreUnavailable, "store-slow"),
    "LockClientStopped": (StoreUnavailable, "store-slow"),
    "ReadOnlyDatabase": (StoreRefused, "store-read-only"),
    "WriteOnReadOnly": (StoreRefused, "store-read-only"),
    "AccessMode": (StoreRefused, "store-read-only"),
    "Security.Forbidden": (StoreRefused, "store-read-only"),
    ".Security.": (StoreRefused, "store-login"),
    "DatabaseNotFound": (StoreRefused, "store-database"),
}


def _cause(error: BaseException, kind: type[BaseException]) -> BaseException | None:
    """The first of an error and what caused it that is of this kind."""
    seen: BaseException | None = error
    while seen is not None and not isinstance(seen, kind):
        seen = seen.__cause__ or seen.__context__
    return seen
