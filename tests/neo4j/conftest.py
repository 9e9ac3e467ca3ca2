"""A server that tests may kill, freeze, fill and restart as they like."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.neo4j.server import Server
from tests.neo4j.shared import CONF, private_server


@pytest.fixture(scope="session")
def victim() -> Iterator[Server]:
    """One for the whole run, because a start takes seconds; as the last test left it."""
    with private_server() as private:
        yield private


@pytest.fixture
def server(victim: Server) -> Server:
    """The same, running with its usual settings; what is in it stays."""
    if victim.conf != CONF:
        victim.kill()
        victim.conf.clear()
        victim.conf.update(CONF)
    if not victim.running:
        victim.restart()
    return victim


@pytest.fixture(autouse=True)
def _untraced(no_cover: None) -> None:
    """The contract's tests measure the same lines, and a page that is traced comes late."""
