"""A server that takes connections and never says a word, as many readers meet it at once."""

from __future__ import annotations

import asyncio
import gc
import socket
import threading
import warnings
from collections.abc import Iterator
from contextlib import closing
from itertools import count

import neo4j
import pytest

from graph_loader.errors import StoreUnavailable
from graph_loader.store import neo4j as boundary
from graph_loader.store.access import Access
from graph_loader.store.neo4j_loop import Loop
from tests.neo4j.home import HOST, free_port

READERS = 12
TURNS = 40  # of the loop; because a server has been connected to, and greeted, after ten


@pytest.fixture
def silent() -> Iterator[str]:
    """The address of a socket whose connections are never read."""
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listening:
        yield f"bolt://127.0.0.1:{listening.getsockname()[1]}"


def test_readers_that_give_up_at_once_leave_one_new_driver_and_lose_none(
    silent: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[neo4j.AsyncDriver] = []
    make = boundary.Line._make

    def counted(line: boundary.Line, connect: float, address: str = "") -> neo4j.AsyncDriver:
        driver = make(line, connect, address)
        if connect == boundary.READ_CONNECT:
            made.append(driver)
        return driver

    monkeypatch.setattr(boundary.Line, "_make", counted)
    told: list[str] = []
    with closing(boundary.Line(silent, Access("neo4j", "secret"), "secret")) as line:
        together = threading.Barrier(READERS)

        def give_up() -> None:
            together.wait()
            with pytest.raises(StoreUnavailable) as error:
                line.read([("RETURN 1", {})])
            told.append(error.value.code)

        threads = [threading.Thread(target=give_up) for _ in range(READERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert told == ["store-unreachable"] * READERS
    assert len(made) == 2
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert all(driver._closed for driver in made)
        made.clear()
        gc.collect()


def test_a_loop_that_ends_leaves_no_socket_open(silent: str) -> None:
    host, port = silent.removeprefix("bolt://").split(":")

    async def say_more_than_anybody_hears() -> None:
        _, writer = await asyncio.open_connection(host, int(port))
        writer.write(b"x" * 50_000_000)
        writer.close()  # which waits until all of it is said
        await asyncio.sleep(60)

    loop = Loop()
    with pytest.raises(TimeoutError):
        loop.run(say_more_than_anybody_hears(), 0.5)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        loop.close()
        gc.collect()


async def given_up(address: str, turns: int) -> bool:
    """Ask there, and give it up after so many turns of the loop; whether it was over before."""
    async with neo4j.AsyncGraphDatabase.driver(address, connection_timeout=60) as driver:
        asking = asyncio.ensure_future(driver.get_server_info())
        for _ in range(turns):
            await asyncio.sleep(0)
        was_over = asking.done()
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
        return was_over


def test_a_connect_that_is_given_up_at_any_moment_leaves_and_tells_nothing(
    silent: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Python and the driver would leave a socket, or the stack trace of a refusal."""
    with closing(Loop()) as loop, warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        for turns in range(TURNS):
            assert not loop.run(given_up(silent, turns))
        refusing = f"bolt://{HOST}:{free_port()}"
        for turns in count():
            if loop.run(given_up(refusing, turns)):
                break
        assert turns > 5
        gc.collect()
    assert ([str(one.message) for one in warned], caplog.records) == ([], [])
