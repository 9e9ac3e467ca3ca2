"""More text files: what Excel adds, what an old Macintosh leaves out, a list in English."""

from __future__ import annotations

from pathlib import Path

from tests.registers.pen import DOUBTFUL, EITHER, REJECTED, Pen, Register, fact, register

_WIDTH = 7


def _quoted(cells: tuple[str, ...], delimiter: str = ";") -> str:
    return delimiter.join(f'"{cell}"' for cell in cells)


def excels_separator_line(folder: Path) -> Register:
    """`sep=;` in the first line, quotes around everything, delimiters to spare, empty lines."""
    pen = Pen()
    lines: list[str] = ["sep=;"]

    def write(*cells: str) -> int:
        lines.append(_quoted(cells) + ";" * (_WIDTH - len(cells)) + ";;")
        return len(lines)

    write("No", "Nomor", "Daerah", "Mitra", "Judul", "Jenis", "Tanggal")
    for number, (region, partner, day) in enumerate(
        (("Kab. Gresik", "Universitas Airlangga", "21-12-2019"),
         ("Kab. Tuban", "Kab. Rembang", "22 Des 19"),
         ("Kota Batu", "Universitas Brawijaya", "2019-12-23"),
         ("Kab. Ngawi", "Kab. Sragen", "Desember 2019"),
         ("Kab. Madiun", "Kota Madiun", "2019"),
         ("Pemprov Jatim", "Pemprov NTB", "43825")), 1,
    ):  # fmt: skip
        write(str(number), f"S/{number}", region, partner, f"Perihal {number}", "PKS", day)
        lines.append("")
    pen.malang(write("7", "S/7", "Malang", "Universitas Brawijaya", "Padi", "PKS", "2019"),
               "Daerah")  # fmt: skip
    row = write("8", "S/8", "Kab. Blitar", "Kab. Kediri", "Ikan", "PKS", "31/02/2019")
    pen.plant(row, "Tanggal", EITHER, "a day that no calendar has", "31/02/2019")
    pen.plant(write("Jumlah", "8"), "", DOUBTFUL, "a totals line")
    path = folder / "pemisah.csv"
    path.write_bytes("\r\n".join(lines).encode())
    return register(
        path, 6, [pen], fact("35.25 universitas-airlangga", "2019-12-21"),
        fact("35.23 33.17", "2019-12-22"), fact("35.79 universitas-brawijaya", "2019-12-23"),
        fact("35.21 33.14", "2019-12"), fact("35.19 35.77", "2019"), fact("35 52", "2019-12-26"),
    )  # fmt: skip


def returns_only(folder: Path) -> Register:
    """Lines that end in a carriage return alone, as an old Macintosh writes them."""
    pen = Pen()
    rows: list[tuple[str, ...]] = [
        ("Nomor", "Pihak Pertama", "Pihak Kedua", "Tentang", "Bentuk", "Tgl", "Berakhir")
    ]

    def write(*cells: str) -> int:
        rows.append(cells)
        return len(rows)

    write("M/1", "Kab. Gresik", "Kota Surabaya", "Pelabuhan", "KSB", "21-12-2019", "2024")
    write("M/2", "Kab. Sumenep", "Kab. Pamekasan", "Garam", "KSB", "22-12-2019", "22-12-2022")
    write("M/3", "Kota Kediri", "Kab. Kediri", "Bandara", "KSB", "Desember 2019", "")
    write("M/4", "Kab. Bojonegoro", "Kab. Blora", "Migas", "MoU", "2019", "")
    write("M/5", "Kab. Jember", "Universitas Jember", "Kopi", "PKS", "2019-12-25", "")
    write("M/6", "Kota Batu", "Kota Malang", "Wisata", "PKS", "26 Des 19", "26 Des 24")
    pen.misspelt(write("M/7", "Kabupaten Banyuwngi", "Kab. Jember", "Laut", "PKS", "2019", ""),
                 "Pihak Pertama")  # fmt: skip
    row = write("M/8", "Kab. Tuban", "", "Pesisir", "PKS", "2019", "")
    pen.plant(row, "Pihak Kedua", REJECTED, "the partner is missing", also=("",))
    path = folder / "macintosh.csv"
    path.write_bytes("\r".join("\t".join(row) for row in rows).encode())
    return register(
        path, 6, [pen], fact("35.25 35.78", "2019-12-21", "2024"),
        fact("35.29 35.28", "2019-12-22", "2022-12-22"), fact("35.71 35.06", "2019-12"),
        fact("35.22 33.16", "2019"), fact("35.09 universitas-jember", "2019-12-25"),
        fact("35.79 35.73", "2019-12-26", "2024-12-26"),
    )  # fmt: skip


def sister_list_in_english(folder: Path) -> Register:
    """A ministry's list for embassies: governments of cities, English dates in every fashion."""
    pen = Pen()
    rows: list[tuple[str, ...]] = [
        ("No.", "Local Government", "Partner", "Country", "Type", "Date of Signing", "Status")
    ]

    def write(*cells: str) -> int:
        rows.append((str(len(rows)), *cells))
        return len(rows)

    write("Government of East Java Province", "Government of Osaka Prefecture", "Japan",
          "Sister Province", "14 February 1984", "Active")  # fmt: skip
    write("The City of Surabaya", "The City of Liverpool",
          "United Kingdom of Great Britain and Northern Ireland", "Sister City",
          "March 4th, 2018", "Inactive")  # fmt: skip
    write("City Government of Malang", "Fuqing City Government", "The People's Republic of China",
          "LoI", "Dec 5, 2016", "")  # fmt: skip
    write("Surabaya City", "Busan Metropolitan City", "Republic of Korea", "Sister City",
          "10-Nov-94", "Active")  # fmt: skip
    write("Government of the Province of East Java", "State Government of Western Australia",
          "Australia", "Sister Province", "22.08.1990", "Active")  # fmt: skip
    write("Jember Regency", "La Trobe University", "Australia", "Letter of Intent", "Sept 2019",
          "-")  # fmt: skip
    row = write("Kediri", "Gumi City", "South Korea", "Sister City", "2019", "Active")
    pen.plant(row, "Local Government", REJECTED, "bare Kediri", "Kediri",
              says=("Kabupaten Kediri", "Kota Kediri"))  # fmt: skip
    row = write("Surabaya City", "Varna", "Atlantis", "Sister City", "30 September 2013", "")
    pen.plant(row, "Country", EITHER, "a country that there is not", "Atlantis")
    path = folder / "sister list.csv"
    path.write_bytes("\n".join(_quoted(row, ",") for row in rows).encode())
    return register(
        path, 6, [pen], fact("35 osaka-prefecture-jp", "1984-02-14"),
        fact("35.78 liverpool-gb", "2018-03-04"), fact("35.73 fuqing-cn", "2016-12-05"),
        fact("35.78 busan-kr", "1994-11-10"), fact("35 western-australia-au", "1990-08-22"),
        fact("35.09 la-trobe-university-au", "2019-09"),
    )  # fmt: skip
