"""`simpul load` of a large file, end to end: from CSV to a store that answers."""

from __future__ import annotations

import csv
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import psutil

AGREEMENTS = 100_000
PARTNERS = 12_500  # because with the shipped regions and countries that makes about 13,000
BOUND_MB = 1024
_EVERY = 0.05  # seconds between two looks at the memory
_HEAD = ("agreement_key", "party", "party_level", "party_country", "title", "instrument",
         "signed", "ends", "topic", "source")  # fmt: skip
_TOPICS = ("pendidikan", "ketahanan pangan", "pariwisata; budaya", "air bersih", "perdagangan")


def run() -> list[tuple[str, str, str]]:
    """Rows a second and peak memory of the whole command in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.csv"
        rows = write_file(path, AGREEMENTS)
        seconds, peak, answer = _load(path, f"sqlite:{Path(folder) / 'store.db'}")
    assert answer["accepted"] == AGREEMENTS, answer
    return [
        (f"simpul load, {AGREEMENTS:,} agreements", f"{rows / seconds:,.0f} rows/s", ""),
        ("simpul load, peak memory", f"{peak:,.0f} MB", f"<= {BOUND_MB:,} MB"),
    ]


def write_file(path: Path, agreements: int) -> int:
    """A file of the import format, the same for the same size. Returns: its rows."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_HEAD)
        writer.writerows(_rows(agreements))
    return 2 * agreements


def _rows(agreements: int) -> Iterator[tuple[str, ...]]:
    random = Random(3)
    for number in range(agreements):
        year = random.randint(1990, 2024)
        signed, topic = f"{year}-0{random.randint(1, 9)}", random.choice(_TOPICS)
        page = f"https://example.org/{number}"
        shared = (f"Cooperation {number}", "mou", signed, str(year + 5), topic, page)
        partner = f"{random.randrange(PARTNERS) * 7919 % 999_983:x} Prefecture"
        region = f"35.{random.randint(1, 29):02d}"
        yield (f"g-{number}", region, "", "", *shared)
        yield (f"g-{number}", partner, "foreign_local", "Japan", *shared)


def _load(path: Path, store: str) -> tuple[float, float, dict[str, object]]:
    command = [sys.executable, "-m", "explorer.cli", "load", str(path), "--source", "bench",
               "--json"]  # fmt: skip
    start = time.perf_counter()
    with tempfile.TemporaryFile("w+") as output:
        process = psutil.Popen(command, env=os.environ | {"SIMPUL_STORE": store}, stdout=output)
        peak = 0
        while process.poll() is None:
            try:
                peak = max(peak, process.memory_info().rss)
            except psutil.Error:
                break
            time.sleep(_EVERY)
        process.wait()
        seconds = time.perf_counter() - start
        output.seek(0)
        return seconds, peak / 2**20, json.load(output)
