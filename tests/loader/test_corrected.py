"""The clerk's file back: nothing of hers is lost, and every mark says what it means."""

from __future__ import annotations

import datetime as dt
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

from explorer.i18n import LANGUAGES, say
from graph_loader.errors import BadInput
from graph_loader.load import UNNAMED, Checked, check_files
from graph_loader.reading.notes import Mark
from graph_loader.report import problem_dict
from graph_loader.writing.annotate import LOOKS, SIGN
from graph_loader.writing.corrected import write_corrected
from graph_loader.writing.problem_sheet import FIELDS
from graph_loader.writing.spreadsheet import put
from tests.registers.make import MAKERS
from tests.registers.pen import Register

TODAY = dt.date(2026, 1, 1)
HEADINGS = ("No", "Daerah", "Mitra", "Negara", "Judul", "Bentuk", "Tanggal")
ROWS = (
    (1, "Kab. Gresik", "Osaka Prefecture", "Jepang", "Pelabuhan", "MoU", "21 Des 05"),
    (2, "Malang", "Universitas Jember", "", "Air bersih", "PKS", "03/04/2005"),
    (3, "Kabupaten Banyuwngi", "Kota Surabaya", "", "Sampah", "PKS", "31/02/2020"),
)
every_register = pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)


def checked(path: Path) -> tuple[list[Mark], Checked]:
    marks: list[Mark] = []
    return marks, check_files((path,), UNNAMED, store=None, today=TODAY, marks=marks)


def corrected(path: Path, out: Path, lang: str = "en") -> Any:
    marks, found = checked(path)
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # what openpyxl cannot carry is no clerk's to read about
        write_corrected(path, out, marks, found.problems, partial(say, lang))
    return load_workbook(out)


def register(folder: Path, *rows: tuple[object, ...]) -> tuple[Any, Path]:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Data"
    for row in (HEADINGS, *(rows or ROWS)):
        sheet.append(row)
    return book, folder / "register.xlsx"


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    book, path = register(tmp_path)
    book.save(path)
    return path


def listed(book: Any) -> list[dict[str, Any]]:
    """The table of the last sheet, by its headings in English."""
    rows = list(book.worksheets[-1].iter_rows(values_only=True))
    heads = [say("en", f"problem-table.{name}") for name in FIELDS]
    first = next(at for at, row in enumerate(rows) if list(row) == heads)
    return [dict(zip(FIELDS, row, strict=True)) for row in rows[first + 1 :]]


def test_a_mark_is_told_apart_by_frame_and_word_as_well(plain: Path, tmp_path: Path) -> None:
    page = corrected(plain, tmp_path / "out.xlsx")["Data"]
    cells = {"corrected": page["B2"], "rejected": page["B3"], "doubtful": page["G4"]}
    words = {kind: cell.comment.text.split(".")[0] for kind, cell in cells.items()}
    assert words == {kind: kind.upper() for kind in cells}
    assert len({cell.border.left.style for cell in cells.values()}) == 3
    for kind, cell in cells.items():
        assert cell.fill.fgColor.rgb == LOOKS[kind].fill.fgColor.rgb  # type: ignore[index]


def test_a_cell_with_two_marks_looks_like_the_graver_and_tells_both(
    plain: Path, tmp_path: Path
) -> None:
    cell = corrected(plain, tmp_path / "out.xlsx")["Data"]["G3"]
    assert cell.value == dt.datetime(2005, 4, 3)
    assert cell.fill.fgColor.rgb == LOOKS["doubtful"].fill.fgColor.rgb
    assert cell.comment.text.startswith("CORRECTED. It was: 03/04/2005\nDOUBTFUL. ")
    assert cell.alignment.shrink_to_fit


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_last_sheet_begins_with_what_the_marks_mean(
    plain: Path, tmp_path: Path, lang: str
) -> None:
    sheet = corrected(plain, tmp_path / "out.xlsx", lang).worksheets[-1]
    for row, kind in ((2, "rejected"), (3, "doubtful"), (4, "corrected")):
        assert sheet.cell(row, 1).value == say(lang, f"corrected.kind.{kind}")
        assert sheet.cell(row, 1).fill.fgColor.rgb == LOOKS[kind].fill.fgColor.rgb  # type: ignore[index]
        assert sheet.cell(row, 2).value == say(lang, f"corrected.kind.{kind}.means")


