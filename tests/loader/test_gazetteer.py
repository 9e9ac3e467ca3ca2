"""Spellings of the shipped parties."""

from __future__ import annotations

import pytest

from graph_loader import reference
from graph_loader.gazetteer import Gazetteer
from graph_loader.model import Level


@pytest.fixture(scope="module")
def known() -> Gazetteer:
    return Gazetteer(reference.reference_batch().parties)


@pytest.mark.parametrize(
    ("spelling", "id"),
    [
        ("Kab. Gresik", "35.25"),
        ("PEMKAB GRESIK", "35.25"),
        ("Gresik", "35.25"),
        ("Gresik Regency", "35.25"),
        ("Pemkot Surabaya", "35.78"),
        ("Prov. Jawa Timur", "35"),
        ("Pemprov Jawa Timur", "35"),
        ("East Java Province", "35"),
        ("Kota Malang", "35.73"),
        ("Kabupaten Malang", "35.07"),
        ("35.07", "35.07"),
        ("Tiongkok", "cn"),
        ("AUS", "au"),
    ],
)
def test_a_spelling_means_one_party(known: Gazetteer, spelling: str, id: str) -> None:
    found = known.find(spelling)
    assert found.party is not None, found.candidates
    assert found.party.id == id


def test_bare_malang_is_never_guessed(known: Gazetteer) -> None:
    found = known.find("Malang")
    assert found.ambiguous
    assert {party.id for party in found.candidates} == {"35.07", "35.73"}
    level = known.find("Malang", Level.KOTA).party
    assert level is not None
    assert level.id == "35.73"


def test_a_slip_is_proposed_and_not_applied(known: Gazetteer) -> None:
    found = known.find("Kabupaten Gersik")
    assert found.party is None
    assert not found.ambiguous
    assert "35.25" in {party.id for party in found.candidates}
    assert known.find("Atlantis Raya").candidates == []
