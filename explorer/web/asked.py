"""One value that the address of a page asks for, and that address with others."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from flask import request, url_for

from graph_loader import BadInput

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T", bound=str)


def here(**changed: str) -> str:
    """This page's address with some of its state changed; empty values are left out."""
    state = {**request.args.to_dict(), **changed}
    kept = urlencode({name: value for name, value in state.items() if value}, safe=",")
    address = url_for(request.endpoint or "home.home", **(request.view_args or {}))
    return f"{address}?{kept}" if kept else address


def whole(name: str, default: int) -> int:
    """A whole number from the address. Raises: BadInput."""
    text = request.args.get(name, "")
    if not text:
        return default
    if not text.isdecimal() or len(text) > 6:
        raise unknown(name, text)
    return int(text)


def one_of(name: str, known: Sequence[T]) -> T:
    """One of these values from the address, the first where it asks for none. Raises: BadInput."""
    text = request.args.get(name, "")
    found = next((one for one in known if one == text), None) if text else known[0]
    if found is None:
        raise unknown(name, text)
    return found


def member(kind: type[E], name: str) -> E | None:
    """One of an enumeration from the address, if it asks for one. Raises: BadInput."""
    text = request.args.get(name, "")
    if not text:
        return None
    try:
        return kind(text)
    except ValueError:
        raise unknown(name, text) from None


def unknown(name: str, text: str) -> BadInput:
    """The error of a value that a field of the address does not know."""
    return BadInput("value-unknown", field=name, value=text[:50])
