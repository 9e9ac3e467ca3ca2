"""How long one question may wait for a store in all: a page asks it several times, and is due once.

Kept for the thread that asks, so that no call needs to hand it on.
"""

from __future__ import annotations

from contextvars import ContextVar
from math import inf
from time import monotonic

_due: ContextVar[float] = ContextVar("due", default=inf)


def due_in(seconds: float) -> None:
    """Whatever this thread asks from now on is due in so many seconds; `inf` takes that back.

    Example:
        >>> due_in(2.0); 1.9 < left() <= 2.0
        True
        >>> due_in(inf); left()
        inf
    """
    _due.set(monotonic() + seconds)


def left() -> float:
    """How many seconds that still is; not below 0."""
    return max(0.0, _due.get() - monotonic())
