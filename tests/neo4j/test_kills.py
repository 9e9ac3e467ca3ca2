"""Loads that end with a kill -9 of the loader or of the server: nothing lost, nothing half told.

In one transaction the store is as it was before, or as it is after. In bulk mode it says that it is
unfinished, and loading the same again writes what is left.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final, cast

import pytest

from graph_loader.errors import LoadBusy, StoreUnavailable
from graph_loader.model import Load
from graph_loader.store.base import Scan
from graph_loader.store.copy import Content, content_checksum
from tests.loader.sizes import generated
from tests.neo4j.address import Address
from tests.neo4j.faults import opened
from tests.neo4j.server import Server
from tests.worlds import umbrella_world

ROOT: Final = Path(__file__).parents[2]
# a server that has just come back may take its time: what it holds is asked here, not how soon
pytestmark = pytest.mark.usefixtures("patient")

BEFORE: Final = 100
AFTER: Final = 800  # because such a load has steps enough to be hit in ten places
PARTIES: Final = 200
CHUNK: Final = 50  # agreements between two steps
WHOLE: Final = 50_000
STRUCK: Final = ("loader", "server")
SEED: Final = 20261125
EPOCH: Final = datetime(2026, 1, 1, tzinfo=UTC)
# says after each step how far it is, and at the end whether it came to one
CHILD: Final = f"""
import sys
from graph_loader.errors import SimpulError
from graph_loader.store import neo4j_compare, neo4j_write
from graph_loader.store.access import Access
from graph_loader.store.open import open_store
from tests.loader.sizes import generated
assert neo4j_compare.CHUNK > {CHUNK} and neo4j_write.ONE_TRANSACTION == {WHOLE}
neo4j_compare.CHUNK = {CHUNK}
neo4j_write.ONE_TRANSACTION = int(sys.argv[2])
store = open_store(sys.argv[1], Access.from_env(__import__("os").environ))
batch = generated({AFTER}, {PARTIES}, seed=2)
try:
    store.write(batch, complete=True, progress=lambda *step: print(*step[1:], flush=True))
    print("done", flush=True)
except SimpulError as error:
    print(error.code, flush=True)
finally:
    store.close()
