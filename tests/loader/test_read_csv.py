"""CSV files as people save them."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from graph_loader.errors import BadFile
from graph_loader.reading import read
from graph_loader.reading.read import Row, bounded, open_sheets

HEAD = "Nomor,Daerah,Mitra,Judul\n"
ROWS = HEAD + 'a,"Kota\nMalang",Đà Nẵng,x\n\n,,,\nb, Kota Batu ,PT A,y\n'
WESTERN = "Nomor;Daerah;Mitra;Judul\n1;Kota Batu;Besançon;Coopération « verte »\n"


def _file(folder: Path, content: bytes | str) -> Path:
    path = folder / "rows.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def _rows(path: Path) -> list[Row]:
    (sheet,) = open_sheets(path)
    assert sheet.name == ""
    return list(sheet.rows(0))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_lines_are_numbered_as_the_file_numbers_them(tmp_path: Path, encoding: str) -> None:
    rows = _rows(_file(tmp_path, ROWS.encode(encoding)))
    assert [(row.line, row.cells[1]) for row in rows] == [
        (1, "Daerah"), (2, "Kota\nMalang"), (6, "Kota Batu"),
    ]  # fmt: skip
    assert rows[1].cells[2] == "Đà Nẵng"


def test_windows_letters_are_recognised(tmp_path: Path) -> None:
    assert _rows(_file(tmp_path, WESTERN.encode("cp1252")))[1].cells[2:] == [
        "Besançon", "Coopération « verte »",
    ]  # fmt: skip


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_separator_is_that_of_the_headings(tmp_path: Path, delimiter: str) -> None:
    title = "Daftar kerja sama, tahun 2020; sementara\n"
    text = title + HEAD.replace(",", delimiter) + delimiter.join(["1", "Kota Batu", "PT A", "x"])
    assert _rows(_file(tmp_path, text))[-1].cells == ["1", "Kota Batu", "PT A", "x"]


@pytest.mark.parametrize("said", ["sep=;", '"sep=;"', "SEP=;"])
def test_excel_may_name_the_separator(tmp_path: Path, said: str) -> None:
    rows = _rows(_file(tmp_path, said + "\nNomor;Daerah;Mitra;Judul\n1;a,b;c;d\n"))
    assert (rows[0].line, rows[1].cells) == (2, ["1", "a,b", "c", "d"])


def test_an_apostrophe_before_a_formula_is_only_a_guard(tmp_path: Path) -> None:
    rows = _rows(_file(tmp_path, HEAD + "1,'=1+1,'t Hooft,'-x\n"))
    assert rows[1].cells == ["1", "=1+1", "'t Hooft", "-x"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file-empty"),
        ("Nomor,Judul\n1,大阪府\n".encode("shift_jis"), "file-encoding"),
        ("Nomor,Judul\n1,Привет мир\n".encode("cp1251"), "file-encoding"),
        (codecs.BOM_UTF16_LE + b"abc", "file-encoding"),
        (HEAD.encode() + b"a,\x00b,c,\n", "file-encoding"),
        (b"%PDF-1.7\n1 0 obj", "file-not-a-table"),
        (b"\x89PNG\r\n\x1a\n", "file-not-a-table"),
        (b"<html><body>", "file-not-a-table"),
        (b"\r\n <TABLE border=1><tr><td>Daerah</td>", "file-not-a-table"),
        (b'[ {"Daerah": "Kota Batu", "Judul": "x"}]', "file-not-a-table"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(tmp_path: Path, content: bytes, code: str) -> None:
    with pytest.raises(BadFile) as caught:
        _rows(_file(tmp_path, content))
    assert caught.value.code == code


@pytest.mark.parametrize(
    "bad",
    [
        'b,"open,c,d\n',
        'b,"open,c,d\nb,"closed",c,d\n',
        'b,"open,c,d\nb,c,d,e"\n',
        'b,"of two ""lines\n"stray"" x,c,d\n',
        'b,"Kota "Batu", Malang",c,d\n',
    ],
)
def test_a_wrong_quotation_mark_is_told_with_its_line(tmp_path: Path, bad: str) -> None:
    with pytest.raises(BadFile) as caught:
        _rows(_file(tmp_path, HEAD + "a,b,c,d\n" + bad + "e,f,g,h\n"))
    assert (caught.value.code, caught.value.params["row"]) == ("file-quote", 3)


def test_a_stray_quotation_mark_costs_nothing(tmp_path: Path) -> None:
    text = HEAD + 'a,"Kota\nBatu",c,d\nb,"Universitas Jember" Jember,"P ""x"" y",d\ne,f,"g, h",i\n'
    assert [(row.line, row.cells) for row in _rows(_file(tmp_path, text))[1:]] == [
        (2, ["a", "Kota\nBatu", "c", "d"]),
        (4, ["b", "Universitas Jember Jember", 'P "x" y', "d"]),
        (5, ["e", "f", "g, h", "i"]),
    ]


def test_a_long_cell_with_commas_is_no_open_quotation_mark(tmp_path: Path) -> None:
    text = HEAD + 'a,"b, c, d, e\nf, g, h, i, j",c,d\nb,"x\ny, z",c\n'
    assert [row.line for row in _rows(_file(tmp_path, text))] == [1, 2, 4]


@pytest.mark.parametrize("end", ["", ";;;", ",,,"])
def test_lines_that_are_quoted_as_a_whole_are_unwrapped(tmp_path: Path, end: str) -> None:
    lines = ["Nomor,Daerah,Mitra,Judul", '1,Kota Batu,""PT A, Tbk"",""x\ny""', "2,Kota Batu,PT B,z"]
    text = "".join(f'"{line}"{end}\r\n' for line in lines[:2]) + lines[2] + "\r\n"
    assert [(row.line, row.cells) for row in _rows(_file(tmp_path, text))[1:]] == [
        (2, ["1", "Kota Batu", "PT A, Tbk", "x\ny"]),
        (4, ["2", "Kota Batu", "PT B", "z"]),
    ]


def test_an_open_quotation_mark_inside_a_quoted_line_is_told(tmp_path: Path) -> None:
    text = '"Nomor,Daerah,Mitra,Judul"\n"1,Kota Batu,""PT A,x"\n"2,Kota Batu,PT B,z"\n'
    with pytest.raises(BadFile) as caught:
        _rows(_file(tmp_path, text))
    assert (caught.value.code, caught.value.params["row"]) == ("file-quote", 2)


def test_old_macintosh_letters_and_line_ends(tmp_path: Path) -> None:
    text = WESTERN.replace("\n", "\r")
    rows = _rows(_file(tmp_path, text.encode("mac_roman")))
    assert (rows[1].line, rows[1].cells[2:]) == (2, ["Besançon", "Coopération « verte »"])
    assert _rows(_file(tmp_path, text))[1].cells == rows[1].cells


def test_files_that_were_joined_keep_no_mark_and_no_end_sign(tmp_path: Path) -> None:
    part = (HEAD + '"1",a,b,c\n').encode("utf-8-sig")
    rows = _rows(_file(tmp_path, part + part + b"\x1a"))
    assert [row.cells[0] for row in rows] == ["Nomor", "1", "Nomor", "1"]


def test_an_apostrophe_before_a_number_only_says_that_it_is_text(tmp_path: Path) -> None:
    rows = _rows(_file(tmp_path, HEAD + "'0119/1,'Aisyiyah,'21','\n"))
    assert rows[1].cells == ["0119/1", "'Aisyiyah", "'21'", "'"]


def test_wrong_letters_far_down_are_met_before_anything_is_read(tmp_path: Path) -> None:
    path = _file(tmp_path, HEAD.encode() + b"a,b,c,d\n" * 300_000 + b"a,\x81b,c,d\n")
    with pytest.raises(BadFile, match="file-encoding"):
        open_sheets(path)


def test_sizes_are_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _file(tmp_path, ROWS)
    with pytest.raises(BadFile, match="file-too-many-rows"):
        list(bounded(iter(_rows(path)), path, limit=2))
    monkeypatch.setattr(read, "MAX_BYTES", 10)
    with pytest.raises(BadFile, match="file-too-large"):
        open_sheets(path)


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="file-missing"):
        open_sheets(tmp_path / "none.csv")
    with pytest.raises(BadFile, match="file-not-a-file"):
        open_sheets(tmp_path)
