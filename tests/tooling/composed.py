"""docker-compose.yml as compose reads it, its variables filled in; no client is needed."""

from __future__ import annotations

import re
from typing import Any, Final

import yaml

from tests.tooling.checkout import ROOT

PASSWORD: Final = "only-in-this-test"
_VARIABLE: Final = re.compile(r"(?<!\$)\$\{(\w+)(?::([-?])([^}]*))?\}")


def filled(text: str, given: dict[str, str]) -> str:
    """The text with compose's `${NAME:-default}` and `${NAME:?sentence}` filled in."""

    def value(found: re.Match[str]) -> str:
        name, kind, rest = found.groups()
        if kind == "?" and not given.get(name):
            raise LookupError(rest)
        return given.get(name) or rest or ""

    return _VARIABLE.sub(value, text)


def read(given: dict[str, str]) -> dict[str, Any]:
    """The file with these variables. Raises: LookupError with the sentence of a missing one."""
    loaded = yaml.safe_load(filled((ROOT / "docker-compose.yml").read_text(), given))
    assert isinstance(loaded, dict)
    return loaded
