"""docker-compose.yml: valid, closed by default, and healthy only when it is."""

from __future__ import annotations

import json
import re
import socketserver
import subprocess
import threading
from pathlib import Path
from typing import Any, Final

import pytest
from jsonschema import Draft202012Validator

from tests.neo4j.address import Address
from tests.neo4j.home import free_port
from tests.tooling.checkout import ROOT, tracked
from tests.tooling.composed import PASSWORD, read

SCHEMA: Final = Path(__file__).with_name("compose-spec.json")
PATIENCE: Final = 60  # seconds; because two cores may be busy with other tests


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return read({"NEO4J_PASSWORD": PASSWORD})


@pytest.fixture(scope="module")
def services(compose: dict[str, Any]) -> dict[str, dict[str, Any]]:
    found = compose["services"]
    assert isinstance(found, dict)
    return found


def faults(document: object) -> list[str]:
    """What the specification's schema finds wrong, by place."""
    validator = Draft202012Validator(json.loads(SCHEMA.read_text()))
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(document)]


def test_the_file_is_what_the_specification_allows(compose: dict[str, Any]) -> None:
    assert faults(compose) == []


@pytest.mark.parametrize(
    "wrong", [{"port": ["80:80"]}, {"healthcheck": {"test": 7}}, {"profiles": "browser"}]
)
def test_the_specification_finds_a_mistake(wrong: dict[str, Any]) -> None:
    assert faults({"services": {"app": {"image": "x"} | wrong}})


# what is open --------------------------------------------------------------------------------


def ports(services: dict[str, dict[str, Any]], profile: str = "") -> list[str]:
    """The published ports of what starts with that profile."""
    started = (s for s in services.values() if profile in s.get("profiles", [profile]))
    return sorted(port for service in started for port in service.get("ports", []))


def test_by_default_only_the_pages_are_open_and_only_here(
    services: dict[str, dict[str, Any]],
) -> None:
    assert ports(services) == ["127.0.0.1:8000:8000"]
    assert services["app"]["environment"]["SIMPUL_HOST"] == "0.0.0.0"  # its own network's
    assert services["app"]["environment"]["SIMPUL_PORT"] == "8000"


def test_the_browser_profile_opens_the_two_ports_it_needs_and_only_here(
    services: dict[str, dict[str, Any]],
) -> None:
    opened = set(ports(services, "browser")) - set(ports(services))
    assert opened == {"127.0.0.1:7474:7474", "127.0.0.1:7687:7687"}
    forwarders = [s for s in services.values() if s.get("profiles") == ["browser"]]
    for forwarder in forwarders:
        listens, asks = forwarder["command"].split()
        (published,) = forwarder["ports"]
        port = published.rsplit(":", 1)[1]
        assert listens.startswith(f"TCP-LISTEN:{port},")
        assert asks == f"TCP:neo4j:{port}"


