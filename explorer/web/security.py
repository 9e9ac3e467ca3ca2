"""Headers that every answer carries: nothing inline, nothing from another host, no cookie."""

from __future__ import annotations

from flask import Flask, Response, request

from explorer.web.assets import is_named
from explorer.web.embed import framers

POLICY = "; ".join(
    f"{directive} {source}"
    for directive, source in {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }.items()
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
MAX_REQUEST_BYTES = 64 * 1024  # because readers send addresses and nothing else
YEAR_SECONDS = 365 * 24 * 3600


def init(app: Flask) -> None:
    """Add the headers; files named by their fingerprint may be kept for a year."""
    app.config["MAX_CONTENT_LENGTH"] = MAX_REQUEST_BYTES

    @app.after_request
    def _headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if allowed := framers():
            response.headers["Content-Security-Policy"] = POLICY.replace(
                "frame-ancestors 'none'", f"frame-ancestors {' '.join(allowed)}"
            )
            del response.headers["X-Frame-Options"]
        if is_named(request):
            response.headers["Cache-Control"] = f"public, max-age={YEAR_SECONDS}, immutable"
        else:
            response.headers.setdefault("Cache-Control", "no-cache")
        return response
