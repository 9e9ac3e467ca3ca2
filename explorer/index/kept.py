"""What is worked out of an index once and kept beside it, whoever asks for it first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from threading import TIMEOUT_MAX, Lock
from typing import Final, TypeVar, cast

from graph_loader import left

KEPT: Final = 64
"""Because every page asks for some twenty, and readers look at a handful of regions and filters."""

T = TypeVar("T")


class Kept:
    """Things by key, each made once; the last ones used stay."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._recent: OrderedDict[Hashable, object] = OrderedDict()
        self._always: dict[Hashable, object] = {}
        self._turns: dict[Hashable, Lock] = {}

    def remember(self, key: Hashable, make: Callable[[], T], *, always: bool) -> T:
        """What is kept under this key, made now if it is not; `always` keeps it for good.

        Those who ask while it is made wait for it, as long as they have time left.
        """
        found = self._find(key)
        if found is not None:
            return cast(T, found[0])
        with self._turn(key):
            found = self._find(key)
            return cast(T, found[0]) if found is not None else self._keep(key, make(), always)

    def _find(self, key: Hashable) -> tuple[object] | None:
        with self._lock:
            if key in self._always:
                return (self._always[key],)
            if key not in self._recent:
                return None
            self._recent.move_to_end(key)
            return (self._recent[key],)

    def _keep(self, key: Hashable, made: T, always: bool) -> T:
        with self._lock:
            (self._always if always else self._recent)[key] = made
            while len(self._recent) > KEPT:
                self._recent.popitem(last=False)
        return made

    @contextmanager
    def _turn(self, key: Hashable) -> Iterator[None]:
        """One at a time for each key; who runs out of time makes it as well, and is late."""
        with self._lock:
            turn = self._turns.setdefault(key, Lock())
        ours = turn.acquire(timeout=min(left(), TIMEOUT_MAX))
        try:
            yield
        finally:
            if ours:
                with self._lock:
                    self._turns.pop(key, None)
                turn.release()
