"""Reads and loads in the way of others, too large, too many, or in a process that forked."""

from __future__ import annotations

import gc
import math
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

import psutil
import pytest
from neo4j import Driver

from graph_loader.errors import LoadBusy, SimpulError, StoreUnavailable
from graph_loader.patience import due_in
from graph_loader.store import cypher, neo4j
from graph_loader.store.neo4j import RETRY_SECONDS, SERVER_SECONDS, Params
from graph_loader.store.neo4j_server import Server
from tests.alone import alone
from tests.loader.sizes import generated
from tests.neo4j.address import Address
from tests.neo4j.faults import DUE, PATIENCE, access, fill, opened
from tests.neo4j.home import HOST, free_port
from tests.neo4j.server import Server as Process

SLOW: Final = "UNWIND range(1, 1000000000) AS n WITH n WHERE n % 7 = 8 RETURN count(n)"
# works for a while first, so that each attempt can be seen on the server
GREEDY: Final = """
UNWIND range(1, 3000000) AS n WITH count(n) AS many
UNWIND range(1, many) AS n WITH collect(n) AS found RETURN size(found)"""
ONE: Final[tuple[str, Params]] = ("RETURN 1", {})
ROOT: Final = Path(__file__).parents[2]


@pytest.fixture
def asked(neo4j_server: Address) -> Iterator[Server]:
    """The run's server, as a store asks it, warm."""
    with closing(Server(neo4j_server.uri, access(neo4j_server))) as server:
        assert server.read(ONE) == [[[1]]]
        yield server


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reads may take longer than a page has, where something else is asked than how soon."""
    for name in ("READ_SECONDS", "SERVER_SECONDS", "RETRY_SECONDS"):
        monkeypatch.setattr(neo4j, name, PATIENCE)


def refused(server: Server, statement: str) -> tuple[str, float]:
    """The code of what comes of a read, and how long it took."""
    began = time.monotonic()
    with pytest.raises(SimpulError) as error:
        server.read((statement, {}))
    return error.value.code, time.monotonic() - began


def running(address: Address, part: str) -> list[str]:
    """The transactions on the server that run such a statement now."""
    with address.driver() as driver:
        return seen(driver, part)


def seen(driver: Driver, part: str) -> list[str]:
    found = driver.execute_query(
        "SHOW TRANSACTIONS YIELD transactionId, currentQuery"
        " WHERE currentQuery CONTAINS $part AND NOT currentQuery CONTAINS 'SHOW'"
        " RETURN transactionId AS id", part=part,
    )  # fmt: skip
    return [row["id"] for row in found.records]


# reads


@pytest.mark.alone
def test_a_slow_read_is_told_in_time_and_others_go_on(asked: Server, neo4j_server: Address) -> None:
    """Also on the server, where nothing of it may be left running."""
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(refused, asked, SLOW)
        while not slow.done():
            assert asked.read(ONE) == [[[1]]]
            time.sleep(0.05)
        code, seconds = slow.result()
    assert code == "store-slow"
    assert SERVER_SECONDS < seconds < DUE
    assert asked.read(ONE) == [[[1]]]
    end = time.monotonic() + PATIENCE
    while running(neo4j_server, "% 7 = 8"):
        assert time.monotonic() < end
        time.sleep(0.2)


@pytest.mark.alone
def test_fifty_readers_at_once(asked: Server) -> None:
    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(lambda _: asked.read(ONE), range(500)))
    assert answers == [[[[1]]]] * 500


def test_connections_that_are_cut_are_not_noticed(asked: Server, neo4j_server: Address) -> None:
    with neo4j_server.driver() as driver:
        for _ in range(5):
            cut = driver.execute_query(
                "CALL dbms.listConnections() YIELD connectionId, userAgent"
                " WHERE userAgent = 'simpul' WITH collect(connectionId) AS ids"
                " CALL dbms.killConnections(ids) YIELD message RETURN message"
            )
            assert cut.records
            assert asked.read(ONE) == [[[1]]]


@pytest.mark.usefixtures("unhurried")
def test_a_read_that_somebody_ends_is_repeated(asked: Server, neo4j_address: Address) -> None:
    """It works until it is ended, and the second time it finds what it has to do done."""
    work = """
    UNWIND range(1, CASE WHEN EXISTS { (:Undone) } THEN 1000000000 ELSE 9 END) AS n
    WITH n WHERE n % 3 = 0 RETURN count(n)"""
    with neo4j_address.driver() as driver, ThreadPoolExecutor(1) as pool:
        driver.execute_query("CREATE (:Undone)")
        reading = pool.submit(asked.read, (work, {}))
        while not (ended := seen(driver, "(:Undone)")):
            assert not reading.done()
            time.sleep(0.01)
        driver.execute_query("MATCH (n:Undone) DELETE n")
        driver.execute_query("TERMINATE TRANSACTION $id", id=ended[0])
        assert reading.result() == [[[3]]]


@pytest.mark.usefixtures("unhurried")
def test_a_deadlock_is_resolved_by_repeating(asked: Server, neo4j_address: Address) -> None:
    """Two that take the same two locks in different orders, until one of ours was the victim."""
    lock = "MATCH (n:Pair {id: $a}) SET n.a = 1 WITH n MATCH (m:Pair {id: $b}) SET m.b = 1"
    with neo4j_address.driver() as driver:
        driver.execute_query("UNWIND [1, 2] AS id CREATE (:Pair {id: id})")
    with ThreadPoolExecutor(8) as pool:
        pairs = [(1, 2), (2, 1)] * 40
        done = [pool.submit(asked.change, (lock, {"a": a, "b": b})) for a, b in pairs]
        for one in done:
            one.result()


@contextmanager
def dead_end(port: int) -> Iterator[tuple[int, threading.Event]]:
    """A way to a port whose connections go dead without a word when the event is set."""
    dead = threading.Event()
    sockets: list[socket.socket] = []

    def pump(source: socket.socket, target: socket.socket, was_dead: bool) -> None:
        with_data = iter(lambda: _received(source), b"")
        for data in with_data:
            if dead.is_set() and not was_dead:
                continue
            target.sendall(data)

    def serve() -> None:
        while True:
            try:
                near, _ = door.accept()
            except OSError:
                return
            far = socket.create_connection((HOST, port))
            sockets.extend([near, far])
            for ends in ((near, far), (far, near)):
                args = (*ends, dead.is_set())
                threading.Thread(target=pump, args=args, daemon=True).start()

    with socket.create_server((HOST, free_port())) as door:
        thread = threading.Thread(target=serve)
        thread.start()
        yield door.getsockname()[1], dead
        door.shutdown(socket.SHUT_RDWR)
        thread.join()
        for one in sockets:
            with closing(one):
                one.shutdown(socket.SHUT_RDWR)


def _received(source: socket.socket) -> bytes:
    try:
        return source.recv(65_536)
    except OSError:
        return b""


@pytest.mark.alone
def test_connections_that_died_without_a_word_cost_one_read(neo4j_server: Address) -> None:
    """As a firewall does with what is idle: eight are dead, and only the first read waits."""
    with (
        dead_end(neo4j_server.port) as (port, dead),
        closing(Server(f"bolt://{HOST}:{port}", access(neo4j_server))) as server,
    ):
        with ThreadPoolExecutor(8) as pool:
            slow: tuple[str, Params] = ("UNWIND range(1, 300000) AS n RETURN count(n)", {})
            assert len(list(pool.map(lambda _: server.read(slow), range(8)))) == 8
        dead.set()
        code, seconds = refused(server, ONE[0])
        assert (code, seconds < DUE) == ("store-slow", True)  # because who comes anew is answered
        for _ in range(8):
            assert server.read(ONE) == [[[1]]]


# loads


def test_a_second_load_is_refused_and_leaves_nothing_waiting(neo4j_address: Address) -> None:
    fill(neo4j_address)
    one, other = (Server(neo4j_address.uri, access(neo4j_address)) for _ in range(2))
    with closing(one), closing(other), one.holding(cypher.TAKE_TURN, 1.0):
        with pytest.raises(LoadBusy), other.holding(cypher.TAKE_TURN, 1.0):
            pass
        assert running(neo4j_address, "turn.taken") == []
    with closing(other), other.holding(cypher.TAKE_TURN, 1.0):
        pass


@pytest.mark.slow
def test_what_runs_out_of_memory_is_told_once_and_leaves_what_was_there(
    server: Process, request: pytest.FixtureRequest
) -> None:
    server.address.wipe()
    fill(server.address)
    server.restart({"db.memory.transaction.max": "8m"})
    enough, attempts = threading.Event(), set[str]()

    def count() -> None:
        with server.address.driver() as driver:
            while not enough.wait(0.01):
                attempts.update(seen(driver, "collect(n)"))

    counting = threading.Thread(target=count)
    with (
        closing(Server(server.uri, access(server.address))) as asked, alone(request.config),
    ):  # fmt: skip
        assert asked.read(ONE) == [[[1]]]
        counting.start()
        try:
            time.sleep(0.5)  # so that the counting has begun
            code, seconds = refused(asked, GREEDY)
            time.sleep(RETRY_SECONDS)
        finally:
            enough.set()
            counting.join()
    assert (code, seconds < DUE, len(attempts)) == ("store-memory", True, 1)
    steps: list[int] = []
    with opened(server.address) as store:
        with pytest.raises(StoreUnavailable) as error:
            store.write(generated(10_000, 500), progress=lambda stage, done, _: steps.append(done))
        assert error.value.code == "store-memory"
        assert steps[0] == 0
        assert len(set(steps)) == len(steps)
        assert (store.version(), store.state().unfinished) == (1, None)
        assert store.scan(lambda scan: len(list(scan.agreements()))) == 5


@pytest.mark.slow
def test_what_was_seen_is_forgotten_where_a_server_was_restored(
    server: Process, request: pytest.FixtureRequest
) -> None:
    """It waits in vain for what it does not know any more: one read fails, and no second one."""
    with closing(Server(server.uri, access(server.address))) as asked:
        for _ in range(5):
            asked.change(("CREATE (:Passing) ", {}))
        server.kill()
        _back_in_time(server)
        with alone(request.config):
            codes = _told_until_answered(asked)
        assert codes[:1] == ["store-slow"]
        assert len(codes) < 5


def _told_until_answered(asked: Server) -> list[str]:
    """The codes of the errors until a read is answered."""
    end = time.monotonic() + PATIENCE
    codes = []
    while True:
        try:
            asked.read(ONE)
        except StoreUnavailable as error:
            codes.append(error.code)
            assert time.monotonic() < end, codes
            time.sleep(0.2)
        else:
            return codes


def _back_in_time(server: Process) -> None:
    """The server with an empty database, as after a restore of an early backup."""
    for part in ("databases/neo4j", "transactions/neo4j"):
        subprocess.run(["rm", "-rf", server.home / "data" / part], check=True)
    server.restart()


@pytest.mark.soak
@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk")
def test_a_full_disk(server: Process) -> None:
    """The server stops the database itself: told as that, and well again with space and a start."""
    server.address.wipe()
    fill(server.address)
    data, aside = server.home / "data", server.home / "aside"
    server.process.end(signal.SIGTERM)
    data.rename(aside)
    data.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=14m", "tmpfs", data], check=True)
    try:
        subprocess.run(["cp", "-a", f"{aside}/.", data], check=True)
        server.restart()
        with opened(server.address) as store:
            for work in (lambda: store.write(generated(10_000, 500)), store.state):
                with pytest.raises(StoreUnavailable) as error:
                    work()
                assert error.value.code == "store-full"
        subprocess.run(["mount", "-o", "remount,size=200m", data], check=True)
        server.restart()
        with opened(server.address) as store:
            assert store.version() == 1
            assert store.write(generated(100, 50)).load.added == 100
    finally:
        server.kill()
        subprocess.run(["umount", data], check=True)
        data.rmdir()
        aside.rename(data)


# what is left


def test_nothing_is_left_of_a_store_that_was_closed(neo4j_server: Address) -> None:
    me = psutil.Process()
    threads, files = set(threading.enumerate()), len(me.net_connections())
    for uri in (neo4j_server.uri, neo4j_server.uri.replace("bolt", "neo4j")):
        with opened(replace(neo4j_server, uri=uri)) as store:
            store.version()
        store.close()  # a second time
    end = time.monotonic() + PATIENCE
    while set(threading.enumerate()) - threads or len(me.net_connections()) > files:
        assert time.monotonic() < end
        time.sleep(0.05)
    gc.collect()  # what was not closed complains here, and complaints are errors


@pytest.mark.alone
def test_a_wait_that_is_interrupted_leaves_a_server_that_can_be_asked(asked: Server) -> None:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may ignore it
    timer = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        asked.read((SLOW, {}))
    timer.join()
    signal.signal(signal.SIGINT, before)
    assert asked.read(ONE) == [[[1]]]


FORKED: Final = """
import logging, os, sys
from graph_loader.store import neo4j
from graph_loader.store.access import Access
from graph_loader.store.open import open_store
# how soon is not asked here, and that something took a tenth of a second is of the machine
neo4j.READ_SECONDS = neo4j.SERVER_SECONDS = 60.0
logging.getLogger("asyncio").addFilter(lambda said: not said.getMessage().startswith("Executing "))
store = open_store(sys.argv[1], Access.from_env(os.environ))
version = store.version()
child = os.fork()
assert store.version() == version
if child:
    assert os.waitpid(child, 0)[1] == 0
    assert store.version() == version  # the child has not closed the parent's connections
