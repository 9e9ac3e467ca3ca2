"""What a person should be told of an error of a Neo4j server, by the server's own code for it."""

from __future__ import annotations

import re
import ssl
from typing import Final, TypeVar

from graph_loader.errors import SimpulError, StoreRefused, StoreUnavailable
from graph_loader.store.access import Access

E = TypeVar("E", bound=BaseException)

OLDEST: Final = 5  # the oldest server whose Cypher this is
OUT_OF_MEMORY: Final = "OutOfMemory"
TERMINATED: Final = "Transaction.Terminated"
MADE_MEANWHILE: Final = "EquivalentSchemaRuleAlreadyExists"  # though asked for IF NOT EXISTS

# By a part of the server's code, the first that fits. Each was seen on a Neo4j 5.26 Community
# server, except Forbidden, which only Enterprise sends: there users may have fewer rights.
BY_CODE: Final[dict[str, tuple[type[SimpulError], str]]] = {
    OUT_OF_MEMORY: (StoreUnavailable, "store-memory"),
    "TransactionTimedOut": (StoreUnavailable, "store-slow"),
    "LockClientStopped": (StoreUnavailable, "store-slow"),  # what it waited for, another holds
    TERMINATED: (StoreUnavailable, "store-interrupted"),
    "DeadlockDetected": (StoreUnavailable, "store-interrupted"),
    # the server never names the full disk: what it could not append to is its log
    "TransactionLogError": (StoreUnavailable, "store-full"),
    "TransactionStartFailed": (StoreUnavailable, "store-full"),
    "WriteOnReadOnly": (StoreRefused, "store-read-only"),
    "Security.Forbidden": (StoreRefused, "store-read-only"),
    "CredentialsExpired": (StoreRefused, "store-password-expired"),
    ".Security.": (StoreRefused, "store-login"),
    "DatabaseNotFound": (StoreRefused, "store-database"),
    "DatabaseUnavailable": (StoreUnavailable, "store-unreachable"),
    ".DatabaseError.": (StoreUnavailable, "store-failed"),
    ".TransientError.": (StoreUnavailable, "store-interrupted"),
}


def reason(error: Exception, code: str, address: str, access: Access) -> SimpulError:
    """What an error means to a person; `code` is the server's, empty where it did not come to that.

    Raises: the error itself where a statement of ours is wrong, which is a defect.
    """
    every = {"address": address, "user": access.user, "database": access.database, "why": code}
    if known := next((make for part, make in BY_CODE.items() if part in code), None):
        kind, name = known
        return kind(name, **every)
    if code and access.database == "system":
        return StoreRefused("store-database-system", **every)
    if code:
        raise error
    return _of_the_way(error, address)


def _of_the_way(error: Exception, address: str) -> SimpulError:
    """What went wrong before the server said anything."""
    if found := re.search(r"for the Bolt Protocol (4\.\d+)", str(error)):
        return too_old(f"Neo4j {found[1]}")  # they had the same numbers then
    if "does not support communication with this driver" in str(error):
        return too_old("Neo4j < 4.4")
    if cause := _cause(error, ssl.SSLCertVerificationError):
        return StoreRefused("store-certificate", address=address, why=cause.verify_message)
    if "+s" in address.partition("://")[0] and _cause(error, (ssl.SSLError, ConnectionResetError)):
        return StoreUnavailable("store-encryption", address=address)
    return StoreUnavailable("store-unreachable", address=address)


def too_old(found: str) -> StoreRefused:
    """The server answers, but speaks an older language."""
    return StoreRefused("store-too-old", found=found, expected=f"Neo4j {OLDEST}")


def _cause(error: BaseException, kind: type[E] | tuple[type[E], ...]) -> E | None:
    """The first of an error and what caused it that is of this kind."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, kind):
            return seen
        seen = seen.__cause__ or seen.__context__
    return None
