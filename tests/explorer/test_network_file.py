"""The network as one file: all of it inside, nothing asked of anybody, names only as text."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from explorer import create_app
from explorer.network_file import one_script
from explorer.settings import Settings
from tests.explorer.pictures import DAY, partner, shipped_address
from tests.worlds import EVERYONE, GRESIK, agreement, batch, store_of

MAX_BYTES = 1_500_000  # because a mail with a larger one is refused by some offices
EVIL = "</script><script>alert(1)</script><!--"


@pytest.fixture(scope="module")
def file() -> str:
    """The whole network in force, as it is downloaded."""
    app = create_app(Settings(store=shipped_address(), today=DAY.isoformat()))
    return download(app.test_client(), "/unduh/jaringan.html?buka=jp")


def download(client: FlaskClient, path: str) -> str:
    """A file that must be there, to be saved and not shown."""
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["Content-Disposition"].startswith("attachment; filename=simpul-")
    assert len(response.data) < MAX_BYTES
    return response.get_data(as_text=True)


def test_it_says_what_it_is_of_when_and_from_where(file: str) -> None:
    heading = "373 perjanjian menghubungkan 374 pihak dalam 869 hubungan"
    assert f"<title>{heading}</title>" in file
    assert "25 November 2026" in file
    assert re.search(r"Data versi \d+", file)
    assert len(re.findall(r'<th scope="row">', file)) == 869
    assert "Dengan pemda luar negeri (KSDPL)" in file


def test_nothing_in_it_is_fetched(file: str) -> None:
    page = re.sub(r"<script>.*?</script>", "", file, flags=re.S)
    assert not re.search(r"""(src|href)=["']?[^#"']""", page)
    assert not re.search(r"@import|url\(", page)
    assert "import {" not in file


def test_its_policy_names_exactly_its_own_scripts_and_style(file: str) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', file)
    assert policy is not None
    parts = re.findall(r'<(script|style)(?: type="module")?>(.*?)</\1>', file, re.S)
    assert [kind for kind, _ in parts] == ["style", "script", "script"]
    named = re.findall(r"sha256-[\w+/=]+", policy[1])
    made = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for _, text in parts]
    assert sorted(named) == sorted(f"sha256-{digest}" for digest in made)
    assert policy[1].startswith("default-src &#39;none&#39;;")


def test_it_holds_the_scene_that_the_page_shows(file: str) -> None:
    found = re.search(r'<script type="application/json" id="scene">(.*?)</script>', file, re.S)
    assert found is not None
    scene = json.loads(found[1])
    assert scene["opened"] == ["jp"]
    assert scene["urls"] == {}


def test_a_name_that_ends_a_script_ends_none(tmp_path: Path) -> None:
    evil = partner("evil-jp", "jp", EVIL)
    store_of(tmp_path, batch([agreement("a", GRESIK, evil)], parties=[*EVERYONE, evil])).close()
    settings = Settings(store=f"sqlite:{tmp_path / 'world.db'}", today=DAY.isoformat())
    text = download(create_app(settings).test_client(), "/en/unduh/jaringan.html")
    assert "<script>alert" not in text
    found = re.search(r'<script type="application/json" id="scene">(.*?)</script>', text, re.S)
    assert found is not None
    assert EVIL in [node["title"] for node in json.loads(found[1])["nodes"]]


def test_nothing_to_draw_is_no_file(file: str) -> None:
    app = create_app(Settings(store=shipped_address(), today=DAY.isoformat()))
    path = "/unduh/jaringan.html?negara=au&topik=5&kategori=sinergi"
    assert app.test_client().get(path).status_code == 404


def test_modules_of_one_script_are_told_apart_by_name_alone() -> None:
    names = re.findall(r"^(?:const|let|function|async function) (\w+)", scripts(), re.M)
    assert len(names) == len(set(names))


def scripts() -> str:
    """Our modules as they stand in the file."""
    folder = Path(__file__).parents[2] / "explorer" / "static" / "js"
    names = ("theme", "view", "labels", "picture", "file")
    return one_script([(folder / f"network-{name}.js").read_text() for name in names])
