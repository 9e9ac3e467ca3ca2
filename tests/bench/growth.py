"""What an index costs as a store grows: built from one scan, saved, and opened again."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Final

from explorer.library import Library
from explorer.shelf import Shelf
from graph_loader.store.open import open_store
from tests.bench.apart import apart, say
from tests.loader.sizes import generated

SIZES: Final = (1_000, 10_000, 100_000)
MILLION: Final = 1_000_000
BOUNDS: Final = {100_000: "<= 3 s", MILLION: "<= 60 s, <= 2,048 MB"}
Row = tuple[str, str, str]


def run(sizes: Iterable[int] = SIZES) -> list[Row]:
    """Seconds and megabytes at each size; every figure is of a process of its own."""
    return [row for size in sizes for row in _of_size(size)]


def million() -> list[Row]:
    """The same at a million agreements."""
    return run((MILLION,))


def _of_size(count: int) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        address, shelf = f"sqlite:{Path(folder, 'store.db')}", str(Path(folder, "shelf"))
        apart(fill_here, address, str(count), environment={})
        nothing = apart(nothing_here, environment={})
        built = apart(index_here, address, shelf, environment={})
        opened = apart(index_here, address, shelf, environment={})
    size = f"index: {count:,} agreements"
    return [
        (f"{size}, built and saved", f"{built.seconds:.2f} s, {built.megabytes:,.0f} MB",
         BOUNDS.get(count, "")),
        (f"{size}, opened", f"{opened.seconds:.3f} s, {opened.megabytes:,.0f} MB "
         f"(libraries alone {nothing.megabytes:,.0f})", ""),
    ]  # fmt: skip


def fill_here(address: str, count: str) -> None:
    """Write the generated load; what it costs stands in another table."""
    with closing(open_store(address)) as store:
        store.write(generated(int(count)))
    say(0.0)


def nothing_here() -> None:
    """What this program holds before it has an index."""
    say(0.0)


def index_here(address: str, shelf: str) -> None:
    """The store's index as a process of its own gets it: built the first time, then mapped."""
    with closing(open_store(address)) as store:
        state = store.state()
        began = time.perf_counter()
        edition = Library(store, Shelf(Path(shelf))).of(state)
        took = time.perf_counter() - began
        assert edition.is_of(state)
    say(took)
