"""The app: settings, store, blueprints, error pages."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from flask import Flask, current_app, g
from jinja2 import StrictUndefined, pass_context
from jinja2.runtime import Context
from werkzeug.exceptions import NotFound
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.middleware.proxy_fix import ProxyFix

from explorer.settings import Settings

_HERE = Path(__file__).parent


def create_app(settings: Settings | None = None) -> Flask:
    """The app on the store that the settings name (by default: those of the environment).

    Raises:
        StoreRefused: the store answers, and cannot be used.
        StoreUnavailable: its file cannot be opened. A server that does not answer is waited for.
    """
    from explorer import api, pages
    from explorer.service import Service
    from explorer.web import (
        address,
        answers,
        assets,
        due,
        embed,
        encodings,
        errors,
        health,
        limits,
        security,
    )
    from explorer.web.code import code_version

    settings = settings or Settings.from_env(os.environ)
    app = Flask("explorer", template_folder=str(_templates()))
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.config["APPLICATION_ROOT"] = settings.base_path or "/"
    app.extensions["simpul"] = Service.open(settings)
    for part in (due, address, assets, security, errors, health):
        part.init(app)
    embed.init(app, settings.embedders())
    answers.init(app, code_version(_templates()) + settings.embed_hosts)
    encodings.init(app)
    answers.init_whole(app)
    limits.init(app, settings.rate_limit)
    _speak(app)
    for blueprint in (*pages.ALL, api.bp):
        app.register_blueprint(blueprint)
    if settings.base_path:
        under: dict[str, Any] = {settings.base_path: app.wsgi_app}
        app.wsgi_app = DispatcherMiddleware(NotFound(), under)  # type: ignore[method-assign]
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, hops, hops, hops, hops, hops)  # type: ignore[method-assign]
    errors.rehearse(app)
    return app


def _templates() -> Path:
    packaged = _HERE / "templates"
    return packaged if packaged.is_dir() else _HERE.parent / "templates"


def _speak(app: Flask) -> None:
    """Filters that word keys, numbers and dates in the language of the page."""
    from explorer import i18n
    from explorer.notices import notices
    from explorer.service import Standing
    from explorer.web.address import language, other_language_url
    from explorer.web.embed import embedding

    @pass_context
    def sentence(context: Context, key: str, **params: Any) -> str:
        return i18n.say(context["lang"], key, **params)

    @pass_context
    def written(context: Context, value: float) -> str:
        return i18n.number(context["lang"], value)

    @pass_context
    def dated(context: Context, value: object) -> str:
        return i18n.partial_date(context["lang"], str(value)) if value else ""

    app.jinja_env.filters.update(t=sentence, num=written, pdate=dated)

    @app.context_processor
    def _frame() -> dict[str, object]:
        stands: Standing = g.get("standing") or current_app.extensions["simpul"].standing()
        return {
            "lang": language(),
            "other_language_url": other_language_url(),
            "data_version": stands.version,
            "data_notices": notices(stands, language()),
            "today": stands.day.isoformat(),
            "embed": embedding(),
        }
