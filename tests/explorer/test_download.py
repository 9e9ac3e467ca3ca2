"""The files that a planner takes away: what the page shows, all of it, and nothing a formula."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import replace
from datetime import datetime
from html import unescape
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import openpyxl
import pytest
from flask.testing import FlaskClient
from openpyxl.workbook import Workbook

from explorer import create_app, graph_file
from explorer.graph_file import WRITERS, network_graph
from explorer.pages import download
from explorer.pictures.arrange import arrange
from explorer.settings import Settings
from explorer.view import View
from graph_loader import IN_FORCE, AgreementFilter
from tests.explorer.pictures import DAY, partner, shipped, shipped_address, view_of
from tests.worlds import EAST_JAVA, EVERYONE, GRESIK, KOBE, agreement, batch, store_of

TODAY = "2026-11-25"


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(Settings(store=shipped_address(), today=TODAY)).test_client()


def book(client: FlaskClient, address: str) -> Workbook:
    answer = client.get(address)
    assert answer.status_code == 200, answer.get_data(as_text=True)[:400]
    assert "attachment" in answer.headers["Content-Disposition"]
    return openpyxl.load_workbook(io.BytesIO(answer.data))


def lines(client: FlaskClient, address: str) -> list[dict[str, str]]:
    text = client.get(address).data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def offered(client: FlaskClient, page: str, kind: str) -> str:
    """The address of the file with every column that a page offers, its last."""
    found = re.findall(rf'href="([^"]*/unduh/perjanjian\.{kind}[^"]*)"', client.get(page).text)
    assert found, page
    return unescape(found[-1])


@pytest.mark.parametrize(
    "page",
    ["/perjanjian", "/perjanjian?status=active&urut=ends", "/perjanjian?q=pelabuhan", "/topik/2",
     "/daerah/35.25", "/mitra/osaka-prefecture-jp", "/negara/au", "/negara/au?pihak=35",
     "/en/perjanjian?kategori=ksdpl", "/perjanjian?tahun=2019"],
)  # fmt: skip
def test_a_file_holds_the_whole_list_of_its_page_in_its_order(
    client: FlaskClient, page: str
) -> None:
    text = client.get(page).text
    listed = [row["Id" if "/en/" in page else "Kode"] for row in _rows(client, page)]
    shown = re.findall(r'<th scope="row"><a href="[^"]*/perjanjian/([^"]+)"', text)
    assert shown
    assert listed[: len(shown)] == shown
    assert len(listed) == len(set(listed))
    said = re.search(r'class="take-away".*?([\d.]+) (?:perjanjian|agreements?):', text, re.DOTALL)
    assert said
    assert len(listed) == int(said[1])


def _rows(client: FlaskClient, page: str) -> list[dict[str, str]]:
    return lines(client, offered(client, page, "csv"))


def test_a_workbook_says_what_it_is_and_can_be_filtered(client: FlaskClient) -> None:
    found = book(client, offered(client, "/perjanjian?negara=au&status=berlaku", "xlsx"))
    sheet, about = found.worksheets
    assert (sheet.title, about.title) == ("Perjanjian", "Keterangan")
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref
    facts = {row[0].value: row[1].value for row in about.iter_rows(min_row=2)}
    assert facts["Jumlah perjanjian"] == sheet.max_row - 1
    assert facts["Status per tanggal"] == datetime(2026, 11, 25)
    assert str(facts["Negara"]).startswith("Australia")
    assert isinstance(facts["Versi data"], int)


def test_days_and_years_are_typed_cells(client: FlaskClient) -> None:
    sheet = book(client, "/unduh/perjanjian.xlsx").worksheets[0]
    column = [cell.value for cell in sheet[1]].index("Ditandatangani")
    kinds = {type(row[column].value) for row in sheet.iter_rows(min_row=2)}
    assert {int, datetime} <= kinds


def test_both_languages_have_headings_of_their_own(client: FlaskClient) -> None:
    for prefix, signed in (("", "Ditandatangani"), ("/en", "Signed")):
        sheet = book(client, f"{prefix}/unduh/perjanjian.xlsx?negara=jp").worksheets[0]
        assert signed in [cell.value for cell in sheet[1]]


def test_a_title_that_begins_like_a_formula_is_text(tmp_path: Path) -> None:
    stated = agreement("a", GRESIK, KOBE, EAST_JAVA, signed="2020-02-03")
    claim = replace(stated.claims[0], title="=HYPERLINK(1)")
    store_of(tmp_path, batch([replace(stated, claims=(claim,))], parties=EVERYONE)).close()
    settings = Settings(store=f"sqlite:{tmp_path / 'world.db'}", today=TODAY)
    client = create_app(settings).test_client()
    cell = book(client, "/unduh/perjanjian.xlsx").worksheets[0]["A2"]
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")
    assert lines(client, "/unduh/perjanjian.csv")[0]["Perjanjian"] == "'=HYPERLINK(1)"


def test_the_address_of_a_page_leads_there_from_a_desk(client: FlaskClient) -> None:
    first = lines(client, "/en/unduh/perjanjian.csv?negara=jp")[0]
    assert first["Page address"] == f"http://localhost/en/perjanjian/{first['Id']}"


def test_nothing_found_is_an_empty_table(client: FlaskClient) -> None:
    assert lines(client, "/unduh/perjanjian.csv?q=zzzzqqqq") == []


def test_a_list_that_is_too_long_is_refused_not_cut(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download, "LIMIT", 10)
    client.application.extensions["answers"].clear()
    answer = client.get("/unduh/perjanjian.csv")
    assert answer.status_code == 400
    assert "609" in answer.text
    assert "simpul export" in answer.text


@pytest.mark.parametrize("bad", ["pihak=nobody", "status=no", "urut=no", "tahun=x", "topik=99"])
def test_a_bad_filter_is_an_error_that_names_it(client: FlaskClient, bad: str) -> None:
    assert client.get(f"/unduh/perjanjian.xlsx?{bad}").status_code in {400, 404}
    assert client.get("/unduh/perjanjian.exe").status_code == 404


SVG = "{http://www.w3.org/2000/svg}"
GRAPHS = ("graphml", "gexf")


def read(kind: str, content: bytes) -> nx.Graph[str]:
    found: nx.Graph[str] = (
        nx.read_gexf(io.BytesIO(content)) if kind == "gexf" else nx.parse_graphml(content.decode())
    )
    return found


def graph(client: FlaskClient, address: str) -> nx.Graph[str]:
    answer = client.get(address)
    assert answer.status_code == 200, answer.get_data(as_text=True)[:400]
    return read(address.partition("?")[0].rpartition(".")[2], answer.data)


def ties_of(shown: View, country: str) -> dict[frozenset[str], int]:
    """The pairs that share an agreement in force, counted agreement by agreement."""
    where = AgreementFilter(shown.day, country=country, status=IN_FORCE)
    found: Counter[frozenset[str]] = Counter()
    for one in shown.store.agreements(where, limit=500).items:
        for pair in combinations(sorted({signed.party for signed in one.parties}), 2):
            found[frozenset(pair)] += 1
    return found


@pytest.mark.parametrize("kind", GRAPHS)
@pytest.mark.parametrize("country", ["", "au", "jp"])
def test_a_network_comes_back_as_the_store_has_it(
    client: FlaskClient, kind: str, country: str
) -> None:
    page = f"/jaringan?negara={country}" if country else "/jaringan"
    address = re.search(rf'href="([^"]*/unduh/jaringan\.{kind}[^"]*)"', client.get(page).text)
    assert address
    found, shown = graph(client, unescape(address[1])), shipped()
    ties = {frozenset((a, b)): data["agreements"] for a, b, data in found.edges(data=True)}
    assert ties == ties_of(shown, country)
    for id, fields in found.nodes(data=True):
        party = shown.party(id)
        assert fields["label"] == party.name("id")
        assert fields["level"] == party.level
        assert fields["country"] == party.country


@pytest.mark.parametrize("kind", GRAPHS)
def test_places_are_those_of_the_picture(client: FlaskClient, kind: str) -> None:
    found = graph(client, f"/unduh/jaringan.{kind}?negara=au")
    shown = shipped()
    every = arrange(shown.index, [shown.index.number[id] for id in found]).places
    for id, fields in found.nodes(data=True):
        place = fields["viz"]["position"] if kind == "gexf" else fields
        down = -place["y"] if kind == "gexf" else place["y"]
        assert (place["x"], down) == pytest.approx(tuple(every[id]))


@pytest.mark.parametrize("kind", GRAPHS)
def test_a_name_with_letters_that_no_xml_has_can_still_be_read(tmp_path: Path, kind: str) -> None:
    odd = partner("odd-jp", "jp", '<b>&\x01 "大阪" ‏العربية')
    world = batch([agreement("a", GRESIK, odd, signed="2020")], parties=[*EVERYONE, odd])
    shown = view_of(tmp_path, world)
    found = network_graph(shown, shown.index.in_force(DAY), "id")
    back = read(kind, WRITERS[kind](found))
    assert back.nodes["odd-jp"]["label"] == '<b>& "大阪" ‏العربية'


@pytest.mark.parametrize("kind", GRAPHS)
def test_a_filter_that_leaves_nothing_is_an_empty_network(client: FlaskClient, kind: str) -> None:
    assert len(graph(client, f"/unduh/jaringan.{kind}?negara=au&kategori=sinergi&topik=1")) == 0


def test_a_network_that_is_too_large_is_refused_not_cut(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(graph_file, "MAX_TIES", 10)
    answer = client.get("/en/unduh/jaringan.graphml")
    assert answer.status_code == 400
    assert "869" in answer.text


@pytest.mark.parametrize("query", ["", "negara=au", "pihak=35.25", "negara=jp&kategori=ksdpl"])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_picture_stands_alone(client: FlaskClient, prefix: str, query: str) -> None:
    page = client.get(f"{prefix}/jaringan?{query}").text
    link = re.search(r'href="([^"]*/unduh/gambar/jaringan\.svg[^"]*)"', page)
    assert link
    answer = client.get(unescape(link[1]))
    assert answer.mimetype == "image/svg+xml"
    root = ElementTree.fromstring(answer.data)
    words = " ".join(node.text or "" for node in root.iter(f"{SVG}text"))
    for said in {"": ("25 November 2026", "Provinsi", "Antardaerah", "Habis masa"),
                 "/en": ("25 November 2026", "Province", "Lapsed")}[prefix]:  # fmt: skip
        assert said in words, said
    heading = re.search(r"<h1>(.*?)</h1>", page)
    assert heading
    assert (root[0].text or "") == unescape(heading[1])
    if "negara=au" in query:
        assert "Australia" in words
    assert not list(root.iter(f"{SVG}a"))
    assert not re.search(rb"(href|src|style)=|var\(|url\(", answer.data)
    width = float(root.attrib["width"])
    for node in root.iter(f"{SVG}text"):
        if node in list(root) and node.attrib["text-anchor"] == "start":
            letters = len(node.text or "") * float(node.attrib["font-size"]) * 0.55
            assert float(node.attrib["x"]) + letters < width, node.text


def test_nothing_to_draw_is_said(client: FlaskClient) -> None:
    answer = client.get("/unduh/gambar/jaringan.svg?negara=au&kategori=sinergi&topik=1")
    assert answer.status_code == 404
    assert "tidak menyisakan" in answer.text


def test_a_picture_that_there_is_not_is_said(client: FlaskClient) -> None:
    answer = client.get("/en/unduh/gambar/sketch.svg")
    assert answer.status_code == 404
    assert "sketch" in answer.text
