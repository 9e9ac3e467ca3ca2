"""What `simpul serve` bears: pages that are kept, and readers who think, while a load runs.

`wrk` asks (Debian's package of that name), from this machine over the loopback alone.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final
from urllib.request import Request, urlopen

from graph_loader.load import load_shipped
from graph_loader.store.open import open_store
from tests.bench.loader import write_file
from tests.loader.sizes import generated

AGREEMENTS: Final = 100_000
LOADED: Final = 100_000  # agreements of the load, which takes a quarter of a minute
READERS: Final = 24
THINKING: Final = 1.0  # seconds
SECONDS: Final = 60  # so that the load ends in it, and what follows is measured too
AT_ONCE: Final = 16  # connections that do not think at all
LEAST_A_SECOND: Final = 200
P95_MS: Final = 100
SCRIPT: Final = Path(__file__).with_name("readers.lua")
PACKED: Final = "Accept-Encoding: br"
_LISTENING: Final = re.compile(r"http://[\d.]+:\d+")
_REGIONS: Final = tuple(f"35.{number:02d}" for number in range(1, 30))

# What a morning in a bureau looks like: (weight of all of these together, addresses).
MIX: Final[tuple[tuple[float, tuple[str, ...]], ...]] = (
    (12, ("/",)),
    (24, tuple(f"/daerah/{id}" for id in _REGIONS)),
    (
        12,
        tuple(f"/api/v1/suggest?q={word}" for word in ("gre", "sido", "osaka", "jepang", "surab")),
    ),
    (10, tuple(f"/cari?q={word}" for word in ("osaka", "gresik", "sidoarjo+jepang", "beras"))),
    (10, tuple(f"/peluang/{id}" for id in _REGIONS[:10])),
    (8, tuple(f"/perjanjian?hal={number}" for number in range(1, 9))),
    (8, tuple(f"/hubungan?dari={id}&ke=osaka-prefecture-jp" for id in _REGIONS[10:20])),
    (6, ("/jaringan", "/jaringan?negara=jp", "/jaringan?negara=au")),
    (5, ("/negara/jp", "/negara/au?pihak=35", "/negara/cn?pihak=35")),
    (3, ("/topik/2", "/topik/4", "/topik/8")),
    (2, ("/data",)),
)


def run() -> list[tuple[str, str, str]]:
    """Requests a second on a kept page; milliseconds of readers who think, with and without loads.

    Raises: FileNotFoundError where there is no `wrk`.
    """
    if shutil.which("wrk") is None:
        raise FileNotFoundError("wrk: install Debian's package `wrk`")
    with tempfile.TemporaryDirectory() as folder:
        store = f"sqlite:{Path(folder) / 'store.db'}"
        with closing(open_store(store)) as opened:
            load_shipped(opened)
            opened.write(generated(AGREEMENTS))
        with _served(store, Path(folder, "cache")) as site:
            kept = _asked(site, AT_ONCE, 10, 0, [(1.0, "/daerah/35.25")])
            alone = _asked(site, READERS, SECONDS, THINKING, _mix())
            with _loading(store, Path(folder, "register.csv")) as took:
                during = _asked(site, READERS, SECONDS, THINKING, _mix())
    readers = f"{READERS} readers, {THINKING:.0f} s of thinking, {AGREEMENTS:,} agreements"
    return [
        ("a kept page, two processors", f"{kept['requests'] / kept['seconds']:,.0f} requests/s"
         f"{_failed(kept)}", f">= {LEAST_A_SECOND}"),
        (f"{readers}, p95", _told(alone), f"<= {P95_MS} ms"),
        (f"the same while `simpul load` brings {LOADED:,} more in {took[0]:.0f} s, p95",
         _told(during), f"<= {P95_MS} ms"),
    ]  # fmt: skip


def _told(found: dict[str, float]) -> str:
    return (
        f"{found['p95']:.0f} ms (median {found['median']:.0f}, most {found['most']:,.0f}; "
        f"{found['requests']:,.0f} requests{_failed(found)})"
    )


def _failed(found: dict[str, float]) -> str:
    return f", {found['errors']:,.0f} errors"


def _mix() -> list[tuple[float, str]]:
    return [(weight / len(paths), path) for weight, paths in MIX for path in paths]


def _asked(
    site: str, readers: int, seconds: int, thinking: float, mix: Sequence[tuple[float, str]]
) -> dict[str, float]:
    """What wrk's script prints of a run, times in ms; every address was asked once before."""
    script = ["-s", str(SCRIPT), site, "--", str(thinking)]
    words = [word for weight, path in mix for word in (str(weight), path)]
    command = ["wrk", "-t", "1", "-c", str(readers), "--timeout", "10s", "-H", PACKED]
    for _, path in mix:
        with urlopen(Request(site + path, headers={"Accept-Encoding": "br"}), timeout=60) as answer:
            answer.read()
    done = subprocess.run([*command, "-d", f"{seconds}s", *script, *words],
                          check=True, stdout=subprocess.PIPE, text=True)  # fmt: skip
    found: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def _environment(store: str, **more: str) -> dict[str, str]:
    return os.environ | {"SIMPUL_STORE": store, "SIMPUL_TODAY": "2026-11-25"} | more


@contextmanager
def _served(store: str, cache: Path) -> Iterator[str]:
    """`simpul serve` as an operator starts it."""
    command = [sys.executable, "-m", "explorer.cli", "serve", "--port", "0"]
    env = _environment(store, SIMPUL_CACHE=str(cache), PYTHONUNBUFFERED="1")
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield next(found[0] for found in map(_LISTENING.search, server.stdout) if found)
        finally:
            server.terminate()


@contextmanager
def _loading(store: str, file: Path) -> Iterator[list[float]]:
    """A load that begins with the block; when that is left and it has ended, its seconds."""
    write_file(file, LOADED)
    took: list[float] = []
    worker = threading.Thread(target=_load, args=(store, file, took))
    worker.start()
    yield took
    worker.join()
    assert took, "the load did not end well"


def _load(store: str, file: Path, took: list[float]) -> None:
    command = [sys.executable, "-m", "explorer.cli", "load", str(file), "--source", "bench"]
    began = time.perf_counter()
    if not subprocess.run(command, env=_environment(store), stdout=subprocess.DEVNULL).returncode:
        took.append(time.perf_counter() - began)
