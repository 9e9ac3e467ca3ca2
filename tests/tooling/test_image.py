"""The image's own start command and health check, run as they stand in the Dockerfile."""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest

from tests.neo4j.home import free_port
from tests.tooling.checkout import ROOT

PATIENCE: Final = 120  # seconds; because the first start loads the shipped rows on busy cores
BREATH: Final = 0.2  # seconds between two health checks
DOCKERFILE: Final = re.sub(r"\\\n\s*", "", (ROOT / "Dockerfile").read_text())
LAST_STAGE: Final = DOCKERFILE.rsplit("\nFROM ", 1)[1]


def words(instruction: str) -> list[str]:
    """The command of CMD or HEALTHCHECK, in its exec form."""
    (line,) = re.findall(rf"^{instruction}(.*)$", LAST_STAGE, re.MULTILINE)
    command = json.loads(line[line.index("[") :])
    assert isinstance(command, list)
    return command


def environment() -> dict[str, str]:
    """What the image sets for Simpul."""
    (line,) = re.findall(r"^ENV (.*)$", LAST_STAGE, re.MULTILINE)
    pairs = (word.split("=", 1) for word in shlex.split(line))
    return {name: value for name, value in pairs if name != "PATH"}


class Container:
    """A folder with the image's programs and environment, and a store and a port of its own."""

    def __init__(self, home: Path, base_path: str) -> None:
        programs = home / "bin"
        programs.mkdir()
        for name, call in (("simpul", " -m explorer.cli"), ("python", "")):
            (programs / name).write_text(f'#!/bin/sh\nexec "{sys.executable}"{call} "$@"\n')
            (programs / name).chmod(0o755)
        self.home = home
        kept = {n: v for n, v in os.environ.items() if not n.startswith("SIMPUL_")}
        self.environment = kept | environment() | {
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "SIMPUL_STORE": f"sqlite:{home / 'simpul.db'}",
            "SIMPUL_HOST": "127.0.0.1",
            "SIMPUL_PORT": str(free_port()),
            "SIMPUL_BASE_PATH": base_path,
            "HTTP_PROXY": "http://127.0.0.1:9",  # as Docker's own settings may hand on
            "http_proxy": "http://127.0.0.1:9",
        }  # fmt: skip

    def healthy(self, **other: str) -> bool:
        """Run the health check once, with these variables changed."""
        done = subprocess.run(
            words("HEALTHCHECK"), cwd=self.home, env=self.environment | other,
            capture_output=True, timeout=PATIENCE,
        )  # fmt: skip
        return done.returncode == 0

    @contextmanager
    def started(self) -> Iterator[subprocess.Popen[bytes]]:
        """The start command, running."""
        with subprocess.Popen(words("CMD"), cwd=self.home, env=self.environment) as process:
            try:
                yield process
            finally:
                process.kill()


@pytest.mark.slow
@pytest.mark.parametrize("base_path", ["", "/simpul"])
def test_the_start_command_becomes_healthy_and_stops_when_told(
    base_path: str, tmp_path: Path
) -> None:
    container = Container(tmp_path, base_path)
    assert not container.healthy()  # nobody is there yet
    with container.started() as process:
        deadline = time.monotonic() + PATIENCE
        while not container.healthy():
            assert process.poll() is None, "it ended while it started"
            assert time.monotonic() < deadline
            time.sleep(BREATH)
        assert (tmp_path / "simpul.db").stat().st_size > 0
        assert not container.healthy(SIMPUL_BASE_PATH="/elsewhere")
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) in (0, -signal.SIGTERM, 128 + signal.SIGTERM)
    assert not container.healthy()


def test_the_health_check_gives_up_before_docker_does() -> None:
    (limit,) = re.findall(r"^HEALTHCHECK .*--timeout=(\d+)s", LAST_STAGE, re.MULTILINE)
    (patience,) = re.findall(r"timeout=(\d+)\)", words("HEALTHCHECK")[-1])
    assert int(patience) < int(limit)


def test_the_image_listens_on_the_port_it_exposes() -> None:
    assert (
        environment()["SIMPUL_PORT"] == re.findall(r"^EXPOSE (\d+)$", LAST_STAGE, re.MULTILINE)[0]
    )
    assert environment()["SIMPUL_HOST"] == "0.0.0.0"


def test_the_container_runs_as_nobody_special() -> None:
    assert re.search(r"^USER (?!root|0)\w+$", LAST_STAGE, re.MULTILINE)


def test_every_base_is_pinned_to_a_patch() -> None:
    bases = re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
    assert len(bases) == 2
    assert all(re.fullmatch(r"python:3\.\d+\.\d+-slim-\w+", base) for base in bases)
    assert len(set(bases)) == 1


def test_the_libraries_come_from_the_lock_with_their_hashes() -> None:
    installs = re.findall(r"pip install ([^\n]*)", DOCKERFILE)
    assert installs == [
        "--require-hashes -r requirements.lock",
        "--no-deps --no-build-isolation .",
    ]


def test_the_container_is_given_every_file_the_wheel_needs() -> None:
    let_in = (ROOT / ".dockerignore").read_text().splitlines()
    for name in ("graph_loader", "explorer", "templates", "data", "README.md", "NOTICE"):
        assert re.search(rf"^COPY .*\b{re.escape(name)}\b", DOCKERFILE, re.MULTILINE), name
        assert f"!{name}" in let_in
