"""Docker's own reader of docker-compose.yml agrees with ours; without that client nothing runs."""

from __future__ import annotations

import json
import os
import re
import subprocess
from typing import Final

from tests.tooling.checkout import ROOT
from tests.tooling.composed import PASSWORD, read

PATIENCE: Final = 60  # seconds; because two cores may be busy with other tests
_MINE: Final = re.compile("SIMPUL_|NEO4J_|APP_|COMPOSE_")


def docker_compose(*words: str, **given: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not _MINE.match(name)}
    return subprocess.run(
        ["docker", "compose", "--env-file", os.devnull, *words],
        cwd=ROOT, env=kept | given, capture_output=True, text=True, timeout=PATIENCE,
    )  # fmt: skip


def there() -> bool:
    try:
        return docker_compose("version").returncode == 0
    except OSError:
        return False


if there():

    def test_docker_reads_the_file_as_we_do() -> None:
        words = ["--profile", "browser", "config", "--format", "json"]
        done = docker_compose(*words, NEO4J_PASSWORD=PASSWORD)
        assert done.returncode == 0, done.stderr
        seen = json.loads(done.stdout)["services"]
        assert set(seen) == set(read({"NEO4J_PASSWORD": PASSWORD})["services"])
        opened = [(p["host_ip"], p["published"]) for s in seen.values() for p in s.get("ports", [])]
        assert sorted(opened) == [("127.0.0.1", port) for port in ("7474", "7687", "8000")]

    def test_docker_asks_for_the_password() -> None:
        done = docker_compose("config", "--quiet")
        assert done.returncode != 0
        assert "NEO4J_PASSWORD=… into the file .env" in done.stderr
