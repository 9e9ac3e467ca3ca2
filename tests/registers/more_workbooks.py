"""More workbooks: a letterhead above capitals, pages that carry over, three rows of headings."""

from __future__ import annotations

from datetime import date
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

_HARD = "\u00a0"  # the blank that a word processor puts where a line may not break


def letterhead_in_capitals(folder: Path) -> Register:
    """Headings in row 7 below a letterhead, everything in capitals, months by their old names."""
    pen = Pen("DATA")
    for line in ("PEMERINTAH PROVINSI JAWA TIMUR", "SEKRETARIAT DAERAH", "JL. PAHLAWAN NO. 110",
                 "SURABAYA", "", "DAFTAR KERJA SAMA"):  # fmt: skip
        pen.write(line or None)
    pen.write("NO", "DAERAH", "MITRA", "NEGARA", "JUDUL KERJASAMA", "BENTUK KERJASAMA", "TANGGAL",
              "MASA BERLAKU", "KETERANGAN")  # fmt: skip

    def row(number: int, region: str, partner: str, country: str, title: str, kind: str, day: str,
            term: str = "", note: str = "") -> int:  # fmt: skip
        return pen.write(number, region, partner, country, title, kind, day, term, note)

    row(1, "KAB. BANYUWANGI", "UNIVERSITAS AIRLANGGA", "INDONESIA", "PENDIDIKAN TINGGI",
        "NOTA KESEPAHAMAN", "21 DESEMBER 2019", "S/D 21 DESEMBER 2024",
        "MASIH BERLAKU")  # fmt: skip
    row(2, "KOTA SURABAYA", "KOTA KITAKYUSHU", "JEPANG", "LINGKUNGAN HIDUP", "SISTER CITY",
        "12 NOPEMBER 2012", "5 (LIMA) TAHUN")  # fmt: skip
    row(3, "PROVINSI JAWA TIMUR", "NEGARA BAGIAN AUSTRALIA BARAT", "AUSTRALIA", "PERDAGANGAN",
        "SISTER PROVINCE", "22 AGUSTUS 1990", "TIDAK TERBATAS")  # fmt: skip
    row(4, "PEMERINTAH KOTA MALANG", "PEMERINTAH KOTA KUALA LUMPUR", "MALAYSIA", "PRODUK HALAL",
        "LOI", "1 JULI 2019")  # fmt: skip
    row(5, "KAB. MALANG", "BPJS KETENAGAKERJAAN", "", "JAMINAN SOSIAL", "PKS", "1 JULI 2019",
        "2 TAHUN")  # fmt: skip
    row(6, "KAB. MALANG", "KOTA BATU", "", "AIR MINUM", "KESEPAKATAN BERSAMA", "JULI 2019")
    pen.malang(row(7, "MALANG", "UNIVERSITAS BRAWIJAYA", "", "PERTANIAN", "MOU", "2019"),
               "DAERAH", "MALANG")  # fmt: skip
    pen.misspelt(row(8, "KABUPATEN BANYUWNGI", "UNIVERSITAS JEMBER", "", "NELAYAN", "MOU", "2019"),
                 "DAERAH", "KABUPATEN BANYUWNGI")  # fmt: skip
    pen.plant(pen.write("TOTAL", None, None, None, "8 NASKAH"), "", DOUBTFUL, "a totals line")
    path = folder / "kapital.xlsx"
    save_xlsx(path, pen)
    return register(
        path, 6, [pen], fact("35.10 universitas-airlangga", "2019-12-21", "2024-12-21"),
        fact("35.78 kitakyushu-jp", "2012-11-12", "2017-11-12"),
        fact("35 western-australia-au", "1990-08-22"), fact("35.73 kuala-lumpur-my", "2019-07-01"),
        fact("35.07 35.79", "2019-07"), fact("35.07 bpjs-ketenagakerjaan", "2019-07-01", "*"),
    )  # fmt: skip


