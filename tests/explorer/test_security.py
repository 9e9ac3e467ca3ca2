"""Nothing inline, nothing from elsewhere, no cookie: on every page, error and file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from explorer import create_app
from explorer.settings import Settings
from explorer.web.security import MAX_REQUEST_BYTES
from tests.explorer.pictures import shipped_address

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "templates").glob("*.html"))
SAVED = {"network_file.html": "/unduh/jaringan.html"}  # opened from a disk, so all must be in it
SCRIPTS = sorted((ROOT / "explorer" / "static" / "js").glob("*.js"))
STYLES = sorted((ROOT / "explorer" / "static" / "css").glob("*.css"))
ADDRESSES = ("/pola", "/en/pola", "/tentang", "/nowhere", "/api/v1/nowhere", "/static/icon.svg")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """An empty store: the frame must stand without any row."""
    store = f"sqlite:{tmp_path_factory.mktemp('security') / 'empty.db'}"
    return create_app(Settings(store=store, today="2026-11-25")).test_client()


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_carries_the_headers(client: FlaskClient, address: str) -> None:
    with client.get(address) as answer:
        policy = answer.headers["Content-Security-Policy"]
        headers = answer.headers
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == rules["base-uri"] == rules["frame-ancestors"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == rules["form-action"] == "'self'"
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize(
    "path", [path for path in TEMPLATES if path.name not in SAVED], ids=lambda path: path.name
)
def test_no_template_holds_anything_inline(path: Path) -> None:
    text = path.read_text()
    assert re.findall(r"<style|\sstyle\s*=|\son[a-z]+\s*=|javascript:", text) == []
    scripts = re.findall(r"<script[^>]*>", text)
    assert [s for s in scripts if " src=" not in s and "application/json" not in s] == []
    assert re.findall(r"""(?:src|href)=["']https?:""", text) == []


@pytest.mark.parametrize("address", SAVED.values())
def test_a_file_to_be_saved_is_never_shown_by_the_site(address: str) -> None:
    shipped = create_app(Settings(store=shipped_address(), today="2026-11-25")).test_client()
    with shipped.get(address) as answer:
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"].startswith("attachment;")
        assert "style-src 'self'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_trusts_a_value(path: Path) -> None:
    assert re.findall(r"\|\s*safe\b|autoescape\s+false", path.read_text()) == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_script_makes_markup_from_text(path: Path) -> None:
    text = path.read_text()
    assert re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", text) == []
    assert re.findall(r"document\.cookie|https?://", text) == []


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_no_style_asks_another_host(path: Path) -> None:
    assert re.findall(r"@import|url\(\s*[\"']?(?:https?:)?//", path.read_text()) == []


@pytest.mark.parametrize("address", ["/pola", "/en/pola"])
def test_a_hostile_name_stays_a_name(client: FlaskClient, address: str) -> None:
    html = client.get(address).get_data(as_text=True)
    assert "<img src=x" not in html
    assert "&lt;img src=x onerror=alert(1)&gt;" in html


def test_a_file_named_by_its_content_is_kept_and_others_are_not(client: FlaskClient) -> None:
    html = client.get("/pola").get_data(as_text=True)
    link = re.search(r'href="([^"]*base\.css[^"]*)"', html)
    assert link
    with client.get(link[1]) as named, client.get("/static/css/base.css") as bare:
        assert "immutable" in named.headers["Cache-Control"]
        assert "immutable" not in bare.headers.get("Cache-Control", "")


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_pages_are_only_read(client: FlaskClient, method: str) -> None:
    answer = getattr(client, method)("/pola")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_a_large_request_is_not_read(client: FlaskClient) -> None:
    assert client.application.config["MAX_CONTENT_LENGTH"] == MAX_REQUEST_BYTES <= 2**20
    assert client.post("/pola", data=b"x" * (MAX_REQUEST_BYTES + 1)).status_code in {405, 413}


@pytest.mark.parametrize("path", ["../settings.py", "..%2fsettings.py", "css/../../settings.py"])
def test_no_file_outside_the_folder_is_served(client: FlaskClient, path: str) -> None:
    assert client.get(f"/static/{path}").status_code == 404
