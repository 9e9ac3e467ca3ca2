"""Answers that are kept: told apart by all that they depend on, packed once, never stale."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from time import sleep

import brotli  # type: ignore[import-untyped]
import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask.typing import ResponseReturnValue
from werkzeug.test import TestResponse

from explorer import create_app, service
from explorer.settings import Settings
from explorer.web.answers import UNASKED, Answer, Answers
from explorer.web.code import code_version
from tests.explorer.fickle import LARGE, FickleStore
from tests.explorer.test_service import SETTINGS, WORLD, load, wait_until

PAGE = "/daerah/35.25"
FILES = ("/unduh/perjanjian.xlsx", "/unduh/perjanjian.csv")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[FickleStore]:
    with closing(FickleStore(tmp_path / "world.db")) as opened:
        opened.write(WORLD)
        yield opened


@pytest.fixture
def app(store: FickleStore, monkeypatch: pytest.MonkeyPatch) -> Flask:
    monkeypatch.setattr(service, "open_store", lambda address, access: store)
    return create_app(SETTINGS)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def tag(client: FlaskClient, path: str, **headers: str) -> str:
    with client.get(path, headers=headers) as answer:
        assert answer.status_code == 200
        return answer.headers.get("ETag", "")


def is_kept_anew(client: FlaskClient, path: str) -> bool:
    """Whether a page shows the second version, and has a tag, so that it is kept."""
    found = client.get(path)
    return "versi 2" in found.text and "ETag" in found.headers


def nothing_is_worked_out(app: Flask) -> None:
    """From here on whoever has a page worked out is told that it cannot be."""

    def refuse(**_: object) -> str:
        raise ZeroDivisionError

    for endpoint in app.view_functions:
        app.view_functions[endpoint] = refuse


def test_the_same_address_is_answered_from_what_is_kept(app: Flask, client: FlaskClient) -> None:
    paths = (PAGE, f"/en{PAGE}", "/", "/api/v1/suggest?q=osaka", "/static/css/base.css", *FILES)
    first = {path: client.get(path) for path in paths}
    bodies = {path: answer.data for path, answer in first.items()}
    nothing_is_worked_out(app)
    for path, before in first.items():
        again = client.get(path)
        assert (again.status_code, again.data) == (200, bodies[path]), path
        assert sorted(again.headers) == sorted(_without_date(before)), path
        told = client.get(path, headers={"If-None-Match": before.headers["ETag"]})
        assert (told.status_code, told.data) == (304, b""), path
        assert told.headers["ETag"] == before.headers["ETag"]
        assert "frame-ancestors 'none'" in told.headers["Content-Security-Policy"]
    assert client.get("/data").status_code == 500
    assert client.get(PAGE, headers={"If-None-Match": "*"}).status_code == 200
    assert client.get(PAGE, headers={"If-None-Match": '"another"'}).status_code == 200


def test_what_a_page_depends_on_is_in_its_tag(store: FickleStore, app: Flask) -> None:
    client = app.test_client()
    tomorrow = create_app(replace(SETTINGS, today="2026-11-26")).test_client()
    tags = [
        tag(client, PAGE), tag(client, f"/en{PAGE}"), tag(client, f"{PAGE}?status=lapsed"),
        tag(client, PAGE, Host="simpul.example"), tag(tomorrow, PAGE),
    ]  # fmt: skip
    load(store)
    wait_until(lambda: is_kept_anew(client, PAGE))
    tags.append(tag(client, PAGE))
    assert len(set(tags)) == len(tags)
    assert all(found.startswith('W/"') for found in tags)
    assert tag(create_app(SETTINGS).test_client(), PAGE) == tags[-1]  # another process agrees


def test_the_code_is_named_by_what_is_in_it(tmp_path: Path) -> None:
    before = code_version(tmp_path / "empty")
    (tmp_path / "page.html").write_text("<p>")
    one = code_version(tmp_path)
    (tmp_path / "page.html").write_text("<p>!")
    code_version.cache_clear()
    assert len({before, one, code_version(tmp_path)}) == 3


def test_a_host_that_is_made_up_reaches_nobody_else(client: FlaskClient) -> None:
    evil = client.get(FILES[1], headers={"Host": "evil.example"})
    assert "http://evil.example/" in evil.text
    assert "evil.example" not in client.get(FILES[1]).text


def test_errors_and_what_needs_no_store_are_not_kept(client: FlaskClient) -> None:
    paths = ("/daerah/35.99", "/nowhere", "/jaringan?topik=99", "/pola", "/tentang", "/healthz",
             "/static/nothing.css", "/static/../app.py")  # fmt: skip
    for path in paths:
        with client.get(path) as answer:
            assert "ETag" not in answer.headers, path
    assert client.application.extensions["answers"].size == 0
    assert set(client.application.blueprints) >= UNASKED


def test_while_the_store_is_away_nothing_is_kept_or_taken(
    store: FickleStore, client: FlaskClient
) -> None:
    kept = client.get("/jaringan")
    assert "tidak menjawab" not in kept.text
    store.away = True
    away = client.get("/jaringan", headers={"If-None-Match": kept.headers["ETag"]})
    assert away.status_code == 200
    assert "tidak menjawab" in away.text
    assert "ETag" not in away.headers
    store.away = False
    assert client.get("/jaringan").data == kept.data


def test_while_a_large_load_runs_nothing_is_kept_or_taken(
    store: FickleStore, client: FlaskClient
) -> None:
    kept = client.get("/jaringan")
    store.unfinished = LARGE
    during = client.get("/jaringan")
    assert "30.000" in during.text
    assert "ETag" not in during.headers
    store.unfinished = None
    assert client.get("/jaringan").data == kept.data


def test_an_empty_store_has_no_content_to_name(tmp_path: Path) -> None:
    empty = create_app(Settings(store=f"sqlite:{tmp_path / 'empty.db'}")).test_client()
    assert tag(empty, "/") == ""


@pytest.mark.parametrize("path", [PAGE, "/pola", "/static/css/base.css"])
def test_text_goes_packed_as_the_reader_takes_it(client: FlaskClient, path: str) -> None:
    plain = _asked(client, path, "")
    assert "Content-Encoding" not in plain.headers
    for _ in range(2):
        for accepts, packed in (("gzip, deflate, br, zstd", "br"), ("gzip", "gzip")):
            answer = _asked(client, path, accepts)
            assert answer.headers["Content-Encoding"] == packed
            assert int(answer.headers["Content-Length"]) == len(answer.data) < len(plain.data)
            unpack = brotli.decompress if packed == "br" else gzip.decompress
            assert unpack(answer.data) == plain.data
            assert "Accept-Encoding" in answer.headers["Vary"]
    refused = _asked(client, path, "br;q=0, gzip;q=0")
    assert refused.data == plain.data


def _without_date(answer: TestResponse) -> list[tuple[str, str]]:
    """A file's own date says nothing where its content is named; and it is sent whole."""
    left_out = {"Last-Modified", "Date", "Accept-Ranges"}
    return [(name, value) for name, value in answer.headers if name not in left_out]


