"""Whether the process lives, whether the store answers, and which version is the newest."""

from __future__ import annotations

from flask import Flask, Response, current_app, jsonify, request

from explorer.service import Service
from explorer.web.errors import RETRY_SECONDS
from graph_loader import SimpulError


def init(app: Flask) -> None:
    """`/healthz` asks no store; `/readyz` is 200 while the store answers, 503 while it does not."""
    app.add_url_rule("/healthz", "healthz", _alive)
    app.add_url_rule("/readyz", "readyz", _ready)
    app.add_url_rule("/api/v1/version", "version", _version)


def _alive() -> Response:
    return jsonify(status="alive")


def _ready() -> Response:
    """503 says which version pages still show, if any, and nothing of where the store lies."""
    service: Service = current_app.extensions["simpul"]
    try:
        shown = service.view()
    except SimpulError:
        return _not_ready(None)
    if shown.stale:
        return _not_ready(shown.version)
    return jsonify(status="ready", version=shown.version)


def _version() -> Response:
    """The newest version and its day, which an open page asks for once a minute.

    Raises: StoreUnavailable.
    """
    service: Service = current_app.extensions["simpul"]
    shown = service.view()
    answer = jsonify(version=shown.version, as_of=shown.day.isoformat())
    answer.set_etag(f"{shown.version}-{shown.day}", weak=True)
    answer.make_conditional(request)
    return answer


def _not_ready(version: int | None) -> Response:
    answer = jsonify(status="unavailable", version=version)
    answer.status_code = 503
    answer.headers["Retry-After"] = str(RETRY_SECONDS)
    return answer
