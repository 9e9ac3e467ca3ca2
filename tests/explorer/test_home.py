"""The first page: the network in miniature, what a load brought, what ends soon."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from explorer import create_app
from explorer.i18n import say
from explorer.pictures.miniature import SIZE, miniature
from explorer.pictures.places import home_province
from explorer.settings import Settings
from graph_loader import Language
from tests.explorer.pictures import DAY, shipped, shipped_address, view_of
from tests.worlds import EAST_JAVA, GRESIK, OSAKA, agreement, batch, store_of, umbrella_world

LETTER = 8.0  # px of a letter of 15 px


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(Settings(store=shipped_address(), today=DAY.isoformat())).test_client()


def drawn(lang: Language) -> str:
    found = miniature(shipped(), lang)
    assert found
    return unescape(str(found.svg))


def counted(words: str) -> int:
    """What the miniature says of a group."""
    found = re.search(rf"[:,] {re.escape(words)} (\d+)[,.]", drawn("en"))
    assert found
    return int(found[1])


def at_home() -> set[str]:
    """The home province and its regions."""
    home = home_province(shipped().index)
    return {p.id for p in shipped().index.parties if home in {p.id, p.part_of}}


def test_the_miniature_counts_what_the_store_holds() -> None:
    """Counted one by one, agreement by agreement."""
    shown, home = shipped(), at_home()
    index = shown.index
    asia, campus = 0, 0
    for n in index.in_force(shown.day).nonzero()[0].tolist():
        parties = [index.parties[p] for p in index.members_of(n).tolist()]
        if not home & {party.id for party in parties}:
            continue
        asia += any(party.country in {"cn", "jp", "kr", "mn", "tw", "hk", "kp", "mo"}
                    for party in parties)  # fmt: skip
        campus += any(party.kind == "university" for party in parties)
    assert (counted("East Asia"), counted("Universities")) == (asia, campus)
    assert min(asia, campus) > 10


@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_word_of_the_miniature_is_on_it_and_no_two_touch(lang: Language) -> None:
    labels = [
        (float(x), float(y), len(words) * LETTER)
        for x, y, words in re.findall(
            r'<text [^>]*x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]+)<', drawn(lang)
        )
    ]
    assert len(labels) > 25
    for x, y, wide in labels:
        assert wide / 2 <= x <= SIZE[0] - wide / 2
        assert 12 <= y <= SIZE[1] - 4
    for n, (x, y, wide) in enumerate(labels):
        for other_x, other_y, other in labels[n + 1 :]:
            assert abs(y - other_y) >= 14 or abs(x - other_x) >= (wide + other) / 2


def test_the_miniature_says_all_of_it_in_words_too() -> None:
    svg = drawn("id")
    title = re.search(r"<title>([^<]+)</title>", svg)
    assert title
    numbers = re.findall(r'class="quiet"[^>]*>(\d+)<', svg)
    assert sorted(numbers, key=int, reverse=True) == re.findall(r" (\d+)[,.]", title[1])


def test_without_agreements_there_is_no_miniature(tmp_path: Path) -> None:
    assert miniature(view_of(tmp_path, batch([], parties=[EAST_JAVA, GRESIK])), "id") is None
    empty = create_app(Settings(store=f"sqlite:{tmp_path / 'empty.db'}")).test_client()
    assert "miniature" not in empty.get("/").text


def test_a_small_load_is_told_by_what_it_brought(tmp_path: Path) -> None:
    one = agreement("fresh", GRESIK, OSAKA, signed="2022-05-04")
    store_of(tmp_path, umbrella_world(), batch([one], source="second")).close()
    settings = Settings(store=f"sqlite:{tmp_path / 'world.db'}", today=DAY.isoformat())
    text = unescape(create_app(settings).test_client().get("/").text)
    assert "1 perjanjian baru, 0 berubah, 0 dicabut" in text
    news = text.split(say("id", "home.news.newest"))[1].split("</ul>")[0]
    assert news.count("<li>") == 4
    told = [news.index(signed) for signed in ("4 Mei 2022", "2021", "1 Januari 2020", "2005")]
    assert told == sorted(told)


def test_what_ends_soon_stands_with_the_days_that_are_left(client: FlaskClient) -> None:
    text = unescape(client.get("/").text)
    ending = text.split("Segera berakhir")[1].split("</ul>")[0]
    assert "2 dalam 90 hari" in ending
    assert ending.count("sampai 2026 · tinggal 36 hari") == 2  # to the last day of the year
    assert "Provinsi Jawa Timur – BPBD Provinsi Jawa Timur dan 1 pihak lain" in ending
    soon = re.search(r'href="(/perjanjian\?[^"]*akhir=90[^"]*)"', ending)
    assert soon
    assert "dari 2" in unescape(client.get(soon[1]).text)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_first_page_leads_everywhere_it_says(client: FlaskClient, prefix: str) -> None:
    text = unescape(client.get(prefix or "/").text)
    main = text.split("<main")[1].split("</main>")[0]
    links = {link for link in re.findall(r'href="(/[^"#]*)"', main) if "/static/" not in link}
    assert len(links) > 30
    for link in sorted(links):
        assert link.startswith(f"{prefix}/")
        if "/topik/" not in link:  # seventeen pages of one kind
            assert client.get(link).status_code == 200, link
    for answers in ("/negara/au?pihak=35", "/hubungan?dari=35.25&ke=osaka-prefecture-jp",
                    "/peluang/35.15", "/kebutuhan?daerah=35.78&komoditas=rice"):  # fmt: skip
        assert prefix + answers in links
