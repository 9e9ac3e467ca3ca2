"""From what went wrong to a status, a sentence, what to do and a way back."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from flask import Flask, Response, current_app, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from explorer.contexts import ProblemContext
from explorer.i18n import has, say
from explorer.present import PartyLink, party_link, party_url
from explorer.search import find
from explorer.service import Service
from explorer.web.address import language
from explorer.web.limits import seconds_to_wait
from graph_loader import (
    BadInput,
    Language,
    LoadBusy,
    Moved,
    NotFound,
    SimpulError,
    StoreRefused,
    StoreUnavailable,
)

STATUS: dict[type[SimpulError], int] = {
    NotFound: 404,
    BadInput: 400,
    LoadBusy: 503,
    StoreUnavailable: 503,
    StoreRefused: 503,
}
NEAR = 5  # because more names than that are a search, and the page has a box for it
TOO_MANY = 429
RETRY_SECONDS = 10  # because a store that restarts needs about that long
# What is said of the store to readers too: it tells nothing of where the store lies.
TOLD = frozenset({"store-loading", "index-building", "index-behind", "load-busy"})
_log = logging.getLogger(__name__)


def init(app: Flask) -> None:
    """Answer every error with a page, or under /api with the one shape of errors."""
    app.register_error_handler(Moved, _moved)
    app.register_error_handler(SimpulError, _simpul_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _unexpected)


def rehearse(app: Flask) -> None:
    """Draw one page in each language, so that words and templates are read before they are due.

    A store that is away is told by many threads at once, and late where each reads them anew.
    """
    for path in ("/", "/en"):
        with app.test_request_context(path):
            answer(503, "http-503", {})


def _moved(error: Moved) -> ResponseReturnValue:
    new = str(error.params["id"])
    if error.code.startswith("agreement"):
        return redirect(url_for("agreement.agreement", id=new), 301)
    return redirect(party_url(new), 301)


def _simpul_error(error: SimpulError) -> ResponseReturnValue:
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 500)
    if status < 500 or error.code in TOLD:
        return answer(status, error.code, dict(error.params))
    # where the store lies and what it lacks is for the operator, not for a reader
    _log.error("%s", error)
    return answer(status, f"http-{status}", {})


def _http_error(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if status < 400:
        return error.get_response()
    if status == TOO_MANY:
        return _too_many(seconds_to_wait())
    code = f"http-{status}"
    response = answer(status, code if has("id", f"error.{code}") else "http-500", {})
    response.headers.extend(pair for pair in error.get_headers() if pair[0] == "Allow")
    return response


def _too_many(seconds: int) -> Response:
    response = answer(TOO_MANY, "http-429", {"n": seconds})
    response.headers["Retry-After"] = str(seconds)
    return response


def _unexpected(error: Exception) -> ResponseReturnValue:
    _log.exception("unexpected error")
    return answer(500, "http-500", {})


def _near(code: str, params: Mapping[str, object], lang: Language) -> list[PartyLink]:
    """Where a party is unknown: those whose name is like the id that was asked for."""
    if code != "party-unknown":
        return []
    service: Service = current_app.extensions["simpul"]
    shown = service.last()
    if shown is None:
        return []
    words = str(params.get("id", "")).replace("-", " ")
    hits = find(shown.index, words, lang, limit=NEAR)
    return [party_link(shown, hit.party.id, lang) for hit in hits]


def answer(status: int, code: str, params: dict[str, object]) -> Response:
    """The problem page, or its JSON twin."""
    lang = language()
    known = code if has(lang, f"error.{code}") else "http-500"
    message = say(lang, f"error.{known}", **params)
    hint = say(lang, f"error.{known}.hint", **params) if has(lang, f"error.{known}.hint") else ""
    if request.path.startswith("/api/"):
        field = str(params.get("field", "")) or None
        body = {"error": {"code": code, "message": message, "hint": hint, "field": field}}
        response = jsonify(body)
    else:
        retry = RETRY_SECONDS if status == 503 else 0
        context = ProblemContext(status, message, hint, _near(code, params, lang), retry)
        response = Response(render_template("problem.html", ctx=context), mimetype="text/html")
    response.status_code = status
    if status == 503:
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response
