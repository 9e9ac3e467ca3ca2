"""A start in half the time: the classes that a server loads, parsed once and mapped ever after.

Java calls it class-data sharing. With it a server took 3.3 seconds of processor time until it
answered, without it 5.2, and the tests of faults start servers many times.
"""

from __future__ import annotations

import hashlib
import os
import signal
import sys
import tempfile
import time
from functools import cache
from pathlib import Path
from typing import Final

from tests.neo4j.address import Address
from tests.neo4j.home import HOST, free_port, prepare
from tests.neo4j.jars import CACHE, NoNeo4j, jars, java, locked
from tests.neo4j.process import Process, command

# seconds; because it took 10 on a quiet machine, and one that is broken off is of little use
TRAINING: Final = 300.0
# What the tests will ask is asked while the archive is made, so that these classes are in it too.
QUESTIONS: Final = (
    "CREATE CONSTRAINT trained FOR (p:Party) REQUIRE p.id IS UNIQUE",
    "UNWIND range(1, 100) AS n MERGE (p:Party {id: n}) SET p.name = toString(n)",
    "MATCH (a:Party), (b:Party {id: a.id + 1}) CREATE (a)-[:SIGNED {role: 'x'}]->(b)",
    "MATCH (a:Party)-[s:SIGNED]->(b) RETURN a, collect(b.name) AS names ORDER BY a.id LIMIT 5",
)


@cache
def sharing() -> tuple[str, ...]:
    """The options that let a server use the archive; none where this Java makes none.

    The first call in a checkout takes some ten seconds, the jars' own copying apart.
    """
    binary = os.stat(java())
    key = f"{jars()}:{os.path.realpath(java())}:{binary.st_size}:{binary.st_mtime_ns}"
    file = CACHE / f"classes-{hashlib.sha256(key.encode()).hexdigest()[:12]}.jsa"
    with locked(CACHE / "archive.lock"):
        if not file.exists():
            _train(file)
    return (f"-XX:SharedArchiveFile={file}",) if file.stat().st_size else ()


def _train(file: Path) -> None:
    """Run a server once, and let Java write down what it loaded; an empty file when it does not."""
    with tempfile.TemporaryDirectory(dir=CACHE, prefix="training-") as folder:
        home, made = Path(folder, "home"), Path(folder, "classes.jsa")
        address = Address(f"bolt://{HOST}:{free_port()}", "neo4j", "only-for-training")
        prepare(home, address.port, {})
        record = ("-XX:+UseSerialGC", f"-XX:ArchiveClassesAtExit={made}")
        process = Process(command(home, "512m", record), home, keep=False)
        try:
            _exercise(process, address)
        finally:
            process.end(signal.SIGTERM)
        made.touch()
        made.rename(file)


def _exercise(process: Process, address: Address) -> None:
    deadline = time.monotonic() + TRAINING
    while process.running and time.monotonic() < deadline:
        if address.answers():
            with address.driver() as driver:
                for question in QUESTIONS:
                    driver.execute_query(question)
            return
        time.sleep(0.1)


if __name__ == "__main__":
    try:
        sharing()
    except NoNeo4j as why:
        sys.exit(str(why))
