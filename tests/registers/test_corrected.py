"""The corrected file back: the clerk's own layout, marked, and it loads as promised."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.registers.make import MAKERS
from tests.registers.pen import Register
from tests.registers.run import Desk
from tests.registers.test_make import ENCODINGS

Maker = Callable[[Path], Register]
Table = list[list[str]]
every_register = pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _typed(path: Path) -> dict[str, Table]:
    """What the clerk typed, sheet by sheet."""
    if path.suffix == ".csv":
        text = path.read_bytes().decode(ENCODINGS.get(path.name, "utf-8"))
        delimiter = next(mark for mark in "\t;," if mark in text.splitlines()[0])
        return {"": list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))}
    return {page.title: _table(page) for page in load_workbook(path).worksheets}


def _table(page: Worksheet) -> Table:
    return [[_text(value) for value in row] for row in page.iter_rows(values_only=True)]


def _cells(book: Workbook) -> Iterator[Cell]:
    for page in book.worksheets[:-1]:
        for row in page.iter_rows():
            yield from (cell for cell in row if isinstance(cell, Cell))


def _marked(cell: Cell) -> bool:
    return bool(cell.fill.fill_type == "solid")


def _corrected(desk: Desk, register: Register) -> tuple[Workbook, dict[str, Any], Path]:
    out = register.path.with_name("corrected.xlsx")
    code, report = desk.report("check", register.path, "--corrected", out)
    assert code == 1
    return load_workbook(out), report, out


@every_register
def test_the_layout_is_the_clerks_and_every_change_is_marked(
    make: Maker, desk: Desk, folder: Path
) -> None:
    register = make(folder)
    typed = _typed(register.path)
    book, _, _ = _corrected(desk, register)
    pages = book.worksheets[:-1]
    if register.path.suffix == ".xlsx":
        assert [page.title for page in pages] == list(typed)
        original = load_workbook(register.path)
        for page in pages:
            merged = {str(block) for block in original[page.title].merged_cells.ranges}
            assert {str(block) for block in page.merged_cells.ranges} == merged
    assert [page.max_row for page in pages] == [max(1, len(table)) for table in typed.values()]
    for page, table in zip(pages, typed.values(), strict=True):
        assert _unmarked_changes(page, table) == []


def _unmarked_changes(page: Worksheet, table: Table) -> list[str]:
    return [
        f"{cell.coordinate}: {before[:80]!r} became {_text(cell.value)[:80]!r}"
        for cells, row in zip(page.iter_rows(), table, strict=False)
        for cell, before in zip(cells, row, strict=False)
        if isinstance(cell, Cell) and _text(cell.value) != before and not _marked(cell)
    ]


@every_register
def test_proposals_are_comments_and_corrections_have_a_fill(
    make: Maker, desk: Desk, folder: Path
) -> None:
    register = make(folder)
    book, _, _ = _corrected(desk, register)
    cells = list(_cells(book))
    assert not any(cell.data_type == "f" for cell in cells)
    for one in register.planted:
        if one.about == "a misspelt regency":
            found = [cell for cell in cells if cell.value == one.value]
            assert len(found) == 1, "a proposal is never applied"
            assert found[0].comment is not None
            assert one.says[0] in found[0].comment.text
        if one.mended:
            assert [_marked(cell) for cell in cells if cell.value == one.mended].count(True) == 1


@every_register
def test_the_last_sheet_lists_every_problem(make: Maker, desk: Desk, folder: Path) -> None:
    book, report, _ = _corrected(desk, make(folder))
    listed = {value for row in _table(book.worksheets[-1]) for value in row}
    assert [told["why"] for told in report["problems"] if told["why"] not in listed] == []
    assert [told["fix"] for told in report["problems"] if told["fix"] not in listed] == []
    assert book.worksheets[-1].max_row >= 1 + len(report["problems"])


@every_register
def test_loading_it_gives_what_was_promised(
    make: Maker, desk: Desk, folder: Path, tmp_path: Path
) -> None:
    register = make(folder)
    _, first, out = _corrected(desk, register)
    desk.load(register.path)
    other = Desk(tmp_path / "other.db")
    _, second = other.load(out)
    assert second["accepted"] == first["accepted"]
    assert other.agreements() == desk.agreements()
    assert _kinds(second) - _kinds(first) == Counter()


def _kinds(report: dict[str, Any]) -> Counter[tuple[str, str]]:
    return Counter((" ".join(told["column"].split()), told["code"]) for told in report["problems"])


def test_a_clerks_file_is_never_written_over(desk: Desk, folder: Path) -> None:
    register = MAKERS["sister_cities"](folder)
    before = register.path.read_bytes()
    result = desk.run("check", register.path, "--corrected", register.path)
    assert result.exit_code == 2
    assert register.path.name in result.stderr
    assert register.path.read_bytes() == before
