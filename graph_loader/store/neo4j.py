"""The driver's boundary: sessions, transactions and deadlines; its errors become ours here."""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import Awaitable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from typing import Any, Final, LiteralString, TypeVar

import neo4j
from neo4j import exceptions as driver_errors

from graph_loader.errors import StoreRefused, StoreUnavailable
from graph_loader.patience import left
from graph_loader.store.access import Access
from graph_loader.store.neo4j_errors import MADE_MEANWHILE, OUT_OF_MEMORY, TERMINATED, reason
from graph_loader.store.neo4j_loop import Loop, TooLateError, attended

READ_SECONDS: Final = 1.5  # because a page must end within two, an error page too
SERVER_SECONDS: Final = 1.3  # because a server has nothing to gain by going on after that
TELLING: Final = 1.0  # seconds; because in less a busy server cannot be told from a silent one
RETRY_SECONDS: Final = 0.8  # for deadlocks and restarts, within READ_SECONDS
RETRY_FIRST: Final = 0.05  # because the driver's own first pause, a second, is two thirds of a read
READ_CONNECT: Final = 1.0  # seconds; because a read has half a second left then
LONG_CONNECT: Final = 5.0  # because a load may wait for a far server
WHY_SECONDS: Final = 0.4  # because a page still has as much after a read that failed
FETCH: Final = 5_000  # because rows of a scan then come in pieces of a few hundred kilobytes

# what the driver logs is told in our own words; without this it would be printed too
logging.getLogger("neo4j").addHandler(logging.NullHandler())

T = TypeVar("T")
Row = list[Any]
Params = dict[str, Any]
Asked = tuple[str, Params]
"""A statement and its parameters."""
_TRANSLATED: Final = (
    driver_errors.Neo4jError, driver_errors.DriverError, OSError, UnicodeError, CancelledError,
)  # fmt: skip


class Transaction:
    """One explicit transaction; see `neo4j_server.Server.transaction`."""

    def __init__(self, line: Line, inner: neo4j.AsyncTransaction) -> None:
        self._line, self._inner = line, inner

    def rows(self, statement: str, **params: Any) -> list[Row]:
        """Run a statement and wait for all its rows."""
        return self._line.wait(_rows(self._inner, statement, params))

    def rows_within(self, seconds: float, statement: str) -> list[Row]:
        """The same, for so long. Raises: StoreUnavailable ("store-slow")."""
        return self._line.wait(_rows(self._inner, statement, {}), seconds)

    def put(self, statement: str, rows: Sequence[Any], **params: Any) -> None:
        """Run a statement for each of `$rows`; where there are none, nothing is asked."""
        if rows:
            self.rows(statement, rows=rows, **params)

    def stream(self, statement: str, **params: Any) -> Iterator[Row]:
        """The rows as they come, some thousands in memory at a time."""
        result = self._line.wait(self._inner.run(_fixed(statement), params))
        while records := self._line.wait(result.fetch(FETCH)):
            yield from map(list, records)

    def commit(self) -> None:
        """Keep what was written."""
        self._line.wait(self._inner.commit())


