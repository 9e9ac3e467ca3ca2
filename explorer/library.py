"""The indexes of one store: read where somebody on this machine has built them, else built."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass

from explorer.bundle import Arrays, Key
from explorer.index import Index, edition
from explorer.settings import Settings
from explorer.shelf import Shelf
from graph_loader import GraphStore, State, StoreUnavailable

_log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False, slots=True)
class Edition:
    """An index, and the stamp of the content that it was built from."""

    index: Index
    stamp: str

    def is_of(self, state: State) -> bool:
        """Whether the store still holds what this was built from."""
        return (self.index.version, self.stamp) == (state.version, state.stamp)


def index_of(store: GraphStore) -> Index:
    """The index of a store for a command, which the pages may have built already, or the reverse.

    Raises: StoreUnavailable.
    """
    folder = Settings.from_env(os.environ).cache_folder()
    return Library(store, Shelf(folder)).of_or_last(store.state()).index


class Library:
    """Gives out the index of what a store holds, each built once on this machine."""

    def __init__(self, store: GraphStore, shelf: Shelf) -> None:
        self._store, self._shelf = store, shelf

    def of(self, state: State) -> Edition:
        """The index of the store in this state, or in the one that has followed meanwhile.

        Raises: StoreUnavailable ("store-loading" where it has to be built and cannot now).
        Cost: where it is saved, 0.02 s for 100,000 agreements; else as `Index.build`.
        """
        key = self._key(state)
        if not state.stamp:  # nothing was ever loaded
            return self._built(state)
        if (saved := self._saved(key)) is None:
            with self._shelf.turn(key.store):
                saved = self._saved(key) or self._built(state)
        return saved

    def of_or_last(self, state: State) -> Edition:
        """The same; while a large load keeps it from being built, what was saved last.

        Raises: StoreUnavailable ("store-loading" where nothing was saved).
        """
        try:
            return self.of(state)
        except StoreUnavailable as error:
            last = self.last() if error.code == "store-loading" else None
            if last is None:
                raise
            return last

    def last(self) -> Edition | None:
        """What was saved last of this store, though it may hold something else by now."""
        found = self._shelf.newest(self._store.identity().uuid, edition())
        return _opened(*found) if found else None

    def _key(self, state: State) -> Key:
        return Key(self._store.identity().uuid, state.version, state.stamp, edition())

    def _saved(self, key: Key) -> Edition | None:
        arrays = self._shelf.find(key)
        return _opened(key, arrays) if arrays is not None else None

    def _built(self, state: State) -> Edition:
        """A new one; kept only where the store stood still, because else it has no name."""
        index = self._store.scan(Index.build)
        now = self._store.state()
        if index.version != state.version or now.stamp != state.stamp:
            return Edition(index, "")
        if not state.stamp:
            return Edition(index, state.stamp)
        arrays = self._shelf.put(self._key(state), index.arrays)
        return _opened(self._key(state), arrays or index.arrays) or Edition(index, state.stamp)


def _opened(key: Key, arrays: Arrays) -> Edition | None:
    try:
        return Edition(Index.of(arrays), key.stamp)
    except ValueError as error:
        _log.warning("a saved index is not used: %s", error)
        return None
