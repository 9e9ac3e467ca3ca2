"""A server that is killed or frozen while pages are read, and comes back."""

from __future__ import annotations

import logging
import threading
import time

import pytest

from graph_loader.errors import StoreUnavailable
from graph_loader.store.base import GraphStore, Scan
from graph_loader.store.neo4j_loop import LOOK_SECONDS, SILENCE_SECONDS
from tests.alone import alone
from tests.loader.sizes import generated
from tests.neo4j.faults import DUE, PATIENCE, Readers, fill, opened, pages, unharmed
from tests.neo4j.server import Server

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _filled(server: Server) -> None:
    server.address.wipe()
    fill(server.address)


def quiet(caplog: pytest.LogCaptureFixture) -> None:
    """Nothing was logged with a stack trace."""
    assert [one for one in caplog.records if one.exc_info] == []


def test_frozen_under_load_and_thawed(
    server: Server, caplog: pytest.LogCaptureFixture, request: pytest.FixtureRequest
) -> None:
    caplog.set_level(logging.WARNING)
    with pages(server.address) as app, Readers(app) as readers:
        readers.until_well()
        with alone(request.config):
            readers.until_well()
            before = len(readers.answers)
            server.freeze()
            try:
                meanwhile = readers.look(5.0)
            finally:
                server.thaw()
            readers.until_well()
    unharmed(readers.answers[before:])
    assert {one.status for one in meanwhile if one.page == "/jaringan"} == {200}
    assert 503 in {one.status for one in meanwhile if one.page == "/perjanjian"}
    quiet(caplog)


def test_killed_under_load_and_restarted(
    server: Server, caplog: pytest.LogCaptureFixture, request: pytest.FixtureRequest
) -> None:
    caplog.set_level(logging.WARNING)
    with pages(server.address) as app, Readers(app) as readers:
        readers.until_well()
        with alone(request.config):
            readers.until_well()
            before = len(readers.answers)
            server.kill()
            meanwhile = readers.look(2.0)
            server.restart()
            readers.until_well()
    unharmed(readers.answers[before:])
    assert {one.status for one in meanwhile if one.page == "/jaringan"} == {200}
    assert 503 in {one.status for one in meanwhile if one.page == "/perjanjian"}
    quiet(caplog)


@pytest.mark.alone
def test_a_process_that_starts_before_a_frozen_server_starts_in_time(server: Server) -> None:
    server.freeze()
    try:
        began = time.monotonic()
        with pages(server.address) as app, Readers(app) as readers:
            assert time.monotonic() - began < DUE
            readers.look(4.0)
            server.thaw()
            readers.until_well()
    finally:
        server.thaw()
    unharmed(readers.answers)


def test_frozen_in_the_middle_of_a_scan_and_of_a_load(
    server: Server, request: pytest.FixtureRequest
) -> None:
    """Both are told soon, leave what was there, and can be done again when it is thawed."""
    ready, told = threading.Barrier(3), []

    def load(store: GraphStore) -> None:
        def wait(stage: str, done: int, total: int) -> None:
            if ready.n_waiting < 2 and not done:
                ready.wait(PATIENCE)

        store.write(generated(200, 50), progress=wait)

    def scan(store: GraphStore) -> None:
        def read(scanned: Scan) -> int:
            ready.wait(PATIENCE)
            return len(list(scanned.statements()))

        store.scan(read)

    def run(work: object) -> None:
        assert callable(work)
        with opened(server.address) as store, pytest.raises(StoreUnavailable) as error:
            work(store)
        told.append((error.value.code, time.monotonic() - frozen))

    frozen = time.monotonic()
    threads = [threading.Thread(target=run, args=(work,)) for work in (load, scan)]
    for thread in threads:
        thread.start()
    while ready.n_waiting < 2:
        time.sleep(0.05)
    with alone(request.config):
        server.freeze()
        frozen = time.monotonic()
        ready.wait(PATIENCE)
        try:
            for thread in threads:
                thread.join(PATIENCE)
        finally:
            server.thaw()
    assert [code for code, _ in told] == ["store-unreachable"] * 2
    assert max(seconds for _, seconds in told) < LOOK_SECONDS + SILENCE_SECONDS + DUE
    with opened(server.address) as store:
        assert (store.version(), store.state().unfinished) == (1, None)
        assert store.scan(lambda scanned: len(list(scanned.agreements()))) == 5
        assert store.write(generated(200, 50)).load.added == 200
