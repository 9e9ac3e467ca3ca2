"""Waiting for a server: an event loop in a thread of its own, because a wait in it can be ended.

A frozen server holds a blocking call for more than a minute, whatever its timeouts. So whoever
waits looks from time to time whether the server still answers anybody.
"""

from __future__ import annotations

import asyncio
import math
import os
import selectors
import socket
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, Final, TypeVar

LOOK_SECONDS: Final = 2.0  # between two looks; because a look costs a login
SILENCE_SECONDS: Final = 8.0  # because a small server that tidies its memory pauses for seconds
LEAVE_SECONDS: Final = 1.0  # because a connection that cannot be closed by then is only dropped
_DROPPING: Final = 0.1  # seconds; because work that is given up closes its socket at once
_TURNS: Final = 10  # of the loop; because the driver uses a socket two turns after it is connected

T = TypeVar("T")
Answers = Callable[[], Awaitable[bool]]
"""Whether the server answers anybody, asked on a connection of its own."""


class TooLateError(Exception):
    """It takes too long, though the server answers others."""


class _Tidy(asyncio.SelectorEventLoop):
    """An event loop that leaves no socket of a connect that is given up, and prints nothing of it.

    The driver lets go of such a socket without closing it. And of a refusal that comes at that same
    moment nobody takes note (before Python 3.12), so that asyncio prints it with a stack trace.
    """

    def __init__(self, selector: selectors.BaseSelector) -> None:
        super().__init__(selector)
        self._unused: set[socket.socket] = set()

    async def sock_connect(self, sock: socket.socket, address: Any) -> None:
        """Connect; whoever waits for it has a task for this alone."""
        if task := asyncio.current_task():
            task.add_done_callback(_unheard)
        try:
            await super().sock_connect(sock, address)
        except BaseException:
            sock.close()
            raise
        self._unused.add(sock)
        self._close_unused(sock, _TURNS)

    async def create_connection(self, *args: Any, **options: Any) -> Any:
        """Make a connection, which from now on closes its socket itself."""
        self._unused.discard(options.get("sock"))
        return await super().create_connection(*args, **options)

    def close(self) -> None:
        """End, with nothing left open."""
        while self._unused:
            self._unused.pop().close()
        super().close()

    def _close_unused(self, sock: socket.socket, turns: int) -> None:
        if sock not in self._unused:
            return
        if turns:
            self.call_soon(self._close_unused, sock, turns - 1)
        else:
            self._unused.discard(sock)
            sock.close()


class Loop:
    """An event loop in a thread of its own, for one process.

    Example:
        >>> loop = Loop()
        >>> loop.run(asyncio.sleep(0, "done"))
        'done'
        >>> loop.close()
    """

    def __init__(self) -> None:
        self._selector = selectors.DefaultSelector()
        self._loop = _Tidy(self._selector)
        self._thread = threading.Thread(target=self._loop.run_forever, name="neo4j", daemon=True)
        self._thread.start()

    def run(self, work: Awaitable[T], seconds: float | None = None) -> T:
        """Do something and wait for it; it is given up when the wait is interrupted.

        Raises: TimeoutError after so many seconds.
        """
        future = asyncio.run_coroutine_threadsafe(_awaited(work), self._loop)
        try:
            return future.result(seconds)
        except BaseException:
            future.cancel()
            raise

    def later(self, seconds: float, work: Callable[[], Awaitable[None]]) -> None:
        """Do something after a while, for nobody who waits."""

        async def after() -> None:
            await asyncio.sleep(seconds)
            await work()

        asyncio.run_coroutine_threadsafe(_quietly(after()), self._loop)

    def end(self, work: Awaitable[None]) -> None:
        """Close something; where the server does not answer there is nothing left to close."""
        self.run(_quietly(asyncio.wait_for(work, LEAVE_SECONDS)))

    def close(self) -> None:
        """Give up whatever is still waited for, and end the thread."""
        self.run(_give_up_all())
        self.run(_hang_up())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def let_go(self) -> None:
        """In a child process: let go of the parent's connections without a word to the server.

        The numbers of their files stay taken, so that nothing else is closed in their place.
        """
        nowhere = os.open(os.devnull, os.O_RDWR)
        for key in list(self._selector.get_map().values()):
            os.dup2(nowhere, key.fd)
        if isinstance(self._selector, selectors.EpollSelector):
            os.dup2(nowhere, self._selector.fileno())  # the parent's too: not to be changed
        os.close(nowhere)


async def attended(work: Awaitable[T], answers: Answers, seconds: float = math.inf) -> T:
    """What comes of some work, if it comes in time; a server that went silent is not waited for.

    Raises:
        TimeoutError: the server does not answer: it fell silent, or its connection died.
        TooLateError: it does, but this took longer.
    """
    look, silence = min(LOOK_SECONDS, seconds / 2), min(SILENCE_SECONDS, seconds / 2)
    clock = asyncio.get_running_loop().time
    end = clock() + seconds
    task = asyncio.ensure_future(work)
    try:
        while not await _over(task, min(look, end - clock())):
            if clock() >= end:
                raise TooLateError
            if not await _answers_meanwhile(task, answers, silence):
                raise TimeoutError
        return task.result()
    finally:
        await _dropped(task)


async def _answers_meanwhile(task: asyncio.Future[T], answers: Answers, seconds: float) -> bool:
    """Whoever looks ends by itself: one that is broken off while it connects leaves a socket."""
    looking = asyncio.ensure_future(answers())
    looking.add_done_callback(_unheard)
    both: set[asyncio.Future[Any]] = {task, looking}
    await asyncio.wait(both, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    return task.done() or (looking.done() and looking.result())


async def _over(task: asyncio.Future[T], seconds: float) -> bool:
    await asyncio.wait({task}, timeout=max(0.0, seconds))
    return task.done()


async def _dropped(task: asyncio.Future[T]) -> None:
    """Give a task up, and let it close what it has; how it ends is of no interest any more."""
    task.add_done_callback(_unheard)
    if not task.done():
        task.cancel()
        await asyncio.wait({task}, timeout=_DROPPING)


def _unheard(task: asyncio.Future[T]) -> None:
    """Take note of how a task ended, so that asyncio does not print it."""
    if not task.cancelled():
        task.exception()


async def _awaited(work: Awaitable[T]) -> T:
    return await work


async def _quietly(work: Awaitable[None]) -> None:
    with suppress(Exception):  # whatever it is, it was to be thrown away
        await work


async def _give_up_all() -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    if others:
        await asyncio.wait(others, timeout=LEAVE_SECONDS)


async def _hang_up() -> None:
    """Close the sockets that are still open: one that has words left for a silent server never is.

    Only the loop itself knows all of them, and it tells nobody in public.
    """
    for transport in list(getattr(asyncio.get_running_loop(), "_transports", {}).values()):
        transport.abort()
    await asyncio.sleep(0)  # so that sockets that were just dropped are closed
    await asyncio.sleep(0)
