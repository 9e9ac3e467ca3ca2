"""Counted pairs against a plain count over every agreement's members."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from pathlib import Path

import numpy as np

from explorer.pictures.pairs import NO_CATEGORY, STATUS_ORDER, category_name, pairs
from graph_loader import status_of
from tests.explorer.pictures import DAY, shipped, view_of
from tests.worlds import EAST_JAVA, GRESIK, ITS, KOBE, OSAKA, SURABAYA, agreement, batch


def test_pairs_equal_a_plain_count_of_the_shipped_rows() -> None:
    shown = shipped()
    index = shown.index
    wanted: dict[tuple[int, int], list[str]] = defaultdict(list)
    for id in index.agreement_ids:
        found = shown.store.agreement(id).agreement
        status = status_of(found, DAY)
        if not status.in_force:
            continue
        members = sorted({index.number[s.party] for s in found.parties})
        for pair in combinations(members, 2):
            wanted[pair].append(status)
    counted = pairs(index, DAY, index.in_force(DAY))
    assert len(counted) == len(wanted) > 500
    for n, pair in enumerate(zip(counted.a.tolist(), counted.b.tolist(), strict=True)):
        assert counted.agreements[n] == len(wanted[pair])
        best = min(wanted[pair], key=lambda status: [str(s) for s in STATUS_ORDER].index(status))
        assert STATUS_ORDER[counted.status[n]] == best


def test_an_agreement_counts_once_between_two_groups(tmp_path: Path) -> None:
    world = batch([agreement("a", GRESIK, SURABAYA, OSAKA, KOBE), agreement("b", GRESIK, OSAKA)])
    index = view_of(tmp_path, world).index
    group = np.array([1 if party.country == "jp" else 0 for party in index.parties], dtype=np.int32)
    found = pairs(index, DAY, index.in_force(DAY), group)
    assert found.a.tolist() == [0]
    assert found.b.tolist() == [1]
    assert found.agreements.tolist() == [2]


def test_the_category_is_the_pairs_own_and_not_the_accords(tmp_path: Path) -> None:
    index = view_of(tmp_path, batch([agreement("a", EAST_JAVA, GRESIK, OSAKA, ITS)])).index
    found = pairs(index, DAY, index.in_force(DAY))
    ids = [party.id for party in index.parties]
    named = {
        frozenset((ids[a], ids[b])): category_name(int(code))
        for a, b, code in zip(found.a, found.b, found.category, strict=True)
    }
    assert named[frozenset(("35", "35.25"))] == "ksdd"
    assert named[frozenset(("35", "osaka-jp"))] == "ksdpl"
    assert named[frozenset(("35.25", "its"))] == "ksdpk"
    assert named[frozenset(("its", "osaka-jp"))] == category_name(NO_CATEGORY) == "none"


def test_no_agreement_makes_no_pair() -> None:
    index = shipped().index
    none = np.zeros(len(index.agreement_ids), dtype=np.bool_)
    assert len(pairs(index, DAY, none)) == 0
