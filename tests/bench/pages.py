"""Server time of the main pages, at the shipped size and at 100,000 agreements."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

from flask.testing import FlaskClient

from explorer import create_app
from explorer.settings import Settings
from graph_loader.load import load_shipped
from graph_loader.store.access import Access
from graph_loader.store.open import open_store
from tests.loader.sizes import generated

RUNS = 7
SHIPPED_BOUND_MS = 100
LARGE_BOUND_MS = 300
LARGE = 100_000

SHIPPED = (
    "/", "/cari?q=osaka", "/jaringan", "/daerah/35", "/daerah/35.25", "/mitra/osaka-prefecture-jp",
    "/negara/au?pihak=35", "/perjanjian", "/hubungan?dari=35.25&ke=osaka-prefecture-jp",
    "/peluang/35.15", "/kebutuhan?daerah=35.78&komoditas=rice", "/data",
)  # fmt: skip


def run() -> list[tuple[str, str, str]]:
    """Median milliseconds per page; the first request of each, which fills caches, is beside it."""
    with tempfile.TemporaryDirectory() as folder:
        small = f"sqlite:{Path(folder) / 'shipped.db'}"
        load_shipped(open_store(small))
        rows = _time(small, SHIPPED, SHIPPED_BOUND_MS, "609")
        large = f"sqlite:{Path(folder) / 'large.db'}"
        store = open_store(large)
        load_shipped(store)
        store.write(generated(LARGE))
        rows += _time(large, SHIPPED, LARGE_BOUND_MS, f"{LARGE:,}")
    return rows


def client(store: str, access: Access, today: str) -> FlaskClient:
    """Who asks the pages of a store, on a server or in a file."""
    user, password, database = access.user, access.password, access.database
    settings = Settings(
        store=store, today=today, neo4j_user=user, neo4j_password=password, neo4j_database=database
    )
    return create_app(settings).test_client()


def _time(store: str, pages: tuple[str, ...], bound: int, size: str) -> list[tuple[str, str, str]]:
    reader = client(store, Access(), "2026-11-25")
    rows = []
    for page in pages:
        times = []
        for _ in range(RUNS + 1):
            reader.application.extensions["answers"].clear()  # so that each is worked out
            start = time.perf_counter()
            assert reader.get(page).status_code == 200, page
            times.append((time.perf_counter() - start) * 1000)
        median = statistics.median(times[1:])
        measured = f"{median:.0f} ms (first {times[0]:.0f})"
        rows.append((f"{page} at {size} agreements", measured, f"<= {bound} ms"))
    return rows