class Line:
    """The drivers of one process and the event loop that they live on.

    Reads have a driver of their own. After one that was not answered it is replaced, because its
    other connections may have died without a word too (a firewall drops what is idle), and what
    it had seen is forgotten (a server restored from a backup waits for it in vain).
    """

    def __init__(self, address: str, access: Access, secret: str) -> None:
        self._address, self._access, self._secret = address, access, secret
        self._loop = Loop()
        try:
            self._quick, self._long = self._driver(READ_CONNECT), self._driver(LONG_CONNECT)
        except (driver_errors.ConfigurationError, ValueError) as error:
            self._loop.close()
            raise StoreRefused("store-scheme", address=address) from error
        self._retired: list[neo4j.AsyncDriver] = []
        self._seen = neo4j.AsyncGraphDatabase.bookmark_manager()

    def read(self, asked: Sequence[Asked]) -> list[list[Row]]:
        """The rows of each statement, all in one read transaction, in time."""

        @neo4j.unit_of_work(timeout=SERVER_SECONDS)
        async def work(transaction: neo4j.AsyncManagedTransaction) -> list[list[Row]]:
            with _repeated():
                return [await _rows(transaction, *one) for one in asked]

        async def ask() -> list[list[Row]]:
            async with self._session(driver, neo4j.READ_ACCESS) as session:
                return await session.execute_read(work)

        driver, seconds = self._quick, min(READ_SECONDS, left())
        if not seconds:
            raise StoreUnavailable("store-slow")
        try:
            return self.wait(ask(), seconds)
        except StoreUnavailable as error:
            if isinstance(error.__cause__, TimeoutError | TooLateError):
                self._renew(driver)
                if seconds < TELLING:
                    raise StoreUnavailable("store-slow") from error
            raise

    def agent(self) -> str:
        """What the server calls itself."""
        return self.wait(self._quick.get_server_info(), READ_SECONDS).agent

    def change(self, statements: Sequence[Asked]) -> None:
        """Statements that may be repeated, each a transaction of its own, however long it takes."""

        async def work(
            transaction: neo4j.AsyncManagedTransaction, statement: str, params: Params
        ) -> None:
            with _repeated():
                await _rows(transaction, statement, params)

        async def each() -> None:
            async with self._session(self._long, neo4j.WRITE_ACCESS) as session:
                for statement, params in statements:
                    await session.execute_write(work, statement, params)

        self.wait(each())

    @contextmanager
    def begun(self, *, write: bool, seconds: float) -> Iterator[Transaction]:
        """A transaction that is rolled back unless it was committed, whatever is left of it."""
        mode = neo4j.WRITE_ACCESS if write else neo4j.READ_ACCESS
        session = self._session(self._long, mode)
        try:
            inner = self.wait(session.begin_transaction(timeout=seconds))
            try:
                yield Transaction(self, inner)
            finally:
                self._loop.end(inner.close())
        finally:
            self._loop.end(session.close())

    def wait(self, work: Awaitable[T], seconds: float = math.inf) -> T:
        """What comes of it. Raises: StoreUnavailable, StoreRefused."""
        try:
            return self._loop.run(attended(work, self._answers, seconds))
        except TooLateError as error:
            raise StoreUnavailable("store-slow") from error
        except _TRANSLATED as error:
            found = self._why(error)
            ours = reason(found, getattr(found, "code", None) or "", self._address, self._access)
            raise ours from error

    def close(self) -> None:
        """Close the drivers, as far as a server that may be frozen lets it, and end the loop."""
        for driver in (*self._retired, self._quick, self._long):
            self._loop.end(driver.close())
        self._loop.close()

    def let_go(self) -> None:
        """In a child process: these connections are the parent's."""
        self._loop.let_go()

    def _session(self, driver: neo4j.AsyncDriver, mode: str) -> neo4j.AsyncSession:
        """A session that has seen whatever this process wrote."""
        return driver.session(
            database=self._access.database,
            default_access_mode=mode,
            bookmark_manager=self._seen,
            fetch_size=FETCH,
        )

    def _why(self, error: Exception) -> Exception:
        """Of no way into a cluster the driver does not say why; one of its servers does."""
        if not isinstance(error, driver_errors.ServiceUnavailable) or self._address[:5] != "neo4j":
            return error
        direct = self._make(READ_CONNECT, "bolt" + self._address.partition("?")[0][5:])
        try:
            self._loop.run(asyncio.wait_for(_greeted(direct), WHY_SECONDS))
        except _TRANSLATED as found:
            return found
        return error

    async def _answers(self) -> bool:
        """Whether the server answers somebody who comes anew, were it with a refusal."""
        try:
            await _greeted(self._make(LONG_CONNECT))
        except driver_errors.Neo4jError:
            return True
        except (driver_errors.DriverError, OSError):
            return False
        return True

    def _renew(self, old: neo4j.AsyncDriver) -> None:
        """The old one is closed when the last read on it is over.

        Many reads find at once that it does not answer; on the loop they come one by one.
        """

        async def retire() -> None:
            await old.close()
            self._retired.remove(old)

        async def renew() -> None:
            if self._quick is old:
                self._quick = self._make(READ_CONNECT)
                self._seen = neo4j.AsyncGraphDatabase.bookmark_manager()
                self._retired.append(old)
                self._loop.later(2 * READ_SECONDS, retire)

        self._loop.run(renew())

    def _driver(self, connect: float) -> neo4j.AsyncDriver:
        async def make() -> neo4j.AsyncDriver:  # where the loop runs, as the driver wants it
            return self._make(connect)

        return self._loop.run(make())

    def _make(self, connect: float, address: str = "") -> neo4j.AsyncDriver:
        return neo4j.AsyncGraphDatabase.driver(
            address or self._address,
            auth=(self._access.user, self._secret),
            connection_timeout=connect,
            connection_acquisition_timeout=connect + READ_SECONDS - READ_CONNECT,
            max_transaction_retry_time=RETRY_SECONDS,
            initial_retry_delay=RETRY_FIRST,
            notifications_min_severity=neo4j.NotificationMinimumSeverity.OFF,
            telemetry_disabled=True,
            user_agent="simpul",
        )


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


@contextmanager
def _repeated() -> Iterator[None]:
    """What the driver repeats: what somebody broke off, or made at the same moment, too.

    But not what ran out of memory.
    """
    try:
        yield
    except driver_errors.TransientError as error:
        if OUT_OF_MEMORY in (error.code or ""):
            raise StoreUnavailable("store-memory") from error
        raise
    except driver_errors.ClientError as error:
        if any(part in (error.code or "") for part in (TERMINATED, MADE_MEANWHILE)):
            raise _BrokenOffError(str(error)) from error
        raise


class _BrokenOffError(driver_errors.TransientError):
    """Somebody ended a transaction of ours, or was quicker; tried again, it does what it should."""

    code = f"Neo.TransientError.{TERMINATED}"


async def _greeted(driver: neo4j.AsyncDriver) -> None:
    async with driver:
        await driver.get_server_info()
