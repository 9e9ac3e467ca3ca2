"""The network page: the sentence, the filters, the picture's data and the table agree."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

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
    assert f"{parties} pihak digabung menjadi {len(scene(text)['nodes'])} titik" in text
    assert "digabung" not in page(client, "/jaringan?negara=au")


def test_a_cut_picture_says_so(client: FlaskClient) -> None:
    assert re.search(r"300 dari \d+ garis digambar", page(client, "/jaringan"))


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
    assert "Hanya perjanjian Kabupaten Gresik" in text
    assert 'name="pihak" value="35.25"' in text


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


def test_the_page_works_without_script(client: FlaskClient) -> None:
    text = page(client, "/jaringan?negara=jp")
    assert '<svg class="picture"' in text
    assert re.search(r'<form[^>]*action="/jaringan"', text)


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
