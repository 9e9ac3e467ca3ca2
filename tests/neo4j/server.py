"""One Neo4j server as a process of ours: started, killed, frozen, restarted, stopped.

A server never outlives the process that started it, however that one ends: a watcher, a shell
that waits for the end of a pipe, takes it away. (The kernel's own "die with the parent" follows
the starting *thread*, and tests restart servers from threads.)
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from neo4j.exceptions import AuthError

from tests.neo4j.address import Address
from tests.neo4j.home import HOST, free_port, is_free, prepare
from tests.neo4j.jars import NoNeo4j, jars, java

__all__ = ["NoNeo4j", "Server", "ServerFailed"]

PATIENCE: Final = 90.0  # seconds; because a cold start took 10 and a loaded machine may take many
PAUSE: Final = 0.05  # seconds between two looks; because a start is counted in seconds
STOPPING: Final = 60.0  # seconds; because an orderly stop took 10 and writes all that is in memory
TAIL: Final = 40  # lines of the server's own words in an error
HEAP: Final = "768m"  # because 100,000 agreements in one transaction passed with it
_OPENS: Final = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")
# The serial collector, because it answered a second sooner than G1 on two cores.
OPTIONS: Final = ("-XX:+UseSerialGC",)
# $1 the server, $2 how it is to end, $3 a home to remove or nothing. CONT, because a frozen
# process hears nothing else but KILL.
_WATCH: Final = 'read _; kill -"$2" "$1"; kill -CONT "$1"; [ -z "$3" ] || rm -rf -- "$3"'


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
        self._java: subprocess.Popen[bytes] | None = None
        self._watcher: subprocess.Popen[bytes] | None = None

    @classmethod
    def start(
        cls, home: Path | None = None, port: int = 0, password: str | None = None,
        conf: Mapping[str, str] | None = None, heap: str = HEAP, options: Sequence[str] = OPTIONS,
    ) -> Self:  # fmt: skip
        """Start a server and wait until it answers with this password.

        Without a home it gets a temporary one, removed by `stop`; without a port a free one;
        without a password a random one, which is right for a home that is new. `conf` is added to
        neo4j.conf.

        Raises:
            NoNeo4j: no Java, or no jars.
            ServerFailed: it ended, or was silent for 90 seconds.
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
    def pid(self) -> int:
        """The process of the server that runs now."""
        if self._java is None:
            raise ServerFailed("the server does not run")
        return self._java.pid

    @property
    def running(self) -> bool:
        """Whether its process is there (it may be frozen)."""
        return self._java is not None and self._java.poll() is None

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
        self._launch()
        self._await(began + PATIENCE)
        return time.monotonic() - began

    def kill(self) -> None:
        """End it at once, as a power cut would (SIGKILL); the home stays as it was left."""
        self._end(signal.SIGKILL)

    def freeze(self) -> None:
        """Let it hang (SIGSTOP): it keeps its port and its connections, and answers nothing."""
        self._send(signal.SIGSTOP)
        # because the signal reaches the last of its threads a moment later
        os.waitid(os.P_PID, self.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)

    def thaw(self) -> None:
        """Let a frozen server go on (SIGCONT)."""
        self._send(signal.SIGCONT)

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

    def tail(self) -> str:
        """The last lines that the server wrote."""
        log = self.home / "logs" / "console.log"
        lines = log.read_text(errors="replace").splitlines() if log.exists() else []
        return "\n".join(lines[-TAIL:])

    def _command(self) -> list[str]:
        opens = [f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in _OPENS]
        return [
            java(), "-cp", f"{jars()}/*", f"-Xmx{self.heap}", *self.options, *opens,
            "org.neo4j.server.CommunityEntryPoint",
            f"--home-dir={self.home}", f"--config-dir={self.home / 'conf'}",
        ]  # fmt: skip

    def _launch(self) -> None:
        command = self._command()
        with (self.home / "logs" / "console.log").open("ab") as log:
            self._java = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.home,
                start_new_session=True,  # because Ctrl-C is for the one who started it
            )  # fmt: skip
        end, remove = ("TERM", "") if self.keep else ("KILL", str(self.home))
        self._watcher = subprocess.Popen(
            ["sh", "-c", _WATCH, "watch", str(self._java.pid), end, remove],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip

    def _await(self, deadline: float) -> None:
        while time.monotonic() < deadline:
            if not self.running:
                raise ServerFailed(f"the server ended while it started:\n{self.tail()}")
            try:
                if self.address.answers():
                    return
            except AuthError as error:
                self.kill()
                raise ServerFailed(f"{self.home} was made with another password") from error
            time.sleep(PAUSE)
        self.kill()
        raise ServerFailed(f"the server was silent for {PATIENCE:.0f} s:\n{self.tail()}")

    def _send(self, what: signal.Signals) -> None:
        if not self.running:
            raise ServerFailed("the server does not run")
        assert self._java is not None
        self._java.send_signal(what)

    def _end(self, how: signal.Signals) -> None:
        if self._java is not None:
            self._java.send_signal(how)  # does nothing to a process that has ended
            self._java.send_signal(signal.SIGCONT)
            try:
                self._java.wait(STOPPING)
            except subprocess.TimeoutExpired:
                self._java.kill()
                self._java.wait()
        if self._watcher is not None:
            self._watcher.kill()
            self._watcher.communicate()
        self._java = self._watcher = None
