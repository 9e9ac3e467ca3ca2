"""More registers, held to what the first twelve are held to: all told, nothing invented."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.registers import test_corrected, test_registers
from tests.registers.more_make import MORE
from tests.registers.pen import Register
from tests.registers.run import Desk

Maker = Callable[[Path], Register]
Demand = Callable[[Maker, Desk, Path], None]
DEMANDS: tuple[Demand, ...] = (
    test_registers.test_check_tells_what_is_planted_and_nothing_else,
    test_registers.test_load_brings_in_what_check_promised_and_only_once,
)
MORE_DEMANDS: tuple[Demand, ...] = (
    test_registers.test_each_problem_says_why_and_what_to_do_in_both_languages,
    test_registers.test_check_writes_nothing_beside_the_file_or_in_the_store,
    test_corrected.test_proposals_are_comments_and_corrections_have_a_fill,
    test_corrected.test_the_last_sheet_lists_every_problem,
)
each_one = pytest.mark.parametrize("make", MORE.values(), ids=MORE)


@each_one
@pytest.mark.parametrize("demand", DEMANDS, ids=lambda demand: demand.__name__[5:])
def test_more(demand: Demand, make: Maker, desk: Desk, folder: Path) -> None:
    demand(make, desk, folder)


@pytest.mark.soak
@each_one
@pytest.mark.parametrize("demand", MORE_DEMANDS, ids=lambda demand: demand.__name__[5:])
def test_more_of_more(demand: Demand, make: Maker, desk: Desk, folder: Path) -> None:
    demand(make, desk, folder)


@each_one
def test_the_corrected_file_loads_as_promised(
    make: Maker, desk: Desk, folder: Path, tmp_path: Path
) -> None:
    test_corrected.test_loading_it_gives_what_was_promised(make, desk, folder, tmp_path)


@each_one
def test_a_register_plants_enough(make: Maker, folder: Path) -> None:
    register = make(folder)
    assert register.accepted >= 6
    assert len(register.facts) >= 6
    assert len([one for one in register.planted if not one.optional]) >= 2
