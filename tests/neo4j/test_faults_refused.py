"""What is told, in both languages, of a server that cannot be used as it is."""

from __future__ import annotations

import signal
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from explorer.i18n import LANGUAGES, has
from graph_loader.errors import StoreRefused
from graph_loader.reference import data_folder
from graph_loader.store.neo4j_errors import BY_CODE
from graph_loader.store.neo4j_server import Server as Asked
from tests.alone import alone
from tests.neo4j.address import Address
from tests.neo4j.faults import Told, access, fill, in_both, opened, pages, told
from tests.neo4j.home import HOST, free_port
from tests.neo4j.server import Server

__all__ = ["told"]

PASSWORD = "a-password-of-this-test"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_whatever_a_server_may_say_has_a_sentence_and_a_hint(lang: str) -> None:
    keys = {f"error.{code}{part}" for _, code in BY_CODE.values() for part in ("", ".hint")}
    assert sorted(key for key in keys if not has(lang, key)) == []


# by a server that is there


def test_a_wrong_password(neo4j_server: Address, told: Told) -> None:
    env = neo4j_server.environment | {"SIMPUL_NEO4J_PASSWORD": PASSWORD}
    said, sagt = in_both(told, "status", **env)
    assert "does not accept the user neo4j with this password" in said
    assert "menolak pengguna neo4j" in sagt
    assert PASSWORD not in said + sagt


def test_an_unknown_database(neo4j_server: Address, told: Told) -> None:
    said, sagt = in_both(told, "status", SIMPUL_NEO4J_DATABASE="nosuch", **neo4j_server.environment)
    assert "no database named nosuch" in said
    assert "tidak ada basis data bernama nosuch" in sagt


def test_the_servers_own_database(neo4j_server: Address, told: Told) -> None:
    said, _ = in_both(told, "status", SIMPUL_NEO4J_DATABASE="system", **neo4j_server.environment)
    assert "takes no agreements" in said


def test_a_password_that_must_be_changed_first(neo4j_server: Address, told: Told) -> None:
    env = neo4j_server.environment
    env |= {"SIMPUL_NEO4J_USER": "clerk", "SIMPUL_NEO4J_PASSWORD": PASSWORD}
    with neo4j_server.driver() as driver:
        driver.execute_query(f"CREATE USER clerk SET PASSWORD '{PASSWORD}'", database_="system")
        try:
            said, _ = in_both(told, "status", **env)
        finally:
            driver.execute_query("DROP USER clerk", database_="system")
    assert "clerk must choose a new password" in said


@pytest.mark.alone  # because who agrees on no encryption in time is told that nobody answers
@pytest.mark.parametrize("scheme", ["bolt+s", "bolt+ssc", "neo4j+s", "neo4j+ssc"])
def test_a_server_without_encryption(neo4j_server: Address, told: Told, scheme: str) -> None:
    env = neo4j_server.environment
    env["SIMPUL_STORE"] = env["SIMPUL_STORE"].replace("bolt", scheme)
    said, _ = in_both(told, "status", **env)
    assert "does not take part in an encrypted connection" in said
    assert "+s" in said


def test_an_address_of_a_cluster_works_for_one_server(neo4j_address: Address) -> None:
    routed = replace(neo4j_address, uri=neo4j_address.uri.replace("bolt", "neo4j"))
    fill(routed)
    with opened(routed) as store:
        assert store.scan(lambda scan: len(list(scan.agreements()))) == 5


def test_a_statement_that_is_wrong_is_a_defect_and_no_sentence(neo4j_server: Address) -> None:
    with (
        closing(Asked(neo4j_server.uri, access(neo4j_server))) as asked,
        pytest.raises(Exception, match=r"SyntaxError") as error,
    ):
        asked.read(("NO STATEMENT", {}))
    assert type(error.value).__name__ == "CypherSyntaxError"


# by something else, or by nobody


