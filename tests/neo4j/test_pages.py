"""Whoever reads cannot tell which store it is: every page is the same on both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing

import pytest
from flask.testing import FlaskClient

from explorer import create_app
from explorer.settings import Settings
from graph_loader.load import load_shipped
from graph_loader.store.open import open_store
from tests.neo4j.shared import shipped

pytestmark = pytest.mark.usefixtures("patient")

PAGES = (
    "/",
    "/cari?q=osaka",
    "/cari?q=tidak-ada",
    "/jaringan",
    "/jaringan?negara=au",
    "/daerah/35",
    "/daerah/35.25",
    "/daerah/35.99",
    "/mitra/osaka-prefecture-jp",
    "/mitra/taoyuan.tw",
    "/negara/au?pihak=35",
    "/negara/cn",
    "/topik/2",
    "/topik/4",
    "/linimasa?pihak=35&susun=mitra",
    "/perjanjian",
    "/perjanjian?urut=oldest",
    "/perjanjian?urut=title&halaman=3",
    "/perjanjian?urut=ends",
    "/perjanjian?teks=rumah+sakit",
    "/perjanjian/surabaya-kejati-2026",
    "/hubungan?dari=35.25&ke=osaka-prefecture-jp",
    "/hubungan?dari=35.25&ke=busan-kr&hindari=35.78&hindari=35&sejak=1990&lampau=1",
    "/jaringan/statistik",
    "/peluang",
    "/peluang?lihat=lapsed",
    "/kesenjangan",
    "/kesenjangan?tabel=target&topik=6",
    "/seberapa-baik",
    "/peluang/35.15",
    "/peluang/35.15?alasan=umbrella&topik=6",
    "/kebutuhan",
    "/kebutuhan?daerah=35.78&komoditas=rice",
    "/kebutuhan?daerah=35&semua=1",
    "/data",
    "/tentang",
    "/api/v1/agreements?limit=500",
    "/api/v1/suggest?q=gresik",
    "/api/v1/parties/35.25",
    "/api/v1/network",
    "/api/v1/opportunities/35.15",
    "/api/v1/statistics",
    "/api/v1/gaps",
)
# when a load began and ended is its own
CLOCK = re.compile(rb"\d{1,2}[.:]\d{2}([.:]\d{2})?|\"(started|finished)\": *\"[^\"]*\"")


@pytest.fixture(scope="module")
def clients(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, FlaskClient]]:
    server = shipped()
    embedded = f"sqlite:{tmp_path_factory.mktemp('pages') / 'pages.db'}"
    places = {
        "sqlite": Settings(store=embedded, today="2026-11-25"),
        "neo4j": Settings(
            store=server.uri,
            today="2026-11-25",
            neo4j_user=server.user,
            neo4j_password=server.password,
        ),
    }
    with closing(open_store(embedded)) as store:
        load_shipped(store)
    apps = {kind: create_app(settings) for kind, settings in places.items()}
    yield {kind: app.test_client() for kind, app in apps.items()}
    for app in apps.values():
        app.extensions["simpul"].store.close()


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_the_same_on_both_stores(
    clients: dict[str, FlaskClient], page: str, prefix: str
) -> None:
    if prefix and page.startswith("/api"):
        return
    shown = {kind: client.get(prefix + page) for kind, client in clients.items()}
    assert shown["neo4j"].status_code == shown["sqlite"].status_code
    bodies = {kind: CLOCK.sub(b"", answer.data) for kind, answer in shown.items()}
    assert bodies["neo4j"].decode().split("\n") == bodies["sqlite"].decode().split("\n")


def test_what_is_compared_is_there(clients: dict[str, FlaskClient]) -> None:
    missing = {page for page in PAGES if clients["neo4j"].get(page).status_code != 200}
    assert missing == {"/daerah/35.99"}