store.close()
print("parent" if child else "child", version)
"""


def test_a_store_made_before_a_fork_works_in_both(neo4j_address: Address) -> None:
    fill(neo4j_address)
    ran = subprocess.run(
        [sys.executable, "-X", "dev", "-W", "error", "-c", FORKED, neo4j_address.uri], cwd=ROOT,
        env=os.environ | neo4j_address.environment, capture_output=True, text=True,
        timeout=PATIENCE,
    )  # fmt: skip
    assert (ran.stdout.split(), ran.stderr) == (["child", "1", "parent", "1"], "")


@pytest.mark.alone
def test_a_question_that_asks_often_is_due_once(asked: Server) -> None:
    """Reads that are each in time, but not all of them together."""
    some: tuple[str, Params] = ("UNWIND range(1, 3000000) AS n RETURN count(n)", {})
    began = time.monotonic()
    due_in(DUE)
    try:
        with pytest.raises(StoreUnavailable, match="store-slow"):
            list(map(asked.read, [some] * 100))
        assert time.monotonic() - began < DUE + 0.3
        with pytest.raises(StoreUnavailable, match="store-slow"):
            asked.read(ONE)
    finally:
        due_in(math.inf)
    assert asked.read(ONE) == [[[1]]]  # nobody took the server for dead
