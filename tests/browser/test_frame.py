"""Around a page: a frame of another site, newer data, no connection, a second visit."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from graph_loader.store.open import open_store
from tests.browser.conftest import Watched, serving
from tests.worlds import EVERYONE, GRESIK, OSAKA, agreement, batch, umbrella_world

MINUTE_MS = 61_000
REFUSED = "chrome-error://chromewebdata/"  # what Chromium shows instead
FRAMED = ("/jaringan?negara=jp", "/peta", "/en/daerah/35.25")


class _Regency(BaseHTTPRequestHandler):
    """A regency's own site: a page that shows whatever it is told to in a frame."""

    def do_GET(self) -> None:
        shown = parse_qs(urlsplit(self.path).query).get("url", [""])[0]
        frame = f'<iframe src="{escape(shown)}" width="900" height="640"></iframe>' if shown else ""
        body = f"<!doctype html><title>Kabupaten</title><link rel=icon href=data:,>{frame}".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing on the terminal."""


@pytest.fixture(scope="module")
def regency() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Regency)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1000, "height": 800})
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


def test_a_site_that_is_named_shows_pages_and_another_does_not(
    shipped_store: str, regency: str, page: Page
) -> None:
    with serving(shipped_store, regency) as site:
        for path in FRAMED:
            address = f"{site}{path}{'&' if '?' in path else '?'}embed=1"
            page.goto(f"{regency}/?url={address.replace('&', '%26')}", wait_until="load")
            frame = page.frame_locator("iframe")
            expect(frame.locator("h1")).to_be_visible()
            assert frame.locator(".site-head, .site-foot, .embed-offer").count() == 0, path
            whole = frame.locator(".frame-foot a")
            expect(whole).to_have_attribute("href", f"{site}{path}")
            wide = frame.locator("html").evaluate("node => node.scrollWidth")
            assert wide <= 900, path
        with page.context.expect_page() as opened:
            whole.click()  # beside the site, which stays where it is
        assert opened.value.url == f"{site}{FRAMED[-1]}"
        assert page.url.startswith(regency)
        other = regency.replace("127.0.0.1", "localhost")  # another origin, and the same page
        for framing in (f"{other}/?url={site}/daerah/35.25?embed=1",
                      f"{regency}/?url={site}/daerah/35.25"):  # fmt: skip
            with page.expect_event("framenavigated", lambda found: found.url == REFUSED):
                page.goto(framing)
        page.goto(f"{site}/en/daerah/35.25")
        page.get_by_text("Show this on your own site").click()
        expect(page.locator(".embed-offer code")).to_contain_text(
            f'<iframe src="{site}/en/daerah/35.25?embed=1" title="Gresik Regency"'
        )


def test_newer_data_and_a_lost_connection_are_told_while_a_page_is_open(
    tmp_path: Path, page: Page
) -> None:
    address = f"sqlite:{tmp_path / 'world.db'}"
    with closing(open_store(address)) as store:
        store.write(umbrella_world())
        with serving(address) as site:
            page.clock.install()
            page.goto(f"{site}/daerah/35.25", wait_until="load")
            news = page.locator("[data-newer]")
            with page.expect_response("**/api/v1/version") as first:
                page.clock.fast_forward(MINUTE_MS)
            assert first.value.ok
            expect(news).to_be_hidden()
            one = agreement("fresh", GRESIK, OSAKA, signed="2020-01-01")
            store.write(batch([one], parties=EVERYONE, source="second"))
            page.wait_for_function(
                """async () => (await (await fetch("/api/v1/version")).json()).version === 2"""
            )
            page.clock.fast_forward(MINUTE_MS)
            expect(news).to_contain_text("Data baru (versi 2) tersedia.")
            news.get_by_role("link", name="Muat ulang").click()
            expect(page.locator(".site-foot")).to_contain_text("versi 2")
            expect(news).to_be_hidden()
            page.context.set_offline(True)
            expect(page.locator("[data-offline]")).to_contain_text("tidak dapat dihubungi")
            page.context.set_offline(False)
            expect(page.locator("[data-offline]")).to_be_hidden()


def test_the_first_page_greets_once_and_knows_the_region_of_last_time(newcomer: Watched) -> None:
    page = newcomer.open("/")
    expect(page.locator(".welcome")).to_be_visible()
    expect(page.locator(".last-region")).to_be_hidden()
    assert page.locator(".welcome li").count() == 3
    page.get_by_role("button", name="Mengerti, tutup").click()
    expect(page.locator(".welcome")).to_be_hidden()
    page.goto(f"{newcomer.site}/daerah/35.25", wait_until="load")
    page.goto(f"{newcomer.site}/peluang/35.15", wait_until="load")
    newcomer.open("/en")
    expect(page.locator(".welcome")).to_be_hidden()
    link = page.locator(".last-region a")
    expect(link).to_be_visible()
    link.click()
    page.wait_for_url("**/en/daerah/35.15")
    assert page.context.cookies() == []


def test_the_first_page_is_light(newcomer: Watched) -> None:
    """At most 150 KB over the line, its picture's own bytes and all fonts included."""
    asked: list[Request] = []

    def finished(request: Request) -> None:
        asked.append(request)

    newcomer.page.on("requestfinished", finished)
    newcomer.open("/")
    parts = ("responseBodySize", "responseHeadersSize")
    sizes = [one.sizes()[part] for one in list(asked) for part in parts]  # type: ignore[literal-required]
    assert len(asked) > 8
    assert 20_000 < sum(sizes) <= 150_000
    print(f"home: {sum(sizes):,} bytes in {len(asked)} answers")


def test_without_script_the_first_page_is_whole_and_nothing_waits(
    browser: Browser, site: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site)
    expect(page.locator(".welcome")).to_be_visible()
    for hidden in (".welcome button", ".last-region", "[data-newer]", "[data-offline]"):
        expect(page.locator(hidden)).to_be_hidden()
    context.close()
