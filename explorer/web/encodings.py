"""Answers go packed over the line, as HTTP negotiates: Brotli, else gzip."""

from __future__ import annotations

from typing import Final

from flask import Flask, Response, request
from flask_compress import Compress

BROTLI, GZIP = "br", "gzip"
PACKED: Final = (BROTLI, GZIP)  # the better first
BROTLI_LEVEL: Final = 5  # because the next one takes twice as long and saves a fiftieth
GZIP_LEVEL: Final = 6


def init(app: Flask) -> None:
    """Pack every answer that is text, and say that it depends on what the reader takes."""
    app.config.update(
        COMPRESS_ALGORITHM=list(PACKED), COMPRESS_ALGORITHM_STREAMING=[BROTLI],
        COMPRESS_BR_LEVEL=BROTLI_LEVEL, COMPRESS_LEVEL=GZIP_LEVEL, COMPRESS_REGISTER=False,
    )  # fmt: skip
    compress = Compress(app)

    @app.after_request
    def _pack(response: Response) -> Response:
        if encoding():  # because Flask-Compress also packs for whoever refuses it with q=0
            return compress.after_request(response)
        response.vary.add("Accept-Encoding")
        return response


def encoding() -> str:
    """How this reader wants it: br, gzip, or "" for as it is."""
    return request.accept_encodings.best_match(PACKED) or ""
