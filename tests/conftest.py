"""What holds for every test: under continuous integration nothing is skipped in silence."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Generator
from typing import Final

import hypothesis
import pytest

from tests.alone import pytest_configure, pytest_runtest_protocol, pytest_unconfigure
from tests.neo4j import shared
from tests.neo4j.fixtures import neo4j_address, neo4j_can_start, neo4j_ends, neo4j_server, patient

# fixtures and hooks, found here by every test
__all__ = [
    "neo4j_address", "neo4j_can_start", "neo4j_ends", "neo4j_server", "patient",
    "pytest_configure", "pytest_runtest_protocol", "pytest_unconfigure",
]  # fmt: skip

# So that no test finds an index in the cache of whoever runs it, or leaves one there.
if "CACHE_DIRECTORY" not in os.environ:
    os.environ["CACHE_DIRECTORY"] = tempfile.mkdtemp(prefix="simpul-tests-")
    atexit.register(shutil.rmtree, os.environ["CACHE_DIRECTORY"], ignore_errors=True)

# Everything that the tests need is installed by `make test`, so there a skip hides a fault.
STRICT: Final = os.environ.get("CI", "").lower() == "true"

# because continuous integration has two processors, and a worker's Neo4j server takes 0.7 GB
WORKERS: Final = 2

# Files that take longest, in this order before all others: whoever starts one last is waited for.
# They have no test that must be alone, which would wait for another worker's long one.
LONGEST: Final = (
    "tests/contract/test_read.py",
    "tests/contract/test_differential.py",
    "tests/contract/test_restore.py",
    "tests/contract/test_injection.py",
    "tests/neo4j/test_kills.py",
    "tests/browser/test_every_page.py",
    "tests/loader/test_export.py",
    "tests/registers/test_registers.py",
)

# because how long an example takes says something of the machine, and nothing of the product
hypothesis.settings.register_profile("simpul", deadline=None)
hypothesis.settings.load_profile("simpul")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Workers take whole files, in the order of the tests."""
    rank = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: rank.get(item.nodeid.partition("::")[0], len(rank)))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """None where all tests must share the one Neo4j server that the environment names."""
    return 0 if shared.URI in os.environ else WORKERS


def refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Turn a skip into a failure that says why; an expected failure stays one."""
    if not report.skipped or hasattr(report, "wasxfail"):
        return
    why = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    report.outcome = "failed"
    report.longrepr = f"skipped, which CI=true does not allow: {why}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if STRICT:
        refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if STRICT:
        refuse_skip(report)
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if why := shared.missing():
        terminalreporter.section("the Neo4j tests did not run", red=True, bold=True)
        terminalreporter.line(why)
