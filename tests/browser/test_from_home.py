"""From the first page: each of the four questions in one search or three clicks, and a note."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser
LANGUAGES = pytest.mark.parametrize("prefix", ["", "/en"], ids=["id", "en"])
CLICKS = 3


@dataclass
class Planner:
    """Somebody who starts at the first page, and whose searches and clicks are counted."""

    page: Page
    searches: int = 0
    clicks: int = 0

    def search(self, words: str) -> None:
        """Type into the one large field and press Enter."""
        self.page.locator("main input[name=q]").fill(words)
        self.page.locator("main input[name=q]").press("Enter")
        self.page.wait_for_url("**/cari?q=*")
        self.searches += 1

    def click(self, what: Locator | str) -> None:
        """Click what is seen first."""
        (self.page.locator(what) if isinstance(what, str) else what).first.click()
        self.clicks += 1


def at_home(watched: Watched, prefix: str) -> Planner:
    return Planner(watched.open(prefix or "/"))


def fits(page: Page) -> bool:
    """Nothing makes the page wider than the screen."""
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    return bool(page.evaluate(wide) <= 0)


@LANGUAGES
def test_what_do_we_have(watched: Watched, prefix: str) -> None:
    question = {"": "Jawa Timur dengan {}", "/en": "East Java with {}"}[prefix]
    for country, code, partner in (
        ("Australia", "au", "western-australia-au"),
        ({"": "Tiongkok", "/en": "China"}[prefix], "cn", "tianjin-cn"),
    ):
        planner = at_home(watched, prefix)
        planner.search(question.format(country))
        planner.click(f"main a[href*='/negara/{code}?pihak=35']")
        expect(planner.page.locator("main")).to_contain_text(country)
        expect(planner.page.locator(f"main a[href$='/mitra/{partner}']").first).to_be_visible()
        assert planner.page.locator("main table tbody tr").count() >= 3
        assert (planner.searches, planner.clicks) <= (1, 1)
        assert fits(planner.page)


@LANGUAGES
def test_how_are_we_connected(watched: Watched, prefix: str) -> None:
    planner = at_home(watched, prefix)
    planner.search("Gresik Osaka")
    planner.click("main a.button[href*='/hubungan?dari=35.25&ke=osaka-prefecture-jp']")
    proof = "/perjanjian/provinsi-jawa-timur-osaka-prefecture-sister-province-1984"
    expect(planner.page.locator(f"main a[href$='{proof}']").first).to_be_visible()
    expect(planner.page.locator("svg.picture").first).to_be_visible()
    assert (planner.searches, planner.clicks) <= (1, 1)
    assert fits(planner.page)


@LANGUAGES
def test_what_are_we_not_using(watched: Watched, prefix: str) -> None:
    planner = at_home(watched, prefix)
    planner.search("Sidoarjo")
    planner.click("main a[href$='/daerah/35.15']")
    planner.click("main a[href$='/peluang/35.15']")
    page = planner.page
    page.wait_for_url("**/peluang/35.15")
    expect(page.locator("main")).to_contain_text("Sidoarjo")
    cards = page.locator("main article")
    expect(cards.first).to_be_visible()
    assert cards.count() >= 12
    expect(cards.first.locator("a[href*='/perjanjian/']").first).to_be_attached()
    assert planner.clicks <= CLICKS
    before = page.url
    page.locator("main a[href*='alasan=']").first.click()
    assert page.url != before
    page.go_back()
    assert page.url == before
    assert fits(page)


@LANGUAGES
def test_who_can_help(watched: Watched, prefix: str) -> None:
    planner = at_home(watched, prefix)
    planner.click("main a[href*='/kebutuhan'], header a[href$='/kebutuhan']")
    planner.page.locator("select[name=komoditas]").select_option("rice")
    planner.page.locator("select[name=daerah]").select_option("35.78")
    planner.click("main form.filters button")
    expect(planner.page.locator("main")).to_contain_text("Surabaya")
    expect(planner.page.locator("main a[href$='/daerah/35.21']").first).to_be_visible()
    expect(planner.page.locator("main")).to_contain_text("km")
    assert planner.clicks <= CLICKS
    assert fits(planner.page)


@LANGUAGES
def test_a_note_of_an_opportunity_is_on_the_desk(
    watched: Watched, prefix: str, tmp_path: Path
) -> None:
    planner = at_home(watched, prefix)
    planner.search("Sidoarjo")
    planner.click("main a[href$='/daerah/35.15']")
    planner.click("main a[href$='/peluang/35.15']")
    card = planner.page.locator("main article").first
    name = card.locator("h3 .party").inner_text()
    for kind in ("docx", "pdf"):
        with planner.page.expect_download() as coming:
            planner.click(card.locator(f"a[href*='/unduh/nota.{kind}']"))
        coming.value.save_as(tmp_path / f"note.{kind}")
    assert planner.clicks == CLICKS + 1
    note = docx.Document(io.BytesIO((tmp_path / "note.docx").read_bytes()))
    said = "\n".join(paragraph.text for paragraph in note.paragraphs)
    assert name in said + "".join(c.text for t in note.tables for r in t.rows for c in r.cells)
    assert (tmp_path / "note.pdf").read_bytes().startswith(b"%PDF")
