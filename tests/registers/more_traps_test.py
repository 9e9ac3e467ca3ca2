"""What the traps hold is read as it is written, no more and no less."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.registers.compare import doubted, judge
from tests.registers.more_make import TRAPS
from tests.registers.more_traps_cells import a_year_in_a_cell_for_days, several_partners_in_one_cell
from tests.registers.pen import Fact, Register
from tests.registers.run import Desk, Stored

every_trap = pytest.mark.parametrize("make", TRAPS.values(), ids=TRAPS)


@every_trap
def test_a_trap_is_told_and_nothing_is_invented(
    make: Callable[[Path], Register], desk: Desk, folder: Path
) -> None:
    register = make(folder)
    _, report = desk.load(register.path)
    faults, pairs = judge(register.planted, report["problems"])
    assert faults == []
    assert report["accepted"] == register.accepted + doubted(pairs)


@every_trap
def test_what_is_stored_is_what_was_written(
    make: Callable[[Path], Register], desk: Desk, folder: Path
) -> None:
    register = make(folder)
    _, report = desk.load(register.path)
    stored = desk.agreements()
    assert len(stored) == report["accepted"]
    if register.facts:
        assert Counter(map(_said, stored)) == Counter(register.facts)


def test_two_universities_are_never_one_party(desk: Desk, folder: Path) -> None:
    _, report = desk.load(several_partners_in_one_cell(folder))
    agency = "badan-riset-dan-inovasi-nasional"
    parties = {party for one in desk.agreements() for party in one.parties}
    assert agency in parties
    assert parties <= {"35.25", "universitas-airlangga", "universitas-brawijaya", agency}
    assert report["accepted"] == 3 or {told["row"] for told in report["problems"]} == {2, 4}


def test_a_year_typed_for_a_day_is_no_day_of_1905(desk: Desk, folder: Path) -> None:
    desk.load(a_year_in_a_cell_for_days(folder))
    assert {one.signed for one in desk.agreements()} <= {"", "2019"}


def test_next_years_register_does_not_replace_this_years(desk: Desk, folder: Path) -> None:
    head = "Nomor;Daerah;Mitra;Judul;Jenis;Tanggal\n"
    this, following = folder / "2021.csv", folder / "2022.csv"
    this.write_text(f"{head}01/KS;Kab. Gresik;Kota Batu;Apel;PKS;21-01-2021\n")
    following.write_text(f"{head}01/KS;Kab. Gresik;Universitas Jember;Kopi;PKS;21-01-2022\n")
    desk.load(this)
    before = desk.agreements()
    desk.load(following)
    assert desk.agreements() > before


def _said(one: Stored) -> Fact:
    return Fact(one.parties, one.signed, one.ends)
