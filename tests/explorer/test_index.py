"""The index holds what a scan gave, whatever was loaded: told anew here, one thing at a time."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from datetime import date
from math import inf
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Final

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from explorer.index import CATEGORIES, INSTRUMENTS, LAYOUT, Index, edition, layout
from explorer.index.kept import KEPT, Kept
from graph_loader.claims import categories
from graph_loader.errors import BadInput, StoreUnavailable
from graph_loader.model import REGION_LEVELS, BackgroundLink, Batch, Level, Party, Place
from graph_loader.patience import due_in
from graph_loader.store.base import GraphStore, Scan
from graph_loader.store.open import open_store
from graph_loader.store.sqlite import SqliteStore
from tests.contract.any_world import Given, worlds
from tests.worlds import EVERYONE, GRESIK, JAPAN, KOBE, OSAKA, SURABAYA, agreement, batch

DAY: Final = date(2026, 11, 25)


@contextmanager
def holding(*batches: Given | Batch) -> Iterator[GraphStore]:
    """A store of these loads; those that it refuses are left out."""
    with (
        TemporaryDirectory() as folder,
        closing(open_store(f"sqlite:{Path(folder) / 'w.db'}")) as store,
    ):
        for one in batches:
            with suppress(BadInput):
                if isinstance(one, Batch):
                    store.write(one)
                else:
                    store.write(one.batch, complete=one.complete)
        yield store


def told(store: GraphStore, index: Index) -> None:
    """Asserts that the index says of everything what the lists of a scan say of it."""
    store.scan(lambda scan: _told(scan, index))


def _told(scan: Scan, index: Index) -> None:
    parties = list(scan.parties())
    assert (index.version, list(index.parties)) == (scan.version, parties)
    assert dict(index.number) == {party.id: n for n, party in enumerate(parties)}
    rows = list(scan.agreements())
    ids = [row.id for row in rows]
    assert list(index.agreement_ids) == ids
    assert [index.agreement_ids[n] for n in range(len(ids))] == ids
    assert dict(index.agreement_number) == {id: n for n, id in enumerate(ids)}
    assert [INSTRUMENTS[code] for code in index.instrument] == [row.instrument for row in rows]
    assert index.signed_year.tolist() == [
        date.fromordinal(row.signed_first).year if row.signed_first else 0 for row in rows
    ]
    told = (index.signed_first, index.signed_last, index.ends_last, index.sourced)
    assert np.stack(told, axis=1).tolist() == [list(row[3:]) for row in rows]
    _told_of_members(list(scan.signed()), parties, ids, index)
    _told_of_topics(list(scan.addresses()), ids, index)
    borders = list(scan.borders())
    assert {region: list(own) for region, own in index.borders.items()} == {
        region: own
        for region in {end for border in borders for end in (border.a, border.b)}
        if (own := [border for border in borders if region in {border.a, border.b}])
    }
    assert list(index.flows) == list(scan.flows())


def _told_of_members(
    signed: Sequence[tuple[str, str]], parties: Sequence[Party], ids: Sequence[str], index: Index
) -> None:
    for n, id in enumerate(ids):
        members = {party for agreement, party in signed if agreement == id}
        assert [parties[m].id for m in index.members_of(n).tolist()] == sorted(members)
        levels = [party.level for party in parties if party.id in members]
        found = {c for bit, c in enumerate(CATEGORIES) if index.category[n] >> bit & 1}
        assert found == categories(levels)
        countries = {party.country for party in parties if party.id in members} - {""}
        own = index.countries.agreement == n
        assert {index.countries.codes[c] for c in index.countries.country[own]} == countries
    for n, party in enumerate(parties):
        own_ids = {agreement for agreement, signer in signed if signer == party.id}
        assert [ids[a] for a in index.agreements_of(n).tolist()] == sorted(own_ids)
        above = party.id if party.level is Level.PROVINCE else party.part_of
        known = party.level in REGION_LEVELS and any(above == other.id for other in parties)
        assert index.province[n] == (index.number[above] if known else -1)
        assert index.country[n] == index.number.get(party.country, -1)


def _told_of_topics(addressed: Sequence[tuple[str, str]], ids: Sequence[str], index: Index) -> None:
    found = {
        topic: sorted({a for a, t in addressed if t == topic or t.startswith(f"{topic}.")})
        for _, of in addressed
        for topic in (of, of.split(".")[0])
    }
    assert {t: [ids[n] for n in own.tolist()] for t, own in index.topic_ids.items()} == found
    for n, id in enumerate(ids):
        goals = {int(t) for t, own in found.items() if "." not in t and id in own}
        assert {bit for bit in range(18) if index.goals[n] >> bit & 1} == goals


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(world=worlds())
def test_an_index_holds_what_a_scan_gave(world: list[Given]) -> None:
    with holding(*world) as store:
        index = store.scan(Index.build)
        told(store, index)
        told(store, Index.of(index.arrays))


def test_an_index_of_nothing_answers() -> None:
    with holding() as store:
        index = store.scan(Index.build)
        assert (index.version, list(index.parties), len(index.agreement_ids)) == (0, [], 0)
        assert [len(part) for part in index.tie_pairs(DAY)] == [0, 0, 0]
        assert index.spellings.texts == []
        assert len(index.background.places) == 0


def test_nobody_can_change_an_array(tmp_path: Path) -> None:
    with holding(batch([agreement("one", GRESIK, OSAKA)])) as store:
        index = store.scan(Index.build)
    for array in index.arrays.values():
        assert not array.flags.writeable
    with pytest.raises(ValueError, match="read-only"):
        index.members.data[0] = 2


@pytest.mark.parametrize("fault", ["missing", "more", "type", "shape"])
def test_arrays_of_something_else_are_no_index(fault: str) -> None:
    with holding() as store:
        arrays = dict(store.scan(Index.build).arrays)
    assert arrays.keys() == LAYOUT.keys()
    level = arrays.pop("level")
    arrays |= {
        "missing": {},
        "more": {"level": level, "other": level},
        "type": {"level": level.astype(np.int64)},
        "shape": {"level": level.reshape(0, 1)},
    }[fault]
    with pytest.raises(ValueError, match=r"other arrays|another kind"):
        Index.of(arrays)


def test_a_party_that_came_later_is_not_merely_missing() -> None:
    with holding(batch([agreement("one", GRESIK, OSAKA)])) as store:
        number = store.scan(Index.build).number
    assert "later" not in number
    with pytest.raises(StoreUnavailable, match="index-behind"):
        number["later"]


def test_the_code_that_fills_the_arrays_is_part_of_what_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told_with(text: str) -> str:
        (tmp_path / "deeper").mkdir(exist_ok=True)
        (tmp_path / "deeper" / "one.py").write_text(text)
        monkeypatch.setattr(layout, "files", lambda package: tmp_path)
        return layout.edition.__wrapped__()

    assert edition() == edition()
    assert told_with("a = 1") == told_with("a = 1") != told_with("a = 2")


# the background


def places(*told: tuple[str, str, str]) -> tuple[Place, ...]:
    return tuple(Place(id, name, country) for id, name, country in told)


def test_the_background_holds_places_and_each_link_once() -> None:
    listed = places(("kobe.jp", "Kobe", "jp"), ("lima.pe", "Lima", "pe"), ("riga.lv", "Riga", "lv"))
    links = (BackgroundLink("kobe.jp", "riga.lv"), BackgroundLink("lima.pe", "riga.lv"))
    said = Batch(batch([]).source, "list.csv", parties=tuple(EVERYONE), places=listed,
                 background=links)  # fmt: skip
    with holding(said) as store:
        index = store.scan(Index.build)
    found = index.background
    assert list(found.places) == list(listed)
    assert [(found.places[a].id, found.places[b].id) for a, b in zip(found.a, found.b, strict=True)
            ] == [("kobe.jp", "riga.lv"), ("lima.pe", "riga.lv")]  # fmt: skip
    assert found.party.tolist() == [index.number["kobe-jp"], -1, -1]


def test_a_link_may_name_a_party_itself() -> None:
    listed = places(("riga.lv", "Riga", "lv"))
    links = (BackgroundLink("35.78", "riga.lv"), BackgroundLink("35.78", "osaka-jp"))
    said = Batch(batch([]).source, "list.csv", parties=(JAPAN, SURABAYA, OSAKA, KOBE),
                 places=listed, background=links)  # fmt: skip
    with holding(said) as store:
        index = store.scan(Index.build)
    found = index.background
    assert [place.id for place in found.places] == ["35.78", "osaka-jp", "riga.lv"]
    assert found.party.tolist() == [index.number["35.78"], index.number["osaka-jp"], -1]
    assert (found.a.tolist(), found.b.tolist()) == ([0, 0], [1, 2])


def test_texts_are_found_by_halving_as_by_looking_at_each(tmp_path: Path) -> None:
    with closing(SqliteStore(tmp_path / "w.db")) as store:
        store.write(batch([agreement(f"a{n}", GRESIK, OSAKA) for n in range(30)]))
        index = store.scan(Index.build)
    assert [index.agreement_number[id] for id in index.agreement_ids] == list(range(30))
    for absent in ("", "a", "a30x", "z"):
        assert absent not in index.agreement_number
    assert index.agreement_ids[-1] == "a9"
    assert index.agreement_ids[2:4] == ["a10", "a11"]
    with pytest.raises(IndexError):
        index.agreement_ids[30]


# what is kept beside it


def test_what_many_ask_for_at_once_is_made_once() -> None:
    kept, made, began = Kept(), [], threading.Event()

    def make() -> str:
        made.append(1)
        began.wait(0.1)  # so that the others come meanwhile
        return "it"

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: kept.remember("key", make, always=False), range(16)))
    assert found == ["it"] * 16
    assert len(made) == 1


def test_what_could_not_be_made_is_tried_by_the_next(tmp_path: Path) -> None:
    kept = Kept()
    with pytest.raises(ZeroDivisionError):
        kept.remember("key", lambda: 1 // 0, always=False)
    assert kept.remember("key", lambda: 7, always=False) == 7
    assert kept.remember("key", lambda: 1 // 0, always=False) == 7


def test_nobody_waits_for_another_longer_than_there_is_time() -> None:
    kept, go_on = Kept(), threading.Event()
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(kept.remember, "key", lambda: go_on.wait(20), always=False)
        while not kept._turns:
            threading.Event().wait(0.01)
        due_in(0.2)
        began = monotonic()
        try:
            assert kept.remember("key", lambda: False, always=False) is False
            assert 0.1 < monotonic() - began < 5
        finally:
            due_in(inf)
            go_on.set()
        assert slow.result() is True


def test_what_was_used_last_is_kept_and_some_for_good() -> None:
    kept = Kept()
    kept.remember("for good", lambda: 1, always=True)
    for number in range(KEPT + 1):
        kept.remember(number, lambda: 1, always=False)
        kept.remember(0, lambda: 2, always=False)
    for key, made in (("for good", 1), (0, 1), (1, 3), (KEPT, 1)):
        assert kept.remember(key, lambda: 3, always=False) == made
