"""Several readers and a writer at once, each seeing one version."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from datetime import date

import pytest

from graph_loader.errors import LoadBusy
from graph_loader.store.base import AgreementFilter, GraphStore, Scan
from tests.worlds import EVERYONE, GRESIK, KOBE, OSAKA, agreement, batch, umbrella_world

EVERY = AgreementFilter(date(2026, 11, 25))
Open = Callable[[], GraphStore]


def test_a_scan_holds_everything_in_order(store: GraphStore) -> None:
    store.write(umbrella_world())

    def look(scan: Scan) -> None:
        assert scan.version == 1
        assert [p.id for p in scan.parties()] == sorted(p.id for p in EVERYONE)
        rows = list(scan.agreements())
        assert [row.id for row in rows] == ["city", "old", "sister", "talks", "twin"]
        day = date(2020, 1, 1).toordinal()
        assert rows[-1][1:] == ("mou", "", day, day, 0, 1)
        assert rows[1].ends_last == date(2010, 12, 31).toordinal()
        assert list(scan.signed())[:2] == [("city", "35.78"), ("city", "kochi-jp")]
        assert [border.shared_km for border in scan.borders()] == [20.0]
        scan.confirm()

    store.scan(look)


def test_a_scan_is_of_one_version_though_a_load_is_written(store: GraphStore, opened: Open) -> None:
    store.write(batch([agreement("a", GRESIK, OSAKA)]))
    other, looks = opened(), [0]

    def look(scan: Scan) -> tuple[int, list[str], set[str]]:
        looks[0] += 1
        rows = [row.id for row in scan.agreements()]
        if looks[0] == 1:
            other.write(batch([agreement("b", GRESIK, KOBE)]), complete=True)
        return scan.version, rows, {id for id, _ in scan.signed()}

    assert store.scan(look) in [(1, ["a"], {"a"}), (2, ["b"], {"b"})]
    assert store.scan(look) == (2, ["b"], {"b"})


def test_readers_see_what_was_before_until_a_load_is_done(store: GraphStore, opened: Open) -> None:
    store.write(batch([agreement("a", GRESIK, OSAKA)]))
    reader = opened()
    seen: list[tuple[int, int]] = []

    def look(stage: str, done: int, total: int) -> None:
        seen.append((reader.version(), reader.agreements(EVERY).total))

    store.write(batch([agreement(f"b{n}", GRESIK, KOBE) for n in range(20)]), progress=look)
    assert set(seen) == {(1, 1)}
    assert (reader.version(), reader.agreements(EVERY).total) == (2, 21)


@pytest.mark.slow
def test_a_second_load_is_told_that_another_is_writing(store: GraphStore, opened: Open) -> None:
    other = opened()
    raised: list[type[BaseException]] = []

    def meanwhile(stage: str, done: int, total: int) -> None:
        if not raised:
            with pytest.raises(LoadBusy) as busy:
                other.write(batch([agreement("x", GRESIK, KOBE)]))
            raised.append(busy.type)

    store.write(umbrella_world(), progress=meanwhile)
    assert raised == [LoadBusy]
    assert store.agreements(EVERY).total == 5
    assert other.write(batch([agreement("x", GRESIK, KOBE)], source="x")).load.added == 1


def test_many_threads_read_one_store(store: GraphStore) -> None:
    store.write(umbrella_world())
    totals: list[int] = []

    def read() -> None:
        totals.extend(store.facets(EVERY).total for _ in range(5))

    _run(threading.Thread(target=read) for _ in range(8))
    assert totals == [5] * 40


def test_what_is_read_from_a_scan_is_streamed(store: GraphStore) -> None:
    store.write(umbrella_world())

    def look(scan: Scan) -> int:
        one, other = scan.parties(), scan.parties()
        assert next(one) == next(other)
        return sum(1 for _ in scan.agreements())

    assert store.scan(look) == 5


def _run(threads: Iterable[threading.Thread]) -> None:
    running = list(threads)
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
