"""Spellings of the shipped parties."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from graph_loader import reference
from graph_loader.model import REGION_LEVELS, Level, Party, make_party
from graph_loader.parties.gazetteer import Gazetteer
from graph_loader.parties.nearness import COMMON, Nearness, slips_allowed
from tests.effort import calls

BATCH = reference.reference_batch()
KNOWN = Gazetteer(BATCH.parties)
COUNTRIES = reference.countries()
REGIONS = [party for party in BATCH.parties if party.level in REGION_LEVELS]

KABUPATEN = (
    "Kab. {}", "Kab.{}", "Pemkab {}", "Pemkab. {}", "Pemerintah Kabupaten {}", "Kabupaten {}",
    "Pemerintah Daerah Kabupaten {}", "Pemda Kab. {}", "Bupati {}", "Regency of {}",
    "{} Regency", "{} (Kab.)", "{}, Kab.", "{} Regency Government", "Government of {} Regency",
)  # fmt: skip
KOTA = (
    "Kota {}", "Pemkot {}", "Pemkot. {}", "Pemerintah Kota {}", "Pemda Kota {}", "Kodya {}",
    "Kotamadya {}", "Wali Kota {}", "Walikota {}", "City of {}", "{} City", "{} (Kota)",
    "{} City Government",
)  # fmt: skip
PROVINCE = (
    "Provinsi {}", "Prov. {}", "Propinsi {}", "Pemprov {}", "Pemerintah Provinsi {}",
    "Pemerintah Daerah Provinsi {}", "Gubernur {}", "Pemda Prov. {}",
)  # fmt: skip
STYLES = {Level.KABUPATEN: KABUPATEN, Level.KOTA: KOTA, Level.PROVINCE: PROVINCE}


def bare(party: Party) -> str:
    return party.name_id.split(" ", 1)[1].removeprefix("Administrasi ")


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
        ("3507", "35.07"),
        ("Tiongkok", "cn"),
        ("AUS", "au"),
    ],
)
def test_a_spelling_means_one_party(spelling: str, id: str) -> None:
    found = KNOWN.find(spelling)
    assert found.party is not None, found.candidates
    assert found.party.id == id


@pytest.mark.parametrize("party", REGIONS, ids=lambda party: party.id)
def test_every_region_in_every_style(party: Party) -> None:
    """All 552, so that no name of one is another's for want of care."""
    for style in STYLES[party.level]:
        found = KNOWN.find(style.format(bare(party)))
        assert found.party is not None, style.format(bare(party))
        assert found.party.id == party.id, style.format(bare(party))


@pytest.mark.parametrize("party", REGIONS, ids=lambda party: party.id)
def test_a_bare_name_is_the_region_or_ambiguous(party: Party) -> None:
    found = KNOWN.find(bare(party))
    assert found.party == party or (found.ambiguous and party in found.candidates)


def test_bare_malang_is_never_guessed() -> None:
    for spelling in ("Malang", "Pemda Malang", "Malang, Jawa Timur"):
        found = KNOWN.find(spelling)
        assert found.ambiguous
        assert [party.id for party in found.candidates] == ["35.07", "35.73"]
    level = KNOWN.find("Malang", Level.KOTA).party
    assert level is not None
    assert level.id == "35.73"


@pytest.mark.parametrize(
    ("spelling", "id"),
    [(spelling, id) for id, spellings in {
        "cn": ("Tiongkok", "RRT", "RRC", "Cina", "PRC", "CHN", "cn", "R.R.T.",
               "People's Republic of China", "Republik Rakyat Tiongkok"),
        "kr": ("Korsel", "Korea Selatan", "Republic of Korea", "ROK", "South Korea", "KOR",
               "Republik Korea", "Korea, Republic of"),
        "kp": ("Korut", "Korea Utara", "North Korea"),
        "gb": ("Inggris", "UK", "U.K.", "Britania Raya", "England", "United Kingdom", "GBR"),
        "us": ("AS", "A.S.", "USA", "U.S.A.", "US", "Amerika", "Amerika Serikat",
               "United States of America"),
        "nl": ("Belanda", "Holland", "The Netherlands", "Kerajaan Belanda"),
        "ae": ("UEA", "UAE", "Uni Emirat Arab"),
        "ru": ("Rusia", "Russian Federation", "Federasi Rusia"),
        "vn": ("Vietnam", "Viet Nam"), "tw": ("Taiwan",), "hk": ("Hongkong", "Hong Kong"),
        "tr": ("Turki", "Turkiye", "Türkiye", "Turkey"),
        "nz": ("Selandia Baru", "New Zealand"), "fr": ("Prancis", "Perancis", "France"),
        "jp": ("JEPANG", "Japan", "JPN", "jp"), "de": ("Jerman", "Germany"),
        "ph": ("Filipina", "Philippines", "The Philippines"), "sg": ("Singapura", "Singapore"),
        "tl": ("Timor Leste", "Timor-Leste", "East Timor"), "ci": ("Pantai Gading",),
        "hu": ("Hungaria", "Hongaria", "Hungary"), "za": ("Afrika Selatan", "Afsel"),
    }.items() for spelling in spellings],
)  # fmt: skip
def test_a_country_by_any_common_name(spelling: str, id: str) -> None:
    party = COUNTRIES.find(spelling).party
    assert party is not None
    assert party.id == id


