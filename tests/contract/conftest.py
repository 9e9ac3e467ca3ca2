"""Every adapter that the contract is held to: one line each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path

import pytest

from graph_loader.store.access import Access
from graph_loader.store.base import GraphStore
from graph_loader.store.cypher import CREATE_STORE, SCHEMA_VERSION, TEXT_INDEX
from graph_loader.store.open import open_store
from tests.neo4j.address import Address
from tests.neo4j.shared import wipe

Open = Callable[[], GraphStore]


def _sqlite(folder: Path) -> Open:
    return partial(open_store, f"sqlite:{folder / 'contract.db'}")


def _neo4j(folder: Path) -> Open:
    server = wipe()
    _lay_out(server)
    return partial(open_store, server.uri, Access(server.user, server.password))


def _lay_out(server: Address) -> None:
    """Where the indexes of a store stayed, only its own point is missing.

    Two statements, because a store that lays itself out asks for each index, for each example.
    """
    with server.driver() as driver:
        names = driver.execute_query("SHOW INDEXES YIELD name WHERE name = $text", text=TEXT_INDEX)
        if names.records:
            driver.execute_query(CREATE_STORE, schema=SCHEMA_VERSION)


ADAPTERS: dict[str, Callable[[Path], Open]] = {"neo4j": _neo4j, "sqlite": _sqlite}
"""Empties the place of a store of that kind, and says how it is opened, as often as one likes."""


@pytest.fixture(scope="module", autouse=True)
def _patience(patient: None) -> None:
    """What is answered is asked here, not how soon."""


@pytest.fixture(params=sorted(ADAPTERS))
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Open]:
    """Opens the store once more, as another process would; closed at the end."""
    opens = ADAPTERS[request.param](tmp_path)
    with ExitStack() as stack:
        yield lambda: stack.enter_context(closing(opens()))


@pytest.fixture
def store(opened: Open) -> GraphStore:
    """An empty store."""
    return opened()
