"""`make neo4j` as a person meets it, and what she reads when something is missing."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest

from tests.neo4j.address import Address
from tests.neo4j.home import free_port
from tests.neo4j.jars import ROOT
from tests.neo4j.server import Server

PATIENCE: Final = 120  # seconds; because a start on a loaded machine may take many
INSTALLER: Final = ROOT / "tests" / "tooling" / "install_java.sh"


def begin(home: Path, port: int) -> subprocess.Popen[str]:
    words = ["-m", "tests.neo4j", "--home", str(home), "--port", str(port)]
    return subprocess.Popen(
        [sys.executable, *words], cwd=ROOT, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


@contextmanager
def served(home: Path, port: int) -> Iterator[str]:
    """What a person reads until the server is ready; at the end she types Ctrl-C."""
    with begin(home, port) as server:
        assert server.stdout
        said = ""
        for line in server.stdout:
            said += line
            if line.strip() == "make run":
                break
        try:
            yield said
        finally:
            server.send_signal(signal.SIGINT)
            rest = server.stdout.read()
            code = server.wait(PATIENCE)
    assert code == 0, said + rest
    assert "Traceback" not in rest


def refused(home: Path, port: int) -> str:
    """What a person reads when no server is started."""
    with begin(home, port) as server:
        said, _ = server.communicate(timeout=PATIENCE)
    assert server.returncode == 1, said
    assert "Traceback" not in said
    return said


def exported(said: str) -> dict[str, str]:
    lines = [line.split() for line in said.splitlines()]
    return dict(words[1].split("=", 1) for words in lines if words[:1] == ["export"])


def restarted(home: Path, port: int, password: str) -> list[object]:
    """The names of the parties that another start finds."""
    with Server.start(home, port, password) as server:
        with server.address.driver() as driver:
            found = driver.execute_query("MATCH (p:Party) RETURN p.name AS name")
        names = [row["name"] for row in found.records]
        server.kill()
    return names


@pytest.mark.slow
@pytest.mark.usefixtures("neo4j_can_start")
def test_what_is_printed_leads_to_the_server_and_the_graph_is_kept(tmp_path: Path) -> None:
    home, port = tmp_path / "graph", free_port()
    with served(home, port) as said:
        settings = exported(said)
        assert settings["SIMPUL_STORE"] == f"bolt://127.0.0.1:{port}"
        file = Path(settings["SIMPUL_NEO4J_PASSWORD_FILE"])
        assert file.stat().st_mode & 0o777 == 0o600
        password = file.read_text().strip()
        assert password not in said
        address = Address(settings["SIMPUL_STORE"], settings["SIMPUL_NEO4J_USER"], password)
        with address.driver() as driver:
            driver.execute_query("CREATE (:Party {name: 'Kabupaten Gresik'})")
        assert "still uses" in refused(home, free_port())
        assert f"Port {port}" in refused(home, port)
    assert restarted(home, port, password) == ["Kabupaten Gresik"]
    file.unlink()
    assert "password file" in refused(home, port)


@pytest.mark.usefixtures("neo4j_can_start")
def test_a_taken_port_is_told_in_both_languages(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        said = refused(tmp_path / "graph", other.getsockname()[1])
    assert "is taken" in said
    assert "sudah dipakai" in said


def bare(tmp_path: Path, *names: str) -> dict[str, str]:
    """An environment whose PATH holds these programs alone."""
    for name in names:
        found = shutil.which(name)
        assert found
        (tmp_path / name).symlink_to(found)
    left_out = ("CI", "JAVA_HOME", "SIMPUL_TEST_NEO4J_URI")
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    return kept | {"PATH": str(tmp_path)}


def asked(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """A run of the one test that asks for the shared server first."""
    test = "tests/neo4j/test_server.py::test_a_wrong_password_is_refused"
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", test],
        cwd=ROOT, env=environment, text=True, capture_output=True, timeout=PATIENCE,
    )  # fmt: skip


def test_without_java_the_tests_are_skipped_and_the_end_of_the_run_says_so(tmp_path: Path) -> None:
    done = asked(bare(tmp_path))
    assert done.returncode == 0
    assert "1 skipped" in done.stdout
    assert "the Neo4j tests did not run" in done.stdout
    assert "install_java.sh" in done.stdout


def test_without_java_continuous_integration_fails(tmp_path: Path) -> None:
    done = asked(bare(tmp_path) | {"CI": "true"})
    assert done.returncode == 1
    assert "does not allow" in done.stdout


@pytest.mark.parametrize("version", ["1.8.0_402", "11.0.22"])
def test_an_old_java_is_as_good_as_none(version: str, tmp_path: Path) -> None:
    environment = bare(tmp_path, "sh", "id", "cat")
    for name in ("java", "mvn"):
        (tmp_path / name).write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\"' >&2\n")
        (tmp_path / name).chmod(0o755)
    done = asked(environment)
    assert "1 skipped" in done.stdout
    assert f'is not Java 17 or newer; it says: openjdk version "{version}"' in done.stdout
    assert "needs Java 17 or newer" in installer(environment).stderr


def installer(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """The installer on a machine where it may not install anything."""
    shell = shutil.which("bash")
    assert shell
    return subprocess.run(
        [shell, str(INSTALLER)], env=environment, text=True, capture_output=True, timeout=PATIENCE
    )


def test_the_installer_says_how_when_it_may_not(tmp_path: Path) -> None:
    done = installer(bare(tmp_path, "id", "cat"))
    assert done.returncode == 1
    assert "default-jre-headless maven" in done.stderr


@pytest.mark.usefixtures("neo4j_can_start")
def test_the_installer_is_silent_when_all_is_there() -> None:
    done = subprocess.run([str(INSTALLER)], text=True, capture_output=True, timeout=PATIENCE)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


COPY: Final = """
import sys
from pathlib import Path
from tests.neo4j import jars
jars.CACHE = Path(sys.argv[1])
print(sum(1 for jar in jars.jars().glob("*.jar")))
"""


@pytest.mark.soak
@pytest.mark.usefixtures("neo4j_can_start")
def test_two_processes_may_fetch_the_jars_at_once(tmp_path: Path) -> None:
    words = [sys.executable, "-c", COPY, str(tmp_path)]
    both = [subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    counts = [int(copier.communicate(timeout=PATIENCE)[0]) for copier in both]
    assert counts[0] == counts[1] > 100
    assert sorted(path.name.partition("-")[0] for path in tmp_path.iterdir()) == ["lib", "lock"]
