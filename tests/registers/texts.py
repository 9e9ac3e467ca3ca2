"""Registers as text files: semicolons, tabs, four encodings, quoted newlines, one row per party."""

from __future__ import annotations

from pathlib import Path

from tests.registers.pen import (
    DOUBTFUL,
    EITHER,
    REJECTED,
    Pen,
    Register,
    fact,
    register,
    save_csv,
)

LONG = 100_000  # because a whole document pasted into a cell is about that long


def semicolons_cp1252(folder: Path) -> Register:
    """What an Indonesian Excel saves as CSV: semicolons and the code page of Windows."""
    pen = Pen()
    pen.write("Nomor", "Judul", "Daerah", "Mitra", "Negara", "Bentuk Dokumen",
              "Tanggal Penandatanganan", "Jangka Waktu", "Bidang", "Warna Map")  # fmt: skip
    pen.plant(1, "Warna Map", DOUBTFUL, "a heading that nobody knows", says=("Warna Map",))
    mou = "Nota Kesepahaman (MoU)"
    rows: tuple[tuple[str, ...], ...] = (
        ("193/1", "Kopi – “Café Ijen”", "Kab. Bondowoso", "Universitas Jember", "", "PKS",
         "21-12-2020", "3 (tiga) tahun", "Perkebunan", "biru"),
        ("193/2", "Kota kembar", "Pemkot Surabaya", "Kota Kitakyushu", "Jepang", "Sister City",
         "12/11/2012", "5 years", "Lingkungan hidup", ""),
        ("", "Batas daerah", "Kab. Ngawi", "Kab. Sragen", "", "Kesepakatan Bersama",
         "Desember 2019", "-", "", ""),
        ("193/4", "Promosi dagang", "Provinsi Jawa Timur", "Guangdong Province", "RRT", mou,
         "2018-10-15", "s.d. 31 Desember 2023", "Perdagangan", "merah"),
        ("193/5", "Pelabuhan", "Kota Surabaya", "Rotterdam", "Belanda", "LoI", "2016", "", "", ""),
        ("193/6", '=HYPERLINK("http://x","y")', "Kota Batu", "Universitas Brawijaya", "", "PKS",
         "21 Des 05", "1 (satu) tahun", "Pertanian", ""),
    )  # fmt: skip
    for row in rows:
        number = pen.write(*row)
        if row[0] == "193/2":
            pen.plant(number, "Tanggal Penandatanganan", DOUBTFUL, "a date of two readings",
                      "12/11/2012")  # fmt: skip
        if row[1].startswith("="):
            pen.may(number, "a formula typed as text")
    number = pen.write("193/7", "Wisata", "Kota Batu", "Kochi", "Wakanda", mou, "21-12-2020", "",
                     "Pariwisata", "")  # fmt: skip
    pen.plant(number, "Negara", EITHER, "a country that there is not", "Wakanda")
    number = pen.write("193/8", "Beras", "Kab. Ngawi", "Perum Perhutani", "", "Surat Cinta",
                     "21-12-2020", "", "Pangan", "")  # fmt: skip
    pen.plant(number, "Bentuk Dokumen", EITHER, "a kind that there is not", "Surat Cinta")
    pen.misspelt(pen.write("193/9", "Nelayan", "Kabupaten Banyuwngi", "Universitas Jember", "",
                           "PKS", "31-12-2020", "", "", ""), "Daerah")  # fmt: skip
    path = folder / "windows.csv"
    save_csv(path, pen, ";", "cp1252")
    return register(
        path, 6, [pen], fact("35.11 universitas-jember", "2020-12-21", "*"),
        fact("35.78 kitakyushu-jp", "2012-11-12", "*"), fact("35.21 33.14", "2019-12"),
        fact("35 guangdong-province-cn", "2018-10-15", "2023-12-31"),
        fact("35.78 rotterdam-nl", "2016"), fact("35.79 universitas-brawijaya", "2005-12-21", "*"),
    )  # fmt: skip


