"""Small traps in the layout, in which a hasty reader makes other agreements of the rows.

Of each the store must hold exactly the facts, and what is planted must be told and nothing else.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

from tests.registers.pen import (
    DOUBTFUL,
    REJECTED,
    Cell,
    Fact,
    Pen,
    Planted,
    Register,
    fact,
    register,
    save_csv,
    save_xlsx,
)

HEAD: Final = ("No", "Daerah", "Mitra", "Judul", "Jenis", "Tanggal")
AIRLANGGA: Final = "35.25 universitas-airlangga"


def row_of(number: int, title: str, day: Cell = "21-12-2019", region: str | None = "Kab. Gresik",
           partner: str | None = "Universitas Airlangga") -> tuple[Cell, ...]:  # fmt: skip
    """A row below HEAD, right in everything that is not given."""
    return number, region, partner, title, "MoU", day


def book_of(folder: Path, *pens: Pen) -> Path:
    """The sheets as a workbook."""
    path = folder / "jebakan.xlsx"
    save_xlsx(path, *pens)
    return path


def done(folder: Path, pen: Pen, *facts: Fact) -> Register:
    """One sheet and what must be stored of it: as many agreements as facts."""
    return register(book_of(folder, pen), len(facts), [pen], *facts)


def tables_side_by_side(folder: Path) -> Register:
    """Two lists next to each other: no agreement has parties out of both."""
    pen = Pen("Data")
    pen.write(*HEAD, None, *HEAD)
    pen.write(
        *row_of(1, "Magang"), None, *row_of(1, "Garam", "22-12-2019", "Kab. Tuban", "Kab. Blora")
    )
    pen.write(*row_of(2, "Sampah", "2018", partner="Kota Batu"), None,
              *row_of(2, "Kayu", "2017", "Kab. Ngawi", "Kab. Sragen"))  # fmt: skip
    return done(folder, pen, fact(AIRLANGGA, "2019-12-21"), fact("35.23 33.16", "2019-12-22"),
                 fact("35.25 35.79", "2018"), fact("35.21 33.14", "2017"))  # fmt: skip


def the_region_in_the_title(folder: Path) -> Register:
    """Nobody writes her own regency in every row of her own register."""
    pen = Pen("2019")
    pen.write("REGISTER KERJA SAMA KABUPATEN GRESIK")
    pen.plant(pen.write("No", "Mitra", "Judul", "Jenis", "Tanggal"), "", DOUBTFUL,
              "a region that only the title names")  # fmt: skip
    pen.write(1, "Universitas Airlangga", "Magang", "MoU", "21-12-2019")
    pen.write(2, "Kota Surabaya", "Sampah", "KSB", "22-12-2019")
    return done(folder, pen, fact(AIRLANGGA, "2019-12-21"), fact("35.25 35.78", "2019-12-22"))


def number_and_date_in_one_cell(folder: Path) -> Register:
    """A document's number and its day, under one heading, on two lines or in a sentence."""
    pen = Pen("Data")
    pen.write("No", "Daerah", "Mitra", "Judul", "Jenis", "Nomor dan Tanggal", "Jangka Waktu")
    pen.write(*row_of(1, "Magang")[:5], "119/1/2021 tanggal 12 Maret 2021", "3 tahun")
    pen.write(*row_of(2, "Riset")[:5], "119/2/2021\n14 April 2021", "5 (lima) tahun")
    return done(folder, pen, fact(AIRLANGGA, "2021-03-12", "2024-03-12"),
                 fact(AIRLANGGA, "2021-04-14", "2026-04-14"))  # fmt: skip


def signed_and_beginning_later(folder: Path) -> Register:
    """Signed on one day and running from another: two facts, and no contradiction."""
    pen = Pen("Data")
    pen.write("No", "Daerah", "Mitra", "Judul", "Jenis", "Tanggal Penandatanganan",
              "Tanggal Mulai", "Tanggal Berakhir")  # fmt: skip
    pen.write(*row_of(1, "Magang"), "22-12-2019", "21-12-2022")
    pen.write(*row_of(2, "Riset", date(2019, 12, 23)), date(2020, 1, 1), date(2024, 12, 31))
    return done(folder, pen, fact(AIRLANGGA, "2019-12-21", "2022-12-21"),
                 fact(AIRLANGGA, "2019-12-23", "2024-12-31"))  # fmt: skip


def titles_that_a_mark_tells_apart(folder: Path) -> Register:
    """Two rows that only an exclamation mark tells apart: one agreement, written twice."""
    pen = Pen("Data")
    pen.write(*HEAD)
    pen.write(*row_of(1, "Riset"))
    pen.plant(pen.write(*row_of(2, "Riset!")), "", DOUBTFUL, "a row that is there twice",
              also=("Daerah",))  # fmt: skip
    return done(folder, pen, fact(AIRLANGGA, "2019-12-21"))


