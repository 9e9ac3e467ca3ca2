"""Where a server answers, and as whom: all that a test needs to know of it."""

from __future__ import annotations

import socket
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from neo4j import Driver, GraphDatabase, NotificationMinimumSeverity
from neo4j.exceptions import AuthError, DriverError, Neo4jError

KNOCK: Final = 1.0  # seconds; because on the loopback a server answers at once or not at all
FIRST: Final = "neo4j"  # the password of a new home; it opens nothing but the door to change it
BATCH: Final = 10_000  # because one transaction that removes 100,000 agreements needs a large heap
# In this order, because a constraint owns an index, which goes with it.
SCHEMA: Final = (("CONSTRAINT", "CONSTRAINTS"), ("INDEX", "INDEXES"))
_CHANGE: Final = "ALTER CURRENT USER SET PASSWORD FROM $old TO $new"
_WIPE: Final = f"MATCH (n) CALL (n) {{ DETACH DELETE n }} IN TRANSACTIONS OF {BATCH} ROWS"


@dataclass(frozen=True)
class Address:
    """A server's address with an account."""

    uri: str
    user: str
    password: str = field(repr=False)

    @property
    def port(self) -> int:
        """The Bolt port."""
        return urlsplit(self.uri).port or 7687

    @property
    def environment(self) -> dict[str, str]:
        """The settings that point Simpul at it; `Access.from_env` reads them too."""
        return {
            "SIMPUL_STORE": self.uri,
            "SIMPUL_NEO4J_USER": self.user,
            "SIMPUL_NEO4J_PASSWORD": self.password,
        }

    def driver(self, password: str | None = None) -> Driver:
        """A driver that fails soon and prints no notifications; the caller closes it."""
        return GraphDatabase.driver(
            self.uri, auth=(self.user, password or self.password), connection_timeout=KNOCK,
            max_transaction_retry_time=KNOCK, connection_acquisition_timeout=5 * KNOCK,
            notifications_min_severity=NotificationMinimumSeverity.OFF,
        )  # fmt: skip

    def answers(self) -> bool:
        """Whether a query is answered with this password; a new home is given it.

        Raises:
            AuthError: a server is there, and has another password.
        """
        host = urlsplit(self.uri).hostname
        try:
            with socket.create_connection((host, self.port), KNOCK):
                pass
            self._ask()
        except AuthError:
            raise
        except (OSError, DriverError, Neo4jError):
            return False
        return True

    def wipe(self, *, schema: bool = False) -> None:
        """Take out every party, agreement and tie; with `schema` the constraints and indexes too.

        Indexes stay by default, because an empty one does no harm and making it again takes time.
        """
        with self.driver() as driver, driver.session() as session:
            session.run(_WIPE).consume()
            for kind, plural in SCHEMA if schema else ():
                names = session.run(f"SHOW {plural} YIELD name, type WHERE type <> 'LOOKUP'")
                for name in names.value("name"):
                    session.run(f"DROP {kind} `{name}`").consume()

    def _ask(self) -> None:
        try:
            with self.driver() as driver:
                driver.execute_query("RETURN 1")
        except AuthError:
            with self.driver(FIRST) as driver:
                words = {"old": FIRST, "new": self.password}
                driver.execute_query(_CHANGE, words, database_="system")
            with self.driver() as driver:
                driver.execute_query("RETURN 1")