def row_per_party(folder: Path) -> Register:
    """One row per party; the same number is one agreement, its facts said once or again."""
    pen = Pen()
    pen.write("Nomor Perjanjian", "Pihak", "Judul", "Jenis Dokumen", "Tanggal", "Berakhir", "SDG")

    def agreement(number: str, title: str, kind: str, signed: str, ends: str, goals: str,
                  *parties: str, again: bool = True) -> int:  # fmt: skip
        facts = (title, kind, signed, ends, goals)
        first = pen.write(number, parties[0], *facts)
        for party in parties[1:]:
            pen.write(number, party, *(facts if again else ("",) * 5))
        return first

    agreement("P-1", "Angkutan", "Kesepakatan Bersama", "2020-01-15", "2025-01-15", "11",
              "Pemkot Surabaya", "Pemkab Sidoarjo", "Pemkab Gresik")  # fmt: skip
    agreement("P-2", "Sapi", "PKS", "15/01/2020", "", "2", "Jatim", "Pemprov NTT", again=False)
    agreement("P-3", "Arsip", "MoU", "2020", "2022", "", "Kota Blitar", "Universitas Airlangga")
    agreement("P-4", "Gula", "PKS", "Juli 2020", "", "", "Kab. Lumajang", "Kab. Jember")
    agreement("P-5", "Kakao", "PKS", "20 Juli 2020", "", "", "Kab. Blitar", "Kab. Tulungagung")
    agreement("P-6", "Tebu", "PKS", "20-07-2020", "", "8;9", "Kab. Kediri", "Kota Kediri")
    row = agreement("P-7", "Apel", "PKS", "20-07-2020", "", "", "Kota Batu", "Malang", again=False)
    pen.malang(row + 1, "Pihak")
    row = agreement("P-8", "Bawang", "PKS", "20-07-2205", "", "", "Kab. Nganjuk", "Kab. Jombang",
                    again=False)  # fmt: skip
    pen.plant(row, "Tanggal", EITHER, "the year 2205", "2205")
    row = agreement("P-9", "Cabai \x07\u202emerah", "PKS", "20-07-2020", "", "", "Kab. Nganjuk",
                    "Kab. Magetan", again=False)  # fmt: skip
    pen.plant(row, "Judul", DOUBTFUL, "a control character and a bidi override",
              mended="Cabai merah")  # fmt: skip
    row = agreement("P-10", "Padi", "PKS", "20-07-2020", "", "", "Kab. Ngawi")
    pen.plant(row, "", REJECTED, "a second party is missing")
    path = folder / "pihak.csv"
    save_csv(path, pen)
    return register(
        path, 7, [pen], fact("35.78 35.15 35.25", "2020-01-15", "2025-01-15"),
        fact("35 53", "2020-01-15"), fact("35.72 universitas-airlangga", "2020", "2022"),
        fact("35.08 35.09", "2020-07"), fact("35.05 35.04", "2020-07-20"),
        fact("35.06 35.71", "2020-07-20"), fact("35.18 35.20", "2020-07-20"),
    )  # fmt: skip


