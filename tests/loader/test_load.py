"""Whole loads into a real store."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from graph_loader.errors import BadInput
from graph_loader.load import LoadOutcome, check_files, load_files, load_shipped, source_named
from graph_loader.store.base import GraphStore
from graph_loader.store.open import open_store
from tests.loader.tables import TODAY

HEAD = "agreement_key,party,party_level,party_country,instrument\n"
ONE = HEAD + "a,Kota Malang,,,mou\na,Kota Fantasia,,Japan,mou\n"
TWO = ONE + "b,Kota Malang,,,mou\nb,Kota Batu,,,mou\n"
BIRO = source_named("Biro")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[GraphStore]:
    opened = open_store(f"sqlite:{tmp_path / 'store.db'}")
    yield opened
    opened.close()


def _load(store: GraphStore, folder: Path, *texts: str, complete: bool = True) -> LoadOutcome:
    paths = [folder / f"{number}.csv" for number in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text)
    return load_files(store, paths, BIRO, complete=complete, today=TODAY)


def _counts(outcome: LoadOutcome) -> tuple[int, ...]:
    assert outcome.report is not None
    load = outcome.report.load
    return (load.added, load.changed, load.unchanged, load.retired)


def test_the_shipped_register_loads_whole_and_once(store: GraphStore) -> None:
    first = load_shipped(store)
    assert (len(first.checked.batch.agreements), first.problems) == (609, ())
    version = store.version()
    assert _counts(load_shipped(store)) == (0, 0, 609, 0)
    assert store.version() == version


def test_a_complete_load_retires_and_a_repeated_one_changes_nothing(
    store: GraphStore, tmp_path: Path
) -> None:
    assert _counts(_load(store, tmp_path, TWO)) == (2, 0, 0, 0)
    version = store.version()
    assert _counts(_load(store, tmp_path, TWO)) == (0, 0, 2, 0)
    assert store.version() == version
    assert _counts(_load(store, tmp_path, ONE, complete=False)) == (0, 0, 1, 0)
    assert _counts(_load(store, tmp_path, ONE)) == (0, 0, 1, 1)
    assert store.party("fantasia-city-jp").name_en == "Fantasia City"


def test_a_complete_load_leaves_other_sources_alone(store: GraphStore, tmp_path: Path) -> None:
    load_shipped(store)
    _load(store, tmp_path, TWO)
    assert store.scan(lambda scan: sum(1 for _ in scan.agreements())) == 611


def test_files_of_one_register_are_one_load(store: GraphStore, tmp_path: Path) -> None:
    outcome = _load(store, tmp_path, ONE, TWO.replace(ONE, HEAD))
    assert _counts(outcome) == (2, 0, 0, 0)
    assert outcome.checked.batch.file == "0.csv, 1.csv"
    assert next(load.file for load in store.loads().items) == "0.csv, 1.csv"
    assert _counts(_load(store, tmp_path, ONE, TWO.replace(ONE, HEAD))) == (0, 0, 2, 0)


def test_nothing_is_retired_while_something_is_rejected(store: GraphStore, tmp_path: Path) -> None:
    _load(store, tmp_path, TWO)
    outcome = _load(store, tmp_path, ONE + "c,Malang,,,mou\nc,Kota Batu,,,mou\n")
    assert outcome.kept
    assert _counts(outcome) == (0, 0, 1, 0)


@pytest.mark.parametrize("text", ["", HEAD, HEAD + "a,Malang,,,mou\na,Kota Batu,,,mou\n"])
def test_a_file_that_brings_nothing_changes_nothing(
    store: GraphStore, tmp_path: Path, text: str
) -> None:
    _load(store, tmp_path, TWO)
    version, loads = store.version(), store.loads().total
    outcome = _load(store, tmp_path, text)
    assert outcome.report is None
    assert [problem.severity for problem in outcome.problems] == ["rejected"]
    assert (store.version(), store.loads().total) == (version, loads)


def test_a_damaged_file_among_sound_ones_is_told_and_the_others_come_in(
    store: GraphStore, tmp_path: Path
) -> None:
    outcome = _load(store, tmp_path, ONE, "%PDF-1.7")
    assert _counts(outcome) == (1, 0, 0, 0)
    assert [(one.file, one.code) for one in outcome.problems] == [("1.csv", "file-not-a-table")]


def test_a_file_that_is_damaged_further_down_is_left_out_whole(
    store: GraphStore, tmp_path: Path
) -> None:
    rows = "".join(f"x{n},Kota Malang,,,mou\nx{n},Kota Batu,,,mou\n" for n in range(100))
    outcome = _load(store, tmp_path, TWO, HEAD + rows + 'c,"open,,,mou\n')
    assert _counts(outcome) == (2, 0, 0, 0)
    assert [(one.file, one.row, one.code) for one in outcome.problems] == [
        ("1.csv", 202, "file-quote")
    ]


def test_the_report_in_the_store_holds_every_problem(store: GraphStore, tmp_path: Path) -> None:
    outcome = _load(store, tmp_path, ONE + "c,Malang,,,mou\nc,Kota Batu,,,mou\n")
    assert outcome.report is not None
    kept = store.problems(outcome.report.load.id)
    assert tuple(kept.items) == outcome.problems
    assert [(one.code, one.row, one.column) for one in kept.items] == [
        ("party-ambiguous", 4, "party")
    ]


def test_a_check_writes_nothing_and_knows_what_the_store_knows(
    store: GraphStore, tmp_path: Path
) -> None:
    _load(store, tmp_path, TWO)
    version = store.version()
    path = tmp_path / "next.csv"
    path.write_text('Pihak;Judul;Bentuk\n"Fantasia City; Kota Batu";Air;MoU\n')
    assert check_files([path], BIRO, store=None).problems != ()
    assert check_files([path], BIRO, store=store).problems == ()
    assert store.version() == version


def test_a_signing_that_has_not_come_is_doubted_on_that_day_only(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Daerah;Mitra;Judul;Bentuk;Tanggal\nKab. Gresik;Kota Batu;Air;MoU;31-12-2026\n")
    for day, told in ((date(2026, 12, 30), ["signed-later"]), (date(2026, 12, 31), [])):
        checked = check_files([path], BIRO, store=None, today=day)
        assert [problem.code for problem in checked.problems] == told


@pytest.mark.parametrize("name", ["reference", "!!"])
def test_names_that_no_source_may_have(store: GraphStore, tmp_path: Path, name: str) -> None:
    path = tmp_path / "any.csv"
    path.write_text(ONE)
    with pytest.raises(BadInput, match="source-"):
        load_files(store, [path], source_named(name))
