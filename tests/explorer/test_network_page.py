"""The network page: the sentence, the filters, the picture's data and the table agree."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient

from explorer import create_app
from explorer.settings import Settings
from tests.explorer.pictures import DAY, HOSTILE, partner, shipped_address
from tests.worlds import EVERYONE, GRESIK, agreement, batch, store_of


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    """The app on the shipped rows."""
    return create_app(Settings(store=shipped_address(), today=DAY.isoformat())).test_client()


def page(client: FlaskClient, path: str) -> str:
    """A page that must be there."""
    response = client.get(path)
    assert response.status_code == 200, path
    return response.get_data(as_text=True)


def scene(text: str) -> dict[str, Any]:
    """The data that the page's script reads."""
    found = re.search(r'<script type="application/json" id="scene">(.*?)</script>', text, re.S)
    assert found is not None
    data: dict[str, Any] = json.loads(found[1])
    return data


def rows(text: str) -> int:
    """How many ties the page's table holds."""
    return len(re.findall(r'<th scope="row">', text))


def figures(text: str) -> tuple[int, ...]:
    """The numbers of the opening sentence: agreements, parties, ties."""
    heading = re.search(r"<h1>(.*?)</h1>", text, re.S)
    assert heading is not None
    return tuple(int(n.replace(".", "")) for n in re.findall(r"[\d.]+", heading[1]))


def test_the_sentence_counts_what_the_table_holds(client: FlaskClient) -> None:
    text = page(client, "/jaringan?negara=au")
    agreements, parties, ties = figures(text)
    assert rows(text) == ties == len(scene(text)["edges"])
    assert parties == sum(node["group"] != "quiet" for node in scene(text)["nodes"])
    assert agreements >= 10


def test_a_long_table_is_paged_and_says_how_long_it_is(client: FlaskClient) -> None:
    _, _, ties = figures(page(client, "/jaringan"))
    seen, number = 0, 0
    while True:
        number += 1
        text = page(client, f"/jaringan?hal={number}")
        assert re.search(rf"{seen + 1}\D+{seen + rows(text)}\D+{ties}\b", text)
        seen += rows(text)
        if 'rel="next"' not in text:
            break
    assert seen == ties


def test_a_gathered_picture_says_so(client: FlaskClient) -> None:
    text = page(client, "/jaringan")
    _, parties, _ = figures(text)
    drawn = sum(node["group"] != "quiet" for node in scene(text)["nodes"])
    assert f"{parties} pihak digabung menjadi {drawn} titik" in text
    assert "digabung" not in page(client, "/jaringan?negara=au")


def test_a_cut_picture_says_so(client: FlaskClient) -> None:
    assert re.search(r"300 dari \d+ garis digambar", page(client, "/jaringan?buka=35"))
    assert "garis digambar" not in page(client, "/jaringan")


@pytest.mark.parametrize(
    "query",
    ["kategori=ksdpl", "status=lapsed", "status=exploration", "topik=6", "negara=cn", "pihak=35.25",
     "bentuk=sister_city", "kategori=ksdll&negara=de&status=berlaku"],
)  # fmt: skip
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_filter_leaves_less(client: FlaskClient, query: str, prefix: str) -> None:
    text = page(client, f"{prefix}/jaringan?{query}")
    everything = figures(page(client, "/jaringan"))
    if "exploration" not in query and "lapsed" not in query:
        assert 0 < figures(text)[0] < everything[0]
    assert scene(text)["nodes"]


def test_the_status_of_every_row_is_the_one_asked_for(client: FlaskClient) -> None:
    text = page(client, "/jaringan?status=lapsed")
    assert set(re.findall(r'class="status status-(\w+)"', text)) == {"lapsed"}


def test_a_party_asked_for_is_in_every_row_and_named(client: FlaskClient) -> None:
    text = page(client, "/jaringan?pihak=35.25&negara=de")
    assert re.search(r"Kabupaten Gresik</span></a> <span>di tengah gambar", text)
    assert 'name="pihak" value="35.25"' in text
    assert 'href="/jaringan?negara=de">' in text


def test_nothing_left_is_said_with_a_way_back(client: FlaskClient) -> None:
    text = page(client, "/jaringan?negara=au&topik=5&kategori=sinergi")
    assert 'id="scene"' not in text
    assert 'class="empty"' in text
    assert 'href="/jaringan"' in text


@pytest.mark.parametrize("query", ["status=sometimes", "kategori=x", "topik=18", "hal=-1"])
def test_a_filter_that_cannot_be_is_refused(client: FlaskClient, query: str) -> None:
    assert client.get(f"/jaringan?{query}").status_code == 400


def test_an_unknown_party_is_not_found(client: FlaskClient) -> None:
    assert client.get("/jaringan?pihak=35.99").status_code == 404


