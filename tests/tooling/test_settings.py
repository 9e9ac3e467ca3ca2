"""Every setting is told the same in the code, .env.example, compose, the image and the guide."""

from __future__ import annotations

import re
from typing import Final

import yaml

from explorer.settings import OPTIONS
from tests.tooling.checkout import ROOT

DEFAULTS: Final = {option.env: str(option.default) for option in OPTIONS}


def examples() -> dict[str, str]:
    """The variables of .env.example; those with a default stand there as comments."""
    text = (ROOT / ".env.example").read_text()
    return dict(re.findall(r"^#?([A-Z][A-Z0-9_]+)=(.*)$", text, re.MULTILINE))


def test_the_example_lists_every_setting_with_its_default() -> None:
    assert {n: value for n, value in examples().items() if n.startswith("SIMPUL_")} == DEFAULTS


def test_the_example_has_what_compose_asks_for_with_the_same_default() -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    asked = re.findall(r"\$\{(\w+):([-?])([^}]*)\}", text)
    defaults = {name: rest if kind == "-" else "" for name, kind, rest in asked}
    own = {name: value for name, value in examples().items() if name not in DEFAULTS}
    assert own == {name: rest for name, rest in defaults.items() if name not in DEFAULTS}


def test_only_the_password_is_set_where_the_example_is_copied() -> None:
    lines = (ROOT / ".env.example").read_text().splitlines()
    assert [line for line in lines if line and not line.startswith("#")] == ["NEO4J_PASSWORD="]


def test_compose_and_the_image_set_only_settings_that_exist() -> None:
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    assert set(compose["services"]["app"]["environment"]) <= set(DEFAULTS)
    assert set(re.findall(r"SIMPUL_[A-Z0-9_]+", (ROOT / "Dockerfile").read_text())) <= set(DEFAULTS)


def test_the_guide_explains_every_setting_with_its_default() -> None:
    guide = (ROOT / "docs/operating.md").read_text()
    rows = re.findall(r"^\| `([A-Z][A-Z0-9_]+)` \| (?:`([^`]*)`)?", guide, re.MULTILINE)
    assert dict(rows) == examples()
    assert len(rows) == len(examples())
