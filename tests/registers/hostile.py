"""Files that no loader wants: broken, disguised, enormous, or wrong in every row."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from openpyxl import Workbook

from tests.registers.containers import (
    MIB,
    SHEET,
    SPREADSHEET,
    bomb,
    deflated,
    lying,
    ole,
    sheet_bomb,
    with_entry,
    with_text,
    workbook,
    write_zip,
)

HEAD: Final = ("Nomor", "Daerah", "Mitra", "Judul", "Jenis Dokumen", "Tanggal", "Berakhir")
GOOD: Final = ("x/1", "Kab. Gresik", "Universitas Airlangga", "Riset", "PKS", "21-12-2020", "2025")
LONG: Final = 100_000
SHEETS: Final = 40
SCRIPT: Final = "<script>alert(1)</script>"
LINK: Final = '=HYPERLINK("http://x","y")'
TEN: Final = ("Kab. Ngawi", "Kab. Magetan", "Kab. Madiun", "Kota Madiun", "Kab. Ponorogo",
              "Kab. Pacitan", "Kab. Trenggalek", "Kab. Tulungagung", "Kab. Nganjuk",
              "Kab. Wonogiri")  # fmt: skip
ALL, SOME, NONE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Hostile:
    """A file, the exit codes that are right for it, and how much of it must come in.

    `whole`: the file as a whole cannot be used, and one sentence says so. `told`: if anything else
    comes of it, then not without a problem. `words`: what the Indonesian answer must name.
    `limited`: run where a loader that unpacks first would die.
    """

    make: Callable[[Path], Path]
    exits: tuple[int, ...] = (NONE,)
    accepted: int | None = None
    told: bool = False
    whole: bool = False
    words: tuple[str, ...] = ()
    limited: bool = False


def _named(name: str, content: bytes) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content)
        return path

    return make


def _csv(*rows: tuple[str, ...], encoding: str = "utf-8", cut: int | None = None,
         name: str = "rows.csv") -> Callable[[Path], Path]:  # fmt: skip
    """Rows between semicolons, exactly as given: no quoting."""
    text = "".join(";".join(row) + "\r\n" for row in rows)
    return _named(name, text.encode(encoding)[:cut])


def _good(**changed: str) -> tuple[str, ...]:
    return tuple(changed.get(head.split()[0], cell) for head, cell in zip(HEAD, GOOD, strict=True))


def _xlsx(*rows: tuple[str, ...]) -> Callable[[Path], Path]:
    return lambda folder: workbook(folder / "rows.xlsx", *rows)


def _forty_sheets(folder: Path) -> Path:
    book = Workbook()
    for number in range(SHEETS):
        page = book.worksheets[0] if number == 0 else book.create_sheet(f"Bulan {number + 1}")
        page.append(HEAD)
        page.append(_good(Nomor=f"x/{number}"))
    book.save(folder / "forty.xlsx")
    return folder / "forty.xlsx"


def _eleven(folder: Path) -> Path:
    head = ("Nomor", "Judul", "Jenis Dokumen", *(f"Pihak {n}" for n in range(1, 12)))
    return workbook(folder / "eleven.xlsx", head, ("x/1", "Forum", "PKS", "Kab. Gresik", *TEN))


def _long_inline(folder: Path) -> Path:
    """More than Excel itself allows in a cell, which other programs write all the same."""
    path = workbook(folder / "long.xlsx", HEAD, _good(Judul="PANJANG"))
    where = '<c r="D2" t="inlineStr"><is><t>PANJANG</t></is></c>'
    return with_text(path, *_inline(path, "D2", where.replace("PANJANG", "x" * LONG)))


def _inline(path: Path, cell: str, xml: str) -> tuple[str, str]:
    """The XML of a cell as it stands in the first sheet, and what to put in its place."""
    with zipfile.ZipFile(path) as archive:
        found = re.search(rf'<c r="{cell}"[^>]*>.*?</c>', archive.read(SHEET).decode())
    assert found
    return found.group(), xml


def formula_with_value(folder: Path) -> Path:
    """A formula that Excel has worked out: the file holds both, and the value is what is read."""
    path = workbook(folder / "formula.xlsx", HEAD, _good(Daerah="RUMUS"))
    worked_out = '<c r="B2" t="str"><f>"Kota "&amp;"Surabaya"</f><v>Kota Surabaya</v></c>'
    return with_text(path, *_inline(path, "B2", worked_out))


def _stray(folder: Path) -> Path:
    path = workbook(folder / "stray.xlsx", HEAD, GOOD)
    far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    return with_text(path, "</sheetData>", f"{far}</sheetData>")


def _sheet_bomb(folder: Path) -> Path:
    return with_entry(workbook(folder / "rows.xlsx", HEAD, GOOD), SHEET, sheet_bomb())


def _forged(folder: Path) -> Path:
    entry = lying(sheet_bomb(), 2000)
    return with_entry(workbook(folder / "rows.xlsx", HEAD, GOOD), SHEET, entry)


def _ratio_bomb(folder: Path) -> Path:
    path = folder / "data.xlsx"
    write_zip(path, {"data.bin": bomb(b"", bytes(MIB), b"")})
    return path


def _laughs(folder: Path) -> Path:
    """Names in the XML that stand for ten of the next, nine deep."""
    names = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    row = '<row><c t="inlineStr"><is><t>&a9;</t></is></c></row>'
    head = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "{"x" * 100}">{names}]>'
    text = f'{head}<worksheet xmlns="{SPREADSHEET}"><sheetData>{row}</sheetData></worksheet>'
    path = workbook(folder / "rows.xlsx", HEAD, GOOD)
    return with_entry(path, SHEET, deflated(text.encode()))


def _cut_in_half(folder: Path) -> Path:
    path = workbook(folder / "rows.xlsx", HEAD, *[GOOD] * 50)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    return path


def _folder(folder: Path) -> Path:
    path = folder / "rows.csv"
    path.mkdir()
    return path


PDF = (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Type/Catalog>>\nendobj\n"
       b"trailer<</Root 1 0 R>>\n%%EOF")  # fmt: skip
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89" + bytes(64)
JAPANESE = _good(Daerah="広島県", Mitra="大阪府庁", Judul="協定書の表紙")

HOSTILE: Final[dict[str, Hostile]] = {
    "empty csv": Hostile(_named("rows.csv", b""), whole=True),
    "empty xlsx": Hostile(_named("rows.xlsx", b""), whole=True),
    "blank workbook": Hostile(_xlsx(), whole=True),
    "only headings csv": Hostile(_csv(HEAD)),
    "only headings xlsx": Hostile(_xlsx(HEAD)),
    "only titles": Hostile(_xlsx(("REKAP KERJA SAMA",), ("TAHUN 2024",)), whole=True),
    "no column of parties": Hostile(
        _xlsx(("Judul", "Tanggal", "Bidang"), ("Riset", "21-12-2020", "Pangan")),
        whole=True, words=("Daerah", "Mitra"),
    ),
    "shift-jis": Hostile(_csv(HEAD, JAPANESE, encoding="shift-jis")),
    "cut utf-16": Hostile(
        _csv(HEAD, GOOD, _good(Nomor="x/2"), encoding="utf-16", cut=-31), (SOME, NONE)
    ),
    "forty sheets": Hostile(_forty_sheets, (ALL, SOME, NONE)),
    "eleven parties": Hostile(_eleven, (ALL,), accepted=1),
    "both parties the same": Hostile(_csv(HEAD, _good(Mitra="Pemkab Gresik")), accepted=0),
    "end before start": Hostile(_csv(HEAD, _good(Berakhir="2019")), (ALL, SOME, NONE), told=True),
    "year 2205": Hostile(_csv(HEAD, _good(Tanggal="21-12-2205", Berakhir="")),
                         (ALL, SOME, NONE), told=True),
    "long cell csv": Hostile(_csv(HEAD, _good(Judul="x" * LONG)), (ALL, SOME, NONE), told=True),
    "long cell xlsx": Hostile(_long_inline, (ALL, SOME, NONE), told=True),
    "hyperlink csv": Hostile(_csv(HEAD, _good(Judul=LINK)), (ALL,), accepted=1),
    "hyperlink xlsx": Hostile(_xlsx(HEAD, _good(Judul=LINK)), (ALL,), accepted=1),
    "script": Hostile(_csv(HEAD, _good(Judul=SCRIPT)), (ALL,), accepted=1),
    "script as party": Hostile(_csv(HEAD, _good(Mitra=SCRIPT)), (ALL, NONE), told=True),
    "password": Hostile(_named("rows.xlsx", ole("EncryptionInfo", "EncryptedPackage")),
                        whole=True, words=("sandi",)),
    "xls": Hostile(_named("rows.xls", ole("Workbook")), whole=True, words=("xlsx",)),
    "xls renamed": Hostile(_named("rows.xlsx", ole("Workbook")), whole=True),
    "pdf as xlsx": Hostile(_named("rows.xlsx", PDF), whole=True),
    "pdf as csv": Hostile(_named("rows.csv", PDF), whole=True),
    "png as xlsx": Hostile(_named("rows.xlsx", PNG), whole=True),
    "png as csv": Hostile(_named("rows.csv", PNG), whole=True),
    "html as xlsx": Hostile(_named("rows.xlsx", b"<html><table><tr><td>x</td></tr></table></html>"),
                            whole=True),
    "zip bomb": Hostile(_ratio_bomb, whole=True, limited=True),
    "sheet bomb": Hostile(_sheet_bomb, whole=True, limited=True),
    "forged sizes": Hostile(_forged, whole=True, limited=True),
    "billion laughs": Hostile(_laughs, (SOME, NONE), limited=True),
    "stray cell": Hostile(_stray, (ALL, SOME, NONE), limited=True),
    "folder": Hostile(_folder, whole=True),
    "missing": Hostile(lambda folder: folder / "rows.csv", whole=True),
    "unclosed quote": Hostile(
        _csv(HEAD, GOOD, _good(Nomor="x/2", Judul='"Riset'), _good(Nomor="x/3")),
        (ALL, SOME, NONE), told=True,
    ),
    "nul bytes": Hostile(_csv(HEAD, _good(Judul="Ri\0set")), (ALL, SOME, NONE), told=True),
    "cut workbook": Hostile(_cut_in_half, whole=True),
}  # fmt: skip
