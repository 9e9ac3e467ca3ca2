"""Files as people save them."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_loader.columns import AGREEMENTS
from graph_loader.errors import BadInput
from graph_loader.read import open_table

HEAD = "agreement_key,party,instrument,note\n"


def _file(folder: Path, content: str | bytes) -> Path:
    path = folder / "rows.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_lines_are_numbered_as_the_file_numbers_them(tmp_path: Path, encoding: str) -> None:
    text = HEAD + 'a,"Kota\nMalang",mou,\n\n,,,\nb, Đà Nẵng ,mou,x\n'
    rows = list(open_table(_file(tmp_path, text.encode(encoding)), AGREEMENTS).rows())
    assert [(row.line, row["party"]) for row in rows] == [(2, "Kota\nMalang"), (6, "Đà Nẵng")]
    assert rows[0]["signed"] == ""


def test_cells_beyond_the_headings_are_kept_apart(tmp_path: Path) -> None:
    (row,) = open_table(_file(tmp_path, HEAD + "a,b,mou,x,y, z\n"), AGREEMENTS).rows()
    assert row["note"] == "x"
    assert row.surplus == "y z"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file-empty"),
        (b"agreement_key,note\n", "heading-missing"),
        (b"agreement_key,party,instrument,Party\n", "heading-twice"),
        (HEAD.encode("utf-16"), "file-unreadable"),
        (b"\xff\xfeab\n", "file-unreadable"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(tmp_path: Path, content: bytes, code: str) -> None:
    with pytest.raises(BadInput) as caught:
        open_table(_file(tmp_path, content), AGREEMENTS)
    assert caught.value.code == code


@pytest.mark.parametrize("bad", [b"a,\x00b,mou,\n", b"a,caf\xe9,mou,\n"])
def test_bytes_that_are_no_text_are_met_further_down_too(tmp_path: Path, bad: bytes) -> None:
    table = open_table(_file(tmp_path, HEAD.encode() + b"a,b,mou,\n" * 5000 + bad), AGREEMENTS)
    with pytest.raises(BadInput, match="file-unreadable"):
        list(table.rows())


def test_a_missing_file_and_an_unknown_heading(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="file-missing"):
        open_table(tmp_path / "none.csv", AGREEMENTS)
    table = open_table(_file(tmp_path, "Agreement Key,Party,Instrument,Warna\n"), AGREEMENTS)
    assert [(p.code, p.column) for p in table.problems] == [("heading-unknown", "Warna")]