def english_utf16_tabs(folder: Path) -> Register:
    """What Excel calls Unicode text, from an office that writes English."""
    pen = Pen()
    pen.write("Number", "Title", "Region", "Partner", "Country", "Document Type", "Date Signed",
              "Ends On", "Field of Cooperation", "SDG", "Source", "Remarks")  # fmt: skip

    def row(number: int, region: str, partner: str, country: str, kind: str, signed: str,
            ends: str = "", goals: str = "") -> int:  # fmt: skip
        return pen.write(f"EN-{number}", f"Cooperation {number}", region, partner, country, kind,
                         signed, ends, "education", goals, "https://example.org/a", "")  # fmt: skip

    row(1, "Surabaya City", "Busan", "South Korea", "Sister City", "10 November 1994")
    row(2, "East Java Province", "Osaka Prefecture", "Japan", "Sister Province", "1984")
    row(3, "Gresik Regency", "Universitas Airlangga", "", "Cooperation Agreement", "2020-12-21",
        "2023-12-21", "4")  # fmt: skip
    row(4, "Surabaya City", "Liverpool", "UK", "MoU", "March 2018", "2023")
    row(5, "Jember Regency", "UNICEF", "", "Memorandum of Understanding", "15 June 2020")
    row(6, "Surabaya City", "Seattle", "USA", "Letter of Intent", "23/12/1992")
    number = row(7, "Surabaya City", "Xiamen", "China", "MoU", "2020-12-21", "2019-12-21")
    pen.plant(number, "Ends On", EITHER, "end before start", also=("Date Signed",))
    number = row(8, "Surabaya City", "Varna", "Atlantis", "MoU", "2020-12-21")
    pen.plant(number, "Country", EITHER, "a country that there is not", "Atlantis")
    number = row(9, "Malang City", "Yokohama", "Japan", "MoU", "03/04/2005")
    pen.plant(number, "Date Signed", DOUBTFUL, "a date of two readings", "03/04/2005")
    pen.malang(row(10, "Malang", "Yokohama", "Japan", "MoU", "2020-12-21"), "Region")
    number = row(11, "Batu City", "Kunming", "China", "MoU", "2020-12-21", goals="SDG 99")
    pen.plant(number, "SDG", DOUBTFUL, "a goal that there is not", "99")
    path = folder / "english.csv"
    save_csv(path, pen, "\t", "utf-16")
    return register(
        path, 8, [pen], fact("35.78 busan-kr", "1994-11-10"),
        fact("35 osaka-prefecture-jp", "1984"),
        fact("35.25 universitas-airlangga", "2020-12-21", "2023-12-21"),
        fact("35.78 liverpool-gb", "2018-03", "2023"), fact("35.09 unicef-int", "2020-06-15"),
        fact("35.78 seattle-us", "1992-12-23"), fact("35.73 yokohama-jp", "2005-04-03"),
        fact("35.79 kunming-cn", "2020-12-21"),
    )  # fmt: skip


def quoted_newlines(folder: Path) -> Register:
    """UTF-8 with BOM, cells that hold line breaks, names in small letters."""
    pen = Pen()
    pen.write("no", "nomor", "judul\nkerja sama", "daerah", "mitra", "negara", "jenis dokumen",
              "tanggal\npenandatanganan", "keterangan")  # fmt: skip

    def row(number: int, title: str, region: str, partner: str, country: str, kind: str, day: str,
            note: str = "") -> int:  # fmt: skip
        return pen.write(number, f"q/{number}", title, region, partner, country, kind, day, note)

    row(1, "sampah,\nair, udara", "kabupaten gresik", "universitas airlangga", "", "pks",
        "21 desember 2020", "baris satu\nbaris dua\nbaris tiga")  # fmt: skip
    row(2, "dagang", "kota surabaya", "guangzhou", "tiongkok", "sister city", "2005")
    row(3, 'program "satu desa"', "provinsi jawa timur", "prefektur osaka", "jepang", "mou",
        "des 2019")  # fmt: skip
    row(4, "banjir", "kab. pasuruan", "kota pasuruan", "", "kesepakatan bersama", "2020-02-29")
    row(5, "jalan", "kab. madiun", "kota madiun", "", "kesepakatan bersama", "29-02-2020",
        "lihat\nlampiran")  # fmt: skip
    row(6, "pasar", "kota probolinggo", "kab. probolinggo", "", "pks", "17/08/20")
    pen.malang(row(7, "kopi", "malang", "universitas brawijaya", "", "pks", "2020"), "daerah",
               "malang")  # fmt: skip
    pen.misspelt(row(8, "laut", "kabupaten banyuwngi", "universitas jember", "", "pks", "2020"),
                 "daerah", "kabupaten banyuwngi")  # fmt: skip
    number = row(9, "ta\u202ehu", "kota kediri", "kab. kediri", "", "pks", "2020")
    pen.plant(number, "judul\nkerja sama", DOUBTFUL, "a bidi override", mended="tahu")
    number = row(10, "tempe", "kota mojokerto", "", "", "pks", "2020")
    pen.plant(number, "mitra", REJECTED, "the partner is missing", also=("",))
    pen.plant(pen.write("total: 10 dokumen"), "", DOUBTFUL, "a totals line")
    path = folder / "huruf kecil.csv"
    save_csv(path, pen, ",", "utf-8-sig")
    return register(
        path, 7, [pen], fact("35.25 universitas-airlangga", "2020-12-21"),
        fact("35.78 guangzhou-cn", "2005"), fact("35 osaka-prefecture-jp", "2019-12"),
        fact("35.14 35.75", "2020-02-29"), fact("35.19 35.77", "2020-02-29"),
        fact("35.74 35.13", "2020-08-17"), fact("35.71 35.06", "2020"),
    )  # fmt: skip


