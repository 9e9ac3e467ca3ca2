"""One Neo4j server of ours: started, killed, frozen, restarted, stopped."""

from __future__ import annotations

import secrets
import shutil
import signal
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from neo4j.exceptions import AuthError

from tests.neo4j.address import Address
from tests.neo4j.archive import sharing
from tests.neo4j.home import HOST, free_port, is_free, prepare
from tests.neo4j.jars import NoNeo4j
from tests.neo4j.process import Process, command, tail

__all__ = ["LASTING", "QUICK", "NoNeo4j", "Server", "ServerFailed"]

PATIENCE: Final = 300.0  # seconds; because a cold start took 10 and a loaded machine may take many
PAUSE: Final = 0.05  # seconds between two looks; because a start is counted in seconds
HEAP: Final = "768m"  # because no test writes more than some thousands in one transaction
LARGE_HEAP: Final = "1536m"  # because a 50,000 agreements in a transaction take 0.96 GB
# For a server that lives a minute, because the compiler that optimises most costs 2 of 5 seconds
# of a start, and the serial collector answers a second sooner than G1 on two cores.
QUICK: Final = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
# For a server that is measured or that people use: as Neo4j ships it.
LASTING: Final = ("-XX:+UseG1GC",)


class ServerFailed(Exception):
    """A server did not come up; the message ends with the tail of its log."""


class Server:
    """A Neo4j server in a home of its own, answering on 127.0.0.1 only.

    Example:
        with Server.start() as server:
            open_store(server.uri, ...)
            server.kill()
            server.restart()
    """

    def __init__(
        self, home: Path, address: Address, conf: Mapping[str, str], *, keep: bool, heap: str,
        options: Sequence[str],
    ) -> None:  # fmt: skip
        self.home, self.address, self.conf, self.keep = home, address, dict(conf), keep
        self.heap, self.options = heap, tuple(options)
        self._process: Process | None = None

    @classmethod
    def start(
        cls, home: Path | None = None, port: int = 0, password: str | None = None,
        conf: Mapping[str, str] | None = None, heap: str = HEAP, options: Sequence[str] = QUICK,
    ) -> Self:  # fmt: skip
        """Start a server and wait until it answers with this password.

        Without a home it gets a temporary one, removed by `stop`; without a port a free one;
        without a password a random one, which is right for a home that is new. `conf` is added to
        neo4j.conf.

        Raises:
            NoNeo4j: no Java, or no jars.
            ServerFailed: it ended, or was silent for five minutes.
        """
        where = home or Path(tempfile.mkdtemp(prefix="simpul-neo4j-"))
        uri = f"bolt://{HOST}:{port or free_port()}"
        address = Address(uri, "neo4j", password or secrets.token_urlsafe(16))
        server = cls(where, address, conf or {}, keep=bool(home), heap=heap, options=options)
        try:
            server.restart()
        except BaseException:
            server.stop()
            raise
        return server

    @property
    def uri(self) -> str:
        """Where it answers: bolt://127.0.0.1:port."""
        return self.address.uri

    @property
    def user(self) -> str:
        """Who may log in."""
        return self.address.user

    @property
    def password(self) -> str:
        """With what."""
        return self.address.password

    @property
    def port(self) -> int:
        """The Bolt port, the same after every restart."""
        return self.address.port

    @property
    def process(self) -> Process:
        """Its run.

        Raises:
            ServerFailed: it was not started again after a kill, or is stopped.
        """
        if self._process is None:
            raise ServerFailed("the server does not run")
        return self._process

    @property
    def pid(self) -> int:
        """The process of the server that runs now."""
        return self.process.pid

    @property
    def running(self) -> bool:
        """Whether its process is there (it may be frozen)."""
        return self._process is not None and self._process.running

    def restart(self, conf: Mapping[str, str] | None = None) -> float:
        """Start again on the same home and port; returns the seconds until it answered.

        A server that still runs is killed first. `conf` is added to what it was started with.
        """
        if self.running:
            self.kill()
        began = time.monotonic()
        self.conf |= conf or {}
        prepare(self.home, self.port, self.conf)
        if not is_free(self.port):
            raise ServerFailed(f"port {self.port} on {HOST} is taken by another program")
        words = command(self.home, self.heap, [*sharing(), *self.options])
        self._process = Process(words, self.home, keep=self.keep)
        self._await(began + PATIENCE)
        return time.monotonic() - began

    def kill(self) -> None:
        """End it at once, as a power cut would (SIGKILL); the home stays as it was left."""
        self._end(signal.SIGKILL)

    def freeze(self) -> None:
        """Let it hang (SIGSTOP): it keeps its port and its connections, and answers nothing."""
        self.process.freeze()

    def thaw(self) -> None:
        """Let a frozen server go on (SIGCONT)."""
        self.process.thaw()

    def stop(self) -> None:
        """End it for good: orderly where the home is kept; otherwise at once, and the home goes."""
        self._end(signal.SIGTERM if self.keep else signal.SIGKILL)
        if not self.keep:
            shutil.rmtree(self.home, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self.stop()

    def _await(self, deadline: float) -> None:
        while time.monotonic() < deadline:
            if not self.running:
                raise ServerFailed(f"the server ended while it started:\n{tail(self.home)}")
            try:
                if self.address.answers():
                    return
            except AuthError as error:
                self.kill()
                raise ServerFailed(f"{self.home} was made with another password") from error
            time.sleep(PAUSE)
        self.kill()
        raise ServerFailed(f"the server was silent for {PATIENCE:.0f} s:\n{tail(self.home)}")

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.end(how)
        self._process = None
