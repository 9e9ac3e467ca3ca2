"""More workbooks: sections with repeated headings, eleven parties side by side, the clerk's own."""

from __future__ import annotations

from pathlib import Path

from tests.registers.pen import (
    DOUBTFUL,
    EITHER,
    REJECTED,
    Cell,
    Pen,
    Register,
    fact,
    register,
    save_xlsx,
)

_ELEVEN = ("Kab. Ngawi", "Kab. Magetan", "Kab. Madiun", "Kota Madiun", "Kab. Ponorogo",
           "Kab. Pacitan", "Kab. Trenggalek", "Kab. Tulungagung", "Kab. Nganjuk", "Kota Kediri",
           "Kab. Wonogiri")  # fmt: skip


def sections_per_category(folder: Path) -> Register:
    """A line per category, and the headings typed again below each."""
    pen = Pen("DATA")
    head = ("NO", "NOMOR NASKAH", "PIHAK KESATU", "PIHAK KEDUA", "NEGARA", "JUDUL KERJA SAMA",
            "JENIS NASKAH", "TANGGAL", "STATUS")  # fmt: skip

    def section(line: str, first: bool = False) -> None:
        row = pen.write(line)
        pen.merges.append(f"A{row}:I{row}")
        pen.may(row, "a section line")
        row = pen.write(*head)
        if not first:
            pen.may(row, "the headings again")

    section("A. KERJA SAMA LUAR NEGERI", first=True)
    pen.write(1, "LN-1", "Pemkot Surabaya", "Kota Busan", "Korea Selatan", "Sister city",
              "Sister City", "24-08-1994", None)  # fmt: skip
    pen.write(2, "LN-2", "Pemprov Jatim", "Prefektur Osaka", "Jepang", "Sister province",
              "Sister Province", "1984", None)  # fmt: skip
    pen.write(3, "LN-3", "Kab. Jember", "UNICEF", None, "Gizi anak", "MoU", "15/06/2020", "-")
    section("B. KERJA SAMA ANTAR DAERAH")
    pen.write(1, "AD-1", "Kab. Tuban", "Kab. Lamongan", None, "Pesisir", "Kesepakatan Bersama",
              "2018", None)  # fmt: skip
    row = pen.write(2, "AD-2", "Kab. Tuban", "KAB. TUBAN", None, "Garam", "Kesepakatan Bersama",
                    "2018", None)  # fmt: skip
    pen.plant(row, "PIHAK KEDUA", REJECTED, "both parties the same", also=("PIHAK KESATU", ""))
    pen.write(3, "AD-3", "Jawa Timur", "Jawa Tengah", None, "Perbatasan", "Kesepakatan Bersama",
              "21 Agustus 2019", None)  # fmt: skip
    section("C. KERJA SAMA DENGAN PIHAK KETIGA")
    pen.write(1, "PK-1", "Kota Batu", "Universitas Brawijaya", None, "Riset apel", "PKS",
              "30/11/2022", None)  # fmt: skip
    row = pen.write(2, "PK-2", "Kota Madiun", "Politeknik Negeri Madiun", None, "Kereta",
                    "Surat Cinta", "30/11/2022", None)  # fmt: skip
    pen.plant(row, "JENIS NASKAH", EITHER, "a kind of document that there is not", "Surat Cinta")
    row = pen.write(3, "PK-3", "Kab. Madiun", "Universitas Muhammadiyah Madiun", None, "Guru",
                    "PKS", "30/02/2022", None)  # fmt: skip
    pen.plant(row, "TANGGAL", EITHER, "a day that no calendar has", "30/02/2022")
    row = pen.write("JUMLAH", None, None, None, None, 9)
    pen.plant(row, "", DOUBTFUL, "a totals line")
    path = folder / "kategori.xlsx"
    save_xlsx(path, pen)
    return register(
        path, 6, [pen], fact("35.78 busan-kr", "1994-08-24"),
        fact("35 osaka-prefecture-jp", "1984"),
        fact("35.09 unicef-int", "2020-06-15"), fact("35.23 35.24", "2018"),
        fact("35 33", "2019-08-21"), fact("35.79 universitas-brawijaya", "2022-11-30"),
    )  # fmt: skip


def eleven_columns(folder: Path) -> Register:
    """Pihak 1 … Pihak 11, mostly empty; one accord fills them all."""
    pen = Pen("Forum")
    pen.write("Nomor", "Tentang", "Jenis", "Tgl", *(f"Pihak {n}" for n in range(1, 12)), "SDGs")

    def row(number: int, *parties: str | None, kind: str = "Kesepakatan Bersama",
            day: Cell = "15-03-2022", goals: Cell = None) -> int:  # fmt: skip
        blanks = (None,) * (11 - len(parties))
        return pen.write(f"F/{number}/2022", f"Forum {number}", kind, day, *parties, *blanks, goals)

    row(1, *_ELEVEN, goals="8, 11, 17")
    row(2, "Kab. Sumenep", "Kab. Pamekasan", "Kab. Sampang", "Kab. Bangkalan", day="2022")
    row(3, "Kota Surabaya", None, "Kab. Gresik", day="Mei 2022")
    row(4, "Kab. Bojonegoro", "Kab. Blora", kind="MoU", goals=7)
    row(5, "Jatim", "Jateng", "DIY", day="30 Juni 2022")
    row(6, "Kab. Probolinggo", "Kab. Lumajang", "Kab. Malang", "Kab. Pasuruan", goals="SDG 15")
    number = row(7, "Kab. Probolinggo", "Probolinggo")
    pen.plant(number, "Pihak 2", REJECTED, "bare Probolinggo", "Probolinggo",
              says=("Kabupaten Probolinggo", "Kota Probolinggo"))  # fmt: skip
    pen.misspelt(row(8, "Kab. Jember", "Kabupaten Banyuwngi"), "Pihak 2")
    row_goal = row(9, "Kab. Kediri", "Kab. Nganjuk", goals="SDG 99")
    pen.plant(row_goal, "SDGs", DOUBTFUL, "a goal that there is not", "99")
    row_date = row(10, "Kab. Jombang", "Kab. Mojokerto", day="03/04/2022")
    pen.plant(row_date, "Tgl", DOUBTFUL, "a date of two readings", "03/04/2022")
    pen.plant(row(11, "Kab. Jombang"), "", REJECTED, "a second party is missing")
    path = folder / "forum.xlsx"
    save_xlsx(path, pen)
    return register(
        path, 8, [pen],
        fact("35.21 35.20 35.19 35.77 35.02 35.01 35.03 35.04 35.18 35.71 33.12", "2022-03-15"),
        fact("35.78 35.25", "2022-05"), fact("35.22 33.16", "2022-03-15"),
        fact("35 33 34", "2022-06-30"), fact("35.06 35.18", "2022-03-15"),
        fact("35.17 35.16", "2022-04-03"),
    )  # fmt: skip
