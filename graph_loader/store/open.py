"""From an address to a store."""

from __future__ import annotations

from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from graph_loader.errors import StoreRefused
from graph_loader.store.access import Access
from graph_loader.store.base import GraphStore
from graph_loader.store.sqlite import SqliteStore

SERVERS: Final = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
"""Schemes of a Neo4j server; those that start with neo4j ask a cluster who answers."""
_NO_ACCESS: Final = Access()


def open_store(address: str, access: Access = _NO_ACCESS) -> GraphStore:
    """The store at an address: ``sqlite:PATH``, made if it is not there, or ``bolt://HOST``.

    A server is not asked anything yet, so it need not be there.

    Raises:
        StoreRefused: ("store-scheme") another kind of address; ("store-secret-in-address") one that
            holds a user or a password; another schema; a foreign file.
        StoreUnavailable: the file or its folder cannot be opened.
        BadInput: a server's password is not given, or cannot be read.
    """
    return _server(address, access) or SqliteStore(_path(address))


def existing_store(address: str, access: Access = _NO_ACCESS) -> GraphStore | None:
    """The store at an address, or None where there is no file yet; nothing is made.

    Raises: as `open_store` does.
    """
    if server := _server(address, access):
        return server
    path = _path(address)
    return SqliteStore(path) if path.exists() else None


def _server(address: str, access: Access) -> GraphStore | None:
    scheme, marked, place = address.partition("://")
    if marked and "@" in place:  # first of all, because every other sentence shows the address
        raise StoreRefused("store-secret-in-address")
    if scheme not in SERVERS or not marked:
        return None
    if not _has_host(address):
        raise StoreRefused("store-scheme", address=address)
    from graph_loader.store.neo4j_store import Neo4jStore  # late, because few need its driver

    return Neo4jStore(address, access)


def _has_host(address: str) -> bool:
    try:
        parts = urlsplit(address)
        asks_more = bool(parts.query) and parts.scheme.startswith("bolt")  # routing is a cluster's
        is_place = parts.path in {"", "/"} and not parts.fragment and not asks_more
        return bool(parts.hostname) and parts.port != 0 and is_place
    except ValueError:  # brackets left open, or a port that is no number
        return False


def _path(address: str) -> Path:
    scheme, _, rest = address.partition(":")
    if scheme != "sqlite" or not rest:
        raise StoreRefused("store-scheme", address=address)
    return Path(rest)
