"""The network page in a real browser, beside pyvis's own page of the same network.

The server has been asked before, the browser never: each figure is of a window of its own. pyvis's
page is given its library from this machine, since no other host is asked; it is waited for so long
and no longer.
"""

from __future__ import annotations

import re
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

import pyvis
from playwright.sync_api import Browser, Page, Route, sync_playwright
from playwright.sync_api import TimeoutError as Waited
from pyvis.network import Network

from explorer.pictures.pairs import pairs
from graph_loader.load import load_shipped
from graph_loader.store.open import open_store
from tests.browser.conftest import ARGUMENTS, WHOLE, chromium, serving
from tests.explorer.pictures import DAY
from tests.loader.sizes import generated
from tests.worlds import index_of

Row = tuple[str, str, str]
RUNS: Final = 5
DRAGGED: Final = 2.0  # seconds that the picture is moved about
PATIENCE: Final = 60.0  # seconds that pyvis's page is waited for
FRAMES: Final = ">= 30 frames/s"
# parties and agreements made beside the shipped rows, and seconds that the picture may take
SIZES: Final = ((1_000, 3_000, 0.5), (10_000, 30_000, 1.5))
EVERY: Final = (3_000, 6_000)  # for the picture of every party, of which 3,000 is the most
_LIBRARY: Final = Path(pyvis.__file__).parent / "templates" / "lib" / "vis-9.1.2"
_SEALED: Final = re.compile(r' (?:integrity|crossorigin|referrerpolicy)="[^"]*"')
_WINDOW: Final = {"width": 1366, "height": 768}
_DRAWN: Final = """new MutationObserver((_, watch) => {
  if (!document.querySelector("[data-drawn]")) return;
  watch.disconnect();
  requestAnimationFrame(() => requestAnimationFrame(() => {
    window.drawnAt = performance.now();
    document.documentElement.dataset.seen = "true";
  }));
}).observe(document, { subtree: true, childList: true, attributes: true });"""
_COUNT: Final = """() => { window.frames_seen = 0;
  const next = () => { window.frames_seen += 1; requestAnimationFrame(next); };
  requestAnimationFrame(next); }"""


class Size(NamedTuple):
    """A served network: its address, and its parties and ties in force."""

    site: str
    parties: int
    ties: int
    peer: Path
    """pyvis's page of it"""


def run() -> list[Row]:
    """Seconds to the first picture, and pictures a second while it is dragged."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium(WHOLE)), args=ARGUMENTS)
        rows = []
        for parties, agreements, bound in SIZES:
            with served(parties, agreements) as size:
                rows += _first(browser, size, bound)
        with served(*EVERY, every=True) as size:
            rows += _every(browser, size)
        browser.close()
    return rows


@contextmanager
def served(parties: int, agreements: int, *, every: bool = False) -> Iterator[Size]:
    """The shipped rows and a made register, served; with `every`, no more than can stand alone."""
    with tempfile.TemporaryDirectory() as folder:
        address = f"sqlite:{Path(folder) / 'store.db'}"
        store = open_store(address)
        if not every:
            load_shipped(store)
        store.write(generated(agreements, parties))
        index = index_of(store)
        found = pairs(index, DAY, index.in_force(DAY))
        names = [party.name_id for party in index.parties]
        ends = list(zip(found.a.tolist(), found.b.tolist(), strict=True))
        involved = sorted({n for pair in ends for n in pair})
        peer = Path(folder) / "peer.html"
        peer.write_text(peer_page(names, involved, ends), encoding="utf-8")
        with serving(address) as site:
            yield Size(site, len(involved), len(ends), peer)
        store.close()


def peer_page(names: Sequence[str], nodes: Sequence[int], ends: Sequence[tuple[int, int]]) -> str:
    """pyvis's page with all of its defaults; filled at once, since adding one by one is slow."""
    net = Network()
    net.nodes = [{"id": n, "label": names[n], "shape": "dot", "color": "#97c2fc"} for n in nodes]
    net.edges = [{"from": a, "to": b} for a, b in ends]
    return _SEALED.sub("", str(net.generate_html()))


