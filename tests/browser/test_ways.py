"""The ways a planner moves: back and forward, an old link, no JavaScript, paper, files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from explorer.pages.picture_file import PICTURES
from tests.browser.conftest import WIDTHS, Watched, watching
from tests.browser.every_page import PAGES, STATUS

pytestmark = pytest.mark.browser
PICTURE_OF = {
    "jaringan": "negara=au", "peta": "negara=au", "linimasa": "pihak=35.25", "mitra": "pihak=35.25",
    "profil-sdg": "pihak=35.25", "hubungan": "dari=35.25&ke=osaka-prefecture-jp",
    "kebutuhan": "komoditas=rice", "kesenjangan": "",
    "para-pihak": "perjanjian=kota-surabaya-busan-sister-city-1994",
}  # fmt: skip
WIDTH = """document.querySelector("img")?.naturalWidth
    ?? document.documentElement.width.baseVal.value"""
A4 = 794  # px of a page's width, at 96 to the inch


@pytest.fixture(params=list(WIDTHS))
def plain(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A browser that runs no script."""
    width, height = WIDTHS[request.param]
    context = browser.new_context(
        viewport={"width": width, "height": height}, java_script_enabled=False
    )
    yield context.new_page()
    context.close()


def test_back_forward_and_reload_show_the_same_list(watched: Watched) -> None:
    page = watched.open("/perjanjian?negara=jp")
    first = page.locator("main tbody tr").all_inner_texts()
    page.locator("a[rel=next]").first.click()
    page.wait_for_url("**hal=2*")
    second = page.locator("main tbody tr").all_inner_texts()
    assert second != first
    page.reload()
    assert page.locator("main tbody tr").all_inner_texts() == second
    page.go_back()
    assert page.locator("main tbody tr").all_inner_texts() == first
    page.go_forward()
    assert page.locator("main tbody tr").all_inner_texts() == second


def test_an_old_link_says_what_to_do(watched: Watched) -> None:
    page = watched.open("/perjanjian/kota-surabaya-busan-sister-city-1993")
    expect(page.locator("h1")).to_be_visible()
    assert page.locator("main a[href]").count() >= 1
    assert page.locator("header input[name=q]").is_visible()
    watched.said.clear()  # the browser reports the 404


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_everything_is_there_without_javascript(plain: Page, site: str, prefix: str) -> None:
    page = plain
    page.goto(f"{site}{prefix or '/'}")
    page.locator("main input[name=q]").fill("gresik osaka")
    page.locator("main form button").first.click()
    expect(page.locator("main")).to_contain_text("Osaka")
    page.goto(f"{site}{prefix}/jaringan?negara=au")
    expect(page.locator("svg.picture").first).to_be_visible()
    assert page.locator("main table tbody tr").count() > 5
    page.goto(f"{site}{prefix}/hubungan")
    page.locator("main input[name=dari]").fill("Kabupaten Gresik")
    page.locator("main input[name=ke]").fill("osaka-prefecture-jp")
    page.locator(".connect-form button").first.click()
    expect(page.locator("svg.picture").first).to_be_visible()
    page.goto(f"{site}{prefix}/peluang/35.15")
    assert page.locator("main article").count() >= 12
    page.locator("main article summary").first.click()
    expect(page.locator("main article details[open]").first).to_be_visible()


@pytest.mark.parametrize("name", [name for name in PAGES if name not in STATUS])
@pytest.mark.parametrize("window", ["laptop"], indirect=True)  # which gets the width of paper
def test_a_page_prints_on_paper(window: Page, site: str, name: str) -> None:
    page = window
    page.set_viewport_size({"width": A4, "height": 1123})
    page.emulate_media(media="print")
    page.goto(site + PAGES[name])
    assert page.evaluate("document.documentElement.scrollWidth") <= A4
    for frame in (".site-nav", ".site-search", "form.filters", ".take-away"):
        assert not page.locator(f"{frame}:visible").count(), frame
    assert page.locator("main").locator("h1, .note-title").locator("visible=true").count() == 1
    assert page.pdf(format="A4").startswith(b"%PDF")


@pytest.mark.parametrize("window", ["laptop"], indirect=True)
@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_opens_as_a_file(window: Page, site: str, name: str, tmp_path: Path) -> None:
    for kind in ("svg", "png"):
        answer = window.request.get(f"{site}/unduh/gambar/{name}.{kind}?{PICTURE_OF[name]}")
        assert answer.status == 200, answer.text()[:300]
        file = tmp_path / f"picture.{kind}"
        file.write_bytes(answer.body())
        with watching(window, file.as_uri()) as watched:
            window.goto(file.as_uri())
            assert watched.foreign == []
            assert window.evaluate(WIDTH) > 500