def sheets_that_count_alike(folder: Path) -> Register:
    """One row per party, a sheet per year, and each year's numbers begin with KS/1."""
    pens = [Pen("2019"), Pen("2020")]
    for pen, title, parties in zip(
        pens, ("Air", "Garam"), (("Kab. Gresik", "Kab. Lamongan"), ("Kab. Tuban", "Kab. Rembang")),
        strict=True,
    ):  # fmt: skip
        pen.write("Nomor", "Pihak", "Judul", "Jenis", "Tanggal")
        for index, party in enumerate(parties):
            row = pen.write("KS/1", party, title, "PKS", pen.sheet)
            if (pen.sheet, index) == ("2020", 0):
                pen.may(row, "a number that is used already")
    return register(book_of(folder, *pens), 2, pens, fact("35.25 35.24", "2019"),
                    fact("35.23 33.17", "2020"))  # fmt: skip


def a_doubtful_party_below(folder: Path) -> Register:
    """An agreement of three, the third in a row of its own and ambiguous: not one of two."""
    pen = Pen("Data")
    pen.write("No", "Pihak", "Judul", "Jenis", "Tanggal")
    pen.write(1, "Kab. Gresik", "Air", "KSB", "21-12-2019")
    pen.write(None, "Kota Surabaya")
    pen.malang(pen.write(None, "Malang"), "Pihak")
    pen.write(2, "Kab. Tuban", "Garam", "KSB", "22-12-2019")
    pen.write(None, "Kab. Rembang")
    return done(folder, pen, fact("35.23 33.17", "2019-12-22"))


def a_region_left_out_below_itself(folder: Path) -> Register:
    """The regency only in the first of its rows: no other party takes its place."""
    pen = Pen("Data")
    pen.write(*HEAD)
    pen.write(*row_of(1, "Magang"))
    row = pen.write(None, None, "Kota Surabaya", "Sampah", "KSB", "22-12-2019")
    pen.plant(row, "Daerah", REJECTED, "the region is missing", also=("Mitra", ""))
    row = pen.write(None, None, "PT Semen Gresik")
    pen.planted += [
        Planted("Data", row, "", severity, "a partner alone", optional=True)
        for severity in (REJECTED, DOUBTFUL)
    ]
    return done(folder, pen, fact(AIRLANGGA, "2019-12-21"))


def a_column_without_a_heading(folder: Path) -> Register:
    """Somebody wrote below an empty heading: told once, never dropped in silence."""
    pen = Pen()
    head = pen.write("No", "", *HEAD[1:])
    pen.planted.append(_anywhere("a column without a heading", head))
    for number in (1, 2):
        cells = row_of(number, f"Urusan {number}")
        pen.write(cells[0], "penting", *cells[1:])
    path = folder / "tanpa judul.csv"
    save_csv(path, pen, ";")
    return register(path, 2, [pen], *[fact(AIRLANGGA, "2019-12-21")] * 2)


def _anywhere(about: str, row: int) -> Planted:
    return Planted("", row, "", DOUBTFUL, about, until=row + 1)


def a_year_beside_the_day(folder: Path) -> Register:
    """A column for the year stands before the one for the day: the day is not lost."""
    pen = Pen("Data")
    pen.write("Tahun", *HEAD)
    pen.write(2019, *row_of(1, "Magang"))
    pen.write(2020, *row_of(2, "Riset", date(2020, 3, 15)))
    return done(folder, pen, fact(AIRLANGGA, "2019-12-21"), fact(AIRLANGGA, "2020-03-15"))


def groups_over_the_names(folder: Path) -> Register:
    """Each party has a name, a post and a number of its own below one heading."""
    pen = Pen("Data")
    pen.write("No", "Pihak Pertama", None, "Pihak Kedua", None, "Judul", "Jenis", "Tanggal")
    pen.write(None, "Nama", "Jabatan", "Nama", "Jabatan", None, None, None)
    pen.merges += ["B1:C1", "D1:E1", *(f"{x}1:{x}2" for x in "AFGH")]
    for row in (1, 2):
        pen.planted += [Planted("Data", row, "Jabatan", DOUBTFUL, "a post", optional=True)] * 2
    pen.write(1, "Kab. Gresik", "Bupati", "Universitas Airlangga", "Rektor", "Magang", "MoU",
              "21-12-2019")  # fmt: skip
    pen.write(2, "Kab. Gresik", "Bupati", "Kota Batu", "Wali Kota", "Apel", "KSB", "22-12-2019")
    return done(folder, pen, fact(AIRLANGGA, "2019-12-21"), fact("35.25 35.79", "2019-12-22"))


def a_sheet_of_any_name(folder: Path) -> Register:
    """A sheet is judged by what it holds: "Masalah" may hold agreements."""
    pens = [Pen("Data"), Pen("Masalah")]
    for pen, partner in zip(pens, ("Universitas Airlangga", "Kota Batu"), strict=True):
        pen.write(*HEAD)
        pen.write(*row_of(1, "Magang", partner=partner))
    return register(book_of(folder, *pens), 2, pens, fact(AIRLANGGA, "2019-12-21"),
                    fact("35.25 35.79", "2019-12-21"))  # fmt: skip
