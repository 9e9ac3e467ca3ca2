"""Registers in workbooks: titles, merged cells, sections, sheets per year, parties side by side."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.registers.pen import (
    DOUBTFUL,
    EITHER,
    REJECTED,
    Pen,
    Register,
    fact,
    register,
    save_xlsx,
)


def serial(day: date) -> int:
    """Count the days as Excel does, which is what a date cell in format General shows."""
    return (day - date(1899, 12, 30)).days


def titles_and_two_row_header(folder: Path) -> Register:
    """Two merged titles, a header over two rows, a numbering row, a totals line, a signature."""
    pen = Pen("Data KS")
    pen.write("REKAPITULASI KERJA SAMA DAERAH")
    pen.write("PEMERINTAH KABUPATEN GRESIK TAHUN 2015 - 2024")
    pen.write()
    pen.write("No", "Nomor", "Judul", "Jenis Dokumen", "Para Pihak", None, "Tanggal", None,
              "Bidang")  # fmt: skip
    pen.write(None, None, None, None, "Pihak Pertama", "Pihak Kedua", "Mulai", "Berakhir", None)
    pen.merges += ["A1:I1", "A2:I2", "E4:F4", "G4:H4", *(f"{x}4:{x}5" for x in "ABCDI")]
    pen.may(pen.write(*(f"({n})" for n in range(1, 10))), "the numbering row")
    kb, pks = "Kesepakatan Bersama", "Perjanjian Kerja Sama"
    for cells in (
        (1, "415.4/01/2015", "Pengelolaan sampah", kb, "Pemkab Gresik", "Pemkot Surabaya",
         "21-12-2015", "21-12-2020", "Lingkungan hidup"),
        (2, "415.4/02/2016", "Air minum", pks, "Kab. Gresik", "Kab. Lamongan",
         "17/08/2016", "17/08/2021", "Air minum"),
        (3, "415.4/03/2017", "Pendidikan tinggi", kb, "Pemerintah Kabupaten Gresik",
         "Universitas Airlangga", "21 Desember 2017", "2022", "Pendidikan"),
        (4, "415.4/04/2018", "Perdagangan", kb, "KABUPATEN GRESIK", "PEMPROV JATIM",
         "Desember 2018", "-", "Perdagangan"),
        (5, "415.4/05/2019", "Pelatihan", pks, "Gresik Regency", "Universitas Jember",
         "21 Des 19", "31 Desember 2024", "Ketenagakerjaan"),
        (6, "415.4/06/2020", "Kesehatan", kb, "35.25", "Kota Batu", "2020", None, "Kesehatan"),
    ):  # fmt: skip
        pen.write(*cells)
    pen.malang(pen.write(7, "415.4/07/2021", "Pariwisata", kb, "Kab. Gresik", "Malang",
                         "21-12-2021", "21-12-2024", "Pariwisata"), "Pihak Kedua")  # fmt: skip
    row = pen.write(8, "415.4/08/2022", "Pangan", kb, "Kab. Gresik", "Kab. Tuban",
                    "21-12-2022", "21-12-2020", "Pangan")  # fmt: skip
    pen.plant(row, "Berakhir", EITHER, "end before start", also=("Mulai", "Tanggal"))
    row = pen.write(9, "415.4/09/2023", "Perikanan", kb, "Kab. Gresik", "Kab. Sampang",
                    "31/02/2020", None, "Perikanan")  # fmt: skip
    pen.plant(row, "Mulai", EITHER, "a day that no calendar has", "31/02/2020", also=("Tanggal",))
    row = pen.write("Jumlah: 14 dokumen")
    pen.merges.append(f"A{row}:I{row}")
    pen.plant(row, "", DOUBTFUL, "a totals line")
    pen.write()
    for line in ("Gresik, 2 Januari 2024", "Kepala Bagian Kerja Sama", "SITI AMINAH, S.H., M.Si.",
                 "NIP. 19700101 199503 2 001"):  # fmt: skip
        pen.may(pen.write(None, None, None, None, None, None, line), "the signature block")
    path = folder / "gresik.xlsx"
    save_xlsx(path, pen)
    return register(
        path, 6, [pen],
        fact("35.25 35.78", "2015-12-21", "2020-12-21"), fact("35 35.25", "2018-12"),
        fact("35.25 35.24", "2016-08-17", "2021-08-17"), fact("35.25 35.79", "2020"),
        fact("35.25 universitas-airlangga", "2017-12-21", "2022"),
        fact("35.25 universitas-jember", "2019-12-21", "2024-12-31"),
    )  # fmt: skip


def merged_downwards(folder: Path) -> Register:
    """One row per party; number, title, kind and date merged down over the rows of an agreement."""
    pen = Pen("Sheet1")
    pen.write("DAFTAR NASKAH KERJA SAMA ANTAR DAERAH")
    pen.write("No", "Nomor", "Judul", "Pihak", "Jenis Naskah", "Tanggal Tanda Tangan", "Ket")
    pen.merges.append("A1:G1")

    def agreement(number: int, title: str, kind: str, day: str | int, *parties: str) -> int:
        first = len(pen.rows) + 1
        for index, party in enumerate(parties):
            shared = (number, f"120/{number:03}/2021", title) if index == 0 else (None,) * 3
            pen.write(*shared, party, *((kind, day) if index == 0 else (None, None)))
        for letter in "ABCEF":
            pen.merges.append(f"{letter}{first}:{letter}{first + len(parties) - 1}")
        return first

    agreement(1, "Gerbang Kertosusila", "Kesepakatan Bersama", "21-12-2021", "Kab. Gresik",
              "Kab. Bangkalan", "Kota Mojokerto", "Kota Surabaya", "Kab. Sidoarjo")  # fmt: skip
    agreement(2, "Batas daerah", "Berita Acara", "17/08/2021", "Kab. Tuban", "Kab. Bojonegoro")
    agreement(3, "Pariwisata", "PKS", "2021", "Kota Batu", "Kota Malang", "Kab. Malang")
    agreement(4, "Pangan", "Nota Kesepahaman", "Mei 2021", "Kab. Ngawi", "Kab. Magetan")
    agreement(5, "Transportasi", "MoU", "2021-06-30", "Pemkot Kediri", "Pemkab Kediri")
    agreement(6, "Energi", "Kesepakatan Bersama", "28 Feb 2021", "Kab. Jember", "Kab. Lumajang")
    row = agreement(7, "Irigasi", "PKS", "21-12-2021", "Kab. Blitar", "Blitar")
    pen.plant(row + 1, "Pihak", REJECTED, "bare Blitar", "Blitar",
              says=("Kabupaten Blitar", "Kota Blitar"))  # fmt: skip
    row = agreement(8, "Air bersih", "PKS", "21-12-2021", "Kabupaten Banyuwngi", "Kab. Situbondo")
    pen.misspelt(row, "Pihak")
    row = agreement(9, "Pasar", "PKS", "21/12/2205", "Kab. Pacitan", "Kab. Ponorogo")
    pen.plant(row, "Tanggal Tanda Tangan", EITHER, "the year 2205", "2205")
    row = agreement(10, "Jalan", "PKS", "21-12-2021", "Kab. Tuban", "Pemkab Tuban")
    pen.plant(row, "", REJECTED, "both parties the same", until=row + 1)
    path = folder / "antar daerah.xlsx"
    save_xlsx(path, pen)
    return register(
        path, 6, [pen], fact("35.25 35.26 35.76 35.78 35.15", "2021-12-21"),
        fact("35.79 35.73 35.07", "2021"), fact("35.23 35.22", "2021-08-17"),
        fact("35.21 35.20", "2021-05"), fact("35.71 35.06", "2021-06-30"),
        fact("35.09 35.08", "2021-02-28"),
    )  # fmt: skip


def parties_in_one_cell(folder: Path) -> Register:
    """All parties in one cell, numbered, by line breaks or semicolons; goals as the clerk knows."""
    pen = Pen("Register")
    pen.write("No", "Nomor Dokumen", "Tentang", "Para Pihak", "Bentuk", "Tanggal Penandatanganan",
              "Jangka Waktu", "TPB")  # fmt: skip

    def row(number: int, about: str, parties: str, kind: str, day: str, long: str,
            goals: str | int | None) -> int:  # fmt: skip
        return pen.write(number, f"KS-{number:02}", about, parties, kind, day, long, goals)

    row(1, "Kota kembar", "1. Pemerintah Kota Surabaya\n2. Kota Busan (Korea Selatan)",
        "Sister City", "24-08-1994", "5 (lima) tahun", "11; 17")  # fmt: skip
    row(2, "Magang", "1) Pemkab Gresik; 2) Universitas Airlangga; 3) Universitas Brawijaya",
        "PKS", "21-12-2020", "3 (tiga) tahun", 4)  # fmt: skip
    row(3, "Sampah", "a. Kota Surabaya\nb. Kota Kitakyushu (Jepang)", "MoU", "13-11-2012",
        "s.d. 31 Desember 2027", "TPB 12")  # fmt: skip
    row(4, "Ternak", "Pemprov Jatim; Pemprov NTB; Pemprov NTT", "Kesepakatan Bersama",
        "21 Des 20", "5 tahun", "SDG 2")  # fmt: skip
    row(5, "Kelautan", "Kab. Sumenep\nKab. Pamekasan\nKab. Sampang\nKab. Bangkalan",
        "Kesepakatan Bersama", "2019", "-", "14")  # fmt: skip
    row(6, "Kesehatan ibu", "1. Kab. Jember;\n2. UNICEF", "Nota Kesepahaman", "17/10/2018",
        "2 tahun", "3.1; 3.2")  # fmt: skip
    pen.malang(row(7, "Kopi", "1. Malang\n2. Universitas Brawijaya", "PKS", "21-12-2020",
                   "1 tahun", None), "Para Pihak")  # fmt: skip
    again = row(8, "Garam", "1. Kab. Tuban; 2. Pemkab Tuban", "PKS", "21-12-2020", "1 tahun", None)
    pen.plant(again, "Para Pihak", REJECTED, "both parties the same", "Tuban")
    alone = row(9, "Padi", "Pemkab Ngawi", "PKS", "21-12-2020", "1 tahun", None)
    pen.plant(alone, "Para Pihak", REJECTED, "a second party is missing", "Ngawi")
    goal = row(10, "Jagung", "Kab. Ngawi; Kab. Madiun", "PKS", "21-12-2020", "1 tahun", "SDG 99")
    pen.plant(goal, "TPB", DOUBTFUL, "a goal that there is not", "99")
    path = folder / "para_pihak.xlsx"
    save_xlsx(path, pen)
    return register(
        path, 7, [pen], fact("35.78 busan-kr", "1994-08-24", "*"),
        fact("35.25 universitas-airlangga universitas-brawijaya", "2020-12-21", "*"),
        fact("35.78 kitakyushu-jp", "2012-11-13", "2027-12-31"),
        fact("35 52 53", "2020-12-21", "*"),
        fact("35.29 35.28 35.27 35.26", "2019"), fact("35.09 unicef-int", "2018-10-17", "*"),
        fact("35.21 35.19", "2020-12-21", "*"),
    )  # fmt: skip


def sheet_per_year(folder: Path) -> Register:
    """A sheet per year, columns in another order each time, an empty sheet and a recapitulation."""
    old, new, last = Pen("2019"), Pen("2020"), Pen("2021")
    old.write("Nomor", "Judul", "Daerah", "Mitra", "Jenis Dokumen", "Tanggal")
    for n, region, partner in ((1, "Kab. Gresik", "Universitas Airlangga"),
                               (2, "Kota Surabaya", "Universitas Surabaya"),
                               (3, "Kab. Jember", "Universitas Jember")):  # fmt: skip
        old.write(f"19/{n}", f"Riset {n}", region, partner, "PKS", f"2019-03-{n:02}")
    new.write("KERJA SAMA TAHUN 2020")
    new.write("Mitra", "Daerah", "Judul", "Nomor", "Tanggal", "Jenis Dokumen")
    for n, region, partner in ((1, "Kota Batu", "Universitas Brawijaya"),
                               (2, "Kota Malang", "PDAM Kota Malang")):  # fmt: skip
        new.write(partner, region, f"Layanan {n}", f"20/{n}", f"{n + 20} Mei 2020", "MoU")
    new.malang(new.write("Universitas Negeri Malang", "Malang", "Bahasa", "20/3", "23 Mei 2020",
                         "MoU"), "Daerah")  # fmt: skip
    row = new.write(None, "Kab. Blitar", "Ikan koi", "20/4", "24 Mei 2020", "MoU")
    new.plant(row, "Mitra", REJECTED, "the partner is missing", also=("",))
    last.write("No", "Nomor", "Daerah", "Mitra", "Negara", "Judul", "Jenis Dokumen", "Tanggal",
               "Warna Map")  # fmt: skip
    last.plant(1, "Warna Map", DOUBTFUL, "a heading that nobody knows", says=("Warna Map",))
    last.write(1, "21/1", "Jatim", "Osaka Prefecture", "Jepang", "Perdagangan", "MoU", "2021",
               "biru")  # fmt: skip
    last.write(2, "21/2", "Kota Surabaya", "Guangzhou", "RRT", "Pariwisata", "Sister City",
               "Desember 2021", "merah")  # fmt: skip
    recap = Pen("Rekap")
    recap.write("Tahun", "Jumlah Dokumen")
    for year, count in ((2019, 3), (2020, 4), (2021, 2)):
        recap.write(year, count)
    recap.may(0, "a sheet that is no register")
    empty = Pen("Sheet4")
    empty.may(0, "an empty sheet")
    path = folder / "per tahun.xlsx"
    save_xlsx(path, old, new, last, empty, recap)
    return register(
        path, 7, [old, new, last, empty, recap],
        fact("35.25 universitas-airlangga", "2019-03-01"),
        fact("35.79 universitas-brawijaya", "2020-05-21"),
        fact("35 osaka-prefecture-jp", "2021"), fact("35.78 guangzhou-cn", "2021-12"),
    )  # fmt: skip


def sister_cities(folder: Path) -> Register:
    """Real dates, serial numbers in a General column, a month, a year only; no number, no title."""
    pen = Pen("Sister City")
    pen.write("DAFTAR SISTER CITY / SISTER PROVINCE")
    pen.write()
    pen.write("No.", "Pemerintah Daerah", "Mitra Luar Negeri", "Negara", "Bentuk Kerja Sama",
              "Tanggal Penandatanganan", "Keterangan")  # fmt: skip
    pen.merges.append("A1:G1")
    city, province = "Sister City", "Sister Province"
    for cells in (
        (1, "Kota Surabaya", "Seattle", "AS", city, date(1992, 12, 23), None),
        (2, "Kota Surabaya", "Kochi", "Jepang", city, serial(date(1997, 4, 17)), "aktif"),
        (3, "Kota Surabaya", "Xiamen", "Tiongkok", city, "Desember 2005", None),
        (4, "Provinsi Jawa Timur", "Western Australia", "Australia", province, 1990, None),
        (5, "Kota Surabaya", "Liverpool", "Inggris", city, date(2018, 3, 4), None),
        (6, "Kota Surabaya", "Varna", "Bulgaria", city, serial(date(2013, 9, 30)), None),
        (7, "Pemprov Jatim", "Osaka Prefecture", "Japan", province, "1984", None),
    ):  # fmt: skip
        pen.write(*cells)
    pen.write(8, "Kota Batu", "Prefektur Nagano", "Jepang", city, date(2020, 7, 15), None)
    row = pen.write(9, "Kota Surabaya", "Suwon", "Wakanda", city, date(2019, 5, 6), None)
    pen.plant(row, "Negara", EITHER, "a country that there is not", "Wakanda")
    row = pen.write(10, "Kota Surabaya", "Incheon", "Korsel", city, date(2205, 5, 6), None)
    pen.plant(row, "Tanggal Penandatanganan", EITHER, "the year 2205", "2205")
    row = pen.write(11, "Kota Malang", "Guang\u202ezhou", "RRT", city, date(2019, 5, 6), None)
    pen.plant(row, "Mitra Luar Negeri", DOUBTFUL, "a bidi override", mended="Guangzhou")
    pen.misspelt(pen.write(12, "Kabupaten Banyuwngi", "Berlin", "Jerman", city, 2001, None),
                 "Pemerintah Daerah")  # fmt: skip
    pen.plant(pen.write("Catatan: data per Desember 2023"), "", DOUBTFUL, "a note line")
    path = folder / "sister.xlsx"
    save_xlsx(path, pen)
    return register(
        path, 9, [pen], fact("35.78 seattle-us", "1992-12-23"),
        fact("35.78 kochi-jp", "1997-04-17"), fact("35.79 nagano-prefecture-jp", "2020-07-15"),
        fact("35.78 xiamen-cn", "2005-12"), fact("35 western-australia-au", "1990"),
        fact("35.78 liverpool-gb", "2018-03-04"), fact("35.78 varna-bg", "2013-09-30"),
        fact("35 osaka-prefecture-jp", "1984"), fact("35.73 guangzhou-cn", "2019-05-06"),
    )  # fmt: skip
