"""From an address to a store."""

from __future__ import annotations

from pathlib import Path

from graph_loader.errors import StoreRefused
from graph_loader.store.base import GraphStore
from graph_loader.store.sqlite import SqliteStore


def open_store(address: str) -> GraphStore:
    """The store at an address: ``sqlite:PATH``, made if it is not there.

    Raises:
        StoreRefused: ("store-scheme") another kind of address; another schema; a foreign file.
        StoreUnavailable: the file or its folder cannot be opened.
    """
    return SqliteStore(_path(address))


def existing_store(address: str) -> GraphStore | None:
    """The store at an address, or None where there is none yet; nothing is made.

    Raises: as `open_store` does.
    """
    path = _path(address)
    return SqliteStore(path) if path.exists() else None


def _path(address: str) -> Path:
    scheme, _, rest = address.partition(":")
    if scheme != "sqlite" or not rest:
        raise StoreRefused("store-scheme", address=address)
    return Path(rest)
