"""One store and the index of its newest version, shared by all requests of a process.

The store may be away, slow or half loaded: what was read of it last stands meanwhile, and says so.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, replace
from datetime import date
from time import monotonic
from typing import Final

from explorer.library import Edition, Library
from explorer.settings import Settings
from explorer.shelf import Shelf
from explorer.view import View
from graph_loader import (
    GraphStore,
    SimpulError,
    State,
    StoreUnavailable,
    Unfinished,
    left,
    open_store,
)

__all__ = ["AGAIN", "PATIENCE", "Service", "Standing", "View"]

PATIENCE: Final = 0.3  # seconds; because a reader hardly notices, and most indexes take less
AGAIN: Final = 1.0  # seconds between scans that fail; because each one reads a whole store
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Standing:
    """How the data stood when the store was asked last; no `version` before the first index."""

    day: date
    version: int | None = None
    silence: StoreUnavailable | None = None
    """why the store did not answer"""
    unfinished: Unfinished | None = None
    behind: bool = False
    """whether the store holds something newer than the index"""


class Service:
    """Hands out views; reads a new index when the store's version has moved.

    Whoever comes first after a load has it read, beside the requests, and waits for it a little;
    those who come meanwhile are served the old one.
    """

    def __init__(self, store: GraphStore, settings: Settings) -> None:
        """Raises: StoreRefused. A store that does not answer is asked again by each request."""
        self.store = store
        self._settings = settings
        self._library = Library(store, Shelf(settings.cache_folder()))
        self._building = threading.Lock()
        self._edition: Edition | None = None
        self._failure: SimpulError | None = None
        self._again = 0.0
        self._state = State(0)
        self._standing = Standing(settings.day())
        if (state := self._ask()) is not None:
            self._first(state)

    @classmethod
    def open(cls, settings: Settings) -> Service:
        """The service of the store that the settings name.

        Raises:
            StoreRefused: it answers, and cannot be used.
            StoreUnavailable: its file cannot be opened; a server may come later.
        """
        store = open_store(settings.store, settings.access())
        try:
            return cls(store, settings)
        except BaseException:
            store.close()
            raise

    def view(self) -> View:
        """The newest index, or the last one where the store does not answer or is being loaded.

        Raises: StoreUnavailable where there is none yet, StoreRefused.
        """
        state = self._ask()
        if state is not None and self._is_due(state):
            self._renew(state)
        shown = self.last()
        if shown is None:
            raise self._why_not()
        return shown

    def last(self) -> View | None:
        """The last view, if there was one: asks nothing of the store."""
        held, stands = self._edition, self.standing()
        if held is None:
            return None
        stale = stands.silence is not None
        return View(self.store, held.index, stands.day, stale, stands.unfinished, stands.behind,
                    held.stamp)  # fmt: skip

    def standing(self) -> Standing:
        """How the data stands: asks nothing of the store, so it is there when that is not."""
        held, day = self._edition, self._settings.day()
        if held is None:
            return replace(self._standing, day=day)
        behind = not held.is_of(self._state)
        return replace(self._standing, day=day, version=held.index.version, behind=behind)

    def _ask(self) -> State | None:
        """What the store says of itself, or None where it does not answer."""
        today = self._settings.day()
        try:
            state = self.store.state()
        except StoreUnavailable as error:
            self._standing = Standing(today, silence=error, unfinished=self._standing.unfinished)
            return None
        self._state = state
        self._standing = Standing(today, unfinished=state.unfinished)
        return state

    def _first(self, state: State) -> None:
        """The first index, read here and not in a thread, which a fork would leave behind."""
        try:
            self._edition = self._read(state)
        except StoreUnavailable as error:
            self._failed(error)

    def _is_due(self, state: State) -> bool:
        moved = self._edition is None or not self._edition.is_of(state)
        return moved and (self._failure is None or monotonic() >= self._again)

    def _renew(self, state: State) -> None:
        """Have a new index read, one at a time; wait for it where it is ours, or the first."""
        ours = self._building.acquire(blocking=False)
        if ours:
            threading.Thread(target=self._build, args=(state,), name="index", daemon=True).start()
        if (ours or self._edition is None) and self._building.acquire(
            timeout=min(PATIENCE, left())
        ):
            self._building.release()

    def _build(self, state: State) -> None:
        """Whoever calls holds `_building`; it is let go here."""
        try:
            self._edition = self._read(state)
            self._failure = None
        except SimpulError as error:
            self._failed(error)
        except Exception:
            _log.exception("no new index")
            self._failed(SimpulError("http-500"))
        finally:
            self._building.release()

    def _read(self, state: State) -> Edition:
        """The index of that state, or while a large load keeps it from being built the last saved.

        Beside it what the picture of the network needs of the store.
        """
        have = self._library.of if self._edition is not None else self._library.of_or_last
        edition = have(state)
        fresh = View(self.store, edition.index, self._settings.day())
        fresh.topics()
        fresh.commodities()
        return edition

    def _failed(self, error: SimpulError) -> None:
        _log.warning("no new index: %s", error)
        self._again, self._failure = monotonic() + AGAIN, error

    def _why_not(self) -> SimpulError:
        """A new error each time, because one that is raised again and again grows."""
        known = self._standing.silence or self._failure
        if known is None:
            return StoreUnavailable("index-building")
        return type(known)(known.code, **known.params)
