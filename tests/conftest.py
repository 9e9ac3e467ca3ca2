"""What holds for every test: under continuous integration nothing is skipped in silence."""

from __future__ import annotations

import atexit
import gc
import os
import shutil
import tempfile
from collections.abc import Generator
from typing import Final

import hypothesis
import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from xdist.scheduler import LoadFileScheduling  # type: ignore[import-untyped]

from tests.alone import pytest_configure, pytest_runtest_protocol, pytest_unconfigure
from tests.neo4j import shared
from tests.neo4j.fixtures import neo4j_address, neo4j_can_start, neo4j_ends, neo4j_server, patient

# fixtures and hooks, found here by every test
__all__ = [
    "neo4j_address", "neo4j_can_start", "neo4j_ends", "neo4j_server", "patient",
    "pytest_configure", "pytest_runtest_protocol", "pytest_unconfigure",
]  # fmt: skip

# What is imported and collected is no garbage: it is not looked through for any, then or later.
gc.disable()

# So that no test finds an index in the cache of whoever runs it, or leaves one there.
if "CACHE_DIRECTORY" not in os.environ:
    os.environ["CACHE_DIRECTORY"] = tempfile.mkdtemp(prefix="simpul-tests-")
    atexit.register(shutil.rmtree, os.environ["CACHE_DIRECTORY"], ignore_errors=True)

# So that a template is compiled once, and not once more for every app that a test makes.
Flask.jinja_options = {
    "bytecode_cache": FileSystemBytecodeCache(tempfile.mkdtemp(dir=os.environ["CACHE_DIRECTORY"]))
}

# Everything that the tests need is installed by `make test`, so there a skip hides a fault.
STRICT: Final = os.environ.get("CI", "").lower() == "true"

# One asks Neo4j, one has the browser, one does the rest: two would leave a fifth of two processors
# idle while a server starts or a browser waits.
WORKERS: Final = 3

# One worker asks every server, because one takes ten seconds to start and to warm up, a quarter of
# a second to plan each statement that is new to it, and some milliseconds for those that it knows.
ONE_SERVER: Final = (
    "tests/contract/",
    *(f"tests/neo4j/test_{name}.py" for name in (
        "cookbook", "cookbook_agrees", "pages",  # which read the same rows, loaded once
        "emptied", "faults_bulk", "faults_refused", "faults_work", "graph_schema", "plans",
        "round_trips", "server", "upgrade",
    )),
    "tests/tooling/test_compose.py",
)  # fmt: skip

# A second Chromium would take as much of two processors as the first, and both would draw late.
ONE_BROWSER: Final = "tests/browser/"

# What takes longest, in this order before all others: whoever starts one last is waited for.
# What must be alone comes when the longest tests are over, because it waits for those beside it.
LONGEST: Final = (
    *ONE_SERVER,
    ONE_BROWSER,
    "tests/neo4j/test_desk.py",
    "tests/neo4j/test_kills.py",
    "tests/explorer/test_serve.py",
    "tests/loader/test_export.py",
    "tests/registers/",
    "tests/neo4j/",
)

# because how long an example takes says something of the machine, and nothing of the product
hypothesis.settings.register_profile("simpul", deadline=None)
hypothesis.settings.load_profile("simpul")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Workers take whole files, in the order of the tests."""

    def rank(item: pytest.Item) -> int:
        found = (n for n, start in enumerate(LONGEST) if item.nodeid.startswith(start))
        return next(found, len(LONGEST))

    items.sort(key=rank)


def pytest_collection_finish() -> None:
    """From here on tests leave garbage."""
    gc.freeze()
    gc.enable()


class ByFileOrServer(LoadFileScheduling):  # type: ignore[misc]
    """A worker takes a file at a time; those that share a server or a browser are one."""

    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith(ONE_SERVER):
            return "one server"
        if nodeid.startswith(ONE_BROWSER):
            return "one browser"
        return str(super()._split_scope(nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> LoadFileScheduling:
    """See above; without workers nobody asks."""
    return ByFileOrServer(config, log)


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
