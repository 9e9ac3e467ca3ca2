"""The frame in a real browser: fields that send ids, clean addresses, no sideways scroll."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser
OPEN = ".suggestions:not([hidden]) [role=option]"
PAGES = ("/pola", "/", "/daerah/35", "/perjanjian", "/peluang/35.15", "/data", "/nowhere")


def choose(page: Page, field: str, letters: str) -> None:
    page.locator(f"main input[name={field}]").press_sequentially(letters)
    page.locator(OPEN).first.click()


def test_a_chosen_party_is_sent_by_its_id_and_empty_fields_not_at_all(watched: Watched) -> None:
    page = watched.page
    page.goto(f"{watched.site}/hubungan")
    choose(page, "dari", "gresik")
    choose(page, "ke", "prefektur osaka")
    page.locator(".connect-form button").click()
    page.wait_for_url("**ke=*")
    asked = parse_qs(urlsplit(page.url).query, keep_blank_values=True)
    assert asked == {"dari": ["35.25"], "ke": ["osaka-prefecture-jp"]}


def test_a_field_that_is_typed_in_again_sends_its_words(watched: Watched) -> None:
    page = watched.page
    page.goto(f"{watched.site}/hubungan")
    choose(page, "dari", "gresik")
    page.locator("main [role=combobox]").first.fill("Malang")
    choose(page, "ke", "prefektur osaka")
    page.locator(".connect-form button").click()
    page.wait_for_url("**ke=*")
    assert parse_qs(urlsplit(page.url).query)["dari"] == ["Malang"]


def test_suggestions_tell_a_screen_reader_what_is_marked(watched: Watched) -> None:
    page = watched.page
    page.goto(f"{watched.site}/hubungan")
    field = page.locator("main input[name=dari]")
    field.fill("gresik")  # at once, because an answer to fewer letters that comes late unmarks
    page.locator(OPEN).first.wait_for()
    assert field.get_attribute("aria-expanded") == "true"
    field.press("ArrowDown")
    marked = page.locator(f"#{field.get_attribute('aria-activedescendant')}")
    assert marked.get_attribute("aria-selected") == "true"
    field.press("Escape")
    assert field.get_attribute("aria-expanded") == "false"
    assert page.locator(OPEN).count() == 0


def test_the_first_key_leads_past_the_frame(watched: Watched) -> None:
    page = watched.page
    page.goto(f"{watched.site}/pola")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "isi"


@pytest.mark.parametrize("window", ["laptop"], indirect=True)  # which gets each width in turn
@pytest.mark.parametrize("width", [320, 390, 768, 1024, 1440])
def test_no_page_scrolls_sideways(watched: Watched, width: int) -> None:
    page = watched.page
    page.set_viewport_size({"width": width, "height": 800})
    for path in PAGES:
        page.goto(f"{watched.site}{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    watched.said.clear()  # /nowhere is a 404, which the browser reports


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_icons_and_typeface_are_drawn(watched: Watched, scheme: str) -> None:
    page = watched.page
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(f"{watched.site}/pola")
    assert page.evaluate(
        "document.fonts.ready.then(() => document.fonts.check('16px \"Plus Jakarta Sans\"'))"
    )
    box = page.locator(".site-nav .icon use").first.bounding_box()
    assert box
    assert box["width"] > 5
