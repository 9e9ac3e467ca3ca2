"""What is peculiar to a store in a file: which files it refuses, and what it leaves open."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from graph_loader.errors import StoreRefused, StoreUnavailable
from graph_loader.model import Place
from graph_loader.store.base import AgreementFilter
from graph_loader.store.open import open_store
from graph_loader.store.sql import SCHEMA_VERSION
from tests.loader.sizes import generated
from tests.worlds import umbrella_world


def test_a_store_keeps_its_identity(tmp_path: Path) -> None:
    address = f"sqlite:{tmp_path / 'new' / 'folder' / 'a.db'}"
    first, again = open_store(address), open_store(address)
    other = open_store(f"sqlite:{tmp_path / 'b.db'}")
    assert first.identity() == again.identity() != other.identity()
    assert (first.identity().kind, first.identity().schema) == ("sqlite", SCHEMA_VERSION)
    for store in (first, again, other):
        store.close()


@pytest.mark.parametrize("address", ["neo5j://x", "sqlite:", "plain/path.db", ""])
def test_another_kind_of_address_is_refused(address: str) -> None:
    with pytest.raises(StoreRefused, match="store-scheme"):
        open_store(address)


def test_another_schema_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    open_store(f"sqlite:{path}").close()
    with sqlite3.connect(path) as file:
        file.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    file.close()
    before = path.read_bytes()
    with pytest.raises(StoreRefused, match="store-schema") as refused:
        open_store(f"sqlite:{path}")
    assert refused.value.params["found"] == SCHEMA_VERSION + 1
    assert refused.value.params["expected"] == SCHEMA_VERSION
    assert path.read_bytes() == before


def test_a_store_of_the_first_schema_opens_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with closing(open_store(f"sqlite:{path}")) as store:
        store.write(umbrella_world())
        before = store.scan(lambda scan: list(scan.agreements()))
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("DROP TABLE place")
        file.execute("DELETE FROM meta WHERE key = 'stamp'")
        file.execute("PRAGMA user_version = 1")
    with closing(open_store(f"sqlite:{path}")) as store, closing(open_store(f"sqlite:{path}")) as b:
        assert store.scan(lambda scan: list(scan.agreements())) == before
        old = store.state()
        assert old.stamp == b.state().stamp == f"{store.identity().uuid}-{old.version}"
        place = Place("ueda.jp", "Ueda", "jp")
        store.write(replace(umbrella_world(), places=(place,)))
        assert b.scan(lambda scan: list(scan.places())) == [place]
        assert old.stamp not in b.state().stamp


def test_somebody_elses_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    database, text = tmp_path / "a.db", tmp_path / "a.txt"
    with sqlite3.connect(database) as file:
        file.execute("CREATE TABLE theirs (x)")
    file.close()
    text.write_text("Daerah;Mitra\n" * 200)
    for path in (database, text):
        before = path.read_bytes()
        with pytest.raises(StoreRefused, match="store-foreign"):
            open_store(f"sqlite:{path}")
        assert path.read_bytes() == before


def test_a_damaged_file_is_told_as_damaged(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    store = open_store(f"sqlite:{path}")
    store.write(generated(300, 50))
    store.close()
    content = bytearray(path.read_bytes())
    content[8192:] = os.urandom(len(content) - 8192)
    path.write_bytes(content)
    with pytest.raises(StoreRefused, match="store-damaged"):  # noqa: PT012 (either may notice)
        broken = open_store(f"sqlite:{path}")
        broken.agreements(AgreementFilter(date(2026, 11, 25)))
        broken.scan(lambda scan: list(scan.agreements()))


def test_a_folder_is_not_a_store(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="store-unavailable"):
        open_store(f"sqlite:{tmp_path}")


def test_nothing_is_left_open(tmp_path: Path) -> None:
    def is_ours(descriptor: str) -> bool:
        try:
            return os.readlink(f"/proc/self/fd/{descriptor}").startswith(str(tmp_path))
        except OSError:
            return False

    if not Path("/proc/self/fd").exists():
        pytest.skip("needs /proc")
    store = open_store(f"sqlite:{tmp_path / 'a.db'}")
    store.write(generated(20, 10))
    store.scan(lambda scan: list(scan.parties()))
    store.close()
    assert [fd for fd in os.listdir("/proc/self/fd") if is_ours(fd)] == []
