"""The page of a place that a list of twin towns names and no agreement does."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from explorer import create_app
from explorer.index import Index
from explorer.settings import Settings
from explorer.twins import party_at, place_at, placed, twins_of
from graph_loader.model import BackgroundLink, Batch, Place, Source
from tests.worlds import store_of, umbrella_world

HOSTILE = "<img src=x onerror=alert(1)>"
LIST = Source("twins.list", "Daftar kami", "CC BY-SA 4.0", "https://example.org/list")
PLACES = (
    Place("kochi.jp", "Kōchi", "jp", 33.5, 133.5), Place("lone.jp", "Lone", "jp"),
    Place("surabaya.id", "Surabaya", "id", -7.25, 112.75),
    Place("ueda.jp", "Ueda", "jp", 36.4, 138.2),
    Place("x.zz", HOSTILE, "zz"),
)  # fmt: skip
PAIRS = (
    ("kochi.jp", "ueda.jp"), ("lone.jp", "x.zz"), ("surabaya.id", "ueda.jp"), ("ueda.jp", "x.zz"),
)  # fmt: skip
LINKS = tuple(BackgroundLink(*pair) for pair in PAIRS)


@pytest.fixture
def client(tmp_path: Path) -> Iterator[FlaskClient]:
    """Gresik, Osaka and the others, and a list in which Ueda is twinned with two of them."""
    listed = Batch(LIST, "list.csv", 4, places=PLACES, background=LINKS)
    store_of(tmp_path, umbrella_world(), listed).close()
    app = create_app(Settings(store=f"sqlite:{tmp_path / 'world.db'}", today="2026-11-25"))
    yield app.test_client()
    app.extensions["simpul"].store.close()


def page(client: FlaskClient, url: str) -> str:
    found = client.get(url)
    assert found.status_code == 200, url
    return found.get_data(as_text=True)


def test_it_says_that_no_agreement_is_recorded_and_who_its_twins_are(client: FlaskClient) -> None:
    html = page(client, "/mitra/ueda.jp")
    assert "Ueda belum punya perjanjian tercatat di sini" in html
    assert '<a href="#kembar">3 kota kembar</a>' in html
    known = html[html.index("Daerah dan mitra") : html.index("Tempat lain")]
    assert known.index("/daerah/35.78") < known.index("/mitra/kochi-jp")
    assert "/mitra/x.zz" not in known
    assert 'href="/mitra/x.zz"' in html
    assert "Daftar kami" in html
    assert "CC BY-SA 4.0" in html
    assert "https://example.org/list" in html
    assert "/peluang" in html
    assert "/negara/jp" in html


def test_it_speaks_english_too(client: FlaskClient) -> None:
    html = page(client, "/en/mitra/lone.jp")
    assert "Lone has no agreement recorded here" in html
    assert "1 twin town</a>" in html
    assert "None of its twin towns is recorded" in html
    assert "/en/mitra/x.zz" in html


def test_a_name_of_the_list_is_inert(client: FlaskClient) -> None:
    for url in ("/mitra/x.zz", "/mitra/ueda.jp"):
        html = page(client, url)
        assert HOSTILE not in html
        assert HOSTILE in unescape(html)


def test_a_place_that_is_a_party_is_at_the_partys_address(client: FlaskClient) -> None:
    for id, party in (("kochi.jp", "/mitra/kochi-jp"), ("surabaya.id", "/daerah/35.78")):
        found = client.get(f"/mitra/{id}")
        assert (found.status_code, found.location) == (302, party)


def test_a_place_of_no_list_is_not_found(client: FlaskClient) -> None:
    assert client.get("/mitra/absent.jp").status_code == 404
    assert client.get("/daerah/ueda.jp").status_code == 404


@pytest.mark.parametrize(
    "url", ["/cari?q=Ueda", "/perjanjian?teks=Ueda", "/jaringan", "/api/v1/network", "/negara/jp",
            "/api/v1/suggest?q=Ueda", "/jaringan/statistik", "/api/v1/statistics",
            "/api/v1/agreements"]
)  # fmt: skip
def test_places_stay_out_of_search_register_statistics_and_picture(
    client: FlaskClient, url: str
) -> None:
    found = page(client, url)
    assert "ueda.jp" not in found
    assert ">Ueda<" not in found
    assert "lone.jp" not in found


def test_the_data_page_tells_a_list_from_a_register(client: FlaskClient) -> None:
    html = page(client, "/en/data")
    assert "5 agreements</a> from" in html
    assert "1 source</a>" in html
    assert "4 rows read: twin towns as background" in html
    assert "Daftar kami" in html


def test_places_are_found_by_their_ids(tmp_path: Path) -> None:
    listed = Batch(LIST, "list.csv", places=PLACES, background=LINKS)
    index = store_of(tmp_path, umbrella_world(), listed).scan(Index.build)
    ids = [place.id for place in index.background.places]
    assert [place_at(index, id) for id in ids] == list(range(len(ids)))
    assert [place_at(index, id) for id in ("", "a", "zz", "ueda", "ueda.jp2")] == [None] * 5
    twins = {id: {ids[one] for one in twins_of(index, at)} for at, id in enumerate(ids)}
    for id, found in twins.items():
        assert found == {b if a == id else a for a, b in PAIRS if id in (a, b)}
    parties = {id: party_at(index, at) for at, id in enumerate(ids)}
    assert {id for id, party in parties.items() if party is not None} == {"kochi.jp", "surabaya.id"}
    assert placed(index, "osaka-jp") is None
    assert placed(index, "ueda.jp") == PLACES[3]
