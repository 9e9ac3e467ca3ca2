"""Static files, addressed by what is in them."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.security import safe_join

STATIC = Path(__file__).parent.parent / "static"


def init(app: Flask) -> None:
    """Put a fingerprint into every link to a static file."""

    @app.url_defaults
    def _fingerprint(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and "filename" in values:
            values["v"] = fingerprint(values["filename"])


@cache
def fingerprint(filename: str) -> str:
    """Eight hex digits that change when the file does; empty where there is no such file."""
    path = STATIC / filename
    return blake2b(path.read_bytes(), digest_size=4).hexdigest() if path.is_file() else ""


def whole_fingerprint(filename: str) -> str:
    """The same for whatever a reader asks for, which may lie outside the folder: then empty."""
    found = safe_join(str(STATIC), filename)
    return fingerprint(filename) if found is not None and Path(found).is_file() else ""
