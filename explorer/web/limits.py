"""How often one reader may ask for what is expensive; cheap pages know no limit.

What is answered from what was kept costs nothing, so it is not counted: `answers` comes first.
"""

from __future__ import annotations

from time import time
from typing import Final

from flask import Flask, current_app, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from explorer.settings import OFF

EXPENSIVE: Final = frozenset({"note", "picture_file", "download"})
"""Blueprints of what takes a second, or holds a whole list: documents, pictures, files."""
SEARCHES: Final = frozenset({"connect.connect", "api.paths"})
FEW_TERMS: Final = 4  # because two ends and two more terms are what a planner asks by hand
_EXTENSION: Final = "limits"


def init(app: Flask, rate: str) -> None:
    """Count what is expensive by the address of who asks: that of the last trusted proxy's peer.

    `rate` as in `Settings.rate_limit`. Each process counts for itself.
    """
    if rate == OFF:
        return
    app.extensions[_EXTENSION] = Limiter(
        get_remote_address, app=app, storage_uri="memory://", strategy="moving-window",
        application_limits=[rate], application_limits_exempt_when=_is_cheap,
        headers_enabled=False,
    )  # fmt: skip


def seconds_to_wait() -> int:
    """How long whoever was refused has to wait, at least one second."""
    limiter: Limiter | None = current_app.extensions.get(_EXTENSION)
    met = limiter.current_limit if limiter is not None else None
    return max(1, int(met.reset_at - time())) if met is not None else 1


def _is_cheap() -> bool:
    if request.blueprint in EXPENSIVE:
        return False
    return (
        request.endpoint not in SEARCHES or len(list(request.args.items(multi=True))) <= FEW_TERMS
    )
