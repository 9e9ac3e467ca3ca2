"""Workbooks: what is in them, and what is refused before it is parsed."""

from __future__ import annotations

import datetime as dt
import re
import struct
import zipfile
from pathlib import Path
from types import ModuleType

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from graph_loader.errors import BadFile
from graph_loader.reading import package, read_xlsx
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


def _patched(path: Path, *swaps: tuple[str, str], part: str = "xl/worksheets/sheet1.xml") -> Path:
    """The same workbook, its XML changed by hand: what other programs write, openpyxl cannot."""
    patched = path.with_name("patched.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(patched, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            for before, after in swaps if name == part else ():
                assert before in text
                text = text.replace(before, after)
            new.writestr(name, text)
    return patched


def _with_cells(folder: Path, *cells: str) -> Path:
    """A workbook of one row: x, then these cells as XML."""
    book, path = _book(folder, "a")
    book["a"]["A1"] = "x"
    book.save(path)
    return _patched(path, ("</c></row>", f"</c>{''.join(cells)}</row>"))


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<c r="B1" t="str"><f>IF(A9="","","y")</f><v></v></c>', ""),
        ('<c r="B1" t="str"><f>IF(A9="","","y")</f><v/></c>', ""),
        ('<c r="B1" t="str"><f>A9</f><v>y</v></c>', "y"),
        ('<c r="B1"><f>A9&amp;"z"</f></c>', '=A9&"z"'),
        ('<c r="B1" t="str"><f>A9</f></c>', "=A9"),
        ('<c r="B1"><f>A9</f><v/></c>', "=A9"),
        ('<c r="B1"><f t="array" ref="B1">A3:A4&amp;B3</f><v/></c>', "=A3:A4&B3"),
        ('<c r="B1"><f>A9</f><v>1</v></c>'
         '<c r="C1"><f t="dataTable" ref="C1" r1="D1" r2="E1"/></c>', "1|=TABLE(D1,E1)"),
        ('<c r="B1"><f t="shared" ref="B1:C1" si="0">A9</f><v>1</v></c>'
         '<c r="C1"><f t="shared" si="0"/></c>', "1|=A9"),
        ("<c><f>A9</f></c>", "=A9"),
        ('<c r="B1" t="e"><v>#REF!</v></c>', "#REF!"),
        ('<c r="B1" t="e"><f>A9</f><v>#N/A</v></c>', "#N/A"),
    ],
)  # fmt: skip
def test_what_has_no_value_is_told_from_what_is_empty(tmp_path: Path, cell: str, text: str) -> None:
    (row,) = _rows(_with_cells(tmp_path, cell))
    assert "|".join(row.cells[1:]) == text


def test_elements_may_have_a_prefix(tmp_path: Path) -> None:
    path = _with_cells(tmp_path, '<c r="B1"><f>A9</f></c>')
    prefixed = tmp_path / "prefixed.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(prefixed, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            if name == "xl/worksheets/sheet1.xml":
                text = re.sub(r"<(/?)(?=\w)", r"<\1y:", text).replace("xmlns=", "xmlns:y=")
            new.writestr(name, text)
    assert _rows(prefixed)[0].cells == ["x", "=A9"]


def test_rows_that_nobody_filled_in_hold_nothing(tmp_path: Path) -> None:
    book, path = _book(tmp_path, "a")
    book["a"].append(["x"])
    for number, error in enumerate(["#N/A", "#VALUE!", "#REF!"], start=2):
        book["a"].append([number, error])
    book["a"]["B5"] = "#N/A"
    book["a"]["C6"], book["a"]["D6"] = "Kota Batu", "#N/A"
    book.save(path)
    assert [(row.line, row.cells) for row in _rows(path)] == [
        (1, ["x", "", "", ""]), (2, ["2", "", "", ""]), (3, ["3", "", "", ""]),
        (4, ["4", "#REF!", "", ""]), (6, ["", "", "Kota Batu", "#N/A"]),
    ]  # fmt: skip


def test_a_sheet_that_declares_entities_is_not_parsed(tmp_path: Path) -> None:
    path = _with_cells(tmp_path, '<c r="B1"><f>A9</f></c>')
    declared = '<!DOCTYPE x [<!ENTITY a "b">]><worksheet '
    path = _patched(path.rename(tmp_path / "old.xlsx"), ("<worksheet ", declared))
    with pytest.raises(BadFile, match="file-damaged"):
        _rows(path)


