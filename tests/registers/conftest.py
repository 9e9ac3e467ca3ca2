"""A desk with an empty store, and a clerk's folder beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.registers.run import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "store.db")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "clerk"
    path.mkdir()
    return path
