"""Problems as a table: all of them, in the order of the file, in the reader's language."""

from __future__ import annotations

import csv
from functools import partial
from pathlib import Path
from random import Random

import openpyxl
import pytest

from explorer.i18n import LANGUAGES, say
from graph_loader.errors import BadInput
from graph_loader.model import Problem
from graph_loader.writing.problem_table import problem_table, write_problems

FILE = "register.xlsx"
MALANG = Problem(
    "party-ambiguous", "rejected", FILE, "2024", 10, "Daerah", "Malang",
    (("candidates", "Kabupaten Malang (35.07); Kota Malang (35.73)"),),
)  # fmt: skip
YEAR = Problem("year-unlikely", "doubtful", FILE, "2024", 9, "Tanggal", "=2205")
IN_ORDER = (
    Problem("no-rows", "rejected", "a.csv"),
    Problem("heading-unknown", "doubtful", FILE, "2023", 1, "Paraf"),
    Problem("party-empty", "rejected", FILE, "2023", 12, "Mitra"),
    Problem("heading-unknown", "doubtful", FILE, "2024", 1, "Paraf"),
    YEAR,
    MALANG,
    Problem("date-unreadable", "doubtful", FILE, "2024", 10, "Tanggal", "entah"),
)
ENGLISH = ["File", "Sheet", "Row", "Column", "What stands there", "Severity", "What is wrong",
           "What to do"]  # fmt: skip


def cells(path: Path) -> list[list[str]]:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.reader(file))
    sheet = openpyxl.load_workbook(path).worksheets[0]
    return [["" if c.value is None else str(c.value) for c in row] for row in sheet.iter_rows()]


@pytest.mark.parametrize("name", ["out.csv", "out.xlsx"])
def test_every_problem_is_told_in_the_order_of_the_file(tmp_path: Path, name: str) -> None:
    shuffled = list(IN_ORDER)
    Random(4).shuffle(shuffled)
    assert shuffled != list(IN_ORDER)
    assert write_problems(tmp_path / name, shuffled, partial(say, "en")) == len(IN_ORDER)
    headings, *rows = cells(tmp_path / name)
    assert headings == ENGLISH
    places = [(p.file, p.sheet, str(p.row or ""), p.column) for p in IN_ORDER]
    assert [tuple(row[:4]) for row in rows] == places


@pytest.mark.parametrize("name", ["out.csv", "out.xlsx"])
def test_a_problem_says_what_is_wrong_and_what_to_do(tmp_path: Path, name: str) -> None:
    write_problems(tmp_path / name, [MALANG], partial(say, "id"))
    assert cells(tmp_path / name)[1] == [
        FILE, "2024", "10", "Daerah", "Malang", "ditolak",
        say("id", "problem.party-ambiguous", value="Malang",
            candidates="Kabupaten Malang (35.07); Kota Malang (35.73)"),
        say("id", "problem.party-ambiguous.fix"),
    ]  # fmt: skip


def test_a_row_is_a_number_in_a_workbook_and_a_formula_is_text(tmp_path: Path) -> None:
    write_problems(tmp_path / "out.xlsx", [YEAR], partial(say, "en"))
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["Problems"]
    assert sheet["C2"].value == 9
    assert (sheet["E2"].value, sheet["E2"].data_type) == ("=2205", "s")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_both_languages_word_all_of_it(lang: str) -> None:
    table = problem_table(IN_ORDER, partial(say, lang))
    assert len(set(table.headings)) == len(table.headings) == len(table.widths) == 8
    assert all(row[5] and row[6] and row[7] for row in table.rows)


def test_no_problems_are_a_table_with_headings_only(tmp_path: Path) -> None:
    assert write_problems(tmp_path / "out.csv", [], partial(say, "en")) == 0
    assert cells(tmp_path / "out.csv") == [ENGLISH]


def test_the_register_itself_is_not_written_over(tmp_path: Path) -> None:
    register = tmp_path / "register.csv"
    register.write_text("mine")
    with pytest.raises(BadInput, match="output-is-input"):
        write_problems(register, IN_ORDER, partial(say, "id"), inputs=[register])
    assert register.read_text() == "mine"
