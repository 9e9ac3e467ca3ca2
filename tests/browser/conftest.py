"""A real app on the shipped rows, served by its production server, and a real Chromium."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Request, sync_playwright
from waitress.server import create_server  # type: ignore[import-untyped]

from explorer import create_app
from explorer.settings import Settings
from tests.explorer.pictures import shipped_address

TODAY = "2026-11-25"
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


def serve(store: str) -> tuple[str, object]:
    """Serve a store on a free port; returns the address and the server to close."""
    app = create_app(Settings(store=store, today=TODAY))
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    threading.Thread(target=server.run, daemon=True).start()
    return f"http://127.0.0.1:{server.effective_port}", server


@pytest.fixture(scope="session")
def shipped_store() -> str:
    """A store that holds the shipped rows."""
    return shipped_address()


@pytest.fixture(scope="session")
def site(shipped_store: str) -> Iterator[str]:
    """The address of the running app."""
    address, server = serve(shipped_store)
    yield address
    server.close()  # type: ignore[attr-defined]


def chromium() -> Path | None:
    """Debian's Chromium, or the one that the environment names."""
    named = os.environ.get("SIMPUL_CHROMIUM") or shutil.which("chromium")
    return Path(named) if named else None


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium for the whole run; missing is a failure under CI."""
    found = chromium()
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium: the browser tests must run under CI")
        pytest.skip("NO CHROMIUM: the browser tests did not run; install the package `chromium`")
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


@pytest.fixture(autouse=True)
def _untraced(no_cover: None) -> None:
    """A page that is traced comes late; the same pages are measured without a browser."""


WIDTHS = {"laptop": (1440, 900), "phone": (390, 844)}


@pytest.fixture(params=list(WIDTHS))
def watched(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Watched]:
    """A watched page at both widths: quiet on its console, and asking nobody else."""
    width, height = WIDTHS[request.param]
    context = browser.new_context(viewport={"width": width, "height": height})
    context.set_default_timeout(30_000)  # because a busy machine draws late
    page = context.new_page()
    found = Watched(page, site)
    page.on("console", found.heard)
    page.on("pageerror", found.failed)
    page.on("request", found.asked)
    yield found
    context.close()
    assert found.said == []
    assert found.foreign == []
