"""Finding a party by what a person types."""

from __future__ import annotations

from pathlib import Path

import pytest

from explorer.index import Index
from explorer.search import find
from graph_loader import REGION_LEVELS
from tests.worlds import index_of, store_of, umbrella_world


@pytest.fixture
def index(tmp_path: Path) -> Index:
    return index_of(store_of(tmp_path, umbrella_world()))


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Kabupaten Gresik", "35.25"),
        ("gresik", "35.25"),
        ("GRES", "35.25"),
        ("gresik regency", "35.25"),
        ("35.25", "35.25"),
        ("Prefektur Osaka", "osaka-jp"),
        ("osaka", "osaka-jp"),
        ("sepuluh nopember", "its"),
        ("Kabupaten Gresk", "35.25"),
        ("surabya", "35.78"),
    ],
)
def test_the_party_meant_comes_first(index: Index, text: str, first: str) -> None:
    assert find(index, text, "id")[0].party.id == first


def test_what_is_only_like_it_is_left_out_where_something_fits(index: Index) -> None:
    assert [hit.party.id for hit in find(index, "gres", "id")] == ["35.25"]


@pytest.mark.parametrize("text", ["", "   ", "!!!", "\0", "xq", "zzzzzzzz"])
def test_nothing_is_found_for_nothing(index: Index, text: str) -> None:
    assert find(index, text, "id") == []


def test_levels_and_limit(index: Index) -> None:
    regions = find(index, "jawa timur", "id", levels=REGION_LEVELS)
    assert [hit.party.id for hit in regions] == ["35"]
    assert len(find(index, "k", "id", limit=2)) == 2