def _first(browser: Browser, size: Size, bound: float) -> list[Row]:
    path = f"{size.site}/jaringan"
    still, drawn = _times(browser, path)
    what = f"{size.parties:,} parties, {size.ties:,} ties"
    return [
        (f"{what}: first picture, still", f"{still:.2f} s", f"<= {bound} s"),
        (f"{what}: the same, to be moved", f"{drawn:.2f} s", f"<= {bound} s"),
        (
            f"{what}: pictures while it is dragged",
            f"{_dragged(browser, path):.0f} frames/s",
            FRAMES,
        ),
        (f"{what}: pyvis's own page, first picture", _peer(browser, size.peer), ""),
    ]


def _every(browser: Browser, size: Size) -> list[Row]:
    path = f"{size.site}/jaringan?semua=1"
    _, drawn = _times(browser, path)
    what = f"{size.parties:,} parties one by one, {size.ties:,} ties"
    return [
        (f"{what}: first picture, to be moved", f"{drawn:.2f} s", ""),
        (
            f"{what}: pictures while it is dragged",
            f"{_dragged(browser, path):.0f} frames/s",
            FRAMES,
        ),
        (f"{what}: pyvis's own page, first picture", _peer(browser, size.peer), ""),
    ]


@contextmanager
def window(browser: Browser) -> Iterator[Page]:
    """A new window without anything kept from before."""
    context = browser.new_context(viewport=_WINDOW)  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE * 1000)
    yield context.new_page()
    context.close()


def _times(browser: Browser, path: str) -> tuple[float, float]:
    """Median seconds from the navigation to anything painted, and to the picture drawn."""
    stills, drawns = [], []
    for number in range(RUNS + 1):
        with window(browser) as page:
            page.add_init_script(_DRAWN)
            page.goto(path)
            page.wait_for_selector("html[data-seen]")
            if number:  # the first only fills the server's caches
                paint = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
                stills.append(page.evaluate(paint) / 1000)
                drawns.append(page.evaluate("window.drawnAt") / 1000)
    return statistics.median(stills), statistics.median(drawns)


def _dragged(browser: Browser, path: str) -> float:
    """Pictures a second while the pointer drags the network about."""
    with window(browser) as page:
        page.goto(path)
        page.wait_for_selector("[data-drawn]")
        canvas = page.locator(".stage canvas")
        canvas.scroll_into_view_if_needed()
        box = canvas.bounding_box()
        assert box is not None
        x, y = box["x"] + 20, box["y"] + box["height"] / 2
        page.mouse.move(x, y)
        page.mouse.down()
        page.evaluate(_COUNT)
        began, step = time.perf_counter(), 0
        while (took := time.perf_counter() - began) < DRAGGED:
            step += 1
            page.mouse.move(x + 6 * (step % 40), y + 3 * (step % 25))
        seen = page.evaluate("window.frames_seen")
        page.mouse.up()
    return float(seen / took)


def _peer(browser: Browser, file: Path) -> str:
    """Seconds until pyvis's page has settled and shows its network, or that it did not."""
    with window(browser) as page:
        page.route("**/*", _from_here)
        began = time.perf_counter()
        page.goto(file.as_uri(), wait_until="commit")
        try:
            page.wait_for_function("document.getElementById('text')?.innerHTML === '100%'")
        except Waited:
            return f"none after {PATIENCE:.0f} s"
        return f"{time.perf_counter() - began:.1f} s"


def _from_here(route: Route) -> None:
    """The library from pyvis's own package; whatever else another host would give, empty."""
    if route.request.url.startswith("file:"):
        route.continue_()
        return
    own = _LIBRARY / route.request.url.rsplit("/", 1)[-1]
    route.fulfill(path=own) if own.is_file() else route.fulfill(body="")
