"""What is written can be opened, says what was meant, and never harms what stood there."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from graph_loader.errors import BadInput
from graph_loader.writing import spreadsheet
from graph_loader.writing.spreadsheet import Table, escape, put, replacing, unescape, write_table

HARMFUL = (
    '=HYPERLINK("http://example.org","Gresik")',
    "+62 31 3981000",
    "-",
    "@SUM(A1)",
    "\tGresik",
    "#N/A",
    "'=1+1",
    "_x0041_",
    "<r><t>Gresik</t></r>",
    "<script>alert(1)</script>",
    " Gresik ",
    "baris satu\nbaris dua",
    "高知県",
)
anything = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1)


def one_column(texts: list[str]) -> Table:
    return Table("Perjanjian", ["Judul"], [(text,) for text in texts])


def csv_cells(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def sheet_cells(path: Path) -> list[list[object]]:
    """As the loader and Excel see them; openpyxl leaves the escapes of a workbook's text."""
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    return [list(row) for row in sheet.to_python()]


@pytest.mark.parametrize("text", HARMFUL)
def test_text_stays_text_in_a_workbook(tmp_path: Path, text: str) -> None:
    path = tmp_path / "out.xlsx"
    assert write_table(path, one_column([text])) == 1
    assert openpyxl.load_workbook(path).worksheets[0]["A2"].data_type == "s"
    assert sheet_cells(path)[1] == [text]


@pytest.mark.parametrize("text", HARMFUL)
def test_no_cell_of_a_csv_is_a_formula_and_every_one_can_be_read_back(
    tmp_path: Path, text: str
) -> None:
    path = tmp_path / "out.csv"
    write_table(path, one_column([text]))
    (cell,) = csv_cells(path)[1]
    assert cell[0] not in "=+-@\t\r"
    assert unescape(cell) == text


@given(st.lists(anything, min_size=1, max_size=5))
def test_any_text_comes_back(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    folder = tmp_path_factory.mktemp("out")
    for name in ("out.csv", "out.xlsx"):
        write_table(folder / name, one_column(texts))
    assert [unescape(row[0]) for row in csv_cells(folder / "out.csv")[1:]] == texts
    assert [row[0] for row in sheet_cells(folder / "out.xlsx")[1:]] == texts


@given(st.text())
def test_escaping_can_be_undone(text: str) -> None:
    assert unescape(escape(text)) == text


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_what_no_reader_can_take_is_left_out(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"out{suffix}"
    write_table(path, one_column(["Gre\x00sik\x1f\ud800\uffff"]))
    cells = csv_cells(path) if suffix == ".csv" else sheet_cells(path)
    assert cells[1] == ["Gresik"]


def test_a_csv_says_that_it_is_utf_8(tmp_path: Path) -> None:
    write_table(tmp_path / "out.csv", one_column(["Ōsaka"]))
    assert (tmp_path / "out.csv").read_bytes() == "\ufeffJudul\r\nŌsaka\r\n".encode()


@pytest.mark.parametrize("letter", ["a", "😀"])
def test_a_cell_is_cut_visibly_where_excel_would_not_open_it(tmp_path: Path, letter: str) -> None:
    write_table(tmp_path / "out.xlsx", one_column([letter * 40_000]))
    cell = sheet_cells(tmp_path / "out.xlsx")[1][0]
    assert isinstance(cell, str)
    assert cell.endswith(f"{letter}…")
    letters = len(cell.encode("utf-16-le")) // 2  # as Excel counts them
    assert letters in (spreadsheet.MAX_LETTERS - 1, spreadsheet.MAX_LETTERS)


def test_a_sheet_has_a_head_that_stays_and_columns_that_fit(tmp_path: Path) -> None:
    table = Table("Masalah", ["Berkas", "Apa", "Lain"], [("a", "b", 3)], (10, 60), wrapped=True)
    write_table(tmp_path / "out.xlsx", table)
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["Masalah"]
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.b
    assert sheet["A1"].fill.fill_type == "solid"
    assert sheet["B2"].alignment.wrap_text
    assert sheet["C2"].value == 3
    widths = [round(sheet.column_dimensions[letter].width) for letter in "ABC"]
    assert widths == [11, 61, spreadsheet.WIDTH + 1]  # Excel counts the padding of a cell


def test_more_rows_than_a_sheet_has_are_refused_not_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spreadsheet, "MAX_ROWS", 4)
    assert write_table(tmp_path / "fits.xlsx", one_column(["a"] * 3)) == 3
    with pytest.raises(BadInput, match="output-too-long") as caught:
        write_table(tmp_path / "out.xlsx", one_column(["a"] * 4))
    assert caught.value.params["limit"] == 3
    assert os.listdir(tmp_path) == ["fits.xlsx"]
    assert write_table(tmp_path / "out.csv", one_column(["a"] * 4)) == 4


@pytest.mark.parametrize("name", ["out", "out.xls", "out.pdf", ".csv"])
def test_another_format_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInput, match="output-format"):
        write_table(tmp_path / name, one_column(["a"]))
    assert os.listdir(tmp_path) == []


