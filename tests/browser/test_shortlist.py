"""A planner picks two candidates, compares them, hands the link on, and comes back."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser


def test_two_candidates_from_the_list_to_the_table_and_back(watched: Watched) -> None:
    watched.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = watched.open("/peluang/35.15")
    for _ in range(2):
        name = page.locator("a.pick:not(.on)").first
        name.click()
        page.wait_for_load_state("networkidle")
    bar = page.locator("aside.shortlist")
    expect(bar).to_be_in_viewport()  # it stays in sight where the page has come down to the card
    expect(bar.locator("li")).to_have_count(2)
    picked = page.url.partition("pilih=")[2].partition("#")[0]
    bar.locator("a.button").click()
    table = page.locator("table.compare")
    expect(table.locator("thead th")).to_have_count(3)
    head = table.locator("tbody th").nth(2)
    before = head.bounding_box()
    page.locator(".compare-frame").evaluate("frame => frame.scrollLeft = 200")
    after = head.bounding_box()
    assert before
    assert after
    assert before["x"] == pytest.approx(after["x"], abs=1)  # the first column stays
    table.locator("details summary").nth(2).click()
    expect(table.locator("details[open] a[href*='/perjanjian/']").first).to_be_visible()
    page.locator("a[data-share]").click()
    expect(page.get_by_role("status").filter(has_text="Tautan disalin")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.go_back()
    assert f"pilih={picked}" in page.url
    expect(page.locator("a.pick.on")).to_have_count(2)
