"""Registers as clerks make them: everything planted is told, nothing is invented."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.registers.compare import doubted, judge
from tests.registers.make import MAKERS
from tests.registers.pen import Register
from tests.registers.run import KEYS, Desk

Maker = Callable[[Path], Register]
every_register = pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)


def _expected_exit(report: dict[str, Any]) -> int:
    if not report["accepted"]:
        return 2
    return 1 if report["rejected"] else 0


def _said(answer: tuple[int, dict[str, Any]]) -> tuple[object, ...]:
    code, report = answer
    return code, *(report[key] for key in ("accepted", "rejected", "doubtful", "problems"))


@every_register
def test_check_tells_what_is_planted_and_nothing_else(
    make: Maker, desk: Desk, folder: Path
) -> None:
    register = make(folder)
    code, report = desk.report("check", register.path)
    faults, pairs = judge(register.planted, report["problems"])
    assert faults == []
    assert report["accepted"] == register.accepted + doubted(pairs)
    assert code == _expected_exit(report) == 1
    severities = Counter(problem["severity"] for problem in report["problems"])
    assert severities == +Counter(rejected=report["rejected"], doubtful=report["doubtful"])
    for one, told in pairs:
        answer = f"{told['why']} {told['fix']}"
        assert [word for word in one.says if word not in answer] == [], answer


@every_register
def test_each_problem_says_why_and_what_to_do_in_both_languages(
    make: Maker, desk: Desk, folder: Path
) -> None:
    register = make(folder)
    told = {lang: desk.report("check", register.path, lang=lang)[1] for lang in ("id", "en")}
    assert len(told["id"]["problems"]) == len(told["en"]["problems"]) > 0
    for here, there in zip(told["id"]["problems"], told["en"]["problems"], strict=True):
        for problem in (here, there):
            assert set(problem) == KEYS
            assert problem["why"].strip(), problem
            assert problem["fix"].strip(), problem
            assert problem["severity"] in ("rejected", "doubtful")
            assert Path(problem["file"]).name == register.path.name
            assert isinstance(problem["row"], int)
        assert [here[key] for key in ("sheet", "row", "column", "value", "code", "severity")] == [
            there[key] for key in ("sheet", "row", "column", "value", "code", "severity")
        ]
        assert here["fix"] != there["fix"]


@every_register
def test_check_writes_nothing_beside_the_file_or_in_the_store(
    make: Maker, desk: Desk, folder: Path
) -> None:
    register = make(folder)
    before = register.path.read_bytes()
    desk.report("check", register.path)
    assert [path.name for path in folder.iterdir()] == [register.path.name]
    assert register.path.read_bytes() == before
    status = desk.status()
    assert (status["version"], status["agreements"], status["loads"]) == (0, 0, [])


@every_register
def test_load_brings_in_what_check_promised_and_only_once(
    make: Maker, desk: Desk, folder: Path
) -> None:
    register = make(folder)
    promised = desk.report("check", register.path)
    assert _said(desk.load(register.path)) == _said(promised)
    stored = desk.agreements()
    missing = [fact for fact in register.facts if not any(one.fits(fact) for one in stored)]
    assert missing == [], stored
    first = desk.status()
    assert first["agreements"] == promised[1]["accepted"]
    assert desk.load(register.path)[0] == promised[0]
    again = desk.status()
    assert (again["version"], again["agreements"]) == (first["version"], first["agreements"])
    assert desk.agreements() == stored
