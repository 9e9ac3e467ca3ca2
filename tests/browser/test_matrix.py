"""The matrix of gaps under the hands: one stop of the Tab key, arrows inside, names in sight."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser
FOCUSED = """() => {
  const link = document.activeElement, at = link.getBoundingClientRect();
  const top = document.elementFromPoint(at.x + at.width / 2, at.y + at.height / 2);
  return { name: link.getAttribute("aria-label"), seen: link.contains(top) };
}"""


def opened(watched: Watched, address: str) -> Page:
    """A page whose scripts have run."""
    watched.page.goto(watched.site + address)
    return watched.page


def focused(page: Page) -> str:
    """The name of the cell that has the focus; it must be in sight, not under a heading."""
    found = page.evaluate(FOCUSED)
    assert found["seen"], found["name"]
    return str(found["name"])


def test_arrows_move_between_the_cells_and_tab_leaves_them(watched: Watched) -> None:
    page = opened(watched, "/kesenjangan")
    page.locator("table.heat tbody td > a").first.focus()
    assert focused(page).startswith("Provinsi Jawa Timur, SDG 1:")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    assert focused(page).startswith("Kabupaten Bangkalan, SDG 2:")
    page.keyboard.press("End")
    assert focused(page).startswith("Kabupaten Bangkalan, SDG 17:")
    page.keyboard.press("Control+End")
    assert focused(page).startswith("Kota Surabaya, SDG 17:")
    page.keyboard.press("Control+Home")
    assert focused(page).startswith("Provinsi Jawa Timur, SDG 1:")
    page.keyboard.press("ArrowUp")
    assert focused(page).startswith("Provinsi Jawa Timur, SDG 1:")
    stops = page.locator("table.heat tbody td > a[tabindex='0']")
    assert stops.count() == 1


def test_moving_back_never_hides_a_cell_under_a_heading(watched: Watched) -> None:
    page = opened(watched, "/kesenjangan")
    page.locator("table.heat tbody tr").nth(30).locator("td > a").nth(16).focus()
    for _ in range(12):
        page.keyboard.press("ArrowLeft")
        focused(page)
    for _ in range(29):
        page.keyboard.press("ArrowUp")
        focused(page)


def test_enter_opens_what_a_cell_counts(watched: Watched) -> None:
    page = opened(watched, "/kesenjangan")
    page.locator("table.heat a.gap.has").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/daerah/35?topik=1&status=berlaku*")


def test_the_page_itself_does_not_scroll_sideways(watched: Watched) -> None:
    for address in ("/kesenjangan", "/kesenjangan?tabel=target&topik=17", "/peluang"):
        page = opened(watched, address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
