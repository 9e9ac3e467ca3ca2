"""Files that nobody can load: one sentence, no traceback, and the store stays as it was."""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
from openpyxl import load_workbook

from tests.registers.containers import BOMB_MIB, MIB
from tests.registers.hostile import (
    GOOD,
    HEAD,
    HOSTILE,
    LINK,
    NONE,
    SCRIPT,
    SHEETS,
    Hostile,
    formula_with_value,
)
from tests.registers.run import SOURCE, Desk, Stored

ROOT: Final = Path(__file__).parents[2]
MEMORY_MIB: Final = 900  # because a check may use 600, and a bomb needs more than this
PATIENCE: Final = 60  # seconds, because a refusal that takes longer is no refusal
SCREEN: Final = 20_000  # characters, because a whole document in a terminal hides the rest
VALUE: Final = 1_000  # characters of a wrong value, because nobody reads more to find it
_PYTHON = re.compile(
    r"Traceback|\b\w+(Error|Exception|Warning)\b|zipfile|openpyxl|calamine|codec|NoneType|0x[0-9a-f]"
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def text(self) -> str:
        return self.err + self.out


@pytest.fixture(scope="module")
def filled() -> Iterator[Desk]:
    """A store that holds something worth keeping."""
    with tempfile.TemporaryDirectory() as name:
        desk = Desk(Path(name) / "store.db")
        path = Path(name) / "kept.csv"
        path.write_text(";".join(HEAD) + "\n" + ";".join(("k/1", *GOOD[1:])) + "\n")
        code, report = desk.load(path)
        assert (code, report["accepted"]) == (0, 1)
        yield desk


@pytest.fixture
def desk(filled: Desk, tmp_path: Path) -> Desk:
    """A copy of it for each test."""
    for path in filled.store.parent.glob("store.db*"):
        shutil.copy(path, tmp_path)
    return Desk(tmp_path / "store.db")


@dataclass(frozen=True, slots=True)
class Before:
    """What the store held before anything was tried."""

    version: int
    agreements: set[Stored]

    @classmethod
    def of(cls, desk: Desk) -> Before:
        return cls(desk.status()["version"], desk.agreements())


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MIB * MIB, MEMORY_MIB * MIB))


def _answer(desk: Desk, hostile: Hostile, *words: str | Path) -> Answer:
    if not hostile.limited:
        return _plainly(desk, *words)
    assert MEMORY_MIB < BOMB_MIB
    ran = subprocess.run(
        [sys.executable, "-m", "explorer.cli", *map(str, words)],
        cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, preexec_fn=_limit,
        env={**os.environ, "SIMPUL_STORE": f"sqlite:{desk.store}", "SIMPUL_LANG": "id"},
    )  # fmt: skip
    return Answer(ran.returncode, ran.stdout, ran.stderr)


def _plainly(desk: Desk, *words: str | Path) -> Answer:
    result = desk.run(*words)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise AssertionError(f"{words[0]} broke down") from result.exception
    return Answer(result.exit_code, result.stdout, result.stderr)


def _readable(answer: Answer, path: Path, hostile: Hostile) -> None:
    """A person can use what is said, and a program that fails is not what speaks."""
    assert not _PYTHON.search(answer.text), answer.text
    assert len(answer.text) < SCREEN
    if answer.code == NONE:
        assert path.name in answer.text
    if hostile.whole:
        lines = answer.err.strip().splitlines()
        assert 1 <= len(lines) <= 3, "one sentence, and what to do about it"
        assert all(re.search(r"[.?!]$", line.strip()) for line in lines), lines
    for word in hostile.words:
        assert word in answer.text, answer.text


