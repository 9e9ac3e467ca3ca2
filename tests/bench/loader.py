"""`simpul load` and `simpul check` of large files, end to end, each in a process of its own."""

from __future__ import annotations

import csv
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import psutil

from graph_loader.writing.spreadsheet import Table, Value, write_table

AGREEMENTS = 100_000
PARTNERS = 12_500  # because with the shipped regions and countries that makes about 13,000
BOUND_MB = 1024
CHECK_BOUND = 20_000
CHECK_BOUND_MB = 600
_EVERY = 0.05  # seconds between two looks at the memory
_HEAD = ("agreement_key", "party", "party_level", "party_country", "title", "instrument",
         "signed", "ends", "topic", "source")  # fmt: skip
_TOPICS = ("pendidikan", "ketahanan pangan", "pariwisata; budaya", "air bersih", "perdagangan")


def run() -> list[tuple[str, str, str]]:
    """Rows a second and peak memory of whole commands."""
    return [*_loading(), *_checking()]


def _loading() -> list[tuple[str, str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.csv"
        rows = write_file(path, AGREEMENTS)
        load = ("load", str(path), "--source", "bench")
        seconds, peak, answer = _run(load, f"sqlite:{Path(folder) / 'store.db'}")
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


def _checking() -> list[tuple[str, str, str]]:
    """A register of 100,000 rows as a clerk has it, as CSV and as XLSX; the median of three."""
    figures = []
    for kind in (".csv", ".xlsx"):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"register{kind}"
            write_table(path, Table("Data", _REGISTER, _register(AGREEMENTS)))
            store = f"sqlite:{Path(folder) / 'store.db'}"
            runs = [_run(("check", str(path)), store) for _ in range(3)]
        assert all(answer["accepted"] == AGREEMENTS for _, _, answer in runs), runs[0][2]
        seconds = statistics.median(seconds for seconds, _, _ in runs)
        peak = max(peak for _, peak, _ in runs)
        name = f"simpul check, {AGREEMENTS:,} rows {kind[1:].upper()}"
        figures += [
            (name, f"{AGREEMENTS / seconds:,.0f} rows/s", f">= {CHECK_BOUND:,}"),
            (f"{name}, peak memory", f"{peak:,.0f} MB", f"<= {CHECK_BOUND_MB} MB"),
        ]
    return figures


_REGISTER = ("No", "Daerah", "Mitra", "Judul", "Nomor", "Bentuk Dokumen",
             "Tanggal Penandatanganan", "Jangka Waktu", "Bidang", "Keterangan")  # fmt: skip
_REGIONS = ("Kab. Gresik", "Kota Surabaya", "Pemkab Sidoarjo", "Kabupaten Malang", "Kota Malang",
            "KAB. BLITAR", "Pemkot Batu", "Kab. Tuban", "Lamongan", "Pemprov Jatim")  # fmt: skip
_DAYS = ("21-12-2005", "3 Mei 2019", "17 Agt 21", "Desember 2005", "2014", "30/11/2019")
_TERMS = ("3 (tiga) tahun", "5 tahun", "s.d. 31 Desember 2030", "6 bulan")
_KINDS = ("PKS", "Nota Kesepahaman", "Kesepakatan Bersama")


def _register(rows: int) -> Iterator[tuple[Value, ...]]:
    random = Random(4)
    for number in range(rows):
        partner = f"PT Maju Jaya {random.randrange(3_000)}"
        yield (
            number + 1, random.choice(_REGIONS), partner, f"Kerja sama {number} tentang pendidikan",
            f"415.4/{number}/437/2020", random.choice(_KINDS), random.choice(_DAYS),
            random.choice(_TERMS), random.choice(_TOPICS), "",
        )  # fmt: skip


def _run(words: tuple[str, ...], store: str) -> tuple[float, float, dict[str, object]]:
    command = [sys.executable, "-m", "explorer.cli", *words, "--json"]
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
