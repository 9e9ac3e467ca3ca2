"""A page is due in two seconds, however often it asks a store that is slow or comes back cold."""

from __future__ import annotations

from math import inf
from typing import Final

from flask import Flask

from graph_loader import due_in

STORE_SECONDS: Final = 1.6  # because what is asked must also be drawn within two


def init(app: Flask) -> None:
    """Give each request its time with the store."""
    app.before_request(_begin)
    app.teardown_request(_end)


def _begin() -> None:
    due_in(STORE_SECONDS)


def _end(error: BaseException | None) -> None:
    due_in(inf)
