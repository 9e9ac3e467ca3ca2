"""`make screenshots`: the main pages as pictures, README's into docs/, all into a named folder.

python -m tests.browser.screenshots [FOLDER]
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from graph_loader.load import load_shipped
from graph_loader.store.open import open_store
from tests.browser.conftest import ARGUMENTS, WIDTHS, chromium, serve

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {
    "home": "/",
    "search": "/cari?q=Jawa Timur Australia",
    "network": "/jaringan",
    "network-au": "/jaringan?negara=au",
    "region": "/daerah/35.25",
    "partner": "/mitra/osaka-prefecture-jp",
    "place": "/mitra/taoyuan.tw",
    "country": "/negara/au?pihak=35",
    "agreement": "/perjanjian/kota-surabaya-busan-sister-city-1994",
    "register": "/perjanjian",
    "connect": "/hubungan?dari=35.25&ke=osaka-prefecture-jp",
    "opportunities": "/peluang/35.15",
    "needs": "/kebutuhan?daerah=35.78&komoditas=rice",
    "topic": "/topik/2",
    "data": "/data",
    "missing": "/daerah/99.99",
}


def main(folder: Path | None) -> None:
    """Take the pictures: every page × language × width into the folder, if one is named."""
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        address = f"sqlite:{Path(place) / 'simpul.db'}"
        load_shipped(open_store(address))
        site, server = serve(address)
        browser = playwright.chromium.launch(executable_path=str(chromium()), args=ARGUMENTS)
        for name, path in PAGES.items():
            for prefix in ("", "/en"):
                for width, (w, h) in WIDTHS.items():
                    page = browser.new_page(viewport={"width": w, "height": h})
                    page.goto(
                        f"{site}{prefix}{path}" if path != "/" else f"{site}{prefix or path}",
                        wait_until="networkidle",
                    )
                    if name == "network" and width == "laptop" and not prefix:
                        page.screenshot(path=DOCS / "network.png")
                    if folder:
                        language = prefix.strip("/") or "id"
                        place_to = folder / f"{name}-{language}-{width}.png"
                        page.screenshot(path=place_to, full_page=True)
                    page.close()
        browser.close()
        server.close()  # type: ignore[attr-defined]


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
