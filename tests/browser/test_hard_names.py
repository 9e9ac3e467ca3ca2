"""Names, and lengths of lists, that no page may break on: in a real browser, at both widths."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from graph_loader.model import make_party
from tests.browser.conftest import Watched, quiet, serving
from tests.worlds import EAST_JAVA, EVERYONE, GRESIK, SIDOARJO, agreement, batch, store_of

pytestmark = pytest.mark.browser
LONG = make_party(
    "long", ("Perhimpunan Kerja Sama Air Minum dan Sanitasi " * 7)[:300].strip(), "", "third_party"
)
UNBROKEN = make_party(
    "unbroken-jp", "Lembaga" * 20, "Lembaga" * 20, "foreign_institution", "jp", "jp"
)
CHINESE = make_party(
    "dalian-jp", "大连市人民政府外事办公室", "大连市人民政府外事办公室", "foreign_local", "jp", "jp"
)
ARABIC = make_party(
    "jeddah-jp", "أمانة محافظة جدة", "أمانة محافظة جدة", "foreign_local", "jp", "jp"
)
HARD = (LONG, UNBROKEN, CHINESE, ARABIC)
MANY = 500


@pytest.fixture(scope="module")
def hard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Gresik with every hard name; East Java with five hundred agreements; Sidoarjo with one."""
    parties = [*EVERYONE, *HARD]
    stated = [agreement(f"hard-{n}", GRESIK, one, signed="2020") for n, one in enumerate(HARD)]
    stated += [
        agreement(f"many-{n}", EAST_JAVA, "its", signed=f"{1990 + n % 30}") for n in range(MANY)
    ]
    stated.append(agreement("single", SIDOARJO, LONG, signed="2020"))
    folder = tmp_path_factory.mktemp("hard")
    store_of(folder, batch(stated, parties=parties)).close()
    with serving(f"sqlite:{folder / 'world.db'}") as address:
        yield address


@pytest.fixture
def seen(window: Page, hard: str) -> Iterator[Watched]:
    with quiet(window, hard) as found:
        yield found


def fits(page: Page) -> bool:
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    return bool(page.evaluate(wide) <= 0)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_hard_names_fit_every_page(seen: Watched, prefix: str) -> None:
    for path in (
        "/daerah/35.25", *(f"/mitra/{one.id}" for one in HARD[1:]), "/pihak-ketiga/long",
        "/jaringan", "/peta", "/linimasa", "/perjanjian", "/perjanjian/hard-0", "/cari?q=Lembaga",
        "/hubungan?dari=35.15&ke=unbroken-jp", "/peluang/35.78", "/banding?a=35.15&b=35.25",
        "/rapat/35.25", "/negara/jp",
    ):  # fmt: skip
        page = seen.open(prefix + path)
        assert fits(page), path


def test_every_hard_name_is_whole_on_its_own_page(seen: Watched) -> None:
    for one, path in zip(HARD, ("pihak-ketiga", "mitra", "mitra", "mitra"), strict=True):
        page = seen.open(f"/{path}/{one.id}")
        assert one.name("id") in page.locator("h1").inner_text()


@pytest.mark.parametrize(("query", "rows"), [("zzzz", 0), ("single", 1), ("many", MANY)])
def test_a_list_of_none_one_and_five_hundred(seen: Watched, query: str, rows: int) -> None:
    page = seen.open(f"/perjanjian?q={query}")
    shown = page.locator("main table.cards tbody tr").count()
    assert shown == min(rows, 25)
    assert fits(page)
    if rows > shown:
        assert f"{MANY}" in page.locator(".pager").first.inner_text()
    if not rows:
        assert page.locator("main .empty").is_visible()
