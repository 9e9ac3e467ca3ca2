"""What the tests of pictures look at: the shipped rows, and views of tiny networks."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from explorer.index import Index
from explorer.service import View
from graph_loader.load import load_shipped
from graph_loader.model import Batch, Party, make_party
from graph_loader.store.open import open_store
from tests.worlds import index_of, store_of

DAY = date(2026, 11, 25)
HOSTILE = "<img src=x onerror=alert(1)>"


@cache
def shipped_address() -> str:
    """A store of the shipped rows, loaded once for all tests of a run."""
    address = f"sqlite:{Path(mkdtemp(prefix='simpul-')) / 'shipped.db'}"
    store = open_store(address)
    load_shipped(store)
    store.close()
    return address


@cache
def shipped() -> View:
    """The shipped rows on a fixed day."""
    store = open_store(shipped_address())
    return View(store, index_of(store), DAY)


def view_of(folder: Path, *batches: Batch) -> View:
    """A tiny network on the same day."""
    store = store_of(folder, *batches)
    return View(store, index_of(store), DAY)


def partner(id: str, country: str, name: str = "") -> Party:
    """A foreign local government."""
    return make_party(id, name or id.title(), name or id.title(), "foreign_local", country)


def numbers(index: Index, *ids: str) -> list[int]:
    """The numbers of the parties with these ids."""
    return [index.number[id] for id in ids]
