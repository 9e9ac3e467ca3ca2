"""A party with a hostile name is inert in every page, picture and tooltip."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from graph_loader.model import make_party
from tests.browser.conftest import Watched, serve
from tests.worlds import EAST_JAVA, EVERYONE, GRESIK, agreement, batch, store_of

pytestmark = pytest.mark.browser
NAME = "<img src=x onerror=\"document.title='taken'\"><script>document.title='taken'</script>href="
EVIL = make_party("evil-jp", NAME, NAME, "foreign_local", "jp", "jp")


@pytest.fixture
def hostile(browser: Browser, tmp_path: Path) -> Iterator[Watched]:
    world = batch(
        [agreement("bad", EVIL, GRESIK, EAST_JAVA, signed="2020")], parties=[*EVERYONE, EVIL]
    )
    store_of(tmp_path, world).close()
    address, server = serve(f"sqlite:{tmp_path / 'world.db'}")
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    found = Watched(context.new_page(), address)
    found.page.on("console", found.heard)
    found.page.on("request", found.asked)
    yield found
    context.close()
    server.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "path",
    ["/mitra/evil-jp", "/daerah/35.25", "/cari?q=img", "/jaringan", "/perjanjian/bad",
     "/hubungan?dari=35.25&ke=evil-jp", "/peluang/35.78", "/negara/jp"],
)  # fmt: skip
def test_a_hostile_name_is_only_text(hostile: Watched, path: str) -> None:
    page = hostile.open(path)
    page.mouse.move(720, 450)
    assert page.locator("img[src=x]").count() == 0
    assert page.title() != "taken"
    assert hostile.said == []
    assert hostile.foreign == []


def test_the_tooltip_shows_the_name_as_text(hostile: Watched) -> None:
    page = hostile.open("/jaringan")
    page.wait_for_selector("[data-drawn=true]")
    box = page.locator("canvas").bounding_box()
    assert box is not None
    for x in range(4, 97, 3):
        for y in range(4, 97, 8):
            page.mouse.move(box["x"] + box["width"] * x / 100, box["y"] + box["height"] * y / 100)
        if page.locator(".tip:visible").count() and "<img" in page.locator(".tip").inner_text():
            break
    assert page.locator("img[src=x]").count() == 0
    assert page.title() != "taken"
