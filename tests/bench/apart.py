"""What is measured in a process of its own: it prints its seconds and its megabytes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple


class Cost(NamedTuple):
    """What something took: seconds, and the most megabytes that its process held."""

    seconds: float
    megabytes: float


def apart(work: Callable[..., None], *words: str, environment: Mapping[str, str]) -> Cost:
    """Call a function, which ends with `say`, in another process."""
    code = f"import sys; from {work.__module__} import {work.__name__} as it; it(*sys.argv[1:])"
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        check=True, stdout=subprocess.PIPE, text=True, env=os.environ | environment,
    )  # fmt: skip
    return Cost(*map(float, done.stdout.split()))


def say(seconds: float) -> None:
    """Print what `apart` reads."""
    print(seconds, _peak_mb())


def _peak_mb() -> float:
    """Linux's own count of this program; that of `getrusage` begins with what its parent held."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert found
    return int(found[1]) / 1024
