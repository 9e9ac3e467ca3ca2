"""Workers share one machine; a test that measures seconds has it to itself (`@mark.alone`).

tests/conftest.py takes the hooks from here.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from fcntl import LOCK_EX, LOCK_SH, LOCK_UN, flock
from pathlib import Path
from typing import Final

import pytest

FOLDER: Final = "alone"  # where the locks lie, beside the folders that the workers write to
STASH: Final = pytest.StashKey["Machine"]()


class Machine:
    """What a worker enters for each test: beside others, or alone.

    Whoever wants it alone waits until the others have left, and meanwhile nobody new is let in.
    The locks go with the process that holds them, however it ends.
    """

    def __init__(self, folder: Path) -> None:
        self._door = (folder / "door").open("w")
        self._room = (folder / "room").open("w")
        self._has_it_alone = False

    def enter(self, *, alone: bool) -> None:
        """Wait for a turn; whoever had it alone and stayed need not wait."""
        if self._has_it_alone:
            return
        flock(self._door, LOCK_EX)
        try:
            flock(self._room, LOCK_EX if alone else LOCK_SH)
        finally:
            flock(self._door, LOCK_UN)
        self._has_it_alone = alone

    def leave(self) -> None:
        """Let the next one in."""
        flock(self._room, LOCK_UN)
        self._has_it_alone = False

    @contextmanager
    def alone(self) -> Iterator[None]:
        """For a while, of somebody who is in beside others, and is so again."""
        self.leave()
        self.enter(alone=True)
        try:
            yield
        finally:
            self.leave()
            self.enter(alone=False)

    def close(self) -> None:
        """Leave for good."""
        self._door.close()
        self._room.close()


def alone(config: pytest.Config) -> AbstractContextManager[None]:
    """The part of a test that measures seconds, so that others wait for that part only."""
    machine = config.stash.get(STASH, None)
    return machine.alone() if machine else nullcontext()


def is_alone(item: pytest.Item | None) -> bool:
    """Whether a test wants the machine for itself."""
    return item is not None and item.get_closest_marker("alone") is not None


def pytest_configure(config: pytest.Config) -> None:
    """A worker's way into the machine; a run without workers needs none."""
    if hasattr(config, "workerinput"):
        folder = Path(config.getoption("basetemp")).parent / FOLDER
        folder.mkdir(exist_ok=True)
        config.stash[STASH] = Machine(folder)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Nothing is left open."""
    if machine := config.stash.get(STASH, None):
        machine.close()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(
    item: pytest.Item, nextitem: pytest.Item | None
) -> Generator[None, object, object]:
    """Fixtures included; tests that follow one another alone do not leave in between."""
    machine = item.config.stash.get(STASH, None)
    if machine is None:
        return (yield)
    machine.enter(alone=is_alone(item))
    try:
        return (yield)
    finally:
        if not (is_alone(item) and is_alone(nextitem)):
            machine.leave()
