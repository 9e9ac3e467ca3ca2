"""Sheets of a register: titles, tables side by side, what is missing."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from graph_loader.load import Checked, check_files, source_named
from tests.loader.tables import TODAY

HEAD = ["No", "Mitra", "Judul", "Bentuk"]
ROW = ["1", "Universitas Airlangga", "Riset", "MoU"]
BESIDE = ["No", "Daerah", "Mitra", "Judul", "Bentuk"]


def _check(folder: Path, sheets: dict[str, list[list[str]]]) -> Checked:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    path = folder / "register.xlsx"
    book.save(path)
    return check_files([path], source_named("Biro"), store=None, today=TODAY)


def _parties(checked: Checked) -> list[list[str]]:
    return [[s.party for s in one.claims[0].parties] for one in checked.batch.agreements]


def _told(checked: Checked) -> list[tuple[str, str, int, str]]:
    return [(one.sheet, one.code, one.row, one.severity) for one in checked.problems]


@pytest.mark.parametrize(
    ("sheet", "title"),
    [("2020", "REGISTER KERJA SAMA KABUPATEN GRESIK TAHUN 2020"), ("Kab. Gresik 2020", "Daftar"),
     ("Data", "PEMERINTAH KABUPATEN GRESIK")],
)  # fmt: skip
def test_a_register_without_a_column_for_it_is_that_of_its_title(
    tmp_path: Path, sheet: str, title: str
) -> None:
    checked = _check(tmp_path, {sheet: [[title], [], HEAD, ROW, ["", "Kepala Bagian", "", ""]]})
    assert _parties(checked) == [["35.25", "universitas-airlangga"]]
    assert _told(checked) == [
        (sheet, "region-from-title", 3, "doubtful"), (sheet, "row-note", 5, "doubtful"),
    ]  # fmt: skip


@pytest.mark.parametrize("title", ["Daftar kerja sama", "Kabupaten Gresik dan Kota Surabaya"])
def test_no_region_or_two_in_the_title_is_nobodys_register(tmp_path: Path, title: str) -> None:
    checked = _check(tmp_path, {"a": [[title], HEAD, ROW], "b": [[title], HEAD, ROW]})
    assert _told(checked) == [
        ("a", "heading-missing", 2, "rejected"), ("b", "heading-missing", 2, "rejected"),
    ]  # fmt: skip


def test_two_tables_side_by_side_are_two_tables(tmp_path: Path) -> None:
    left = ["1", "Kab. Gresik", "Universitas Jember", "Riset", "MoU"]
    right = ["1", "Kab. Tuban", "Kab. Rembang", "Ikan", "KSB"]
    checked = _check(
        tmp_path, {"a": [[*BESIDE, "", *BESIDE], [*left, "", *right], [*left[:3], "Air", "PKS"]]}
    )
    assert sorted(_parties(checked)) == [
        ["35.23", "33.17"], ["35.25", "universitas-jember"], ["35.25", "universitas-jember"],
    ]  # fmt: skip
    assert _told(checked) == []


def test_a_sheet_that_is_no_register_is_told_beside_one_that_is(tmp_path: Path) -> None:
    sound = [BESIDE, ["1", "Kab. Gresik", "Kota Batu", "Air", "PKS"]]
    checked = _check(
        tmp_path, {"a": sound, "Rekap": [["Daerah", "Judul"], ["Gresik", "3"]], "Sheet3": []}
    )
    assert len(checked.batch.agreements) == 1
    assert _told(checked) == [("Rekap", "heading-missing", 1, "doubtful")]


def test_number_and_date_may_share_a_cell(tmp_path: Path) -> None:
    head = ["Daerah", "Mitra", "Judul", "Bentuk", "Nomor dan Tanggal", "Jangka Waktu"]
    sides = ["Kab. Gresik", "Kota Batu"]
    checked = _check(
        tmp_path,
        {"a": [head, [*sides, "Air", "PKS", "415/1 tanggal 21 Desember 2005", "3 tahun"],
               [*sides, "Ikan", "PKS", "415/2\n03/04/2005", "-"]]},
    )  # fmt: skip
    claims = [(one.id, one.claims[0]) for one in checked.batch.agreements]
    assert [(id, str(claim.signed), str(claim.ends)) for id, claim in claims] == [
        ("biro-415-1-2005", "2005-12-21", "2008-12-21"), ("biro-415-2-2005", "2005-04-03", "None"),
    ]  # fmt: skip
    assert [(one.code, one.row, one.column) for one in checked.problems] == [
        ("date-order", 3, "Nomor dan Tanggal")
    ]
