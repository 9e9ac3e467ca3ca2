"""How fast the store writes and reads at 100,000 agreements, beside a bare `executemany`."""

from __future__ import annotations

import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median

from graph_loader.store import sql
from graph_loader.store.base import AgreementFilter, GraphStore, Order
from graph_loader.store.open import open_store
from tests.loader.sizes import generated

AGREEMENTS = 100_000
DAY = date(2026, 11, 25)
RUNS = 5
ROUNDS = 3  # because one pair alone follows whatever else the machine does
READ_BOUND_MS, FACETS_BOUND_MS = 100, 200
RATIO_BOUND = 0.7
MEMORY_BOUND_MB = 1024
TABLES = (
    "source", "load", "statement", "party", "agreement", "signed", "addresses", "relation",
    "change", "problem",
)  # fmt: skip
Row = tuple[str, str, str]


def run() -> list[Row]:
    """Write rate, its ratio to the bare rate, peak memory, and the median time of each read."""
    with tempfile.TemporaryDirectory() as folder:
        rounds = []
        for number in range(ROUNDS):
            path = Path(folder) / f"large-{number}.db"
            rounds.append((*_write(path), _bare(path, Path(folder) / f"bare-{number}.db")))
        seconds, peak, bare = (median(figures) for figures in zip(*rounds, strict=True))
        ratio = median(bare / seconds for seconds, _, bare in rounds)
        rows = [
            ("store: agreements written", f"{AGREEMENTS / seconds:,.0f}/s", ""),
            ("store: same tuples by bare executemany", f"{AGREEMENTS / bare:,.0f}/s", ""),
            ("store: ratio", f"{ratio:.2f}", f">= {RATIO_BOUND}"),
            ("store: peak memory of the write", f"{peak:.0f} MB", f"<= {MEMORY_BOUND_MB} MB"),
        ]
        return rows + _reads(open_store(f"sqlite:{path}"))


def _write(path: Path) -> tuple[float, float]:
    """Seconds of the write and peak megabytes, in a process of its own."""
    code = "import sys; from tests.bench.store import write_here; write_here(sys.argv[1])"
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], check=True, capture_output=True, text=True
    )
    seconds, peak = map(float, done.stdout.split())
    return seconds, peak


def write_here(path: str) -> None:
    """Write the generated load, then print seconds and the peak of this process in megabytes."""
    store, batch = open_store(f"sqlite:{path}"), generated(AGREEMENTS)
    start = time.perf_counter()
    store.write(batch, progress=lambda stage, done, total: None)
    seconds = time.perf_counter() - start
    print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def _bare(full: Path, path: Path) -> float:
    """Seconds that inserting the same tuples into the same schema takes, and nothing else."""
    source = sqlite3.connect(full)
    tuples = {table: source.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}
    tuples["agreement_text"] = source.execute("SELECT rowid, text FROM agreement_text").fetchall()
    source.close()
    target = sqlite3.connect(path, isolation_level=None)
    target.execute("PRAGMA journal_mode = WAL")
    target.execute("PRAGMA synchronous = NORMAL")
    target.execute("PRAGMA foreign_keys = ON")  # what the store promises, the peer keeps too
    target.executescript(sql.SCHEMA)
    start = time.perf_counter()
    target.execute("BEGIN IMMEDIATE")
    for table, rows in tuples.items():
        names = "agreement_text (rowid, text)" if table == "agreement_text" else table
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            target.executemany(f"INSERT INTO {names} VALUES ({marks})", rows)
    target.execute("COMMIT")
    seconds = time.perf_counter() - start
    target.close()
    return seconds


def _reads(store: GraphStore) -> list[Row]:
    hub = AgreementFilter(DAY, party="g0")
    words = AgreementFilter(DAY, text="pelabuhan pend", year_from=2010)
    every = AgreementFilter(DAY)
    reads: dict[str, Callable[[], object]] = {
        "agreements, newest": lambda: store.agreements(every),
        "agreements, last page by title": lambda: store.agreements(
            every, order=Order.TITLE, offset=AGREEMENTS - 50
        ),
        "agreements of a hub": lambda: store.agreements(hub),
        "agreements by text and year": lambda: store.agreements(words),
        "agreements of a country": lambda: store.agreements(AgreementFilter(DAY, country="jp")),
        "agreement": lambda: store.agreement("generated.77777"),
        "neighbourhood of a hub": lambda: store.neighbourhood("g0", DAY),
        "loads": lambda: store.loads(),
        "facets": lambda: store.facets(every),
        "facets by text": lambda: store.facets(words),
    }
    rows = []
    for name, read in reads.items():
        bound = FACETS_BOUND_MS if name.startswith("facets") else READ_BOUND_MS
        rows.append((f"store: {name}", f"{_milliseconds(read):.0f} ms", f"<= {bound} ms"))
    return rows


def _milliseconds(read: Callable[[], object]) -> float:
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        read()
        times.append(time.perf_counter() - start)
    return median(times) * 1000
