"""Addresses: Indonesian without a prefix, `/en/…` the same page; the language stays in links."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue, RouteCallable

from graph_loader import Language

LANGUAGES = ("id", "en")


def page(blueprint: Blueprint, rule: str, endpoint: str, view: RouteCallable) -> None:
    """Serve a view at its Indonesian address and, with the same endpoint, under `/en`."""
    english = "/en" if rule == "/" else f"/en{rule}"
    blueprint.add_url_rule(rule, endpoint, view, defaults={"lang": "id"})
    blueprint.add_url_rule(english, endpoint, view, defaults={"lang": "en"})


def init(app: Flask) -> None:
    """Let links keep the language of the page that holds them, and every page have one address."""
    app.url_map.strict_slashes = False

    @app.url_value_preprocessor
    def _take_language(endpoint: str | None, values: dict[str, Any] | None) -> None:
        g.lang = (values or {}).pop("lang", None) or _by_path()

    @app.url_defaults
    def _keep_language(endpoint: str, values: dict[str, Any]) -> None:
        if "lang" not in values and app.url_map.is_endpoint_expecting(endpoint, "lang"):
            values["lang"] = g.get("lang", "id")

    @app.before_request
    def _one_address() -> ResponseReturnValue | None:
        """An address with a slash too many leads to the one without."""
        rule = request.url_rule
        if rule is None or rule.rule.endswith("/") or not request.path.endswith("/"):
            return None
        if request.endpoint == "static":
            return None
        return redirect(here(language()), 308)


def language() -> Language:
    """The language of this request, of an unknown address too."""
    return "en" if (g.get("lang") or _by_path()) == "en" else "id"


def other_language_url() -> str:
    """This very page, with all its state, in the other language."""
    other: Language = "id" if language() == "en" else "en"
    if request.endpoint is None or request.blueprint in {None, "api"}:
        return url_for("home.home", lang=other)
    return here(other)


def here(lang: Language) -> str:
    """The address of this page, with all its state, in a language."""
    values: dict[str, Any] = {**(request.view_args or {})}
    if current_app.url_map.is_endpoint_expecting(str(request.endpoint), "lang"):
        values["lang"] = lang
    query = request.query_string.decode()
    return url_for(str(request.endpoint), **values) + (f"?{query}" if query else "")


def _by_path() -> str:
    return "en" if request.path == "/en" or request.path.startswith("/en/") else "id"
