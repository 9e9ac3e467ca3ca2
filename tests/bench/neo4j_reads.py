"""How fast a Neo4j store of 100,000 agreements is read: scanned for the index, and page by page."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date
from statistics import median, quantiles
from typing import Final

from explorer.index import Index
from graph_loader.load import load_shipped
from graph_loader.store.access import Access
from graph_loader.store.base import Scan
from graph_loader.store.open import open_store
from tests.bench.apart import Cost, apart, say
from tests.bench.pages import client
from tests.loader.sizes import COUNTRIES, REGIONS
from tests.neo4j.address import Address

ROUNDS: Final = 3
SCAN_BOUND: Final = 5.0
FLAT_BOUND_MB: Final = 20  # because the garbage of one page of a scan is some megabytes
PAGE_BOUND_MS: Final = 50
WARM: Final = 20  # requests before the first that is measured; each then has its plan and caches
ASKED: Final = 60
DAY: Final = date(2026, 11, 25)
HUB: Final = "g0"
LISTS: Final = ("parties", "agreements", "signed", "addresses", "borders", "flows")
WORDS: Final = ("pelabuhan", "pertanian", "pendidikan", "kesehatan", "persampahan", "iklim")
Row = tuple[str, str, str]


def walk(address: Address) -> Cost:
    """Going through all lists of a scan, in a process of its own."""
    return apart(walk_here, environment=address.environment)


def walk_here() -> None:
    """Go through every list that the index reads, keeping nothing."""
    with closing(open_store(os.environ["SIMPUL_STORE"], Access.from_env(os.environ))) as store:
        store.identity()
        start = time.perf_counter()
        store.scan(_walk)
        say(time.perf_counter() - start)


def _walk(scan: Scan) -> None:
    for name in LISTS:
        for _ in getattr(scan, name)():
            pass


def build_here() -> None:
    """Build the index from a scan."""
    with closing(open_store(os.environ["SIMPUL_STORE"], Access.from_env(os.environ))) as store:
        store.identity()
        start = time.perf_counter()
        store.scan(Index.build)
        say(time.perf_counter() - start)


def scans(address: Address, small: Cost) -> list[Row]:
    """A scan alone and with the index; `small` is what `walk` said of a tenth as much."""
    walked = [walk(address) for _ in range(ROUNDS)]
    built = [apart(build_here, environment=address.environment) for _ in range(ROUNDS)]
    alone, whole = (median(cost.seconds for cost in costs) for costs in (walked, built))
    peak = max(cost.megabytes for cost in walked)
    return [
        ("neo4j: scan of every list", f"{alone:.1f} s", f"<= {SCAN_BOUND:.0f} s"),
        ("neo4j: scan and index", f"{whole:.1f} s", f"<= {SCAN_BOUND:.0f} s"),
        (
            "neo4j: memory of the scan, more than at a tenth",
            f"{peak - small.megabytes:.0f} MB (of {peak:.0f})",
            f"<= {FLAT_BOUND_MB} MB",
        ),
    ]


def pages(address: Address) -> list[Row]:
    """The 95th percentile of pages and of a hub's neighbourhood, over parties and words."""
    access = Access(address.user, address.password)
    with closing(open_store(address.uri, access)) as store:
        load_shipped(store)  # the countries too, which pages name
    reader = client(address.uri, access, DAY.isoformat())

    def get(path: str) -> Callable[[], None]:
        def ask() -> None:
            reader.application.extensions["answers"].clear()  # so that it is worked out
            assert reader.get(path).status_code == 200, path

        return ask

    asked: dict[str, list[Callable[[], object]]] = {
        "region's page": [get(f"/daerah/g{1 + n}") for n in range(WARM + ASKED)],
        "partner's page": [get(f"/mitra/{_partner(n)}") for n in range(WARM + ASKED)],
        "hub's page": [get(f"/daerah/{HUB}")] * (WARM + ASKED),
        "search by name": [get(f"/cari?q=mitra+buatan+{900 + n}") for n in range(WARM + ASKED)],
        "search by words": [get(f"/cari?q={words}") for words in _words()],
    }
    rows = [_figure(name, calls) for name, calls in asked.items()]
    with closing(open_store(address.uri, access)) as store:
        near = [lambda: store.neighbourhood(HUB, DAY)] * (WARM + ASKED)
        return [*rows, _figure("neighbourhood of a hub", near)]


def _partner(number: int) -> str:
    at = REGIONS + number
    return f"g{at}-{COUNTRIES[at % len(COUNTRIES)]}"


def _words() -> list[str]:
    """One word, or a word and the beginning of a number."""
    return [
        WORDS[n % len(WORDS)] + (f"+{n}" if n >= len(WORDS) else "") for n in range(WARM + ASKED)
    ]


def _figure(name: str, calls: Sequence[Callable[[], object]]) -> Row:
    times = []
    for call in calls:
        start = time.perf_counter()
        call()
        times.append((time.perf_counter() - start) * 1000)
    measured = times[WARM:]
    p95 = quantiles(measured, n=20)[-1]
    text = f"{p95:.0f} ms (median {median(measured):.0f})"
    return f"neo4j: {name}, p95", text, f"<= {PAGE_BOUND_MS} ms"
