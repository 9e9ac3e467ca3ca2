"""Simpul in the browser: `create_app` and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from explorer.settings import Settings


def create_app(settings: Settings | None = None) -> Flask:
    """The app on the store that the settings name (by default: those of the environment).

    The web is imported in here, so that the commands that need none of it start at once.

    Raises:
        StoreRefused, StoreUnavailable: the store cannot be used.
    """
    from explorer.app import create_app as make

    return make(settings)
