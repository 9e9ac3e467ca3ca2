"""What `data/rebuild.py` makes from the packages is what is shipped, byte for byte."""

from __future__ import annotations

import doctest
import gzip
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parents[2] / "data"
SCRIPT = DATA / "rebuild.py"
REBUILT = (
    "regions.csv", "countries.csv", "coordinates.csv", "coordinates_missing.csv",
    "foreign_places.csv", "towns.csv.gz",
)  # fmt: skip


def cannot(reason: str) -> None:
    """Fail where the check is compulsory, else skip and say so."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(f"NOT CHECKED that data/ equals what its packages give: {reason}")


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with freshly rebuilt files."""
    if shutil.which("npm") is None:
        cannot("npm is not installed")
    out = tmp_path_factory.mktemp("rebuilt")
    command = [sys.executable, str(SCRIPT), "--out", str(out)]
    run = subprocess.run(command, capture_output=True, text=True)
    if "npm could not fetch" in run.stderr:
        cannot(run.stderr.strip().splitlines()[-1])
    assert run.returncode == 0, run.stderr
    return out


@pytest.mark.soak
@pytest.mark.parametrize("name", REBUILT)
def test_rebuilt_equals_shipped(rebuilt: Path, name: str) -> None:
    assert content(rebuilt / name) == content(DATA / name)


def content(path: Path) -> bytes:
    """What a file holds; how tightly it is packed depends on the library that packs."""
    held = path.read_bytes()
    return gzip.decompress(held) if path.suffix == ".gz" else held


@pytest.mark.soak
def test_rebuilds_nothing_else(rebuilt: Path) -> None:
    assert sorted(path.name for path in rebuilt.iterdir()) == sorted(REBUILT)


def test_examples_in_the_script_hold() -> None:
    spec = importlib.util.spec_from_file_location("rebuild", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0
