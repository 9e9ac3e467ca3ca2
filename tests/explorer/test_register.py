"""The register: what its address asks for is what it shows, counts and hands out."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from explorer import create_app
from explorer.settings import Settings
from tests.explorer.pictures import DAY, shipped, shipped_address


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(Settings(store=shipped_address(), today=DAY.isoformat())).test_client()


def signed_in(first: int, last: int) -> int:
    """How many agreements were signed in these years, counted one by one."""
    found = shipped().store.by_ids(shipped().index.agreement_ids)
    return sum(
        one.signed is not None and first <= one.signed.year <= last for one in found.values()
    )


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("sejak=2015&sampai=2020", 2015, 2020), ("sejak=2021", 2021, 9999), ("tahun=2019", 2019, 2019),
     ("sampai=2000", 0, 2000), ("sejak=2018&tahun=2019", 2018, 2019)],
)  # fmt: skip
def test_years_of_signing(client: FlaskClient, asked: str, first: int, last: int) -> None:
    expected = signed_in(first, last)
    assert expected > 0
    page = client.get(f"/perjanjian?{asked}").text
    assert re.search(rf"dari {expected}\b", page)
    if "sejak" in asked:
        assert re.search(rf'name="sejak"[^>]* value="{first}"', page)
    clear = re.search(r'class="clear" href="([^"]+)"', page)
    assert clear
    assert unescape(clear[1]) == "/perjanjian"
    file = re.search(r'href="([^"]*/unduh/perjanjian\.csv[^"]*)"', page)
    assert file
    assert client.get(unescape(file[1])).text.count("\n") >= expected + 1
    network = client.get(f"/jaringan?{asked}&status=berlaku")
    assert network.status_code == 200


@pytest.mark.parametrize("path", ["/perjanjian", "/en/jaringan", "/unduh/perjanjian.csv"])
def test_years_the_wrong_way_round_are_said(client: FlaskClient, path: str) -> None:
    answer = client.get(f"{path}?sejak=2020&sampai=2015")
    assert answer.status_code == 400
    assert "2020" in answer.text
    assert "2015" in answer.text