@contextmanager
def listening(reply: bytes) -> Iterator[int]:
    """A port where everybody is answered so, and with nothing else."""
    with socket.create_server((HOST, free_port())) as door:

        def serve() -> None:
            while True:
                try:
                    visitor, _ = door.accept()
                except OSError:
                    return
                visitors.append(visitor)
                if reply:
                    visitor.sendall(reply)

        visitors: list[socket.socket] = []
        thread = threading.Thread(target=serve)
        thread.start()
        yield door.getsockname()[1]
        door.shutdown(socket.SHUT_RDWR)
        thread.join()
        for visitor in visitors:
            visitor.close()


def place(port: int, scheme: str = "bolt") -> dict[str, str]:
    return {"SIMPUL_STORE": f"{scheme}://{HOST}:{port}", "SIMPUL_NEO4J_PASSWORD": PASSWORD}


@pytest.mark.parametrize("reply", ["00000404", "00000104"])
@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_a_server_that_is_too_old(told: Told, reply: str, scheme: str) -> None:
    """Its first four bytes are those of a Neo4j 4.4 or 4.1, which is all the driver lets it say."""
    with listening(bytes.fromhex(reply)) as port:
        said, sagt = in_both(told, "status", **place(port, scheme))
    assert "The server is Neo4j " in said
    assert "4.4; Simpul needs Neo4j 5 or newer" in said
    assert "Neo4j 5" in sagt


def test_silence_on_the_port(told: Told) -> None:
    with listening(b"") as port:
        said, _ = in_both(told, "status", **place(port))
    assert "does not answer" in said


