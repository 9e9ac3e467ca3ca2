"""The map moved by keys, wheel and mouse; its hints, its links, and what a telephone sees first."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Watched

FRAME = "[data-zoom-picture=ready]"
MAP = f"{FRAME} .map"
HOME = '[data-spot="35"]'


def seen(page: Page) -> list[float]:
    """Left, top, width and height of what is shown of the map."""
    return [float(one) for one in str(page.get_attribute(MAP, "viewBox")).split()]


def named(page: Page) -> list[str]:
    """The labels that can be read."""
    return page.locator(".map text.label:visible").all_text_contents()


def wide(page: Page) -> float:
    """How wide the home province's sign is, px of the screen."""
    box = page.locator(f"{HOME} .mark").bounding_box()
    assert box
    return box["width"]


def test_keys_and_wheel_bring_the_map_near_and_move_it(watched: Watched) -> None:
    page = watched.open("/peta")
    whole, sign = seen(page), wide(page)
    begins_at_home(page)

    page.focus(FRAME)
    page.keyboard.press("+")
    near = seen(page)
    assert near[2] < whole[2]
    assert near[3] / near[2] == pytest.approx(whole[3] / whole[2])
    x = str(page.get_attribute(HOME, "transform")).removeprefix("translate(").split()[0]
    assert near[0] + near[2] / 2 == pytest.approx(float(x), abs=1)  # home is in the middle
    page.keyboard.press("ArrowRight")
    assert seen(page)[0] > near[0]
    assert seen(page)[1:] == near[1:]
    for _ in range(20):
        page.keyboard.press("ArrowRight")
    assert seen(page)[0] + near[2] == pytest.approx(whole[0] + whole[2])  # and never beyond it
    page.keyboard.press("0")
    assert seen(page) == whole
    page.keyboard.press("-")
    assert seen(page) == whole

    few = named(page)
    assert "Tiongkok" in few
    for _ in range(4):
        page.keyboard.press("+")
    assert "Tiongkok" not in named(page)
    assert len(named(page)) > len(few)
    assert wide(page) == pytest.approx(sign, abs=1)  # signs keep their size
    page.keyboard.press("0")

    moves_by_mouse(page)


def begins_at_home(page: Page) -> None:
    """Nothing scrolls sideways but the frame, which begins where the home province is."""
    frame, home = (page.locator(one).bounding_box() for one in (FRAME, f"{HOME} .mark"))
    assert frame
    assert home
    assert frame["x"] < home["x"] < frame["x"] + frame["width"]
    assert page.viewport_size
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def moves_by_mouse(page: Page) -> None:
    """A wheel scrolls the page until Ctrl says that the map is meant; a drag is no click."""
    page.evaluate("document.activeElement.blur()")
    page.locator(FRAME).scroll_into_view_if_needed()
    whole = seen(page)
    box = page.locator(FRAME).bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + 60
    page.mouse.move(x, y)
    page.mouse.wheel(0, -10)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -300)
    page.keyboard.up("Control")
    page.wait_for_function(
        "Number(document.querySelector('.map').style.getPropertyValue('--zoom')) > 1"
    )
    near = seen(page)
    # The wheel with Ctrl alone: 1.0015 for each of 300 px, and none of the 10 before.
    assert whole[2] / near[2] == pytest.approx(1.0015**300, rel=1e-3)
    page.mouse.down()
    page.mouse.move(x + 30, y, steps=3)
    page.mouse.up()
    assert seen(page)[0] < near[0]
    assert page.url.endswith("/peta")


def test_a_spot_is_hinted_lit_and_leads_to_its_party(watched: Watched) -> None:
    page = watched.open("/peta?kawasan=jatim")
    link = page.locator('[data-spot="35.25"] a')
    page.focus(FRAME)
    page.keyboard.press("Tab")
    link.focus()
    assert page.locator(".tip:visible").inner_text() == link.get_attribute("aria-label")
    lit = page.locator(".map .tie.lit").evaluate_all("all => all.map(one => one.dataset.ends)")
    assert lit
    assert all("35.25" in str(ends).split() for ends in lit)
    page.keyboard.press("Escape")
    assert page.locator(".tip:visible").count() == 0
    page.keyboard.down("Enter")
    page.wait_for_url("**/daerah/35.25")
    page.keyboard.up("Enter")  # not before, because nobody answers it while one page goes
