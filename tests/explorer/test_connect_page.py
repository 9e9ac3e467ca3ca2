"""The connect page: more paths on request, counted honestly, drawn and taken away."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from explorer import create_app
from explorer.paths import MAX_PATHS, Asked, Path, best_paths
from explorer.settings import Settings
from tests.explorer.pictures import DAY, shipped, shipped_address

ENDS = "dari=35.25&ke=osaka-prefecture-jp"


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(Settings(store=shipped_address(), today=DAY.isoformat())).test_client()


def html(client: FlaskClient, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return unescape(answer.get_data(as_text=True))


def cards(page: str) -> list[list[str]]:
    """The names on each path's card, in order."""
    found = re.findall(r'<article class="card path">(.*?)</article>', page, re.DOTALL)
    return [
        re.findall(r'<li class="stop"><a class="party".*?<span>(.*?)</span>', card, re.DOTALL)
        for card in found
    ]


def names(paths: tuple[Path, ...]) -> list[list[str]]:
    index = shipped().index
    return [[index.name(id, "id") for id in path.parties] for path in paths]


def best(start: str, goal: str, k: int) -> tuple[Path, ...]:
    return best_paths(shipped().index, Asked(start, goal), DAY, k=k)


def test_more_on_request_are_the_best_paths_and_the_rest_is_counted(client: FlaskClient) -> None:
    page = html(client, f"/hubungan?{ENDS}")
    assert cards(page) == names(best("35.25", "osaka-prefecture-jp", 3))
    assert "3 jalur terbaik dari sedikitnya 13" in page
    (url,) = re.findall(r'class="button" href="([^"]+)">Lebih banyak jalur: 7 lagi', page)
    more = html(client, url.partition("#")[0])
    assert cards(more) == names(best("35.25", "osaka-prefecture-jp", 10))
    assert "Lebih banyak jalur: 10 lagi" in more
    every = html(client, f"/hubungan?{ENDS}&jumlah={MAX_PATHS}")
    assert len(cards(every)) == MAX_PATHS
    assert "Lebih banyak jalur" not in every
    assert f"paling banyak {MAX_PATHS}" in every
    assert "Tidak ada jalur lain" not in every


def test_where_all_are_shown_nothing_more_is_promised(client: FlaskClient) -> None:
    few = best("35.78", "busan-kr", MAX_PATHS)
    assert len(few) < 3
    page = html(client, "/hubungan?dari=35.78&ke=busan-kr")
    assert cards(page) == names(few)
    assert "Lebih banyak jalur" not in page
    assert "dari sedikitnya" not in page
    assert "Tidak ada jalur lain" in page


def test_the_picture_and_the_note_ask_what_the_page_asks(client: FlaskClient) -> None:
    page = html(client, f"/hubungan?{ENDS}&hindari=35.78&hindari=unicef&lampau=1")
    (svg,) = re.findall(r'href="(/unduh/gambar/hubungan\.svg[^"]+)"', page)
    assert svg.count("hindari=") == 2
    drawn = html(client, svg)
    for path in cards(page):
        for name in path:
            assert all(word in drawn for word in name.split())
    note = r'href="(/unduh/nota\.[^"]+)"'
    assert not re.findall(note, page)  # a note knows no conditions
    notes = re.findall(note, html(client, f"/hubungan?{ENDS}"))
    assert [link.partition("?")[2] for link in notes] == [ENDS, ENDS]
    assert client.get("/unduh/gambar/hubungan.svg?dari=35.25&ke=").status_code == 404


def test_two_regions_lead_to_one_table(client: FlaskClient) -> None:
    assert 'href="/banding?a=35.15&b=35.25"' in html(client, "/hubungan?dari=35.15&ke=35.25")
    assert "/banding" not in html(client, f"/hubungan?{ENDS}")
    assert 'href="/banding"' in html(client, "/hubungan")
