"""Headings as registers have them."""

from __future__ import annotations

import pytest

from graph_loader.reading.columns import HEADING_WORDS, field_of, near_heading, words_for
from graph_loader.reading.headings import is_repeated, recognise


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Para Pihak", "party"), ("Pihak Pertama", "party"), ("PIHAK KESATU", "party"),
        ("Pihak II", "partner"), ("Pihak 11", "partner"),
        ("Pihak Kedua", "partner"), ("Nama Kerja Sama", "title"), ("Contoh", ""),
        ("Jenis Daerah", "level"),
        ("Nomor Pihak Kedua", "number"), ("Country of Party A", "country"),
        ("Pihak yang Bekerja Sama", "party"), ("Kerja Sama Daerah", "title"),
        ("Tanggal Mulai", "starts"), ("Nomor dan Tanggal", "numbered"), ("Daerah", "region"),
        ("Kabupaten/Kota", "region"), ("Nama Daerah", "region"), ("Mitra", "partner"),
        ("Nama Mitra Kerja Sama", "partner"), ("Mitra 2", "partner"), ("Judul", "title"),
        ("Judul/Tentang", "title"), ("Tentang", "title"), ("Nomor", "number"), ("No.", "serial"),
        ("No", "serial"), ("No. Urut", "serial"), ("Nomor Naskah", "number"),
        ("Bentuk Dokumen", "instrument"), ("Jenis Dokumen", "instrument"),
        ("Bentuk/Jenis Dokumen", "instrument"), ("Tanggal Penandatanganan", "signed"),
        ("Tgl. TTD", "signed"), ("Jangka Waktu", "duration"), ("Masa Berlaku", "duration"),
        ("Berakhir", "ends"), ("Tanggal Berakhir Perjanjian", "ends"), ("Bidang", "topic"),
        ("Ruang Lingkup", "topic"), ("SDG/TPB", "goals"), ("SDG", "goals"), ("TPB", "goals"),
        ("Negara", "country"), ("Negara Mitra", "country"), ("Status", "status"),
        ("Sumber", "page"), ("Keterangan", "note"), ("Ket.", "note"), ("Hasil", "outcome"),
        ("Region", "region"), ("Partner", "partner"), ("Title", "title"), ("Number", "number"),
        ("Document kind", "instrument"), ("Signed on", "signed"), ("Duration", "duration"),
        ("Ends on", "ends"), ("Field of cooperation", "topic"), ("Country", "country"),
        ("Source", "page"), ("Note", "note"), ("agreement_key", "key"),
        ("party_level", "level"), ("party_country", "country"), ("Mitra / Partner", "partner"),
        ("Warna", ""), ("Nilai (Rp)", ""), ("OPD Pemrakarsa", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_heading_means_a_field(heading: str, field: str) -> None:
    assert field_of(heading)[0] == field


def test_no_heading_stands_for_two_fields() -> None:
    words = [word for words in HEADING_WORDS.values() for word in words.split(", ")]
    twice = {word for word in words if words.count(word) > 1}
    assert {word for word in twice if len({f for f, w in HEADING_WORDS.items()
                                           if word in w.split(", ")}) > 1} == set()  # fmt: skip


def test_a_heading_may_say_more() -> None:
    assert field_of("Jangka Waktu (tahun)") == ("duration", "tahun")
    assert field_of("Kabupaten") == ("region", "kabupaten")


def test_a_slip_is_proposed() -> None:
    assert near_heading("Tanggal Penandatangan") == "Tanggal Penandatanganan"
    assert near_heading("Warna") == ""
    assert "Para Pihak" in words_for("party")


def _fields(*rows: list[str]) -> tuple[int, int, list[str]]:
    found = recognise(rows)
    assert found is not None
    return found.start, found.height, [column.field for column in found.columns]


def test_headings_stand_below_titles() -> None:
    assert _fields(
        ["DAFTAR KERJA SAMA DAERAH", "", ""], ["Tahun 2020", "", ""],
        ["No", "Daerah", "Mitra", "Judul"], ["1", "Kab. Gresik", "PT Maju", "Air bersih"],
    ) == (2, 1, ["serial", "region", "partner", "title"])  # fmt: skip


def test_headings_may_take_two_rows_and_a_row_of_numbers() -> None:
    rows = [
        ["No", "Pihak", "", "Judul", "Masa Berlaku", ""],
        ["", "Kesatu", "Kedua", "", "Mulai", "Berakhir"],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
    ]
    assert _fields(*rows) == (0, 3, ["serial", "party", "partner", "title", "starts", "ends"])


def test_a_party_may_be_told_in_several_columns() -> None:
    rows = [
        ["No", "Pihak Pertama", "", "", "Pihak Kedua", "", "Judul"],
        ["", "Nama", "Jabatan", "Nomor", "Nama", "Jenis", ""],
        ["a", "b", "c", "d", "e", "f", "g"],
    ]
    assert _fields(*rows) == (0, 3, ["serial", "party", "", "number", "partner", "level", "title"])


def test_a_row_of_agreements_below_is_no_second_row_of_headings() -> None:
    rows = [["No", "Daerah", "Mitra", "", "Judul"], ["1", "Kota Batu", "PT A", "x", "Sumber air"]]
    assert _fields(*rows)[1] == 1


def test_a_province_is_a_party_only_where_nothing_else_is() -> None:
    assert _fields(["Provinsi", "Mitra", "Judul"])[2] == ["region", "partner", "title"]
    assert _fields(["Provinsi", "Kabupaten/Kota", "Mitra", "Judul"])[2][0] == "province"


def test_what_is_missing_is_named() -> None:
    def missing(*headings: str) -> tuple[str, ...]:
        found = recognise([headings])
        assert found is not None
        return found.missing

    assert missing("Daerah", "Judul") == ("partner",)
    assert missing("Mitra", "Judul") == ("region",)
    assert missing("Judul", "Tanggal") == ("party",)
    assert missing("Daerah", "Mitra") == ("title",)
    assert missing("Pihak", "Nomor") == ()


def test_nothing_like_headings_is_none_and_repeated_ones_are_known() -> None:
    assert recognise([["Surat", "Perihal lain"], ["x", "y"]]) is None
    found = recognise([["No", "Daerah", "Mitra", "Judul"]])
    assert found is not None
    assert is_repeated(found, ["No", "Daerah", "Mitra", "Judul"])
    assert not is_repeated(found, ["1", "Kota Batu", "PT Maju", "Judul"])
