"""One store and the index of its newest version, shared by all requests of a process."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import date

from explorer.index import Index
from explorer.settings import Settings
from graph_loader import AgreementFilter, Facets, GraphStore, open_store


@dataclass(frozen=True, slots=True)
class View:
    """What one request looks at: a store, the index of one version of it, and a day."""

    store: GraphStore
    index: Index
    day: date

    @property
    def version(self) -> int:
        """The version that the index was built from."""
        return self.index.version

    def facets(self, where: AgreementFilter) -> Facets:
        """Counts of a filter, kept with the index while it is among the last ones asked for."""
        return self.index.remember(("facets", where), lambda: self.store.facets(where))


class Service:
    """Hands out views; builds a new index when the store's version has moved.

    Whoever comes first after a load builds it; those who come meanwhile are served the old one.
    """

    def __init__(self, store: GraphStore, settings: Settings) -> None:
        self.store = store
        self._settings = settings
        self._building = threading.Lock()
        self._index = self._scan()

    @classmethod
    def open(cls, settings: Settings) -> Service:
        """Open the store that the settings name. Raises: StoreUnavailable, StoreRefused."""
        return cls(open_store(settings.store, settings.access()), settings)

    def view(self) -> View:
        """The newest index, and today as the settings tell it. Raises: StoreUnavailable."""
        if self.store.version() != self._index.version and self._building.acquire(blocking=False):
            try:
                self._index = self._scan()
            finally:
                self._building.release()
        return self.last()

    def last(self) -> View:
        """The view handed out last: asks nothing of the store, so it stands when that does not."""
        return View(self.store, self._index, self._settings.day())

    def _scan(self) -> Index:
        return self.store.scan(Index.build)
