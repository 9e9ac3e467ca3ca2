"""The network page under the hands: opened, filtered and undone in place; names; its file."""

from __future__ import annotations

from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser
PATIENT = 20_000  # ms, because a picture that is fetched on a busy machine may take as long
WHOLE = "373 perjanjian menghubungkan 374 pihak dalam 869 hubungan"
INKED = """() => { const c = document.querySelector("canvas");
  const d = c.getContext("2d").getImageData(0, 0, c.width, c.height).data;
  let n = 0; for (let i = 3; i < d.length; i += 4) if (d[i]) n++; return n; }"""
# The names that are written at a scale, as boxes of the screen; with how many there are.
WRITTEN = """async (scale) => {
  const { labels } = await import("/static/js/network-labels.js");
  const scene = JSON.parse(document.getElementById("scene").textContent);
  const context = document.createElement("canvas").getContext("2d");
  const names = new Set(scene.nodes.flatMap(({ label }) =>
    [...label.split("\\n"), label.replace("\\n", " ")]));
  const boxes = [];
  context.fillText = (text, x, y) => {
    if (!names.has(text)) return;
    const width = context.measureText(text).width;
    const height = parseFloat(context.font.match(/([\\d.]+)px/)[1]);
    boxes.push({ text, left: x - width / 2, right: x + width / 2, top: y, bottom: y + height });
  };
  const far = { from: { x: -1e6, y: -1e6 }, to: { x: 1e6, y: 1e6 } };
  const colours = { ink: "#000", quiet: "#555", card: "#fff", sunk: "#eee", accent: "#055",
    font: "sans-serif" };
  const drawing = labels(scene);
  drawing.draw(context, scale, far, colours, null);
  const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1
    && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  const touching = boxes.flatMap((a, n) => boxes.slice(n + 1).filter((b) => meet(a, b))
    .map((b) => `${a.text} / ${b.text}`));
  const hub = boxes.some(({ text }) => /^(Jawa Timur|East Java)/.test(text));
  return { shown: drawing.shown(), touching, hub };
}"""


def ready(page: Page) -> Page:
    """Wait until the picture is drawn, and nothing is being fetched."""
    page.wait_for_selector("[data-drawn=true]")
    expect(page.locator(".network-page")).not_to_have_attribute(
        "aria-busy", "true", timeout=PATIENT
    )
    return page


def test_groups_open_by_keyboard_and_all_is_undone_in_place(watched: Watched) -> None:
    page = ready(watched.open("/jaringan"))
    page.evaluate("window.same = true")
    page.locator(".openings summary").click()
    page.locator("[data-at='buka.jp']").press("Enter")
    expect(page.locator("[data-at='buka.jp']")).to_have_text("Gabungkan Jepang", timeout=PATIENT)
    expect(page.locator("[data-at='buka.jp']")).to_be_focused()
    assert page.url.endswith("/jaringan?buka=jp")
    page.locator("[data-at='kategori.ksdpl']").click()
    expect(page.locator("h1")).not_to_have_text(WHOLE, timeout=PATIENT)
    assert "kategori=ksdpl" in page.url
    ready(page).locator("[data-undo]").click()
    expect(page.locator("h1")).to_have_text(WHOLE, timeout=PATIENT)
    ready(page).go_back()
    expect(page.locator("[data-at='buka.jp']")).to_have_text("Buka Jepang (+14)", timeout=PATIENT)
    expect(page.locator("[data-undo]")).to_be_disabled(timeout=PATIENT)
    assert page.evaluate("window.same")
    page.go_forward()
    expect(page.locator("[data-at='buka.jp']")).to_have_text("Gabungkan Jepang", timeout=PATIENT)


def test_nothing_left_is_said_and_the_picture_comes_back(watched: Watched) -> None:
    page = ready(watched.open("/jaringan?negara=au&kategori=ksdpl"))
    page.locator("input[name=sejak]").fill("1901")
    page.locator("input[name=sampai]").fill("1902")
    page.locator(".years-part button").click()
    expect(page.locator(".stage .empty")).to_be_visible(timeout=PATIENT)
    page.go_back()
    ready(page)
    assert page.evaluate(INKED) > 1000


@pytest.mark.parametrize("path", ["/jaringan", "/en/jaringan?buka=cn,35"])
def test_names_never_touch_and_are_more_when_near(watched: Watched, path: str) -> None:
    page = ready(watched.open(path))
    seen = [page.evaluate(WRITTEN, scale) for scale in (0.2, 0.45, 0.7, 1.2)]
    assert [found["touching"] for found in seen] == [[], [], [], []]
    shown = [found["shown"] for found in seen]
    assert shown == sorted(shown)
    assert shown[0] * 2 < shown[-1]
    assert all(found["hub"] for found in seen)


def test_a_telephone_begins_with_a_small_overview(watched: Watched) -> None:
    page = ready(watched.open("/jaringan"))
    part = page.locator("[data-look='Asia Timur']")
    assert watched.page.viewport_size is not None
    if watched.page.viewport_size["width"] > 640:
        expect(part).to_be_hidden()
        return
    box = part.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 844
    part.click()
    expect(page.locator(".stage")).to_be_in_viewport()


def test_it_works_without_script(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/jaringan")
    expect(page.locator(".still svg").first).to_be_visible()
    expect(page.locator(".tools")).to_be_hidden()
    page.locator("[data-at='kategori.ksdpl']").click()
    expect(page.locator("[data-at='kategori.ksdpl']")).to_have_attribute("aria-current", "true")
    context.close()


def test_the_file_opens_from_a_disk_and_asks_nobody(
    browser: Browser, site: str, tmp_path: Path
) -> None:
    file = tmp_path / "jaringan.html"
    with urlopen(f"{site}/unduh/jaringan.html?negara=jp") as answer:
        file.write_bytes(answer.read())
    context = browser.new_context(offline=True)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: said.append(request.url))
    page.goto(file.as_uri())
    page.wait_for_selector("[data-drawn=true]")
    assert page.evaluate(INKED) > 1000
    assert said == [file.as_uri()]
    context.close()
