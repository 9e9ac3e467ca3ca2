"""`make screenshots`: the pages that README shows into docs/, all pages into a named folder.

python -m tests.browser.screenshots [FOLDER]
"""

from __future__ import annotations

import sys
import tempfile
from itertools import product
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, sync_playwright

from graph_loader.load import load_shipped
from graph_loader.store.open import open_store
from tests.browser.conftest import ARGUMENTS, WHOLE, WIDTHS, chromium, serving
from tests.browser.every_page import PAGES, address

DOCS: Final = Path(__file__).parents[2] / "docs"
SHOWN: Final = ("home", "network", "map", "region", "opportunities", "meeting")


def main(folder: Path | None) -> None:
    """Take the pictures: README's, and every page × language × width if a folder is named."""
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        store = f"sqlite:{Path(place) / 'simpul.db'}"
        load_shipped(open_store(store))
        with serving(store) as site:
            browser = playwright.chromium.launch(
                executable_path=str(chromium(WHOLE)), args=ARGUMENTS
            )
            for name in SHOWN:
                take(browser, site + PAGES[name], "laptop", DOCS / f"{name}.png")
            if folder:
                folder.mkdir(parents=True, exist_ok=True)
                for name, language, width in product(PAGES, ("id", "en"), WIDTHS):
                    target = folder / f"{name}-{language}-{width}.png"
                    take(browser, site + address(PAGES[name], language), width, target, whole=True)
            browser.close()


def take(browser: Browser, url: str, width: str, target: Path, *, whole: bool = False) -> None:
    """One picture; `whole` shows the page to its end, not only the first screen."""
    w, h = WIDTHS[width]
    page = browser.new_page(viewport={"width": w, "height": h})
    page.goto(url, wait_until="networkidle")
    page.screenshot(path=target, full_page=whole)
    page.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
