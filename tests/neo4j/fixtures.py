"""The fixtures of a shared Neo4j server; tests/conftest.py gives them to every test."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pytest

from explorer.web import due
from graph_loader.store import neo4j as server
from tests.neo4j import shared
from tests.neo4j.address import Address
from tests.neo4j.archive import sharing
from tests.neo4j.jars import NoNeo4j

PATIENCE: Final = 120.0  # seconds; because a run of tests shares two processors with its server


@pytest.fixture(scope="session")
def neo4j_server() -> Address:
    """The run's server, started when the first test asks; whatever was written stays in it."""
    return shared.shared_server()


@pytest.fixture
def neo4j_address(neo4j_server: Address) -> Address:
    """The run's server with an empty database; constraints and indexes stay."""
    return shared.wipe(neo4j_server)


@pytest.fixture(scope="module")
def patient() -> Iterator[None]:
    """Reads may take longer than a page has: for tests of what is answered, not of how soon."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(server, "READ_SECONDS", PATIENCE)
        patch.setattr(server, "SERVER_SECONDS", PATIENCE)
        patch.setattr(due, "STORE_SECONDS", PATIENCE)
        yield


@pytest.fixture
def neo4j_can_start() -> None:
    """Skips the test where no server can be started, even if one is given."""
    try:
        sharing()
    except NoNeo4j as why:
        pytest.skip(f"NO NEO4J: {why}")


@pytest.fixture(scope="session", autouse=True)
def neo4j_ends() -> Iterator[None]:
    """Whoever started the run's server, it ends with the run."""
    yield
    shared.close()