def test_korea_alone_is_two_countries() -> None:
    found = COUNTRIES.find("Korea")
    assert found.party is None
    assert [party.id for party in found.candidates] == ["kr", "kp"]


@pytest.mark.parametrize(
    ("spelling", "first"),
    [("Kabupaten Gersik", "35.25"), ("Kab. Sidorjo", "35.15"), ("Sidorjo", "35.15"),
     ("Kabupten Banyuwngi", "35.10"), ("Kota Sidoarjo", "35.15"), ("3171", "31.71"),
     ("Kab. Gresik, Jawa Tengah", "35.25"), ("Provinsi Jawa Timr", "35")],
)  # fmt: skip
def test_a_slip_is_proposed_and_not_applied(spelling: str, first: str) -> None:
    found = KNOWN.find(spelling)
    assert found.party is None
    assert not found.ambiguous
    assert found.candidates[0].id == first
    assert len(found.candidates) <= 3


@pytest.mark.parametrize(
    "spelling",
    ["Atlantis Raya", "Universitas Negeri Padang", "Polres Gresik", "PT Pelabuhan Indonesia II",
     "Kodim 0817", "Kopi", "Politeknik Negeri Padang"],
)  # fmt: skip
def test_no_silly_proposal(spelling: str) -> None:
    assert KNOWN.find(spelling).candidates == []


def test_an_answer_never_outlives_a_new_party_of_that_name() -> None:
    known = Gazetteer([make_party("35.25", "Kabupaten Gresik", "Gresik Regency", "kabupaten")])
    first = known.find("Gresik").party
    assert first is not None
    assert known.find("Gersik").candidates[0].id == "35.25"
    assert known.find("Solo").party is None
    known.add(make_party("gresik-jp", "Gresik", "Gresik", "foreign_local", "jp"))
    known.add(make_party("solo", "Solo", "Solo", "third_party"))
    known.add(make_party("gersik", "Gersik", "Gersik", "third_party"))
    assert known.find("Gresik").ambiguous
    assert getattr(known.find("Gersik").party, "id", "") == "gersik"
    assert getattr(known.find("Solo").party, "id", "") == "solo"


def test_a_party_that_is_named_anew_is_not_found_by_its_old_name() -> None:
    known = Gazetteer([make_party("solo", "Solo Maju", "Solo Maju", "third_party")])
    assert known.find("Solo Maju").party is not None
    known.add(named := make_party("solo", "Sala Jaya", "Sala Jaya", "third_party"))
    assert known.find("Solo Maju").party is None
    assert known.find("Sala Jaya").party == named
    assert known.find("Sala Jayaa").candidates == [named]


def test_adding_the_same_party_again_changes_nothing() -> None:
    party = make_party("solo", "Solo", "Solo", "third_party")
    known = Gazetteer([party])
    size, edition = known.size, known.edition
    known.add(party)
    assert (known.size, known.edition) == (size, edition)


LETTERS = st.text("abcdefgh", min_size=1, max_size=14)


@given(st.lists(LETTERS, max_size=30), LETTERS)
def test_blocks_miss_no_single_slip(names: list[str], asked: str) -> None:
    """What comparing with every name would find."""
    near = Nearness()
    for name in names:
        near.add(name)
    found = {name for _, name in near.search(asked)}
    want = {
        name for name in names
        if OSA.distance(name, asked) == 1
        and name[0] == asked[0]
        and slips_allowed(max(len(name), len(asked)))
    } - COMMON  # fmt: skip
    assert want <= found
    assert all(OSA.distance(name, asked) <= slips_allowed(len(asked) + 1) for name in found)


class Compared(Nearness):
    """Counts the names that are looked at one by one."""

    names = 0

    def _blocks(self, fixed: tuple[str, ...], rest: str, most: int) -> Iterator[list[str]]:
        for block in super()._blocks(fixed, rest, most):
            self.names += len(block)
            yield block


def test_looking_for_slips_does_not_grow_with_the_square() -> None:
    """50,000 new names over 13,000 known must take less than 10 s: here a hundredth of them."""
    dice = random.Random(4)

    def name() -> str:
        words = ["".join(dice.choices("aeioukgstnrlmbdp", k=dice.randint(5, 9))) for _ in "ab"]
        return f"{dice.choice(['PT', 'Universitas', 'Yayasan'])} {' '.join(words).title()}"

    parties = [make_party(f"p{i}", text := name(), text, "third_party") for i in range(13_000)]
    known = Gazetteer([*BATCH.parties, *parties])
    known._near = near = Compared()
    known.near(name())
    asked = [name() for _ in range(500)]
    assert calls(lambda: [known.near(text) for text in asked]) < 300 * len(asked)
    assert 0 < near.names < len(asked)