def short_headings(folder: Path) -> Register:
    """Headings as they are abbreviated by hand, and a document pasted into a cell."""
    pen = Pen()
    pen.write("No.", "No. Dokumen", "Perihal", "Nama Daerah", "Mitra Kerja Sama", "Jenis Dok.",
              "Tgl. TTD", "Masa Berlaku", "Ruang Lingkup", "Ket.")  # fmt: skip

    def row(number: int, region: str, partner: str, kind: str, day: str, valid: str,
            scope: str = "pendidikan", note: str = "") -> int:  # fmt: skip
        return pen.write(number, f"074/{number}", f"Kerja sama {number}", region, partner, kind,
                         day, valid, scope, note)  # fmt: skip

    row(1, "Kab. Gresik", "Universitas Airlangga", "MoU", "21-12-2020", "s.d. 31 Desember 2027")
    row(2, "Kab. Tuban", "Kab. Rembang", "KSB", "21 Des 20", "3 (tiga) tahun")
    row(3, "Kota Kediri", "PT Gudang Garam Tbk", "PKS", "30.11.2019", "2 tahun")
    row(4, "Kab. Jember", "Politeknik Negeri Jember", "PKS", "Nopember 2019", "1 (satu) tahun")
    row(5, "Kota Madiun", "Politeknik Negeri Madiun", "MoU", "2019", "")
    row(6, "Kab. Ponorogo", "Kab. Wonogiri", "Adendum", "14 Pebruari 2020", "6 (enam) bulan")
    number = row(7, "Kab. Blitar", "Kota Blitar", "PKS", "21-12-2020", "2 tahun",
                 note="x " * (LONG // 2))  # fmt: skip
    pen.plant(number, "Ket.", EITHER, "a document pasted into a cell", "x x")
    number = row(8, "Kab. Blitar", "Kab. Kediri", "PKS", "31/02/2020", "2 tahun")
    pen.plant(number, "Tgl. TTD", EITHER, "a day that no calendar has", "31/02/2020")
    number = row(9, "Kab. Sampang", "Kab. Sampang", "PKS", "21-12-2020", "2 tahun")
    pen.plant(number, "Mitra Kerja Sama", REJECTED, "both parties the same",
              also=("Nama Daerah", ""))  # fmt: skip
    number = row(10, "Kab. Sampang", "Kab. Bangkalan", "PKS", "21-12-2020", "s.d. 1 Januari 2020")
    pen.plant(number, "Masa Berlaku", EITHER, "end before start", also=("Tgl. TTD",))
    path = folder / "singkat.csv"
    save_csv(path, pen, ";")
    return register(
        path, 6, [pen], fact("35.25 universitas-airlangga", "2020-12-21", "2027-12-31"),
        fact("35.23 33.17", "2020-12-21", "*"),
        fact("35.09 politeknik-negeri-jember", "2019-11", "*"),
        fact("35.77 politeknik-negeri-madiun", "2019"), fact("35.02 33.12", "2020-02-14", "*"),
    )  # fmt: skip