def test_the_suffix_may_be_in_capitals(tmp_path: Path) -> None:
    write_table(tmp_path / "OUT.CSV", one_column(["a"]))
    assert csv_cells(tmp_path / "OUT.CSV") == [["Judul"], ["a"]]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    for name in ("none/out.csv", "none/out.xlsx"):
        with pytest.raises(BadInput, match="output-unwritable-folder"):
            write_table(tmp_path / name, one_column(["a"]))


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "out.csv").mkdir()
    with pytest.raises(BadInput, match="output-unwritable-is-folder"):
        write_table(tmp_path / "out.csv", one_column(["a"]))
    assert os.listdir(tmp_path) == ["out.csv"]


@pytest.mark.skipif(sys.platform != "linux", reason="needs a device that is always full")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # of XlsxWriter
@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_full_disk_is_told(tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file beside the target is a way to /dev/full, to which nothing can be written."""
    path, opened = tmp_path / f"out{suffix}", Path.open

    def full(self: Path, mode: str = "r", **options: str) -> object:
        return opened(Path("/dev/full"), mode.replace("x", "w"), **options)  # type: ignore[call-overload]

    path.write_text("before")
    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(BadInput, match="output-unwritable-full"):
        write_table(path, one_column(["a"] * 10_000))
    monkeypatch.undo()
    assert path.read_text() == "before"


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_what_stood_there_stays_when_the_rows_end_in_an_error(tmp_path: Path, suffix: str) -> None:
    def broken() -> Iterator[tuple[str]]:
        yield ("a",)
        raise ZeroDivisionError

    path = tmp_path / f"out{suffix}"
    path.write_text("before")
    with pytest.raises(ZeroDivisionError):
        write_table(path, Table("Perjanjian", ["Judul"], broken()))
    assert path.read_text() == "before"
    assert os.listdir(tmp_path) == [path.name]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_nobody_sees_a_half_written_file(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"out{suffix}"
    path.write_text("before")

    def looking() -> Iterator[tuple[str]]:
        for _ in range(100):
            assert path.read_text() == "before"
            yield ("a",)

    assert write_table(path, Table("Perjanjian", ["Judul"], looking())) == 100
    assert len(csv_cells(path) if suffix == ".csv" else sheet_cells(path)) == 101


def test_the_file_is_as_readable_as_any_other(tmp_path: Path) -> None:
    (tmp_path / "other").touch()
    write_table(tmp_path / "out.csv", one_column(["a"]))
    assert (tmp_path / "out.csv").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_an_input_is_never_written_over(tmp_path: Path) -> None:
    register = tmp_path / "register.csv"
    register.write_text("mine")
    (tmp_path / "same.csv").hardlink_to(register)
    (tmp_path / "link.csv").symlink_to(register)
    (tmp_path / "sub").mkdir()
    for name in ("register.csv", "sub/../register.csv", "same.csv", "link.csv"):
        with pytest.raises(BadInput, match="output-is-input"):
            write_table(tmp_path / name, one_column(["a"]), inputs=[tmp_path / "x", register])
    assert register.read_text() == "mine"


def test_a_link_is_followed_and_stays(tmp_path: Path) -> None:
    (tmp_path / "kept.csv").write_text("before")
    (tmp_path / "link.csv").symlink_to("kept.csv")
    write_table(tmp_path / "link.csv", one_column(["a"]))
    assert (tmp_path / "link.csv").is_symlink()
    assert csv_cells(tmp_path / "kept.csv") == [["Judul"], ["a"]]


def test_text_put_into_a_clerks_workbook_is_text(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row, text in enumerate(HARMFUL, start=1):
        put(sheet.cell(row, 1), text)  # type: ignore[arg-type]
    with replacing(tmp_path / "out.xlsx") as beside:
        book.save(beside)
    read = openpyxl.load_workbook(tmp_path / "out.xlsx").worksheets[0]
    assert [cell for (cell,) in sheet_cells(tmp_path / "out.xlsx")] == list(HARMFUL)
    assert {cell.data_type for (cell,) in read.iter_rows()} == {"s"}
    with zipfile.ZipFile(tmp_path / "out.xlsx") as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


MANY = """
import sys
import psutil
from pathlib import Path
from graph_loader.writing.spreadsheet import Table, write_table
rows = ((f"g-{n}", "Kabupaten Gresik", "x" * 200) for n in range(int(sys.argv[2])))
write_table(Path(sys.argv[1]), Table("Perjanjian", ["a", "b", "c"], rows))
print(psutil.Process().memory_info().rss)
"""


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_memory_does_not_grow_with_the_rows(tmp_path: Path, suffix: str) -> None:
    def memory(rows: int) -> int:
        command = [sys.executable, "-c", MANY, str(tmp_path / f"out{suffix}"), str(rows)]
        return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)

    assert memory(30_000) - memory(10) < 5 * 2**20
