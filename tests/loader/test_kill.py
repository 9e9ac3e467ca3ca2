"""A load that is killed leaves the store as it was before, or as it is after: never between."""

from __future__ import annotations

import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path
from random import Random
from shutil import copy

import pytest

from graph_loader.store.base import GraphStore, Scan
from graph_loader.store.open import open_store
from tests.loader.sizes import generated

ROOT = Path(__file__).parents[2]
BEFORE = 200
AFTER = 6_000  # because such a load takes long enough to be hit at every stage
PARTIES = 500
CHILD = f"""
import sys
from graph_loader.store.open import open_store
from tests.loader.sizes import generated
batch = generated({AFTER}, {PARTIES}, seed=2)
store = open_store("sqlite:" + sys.argv[1])
print("start", flush=True)
store.write(batch, complete=True)
print("done", flush=True)
"""


@pytest.mark.slow
def test_three_kills(tmp_path: Path) -> None:
    _kill_at_random_points(tmp_path, 3)


@pytest.mark.soak
def test_twenty_kills(tmp_path: Path) -> None:
    _kill_at_random_points(tmp_path, 20)


def _kill_at_random_points(folder: Path, times: int) -> None:
    before_file = folder / "before.db"
    before = _made(before_file)
    after_file = folder / "after.db"
    copy(before_file, after_file)
    took = _load_and_kill(after_file, None)
    after = _checksum(after_file)
    assert before != after
    random = Random(20261125)
    inside = 0
    for number in range(times):
        killed = folder / f"killed{number}.db"
        copy(before_file, killed)
        # one moment in each equal part of the load, so that no part is spared
        share = (number + random.random()) / times
        finished = _load_and_kill(killed, share * took) == 0.0
        inside += not finished
        found = _checksum(killed)
        assert found in (before, after)
        if finished:
            assert found == after
        if found == before:  # and the store can go on from there
            store = open_store(f"sqlite:{killed}")
            store.write(generated(AFTER, PARTIES, seed=2), complete=True)
            store.close()
            assert _checksum(killed) == after
    assert inside, "no kill landed inside a load"


def _made(path: Path) -> str:
    store = open_store(f"sqlite:{path}")
    store.write(generated(BEFORE, PARTIES, seed=1))
    store.close()
    return _checksum(path)


def _load_and_kill(path: Path, after: float | None) -> float:
    """Seconds that the whole load took; with `after`, 0.0 if it was done before it was killed."""
    with subprocess.Popen(
        [sys.executable, "-c", CHILD, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "start\n"
        begun = time.perf_counter()
        if after is not None:
            time.sleep(after)
            child.kill()
        rest = child.stdout.read()
        took = time.perf_counter() - begun
    if after is None:
        assert rest == "done\n"
        return took
    return 0.0 if rest == "done\n" else took


def _checksum(path: Path) -> str:
    """Of everything that a scan, the lists and the full text show."""
    store = open_store(f"sqlite:{path}")
    try:
        return _digest(store)
    finally:
        store.close()


def _digest(store: GraphStore) -> str:
    digest = sha256()
    ids: list[str] = []

    def take(scan: Scan) -> None:
        digest.update(repr(scan.version).encode())
        for row in scan.agreements():
            ids.append(row.id)
            digest.update(repr(row).encode())
        for part in (scan.parties(), scan.signed(), scan.addresses()):
            for thing in part:
                digest.update(repr(thing).encode())

    store.scan(take)
    digest.update(repr(sorted(store.by_ids(ids).items(), key=lambda item: item[0])).encode())
    digest.update(repr([load.added for load in store.loads().items]).encode())
    return digest.hexdigest()