def test_each_problem_says_what_became_of_it_and_leads_to_its_cell(
    plain: Path, tmp_path: Path
) -> None:
    book = corrected(plain, tmp_path / "out.xlsx")
    states = {(row["row"], row["column"]): row["state"] for row in listed(book)}
    assert states == {
        (3, "Daerah"): "proposal in the comment", (3, "Tanggal"): "corrected here",
        (4, "Daerah"): "proposal in the comment", (4, "Tanggal"): "only check it",
    }  # fmt: skip
    sheet = book.worksheets[-1]
    links = {cell.hyperlink.location for cell in sheet["B"] if cell.hyperlink}
    assert links == {"'Data'!B3", "'Data'!G3", "'Data'!B4", "'Data'!G4"}


@every_register
def test_what_is_called_corrected_is_not_told_again(
    make: Callable[[Path], Register], tmp_path: Path
) -> None:
    out = tmp_path / "out.xlsx"
    book = corrected(make(tmp_path).path, out)
    again = {(one.sheet, one.row, _why(one)) for one in checked(out)[1].problems}
    settled = {(row["sheet"], row["row"], row["why"]) for row in listed(book)
               if row["state"] == "corrected here"}  # fmt: skip
    assert settled & again == set()


def _why(problem: Any) -> str:
    return str(problem_dict(problem, partial(say, "en"))["why"])


def test_a_comment_of_the_clerk_stays_above_what_is_added(tmp_path: Path) -> None:
    book, path = register(tmp_path)
    book["Data"]["B3"].comment = Comment("Tanyakan Bu Siti", "Ani")
    book["Data"]["E2"].comment = Comment("Arsip lama\n" * 8, "Ani")
    book.save(path)
    page = corrected(path, tmp_path / "out.xlsx")["Data"]
    assert page["B3"].comment.text.startswith(f"Tanyakan Bu Siti\n{SIGN}\nREJECTED. ")
    assert page["B3"].comment.author == "Ani"
    assert page["E2"].comment.text == "Arsip lama\n" * 8


def test_what_was_put_right_is_no_longer_marked(tmp_path: Path) -> None:
    book, path = register(tmp_path)
    book["Data"]["B3"].comment = Comment("Tanyakan Bu Siti", "Ani")
    book.save(path)
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    answered = corrected(path, first)
    answered["Data"]["B3"], answered["Data"]["B4"] = "Kota Malang", "Kabupaten Banyuwangi"
    answered.save(first)
    page = corrected(first, second)["Data"]
    assert page["B3"].comment.text == "Tanyakan Bu Siti"
    assert page["B4"].comment is None
    assert page["B3"].fill.fill_type is None
    assert not page["B4"].border.left
    assert page["B2"].comment.text == "CORRECTED. It was: Kab. Gresik"
    assert page["G4"].comment.text.count("DOUBTFUL") == 1
    assert load_workbook(second).sheetnames == ["Data", "Problems"]


def test_a_sheet_of_the_clerk_with_the_same_name_stays(tmp_path: Path) -> None:
    book, path = register(tmp_path)
    book.create_sheet("Problems").append(["my own list"])
    book.save(path)
    again = corrected(path, tmp_path / "out.xlsx")
    assert again.sheetnames == ["Data", "Problems", "Masalah"]
    assert again["Problems"]["A1"].value == "my own list"


def test_a_merged_cell_is_marked_once_at_its_first_place(tmp_path: Path) -> None:
    one, two = ROWS[1], (2, None, "Universitas Airlangga", "", None, None, None)
    book, path = register(tmp_path, one, two)
    for column in "ABDEFG":
        book["Data"].merge_cells(f"{column}2:{column}3")
    book.save(path)
    page = corrected(path, tmp_path / "out.xlsx")["Data"]
    assert page["B2"].comment.text.count("REJECTED") == 1
    assert {str(area) for area in page.merged_cells.ranges} >= {"B2:B3", "G2:G3"}
    assert page["G2"].value == dt.datetime(2005, 4, 3)


