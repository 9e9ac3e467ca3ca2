"""Whole loads into a real store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph_loader.errors import BadInput
from graph_loader.load import load_file, load_shipped, source_named
from graph_loader.store.base import GraphStore
from graph_loader.store.open import open_store

HEAD = "agreement_key,party,party_level,party_country,instrument\n"
ONE = HEAD + "a,Kota Malang,,,mou\na,Fantasia,foreign_local,Japan,mou\n"
TWO = ONE + "b,Kota Malang,,,mou\nb,Kota Batu,,,mou\n"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[GraphStore]:
    opened = open_store(f"sqlite:{tmp_path / 'store.db'}")
    yield opened
    opened.close()


def _load(store: GraphStore, folder: Path, text: str, complete: bool = True) -> tuple[int, ...]:
    path = folder / "any.csv"
    path.write_text(text)
    load = load_file(store, path, source_named("Biro"), complete).report.load
    return (load.added, load.changed, load.unchanged, load.retired)


def test_the_shipped_register_loads_whole_and_once(store: GraphStore) -> None:
    first = load_shipped(store)
    assert (first.report.load.accepted, first.problems) == (609, ())
    version = store.version()
    again = load_shipped(store)
    assert not again.report.changed_anything
    assert (again.report.load.unchanged, store.version()) == (609, version)


def test_a_complete_load_retires_and_a_repeated_one_changes_nothing(
    store: GraphStore, tmp_path: Path
) -> None:
    assert _load(store, tmp_path, TWO) == (2, 0, 0, 0)
    version = store.version()
    assert _load(store, tmp_path, TWO) == (0, 0, 2, 0)
    assert store.version() == version
    assert _load(store, tmp_path, ONE, complete=False) == (0, 0, 1, 0)
    assert _load(store, tmp_path, ONE) == (0, 0, 1, 1)
    assert store.party("fantasia-jp").name_id == "Fantasia"


def test_a_complete_load_leaves_other_sources_alone(store: GraphStore, tmp_path: Path) -> None:
    load_shipped(store)
    _load(store, tmp_path, TWO)
    with store.scan() as scan:
        assert sum(1 for _ in scan.agreements()) == 611


def test_an_empty_complete_file_retires_nothing(store: GraphStore, tmp_path: Path) -> None:
    _load(store, tmp_path, TWO)
    assert _load(store, tmp_path, HEAD) == (0, 0, 0, 0)


def test_a_file_that_breaks_off_writes_nothing(store: GraphStore, tmp_path: Path) -> None:
    _load(store, tmp_path, ONE)
    version = store.version()
    path = tmp_path / "bad.csv"
    path.write_bytes(TWO.encode() + b"c,caf\xe9,,,mou\n")
    with pytest.raises(BadInput, match="file-unreadable"):
        load_file(store, path, source_named("Biro"), True)
    assert store.version() == version


@pytest.mark.parametrize("name", ["reference", "!!"])
def test_names_that_no_source_may_have(store: GraphStore, tmp_path: Path, name: str) -> None:
    path = tmp_path / "any.csv"
    path.write_text(ONE)
    with pytest.raises(BadInput, match="source-"):
        load_file(store, path, source_named(name))
