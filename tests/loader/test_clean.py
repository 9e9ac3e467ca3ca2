"""Text and words as clerks type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_loader.model import Instrument
from graph_loader.reading.clean import clean_text, is_suspect, says_nothing, ungarbled
from graph_loader.reading.clean_words import (
    instrument_of_title,
    near_instrument,
    read_instrument,
    read_status,
)


@pytest.mark.parametrize(
    ("typed", "clean", "doubts"),
    [
        ("Kerja\u202esama\x07", "Kerjasama", ("text-cleaned",)),
        ("Kota\u200b Batu", "Kota Batu", ("text-cleaned",)),
        ("Kota\xa0Batu", "Kota Batu", ()),
        ("\ufeffKota Batu", "Kota Batu", ("text-cleaned",)),
        ("PenangÃ©", "PenangÃ©", ("text-garbled",)),
        ("Pro\ufffdinsi", "Pro\ufffdinsi", ("text-garbled",)),
        ('=HYPERLINK("http://x","y")', '=HYPERLINK("http://x","y")', ("text-formula",)),
        ("=A1+B1", "=A1+B1", ("text-formula",)),
        ("<script>alert(1)</script>", "<script>alert(1)</script>", ("text-markup",)),
    ],
)
def test_what_nobody_sees_is_taken_out_and_told(
    typed: str, clean: str, doubts: tuple[str, ...]
) -> None:
    assert clean_text(typed) == (clean, doubts)


@pytest.mark.parametrize(
    "text",
    ["Đà Nẵng", "Lâm Đồng", "São Paulo", "-", "+62 31 355", "a < b", "PT A & B", "Baris\nbaru", "=",
     "3 > 2", "Château d'Ax", "@dinas", "- Pelatihan (dua kali)"],
)  # fmt: skip
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert clean_text(text) == (text, ())


@given(st.text(max_size=60))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once, _ = clean_text(text)
    assert clean_text(once)[0] == once
    assert is_suspect(text) or once == text


def test_garbled_letters_are_proposed_as_they_were() -> None:
    assert ungarbled("ÄÃ\xa0 Náºµng") == ""
    assert ungarbled("SÃ£o Paulo") == "São Paulo"


def test_a_dash_says_nothing_and_a_name_does() -> None:
    assert all(map(says_nothing, ["", "-", "--", "N/A", "nihil", "?", "..."]))
    assert not any(map(says_nothing, ["Na Uy", "0", "2", "Kota Batu"]))


@pytest.mark.parametrize(
    ("text", "instrument"),
    [
        ("MoU", "mou"), ("Nota Kesepahaman (MoU)", "mou"), ("NOTA KESEPAHAMAN", "mou"),
        ("PKS", "pks"), ("Perjanjian Kerja Sama", "pks"), ("Perjanjian Kerjasama (PKS)", "pks"),
        ("Kesepakatan Bersama", "kesepakatan_bersama"), ("KSB", "kesepakatan_bersama"),
        ("Sister City", "sister_city"), ("Letter of Intent", "loi"), ("LoI", "loi"),
        ("Surat Pernyataan Kehendak Kerja Sama", "loi"), ("Berita Acara", "berita_acara"),
        ("Hibah", "grant"), ("Addendum", "adendum"), ("Rencana Aksi", "plan_of_action"),
        ("plan_of_action", "plan_of_action"), ("P.K.S.", "pks"), ("K.S.B.", "kesepakatan_bersama"),
        ("Adendum Perjanjian Kerja Sama", "adendum"), ("Pernyataan Bersama", "joint_statement"),
    ],
)  # fmt: skip
def test_a_kind_of_document_has_many_names(text: str, instrument: str) -> None:
    assert read_instrument(text) == Instrument(instrument)


@pytest.mark.parametrize("instrument", Instrument)
def test_every_kind_is_read_by_its_own_name(instrument: Instrument) -> None:
    assert read_instrument(instrument) is instrument


def test_two_kinds_in_one_cell_are_none_and_a_slip_is_only_proposed() -> None:
    assert read_instrument("MoU / PKS") is None
    assert read_instrument("Nota Kesepahmaan") is None
    assert near_instrument("Nota Kesepahmaan") == "nota kesepahaman"
    assert near_instrument("jabat tangan") == ""


def test_a_title_tells_its_kind_only_in_plain_words() -> None:
    assert instrument_of_title("Perjanjian Kerja Sama Pengelolaan Sampah") is Instrument.PKS
    assert instrument_of_title("Sister City Surabaya - Busan") is Instrument.SISTER_CITY
    assert instrument_of_title("Program beasiswa") is None


@pytest.mark.parametrize(
    ("text", "status"),
    [("Aktif", ""), ("masih berlaku", ""), ("-", ""), ("Penjajakan", "exploration"),
     ("Kedaluwarsa", "lapsed"), ("expired", "lapsed"), ("Berakhir", "ended"), ("entah", None),
     ("Belum TTD", "exploration"), ("In Progress", "exploration"), ("Proses perpanjangan", ""),
     ("Masih berlaku s.d. 2024", ""), ("Selesai/Berakhir", "ended"), ("Tidak aktif lagi", "lapsed"),
     ("Belum berakhir", "")],
)  # fmt: skip
def test_a_status_has_many_names(text: str, status: str | None) -> None:
    assert read_status(text) == status
