"""The frame around every page: settings, addresses, languages, files, error pages, colours."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from contextlib import closing
from datetime import date
from functools import partial
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import Client

from explorer import create_app
from explorer.settings import OPTIONS, Settings
from explorer.web.assets import fingerprint
from graph_loader.errors import BadInput, LoadBusy, Moved, NotFound, SimpulError, StoreUnavailable
from tests.effort import calls

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "explorer" / "static"
VENDOR = STATIC / "vendor"
AA_TEXT, AA_SHAPE = 4.5, 3.0  # WCAG 2.2, success criteria 1.4.3 and 1.4.11


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    return f"sqlite:{tmp_path_factory.mktemp('shell') / 'empty.db'}"


@pytest.fixture
def app(store: str) -> Flask:
    return create_app(Settings(store=store, today="2026-11-25"))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def html(client: FlaskClient, address: str) -> str:
    return unescape(client.get(address).get_data(as_text=True))


# settings


def test_settings_have_the_defaults_that_the_list_states() -> None:
    assert Settings.from_env({}) == Settings(**{option.name: option.default for option in OPTIONS})  # type: ignore[arg-type]


def test_every_setting_is_read_from_its_variable() -> None:
    samples = {"SIMPUL_TODAY": "2026-01-02", "SIMPUL_BASE_PATH": "/x", "SIMPUL_STORE": "sqlite:y"}
    samples |= {"SIMPUL_RATE_LIMIT": "9 per second", "SIMPUL_EMBED_HOSTS": "https://x.example"}
    environ = {o.env: samples.get(o.env, "7" if o.kind is int else "z") for o in OPTIONS}
    read = Settings.from_env(environ)
    assert {o.env: str(getattr(read, o.name)) for o in OPTIONS} == environ
    assert read.day() == date(2026, 1, 2)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("SIMPUL_PORT", "http"),
        ("SIMPUL_TODAY", "25-11-2026"),
        ("SIMPUL_BASE_PATH", "simpul"),
        ("SIMPUL_PROXY_HOPS", "1.5"),
        ("SIMPUL_RATE_LIMIT", "sixty"),
        ("SIMPUL_RATE_LIMIT", "0 per minute"),
        ("SIMPUL_EMBED_HOSTS", "http://gresikkab.go.id"),
        ("SIMPUL_EMBED_HOSTS", "https://gresikkab.go.id/"),
        ("SIMPUL_EMBED_HOSTS", "https://x.example;script-src"),
        ("SIMPUL_EMBED_HOSTS", "*"),
    ],
)
def test_a_wrong_setting_is_named(variable: str, value: str) -> None:
    with pytest.raises(BadInput) as error:
        Settings.from_env({variable: value})
    assert (error.value.params["field"], error.value.params["value"]) == (variable, value)


# addresses and languages


def test_the_same_page_in_both_languages(client: FlaskClient) -> None:
    indonesian, english = html(client, "/pola"), html(client, "/en/pola")
    assert '<html lang="id">' in indonesian
    assert "Pola halaman" in indonesian
    assert '<html lang="en">' in english
    assert "Page patterns" in english


@pytest.mark.parametrize(
    ("address", "other"),
    [
        ("/pola?a=1&b=x%20y", "/en/pola?a=1&b=x%20y"),
        ("/en/pola?a=1", "/pola?a=1"),
        ("/en", "/"),
        ("/", "/en"),
        ("/nowhere", "/en"),
        ("/en/nowhere", "/"),
    ],
)
def test_the_switch_leads_to_this_very_page(client: FlaskClient, address: str, other: str) -> None:
    assert f'<a href="{other}" lang=' in html(client, address)


def test_links_keep_the_language(client: FlaskClient) -> None:
    links = re.findall(r'<a href="(/[^"#]*)"', html(client, "/en/pola").split("</header>", 1)[1])
    assert links
    assert [link for link in links if not link.startswith("/en")] == []


@pytest.mark.parametrize(
    ("address", "one"), [("/pola/?a=1", "/pola?a=1"), ("/en/pola/", "/en/pola"), ("/en/", "/en")]
)
def test_a_slash_too_many_leads_to_the_one_address(app: Flask, address: str, one: str) -> None:
    answer = Client(app).get(address)
    assert (answer.status_code, answer.headers["Location"]) == (308, one)


def test_a_double_slash_leads_to_no_other_host(app: Flask) -> None:
    answer = Client(app).get("/", environ_overrides={"PATH_INFO": "//evil.example/"})
    assert "evil" not in answer.headers.get("Location", "")


def test_every_link_and_file_works_under_a_sub_path(store: str) -> None:
    client = Client(create_app(Settings(store=store, base_path="/simpul")))
    page = client.get("/simpul/en/pola").get_data(as_text=True)
    inner = re.findall(r'(?:href|src|action)="(/[^"#]*)', page)
    assert inner
    assert [link for link in inner if not link.startswith("/simpul")] == []
    files = {unescape(link) for link in inner if "/static/" in link}
    for link in files:
        with client.get(link) as answer:
            assert answer.status_code == 200, link
    assert client.get("/en/pola").status_code == 404
    assert client.get("/simpul").status_code == 200


def test_a_proxy_is_believed_only_when_it_is_announced(store: str) -> None:
    told = {"X-Forwarded-Prefix": "/bureau", "X-Forwarded-Proto": "https"}
    for hops, expected in ((0, 'href="/en/pola"'), (1, 'href="/bureau/en/pola"')):
        client = Client(create_app(Settings(store=store, proxy_hops=hops)))
        assert expected in client.get("/pola", headers=told).get_data(as_text=True)


# the frame


def test_the_frame_has_its_landmarks_and_its_way_past_them(client: FlaskClient) -> None:
    page = html(client, "/pola")
    for part in ("<header", "<main id=", "<footer", 'role="search"', 'href="#isi"'):
        assert part in page
    assert page.count("<h1>") == 1
    named = re.findall(r"<nav [^>]*>", page)
    assert [nav for nav in named if "aria-label=" not in nav] == []


def test_headings_leave_no_level_out(client: FlaskClient) -> None:
    levels = [int(level) for level in re.findall(r"<h([1-6])", html(client, "/pola"))]
    assert [b for a, b in pairwise(levels) if b > a + 1] == []


def test_every_field_has_a_name_that_can_be_read_out(client: FlaskClient) -> None:
    page = html(client, "/pola")
    fields = re.findall(r"<(?:input|select)(?![^>]*type=\"hidden\")[^>]*>", page)
    labelled = set(re.findall(r'<label[^>]*for="([^"]+)"', page))
    wrapped = "".join(re.findall(r"<label>.*?</label>", page, re.DOTALL))
    assert fields
    for field in fields:
        found = re.search(r' id="([^"]+)"', field)
        assert field in wrapped or (found and found[1] in labelled), field


def test_the_footer_says_which_data_of_which_day(client: FlaskClient) -> None:
    footer = html(client, "/pola").split("<footer")[1]
    assert '<time datetime="2026-11-25">25 November 2026</time>' in footer
    assert "ODbL" in footer
    assert "GeoNames" in footer


# files


def test_every_file_that_a_page_names_is_there_and_fingerprinted(client: FlaskClient) -> None:
    links = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', html(client, "/pola")))
    assert len(links) > 6
    scripts = {link for link in links if link.startswith("/static/js")}
    assert 3 < len(scripts) < len(links)
    for link in links - scripts:
        name, version = re.fullmatch(r"/static/([^?]+)\?v=([0-9a-f]{8})(?:#.*)?", link).groups()  # type: ignore[union-attr]
        assert hashlib.blake2b((STATIC / name).read_bytes(), digest_size=4).hexdigest() == version
    for link in scripts:
        name = re.fullmatch(r"/static/js-[0-9a-f]{8}/([a-z_-]+\.js)", link)[1]  # type: ignore[index]
        assert client.get(link).data == (STATIC / "js" / name).read_bytes()


def test_a_script_and_what_it_imports_are_named_by_the_whole_folder(client: FlaskClient) -> None:
    """Because a name of its own would stay when only what it imports has changed."""
    [folder] = set(re.findall(r'src="(/static/js-[0-9a-f]{8}/)', html(client, "/jaringan")))
    importing = (STATIC / "js/network.js").read_text()
    imported = re.findall(r'from "\./([a-z-]+\.js)"', importing)
    assert len(imported) > 3
    for name in ("network.js", *imported):
        assert "immutable" in client.get(folder + name).headers["Cache-Control"]
    for stale in ("/static/js-00000000/", "/static/js/"):
        answer = client.get(stale + imported[0])
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-cache")
    assert client.get(f"{folder}../../app.py").status_code == 404
    for nowhere in (f"{folder}nowhere.js", "/static/nowhere.css?v=", "/static/nowhere.css?v=1"):
        answer = client.get(nowhere)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (404, "no-cache"), nowhere


def test_every_icon_that_a_template_names_is_in_the_sprite() -> None:
    sprite = set(re.findall(r'<symbol id="([^"]+)"', (VENDOR / "lucide/icons.svg").read_text()))
    templates = "".join(path.read_text() for path in (ROOT / "templates").glob("*.html"))
    named = set(re.findall(r"icon\(\"([a-z-]+)\"\)", templates))
    framed = set(re.findall(r'"[a-z]+\.[a-z]+", "([a-z-]+)"\)', templates))
    assert min(len(named), len(framed)) > 4
    assert (named | framed) - sprite == set()


def test_vendored_files_are_those_of_the_manifest() -> None:
    stated = {
        name: digest
        for package in json.loads((VENDOR / "manifest.json").read_text())
        for name, digest in package["sha256"].items()
    }
    held = {
        path.relative_to(VENDOR).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.parent != VENDOR and "__pycache__" not in path.parts
    }
    assert held == stated


def test_every_vendored_package_states_its_licence() -> None:
    for package in json.loads((VENDOR / "manifest.json").read_text()):
        assert re.fullmatch(r"\d+\.\d+\.\d+", package["version"])
        assert package["licence"]
        assert any("LICENSE" in name for name in package["sha256"])


def test_styles_ask_for_fonts_by_what_is_in_them() -> None:
    """So that they may be kept for a year, and the one fetched early is not fetched twice."""
    asked = re.findall(
        r'url\("\.\./([^"?]+)\?v=([0-9a-f]+)"\)', (STATIC / "css/tokens.css").read_text()
    )
    assert len(asked) == 3
    for name, digest in asked:
        assert fingerprint(name) == digest


def test_styles_name_only_what_exists() -> None:
    css = {path.name: path.read_text() for path in (STATIC / "css").glob("*.css")}
    defined = set(re.findall(r"(--[a-z-]+)\s*:", "".join(css.values())))
    for name, text in css.items():
        assert set(re.findall(r"var\((--[a-z-]+)\)", text)) - defined == set(), name
        for link in re.findall(r'url\("([^"]+)"\)', text):
            assert (STATIC / "css" / link.partition("?")[0]).resolve().is_file(), link


# errors


@pytest.mark.parametrize(
    ("address", "lang", "home"), [("/nowhere", "id", "/"), ("/en/nowhere", "en", "/en")]
)
def test_a_page_that_is_not_there(client: FlaskClient, address: str, lang: str, home: str) -> None:
    answer = client.get(address)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 404
    assert f'<html lang="{lang}">' in page
    assert "404" in page
    assert f'href="{home}"' in page


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NotFound("party-unknown", id="35.99"), 404),
        (BadInput("value-unknown", field="status", value="x"), 400),
        (StoreUnavailable("store-unavailable", path="x.db", why="gone"), 503),
        (LoadBusy("load-busy"), 503),
        (SimpulError("no-such-code"), 500),
        (ZeroDivisionError("a secret detail"), 500),
    ],
    ids=lambda value: type(value).__name__,
)
def test_an_error_is_a_page_or_under_the_api_one_shape(
    app: Flask, error: Exception, status: int
) -> None:
    def fail() -> str:
        raise error

    app.add_url_rule("/fail", "fail", fail)
    app.add_url_rule("/api/v1/fail", "api-fail", fail)
    client = app.test_client()
    page, shape = client.get("/fail"), client.get("/api/v1/fail")
    assert page.status_code == shape.status_code == status
    assert "<h1>" in page.text
    assert "secret" not in page.text + shape.text
    assert shape.json is not None
    assert set(shape.json["error"]) == {"code", "message", "hint", "field"}
    assert ("Retry-After" in page.headers) == (status == 503)


@pytest.mark.no_cover  # because it is counted what the product does, not the tracer
def test_the_first_error_page_is_as_quick_as_the_second(store: str) -> None:
    """Words and templates are there, since a store that goes away is told by many at once."""
    client = create_app(Settings(store=store, today="2026-11-25")).test_client()
    for path in ("/nowhere", "/en/nowhere"):
        first, second = (calls(partial(client.get, path)) for _ in range(2))
        assert first < 1.2 * second


def test_a_damaged_store_is_said_and_the_process_stays_alive(tmp_path: Path) -> None:
    create_app(Settings(store=f"sqlite:{tmp_path / 'made.db'}"))
    with closing(sqlite3.connect(tmp_path / "made.db")) as made:
        made.execute("VACUUM INTO ?", [str(tmp_path / "copy.db")])
    client = create_app(Settings(store=f"sqlite:{tmp_path / 'copy.db'}")).test_client()
    assert client.get("/en/perjanjian").status_code == 200
    with (tmp_path / "copy.db").open("r+b") as file:
        file.write(b"\xff" * (tmp_path / "copy.db").stat().st_size)
    answer = client.get("/en/perjanjian")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "copy.db" not in answer.text
    assert client.get("/readyz").status_code == 503
    assert '<html lang="en">' in answer.text
    assert client.get("/healthz").status_code == 200


def test_an_earlier_id_leads_to_the_new_address(app: Flask) -> None:
    def moved() -> str:
        raise Moved("agreement-moved", id="new-id")

    app.add_url_rule("/moved", "moved", moved)
    answer = app.test_client().get("/moved")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/perjanjian/new-id")


def test_alive_is_not_ready(app: Flask) -> None:
    client = app.test_client()
    assert client.get("/healthz").json == {"status": "alive"}
    ready = client.get("/readyz").json
    assert ready is not None
    assert ready["status"] == "ready"


# colours


def colours(dark: bool) -> dict[str, str]:
    light, night = (STATIC / "css/tokens.css").read_text().split("@media", 1)
    found = dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{6})", light))
    return found | dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{6})", night)) if dark else found


def luminance(colour: str) -> float:
    """Source: WCAG 2.2, relative luminance."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_words_can_be_read_on_every_ground(dark: bool) -> None:
    tone = colours(dark)
    pairs = [
        (ink, on) for ink in ("ink", "quiet", "accent-ink") for on in ("paper", "card", "sunk")
    ]
    pairs += [("accent-ink", "accent-soft"), ("on-accent", "accent"), ("ink", "warn-soft")]
    pairs += [("ink", "accent-soft"), ("paper", "ink"), ("quiet", "accent-soft")]
    weak = {pair: contrast(tone[pair[0]], tone[pair[1]]) for pair in pairs}
    assert {pair: value for pair, value in weak.items() if value < AA_TEXT} == {}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_shapes_and_fields_stand_out_from_their_ground(dark: bool) -> None:
    tone = colours(dark)
    shapes = ("edge", "accent", "foreign-line", "third-line", "focus")
    weak = {name: contrast(tone[name], tone["card"]) for name in shapes}
    assert {name: value for name, value in weak.items() if value < AA_SHAPE} == {}
