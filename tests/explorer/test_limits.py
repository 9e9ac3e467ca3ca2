"""What is expensive has its limit for each reader; what is cheap, or kept, has none."""

from __future__ import annotations

import pytest
from werkzeug.test import Client, TestResponse

from explorer import create_app
from explorer.settings import OFF, Settings
from explorer.web.limits import EXPENSIVE
from tests.explorer.pictures import DAY, shipped_address

PICTURE = "/unduh/gambar/jaringan.svg?topik="
MANY_TERMS = "dari=35.25&ke=osaka-prefecture-jp&kategori=ksdpl&lampau=1&jumlah="


def reader(rate: str, hops: int = 0) -> Client:
    settings = Settings(
        store=shipped_address(), today=DAY.isoformat(), rate_limit=rate, proxy_hops=hops
    )
    return Client(create_app(settings))


def asked(client: Client, path: str, address: str = "10.0.0.1", via: str = "") -> TestResponse:
    headers = {"X-Forwarded-For": via} if via else {}
    return client.get(path, environ_overrides={"REMOTE_ADDR": address}, headers=headers)


def test_whoever_asks_too_often_is_told_when_to_come_again() -> None:
    client = reader("3 per hour")
    first = [asked(client, path) for path in (
        f"{PICTURE}1", "/unduh/perjanjian.csv", f"/hubungan?{MANY_TERMS}1")]  # fmt: skip
    assert [answer.status_code for answer in first] == [200] * 3
    for path, words in ((f"{PICTURE}3", "Terlalu banyak"), (f"/en{PICTURE}3", "Too many heavy"),
                        (f"/hubungan?{MANY_TERMS}2", "Terlalu banyak")):  # fmt: skip
        answer = asked(client, path)
        assert answer.status_code == 429
        assert words in answer.text
        assert "<h1>" in answer.text
        assert 3000 < int(answer.headers["Retry-After"]) <= 3600
        assert "ETag" not in answer.headers
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    api = asked(client, f"/api/v1/paths?{MANY_TERMS}3")
    assert (api.status_code, api.json and api.json["error"]["code"]) == (429, "http-429")


def test_what_is_cheap_or_kept_or_asked_by_another_is_answered() -> None:
    client = reader("1 per hour")
    assert asked(client, f"{PICTURE}1").status_code == 200
    assert asked(client, f"{PICTURE}2").status_code == 429
    for path in (f"{PICTURE}1", "/", "/daerah/35.25", "/hubungan?dari=35.25&ke=35.78", "/healthz"):
        assert {asked(client, path).status_code for _ in range(3)} == {200}, path
    assert asked(client, f"{PICTURE}2", "10.0.0.2").status_code == 200


def test_behind_a_proxy_readers_are_told_apart_and_nobody_pretends() -> None:
    for hops, second in ((0, 429), (1, 200)):
        client = reader("1 per hour", hops)
        assert asked(client, f"{PICTURE}1", via="10.1.1.1").status_code == 200
        assert asked(client, f"{PICTURE}2", via="10.1.1.2").status_code == second
        if hops:  # what stands before the proxy's own word is the reader's invention
            told = asked(client, f"{PICTURE}3", via="10.9.9.9, 10.1.1.1")
            assert told.status_code == 429


def test_there_may_be_no_limit() -> None:
    client = reader(OFF)
    assert {asked(client, f"{PICTURE}{n}").status_code for n in range(1, 5)} == {200}


@pytest.mark.parametrize("name", sorted(EXPENSIVE))
def test_what_is_expensive_is_there(name: str) -> None:
    assert name in reader(OFF).application.blueprints  # type: ignore[attr-defined]