@pytest.mark.parametrize(
    ("scheme", "words"), [("bolt", "does not answer"), ("bolt+s", "encrypted connection")]
)
def test_a_web_server_on_the_port(told: Told, scheme: str, words: str) -> None:
    class Silent(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

    with HTTPServer((HOST, free_port()), Silent) as web:
        thread = threading.Thread(target=web.serve_forever, args=(0.05,))
        thread.start()
        said, _ = in_both(told, "status", **place(web.server_port, scheme))
        web.shutdown()
        thread.join()
    assert words in said


def test_nobody_at_the_port(told: Told) -> None:
    for words in (("status",), ("load",)):
        said, _ = in_both(told, *words, **place(free_port()))
        assert "does not answer" in said


@pytest.mark.parametrize("host", ["no-such-host.invalid", "a" * 300, "-x-"])
@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_a_host_that_is_not_known(told: Told, scheme: str, host: str) -> None:
    env = {"SIMPUL_STORE": f"{scheme}://{host}:7687", "SIMPUL_NEO4J_PASSWORD": PASSWORD}
    said, _ = in_both(told, "status", **env)
    assert "does not answer" in said
    assert "right address" in said


@pytest.mark.parametrize(
    "address",
    ["bolt://h:0", "bolt://h:65536", "bolt://h:-1", "bolt://h:x", "bolt://", "bolt://[::1",
     "bolt://h:7687/database", "bolt://h:7687?policy=x", "neo4j://h/#x", "bolt:h"],
)  # fmt: skip
def test_an_address_that_cannot_be_one(told: Told, address: str) -> None:
    said, _ = in_both(told, "status", SIMPUL_STORE=address, SIMPUL_NEO4J_PASSWORD=PASSWORD)
    assert f"The store address {address} is not known" in said


# while pages are served


def test_a_password_that_is_changed_while_pages_are_served(neo4j_address: Address) -> None:
    fill(neo4j_address)
    with neo4j_address.driver() as driver:
        make = f"CREATE USER reader SET PASSWORD '{PASSWORD}' CHANGE NOT REQUIRED"
        driver.execute_query(make, database_="system")
        try:
            with pages(replace(neo4j_address, user="reader", password=PASSWORD)) as app:
                client = app.test_client()
                assert client.get("/perjanjian").status_code == 200
                driver.execute_query("DROP USER reader", database_="system")
                _cut_off(neo4j_address)
                answer = client.get("/en/perjanjian")
                assert answer.status_code == 503
                assert "reader" not in answer.text
                assert neo4j_address.uri not in answer.text
                driver.execute_query(make, database_="system")
                assert client.get("/perjanjian").status_code == 200
        finally:
            driver.execute_query("DROP USER reader IF EXISTS", database_="system")


def _cut_off(address: Address) -> None:
    """End all of Simpul's connections on the server, as an operator may."""
    with address.driver() as driver:
        driver.execute_query(
            "CALL dbms.listConnections() YIELD connectionId, userAgent WHERE userAgent = 'simpul'"
            " WITH collect(connectionId) AS ids CALL dbms.killConnections(ids) YIELD message"
            " RETURN count(*)"
        )


def reopened(server: Server, read_only: bool) -> None:
    """Ended in order, because a database that must be mended first cannot be read-only."""
    server.process.end(signal.SIGTERM)
    server.restart({"server.databases.default_to_read_only": str(read_only).lower()})


@pytest.fixture
def load(tmp_path: Path) -> tuple[str, ...]:
    """The words that load two rows."""
    rows = (data_folder() / "agreements.csv").read_text().splitlines(keepends=True)[:3]
    (tmp_path / "rows.csv").write_text("".join(rows))
    return ("load", str(tmp_path / "rows.csv"), "--source", "biro")


@pytest.mark.soak
def test_a_server_that_is_read_only_and_empty(
    server: Server, told: Told, load: tuple[str, ...]
) -> None:
    server.address.wipe(schema=True)
    reopened(server, read_only=True)
    for words in (("status",), load):
        said, sagt = in_both(told, *words, **server.address.environment)
        assert "nothing can be stored there" in said
        assert "server.databases.default_to_read_only" in said
        assert "tidak ada yang dapat disimpan" in sagt


@pytest.mark.slow
@pytest.mark.usefixtures("patient")  # because it has just been started
def test_a_server_that_is_read_only_is_read(
    server: Server, told: Told, load: tuple[str, ...]
) -> None:
    server.address.wipe()
    fill(server.address)
    reopened(server, read_only=True)
    with pages(server.address) as app:
        for page in ("/perjanjian", "/jaringan", "/readyz"):
            assert app.test_client().get(page).status_code == 200
    with opened(server.address) as store:
        assert store.scan(lambda scan: len(list(scan.agreements()))) == 5
    said, sagt = in_both(told, *load, **server.address.environment)
    assert "nothing can be stored there" in said
    assert "server.databases.default_to_read_only" in said
    assert "tidak ada yang dapat disimpan" in sagt


@pytest.mark.slow
def test_certificates(server: Server, told: Told, request: pytest.FixtureRequest) -> None:
    """One that the server signed itself is refused by +s, and accepted by +ssc."""
    _sign(server.home / "certificates")
    server.restart({
        "dbms.ssl.policy.bolt.enabled": "true",
        "dbms.ssl.policy.bolt.base_directory": str(server.home / "certificates"),
        "dbms.ssl.policy.bolt.client_auth": "NONE",
        "server.bolt.tls_level": "OPTIONAL",  # so that the fixture's own driver is let in
    })  # fmt: skip
    with alone(request.config):  # as above
        for scheme in ("bolt+s", "neo4j+s"):
            env = server.address.environment
            env["SIMPUL_STORE"] = env["SIMPUL_STORE"].replace("bolt", scheme)
            said, sagt = in_both(told, "status", **env)
            assert "failed because of its certificate (self-signed certificate)" in said
            assert "use +ssc" in said
            assert "sertifikat" in sagt
            signed = replace(server.address, uri=env["SIMPUL_STORE"])
            with pytest.raises(StoreRefused), pages(signed):
                pass
        for scheme in ("bolt+ssc", "neo4j+ssc"):
            fill(replace(server.address, uri=server.uri.replace("bolt", scheme)))


def _sign(folder: Path) -> None:
    folder.mkdir()
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
         f"/CN={HOST}", "-addext", f"subjectAltName=IP:{HOST}",
         "-keyout", folder / "private.key", "-out", folder / "public.crt"],
        check=True, capture_output=True,
    )  # fmt: skip
