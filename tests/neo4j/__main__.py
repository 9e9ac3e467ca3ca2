"""`make neo4j`: a Neo4j server for a person without Docker, whose graph survives a restart."""

from __future__ import annotations

import argparse
import fcntl
import os
import secrets
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Final

from tests.neo4j.home import HOST, is_free
from tests.neo4j.jars import ROOT, NoNeo4j
from tests.neo4j.process import tail
from tests.neo4j.server import LARGE_HEAP, LASTING, Server, ServerFailed

HOME: Final = ROOT / "var" / "neo4j"
PORT: Final = 7687  # because it is Neo4j's own, and the one that docs/operating.md names

TAKEN: Final = """\
Port {port} on {host} is taken, perhaps by a Neo4j that already runs.
Choose another one:  make neo4j PORT=7688

Porta {port} di {host} sudah dipakai, mungkin oleh Neo4j yang sedang berjalan.
Pilih porta lain:  make neo4j PORT=7688"""
BUSY: Final = """\
A Neo4j that was started before still uses {home}: stop it first (Ctrl-C in its terminal).

{home} masih dipakai Neo4j yang dijalankan sebelumnya: hentikan dulu (Ctrl-C di terminalnya)."""
LOST: Final = """\
{home} holds a graph, but its password file {file} is gone.
Put the file back, or move the folder away to begin with an empty graph.

{home} berisi graf, tetapi berkas kata sandinya, {file}, hilang.
Kembalikan berkas itu, atau pindahkan foldernya untuk memulai dengan graf kosong."""
READY: Final = """\
Neo4j answers on bolt://{host}:{port}; starting took {seconds:.1f} s. Ctrl-C stops it.
The graph is kept in {home}. To point Simpul at it, in another terminal:

Neo4j siap di bolt://{host}:{port}, setelah {seconds:.1f} detik. Ctrl-C menghentikannya.
Graf disimpan di {home}. Agar Simpul memakainya, di terminal lain:

    export SIMPUL_STORE=bolt://{host}:{port}
    export SIMPUL_NEO4J_USER=neo4j
    export SIMPUL_NEO4J_PASSWORD_FILE={file}
    make run
"""
STOPPING: Final = "Stopping, and keeping the graph ... / Menyimpan graf, lalu berhenti ..."
ENDED: Final = "The server ended by itself. / Neo4j berhenti sendiri."


def password(home: Path) -> str:
    """The home's password, made at random for a new home and kept where only its owner reads it.

    Raises:
        ServerFailed: the home holds a graph, and its password is gone.
    """
    file = home / "password"
    if file.exists():
        return file.read_text(encoding="utf-8").strip()
    if (home / "data" / "databases").exists():
        raise ServerFailed(LOST.format(home=near(home), file=near(file)))
    made = secrets.token_urlsafe(24)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as kept:
        kept.write(made + "\n")
    return made


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """The home is made if it is new, and ours until we end.

    Raises:
        ServerFailed: another process has it.
    """
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (home / "lock").open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ServerFailed(BUSY.format(home=near(home))) from None
        yield


def near(path: Path) -> Path:
    """A path as the reader types it, from the checkout if it lies there."""
    return path.relative_to(ROOT) if path.is_relative_to(ROOT) else path


def serve(home: Path, port: int) -> int:
    """Run the server until it is told to stop; returns the exit code."""
    if not is_free(port):
        raise ServerFailed(TAKEN.format(port=port, host=HOST))
    began = time.monotonic()
    with (
        alone(home),
        Server.start(home, port, password(home), heap=LARGE_HEAP, options=LASTING) as server,
    ):
        seconds, file = time.monotonic() - began, near(home / "password")
        said = READY.format(host=HOST, port=port, seconds=seconds, home=near(home), file=file)
        print(said, flush=True)
        try:
            server.process.wait()
        except KeyboardInterrupt:
            print(STOPPING, flush=True)
            return 0
    print(f"{ENDED}\n{tail(home)}", file=sys.stderr)
    return 1


def interrupt(number: int, frame: FrameType | None) -> None:
    """Whatever ends us politely ends the server in order."""
    raise KeyboardInterrupt


def main() -> int:
    """Read the command line and serve."""
    reader = argparse.ArgumentParser(prog="make neo4j", description=__doc__)
    reader.add_argument("--home", type=Path, default=HOME, help="where the graph is kept")
    reader.add_argument("--port", type=int, default=PORT, help="the Bolt port on 127.0.0.1")
    asked = reader.parse_args()
    for end in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):  # a shell may have them ignored
        signal.signal(end, interrupt)
    try:
        return serve(asked.home.resolve(), asked.port)
    except (NoNeo4j, ServerFailed) as why:
        print(why, file=sys.stderr)
    except KeyboardInterrupt:  # before it answered
        return 0
    return 1


if __name__ == "__main__":
    sys.exit(main())
