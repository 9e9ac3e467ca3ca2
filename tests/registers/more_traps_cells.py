"""Small traps in one cell each: days, terms, names, and what only Excel can put there."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.registers.containers import SHEET, deflated, with_entry
from tests.registers.more_traps import AIRLANGGA, HEAD, book_of, done, row_of
from tests.registers.pen import DOUBTFUL, EITHER, Pen, Register, fact, register, save_xlsx


def days_as_they_are_typed(folder: Path) -> Register:
    """Dashes of a word processor, Roman months, and an end that begins with "until"."""
    pen = Pen("Data")
    pen.write(*HEAD, "Berakhir")
    for number, (day, end) in enumerate(
        (("21–12–2019", "s.d. 31 Desember 2024"), ("21-XII-2019", "s/d 31-12-2024"),
         ("21.12.19", "31 Des 24"), ("Sabtu, 21 Desember 2019", "31/12/2024")), 1,
    ):  # fmt: skip
        pen.write(*row_of(number, f"Urusan {number}", day), end)
    return done(folder, pen, *[fact(AIRLANGGA, "2019-12-21", "2024-12-31")] * 4)


def terms_that_are_no_whole_years(folder: Path) -> Register:
    """A year and a half is not five years, and "three to five" is no term at all."""
    pen = Pen("Data")
    pen.write(*HEAD, "Jangka Waktu")
    pen.write(*row_of(1, "Magang"), "1,5 tahun")
    pen.plant(pen.write(*row_of(2, "Riset", "2018"), "3-5 tahun"), "Jangka Waktu", DOUBTFUL,
              "a term from three to five years", "3-5")  # fmt: skip
    return done(folder, pen, fact(AIRLANGGA, "2019-12-21", "2021-06-21"),
                 fact(AIRLANGGA, "2018"))  # fmt: skip


def names_broken_by_lines(folder: Path) -> Register:
    """A narrow cell breaks a name after the word that says what it is."""
    pen = Pen("Data")
    pen.write(*HEAD)
    pen.write(*row_of(1, "Pasar", region="Kabupaten\nGresik", partner="Kota\nMojokerto"))
    pen.write(*row_of(2, "Sampah", region="Pemerintah\nKabupaten Gresik", partner="Kota Batu"))
    return done(folder, pen, fact("35.25 35.76", "2019-12-21"), fact("35.25 35.79", "2019-12-21"))


def the_post_beside_the_body(folder: Path) -> Register:
    """Who signs for a university is not another party than the university."""
    pen = Pen("Data")
    pen.write(*HEAD)
    pen.write(*row_of(1, "Magang", partner="Universitas Airlangga / Rektor"))
    pen.write(*row_of(2, "Riset", region="Bupati Gresik", partner="Rektor Universitas Jember"))
    return done(folder, pen, fact(AIRLANGGA, "2019-12-21"),
                 fact("35.25 universitas-jember", "2019-12-21"))  # fmt: skip


def several_partners_in_one_cell(folder: Path) -> Path:
    """Two universities are not one with a long name; an agency with "dan" in its name is one."""
    pen = Pen("Data")
    pen.write(*HEAD)
    for number, partner in enumerate(
        ("Universitas Airlangga, Universitas Brawijaya", "Badan Riset dan Inovasi Nasional",
         "Universitas Airlangga/Universitas Brawijaya"), 1,
    ):  # fmt: skip
        pen.write(*row_of(number, f"Urusan {number}", partner=partner))
    return book_of(folder, pen)


def an_addendum_by_its_full_name(folder: Path) -> Register:
    """An addendum is called after what it amends."""
    pen = Pen("Data")
    pen.write(*HEAD)
    for number, kind in enumerate(("Adendum Perjanjian Kerja Sama", "Addendum MoU"), 1):
        cells = row_of(number, f"Urusan {number}")
        pen.write(*cells[:4], kind, cells[5])
    return done(folder, pen, *[fact(AIRLANGGA, "2019-12-21")] * 2)


def formulas_that_gave_nothing(folder: Path) -> Register:
    """A form prepared for more rows than are filled: each formula below has given an empty text."""
    pen = Pen("Data")
    pen.write(*HEAD, "Keterangan")
    pen.write(*row_of(1, "Magang"), "RUMUS")
    for _ in range(3):
        pen.write(*["RUMUS"] * 7)
    path = book_of(folder, pen)
    with zipfile.ZipFile(path) as archive:
        text = archive.read(SHEET).decode()
    gave_nothing = r'<c r="\1" t="str"><f>IF(TRUE,"","")</f><v></v></c>'
    cells = r'<c r="([A-Z]\d+)"[^>]*><is><t>RUMUS</t></is></c>'
    changed, count = re.subn(cells, gave_nothing, text)
    assert count == 22
    with_entry(path, SHEET, deflated(changed.encode()))
    return register(path, 1, [pen], fact(AIRLANGGA, "2019-12-21"))


def cells_in_error(folder: Path) -> Register:
    """`#REF!` is not nothing: the day is lost, and the clerk is told."""
    pen = Pen("Data")
    pen.write(*HEAD)
    pen.plant(pen.write(*row_of(1, "Magang", "#REF!")), "Tanggal", EITHER, "a day in error")
    path = book_of(folder, pen)
    book = load_workbook(path)
    book["Data"]["F2"].data_type = "e"
    book.save(path)
    return register(path, 0, [pen])


def a_year_in_a_cell_for_days(folder: Path) -> Path:
    """2019 typed where Excel expects a day is the 11th of July 1905."""
    pen = Pen("Data")
    pen.write(*HEAD)
    pen.write(*row_of(1, "Magang", 2019))
    path = folder / "tahun.xlsx"
    save_xlsx(path, pen, formats={"F": "dmy"})
    return path


def days_counted_from_1904(folder: Path) -> Register:
    """A workbook of an old Macintosh counts its days from 1904, with or without a date format."""
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    page = book.worksheets[0]
    for row in (HEAD, row_of(1, "Magang", date(2019, 12, 21)), row_of(2, "Riset", 42358)):
        page.append(row)
    path = folder / "macintosh.xlsx"
    book.save(path)
    return register(path, 2, [], *[fact(AIRLANGGA, "2019-12-21")] * 2)
