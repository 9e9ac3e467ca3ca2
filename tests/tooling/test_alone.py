"""Tests run side by side, and those that measure seconds run alone."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from threading import Event, Thread
from typing import Final, NamedTuple

import pytest

from tests.alone import Machine
from tests.conftest import LONGEST
from tests.tooling.checkout import ROOT

PATIENCE: Final = 30.0  # seconds; because a loaded machine starts threads and workers slowly
GLANCE: Final = 0.2  # seconds; because who is let in at once has come in by then

# Three tests wait for one another's traces, so that they pass only side by side, and only then
# come those that must meet nobody.
FILES: Final = {
    name: f"""
import time
from pathlib import Path
import pytest

HERE = Path({{folder!r}})

def here(name, seconds):
    began = time.monotonic()
    time.sleep(seconds)
    with (HERE / "log").open("a") as log:
        log.write(f"{{{{name}}}} {{{{began}}}} {{{{time.monotonic()}}}}\\n")

def test_side_by_side():
    began = time.monotonic()
    (HERE / "{name}").touch()
    while not (HERE / "{other}").exists():
        assert time.monotonic() < began + {PATIENCE}
        time.sleep(0.01)

@pytest.mark.parametrize("number", range(3))
def test_beside(number):
    here("beside", 0.05)

@pytest.mark.alone
@pytest.mark.parametrize("number", range(2))
def test_alone(number):
    here("alone", 0.1)

def test_after():
    here("beside", 0.05)
"""
    for name, other in (("one", "other"), ("other", "one"))
}


class Stay(NamedTuple):
    """When a test ran, and how."""

    kind: str
    began: float
    ended: float


def within(machine: Machine, *, alone: bool) -> tuple[Thread, Event]:
    """Somebody who enters now, and whether he is in."""
    inside = Event()

    def enter() -> None:
        machine.enter(alone=alone)
        inside.set()

    thread = Thread(target=enter, daemon=True)
    thread.start()
    return thread, inside


@pytest.fixture
def three(tmp_path: Path) -> Iterator[list[Machine]]:
    with ExitStack() as stack:
        yield [stack.enter_context(closing(Machine(tmp_path))) for _ in range(3)]


def test_many_are_together(three: list[Machine]) -> None:
    assert all(within(one, alone=False)[1].wait(PATIENCE) for one in three)


@pytest.mark.parametrize("first", [True, False])
def test_whoever_is_alone_meets_nobody(three: list[Machine], first: bool) -> None:
    one, other, _ = three
    one.enter(alone=first)
    _, inside = within(other, alone=not first)
    assert not inside.wait(GLANCE)
    one.leave()
    assert inside.wait(PATIENCE)


def test_while_one_waits_to_be_alone_nobody_new_comes_in(three: list[Machine]) -> None:
    first, lonely, late = three
    first.enter(alone=False)
    _, alone = within(lonely, alone=True)
    assert not alone.wait(GLANCE)
    _, inside = within(late, alone=False)
    assert not inside.wait(GLANCE)
    first.leave()
    assert alone.wait(PATIENCE)
    assert not inside.wait(GLANCE)
    lonely.leave()
    assert inside.wait(PATIENCE)


def test_a_part_of_a_test_is_alone(three: list[Machine]) -> None:
    one, other, _ = three
    one.enter(alone=False)
    with one.alone():
        _, inside = within(other, alone=False)
        assert not inside.wait(GLANCE)
    assert inside.wait(PATIENCE)


def test_whoever_ends_without_leaving_locks_nobody_out(three: list[Machine]) -> None:
    one, other, _ = three
    one.enter(alone=True)
    one.close()
    assert within(other, alone=True)[1].wait(PATIENCE)


def test_what_comes_first_is_there() -> None:
    assert [name for name in LONGEST if not (ROOT / name).exists()] == []


def test_a_run_of_two_workers(tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / f"test_{name}.py").write_text(text.format(folder=str(tmp_path)))
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = alone: by itself\n")
    words = ["-m", "pytest", "-q", "-p", "tests.alone", "-n", "2", "--dist", "loadfile"]
    env = {name: value for name, value in os.environ.items() if "PYTEST" not in name}
    done = subprocess.run(
        [sys.executable, *words, str(tmp_path)], cwd=tmp_path, capture_output=True, text=True,
        env=env | {"PYTHONPATH": str(ROOT)}, timeout=4 * PATIENCE,
    )  # fmt: skip
    assert re.search(r"^14 passed", done.stdout, re.MULTILINE), done.stdout + done.stderr
    lines = (tmp_path / "log").read_text().splitlines()
    stays = [Stay(kind, float(a), float(b)) for kind, a, b in map(str.split, lines)]
    assert len(stays) == 12
    met = [
        (one, other)
        for one in stays
        for other in stays
        if one is not other and one.kind == "alone"
        and one.began < other.ended and other.began < one.ended
    ]  # fmt: skip
    assert met == []