def test_a_year_in_a_cell_that_shows_dates_is_a_year(tmp_path: Path) -> None:
    book, path = _book(tmp_path, "a")
    values = [2019, 1900, 2100, 1899, 2101, 2019.5, 43820, 0, 0.5]
    book["a"].append(values)
    for cell in book["a"][1]:
        cell.number_format = "dd/mm/yyyy"
    book.save(path)
    expected = ["2019", "1900", "2100", "1905-03-13", "1905-10-01", "1905-07-11", "2019-12-21"]
    expected += ["", "12:00:00"]
    assert _rows(path)[0].cells == expected
    book.epoch = CALENDAR_MAC_1904
    book.save(path)
    assert _rows(path)[0].cells[:3] == ["2019", "1900", "2100"]


@pytest.mark.parametrize(("epoch", "day"), [(CALENDAR_MAC_1904, "2019-12-21"), (None, "42358")])
def test_a_day_number_counts_from_the_year_of_its_workbook(
    tmp_path: Path, epoch: dt.datetime | None, day: str
) -> None:
    book, path = _book(tmp_path, "a")
    book["a"].append(["", "Register"])
    book["a"].append(["", "Nomor", "Daerah", "Mitra", "Nilai", "Tanggal"])
    book["a"].append(["", 42358, "Kota Batu", "PT A", 42358, 42358])
    book["a"].append(["", 2, "Kota Batu", "PT A", 1, 2019])
    if epoch:
        book.epoch = epoch
    book.save(path)
    assert [row.cells[4:] for row in _rows(path)[2:]] == [["42358", day], ["1", "2019"]]
    assert _rows(path)[2].cells[1] == "42358"


def test_an_apostrophe_before_a_number_only_says_that_it_is_text(tmp_path: Path) -> None:
    book, path = _book(tmp_path, "a")
    book["a"].append(["'21-12-2019", "'Aisyiyah", "'=1+1", "x'1"])
    book.save(path)
    assert _rows(path)[0].cells == ["21-12-2019", "'Aisyiyah", "'=1+1", "x'1"]


def test_sheets_of_one_name_are_not_mistaken_for_each_other(tmp_path: Path) -> None:
    book, path = _book(tmp_path, "Data", "other")
    book["Data"]["A1"], book["other"]["A1"] = "x", "y"
    book.save(path)
    with pytest.raises(BadFile) as caught:
        open_sheets(_patched(path, ('"other"', '"Data"'), part="xl/workbook.xml"))
    assert (caught.value.code, caught.value.params["sheet"]) == ("file-same-sheets", "Data")


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
    ("module", "name", "value", "code"),
    [
        (package, "MAX_PACKED", 100, "file-too-large"),
        (package, "MAX_UNPACKED", 1000, "file-unzips-too-large"),
        (read_xlsx, "MAX_SHEETS", 0, "file-too-many-sheets"),
    ],
)
def test_sizes_are_limited(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    module: ModuleType,
    name: str,
    value: int,
    code: str,
) -> None:
    monkeypatch.setattr(module, name, value)
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


@pytest.mark.parametrize(
    ("members", "code", "kind"),
    [
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"},
         "file-other-spreadsheet", "ODS"),
        ({"mimetype": "application/vnd.oasis.opendocument.text"}, "file-word", "Writer"),
        ({"mimetype": "application/epub+zip"}, "file-not-a-workbook", None),
        ({"xl/workbook.bin": ""}, "file-other-spreadsheet", "XLSB"),
        ({"word/document.xml": ""}, "file-word", "Word"),
        ({"ppt/presentation.xml": ""}, "file-not-a-table", "PowerPoint"),
    ],
)  # fmt: skip
def test_what_an_archive_is_its_members_say(
    tmp_path: Path, members: dict[str, str], code: str, kind: str | None
) -> None:
    path = tmp_path / "other.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        for name, text in members.items():
            package.writestr(name, text)
    with pytest.raises(BadFile) as caught:
        open_sheets(path)
    assert (caught.value.code, caught.value.params.get("kind")) == (code, kind)


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
