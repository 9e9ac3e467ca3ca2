"""The one server that a whole run of tests shares: started when a test first asks for it."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Final

import pytest

from graph_loader.load import load_shipped
from graph_loader.store.access import Access
from graph_loader.store.open import open_store
from tests.neo4j.address import Address
from tests.neo4j.server import HEAP, QUICK, NoNeo4j, Server

URI: Final = "SIMPUL_TEST_NEO4J_URI"
CONF: Final = {
    # because a test may log in with a wrong password as often as it likes: the user stays free
    "dbms.security.auth_max_failed_attempts": "0",
    # because each test has another tiny graph, and planning anew for it was a third of all the work
    "dbms.cypher.min_replan_interval": "1h",
}


@dataclass
class _Run:
    """What this run knows: its server, a given one, or why there is none."""

    own: Server | None = None
    given: Address | None = None
    missing: str = ""
    holds_shipped: bool = False


_run: Final = _Run()


def shared_server() -> Address:
    """The run's server, as it was left; needs no fixture, so hypothesis may call it.

    SIMPUL_TEST_NEO4J_URI (with _USER and _PASSWORD) names another one, whose database must be
    empty, because the tests wipe it. Where no server can be started, the test is skipped, and the
    end of the run says so; under CI=true it fails.
    """
    _run.given = _run.given or given()
    if _run.given:
        return _run.given
    if _run.missing:
        pytest.skip(_run.missing)
    _run.own = _run.own or private_server()
    return _run.own.address


def private_server(
    conf: Mapping[str, str] | None = None, heap: str = HEAP, options: Sequence[str] = QUICK
) -> Server:
    """A server of one test alone, to kill or to freeze; the test stops it (`with` does).

    Where none can be started, the test is skipped as with `shared_server`.
    """
    try:
        return Server.start(conf={**CONF, **(conf or {})}, heap=heap, options=options)
    except NoNeo4j as why:
        _run.missing = f"NO NEO4J: {why}"
        pytest.skip(_run.missing)


def wipe(address: Address | None = None, *, schema: bool = False) -> Address:
    """The run's server, or the one at that address, with nothing in it."""
    found = address or shared_server()
    _run.holds_shipped = False
    found.wipe(schema=schema)
    return found


def shipped() -> Address:
    """The run's server with what `simpul load` brings and nothing else: for tests that only read.

    Whoever asks for it next finds it loaded, unless somebody wiped it meanwhile.
    """
    found = shared_server()
    if not _run.holds_shipped:
        load(wipe(found))
        _run.holds_shipped = True
    return found


def load(address: Address) -> None:
    """What `simpul load` brings, into an empty database."""
    with closing(open_store(address.uri, Access(address.user, address.password))) as store:
        load_shipped(store)


def close() -> None:
    """End the run's server, and leave a given one empty."""
    if _run.own:
        _run.own.stop()
    if _run.given:
        _run.given.wipe(schema=True)
    _run.own = _run.given = None


def missing() -> str:
    """Why tests that asked for a server did not run; empty when none did, or all could."""
    return _run.missing


def given(environment: Mapping[str, str] = os.environ) -> Address | None:
    """The server that the environment names.

    Raises:
        ValueError: its database holds something, which the tests would wipe.
    """
    if not (uri := environment.get(URI)):
        return None
    user = environment.get("SIMPUL_TEST_NEO4J_USER", "neo4j")
    found = Address(uri, user, environment.get("SIMPUL_TEST_NEO4J_PASSWORD", ""))
    with found.driver() as driver:
        if driver.execute_query("MATCH (n) RETURN 1 LIMIT 1").records:
            raise ValueError(f"{URI}: the database at {uri} is not empty; the tests would wipe it")
    return found