def pages_that_carry_over(folder: Path) -> Register:
    """A list printed page by page: sums carried over, page numbers, the headings again."""
    pen = Pen("Cetak")
    head = ("No", "Nomor", "Daerah", "Mitra", "Judul", "Jenis", "Tanggal")
    pen.write(*head)

    def row(number: int, region: str, partner: str, day: Cell) -> int:
        return pen.write(number, f"HAL/{number}", region, partner, f"Urusan {number}", "PKS", day)

    def page(carried: int) -> None:
        pen.plant(pen.write(None, None, "Jumlah dipindahkan", None, None, None, carried), "",
                  DOUBTFUL, "a sum carried over", "Jumlah dipindahkan")  # fmt: skip
        pen.may(pen.write(None, None, f"Halaman {carried // 3}"), "a page number")
        pen.write()
        pen.may(pen.write(*head), "the headings again")
        pen.plant(pen.write(None, None, "Jumlah pindahan", None, None, None, carried), "",
                  DOUBTFUL, "a sum brought forward", "Jumlah pindahan")  # fmt: skip

    row(1, "Kab. Gresik", "Kota Surabaya", "21-12-2019")
    row(2, "Kab. Tuban", "Kab. Rembang", "22 Desember 2019")
    row(3, "Kab. Ngawi", "Kab. Sragen", date(2019, 12, 23))
    page(3)
    row(4, "Kota Batu", "Universitas Brawijaya", "Desember 2019")
    row(5, "Kab. Jember", "Universitas Jember", "2019")
    number = row(6, "Kab. Blitar", "Blitar", "25-12-2019")
    pen.plant(number, "Mitra", REJECTED, "bare Blitar", "Blitar",
              says=("Kabupaten Blitar", "Kota Blitar"))  # fmt: skip
    row(7, "Kab. Madiun", "Kota Madiun", "26-12-2019")
    pen.plant(pen.write("Total Keseluruhan", None, None, None, None, None, 7), "", DOUBTFUL,
              "the last sum")  # fmt: skip
    pen.may(pen.write("Dicetak tanggal 3 Januari 2020"), "when it was printed")
    path = folder / "halaman.xlsx"
    save_xlsx(path, pen)
    return register(
        path, 6, [pen], fact("35.25 35.78", "2019-12-21"), fact("35.23 33.17", "2019-12-22"),
        fact("35.21 33.14", "2019-12-23"), fact("35.79 universitas-brawijaya", "2019-12"),
        fact("35.09 universitas-jember", "2019"), fact("35.19 35.77", "2019-12-26"),
    )  # fmt: skip


def three_rows_of_headings(folder: Path) -> Register:
    """One title over all columns, groups below it, and the columns' own names in a third row."""
    pen = Pen("Matrik")
    pen.write("No", "Kerja Sama", None, None, None, None, None)
    pen.write(None, "Para Pihak", None, "Naskah", None, "Waktu", None)
    pen.write(None, "Pihak I", "Pihak II", "Jenis", "Judul", "Mulai", "Selesai")
    pen.merges += ["A1:A3", "B1:G1", "B2:C2", "D2:E2", "F2:G2"]
    kb, pks = "Kesepakatan Bersama", "PKS"
    for cells in (
        (1, "Kab. Gresik", "Kota Surabaya", kb, "Sampah", "21-12-2019", "20-12-2022"),
        (2, "Kab. Tuban", "Kab. Rembang", kb, "Garam", "22-12-2019", "2022"),
        (3, "Kab. Ngawi", "Kab. Sragen", kb, "Batas", "Desember 2019", None),
        (4, "Kota Batu", "Universitas Brawijaya", pks, "Apel", 2019, 2021),
        (5, "Kab. Jember", "Universitas Jember", pks, "Kopi", date(2019, 12, 30), "-"),
        (6, "Kab. Madiun", "Kota Madiun", kb, "Kereta", "30.12.19", "30.12.24"),
    ):
        pen.write(*cells)
    pen.malang(pen.write(7, "Kab. Gresik", "Malang", kb, "Air", "21-12-2019", "20-12-2022"),
               "Pihak II")  # fmt: skip
    row = pen.write(8, "Kab. Gresik", "Kab. Lamongan", kb, "Jalan", "21-12-2019", "20-12-2018")
    pen.plant(row, "Selesai", EITHER, "end before start", also=("Mulai",))
    row = pen.write(9, "Kab. Sampang", "Pemkab Sampang", kb, "Garam", "21-12-2019", None)
    pen.plant(row, "Pihak II", REJECTED, "both parties the same", also=("Pihak I", ""))
    path = folder / "matrik.xlsx"
    save_xlsx(path, pen)
    return register(
        path, 6, [pen], fact("35.25 35.78", "2019-12-21", "2022-12-20"),
        fact("35.23 33.17", "2019-12-22", "2022"), fact("35.21 33.14", "2019-12"),
        fact("35.79 universitas-brawijaya", "2019", "2021"),
        fact("35.09 universitas-jember", "2019-12-30"),
        fact("35.19 35.77", "2019-12-30", "2024-12-30"),
    )  # fmt: skip