def test_points_lead_to_pages_that_exist(client: FlaskClient) -> None:
    urls = scene(page(client, "/en/jaringan?negara=jp"))["urls"]
    assert urls
    for url in list(urls.values())[:12]:
        assert url.startswith("/en/")
        assert client.get(url).status_code == 200


LINE = re.compile(
    r'<a data-here data-at="[^"]+" href="([^"]+)"( aria-current="true")?>.*?<b>([\d.]+)</b></a>',
    re.S,
)


def lines(text: str, name: str) -> list[tuple[str, bool, int]]:
    """The lines of one part of the legend: where each leads, whether it is chosen, its count."""
    part = re.search(rf'data-keep="{name}".*?</details>', text, re.S)
    assert part is not None, name
    found = LINE.findall(part[0])
    return [(unescape(url), bool(mark), int(n.replace(".", ""))) for url, mark, n in found]


def test_each_line_of_the_legend_leads_to_as_many_as_it_counts(client: FlaskClient) -> None:
    text = page(client, "/jaringan?sejak=2010")
    for name in ("kategori", "status", "topik", "negara", "bentuk"):
        url, _, count = next(line for line in lines(text, name) if not line[1])
        fewer = page(client, url)
        assert figures(fewer)[0] == count
        assert "sejak=2010" in url
        (again,) = [line for line in lines(fewer, name) if line[1]]
        assert figures(page(client, again[0]))[0] == figures(text)[0]
        assert again[2] == count
    assert [line[2] for line in lines(text, "status") if line[1]] == [figures(text)[0]]


def test_the_bars_of_the_years_hold_every_dated_agreement(client: FlaskClient) -> None:
    text = page(client, "/en/jaringan")
    bars = re.findall(r'<a href="([^"]+)"><title>(\d{4}): (\d+) signed</title>', text)
    none = re.search(r"Without a year: (\d+)", text)
    assert none is not None
    assert sum(int(n) for _, _, n in bars) + int(none[1]) == figures(text)[0]
    url, year, n = max(bars, key=lambda bar: int(bar[2]))
    one = page(client, unescape(url))
    assert figures(one)[0] == int(n)
    assert re.search(rf'name="sejak"[^>]* value="{year}"', one)
    assert len(re.findall(r'class="bar"', one)) == 1


def test_a_group_is_opened_and_closed_by_a_link(client: FlaskClient) -> None:
    text = page(client, "/jaringan?buka=33")
    found = re.search(r'href="([^"]+)">Buka Jepang \(\+(\d+)\)', text)
    assert found is not None
    assert unquote(found[1]) == "/jaringan?buka=33,jp"
    opened = page(client, found[1])
    japanese = [node for node in scene(opened)["nodes"] if node["id"].endswith("-jp")]
    assert len(japanese) == int(found[2])
    assert scene(opened)["opened"] == ["33", "jp"]
    assert 'href="/jaringan?buka=33">Gabungkan Jepang' in opened
    assert 'href="/jaringan">' in opened


def test_every_party_is_shown_one_by_one_and_gathered_again(client: FlaskClient) -> None:
    text = page(client, "/jaringan?semua=1")
    _, parties, ties = figures(text)
    drawn = [node for node in scene(text)["nodes"] if node["group"] != "quiet"]
    assert (len(drawn), len(scene(text)["edges"])) == (parties, ties)
    assert re.search(r'href="/jaringan">Kelompokkan lagi', text)


def test_a_page_of_very_many_parties_keeps_its_svg_gathered(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("explorer.pages.network_asked.STILL", 300)
    text = page(client, "/jaringan?semua=1&hal=2")
    assert "Jawa Timur +38</text>" in text
    assert len(scene(text)["nodes"]) > 300


def test_the_page_works_without_script(client: FlaskClient) -> None:
    text = page(client, "/jaringan?negara=jp")
    assert '<svg class="picture"' in text
    assert re.search(r'<form[^>]*action="/jaringan"', text)
    assert lines(text, "kategori")


def test_a_hostile_name_is_text_everywhere(tmp_path: Path) -> None:
    evil = partner("evil-jp", "jp", HOSTILE)
    store_of(tmp_path, batch([agreement("a", GRESIK, evil)], parties=[*EVERYONE, evil])).close()
    settings = Settings(store=f"sqlite:{tmp_path / 'world.db'}", today=DAY.isoformat())
    client = create_app(settings).test_client()
    text = page(client, "/jaringan")
    assert "<img src=x" not in text
    assert HOSTILE in [node["title"] for node in scene(text)["nodes"]]
    found = client.get("/api/v1/network").get_json()
    assert HOSTILE in [point["label"] for point in found["points"]]
    assert client.get("/api/v1/network").mimetype == "application/json"