def test_the_database_reaches_nobody_outside(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert services["neo4j"]["networks"] == ["database"]
    assert compose["networks"]["database"]["internal"] is True
    for service in services.values():  # the others reach it, and may be reached
        assert "database" in service["networks"]
        assert bool(service.get("ports")) is ("pages" in service["networks"])


def test_nothing_has_more_rights_than_it_needs(services: dict[str, dict[str, Any]]) -> None:
    for name, service in services.items():
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["mem_limit"], name
        if name != "neo4j":  # it takes its volumes over as root before it becomes neo4j
            assert service["read_only"] is True, name
            assert service["cap_drop"] == ["ALL"], name


def test_every_image_is_pinned(services: dict[str, dict[str, Any]]) -> None:
    for service in services.values():
        assert re.fullmatch(r"[\w/]+:\d+\.\d+[\w.-]*", service["image"]), service["image"]


# the password ---------------------------------------------------------------------------------


def test_without_a_password_nothing_starts_and_a_sentence_says_why() -> None:
    with pytest.raises(LookupError, match=r"password .* NEO4J_PASSWORD=… into the file \.env"):
        read({})


def test_the_password_stands_where_it_is_needed_and_nowhere_else(
    services: dict[str, dict[str, Any]],
) -> None:
    places = {
        f"{name}.{variable}": value
        for name, service in services.items()
        for variable, value in service.get("environment", {}).items()
        if PASSWORD in str(value)
    }
    assert places == {
        "app.SIMPUL_NEO4J_PASSWORD": PASSWORD,
        "neo4j.NEO4J_AUTH": f"neo4j/{PASSWORD}",
    }
    assert json.dumps(services).count(PASSWORD) == len(places)  # in no command, in no check


def test_the_file_with_the_password_is_never_committed() -> None:
    ignored = subprocess.run(
        ["git", "check-ignore", "--no-index", ".env", ".env.example"],
        cwd=ROOT, capture_output=True, text=True,
    ).stdout.split()  # fmt: skip
    assert ignored == [".env"]
    assert ROOT / ".env.example" in tracked()
    assert "!.env" not in (ROOT / ".dockerignore").read_text()


# health, memory, volumes ----------------------------------------------------------------------


def test_the_app_and_the_forwarders_wait_for_a_healthy_database(
    services: dict[str, dict[str, Any]],
) -> None:
    for name, service in services.items():
        if name != "neo4j":
            assert service["depends_on"] == {"neo4j": {"condition": "service_healthy"}}, name


def bolt_check(services: dict[str, dict[str, Any]], port: int) -> int:
    """Run the database's health check as a container would; its exit code."""
    kind, *command = services["neo4j"]["healthcheck"]["test"]
    assert kind == "CMD"
    words = [word.replace("$$", "$").replace("/7687", f"/{port}") for word in command]
    assert words != command
    return subprocess.run(words, capture_output=True, timeout=PATIENCE).returncode


def test_the_health_check_of_the_database_passes_on_a_server(
    services: dict[str, dict[str, Any]], neo4j_server: Address
) -> None:
    assert bolt_check(services, neo4j_server.port) == 0


class Stranger(socketserver.BaseRequestHandler):
    """Somebody at the port who speaks another language."""

    def handle(self) -> None:
        self.request.recv(20)
        self.request.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")


def test_the_health_check_of_the_database_fails_where_nobody_speaks_bolt(
    services: dict[str, dict[str, Any]],
) -> None:
    assert bolt_check(services, free_port()) == 1
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Stranger) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            assert bolt_check(services, server.server_address[1]) == 1
        finally:
            server.shutdown()


def test_the_database_has_time_to_stop(services: dict[str, dict[str, Any]]) -> None:
    assert services["neo4j"]["stop_grace_period"] == "2m"


def megabytes(size: str) -> int:
    number, unit = re.fullmatch(r"(\d+)([mg])", size).groups()  # type: ignore[union-attr]
    return int(number) * (1024 if unit == "g" else 1)


def test_the_database_has_room_beside_heap_and_page_cache(
    services: dict[str, dict[str, Any]],
) -> None:
    neo4j = services["neo4j"]
    sizes = {k: v for k, v in neo4j["environment"].items() if k.startswith("NEO4J_server_memory")}
    assert set(sizes) == {
        "NEO4J_server_memory_heap_initial__size",
        "NEO4J_server_memory_heap_max__size",
        "NEO4J_server_memory_pagecache_size",
    }
    heap = megabytes(sizes["NEO4J_server_memory_heap_max__size"])
    assert heap >= 768  # because 50,000 agreements in one transaction need it
    used = heap + megabytes(sizes["NEO4J_server_memory_pagecache_size"])
    assert megabytes(neo4j["mem_limit"]) >= used + 768


def test_what_is_stored_outlives_the_containers(compose: dict[str, Any]) -> None:
    mounted = [v.split(":") for s in compose["services"].values() for v in s.get("volumes", [])]
    assert {name for name, _ in mounted} == set(compose["volumes"])
    assert {"/data", "/logs", "/var/lib/simpul"} == {folder for _, folder in mounted}