def test_what_else_a_workbook_holds_is_still_there(tmp_path: Path) -> None:
    book, path = register(tmp_path)
    sheet = book["Data"]
    sheet.add_table(Table(displayName="Daftar", ref="A1:G4"))
    choice = DataValidation("list", formula1='"MoU,PKS"')
    choice.add("F2:F99")
    sheet.add_data_validation(choice)
    sheet.conditional_formatting.add("F2:F99", Rule("containsBlanks", formula=["LEN(F2)=0"]))
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=1, min_row=1, max_row=4), titles_from_data=True)
    sheet.add_chart(chart, "J2")
    sheet.column_dimensions["E"].width = 33
    sheet.auto_filter.ref = "A1:G4"
    book.save(path)
    again = corrected(path, tmp_path / "out.xlsx")
    page = again["Data"]
    assert page.tables["Daftar"].ref == "A1:G4"
    assert [str(one.sqref) for one in page.data_validations.dataValidation] == ["F2:F99"]
    assert [str(one.sqref) for one in page.conditional_formatting] == ["F2:F99"]
    assert page.column_dimensions["E"].width == 33
    with zipfile.ZipFile(tmp_path / "out.xlsx") as package:
        assert "xl/charts/chart1.xml" in package.namelist()
    remarks = [cell.value for cell in again.worksheets[-1]["A"]]
    assert say("en", "corrected.lost") in remarks


def test_a_workbook_with_a_picture_comes_back_and_says_so(plain: Path, tmp_path: Path) -> None:
    pictured = tmp_path / "pictured.xlsx"
    _with_picture(plain, pictured)
    book = corrected(pictured, tmp_path / "out.xlsx")
    assert say("en", "corrected.lost") in [cell.value for cell in book.worksheets[-1]["A"]]
    assert book["Data"]["B2"].value == "Kabupaten Gresik"


def _with_picture(path: Path, out: Path) -> None:
    """The same rows beside a letterhead, by another writer of workbooks."""
    import xlsxwriter  # type: ignore[import-untyped]

    dot = out.with_suffix(".png")
    dot.write_bytes(bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
        "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
    ))  # fmt: skip
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet("Data")
        page.insert_image("J1", str(dot))
        for at, row in enumerate(load_workbook(path)["Data"].iter_rows(values_only=True)):
            page.write_row(at, 0, row)


