"""A real app on the shipped rows, served by its production server, and a real Chromium."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Request, sync_playwright
from waitress.server import create_server  # type: ignore[import-untyped]
from waitress.wasyncore import close_all  # type: ignore[import-untyped]

from explorer import create_app
from explorer.settings import Settings
from tests.explorer.pictures import shipped_address

TODAY = "2026-11-25"
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@contextmanager
def serving(store: str, embed_hosts: str = "") -> Iterator[str]:
    """The address, on a free port, of an app on that store, as `simpul serve` serves it."""
    app = create_app(Settings(store=store, today=TODAY, embed_hosts=embed_hosts))
    server = create_server(app, host="127.0.0.1", port=0, threads=4, asyncore_use_poll=True)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.task_dispatcher.shutdown()
        # in its own thread, because a loop whose sockets are gone between two looks breaks off
        server.trigger.pull_trigger(partial(close_all, server._map, ignore_all=True))
        thread.join()


@pytest.fixture(scope="session")
def shipped_store() -> str:
    """A store that holds the shipped rows."""
    return shipped_address()


@pytest.fixture(scope="session")
def site(shipped_store: str) -> Iterator[str]:
    """The address of the running app."""
    with serving(shipped_store) as address:
        yield address


CHROMIUM: Final = ("chromium-headless-shell", "chromium")  # the first has no windows
WHOLE: Final = CHROMIUM[::-1]  # what people see, for pictures and for measurements


def chromium(names: Sequence[str] = CHROMIUM) -> Path | None:
    """The one that the environment names, or the first of these that is installed."""
    found = filter(None, map(shutil.which, names))
    named = os.environ.get("SIMPUL_CHROMIUM") or next(found, None)
    return Path(named) if named else None


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium for the whole run; missing is a failure under CI."""
    found = chromium()
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium: the browser tests must run under CI")
        pytest.skip(f"NO CHROMIUM: the browser tests did not run; install `{CHROMIUM[0]}`")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=str(found), args=ARGUMENTS)
        yield running
        running.close()


@dataclass
class Watched:
    """A page, what it said on its console, and which hosts it asked."""

    page: Page
    site: str
    said: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        """Go to a path of the site; its scripts have run."""
        self.page.goto(self.site + path, wait_until="load")
        return self.page

    def heard(self, message: ConsoleMessage) -> None:
        """Keep what the console says."""
        self.said.append(f"{message.type}: {message.text}")

    def failed(self, error: Error) -> None:
        """Keep what a script threw."""
        self.said.append(f"error: {error}")

    def asked(self, request: Request) -> None:
        """Keep requests to any other host."""
        if not request.url.startswith((self.site, "data:")):
            self.foreign.append(request.url)


@contextmanager
def watching(page: Page, site: str) -> Iterator[Watched]:
    """Listen to a page for a while."""
    found = Watched(page, site)
    listeners = {"console": found.heard, "pageerror": found.failed, "request": found.asked}
    for event, listener in listeners.items():
        page.on(event, listener)  # type: ignore[call-overload]
    try:
        yield found
    finally:
        for event, listener in listeners.items():
            page.remove_listener(event, listener)


@contextmanager
def quiet(page: Page, site: str) -> Iterator[Watched]:
    """Listen to a page that must say nothing on its console, and ask nobody else."""
    with watching(page, site) as found:
        yield found
    assert found.said == []
    assert found.foreign == []


@pytest.fixture(autouse=True)
def _untraced(no_cover: None) -> None:
    """A page that is traced comes late; the same pages are measured without a browser."""


WIDTHS = {"laptop": (1440, 900), "phone": (390, 844)}


def opened(browser: Browser, width: str) -> Page:
    """A window of somebody who was never here: nothing is kept, nothing is cached."""
    wide, high = WIDTHS[width]
    context = browser.new_context(viewport={"width": wide, "height": high})
    context.set_default_timeout(30_000)  # because a busy machine draws late
    return context.new_page()


@pytest.fixture(scope="session")
def windows(browser: Browser, site: str) -> Iterator[dict[str, Page]]:
    """One window of each width, because to open another takes thrice as long as a page in it.

    They have been here, so that they have the typeface.
    """
    found = {width: opened(browser, width) for width in WIDTHS}
    for page in found.values():
        page.goto(site)
    yield found
    for page in found.values():
        page.context.close()


@pytest.fixture(params=list(WIDTHS))
def window(request: pytest.FixtureRequest, windows: dict[str, Page]) -> Iterator[Page]:
    """A window at both widths, in which no page has left anything but what is cached."""
    page = windows[request.param]
    yield page
    wide, high = WIDTHS[request.param]
    page.set_viewport_size({"width": wide, "height": high})
    page.emulate_media(color_scheme="null", media="null")
    page.context.clear_permissions()
    tools = page.context.new_cdp_session(page)
    origin = "/".join(page.url.split("/")[:3])
    tools.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "local_storage"})
    tools.detach()


@pytest.fixture
def watched(window: Page, site: str) -> Iterator[Watched]:
    """A watched page at both widths: quiet on its console, and asking nobody else."""
    with quiet(window, site) as found:
        yield found


@pytest.fixture(params=list(WIDTHS))
def newcomer(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Watched]:
    """The same for somebody who was never here."""
    page = opened(browser, request.param)
    with closing(page.context), quiet(page, site) as found:
        yield found
