"""A server of ours comes up with a password, survives what tests do to it, and leaves nothing."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, LiteralString

import psutil
import pytest
from neo4j import Driver, Result, Session
from neo4j.exceptions import AuthError, DriverError, Neo4jError

from tests.neo4j.address import Address
from tests.neo4j.server import Server, ServerFailed
from tests.neo4j.shared import given, wipe


def count(address: Address) -> int:
    with address.driver() as driver:
        found = driver.execute_query("MATCH (n) RETURN count(n) AS n").records[0]["n"]
        assert isinstance(found, int)
        return found


def write(address: Address, how_many: int) -> None:
    with address.driver() as driver:
        driver.execute_query("UNWIND range(1, $n) AS n CREATE (:Party {id: n})", n=how_many)


def test_a_wrong_password_is_refused(neo4j_server: Address) -> None:
    with neo4j_server.driver("not the password") as driver, pytest.raises(AuthError):
        driver.execute_query("RETURN 1")


def test_the_fixture_gives_an_empty_database(neo4j_address: Address) -> None:
    assert count(neo4j_address) == 0
    write(neo4j_address, 25_000)  # more than one batch
    assert count(neo4j_address) == 25_000
    assert count(wipe()) == 0


def test_wiping_the_schema_leaves_neither_constraint_nor_index(neo4j_address: Address) -> None:
    with neo4j_address.driver() as driver:
        driver.execute_query("CREATE CONSTRAINT c FOR (p:Made) REQUIRE p.id IS UNIQUE")
        driver.execute_query("CREATE FULLTEXT INDEX f FOR (p:Made) ON EACH [p.name]")
        wipe(neo4j_address)
        assert {"c", "f"} <= indexes(driver)
        wipe(neo4j_address, schema=True)
        assert not {"c", "f"} & indexes(driver)


def indexes(driver: Driver) -> set[str]:
    return {row["name"] for row in driver.execute_query("SHOW INDEXES YIELD name").records}


def test_a_small_graph_is_wiped_by_one_statement(
    neo4j_address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Because it is done for each of many examples."""
    write(neo4j_address, 50)
    run, said = Session.run, list[object]()

    def noted(session: Session, query: LiteralString, *args: Any, **params: Any) -> Result:
        said.append(query)
        return run(session, query, *args, **params)

    monkeypatch.setattr(Session, "run", noted)
    wipe(neo4j_address)
    assert len(said) == 1


def test_only_this_machine_is_answered(server: Server) -> None:
    listening = {
        (c.laddr.ip.removeprefix("::ffff:"), c.laddr.port)
        for c in psutil.Process(server.pid).net_connections()
        if c.status == psutil.CONN_LISTEN
    }
    assert listening == {("127.0.0.1", server.port)}


def test_what_was_written_and_the_port_survive_a_kill(server: Server) -> None:
    wipe(server.address)
    with server.address.driver() as lingering:
        lingering.execute_query("CREATE (:Party {id: 1})")
        pid, uri = server.pid, server.uri
        server.kill()
        assert not server.running
        with pytest.raises((DriverError, Neo4jError)):
            lingering.execute_query("RETURN 1")
        server.restart({"server.databases.default_to_read_only": "true"})
        assert server.pid != pid
        assert server.uri == uri
        assert lingering.execute_query("MATCH (p:Party) RETURN p.id AS id").records[0]["id"] == 1
        with pytest.raises(Neo4jError, match="read-only"):  # as it was restarted
            lingering.execute_query("CREATE (:Party {id: 2})")


def test_a_given_server_is_not_wiped_when_it_holds_something(server: Server) -> None:
    names = ("URI", "USER", "PASSWORD")
    values = (server.uri, server.user, server.password)
    environment = {f"SIMPUL_TEST_NEO4J_{n}": v for n, v in zip(names, values, strict=True)}
    wipe(server.address)
    assert given(environment) == server.address
    write(server.address, 1)
    with pytest.raises(ValueError, match="not empty"):
        given(environment)
    assert count(server.address) == 1
    assert given({}) is None


def test_a_frozen_server_says_nothing_and_goes_on_when_thawed(server: Server) -> None:
    server.freeze()
    try:
        assert psutil.Process(server.pid).status() == psutil.STATUS_STOPPED
        with socket.create_connection(("127.0.0.1", server.port), 1) as held:
            held.settimeout(0.5)
            held.sendall(bytes.fromhex("6060b017 00000405 00000004 00000000 00000000"))
            with pytest.raises(TimeoutError):
                held.recv(1)
            server.thaw()
            held.settimeout(10)
            assert held.recv(4)
    finally:
        server.thaw()
    assert server.address.answers()


def test_a_frozen_server_can_be_killed(server: Server) -> None:
    pid = server.pid
    server.freeze()
    server.kill()
    assert not psutil.pid_exists(pid)


def test_nothing_is_left_of_a_stopped_server(server: Server) -> None:
    pid, home, port = server.pid, server.home, server.port
    server.stop()
    assert not psutil.pid_exists(pid)
    assert not home.exists()
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", port), 1)
    with pytest.raises(ServerFailed, match="does not run"):
        server.freeze()


OWNER = """
import time
from tests.neo4j.server import Server
server = Server.start()
print(server.pid, server.home, flush=True)
time.sleep(600)
"""


@pytest.mark.usefixtures("neo4j_can_start")
def test_a_server_does_not_outlive_a_killed_owner() -> None:
    owner = subprocess.Popen([sys.executable, "-c", OWNER], stdout=subprocess.PIPE, text=True)
    assert owner.stdout
    with owner, owner.stdout:
        pid, home = owner.stdout.readline().split()
        assert psutil.pid_exists(int(pid))
        owner.kill()
    psutil.wait_procs([psutil.Process(int(pid))] if psutil.pid_exists(int(pid)) else [], 10)
    assert not psutil.pid_exists(int(pid))
    deadline = time.monotonic() + 10
    while Path(home).exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not Path(home).exists()


@pytest.mark.usefixtures("neo4j_can_start")
def test_a_taken_port_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(ServerFailed, match=f"port {port} .* taken"):
            Server.start(home=tmp_path, port=port)


@pytest.mark.usefixtures("neo4j_can_start")
def test_a_server_that_ends_while_it_starts_shows_its_own_words() -> None:
    with pytest.raises(ServerFailed, match=r"(?s)ended while it started.*no\.such"):
        Server.start(conf={"no.such.setting": "1"})