def counting_begins_again(folder: Path) -> Register:
    """One row per party without document numbers; each year's section counts from one again."""
    pen = Pen("Per Pihak")
    pen.write("No", "Pihak", "Judul", "Jenis", "Tanggal")

    def agreement(number: int, title: str, day: str, *parties: str) -> int:
        first = pen.write(number, parties[0], title, "Kesepakatan Bersama", day)
        for party in parties[1:]:
            pen.write(None, party, None, None, None)
        return first

    for year, agreements in (
        (2019, (("Pelabuhan", "21-12-2019", "Kab. Gresik", "Kota Surabaya"),
                ("Garam", "22-12-2019", "Kab. Tuban", "Kab. Rembang", "Kab. Lamongan"),
                ("Batas", "Desember 2019", "Kab. Ngawi", "Kab. Sragen"))),
        (2020, (("Kopi", "21-12-2020", "Kab. Jember", "Kab. Bondowoso", "Kab. Situbondo"),
                ("Garam", "22-12-2020", "Kab. Sampang", "Kab. Pamekasan"),
                ("Kereta", "2020", "Kab. Madiun", "Kota Madiun"))),
    ):  # fmt: skip
        pen.may(pen.write(f"TAHUN {year}"), "the year of a section")
        for number, (title, day, *parties) in enumerate(agreements, 1):
            agreement(number, title, day, *parties)
        pen.write()
    pen.malang(agreement(4, "Apel", "23-12-2020", "Malang", "Kota Batu"), "Pihak")
    pen.misspelt(agreement(5, "Ikan", "24-12-2020", "Kabupaten Banyuwngi", "Kab. Jember"), "Pihak")
    pen.plant(pen.write("Jumlah", "8 dokumen"), "", DOUBTFUL, "a totals line")
    path = folder / "per pihak.xlsx"
    save_xlsx(path, pen)
    return register(
        path, 6, [pen], fact("35.25 35.78", "2019-12-21"),
        fact("35.23 33.17 35.24", "2019-12-22"), fact("35.21 33.14", "2019-12"),
        fact("35.09 35.11 35.12", "2020-12-21"), fact("35.27 35.28", "2020-12-22"),
        fact("35.19 35.77", "2020"),
    )  # fmt: skip


def hard_blanks_and_dashes(folder: Path) -> Register:
    """Copied out of a word processor: hard blanks, trailing blanks, three dashes for nothing."""
    pen = Pen("Salinan ")
    pen.write(f"No{_HARD}", " Daerah ", f"Mitra{_HARD}", "Negara", "Judul ", "Jenis", "Tgl. TTD",
              f"Jangka{_HARD}Waktu", "Ket")  # fmt: skip
    for cells in (
        (1, f"Kab.{_HARD}Gresik ", f"Universitas{_HARD}Airlangga", _HARD, f"Magang{_HARD}", "MoU",
         f"21{_HARD}Desember{_HARD}2019", f"3{_HARD}(tiga){_HARD}tahun", "–"),
        (2, "Kab. Gresik", "Kab.  Lamongan", "–", "Batas", "KSB ", "—", "–", "-"),
        (3, " Kab.Tuban", "Kota  Surabaya", "-", "Sampah", "KSB", "21 - 12 - 2019", "-", "…"),
        (4, "Kab. Ngawi", "Kab. Sragen", "", "Pasar", "MoU.", "21.12.05", "", "N/A"),
        (5, "Kab . Jember", "Universitas Jember ", "", "Kopi", " PKS", "Senin, 23 Desember 2019",
         "", ""),
        (6, "Kota Surabaya", f"Kota{_HARD}Kitakyushu", f"Jepang{_HARD}", "Kompos", "Sister City",
         "12 Nop 2012", f"s.d.{_HARD}31 Desember 2027", ""),
    ):  # fmt: skip
        pen.write(*cells)
    pen.malang(pen.write(7, f"Malang{_HARD}", "Universitas Brawijaya", "", "Padi", "MoU", "2019",
                         "–", ""), "Daerah")  # fmt: skip
    row = pen.write(8, "Kab. Blitar", "–", "", "Ikan", "MoU", "2019", "", "")
    pen.plant(row, "Mitra", REJECTED, "a dash for the partner", also=("",))
    path = folder / "salinan.xlsx"
    save_xlsx(path, pen)
    return register(
        path, 6, [pen], fact("35.25 universitas-airlangga", "2019-12-21", "2022-12-21"),
        fact("35.25 35.24", ""), fact("35.23 35.78", "2019-12-21"),
        fact("35.21 33.14", "2005-12-21"), fact("35.09 universitas-jember", "2019-12-23"),
        fact("35.78 kitakyushu-jp", "2012-11-12", "2027-12-31"),
    )  # fmt: skip
