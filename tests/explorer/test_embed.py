"""Pages in a frame: closed to everybody, until somebody is named; and then only these pages."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from explorer import create_app
from explorer.settings import Settings
from explorer.web.embed import EMBEDDABLE
from tests.explorer.pictures import DAY, shipped_address

HOSTS = "https://gresikkab.go.id https://peta.example:8443"
FRAMED = {"network": "/jaringan?negara=jp", "map": "/peta", "timeline": "/linimasa",
          "party": "/daerah/35.25"}  # fmt: skip
CLOSED = ("/", "/data", "/mitra/osaka-prefecture-jp", "/nowhere", "/api/v1/network", "/healthz",
          "/unduh/perjanjian.csv", "/static/css/base.css", "/pola")  # fmt: skip


def reader(hosts: str) -> FlaskClient:
    settings = Settings(store=shipped_address(), today=DAY.isoformat(), embed_hosts=hosts)
    return create_app(settings).test_client()


@pytest.fixture(scope="module")
def named() -> FlaskClient:
    return reader(HOSTS)


@pytest.fixture(scope="module")
def nobody() -> FlaskClient:
    return reader("")


def framed(path: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}embed=1"


def ancestors(client: FlaskClient, path: str) -> tuple[str, str]:
    """Who may show it, by both headers that say so."""
    with client.get(path) as answer:
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "base-uri 'none'" in policy
        assert "Set-Cookie" not in answer.headers
        return policy.split("frame-ancestors ")[1], answer.headers.get("X-Frame-Options", "")


def test_these_pages_may_be_shown_by_whom_the_operator_names(named: FlaskClient) -> None:
    assert {endpoint.split(".")[0] for endpoint in EMBEDDABLE} == FRAMED.keys()
    for path in FRAMED.values():
        for prefix in ("", "/en"):
            address = prefix + path
            for _ in range(2):  # worked out, and kept
                assert ancestors(named, framed(address)) == (HOSTS, "")
            assert ancestors(named, address) == ("'none'", "DENY")


def test_all_others_stay_closed(named: FlaskClient, nobody: FlaskClient) -> None:
    for path in CLOSED:
        assert ancestors(named, framed(path)) == ("'none'", "DENY"), path
    for path in FRAMED.values():
        assert ancestors(nobody, framed(path)) == ("'none'", "DENY"), path


def test_a_framed_page_is_the_page_without_its_frame(named: FlaskClient) -> None:
    for path in FRAMED.values():
        whole = unescape(named.get(path).text)
        inside = unescape(named.get(framed(path)).text)
        for part in ("site-head", "site-foot", "embed-offer"):
            assert (f'class="{part}"' in whole, f'class="{part}"' in inside) == (True, False), path
        title = re.search(r"<h1.*?</h1>", whole, re.DOTALL)
        assert title
        assert title[0] in inside
        assert f'href="http://localhost{path}"><b>Simpul</b> · buka selengkapnya' in inside
        assert '<base target="_blank">' in inside


def test_a_page_says_how_it_is_put_into_a_site(named: FlaskClient, nobody: FlaskClient) -> None:
    text = named.get("/en/jaringan?negara=jp").text
    code = re.search(r"<pre[^>]*><code>(.*?)</code>", text, re.DOTALL)
    assert code
    assert unescape(code[1]).startswith(
        '<iframe src="http://localhost/en/jaringan?negara=jp&embed=1" title="'
    )
    assert "embed-offer" not in nobody.get("/en/jaringan?negara=jp").text


def test_where_nobody_is_named_it_says_whom_to_ask(nobody: FlaskClient) -> None:
    text = nobody.get("/jaringan?negara=jp&embed=1").text
    assert "belum boleh dipasang" in text
    assert "site-head" in text


def test_the_version_is_asked_for_at_no_cost(named: FlaskClient) -> None:
    first = named.get("/api/v1/version")
    assert first.json == {"version": 3, "as_of": "2026-11-25"}
    again = named.get("/api/v1/version", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    page = named.get("/daerah/35.25").text
    assert 'data-version="3" data-ask="/api/v1/version"' in page
    for words in ("data-newer", "data-offline"):
        assert f"<p hidden {words}>" in page
