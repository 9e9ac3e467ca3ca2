"""A server's home: its folders, its settings, and the port that it answers on."""

from __future__ import annotations

import random
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Final

HOST: Final = "127.0.0.1"  # nobody outside this machine is answered
FOLDERS: Final = ("conf", "data", "logs", "import", "plugins", "run")
# Below what Linux and macOS hand out to connecting clients, because a client that knocks at a dead
# server's port must neither take that port nor, on the loopback, connect to itself.
PORTS: Final = range(20_000, 32_000)
TRIES: Final = 100

SETTINGS: Final[Mapping[str, str]] = {
    "server.default_listen_address": HOST,
    "server.http.enabled": "false",
    "server.https.enabled": "false",
    "dbms.usage_report.enabled": "false",
    "dbms.security.auth_enabled": "true",
    # because the graphs here are small, and the machine is shared with a browser and the tests
    "server.memory.pagecache.size": "64m",
    # because a log that is made large in advance costs 256 MB of disk for each of two databases
    "db.tx_log.preallocate": "false",
    # because the databases are closed by then: an orderly stop took 0.2 s with it, 5.1 s without
    "internal.server.bolt.thread_pool_shutdown_wait_time": "0s",
}


def prepare(home: Path, port: int, more: Mapping[str, str]) -> None:
    """Make the folders and write the settings; what `more` says comes before what stands above."""
    for name in FOLDERS:
        (home / name).mkdir(parents=True, exist_ok=True)
    bolt = f"{HOST}:{port}"
    addresses = {"server.bolt.listen_address": bolt, "server.bolt.advertised_address": bolt}
    settings = {**SETTINGS, **addresses, **more}
    lines = [f"{name}={value}\n" for name, value in settings.items()]
    (home / "conf" / "neo4j.conf").write_text("".join(lines), encoding="utf-8")


def is_free(port: int) -> bool:
    """Whether a server could listen on the port now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server itself does
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """A port that nobody listens on, and that no connecting client is given."""
    for _ in range(TRIES):
        if is_free(port := random.choice(PORTS)):
            return port
    raise OSError(f"no free port among {TRIES} tried from {PORTS.start} to {PORTS.stop}")
