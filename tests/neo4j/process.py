"""The server's process, and the watcher that lets it never outlive the one who started it.

The watcher is a shell that waits for the end of a pipe, which comes however the owner ends. (The
kernel's own "die with the parent" follows the starting *thread*, and tests restart servers from
threads.)
"""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tests.neo4j.jars import jars, java

STOPPING: Final = 300.0  # seconds; because an orderly stop writes what is only in memory
TAIL: Final = 40  # lines of the server's own words in an error
_OPENS: Final = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")
# $1 the server, $2 how it is to end, $3 a home to remove or nothing. CONT, because a frozen
# process hears nothing else but KILL; twice, because a dying server may still write a file.
_WATCH: Final = """
read _; kill -"$2" "$1"; kill -CONT "$1"
[ -z "$3" ] || rm -rf -- "$3" || { sleep 1; rm -rf -- "$3"; }
"""


def command(home: Path, heap: str, options: Sequence[str]) -> list[str]:
    """What starts a server in a prepared home.

    Raises:
        NoNeo4j: no Java, or no jars.
    """
    opens = [f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in _OPENS]
    return [
        java(), "-cp", f"{jars()}/*", f"-Xmx{heap}", *options, *opens,
        "org.neo4j.server.CommunityEntryPoint",
        f"--home-dir={home}", f"--config-dir={home / 'conf'}",
    ]  # fmt: skip


def console(home: Path) -> Path:
    """Where all that a server prints is kept."""
    return home / "logs" / "console.log"


def tail(home: Path) -> str:
    """The last lines that a server printed."""
    log = console(home)
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    return "\n".join(lines[-TAIL:])


class Process:
    """One run of a server, from its start to its end."""

    def __init__(self, words: Sequence[str], home: Path, *, keep: bool) -> None:
        with console(home).open("ab") as log:
            self._java = subprocess.Popen(
                words, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=home,
                start_new_session=True,  # because Ctrl-C is for the one who started it
            )  # fmt: skip
        end, remove = ("TERM", "") if keep else ("KILL", str(home))
        self._watcher = subprocess.Popen(
            ["sh", "-c", _WATCH, "watch", str(self._java.pid), end, remove],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip

    @property
    def pid(self) -> int:
        """The server's process."""
        return self._java.pid

    @property
    def running(self) -> bool:
        """Whether it is there (it may be frozen)."""
        return self._java.poll() is None

    def wait(self) -> int:
        """Until the server ends by itself; returns its exit code."""
        return self._java.wait()

    def freeze(self) -> None:
        """Stop all its threads; returns when the last one stands."""
        self._java.send_signal(signal.SIGSTOP)
        os.waitid(os.P_PID, self.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)

    def thaw(self) -> None:
        """Let its threads go on."""
        self._java.send_signal(signal.SIGCONT)

    def end(self, how: signal.Signals) -> None:
        """End it this way, frozen or not, and wait until it is gone."""
        self._java.send_signal(how)  # does nothing to a process that has ended
        self.thaw()
        try:
            self._java.wait(STOPPING)
        except subprocess.TimeoutExpired:
            self._java.kill()
            self._java.wait()
        self._watcher.kill()
        self._watcher.communicate()
