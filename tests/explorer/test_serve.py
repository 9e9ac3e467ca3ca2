"""`simpul serve` as a person starts it: with a store, before it, and with a wrong password."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from time import monotonic
from typing import IO, Final
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from graph_loader.load import is_bare, load_reference
from graph_loader.store.open import open_store
from tests.alone import alone
from tests.neo4j.address import Address
from tests.neo4j.home import HOST, free_port
from tests.neo4j.server import Server

PATIENCE: Final = 180.0  # seconds; because a machine under load starts slowly
DUE: Final = 2.0  # seconds: what a reader is promised while the store is away
PASSWORD: Final = "a-password-of-this-test"
_LISTENING: Final = re.compile(r"http://[\d.]+:\d+/")


@dataclass
class Served:
    """A process that serves: its address, and what it has said on stderr so far."""

    process: subprocess.Popen[str]
    address: str = ""
    said: list[str] = field(default_factory=list)

    def get(self, path: str) -> tuple[int, str, float]:
        """(status, page, seconds)"""
        began = monotonic()
        try:
            with urlopen(self.address + path.lstrip("/"), timeout=PATIENCE) as answer:
                status, text = answer.status, answer.read().decode()
        except HTTPError as error:
            with error:
                status, text = error.code, error.read().decode()
        return status, text, monotonic() - began

    def until(self, path: str, words: str) -> str:
        """The page, once it is there and holds these words."""
        end = monotonic() + PATIENCE
        while monotonic() < end:
            status, text, _ = self.get(path)
            if status == 200 and words in text:
                return text
            Event().wait(0.2)
        pytest.fail(f"{path} never said {words}; the last answer: {status}\n{''.join(self.said)}")


def environment(**settings: str) -> dict[str, str]:
    """This process's own, with these settings of Simpul and no others."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SIMPUL_")}
    return kept | settings | {"PYTHONUNBUFFERED": "1", "SIMPUL_TODAY": "2026-11-25"}


SIMPUL: Final = ("-m", "explorer.cli")
# `select` knows 1,024 files
FILES_OPEN: Final = """
import os, resource, sys
from explorer.cli import main
soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 2_000), hard))
files = [os.dup(1) for _ in range(1_100)]
main(sys.argv[1:])
"""


@contextmanager
def serving(
    *words: str, env: Mapping[str, str], program: Sequence[str] = SIMPUL
) -> Iterator[Served]:
    """`simpul serve` on a free port, until the block ends."""
    command = [sys.executable, *program, "serve", "--port", "0", "--lang", "en", *words]
    with subprocess.Popen(
        command, env=dict(env), text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        served = Served(process)
        assert process.stdout is not None
        assert process.stderr is not None
        listener = Thread(target=_listen, args=(process.stderr, served.said))
        listener.start()
        try:
            found = next(filter(None, map(_LISTENING.search, process.stdout)), None)
            assert found, "it ended before it listened:\n" + "".join(served.said)
            served.address = found[0]
            yield served
        finally:
            process.terminate()
            process.wait(PATIENCE)
            listener.join()


def _listen(stream: IO[str], said: list[str]) -> None:
    said.extend(stream)


def test_a_store_without_a_register_is_filled_and_no_other(tmp_path: Path) -> None:
    address = f"sqlite:{tmp_path / 'own.db'}"
    with closing(open_store(address)) as store:
        assert is_bare(store)
        load_reference(store)
        assert is_bare(store)
    with serving("--load-if-empty", env=environment(SIMPUL_STORE=address)) as served:
        assert "609 agreements" in served.until("/en", "609 agreements")
        assert served.get("/readyz")[:2] == (200, '{"status":"ready","version":3}\n')
    with closing(open_store(address)) as store:
        assert not is_bare(store)
        loads = store.loads().total
    with serving("--load-if-empty", env=environment(SIMPUL_STORE=address)) as served:
        served.until("/en", "609 agreements")
    with closing(open_store(address)) as store:
        assert store.loads().total == loads


def test_a_process_with_many_files_open_serves(tmp_path: Path) -> None:
    """A socket past the 1,024th file is looked at like any other."""
    env = environment(SIMPUL_STORE=f"sqlite:{tmp_path / 'own.db'}")
    with serving(env=env, program=("-c", FILES_OPEN)) as served:
        assert served.get("/healthz")[0] == 200


@pytest.mark.alone
def test_without_its_store_it_says_so_and_serves_a_page_that_says_so() -> None:
    place = f"bolt://{HOST}:{free_port()}"
    env = environment(SIMPUL_STORE=place, SIMPUL_NEO4J_PASSWORD=PASSWORD)
    with serving(env=env) as served:
        for path in ("/", "/en", "/jaringan", "/api/v1/network"):
            status, text, seconds = served.get(path)
            assert (status, seconds < DUE) == (503, True), path
            assert place not in text
        assert served.get("/healthz")[0] == 200
        assert served.get("/readyz")[:2] == (503, '{"status":"unavailable","version":null}\n')
    said = "".join(served.said)
    assert said.startswith(f"The database at {place} does not answer.\n")
    assert "The pages are served all the same" in said
    assert "Traceback" not in said
    assert PASSWORD not in said


def assert_a_wrong_password_starts_nothing(address: Address) -> None:
    wrong = "a-wrong-password"
    env = environment(**address.environment | {"SIMPUL_NEO4J_PASSWORD": wrong})
    command = [sys.executable, "-m", "explorer.cli", "serve", "--port", "0", "--lang", "en"]
    ended = subprocess.run(command, env=env, capture_output=True, text=True, timeout=PATIENCE)
    assert ended.returncode == 2
    assert "does not accept the user neo4j with this password" in ended.stderr
    assert "SIMPUL_NEO4J_PASSWORD" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert wrong not in ended.stderr


def test_when_its_store_comes_it_is_filled_and_shown_without_anybody_doing_anything(
    neo4j_can_start: None, request: pytest.FixtureRequest
) -> None:
    port = free_port()
    env = environment(SIMPUL_STORE=f"bolt://{HOST}:{port}", SIMPUL_NEO4J_PASSWORD=PASSWORD)
    with serving("--load-if-empty", env=env) as served:
        assert served.get("/en")[0] == 503
        with Server.start(port=port, password=PASSWORD) as server:
            assert_a_wrong_password_starts_nothing(server.address)
            served.until("/en", "609 agreements")
            served.until("/en/jaringan", "agreements join")
            with alone(request.config):
                server.kill()
                status, text, seconds = served.get("/en/jaringan")
            assert (status, seconds < DUE) == (200, True)
            assert "The database does not answer. What you see is version 3 of the data." in text
            assert served.get("/en/perjanjian")[0] == 503
            server.restart()
            assert "does not answer" not in served.until("/en/perjanjian", "609 agreements")
    assert "The shipped rows are loaded as soon as it answers.\n" in served.said
    assert "Traceback" not in "".join(served.said)