def test_a_csv_with_lines_in_its_cells_is_readable(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_text('Daerah,Mitra,Judul,Bentuk\n"Kab. Gresik","PT Maju","a\nb\nc",PKS\n'
                    f"Malang,PT Maju,{'panjang ' * 20},PKS\n", encoding="utf-8")  # fmt: skip
    book = corrected(path, tmp_path / "out.xlsx")
    page = book["Data"]
    assert page["A3"].comment.text.startswith("REJECTED. ")
    assert [row["row"] for row in listed(book)] == [3]
    assert page.row_dimensions[2].height >= 3 * 15
    assert page.row_dimensions[3].height >= 4 * 15
    assert page["C3"].alignment.wrap_text
    assert page.column_dimensions["A"].width >= len("Kabupaten Gresik")


def test_the_box_of_a_comment_holds_its_text(plain: Path, tmp_path: Path) -> None:
    page = corrected(plain, tmp_path / "out.xlsx")["Data"]
    corrected(plain, tmp_path / "id.xlsx", "id")
    with zipfile.ZipFile(tmp_path / "out.xlsx") as package:
        drawn = next(name for name in package.namelist() if name.endswith(".vml"))
        boxes = package.read(drawn).decode()
    longest = max(len(cell.comment.text) for row in page for cell in row if cell.comment)
    heights = [float(part.split("px")[0]) for part in boxes.split("height:")[1:]]
    assert max(heights) * 320 >= longest * 7 * 14  # pixels that its letters take
    assert min(heights) < max(heights)


def test_nothing_found_is_said_too(tmp_path: Path) -> None:
    good = (1, "Kabupaten Gresik", "Kota Surabaya", "", "Pelabuhan", "PKS", dt.date(2005, 12, 21))
    book, path = register(tmp_path, good)
    put(book["Data"]["E2"], "Pelabuhan")
    book.save(path)
    again = corrected(path, tmp_path / "out.xlsx")
    assert say("en", "corrected.none") in [cell.value for cell in again.worksheets[-1]["A"]]
    assert listed(again) == []


def test_a_file_too_large_to_mark_is_refused_before_memory_is_spent(tmp_path: Path) -> None:
    path, out = tmp_path / "large.csv", tmp_path / "out.xlsx"
    with path.open("w", encoding="utf-8") as file:
        file.write("Daerah,Mitra,Judul,Bentuk\n")
        file.writelines("Kota Surabaya,PT Maju,Air bersih,PKS\n" for _ in range(600_000))
    with pytest.raises(BadInput, match="corrected-too-large"):
        write_corrected(path, out, [], [], partial(say, "id"))
    assert not out.exists()


def test_a_sheet_has_no_more_columns_than_it_can(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text("Daerah,Mitra,Judul,Bentuk" + "," * 17_000 + "x\n"
                    "Kab. Gresik,Kota Surabaya,Air,PKS" + "," * 17_000 + "y\n")  # fmt: skip
    marks, found = checked(path)
    far = replace(found.problems[0], severity="rejected")
    marks.append(Mark("", 2, 17_003, problem=far))
    write_corrected(path, tmp_path / "out.xlsx", marks, found.problems, partial(say, "en"))
    page = load_workbook(tmp_path / "out.xlsx")["Data"]
    assert page["A2"].value == "Kabupaten Gresik"
    assert page.max_column <= 16_384


def test_a_formula_that_gave_an_empty_text_stays_empty(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    book = Workbook()
    page = book.worksheets[0]
    page.append(["Daerah", "Mitra", "Judul", "Bentuk", "Keterangan"])
    page.append(["Kab. Gresik", "Kota Surabaya", "Air", "PKS", '=IF(A2="x","ya","")'])
    page["A3"] = '=IF(B3="","",B3)'
    book.save(path)
    computed = tmp_path / "computed.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(computed, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            for place in (b"E2", b"A3"):  # as a spreadsheet saves it: an empty text is a value
                text = text.replace(b'<c r="%s">' % place, b'<c r="%s" t="str">' % place)
            new.writestr(name, text.replace(b"<v></v>", b"<v></v>").replace(b"<v />", b"<v></v>"))
    marks, found = checked(computed)
    assert found.problems == ()
    write_corrected(computed, tmp_path / "out.xlsx", marks, found.problems, partial(say, "id"))
    again = checked(tmp_path / "out.xlsx")[1]
    assert (again.problems, len(again.batch.agreements)) == ((), 1)


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7", b"PK\x03\x04 cut", "大阪,京都\n".encode("utf-32")]
)
def test_what_cannot_be_read_is_not_given_back_empty(tmp_path: Path, content: bytes) -> None:
    path, out = tmp_path / "odd.xlsx", tmp_path / "out.xlsx"
    path.write_bytes(content)
    with pytest.raises(BadInput, match="corrected-unreadable"):
        write_corrected(path, out, [], [], partial(say, "id"))
    assert list(tmp_path.iterdir()) == [path]


def test_sheets_that_differ_only_in_case_end_in_a_sentence(tmp_path: Path) -> None:
    book, path = register(tmp_path, ROWS[0])
    book.save(path)
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            other = b'<sheet name="DATA" sheetId="9" state="visible" r:id="rId1"/></sheets>'
            package.writestr(name, content.replace(b"</sheets>", other))
    with pytest.raises(BadInput, match="corrected-unreadable"):
        write_corrected(path, tmp_path / "out.xlsx", [], [], partial(say, "id"))
