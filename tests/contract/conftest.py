"""Every adapter that the contract is held to: one line each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from graph_loader.store.base import GraphStore
from graph_loader.store.open import open_store

ADDRESSES: dict[str, Callable[[Path], str]] = {
    "sqlite": lambda folder: f"sqlite:{folder / 'contract.db'}",
}


@pytest.fixture(params=sorted(ADDRESSES))
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an empty store of each kind is made."""
    return ADDRESSES[request.param](tmp_path)


@pytest.fixture
def opened(address: str) -> Iterator[Callable[[], GraphStore]]:
    """Opens the store once more, as another process would; closed at the end."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(closing(open_store(address)))


@pytest.fixture
def store(opened: Callable[[], GraphStore]) -> GraphStore:
    """An empty store."""
    return opened()