def _asked(client: FlaskClient, path: str, accepts: str) -> TestResponse:
    return client.get(path, headers={"Accept-Encoding": accepts})


def test_those_that_nobody_asks_for_make_room() -> None:
    held = Answers(most=10)
    for name in "abc":
        held.keep(name, "", Answer(name.encode() * 3, (), name))
    assert held.find("a", "") is not None
    held.keep("d", "", Answer(b"dddd", (), "d"))
    assert held.size == 10
    assert [held.find(name, "") is not None for name in "abcd"] == [True, False, True, True]
    held.keep("d", "", Answer(b"d", (), "d"))
    assert held.size == 7
    held.keep("large", "", Answer(b"x" * 11, (), "large"))
    assert (held.size, held.find("large", "")) == (0, None)


@pytest.mark.parametrize("fails", [False, True])
def test_a_page_is_worked_out_once_for_all_who_ask_at_once(app: Flask, fails: bool) -> None:
    works, worked = app.view_functions["party.region"], []

    def slow(**values: str) -> ResponseReturnValue:
        worked.append(values["id"])
        sleep(0.1)  # so that everybody has asked by then; the counts hold without it
        if fails and len(worked) == 1:
            raise ZeroDivisionError
        return works(**values)  # type: ignore[return-value]

    app.view_functions["party.region"] = slow
    app.config["PROPAGATE_EXCEPTIONS"] = False
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda _: app.test_client().get(PAGE).status_code, range(6)))
    assert sorted(found) == ([200] * 5 + [500] if fails else [200] * 6)
    assert fails or worked == ["35.25"]


def test_after_a_load_a_page_is_there_as_it_was_while_others_are_worked_out(
    store: FickleStore, app: Flask, client: FlaskClient
) -> None:
    answers: Answers = app.extensions["answers"]
    client.get("/negara/jp")  # asks for the version, so that the load below is noticed by it
    before = client.get(PAGE)
    load(store)
    wait_until(lambda: is_kept_anew(client, "/negara/jp"))
    answers.work(begins=True)
    meanwhile = client.get(PAGE)
    assert (meanwhile.data, meanwhile.headers["ETag"]) == (before.data, before.headers["ETag"])
    assert "versi 1" in meanwhile.text
    assert "versi 2" in client.get("/negara/jp").text  # worked out before
    assert "versi 2" in client.get("/topik/2").text  # never kept
    tomorrow = create_app(replace(SETTINGS, today="2026-11-26"))
    tomorrow.extensions["answers"].work(begins=True)
    assert "versi 2" in tomorrow.test_client().get(PAGE).text
    answers.work(begins=False)
    assert "versi 2" in client.get(PAGE).text


def test_whoever_is_at_work_is_counted_until_the_page_is_made(app: Flask) -> None:
    answers: Answers = app.extensions["answers"]
    seen = []

    def looks(**_: str) -> str:
        seen.append(answers.former("", "") or answers._at_work)
        raise ZeroDivisionError

    app.view_functions["party.region"] = looks
    app.config["PROPAGATE_EXCEPTIONS"] = False
    assert app.test_client().get(PAGE).status_code == 500
    assert (seen, answers._at_work) == ([1], 0)
