"""Addresses: Indonesian without a prefix, `/en/…` the same page; the language stays in links."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, g, request, url_for
from flask.typing import RouteCallable

from graph_loader import Language

LANGUAGES = ("id", "en")


def page(blueprint: Blueprint, rule: str, endpoint: str, view: RouteCallable) -> None:
    """Serve a view at its Indonesian address and, with the same endpoint, under `/en`."""
    english = "/en" if rule == "/" else f"/en{rule}"
    blueprint.add_url_rule(rule, endpoint, view, defaults={"lang": "id"})
    blueprint.add_url_rule(english, endpoint, view, defaults={"lang": "en"})


def init(app: Flask) -> None:
    """Let links keep the language of the page that holds them."""

    @app.url_value_preprocessor
    def _take_language(endpoint: str | None, values: dict[str, Any] | None) -> None:
        g.lang = (values or {}).pop("lang", None) or _by_path()

    @app.url_defaults
    def _keep_language(endpoint: str, values: dict[str, Any]) -> None:
        if "lang" not in values and app.url_map.is_endpoint_expecting(endpoint, "lang"):
            values["lang"] = g.get("lang", "id")


def language() -> Language:
    """The language of this request, of an unknown address too."""
    return "en" if (g.get("lang") or _by_path()) == "en" else "id"


def other_language_url() -> str:
    """This very page, with all its state, in the other language."""
    other = "id" if language() == "en" else "en"
    if request.endpoint is None or request.blueprint in {None, "api"}:
        return url_for("home.home", lang=other)
    values = {**(request.view_args or {}), "lang": other}
    query = request.query_string.decode()
    return url_for(request.endpoint, **values) + (f"?{query}" if query else "")


def _by_path() -> str:
    return "en" if request.path == "/en" or request.path.startswith("/en/") else "id"
