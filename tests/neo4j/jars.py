"""What a server is made of: Java, and the jars that Maven copies once into this checkout."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
POM: Final = Path(__file__).with_name("pom.xml")
CACHE: Final = ROOT / ".neo4j"  # git ignores it; `make clean` removes it
OLDEST: Final = 17  # because Neo4j 5.26 is compiled for it
COPYING: Final = 600  # seconds; because 116 MB over a slow line are a matter of minutes


class NoNeo4j(Exception):
    """No server can be started on this machine; the message says what is missing and what to do."""


def program(name: str, home: str | None = None) -> str:
    """Where a program lies.

    Raises:
        NoNeo4j: it is not on this machine.
    """
    inside = Path(os.environ[home], "bin", name) if home and os.environ.get(home) else None
    found = str(inside) if inside and inside.is_file() else shutil.which(name)
    if found is None:
        raise NoNeo4j(f"`{name}` was not found; tests/tooling/install_java.sh says how to get it")
    return found


@cache
def java() -> str:
    """The Java that runs the server: JAVA_HOME's, or the one on the PATH.

    Raises:
        NoNeo4j: there is none, or it is older than what the server is compiled for.
    """
    found = program("java", "JAVA_HOME")
    said = subprocess.run([found, "-version"], capture_output=True, text=True).stderr
    version = re.search(r'version "(\d+)', said)
    if version is None or int(version[1]) < OLDEST:
        raise NoNeo4j(f"{found} is not Java {OLDEST} or newer; it says: {said.strip()}")
    return found


def jars() -> Path:
    """The folder of the server's jars; the first call copies them.

    Several processes may ask at once: one copies, the others wait, and a folder that is there is
    whole, because it gets its name only when Maven is done.

    Raises:
        NoNeo4j: there is no Maven, or it could not fetch the jars.
    """
    version = hashlib.sha256(POM.read_bytes()).hexdigest()[:12]
    folder = CACHE / f"lib-{version}"
    if folder.is_dir():
        return folder
    CACHE.mkdir(exist_ok=True)
    with locked(CACHE / "lock"):
        if not folder.is_dir():
            _copy(folder)
    return folder


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Alone among all processes that ask for this file; released even when the holder is killed."""
    with file.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _copy(folder: Path) -> None:
    with tempfile.TemporaryDirectory(dir=CACHE, prefix="copying-") as half:
        done = subprocess.run(
            [
                program("mvn"), "-q", "-B", "-f", str(POM), "dependency:copy-dependencies",
                "-DincludeScope=runtime", f"-DoutputDirectory={half}/lib",
            ],
            capture_output=True, text=True, timeout=COPYING,
        )  # fmt: skip
        if done.returncode:
            said = (done.stdout + done.stderr).strip()[-1500:]
            raise NoNeo4j(f"Maven could not fetch the server's jars:\n{said}")
        Path(half, "lib").rename(folder)
