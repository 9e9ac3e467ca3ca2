"""The register: what its address asks for is what it shows, counts and hands out."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from html import unescape

import pytest
from flask.testing import FlaskClient

from explorer import create_app
from explorer.disputes import disputes, found_in
from explorer.pages.register import USUAL, VIEWS
from explorer.settings import Settings
from graph_loader import Agreement, Status, conflicts, status_of
from graph_loader.store.base import GraphStore
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


def every() -> list[Agreement]:
    return list(shipped().store.by_ids(shipped().index.agreement_ids).values())


def in_view(store: GraphStore) -> dict[str, set[str]]:
    """The agreements of each view, picked one by one."""
    soon = DAY + timedelta(days=90)
    found: dict[str, set[str]] = {name: set() for name in VIEWS}
    for one in every():
        status = status_of(one, DAY)
        lacks = not (one.signed and one.ends and one.topics and one.page)
        claims = [said.claim for said in store.agreement(one.id).claims]
        held = {
            "every": True, "in-force": status.in_force, "lapsed": status is Status.LAPSED,
            "ending": status is Status.ACTIVE and bool(one.ends and one.ends.last <= soon),
            "incomplete": lacks, "disputed": bool(conflicts(claims)),
        }  # fmt: skip
        for name, holds in held.items():
            if holds:
                found[name].add(one.id)
    return found


def test_each_view_holds_what_it_says(client: FlaskClient) -> None:
    expected = in_view(shipped().store)
    assert all(expected.values())
    page = client.get("/perjanjian").text
    views = page[page.index('class="views"') :]
    told = re.findall(r'<a href="([^"]+)"[^>]*>[^<]* <b>([\d.]+)</b>', views)[: len(VIEWS)]
    assert [int(n.replace(".", "")) for _, n in told] == [len(expected[name]) for name in VIEWS]
    for (address, _), ids in zip(told, expected.values(), strict=True):
        listed = client.get(unescape(address))
        assert 'aria-current="page"' in listed.text
        file = client.get(f"/unduh/perjanjian.csv?{unescape(address).partition('?')[2]}").data
        rows = csv.DictReader(io.StringIO(file.decode("utf-8-sig")))
        assert {row["Kode"] for row in rows} == ids


def test_a_view_keeps_what_else_is_asked(client: FlaskClient) -> None:
    japan = {one.id for one in every() if "jp" in {_country(s.party) for s in one.parties}}
    lapsed = in_view(shipped().store)["lapsed"] & japan
    page = client.get("/en/perjanjian?negara=jp&kurang=ends&baris=50").text
    link = re.search(r'href="([^"]*)"[^>]*>Lapsed <b>(\d+)<', page)
    assert link
    assert int(link[2]) == len(lapsed)
    assert unescape(link[1]) == "/en/perjanjian?negara=jp&baris=50&status=lapsed"


def _country(party: str) -> str:
    return shipped().party(party).country


def test_a_file_has_the_columns_and_the_order_of_the_page(client: FlaskClient) -> None:
    for asked in ("", "kolom=source,ends,category&urut=title&status=lapsed", "kolom=id&q=air"):
        page = client.get(f"/perjanjian?{asked}&baris=100").text
        heads = re.findall(r'<th scope="col" class="col-(\w+)"', page)
        titles = re.findall(r'<th scope="row"><a [^>]*>(.*?)</a>', page, re.DOTALL)
        link = re.search(r'href="([^"]*/unduh/perjanjian\.csv[^"]*)"', page)
        assert link
        file = client.get(unescape(link[1])).data.decode("utf-8-sig")
        head, *rows = csv.reader(io.StringIO(file))
        assert len(head) == len(heads) + ("kolom" not in asked)  # the usual title has two
        assert [row[0] for row in rows][: len(titles)] == [unescape(title) for title in titles]
    assert heads == ["agreement", "id"]
    assert USUAL[0] == "agreement"


def test_columns_ticked_in_a_form_become_one_short_field(client: FlaskClient) -> None:
    answer = client.get("/perjanjian?urut=title&kolom=ends&kolom=parties")
    assert answer.status_code == 302
    assert answer.location == "/perjanjian?urut=title&kolom=parties,ends"


def test_headings_sort_and_say_how(client: FlaskClient) -> None:
    page = client.get("/perjanjian?kolom=signed,ends").text
    now = re.findall(r'class="col-(\w+)" aria-sort="(\w+)"', page)
    assert now == [("signed", "descending")]
    oldest = re.search(r'<th [^>]*col-signed[^>]*><a class="sort" href="([^"]+)"', page)
    assert oldest
    turned = client.get(unescape(oldest[1])).text
    assert 'class="col-signed" aria-sort="ascending"' in turned
    dated = [one.signed for one in every() if one.signed]
    first = re.search(r'<span class="date">(.*?)</span>', turned)
    assert first
    assert str(min(day.year for day in dated)) in first[1]


def test_pages_have_a_size_a_first_and_a_last(client: FlaskClient) -> None:
    page = client.get("/perjanjian?baris=100&hal=3").text
    links = dict(re.findall(r'<a[^>]* href="([^"]+)">\s*(Pertama|Terakhir)\s*</a>', page))
    assert set(links.values()) == {"Pertama", "Terakhir"}
    last = next(unescape(url) for url, name in links.items() if name == "Terakhir")
    end = client.get(last).text
    assert "601–609 dari 609" in end
    assert "601–609 dari 609" in client.get("/perjanjian?baris=100&hal=99").text
    assert client.get("/perjanjian?baris=7").status_code == 400


@pytest.mark.parametrize("bad", ["kolom=nope", "kurang=all", "akhir=soon", "baris=0"])
def test_what_the_register_does_not_know_is_named(client: FlaskClient, bad: str) -> None:
    answer = client.get(f"/perjanjian?{bad}")
    assert answer.status_code == 400
    assert bad.partition("=")[0] in answer.text


def test_the_shown_claim_of_a_dispute_is_the_one_shown() -> None:
    found = disputes(shipped())
    assert found
    for one in found:
        shown = shipped().store.agreement(one.agreement).agreement
        assert getattr(one.shown.claim, one.field) == getattr(shown, one.field)
    assert found_in(shipped().store.contested()) == found
