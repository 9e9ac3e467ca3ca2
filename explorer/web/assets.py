"""Static files, addressed by what is in them."""

from __future__ import annotations

import re
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

from flask import Flask, Request, Response
from werkzeug.security import safe_join

STATIC: Final = Path(__file__).parent.parent / "static"
_SCRIPTS: Final = re.compile(r"\Ajs-([0-9a-f]{8})/")


def init(app: Flask) -> None:
    """Put a fingerprint into every link to a static file.

    Scripts carry that of their whole folder as its name: they import one another by addresses
    that are relative to it, so that each is named by what it may import.
    """

    @app.url_defaults
    def _name(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and "filename" in values:
            filename = str(values["filename"])
            if filename.startswith("js/"):
                values["filename"] = f"js-{scripts()}/{filename.removeprefix('js/')}"
            else:
                values["v"] = fingerprint(filename)

    def _send(filename: str) -> Response:
        return app.send_static_file(_plain(filename))

    app.view_functions["static"] = _send


def is_named(request: Request) -> bool:
    """Whether a file that is there is asked for by what is in it now, so that it never changes."""
    filename = str((request.view_args or {}).get("filename", ""))
    if request.endpoint != "static" or not (found := whole_fingerprint(filename)):
        return False
    folder = _SCRIPTS.match(filename)
    return folder[1] == scripts() if folder else request.args.get("v") == found


@cache
def fingerprint(filename: str) -> str:
    """Eight hex digits that change when the file does; empty where there is no such file."""
    path = STATIC / filename
    return _digest(path.read_bytes()) if path.is_file() else ""


def whole_fingerprint(filename: str) -> str:
    """The same for whatever a reader asks for, which may lie outside the folder: then empty."""
    plain = _plain(filename)
    found = safe_join(str(STATIC), plain)
    return fingerprint(plain) if found is not None and Path(found).is_file() else ""


@cache
def scripts() -> str:
    """Eight hex digits that change when any script does."""
    files = sorted((STATIC / "js").glob("*.js"))
    return _digest(b"".join(path.name.encode() + b"\0" + path.read_bytes() for path in files))


def _plain(filename: str) -> str:
    """Where a file lies that is asked for."""
    return _SCRIPTS.sub("js/", filename)


def _digest(content: bytes) -> str:
    return blake2b(content, digest_size=4).hexdigest()
