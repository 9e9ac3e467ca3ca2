"""Every adapter that the contract is held to: one line each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path

import pytest

from graph_loader.store.access import Access
from graph_loader.store.base import GraphStore
from graph_loader.store.open import open_store
from tests.neo4j.shared import wipe

Open = Callable[[], GraphStore]


def _sqlite(folder: Path) -> Open:
    return partial(open_store, f"sqlite:{folder / 'contract.db'}")


def _neo4j(folder: Path) -> Open:
    server = wipe()
    return partial(open_store, server.uri, Access(server.user, server.password))


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