"""


class _Timeless:
    """A scan whose loads all began and ended at one moment, because the clock is not content."""

    def __init__(self, scan: Scan) -> None:
        self._scan = scan

    def __getattr__(self, name: str) -> Any:
        return getattr(self._scan, name)

    def loads(self) -> Iterator[Load]:
        for load in self._scan.loads():
            yield replace(load, started=EPOCH, finished=EPOCH)


def content(address: Address) -> Content:
    """All that the store holds, the times of loads left aside."""
    with opened(address) as store:
        return store.scan(lambda scan: content_checksum(cast(Scan, _Timeless(scan))))


def made_anew(address: Address) -> Content:
    """The store as it is before the load."""
    address.wipe()
    with opened(address) as store:
        store.write(generated(BEFORE, PARTIES, seed=1))
    return content(address)


class Loading:
    """A load in a process of its own, that can be watched and killed."""

    def __init__(self, address: Address, at_once: int) -> None:
        self._child = subprocess.Popen(
            [sys.executable, "-c", CHILD, address.uri, str(at_once)], cwd=ROOT, text=True,
            stdout=subprocess.PIPE, env=os.environ | address.environment,
        )  # fmt: skip
        assert self._child.stdout is not None
        self._steps = self._child.stdout
        self.total, self.end = 0, ""

    def reach(self, share: float) -> bool:
        """Wait until so much of it is written; whether it is still at work."""
        for step in self._steps:
            words = step.split()
            if len(words) == 1:
                self.end = words[0]
                return False
            done, self.total = map(int, words)
            if done >= share * self.total:
                return True
        return False

    def finish(self) -> str:
        """Wait until it ends by itself: "done", or the code of what stopped it."""
        while not self.end and self.reach(2.0):
            pass
        self._child.wait()
        self._steps.close()
        return self.end

    def kill(self) -> None:
        """As a power cut would."""
        self._child.kill()
        self.finish()


def moments(times: int, random: Random) -> Iterator[float]:
    """One share in each equal part of a load, so that no part is spared; the last is at its end."""
    for number in range(times):
        yield (number + random.random()) / times if number < times - 1 else 1.0


def struck(server: Server, struck_one: str, at_once: int, share: float) -> Loading:
    """A load, and a kill of the loader or of the server when it is so far."""
    loading = Loading(server.address, at_once)
    loading.reach(share)
    if struck_one == "loader":
        loading.kill()
    else:
        server.kill()
        loading.finish()
        server.restart()
    return loading


def whole(server: Server, at_once: int) -> Loading:
    """A load that nothing happens to."""
    loading = Loading(server.address, at_once)
    assert loading.finish() == "done"
    return loading


@pytest.fixture
def after(server: Server) -> Content:
    """What the store holds when the load was not disturbed."""
    return undisturbed(server)


@cache
def undisturbed(server: Server) -> Content:
    before = made_anew(server.address)
    whole(server, WHOLE)
    found = content(server.address)
    assert found.checksum != before.checksum
    assert (found.agreements, found.loads) == (AFTER, 2)
    return found


def kill_in_one_transaction(server: Server, struck_one: str, after: Content, times: int) -> None:
    before = made_anew(server.address)
    random = Random(f"{SEED}{struck_one}")
    inside = 0
    for share in moments(times, random):
        struck(server, struck_one, WHOLE, share)
        found = content(server.address)
        assert found in (before, after)
        inside += found == before
        if found == after:
            assert made_anew(server.address) == before
    assert inside, "no kill landed inside a load"
    whole(server, WHOLE)
    assert content(server.address) == after


def kill_in_batches(server: Server, struck_one: str, after: Content, times: int) -> None:
    """Each kill strikes what the one before left to do, which is all that is written again."""
    made_anew(server.address)
    random = Random(f"{SEED}{struck_one}in batches")
    left, inside = AFTER, 0
    for _ in range(times):
        loading = struck(server, struck_one, BEFORE, random.uniform(0.0, 0.3))
        assert loading.total == left
        found = unfinished(server.address)
        if found is not None and not inside:
            assert "A large load is not finished" in status(server.address)
        inside += found is not None
        if found is None:  # it came to its end before it was struck
            assert content(server.address) == after
            made_anew(server.address)
        left = AFTER if found is None else found
    assert inside, "no kill landed inside a load"
    assert whole(server, BEFORE).total == left
    assert content(server.address) == after


def unfinished(address: Address) -> int | None:
    """How many agreements are left to write, if the load is not over; and nobody is misled."""
    with opened(address) as store:
        state = store.state()
        if state.unfinished is None:
            return None
        assert (state.version, state.unfinished.source) == (1, "generated")
        with pytest.raises(StoreUnavailable, match="store-loading"):
            store.scan(lambda scan: len(list(scan.agreements())))
        with pytest.raises(LoadBusy, match="load-unfinished"):
            store.write(umbrella_world())
        return state.unfinished.total - state.unfinished.done


def status(address: Address) -> str:
    """What the operator is told."""
    words = [sys.executable, "-m", "explorer.cli", "status", "--lang", "en"]
    env = os.environ | address.environment
    return subprocess.run(words, env=env, capture_output=True, text=True, check=True).stdout


# `make soak` strikes both the server and the loader, ten times in each of the two ways
@pytest.mark.slow
def test_a_kill_in_batches(server: Server, after: Content) -> None:
    kill_in_batches(server, "server", after, 1)


@pytest.mark.soak
@pytest.mark.parametrize("struck_one", STRUCK)
def test_ten_kills_in_one_transaction(server: Server, after: Content, struck_one: str) -> None:
    kill_in_one_transaction(server, struck_one, after, 10)


@pytest.mark.soak
@pytest.mark.parametrize("struck_one", STRUCK)
def test_ten_kills_in_batches(server: Server, after: Content, struck_one: str) -> None:
    kill_in_batches(server, struck_one, after, 10)
