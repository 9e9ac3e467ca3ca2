"""Workbooks: what is in them, and what is refused before it is parsed."""

from __future__ import annotations

import datetime as dt
import struct
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from graph_loader.errors import BadFile
from graph_loader.reading import read_xlsx
from graph_loader.reading.read import Row, open_sheets


def _book(folder: Path, *sheets: str) -> tuple[Workbook, Path]:
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name in sheets:
        book.create_sheet(name)
    return book, folder / "book.xlsx"


def _rows(path: Path, filled_from: int = 0) -> list[Row]:
    return list(open_sheets(path)[0].rows(filled_from))


def test_cells_are_read_as_a_person_sees_them(tmp_path: Path) -> None:
    book, path = _book(tmp_path, "2020")
    sheet = book["2020"]
    sheet["B3"], sheet["C3"], sheet["D3"] = " Kota Batu ", 38707, 2005.0
    sheet["B5"], sheet["C5"], sheet["D5"] = dt.date(2005, 12, 21), dt.datetime(2005, 12, 21, 9), 2.5
    sheet["B6"], sheet["C6"] = True, "0812"
    book.save(path)
    assert [(row.line, row.cells) for row in _rows(path)] == [
        (3, ["", "Kota Batu", "38707", "2005"]),
        (5, ["", "2005-12-21", "2005-12-21", "2.5"]),
        (6, ["", "TRUE", "0812", ""]),
    ]


def test_merged_cells_are_filled_downwards_below_the_headings_only(tmp_path: Path) -> None:
    book, path = _book(tmp_path, "a")
    sheet = book["a"]
    for place, area in (("A1", "A1:A2"), ("A3", "A3:A5"), ("B6", "B6:F6")):
        sheet[place] = place
        sheet.merge_cells(area)
    for row in range(1, 7):
        sheet.cell(row, 7, "x")
    book.save(path)
    rows = _rows(path, filled_from=2)
    assert [row.cells[0] for row in rows] == ["A1", "", "A3", "A3", "A3", ""]
    assert [row.wide for row in rows] == [False] * 5 + [True]


def test_a_formula_is_its_value_or_shows_itself(tmp_path: Path) -> None:
    book, path = _book(tmp_path, "a", "b")
    book["a"]["A1"] = '=HYPERLINK("http://x","y")'
    book["b"]["A1"] = "plain"
    book.save(path)
    assert _rows(path)[0].cells == ['=HYPERLINK("http://x","y")']
    with_value = tmp_path / "value.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(with_value, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"<v></v>", b"<v>7</v>")
                         .replace(b"<v />", b"<v>7</v>").replace(b"<v/>", b"<v>7</v>"))  # fmt: skip
    assert _rows(with_value)[0].cells == ["7"]


def test_sheets_keep_their_order_and_hidden_ones_are_marked(tmp_path: Path) -> None:
    book, path = _book(tmp_path, "b", "a", "c")
    book["a"].sheet_state = "hidden"
    book.save(path)
    assert [(sheet.name, sheet.hidden) for sheet in open_sheets(path)] == [
        ("b", False), ("a", True), ("c", False),
    ]  # fmt: skip


def _sound(folder: Path) -> Path:
    book, path = _book(folder, "a")
    book["a"]["A1"] = "x"
    book.save(path)
    return path


def _refused(path: Path) -> str:
    with pytest.raises(BadFile) as caught:
        open_sheets(path)
    return caught.value.code


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("MAX_PACKED", 100, "file-too-large"),
        ("MAX_UNPACKED", 1000, "file-unzips-too-large"),
        ("MAX_SHEETS", 0, "file-too-many-sheets"),
    ],
)
def test_sizes_are_limited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: int, code: str
) -> None:
    monkeypatch.setattr(read_xlsx, name, value)
    assert _refused(_sound(tmp_path)) == code


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
        package.writestr("xl/worksheets/sheet1.xml", bytes(64 * 2**20))
    assert _refused(path) == "file-unzips-too-large"


def test_sizes_that_lie_are_not_believed(tmp_path: Path) -> None:
    path = _sound(tmp_path)
    data = bytearray(path.read_bytes())
    at = data.find(b"PK\x01\x02")
    while at >= 0:  # every entry of the directory says that it unpacks to one byte
        data[at + 24 : at + 28] = struct.pack("<I", 1)
        at = data.find(b"PK\x01\x02", at + 1)
    path.write_bytes(data)
    assert _refused(path) == "file-damaged"


@pytest.mark.parametrize("place", ["XFD1048576", "ZZ99999", "AAA50000"])
def test_a_stray_cell_far_out_is_refused(tmp_path: Path, place: str) -> None:
    book, path = _book(tmp_path, "a")
    book["a"]["A1"], book["a"][place] = "x", "y"
    book.save(path)
    assert _refused(path) == "file-too-sparse"


def test_a_long_sheet_is_not_far_out(tmp_path: Path) -> None:
    book, path = _book(tmp_path, "a")
    book["a"]["A1"], book["a"]["C150000"] = "x", "y"
    book.save(path)
    assert [row.line for row in _rows(path)] == [1, 150_000]


def test_what_only_looks_like_a_workbook_is_refused(tmp_path: Path) -> None:
    path = _sound(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert _refused(path) == "file-damaged"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("readme.txt", "x")
    assert _refused(path) == "file-not-a-workbook"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert _refused(path) == "file-old-excel"
    path.write_bytes(path.read_bytes() + "EncryptedPackage".encode("utf-16-le"))
    assert _refused(path) == "file-protected"
