"""A desk with an empty store, and a clerk's folder beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.registers.run import Desk


@pytest.fixture(autouse=True)
def _untraced(no_cover: None) -> None:
    """Whole registers through the whole program: slow where each line is traced, and all of these
    lines are measured by tests of their own."""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "store.db")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "clerk"
    path.mkdir()
    return path
