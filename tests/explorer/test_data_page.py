"""The page of the data: every count is counted again from the store, agreement by agreement."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from html import unescape

import openpyxl
import pytest
from flask.testing import FlaskClient

from explorer import create_app
from explorer.completeness import completeness
from explorer.settings import Settings
from graph_loader import Agreement, Lack, Problem, conflicts
from tests.explorer.pictures import DAY, shipped, shipped_address


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(Settings(store=shipped_address(), today=DAY.isoformat())).test_client()


@pytest.fixture(scope="module")
def page(client: FlaskClient) -> str:
    return client.get("/data").text


@pytest.fixture(scope="module")
def every() -> list[Agreement]:
    return list(shipped().store.by_ids(shipped().index.agreement_ids).values())


def lacks(one: Agreement, lack: Lack) -> bool:
    known = {Lack.SIGNED: one.signed, Lack.ENDS: one.ends, Lack.TOPIC: one.topics,
             Lack.SOURCE: one.page}  # fmt: skip
    return not known[lack]


def section(page: str, id: str) -> str:
    start = page.index(f'<section id="{id}"')
    return page[start : page.index("</section>", start)]


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_what_is_missing_is_ranked_and_leads_to_its_list(
    client: FlaskClient, page: str, every: list[Agreement]
) -> None:
    told = re.findall(r'<b>(\d+)</b>.*?href="/perjanjian\?kurang=(\w+)"', section(page, "kurang"))
    disputed = sum(
        bool(conflicts([said.claim for said in shipped().store.agreement(one.id).claims]))
        for one in every
    )
    expected = Counter({str(lack): sum(lacks(one, lack) for one in every) for lack in Lack})
    expected["conflict"] = disputed
    assert [(name, int(n)) for n, name in told] == [
        (name, n) for name, n in expected.most_common() if n
    ]
    for n, name in told:
        assert re.search(rf"<b>{n}</b> dari", client.get(f"/perjanjian?kurang={name}").text)


def test_completeness_of_each_region_is_that_of_its_agreements(every: list[Agreement]) -> None:
    found, index = completeness(shipped().index), shipped().index
    mine: dict[str, list[Agreement]] = {}
    for one in every:
        for signed in {signatory.party for signatory in one.parties}:
            mine.setdefault(signed, []).append(one)
    regions = [index.parties[n].id for n in found.regions.tolist()]
    levels = {"province", "kabupaten", "kota"}
    assert set(regions) == {id for id in mine if shipped().party(id).level in levels}
    assert found.agreements.tolist() == [len(mine[id]) for id in regions]
    assert sorted(found.agreements.tolist(), reverse=True) == found.agreements.tolist()
    for lack in Lack:
        have = [sum(not lacks(one, lack) for one in mine[id]) for id in regions]
        assert found.recorded[lack].tolist() == have
        assert found.missing[lack] == sum(lacks(one, lack) for one in every)


def test_a_share_leads_to_what_is_not_recorded(client: FlaskClient, page: str) -> None:
    table = section(page, "kelengkapan")
    row = table[table.index('href="/daerah/35.78"') :]
    link = re.search(r'href="(/daerah/35\.78\?kurang=ends)#perjanjian".*?(\d+) dari (\d+)<', row)
    assert link
    missing = int(link[3]) - int(link[2])
    listed = client.get(link[1]).text
    assert re.search(rf"\D{missing} perjanjian", words(listed[listed.index('id="perjanjian"') :]))


def test_regions_of_the_province_or_all_in_pages(client: FlaskClient, page: str) -> None:
    own = [id for id in completeness_ids() if id == "35" or id.startswith("35.")]
    assert f"1–20 dari {len(own)}" in words(section(page, "kelengkapan"))
    everywhere = section(client.get("/data?semua=1&daerah=2").text, "kelengkapan")
    assert f"21–40 dari {len(completeness_ids())}" in words(everywhere)


def completeness_ids() -> list[str]:
    index = shipped().index
    return [index.parties[n].id for n in completeness(index).regions.tolist()]


def test_each_source_has_its_own_row(page: str, every: list[Agreement]) -> None:
    row = words(section(page, "kelengkapan").split("Menurut sumber data")[-1])
    ends = sum(not lacks(one, Lack.ENDS) for one in every)
    assert f"Daftar awal Simpul / Simpul seed register {len(every)}" in row
    assert f"{ends} dari {len(every)}" in row


def test_every_dispute_says_what_is_shown_and_who_says_else(page: str) -> None:
    store = shipped().store
    told = section(page, "konflik")
    disputed = {
        (id, field)
        for id, claims in store.contested().items()
        for field in conflicts([one.claim for one in claims])
    }
    assert len(disputed) == told.count("<tr>") - 1
    for id, field in disputed:
        at = told.index(f'href="/perjanjian/{id}"')
        row = words(told[at : told.index("</tr>", at)])
        assert "ditampilkan" in row
        said = {getattr(one.claim, field) for one in store.agreement(id).claims} - {None}
        assert row.count("(baris ") >= len(said) > 1


def all_problems() -> list[Problem]:
    store = shipped().store
    loads = store.loads(limit=500).items
    return [p for load in loads for p in store.problems(load.id, limit=5000).items]


def test_problems_are_all_there_narrowed_and_taken_away(client: FlaskClient, page: str) -> None:
    found = all_problems()
    assert found
    assert f"Bawa {len(found)} masalah" in words(section(page, "masalah"))
    kind, count = Counter(one.code for one in found).most_common(1)[0]
    asked = f"sumber=twins.simpul&jenis={kind}"
    narrowed = section(client.get(f"/data?{asked}").text, "masalah")
    assert narrowed.count("<tr>") - 1 == count
    link = re.search(r'href="(/unduh/masalah\.csv[^"]*)"', narrowed)
    assert link
    file = client.get(unescape(link[1])).data.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(file)))[1:]
    assert sorted(int(row[2]) for row in rows) == sorted(
        one.row for one in found if one.code == kind
    )
    assert "Hapus saringan" in section(client.get("/data?jenis=none-such").text, "masalah")


def test_a_load_tells_what_it_changed_where_it_is_asked(client: FlaskClient, page: str) -> None:
    link = re.search(r'href="(/data\?pemuatan=\d+)#pemuatan"', page)
    assert link
    told = words(section(client.get(link[1]).text, "pemuatan"))
    assert "Perubahan: 50 dari 609" in told


@pytest.mark.parametrize(("prefix", "sheet"), [("", "Perjanjian"), ("/en", "Agreements")])
def test_the_template_is_the_one_of_the_command_line(
    client: FlaskClient, prefix: str, sheet: str
) -> None:
    assert f'href="{prefix}/unduh/templat.xlsx"' in client.get(f"{prefix}/data").text
    answer = client.get(f"{prefix}/unduh/templat.xlsx")
    assert "attachment" in answer.headers["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    assert book.sheetnames[0] == sheet
