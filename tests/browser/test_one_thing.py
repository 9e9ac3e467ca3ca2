"""The pages of one thing in a browser: a picture for each width, contents that lead."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser
LONGEST_ON_A_PHONE = 11_500  # px; because the same page was 12,900 before its lists were folded


def test_a_region_is_laid_out_for_its_screen_and_its_contents_lead(watched: Watched) -> None:
    page = watched.open("/daerah/35")
    wide, narrow = (page.locator(f"#perjanjian .on-{width} svg") for width in ("wide", "narrow"))
    is_laptop = page.viewport_size is not None and page.viewport_size["width"] > 1000
    expect(wide if is_laptop else narrow).to_be_visible()
    expect(narrow if is_laptop else wide).to_be_hidden()
    across = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(across) <= 0
    twin = page.locator("#perjanjian > details")
    expect(twin.locator("table")).to_be_hidden()
    twin.locator("> summary").click()
    expect(twin.locator("table")).to_be_visible()
    if not is_laptop:
        expect(page.locator(".contents")).to_be_hidden()
        assert (
            watched.open("/daerah/35").evaluate("document.body.scrollHeight") < LONGEST_ON_A_PHONE
        )
        return
    page.locator(".contents a[href='#sdg']").click()
    expect(page.locator("#sdg h2")).to_be_in_viewport()
    top = page.locator("#sdg h2").bounding_box()
    bar = page.locator(".contents").bounding_box()
    assert top is not None
    assert bar is not None
    assert top["y"] >= bar["y"] + bar["height"]


def test_a_bar_leads_to_its_agreement_and_a_filter_to_fewer_bars(watched: Watched) -> None:
    page = watched.open("/linimasa?pihak=35")
    bars = page.locator(".picture:visible a")
    before = bars.count()
    assert before == 40
    page.locator(".filter-box > summary").click()
    if not page.locator("select[name=negara]").is_visible():
        page.locator(".filter-box > summary").click()
    page.locator("select[name=negara]").select_option("jp")
    page.locator(".filters button").click()
    page.wait_for_url("**negara=jp**")
    assert 0 < bars.count() < before
    bars.first.click()
    page.wait_for_url("**/perjanjian/**")
    expect(page.locator("h1")).to_be_visible()
