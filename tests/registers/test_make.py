"""The registers are what they claim to be, whoever reads them."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.registers.make import MAKERS
from tests.registers.pen import Planted, Register

ENCODINGS = {"windows.csv": "cp1252", "english.csv": "utf-16", "huruf kecil.csv": "utf-8-sig"}


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_a_register_holds_what_is_planted_where_it_says(
    make: Callable[[Path], Register], tmp_path: Path
) -> None:
    register = make(tmp_path)
    must = [one for one in register.planted if not one.optional]
    assert register.accepted >= 6
    assert 2 <= len(must) <= 6
    assert len(register.facts) >= 4
    rows = _rows_csv(register.path) if register.path.suffix == ".csv" else _rows_xlsx(register.path)
    for one in must:
        cells = rows[one.sheet, one.row]
        assert one.value.casefold() in "|".join(cells).casefold(), one
        assert any(_heads(one, row) for (sheet, _), row in rows.items() if sheet == one.sheet), one


def _heads(one: Planted, cells: list[str]) -> bool:
    return not one.column or one.column in cells


def _rows_xlsx(path: Path) -> dict[tuple[str, int], list[str]]:
    book = load_workbook(path)
    return {
        (page.title, number): [str(cell) for cell in row if cell is not None]
        for page in book.worksheets
        for number, row in enumerate(page.iter_rows(values_only=True), 1)
    }


def _rows_csv(path: Path) -> dict[tuple[str, int], list[str]]:
    """Each record under the number of its first line."""
    encoding = ENCODINGS.get(path.name, "utf-8")
    with path.open(encoding=encoding, newline="") as file:
        dialect = csv.Sniffer().sniff(file.readline(), ",;\t")
        file.seek(0)
        reader, rows, first = csv.reader(file, dialect), {}, 1
        for record in reader:
            rows["", first] = record
            first = reader.line_num + 1
    return rows
