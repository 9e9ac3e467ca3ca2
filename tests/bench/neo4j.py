"""How fast a real Neo4j server is loaded, beside bare statements; `… million` loads one once."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from statistics import median
from typing import Final

import psutil
from neo4j import Driver

from graph_loader.store.access import Access
from graph_loader.store.base import GraphStore
from graph_loader.store.neo4j_write import ONE_TRANSACTION
from graph_loader.store.open import open_store
from tests.bench import neo4j_bare as bare
from tests.bench import neo4j_reads as reads
from tests.bench.apart import Cost, apart, say
from tests.loader.sizes import generated
from tests.neo4j.address import Address
from tests.neo4j.server import LASTING, Server

AGREEMENTS: Final = 100_000
MILLION: Final = 1_000_000
FEW: Final = 10_000
SINGLE: Final = 2_000  # because so many take some ten seconds one by one
ROUNDS: Final = 3  # because one pair alone follows whatever else the machine does
BARE_BOUND: Final = 0.8
SINGLE_BOUND: Final = 20
HEAP: Final = "2g"  # because one transaction of 50,000 agreements needs 1 GB of it
MEMORY: Final = {"server.memory.pagecache.size": "512m"}  # as docker-compose.yml gives it
_USED: Final = """
SHOW TRANSACTIONS YIELD estimatedUsedHeapMemory RETURN max(estimatedUsedHeapMemory)"""
_EVERY: Final = 0.1  # seconds between two looks at the memory
Row = tuple[str, str, str]


def run() -> list[Row]:
    """Loads, one large transaction, scans and reads, each on a server of this bench alone."""
    with _served() as server, server.address.driver() as driver:
        rows = _one_transaction(server.address, driver)
        _load(server.address, FEW)
        small = reads.walk(server.address)
        rows += _loads(server.address, driver)
        return [*rows, *reads.scans(server.address, small), *reads.pages(server.address)]


def million() -> list[Row]:
    """Seconds of one load of a million agreements, and the memory that it takes on both sides."""
    with _served() as server, _peak_rss(server.pid) as peak:
        seconds, loader = _load(server.address, MILLION)
        with closing(_opened(server.address)) as store, server.address.driver() as driver:
            assert store.state().unfinished is None
            assert bare.census(driver)["['Agreement']"] == MILLION
        took = f"{seconds:,.0f} s ({MILLION / seconds:,.0f}/s)"
        return [
            (f"neo4j: {MILLION:,} agreements, batch by batch", took, ""),
            ("neo4j: peak memory of the loader", f"{loader:,.0f} MB", ""),
            (f"neo4j: peak memory of the server (-Xmx{HEAP})", f"{peak[0]:,.0f} MB", ""),
        ]


# loads --------------------------------------------------------------------------------------


def _loads(address: Address, driver: Driver) -> list[Row]:
    """Pairs of a load and of its peer, in turn the one first and the other; medians."""
    ours, peers, memory = [], [], []
    known: bare.Bare | None = None
    for number in range(ROUNDS):
        for mine in (True, False) if number % 2 == 0 else (False, True):
            if mine or known is None:
                seconds, peak = _load(address, AGREEMENTS)
                ours.append(seconds)
                memory.append(peak)
                wanted = bare.census(driver)
                known = known or bare.read(driver)
            else:
                _empty(address)
                peers.append(known.write(driver))
                assert bare.census(driver) == wanted, "the peer wrote something else"
    single = bare.one_by_one(driver, SINGLE)
    assert bare.census(driver) == wanted, "one by one something else was written"
    loader = ("neo4j: peak memory of the loader", f"{max(memory):,.0f} MB", "")
    return [*_rates(ours, peers, single), loader]


def _rates(ours: list[float], peers: list[float], single: float) -> list[Row]:
    ratio = median(peer / own for own, peer in zip(ours, peers, strict=True))
    rate, slow = AGREEMENTS / median(ours), SINGLE / single
    load = os.getloadavg()[0]
    return [
        (f"neo4j: {AGREEMENTS:,} agreements written", f"{rate:,.0f}/s", ""),
        ("neo4j: the same by bare UNWIND", f"{AGREEMENTS / median(peers):,.0f}/s", ""),
        (f"neo4j: ratio (load average {load:.1f})", f"{ratio:.2f}", f">= {BARE_BOUND}"),
        (f"neo4j: one statement each ({SINGLE:,} of them)", f"{slow:,.0f}/s", ""),
        ("neo4j: ratio to that", f"{rate / slow:.0f}", f">= {SINGLE_BOUND}"),
    ]


def _one_transaction(address: Address, driver: Driver) -> list[Row]:
    """The most that is written in one transaction, and what the server takes it to need."""
    with _peak_used(driver) as peak:
        seconds, _ = _load(address, ONE_TRANSACTION)
    (limit,) = driver.execute_query(
        "SHOW SETTINGS YIELD name, value WHERE name = 'dbms.memory.transaction.total.max'"
        " RETURN value"
    ).records[0]
    return [
        (
            f"neo4j: {ONE_TRANSACTION:,} in one transaction ({seconds:.0f} s), its memory",
            f"{peak[0] / 2**20:,.0f} MB",
            f"<= {limit} at -Xmx{HEAP}",
        )
    ]


def _load(address: Address, agreements: int) -> Cost:
    """A load into an empty store, in a process of its own."""
    _empty(address)
    return apart(write_here, str(agreements), environment=address.environment)


def write_here(agreements: str) -> None:
    """Write the generated load."""
    with closing(open_store(os.environ["SIMPUL_STORE"], Access.from_env(os.environ))) as store:
        batch = generated(int(agreements))
        store.identity()  # connected, as the peer is
        start = time.perf_counter()
        store.write(batch, progress=lambda stage, done, total: None)
        say(time.perf_counter() - start)


# the server ---------------------------------------------------------------------------------


@contextmanager
def _served() -> Iterator[Server]:
    with Server.start(heap=HEAP, options=LASTING, conf=MEMORY) as server:
        yield server


def _opened(address: Address) -> GraphStore:
    return open_store(address.uri, Access(address.user, address.password))


def _empty(address: Address) -> None:
    """Nothing in it but constraints, indexes, and what says that it is a store."""
    address.wipe()
    with closing(_opened(address)) as store:
        store.identity()


@contextmanager
def _peak_used(driver: Driver) -> Iterator[list[float]]:
    """The most that any transaction takes up, by the server's own account."""

    def look() -> float:
        return float(driver.execute_query(_USED).records[0].value() or 0)

    with _highest(look) as peak:
        yield peak


@contextmanager
def _peak_rss(pid: int) -> Iterator[list[float]]:
    """The most megabytes that a process holds meanwhile."""
    process = psutil.Process(pid)
    with _highest(lambda: process.memory_info().rss / 2**20) as peak:
        yield peak


@contextmanager
def _highest(look: Callable[[], float]) -> Iterator[list[float]]:
    peak, over = [look()], threading.Event()

    def watch() -> None:
        while not over.wait(_EVERY):
            peak[0] = max(peak[0], look())

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield peak
    finally:
        over.set()
        watcher.join()


if __name__ == "__main__":
    from tests.bench import neo4j as bench  # because another process finds it by this name

    for row in bench.million() if sys.argv[1:] == ["million"] else bench.run():
        print("  ".join(row), flush=True)
