"""Every page in a real browser: pairwise in `make test`, every way of looking in `make soak`."""

from __future__ import annotations

import json
from hashlib import sha256
from itertools import combinations
from pathlib import Path

import pytest
from playwright.sync_api import Page

from explorer import create_app
from explorer.settings import Settings
from tests.browser.conftest import Watched, watching
from tests.browser.every_page import PAGES, STATUS, WAYS, Look, address, every_look, pairwise
from tests.explorer.pictures import shipped_address

pytestmark = pytest.mark.browser
VENDOR = Path(__file__).parent / "vendor"
AXE = VENDOR / "axe-core/axe.min.js"
NO_PAGES = {"static", "healthz", "readyz", "version"}
# what answers with no page
FILES = {"download", "network_file", "picture_file", "problem_list", "note", "api"}
MOST_SHIFT = 0.002  # because that is one line that moves by a pixel, on a machine that is busy
LOADS = 3  # because a typeface that comes late on a busy machine moves a line once, a page always
SHIFTED = """() => new Promise(done => new PerformanceObserver(list =>
    done(list.getEntries().reduce((sum, one) => sum + one.value, 0))
  ).observe({type: "layout-shift", buffered: true}) ?? setTimeout(() => done(0), 50))"""
FAULTS = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations.map(
    one => one.id + ": " + one.nodes.slice(0, 4).map(one => one.html.slice(0, 160)).join(" | "))"""
LEVELS = """() => [...document.querySelectorAll("h1,h2,h3,h4,h5,h6")]
    .filter(one => one.checkVisibility()).map(one => Number(one.tagName[1]))"""


def faults(found: Watched, look: Look, *, by_axe: bool) -> list[str]:
    """What is wrong with a page, looked at in one way; `by_axe` asks axe-core too."""
    page = found.page
    page.set_viewport_size({"width": look.width, "height": 844 if look.width < 500 else 768})
    page.emulate_media(color_scheme=look.theme)  # type: ignore[arg-type]
    answer = page.goto(found.site + look.path, wait_until="load")
    status = STATUS.get(look.page, 200)
    wrong = []
    if answer is None or answer.status != status:
        wrong.append(f"status {answer and answer.status}")
    if page.locator("html").get_attribute("lang") != look.language:
        wrong.append("its language is another one")
    wide = page.evaluate("document.documentElement.scrollWidth")
    if wide > look.width:
        wrong.append(f"scrolls sideways: {wide} px")
    levels = page.evaluate(LEVELS)
    if levels.count(1) != 1 or any(b > a + 1 for a, b in zip([0, *levels], levels, strict=False)):
        wrong.append(f"headings out of order: {levels}")
    if by_axe:
        page.evaluate(AXE.read_text())
        wrong += page.evaluate(FAULTS)
    page.wait_for_load_state("networkidle")  # which has come meanwhile
    loads = 1
    while (shifted := page.evaluate(SHIFTED)) > MOST_SHIFT and loads < LOADS:
        page.reload(wait_until="networkidle")
        loads += 1
    if shifted > MOST_SHIFT:
        wrong.append(f"moves while it loads: {shifted:.4f}")
    wrong += [*found.foreign, *(words for words in found.said if f"{status}" not in words)]
    return wrong


@pytest.mark.parametrize("window", ["laptop"], indirect=True)  # which gets each width in turn
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_sound_in_every_pair_of_ways(window: Page, site: str, name: str) -> None:
    looks = [look for look in pairwise() if look.page == name]
    assert {look.language for look in looks} == {"id", "en"}
    check(window, site, looks, new_to_axe(looks))


@pytest.mark.soak
@pytest.mark.parametrize("window", ["laptop"], indirect=True)  # which gets each width in turn
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_sound_in_every_way(window: Page, site: str, name: str) -> None:
    looks = [look for look in every_look() if look.page == name]
    check(window, site, looks, looks)


def new_to_axe(looks: list[Look]) -> list[Look]:
    """Those that show a page in a language or a theme in which axe-core has not seen it."""
    shown = set[str]()
    new = []
    for look in looks:
        if not shown >= {look.language, look.theme}:
            new.append(look)
        shown |= {look.language, look.theme}
    assert shown == {"id", "en", "light", "dark"}
    return new


def check(window: Page, site: str, looks: list[Look], by_axe: list[Look]) -> None:
    wrong = {}
    for look in looks:
        with watching(window, site) as watched:
            found = faults(watched, look, by_axe=look in by_axe)
        if found:
            wrong[f"{look.path} {look.width} {look.theme}"] = found
    assert not wrong, json.dumps(wrong, indent=1, ensure_ascii=False)


def test_every_two_ways_meet() -> None:
    looks = pairwise()
    met = {pair for look in looks for pair in combinations(enumerate(look), 2)}
    for (m, some), (n, others) in combinations(enumerate(WAYS), 2):
        for a in some:
            for b in others:
                assert ((m, a), (n, b)) in met
    assert len(looks) < len(every_look()) / 2


def test_no_page_is_forgotten() -> None:
    app = create_app(Settings(store=shipped_address(), today="2026-11-25"))
    looked_at = set()
    with app.test_request_context():
        match = app.url_map.bind("localhost").match
        for path in PAGES.values():
            looked_at.add(match(address(path, "en").partition("?")[0])[0])
    pages = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint.partition(".")[0] not in NO_PAGES | FILES
    }
    assert pages - looked_at == set()


def test_the_checker_is_the_one_of_the_manifest() -> None:
    [stated] = json.loads((VENDOR / "manifest.json").read_text())
    for name, digest in stated["sha256"].items():
        assert sha256((VENDOR / name).read_bytes()).hexdigest() == digest
