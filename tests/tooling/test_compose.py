"""docker-compose.yml, Dockerfile and .env.example say what the settings really are."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from explorer.settings import OPTIONS
from tests.tooling.checkout import ROOT

KNOWN = {option.env for option in OPTIONS}


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    assert isinstance(loaded, dict)
    return loaded


def test_the_app_answers_on_this_host_alone(compose: dict[str, Any]) -> None:
    app = compose["services"]["app"]
    assert app["ports"] == ["127.0.0.1:8000:8000"]
    assert app["environment"]["SIMPUL_HOST"] == "0.0.0.0"  # within the container's own network
    assert app["environment"]["SIMPUL_PORT"] == "8000"


def test_the_store_outlives_the_container(compose: dict[str, Any]) -> None:
    app = compose["services"]["app"]
    volume, _, folder = app["volumes"][0].partition(":")
    assert volume in compose["volumes"]
    assert app["environment"]["SIMPUL_STORE"].startswith(f"sqlite:{folder}/")


def test_the_health_check_is_python_that_asks_healthz(compose: dict[str, Any]) -> None:
    kind, program, flag, code = compose["services"]["app"]["healthcheck"]["test"]
    assert (kind, program, flag) == ("CMD", "python", "-c")
    compile(code, "healthcheck", "exec")
    assert "/healthz" in code


def test_only_settings_that_exist_are_set(compose: dict[str, Any]) -> None:
    assert set(compose["services"]["app"]["environment"]) <= KNOWN
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert set(re.findall(r"SIMPUL_[A-Z_]+", dockerfile)) <= KNOWN


def test_the_example_lists_every_setting_with_its_default() -> None:
    lines = (ROOT / ".env.example").read_text().splitlines()
    shown = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    assert shown == {option.env: str(option.default) for option in OPTIONS}


def test_the_container_runs_as_nobody_special() -> None:
    last_stage = (ROOT / "Dockerfile").read_text().rsplit("\nFROM ", 1)[1]
    assert re.search(r"^USER (?!root|0)\w+$", last_stage, re.MULTILINE)


def test_the_container_is_given_every_file_the_wheel_needs() -> None:
    given = (ROOT / "Dockerfile").read_text()
    let_in = (ROOT / ".dockerignore").read_text().splitlines()
    for name in ("graph_loader", "explorer", "templates", "data", "README.md", "NOTICE"):
        assert re.search(rf"^COPY .*\b{re.escape(name)}\b", given, re.MULTILINE), name
        assert f"!{name}" in let_in