def _counted(answer: Answer, hostile: Hostile) -> None:
    """What `--json` counts, where there is a report at all."""
    if hostile.whole or not answer.out.startswith("{"):
        assert answer.code == NONE
        return
    report: dict[str, Any] = json.loads(answer.out)
    if hostile.accepted is not None:
        assert report["accepted"] == hostile.accepted
    assert (answer.code == NONE) == (report["accepted"] == 0)
    assert all(len(str(told["value"])) <= VALUE for told in report["problems"])
    if hostile.told:
        assert report["problems"] != []


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_refused_or_read_and_nothing_is_lost(
    hostile: Hostile, desk: Desk, folder: Path
) -> None:
    path = hostile.make(folder)
    before = Before.of(desk)
    whole = ("--complete",) if hostile.exits == (NONE,) else ()
    for words in (("check", path), ("load", path, "--source", SOURCE, *whole)):
        answer = _answer(desk, hostile, *words)
        assert answer.code in hostile.exits, answer.text
        _readable(answer, path, hostile)
        if words[0] == "check" or answer.code == NONE:
            assert Before.of(desk) == before
    assert desk.agreements() >= before.agreements
    _counted(_answer(desk, hostile, "check", path, "--json"), hostile)


def test_what_does_not_fit_of_forty_sheets_is_named(desk: Desk, folder: Path) -> None:
    path = HOSTILE["forty sheets"].make(folder)
    answer = _plainly(desk, "check", path, "--json")
    if answer.code != NONE:
        report = json.loads(answer.out)
        assert report["accepted"] == SHEETS or report["problems"] != []


def test_a_formula_is_read_as_its_value(desk: Desk, folder: Path) -> None:
    code, report = desk.load(formula_with_value(folder))
    assert (code, report["accepted"]) == (0, 1)
    assert frozenset({"35.78", "universitas-airlangga"}) in {
        one.parties for one in desk.agreements()
    }


@pytest.mark.parametrize("name", ["hyperlink csv", "script"])
def test_text_that_could_run_comes_back_as_text(name: str, desk: Desk, folder: Path) -> None:
    path = HOSTILE[name].make(folder)
    _, report = desk.load(path)
    assert {LINK, SCRIPT} & {one.title for one in desk.agreements()}
    told = [problem["why"] for problem in report["problems"]]
    assert not any("kosong" in why for why in told), f"the text is kept, not emptied: {told}"
    out = folder / "out.xlsx"
    desk.run("check", path, "--corrected", out)
    cells = [cell for page in load_workbook(out) for row in page.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
    assert any(cell.value in (LINK, SCRIPT) for cell in cells)


def test_of_several_files_the_problems_of_all_are_told(desk: Desk, folder: Path) -> None:
    good, some = folder / "good.csv", folder / "some.csv"
    good.write_text(";".join(HEAD) + "\n" + ";".join(GOOD) + "\n")
    doubted = ("x/9", "Malang", *GOOD[2:])
    some.write_text(";".join(HEAD) + "\n" + ";".join(doubted) + "\n")
    bad = HOSTILE["pdf as xlsx"].make(folder)
    before = Before.of(desk)
    for words in (("check", good, some, bad), ("load", good, some, bad, "--source", SOURCE)):
        answer = _plainly(desk, *words)
        assert answer.code in (1, 2)
        assert "Malang" in answer.text
        assert some.name in answer.text
        assert bad.name in answer.text
        assert not _PYTHON.search(answer.text)
        if words[0] == "check" or answer.code == NONE:
            assert Before.of(desk) == before
    assert desk.agreements() >= before.agreements


@pytest.fixture
def stranger(filled: Desk) -> Iterator[Desk]:
    """A desk for somebody who may not read everything; root may, so root steps aside."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        for path in filled.store.parent.glob("store.db*"):
            shutil.copy(path, place)
        desk = Desk(place / "store.db")
        desk.status()  # what is imported late is imported while the code can be read
        for path in [place, *place.iterdir()]:
            path.chmod(0o777)
        root = os.geteuid() == 0
        if root:
            os.seteuid(65534)
        try:
            yield desk
        finally:
            if root:
                os.seteuid(0)


def test_a_file_that_may_not_be_read_is_named(stranger: Desk) -> None:
    path = stranger.store.parent / "locked.csv"
    path.write_text(";".join(HEAD) + "\n" + ";".join(GOOD) + "\n")
    path.chmod(0)
    before = Before.of(stranger)
    for words in (("check", path), ("load", path, "--source", SOURCE)):
        answer = _plainly(stranger, *words)
        assert answer.code == NONE
        _readable(answer, path, Hostile(lambda folder: folder, whole=True))
        assert Before.of(stranger) == before
