"""Asked by a form, by the keyboard and in the other language; and a picture that answers."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser
LANGUAGES = pytest.mark.parametrize("prefix", ["", "/en"], ids=["id", "en"])


def _fits(page: Page) -> None:
    """Nothing makes the page wider than the screen."""
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0


@LANGUAGES
def test_how_gresik_reaches_osaka(watched: Watched, prefix: str) -> None:
    page = watched.open(f"{prefix}/hubungan")
    page.locator("input[name=dari]").fill("Gresik")
    page.locator("main input[name=ke]").fill("Osaka Prefecture")
    page.keyboard.press("Escape")
    page.locator("main input[name=ke]").press("Enter")
    page.wait_for_url(re.compile("hubungan.*ke="))
    expect(page.locator("main")).to_contain_text("Osaka")
    proof = "/perjanjian/provinsi-jawa-timur-osaka-prefecture-sister-province-1984"
    expect(page.locator(f"main a[href$='{proof}']").first).to_be_visible()
    expect(page.locator("svg.picture").first).to_be_visible()
    _fits(page)


@LANGUAGES
def test_the_network_is_drawn_and_leads_to_parties(watched: Watched, prefix: str) -> None:
    page = watched.open(f"{prefix}/jaringan?negara=au")
    page.wait_for_selector("[data-drawn=true]")
    assert page.locator("canvas").count() == 1
    inked = """() => { const c = document.querySelector('canvas');
        const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
        let n = 0; for (let i = 3; i < d.length; i += 4) if (d[i]) n++; return n; }"""
    assert page.evaluate(inked) > 1000
    assert page.locator("main table tbody tr").count() > 5
    _fits(page)


def test_suggestions_by_keyboard(watched: Watched) -> None:
    page = watched.open("/")
    box = page.locator("main input[name=q]")
    box.press_sequentially("gresik")
    option = page.locator("[role=option]").first
    expect(option).to_be_visible()
    box.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    box.press("Enter")
    page.wait_for_url("**/daerah/35.25")
    expect(page.locator("main")).to_contain_text("Gresik")


def test_the_other_language_keeps_the_question(watched: Watched) -> None:
    page = watched.open("/hubungan?dari=35.25&ke=osaka-prefecture-jp")
    page.locator("header a[hreflang=en]").first.click()
    page.wait_for_url("**/en/hubungan?dari=35.25&ke=osaka-prefecture-jp")
