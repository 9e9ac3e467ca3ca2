"""The four questions, as a planner asks them, in both languages and at both widths."""

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
def test_what_do_we_have_with_australia_and_china(watched: Watched, prefix: str) -> None:
    question = {"": "Jawa Timur dengan {}", "/en": "East Java with {}"}[prefix]
    for country, code, partner in (
        ({"": "Australia", "/en": "Australia"}[prefix], "au", "western-australia-au"),
        ({"": "Tiongkok", "/en": "China"}[prefix], "cn", "tianjin-cn"),
    ):
        page = watched.open(prefix or "/")
        box = page.locator("main input[name=q]")
        box.fill(question.format(country))
        box.press("Enter")
        page.locator(f"main a[href*='/negara/{code}?pihak=35']").first.click()
        expect(page.locator("main")).to_contain_text(country)
        expect(page.locator(f"main a[href$='/mitra/{partner}']").first).to_be_visible()
        assert page.locator("main table tbody tr").count() >= 3
        _fits(page)


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
def test_what_sidoarjo_does_not_use(watched: Watched, prefix: str) -> None:
    page = watched.open(f"{prefix}/daerah/35.15")
    page.locator("main a[href$='/peluang/35.15']").first.click()
    page.wait_for_url("**/peluang/35.15")
    expect(page.locator("main")).to_contain_text("Sidoarjo")
    cards = page.locator("main article")
    assert cards.count() >= 12
    first = cards.first
    expect(first.locator("a[href*='/perjanjian/']").first).to_be_attached()
    before = page.url
    page.locator("main a[href*='alasan=']").first.click()
    assert page.url != before
    page.go_back()
    assert page.url == before
    _fits(page)


@LANGUAGES
def test_who_can_give_surabaya_rice(watched: Watched, prefix: str) -> None:
    page = watched.open(f"{prefix}/kebutuhan?daerah=35.78&komoditas=rice")
    expect(page.locator("main")).to_contain_text("Surabaya")
    expect(page.locator("main a[href$='/daerah/35.21']").first).to_be_visible()
    expect(page.locator("main")).to_contain_text("km")
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


@pytest.mark.parametrize(
    "path",
    ["/", "/cari?q=osaka", "/jaringan", "/daerah/35", "/mitra/osaka-prefecture-jp",
     "/pihak-ketiga/universitas-airlangga", "/negara/jp", "/perjanjian", "/topik/2", "/data",
     "/perjanjian/kota-surabaya-busan-sister-city-1994", "/peluang", "/tentang"],
)  # fmt: skip
@LANGUAGES
def test_every_page_fits_its_screen(watched: Watched, prefix: str, path: str) -> None:
    page = watched.open(f"{prefix}{path}" if path != "/" else prefix or "/")
    expect(page.locator("h1")).to_have_count(1)
    assert page.locator("html").get_attribute("lang") == ("en" if prefix else "id")
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
