"""The locks: every file hashed, no index named, all that pyproject.toml asks for held."""

from __future__ import annotations

import re
import tomllib
from typing import Any, Final

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.tooling.checkout import ROOT

RUN: Final = "requirements.lock"
DEV: Final = "requirements-dev.lock"
_PIN: Final = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[a-z0-9,_-]+\])?==([^\s;\\]+)")


def entries(lock: str) -> list[str]:
    """The lock's requirements, one text for each, with its hashes."""
    text = re.sub(r"^#.*\n", "", (ROOT / lock).read_text(), flags=re.MULTILINE)
    return [entry for entry in re.split(r"\n(?=\S)", text.strip()) if entry]


def pins(lock: str) -> dict[str, set[str]]:
    """Each pinned name and its versions (more than one where Python versions differ)."""
    found: dict[str, set[str]] = {}
    for entry in entries(lock):
        pin = _PIN.match(entry)
        assert pin, f"{lock}: not a pin: {entry.splitlines()[0]}"
        found.setdefault(canonicalize_name(pin[1]), set()).add(pin[2])
    return found


def declared() -> dict[str, Any]:
    """What pyproject.toml says."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


@pytest.mark.parametrize("lock", [RUN, DEV])
def test_no_address_and_no_path_stands_in_a_lock(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert "://" not in text
    assert not re.search(r"--?(index|extra-index|find-links|trusted-host|f )", text)
    assert not re.search(r"@ |file:|(^|\s)/", text)


@pytest.mark.parametrize("lock", [RUN, DEV])
def test_every_pin_has_its_hashes(lock: str) -> None:
    bare = [e.splitlines()[0] for e in entries(lock) if not re.search(r"sha256:[0-9a-f]{64}", e)]
    assert entries(lock)
    assert bare == []


@pytest.mark.parametrize(("lock", "extras"), [(RUN, ()), (DEV, ("dev",))])
def test_a_lock_holds_what_pyproject_asks_for(lock: str, extras: tuple[str, ...]) -> None:
    project = declared()["project"]
    wanted = [*project["dependencies"], *declared()["build-system"]["requires"]]
    for extra in extras:
        wanted += project["optional-dependencies"][extra]
    locked = pins(lock)
    for requirement in map(Requirement, wanted):
        versions = locked.get(canonicalize_name(requirement.name), set())
        assert versions, f"{lock} lacks {requirement.name}: make lock"
        assert all(requirement.specifier.contains(Version(v)) for v in versions), requirement


def test_both_locks_agree() -> None:
    developing = pins(DEV)
    assert {n: v for n, v in pins(RUN).items() if developing.get(n) != v} == {}
