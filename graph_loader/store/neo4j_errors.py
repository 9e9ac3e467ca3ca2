"""What a person should be told of an error of a Neo4j server, by the server's own code for it."""

from __future__ import annotations

import ssl
from typing import Final

from graph_loader.errors import SimpulError, StoreRefused, StoreUnavailable
from graph_loader.store.access import Access

OLDEST: Final = 5  # the oldest server whose Cypher this is
OUT_OF_MEMORY: Final = "OutOfMemory"

# by a part of the server's code, the first that fits
_BY_CODE: Final[dict[str, tuple[type[SimpulError], str]]] = {
    OUT_OF_MEMORY: (StoreUnavailable, "store-memory"),
    "TransactionTimedOut": (StoreUnavailable, "store-slow"),
    "Transaction.Terminated": (StoreUnavailable, "store-slow"),
    "LockClientStopped": (StoreUnavailable, "store-slow"),
    "DeadlockDetected": (StoreUnavailable, "store-slow"),
    "ReadOnlyDatabase": (StoreRefused, "store-read-only"),
    "WriteOnReadOnly": (StoreRefused, "store-read-only"),
    "AccessMode": (StoreRefused, "store-read-only"),
    "Security.Forbidden": (StoreRefused, "store-read-only"),
    ".Security.": (StoreRefused, "store-login"),
    "DatabaseNotFound": (StoreRefused, "store-database"),
}


def told(error: Exception, code: str, address: str, access: Access) -> SimpulError | None:
    """What an error means to a person, or None where it means that the server does not answer."""
    known = next((make for part, make in _BY_CODE.items() if part in code), None)
    if known is not None:
        kind, name = known
        return kind(name, address=address, user=access.user, database=access.database)
    if cause := _cause(error, ssl.SSLError):
        return StoreRefused("store-certificate", address=address, why=str(cause))
    if "No space left" in str(error):
        return StoreUnavailable("store-full", why=str(error))
    return None


def too_old(found: str) -> StoreRefused:
    """The server answers, but speaks an older language."""
    return StoreRefused("store-too-old", found=found, expected=f"Neo4j {OLDEST}")


def _cause(error: BaseException, kind: type[BaseException]) -> BaseException | None:
    """The first of an error and what caused it that is of this kind."""
    seen: BaseException | None = error
    while seen is not None and not isinstance(seen, kind):
        seen = seen.__cause__ or seen.__context__
    return seen
