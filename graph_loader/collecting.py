"""Large loads make millions of things and no cycles; looking for cycles would take a good part."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collection_paused() -> Iterator[None]:
    """No search for cycles meanwhile: it took two fifths of a check, and a fifth of a write."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()  # so that turning it on does not search all that has piled up at once
        if was_on:
            gc.enable()
        gc.unfreeze()
