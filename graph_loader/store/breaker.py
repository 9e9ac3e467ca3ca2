"""A circuit breaker: after a server did not answer, nobody waits for it again for a moment."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Final

PAUSE_SECONDS: Final = 1.0  # because a server that restarts takes five, and readers try again


class Breaker:
    """Closed while answers come; open for a moment after one did not; then one caller may try.

    Example:
        >>> now = [0.0]
        >>> breaker = Breaker(trial_seconds=2.0, clock=lambda: now[0])
        >>> breaker.failed(); breaker.lets_through()
        False
        >>> now[0] = 1.1
        >>> breaker.lets_through(), breaker.lets_through()  # the second is not to wait
        (True, False)
        >>> breaker.answered(); breaker.lets_through()
        True
    """

    def __init__(self, trial_seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._trial_seconds, self._clock = trial_seconds, clock
        self._lock = threading.Lock()
        self._is_closed = True
        self._shut_until = 0.0

    def lets_through(self) -> bool:
        """Whether a caller may ask the server now."""
        with self._lock:
            if self._is_closed:
                return True
            if self._clock() < self._shut_until:
                return False
            self._shut_until = self._clock() + self._trial_seconds
            return True

    def failed(self) -> None:
        """The server did not answer."""
        with self._lock:
            self._is_closed = False
            self._shut_until = self._clock() + PAUSE_SECONDS

    def answered(self) -> None:
        """The server answered, were it with an error."""
        with self._lock:
            self._is_closed = True
