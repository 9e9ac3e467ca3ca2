"""A party with a hostile name is inert in every page, picture and tooltip."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from graph_loader.model import make_party
from tests.browser.conftest import Watched, serving, watching
from tests.worlds import EAST_JAVA, EVERYONE, GRESIK, agreement, batch, store_of

pytestmark = pytest.mark.browser
NAME = "<img src=x onerror=\"document.title='taken'\"><script>document.title='taken'</script>href="
EVIL = make_party("evil-jp", NAME, NAME, "foreign_local", "jp", "jp")


@pytest.fixture(scope="module")
def evil(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    world = batch(
        [agreement("bad", EVIL, GRESIK, EAST_JAVA, signed="2020")], parties=[*EVERYONE, EVIL]
    )
    folder = tmp_path_factory.mktemp("evil")
    store_of(folder, world).close()
    with serving(f"sqlite:{folder / 'world.db'}") as address:
        yield address


@pytest.fixture
def hostile(windows: dict[str, Page], evil: str) -> Iterator[Watched]:
    with watching(windows["laptop"], evil) as found:
        yield found


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
