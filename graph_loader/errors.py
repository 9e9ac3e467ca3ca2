"""Everything that can go wrong, as code and parameters: the sentences live in the catalogues.

One root and a handful below it. The loader never words an error and never knows an HTTP status;
the explorer maps a class to its status, and a code to its sentence in the reader's language.
"""

from __future__ import annotations

from collections.abc import Mapping


class SimpulError(Exception):
    """Something a person should be told, named by a catalogue code.

    `code` is looked up as ``error.<code>`` (the sentence) and ``error.<code>.hint`` (what to do).

    Example:
        >>> NotFound("party-unknown", id="35.99").params
        {'id': '35.99'}
    """

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params: Mapping[str, object] = params

    def __str__(self) -> str:
        details = ", ".join(f"{name}={value!r}" for name, value in self.params.items())
        return f"{self.code} ({details})" if details else self.code


class NotFound(SimpulError):
    """No party, agreement, topic, country, source or load has this id."""


class Moved(SimpulError):
    """The id is an earlier id of something; `params["id"]` holds the one it has now."""


class BadInput(SimpulError):
    """A person's or a file's value cannot be used; `params["field"]` may name it."""


class BadFile(BadInput):
    """A file cannot be used at all; told as a rejected problem of that file, ``problem.<code>``."""


class StoreUnavailable(SimpulError):
    """The store does not answer now; asking again later may help."""


class StoreRefused(SimpulError):
    """The store answers but cannot be used: another schema, damaged, or not one of ours."""


class LoadBusy(SimpulError):
    """Another load is writing to the store."""
