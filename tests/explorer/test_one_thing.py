"""Pages of one party, country, topic and agreement: one order, true numbers, what to do next."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from explorer import create_app
from explorer.settings import Settings
from graph_loader import IN_FORCE, MAX_PAGE_SIZE, AgreementFilter
from tests.explorer.pictures import DAY, shipped, shipped_address
from tests.worlds import store_of, umbrella_world

ORDER = (
    "perjanjian", "mitra", "daerah", "sdg", "peluang", "kebutuhan", "tetangga", "target",
    "kelengkapan", "hubungan",
)  # fmt: skip
PARTS = {
    "/daerah/35.15": {"perjanjian", "mitra", "sdg", "peluang", "kebutuhan", "tetangga",
                      "kelengkapan", "hubungan"},
    "/mitra/osaka-prefecture-jp": {"perjanjian", "mitra", "sdg", "kelengkapan", "hubungan"},
    "/pihak-ketiga/universitas-airlangga": {"perjanjian", "mitra", "sdg", "kelengkapan",
                                            "hubungan"},
    "/negara/jp": {"perjanjian", "mitra", "daerah", "sdg", "kelengkapan"},
    "/topik/2": {"perjanjian", "daerah", "mitra", "target", "kelengkapan"},
    "/perjanjian/dki-arkansas": {"perjanjian", "pihak", "topik", "bukti"},
}  # fmt: skip


@cache
def app_of(store: str) -> FlaskClient:
    """An app on a store, on a fixed day."""
    return create_app(Settings(store=store, today="2026-11-25")).test_client()


@cache
def page(url: str) -> str:
    """A page of the shipped rows, asked for once."""
    answer = app_of(shipped_address()).get(url)
    assert answer.status_code == 200, url
    return answer.get_data(as_text=True)


def main(html: str) -> str:
    return html[html.index("<main") : html.index("</main>")]


def ids(html: str) -> list[str]:
    return re.findall(r'<section[^>]* id="([a-z]+)"', html)


def between(html: str, start: str, end: str) -> str:
    found = html[html.index(start) :]
    return found[: found.index(end)]


def total(url: str) -> int:
    """How many agreements the list at an address has."""
    found = re.search(r"dari ([\d.]+) *</span>", page(url.split("#")[0]))
    assert found, url
    return int(found[1].replace(".", ""))


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("url", PARTS)
def test_parts_stand_in_one_order_and_the_contents_name_them(url: str, prefix: str) -> None:
    html = main(page(prefix + url))
    contents = between(html, 'class="contents"', "</nav>")
    named = re.findall(r'href="#([a-z]+)"', contents)
    assert named == [id for id in ids(html) if id in named]
    assert set(named) == PARTS[url]
    if "/negara/" in url:  # a country is asked for its partners
        assert named == ["mitra", *sorted({*named} - {"mitra"}, key=ORDER.index)]
    elif "/perjanjian/" not in url and "/topik/" not in url:
        assert named == sorted(named, key=ORDER.index)
    for target in re.findall(r'href="#([a-z-]+)"', html):
        assert f'id="{target}"' in html, target
    assert html.index('class="todo"') < html.index('<section id="perjanjian"')
    assert "None" not in re.sub(r"<[^>]+>", " ", html)


def test_the_numbers_seen_first_lead_to_lists_of_that_length() -> None:
    tiles = between(page("/daerah/35"), 'class="tiles"', "</ul>")
    found = re.findall(r'href="([^"]+)"><b>(\d+)</b> ([a-z ]+)', tiles)
    assert [words.strip() for _, _, words in found] == [
        "berlaku atau terbuka", "penjajakan", "habis masa", "mitra",
    ]  # fmt: skip
    for url, number, words in found[:3]:
        assert total(unescape(url)) == int(number), words
        assert '<details class="twin" open' in page(unescape(url).split("#")[0])


def test_the_table_of_goals_leads_to_lists_of_that_length() -> None:
    html = between(page("/daerah/35.15"), '<section id="sdg"', "</section>")
    links = re.findall(r'<td class="number"><a href="([^"]+)">(\d+)</a>', html)
    assert len(links) > 6
    for url, number in links[:4]:
        assert total(unescape(url)) == int(number), url
    assert html.count("<tr>") == 18
    assert html.count("belum tercatat") >= 11  # goals without an agreement are named too


def test_what_lacks_leads_to_those_that_lack_it() -> None:
    html = between(page("/negara/jp"), '<section id="kelengkapan"', "</section>")
    rows = re.findall(r'<a href="([^"]+)">[^<]+</a>\s*</span>.*?(\d+) dari (\d+) \((\d+)%\)',
                      html, re.DOTALL)  # fmt: skip
    assert len(rows) >= 2
    for url, number, of, share in rows:
        assert int(share) == round(100 * int(number) / int(of))
        if "kurang=ends" not in url:  # counted among undertakings alone
            assert total(unescape(url)) == int(number), url


def test_partners_in_a_country_stand_beside_those_who_work_with_them() -> None:
    html = between(page("/negara/jp"), '<section id="mitra"', "</section>")
    rows = [one.split("</tr>")[0] for one in html.split('<th scope="row">')[1:]]
    assert len(rows) > 20
    index = shipped().index
    for row in rows:
        partner = re.findall(r'href="/mitra/([^"]+)"', row)[0]
        signed = index.agreements_of(index.number[partner]).tolist()
        expected = {
            index.parties[n].id
            for agreement in signed
            for n in index.members_of(agreement).tolist()
            if index.is_region[n]
        }
        assert set(re.findall(r'href="/daerah/([^"]+)"', row)) == expected, partner
        counts = [int(n) for n in re.findall(r"<span>(\d+) / (\d+)</span>", row)[0]]
        in_force = index.in_force(DAY)
        assert counts == [int(in_force[signed].sum()), len(signed)]


def test_next_steps_of_a_region_can_be_taken() -> None:
    html = between(page("/daerah/35.15"), 'class="todo"', "</section>")
    links = [unescape(url) for url in re.findall(r'href="([^"]+)"', html)]
    assert {"/rapat/35.15", "/unduh/nota.docx?daerah=35.15", "/unduh/nota.pdf?daerah=35.15"} <= set(
        links
    )
    assert "/kebutuhan?daerah=35.15" in links
    assert "/peluang/35.15" in links
    assert 2 <= html.count("<li>") <= 4
    client = app_of(shipped_address())
    for url in links:
        if not url.startswith("/unduh"):
            assert client.get(url.split("#")[0]).status_code == 200, url


def test_opportunities_are_told_in_brief() -> None:
    html = between(page("/daerah/35.15"), '<section id="peluang"', "</section>")
    assert html.count('class="reason-name"') == 3
    assert html.count("Langkah berikutnya") == 3
    assert "<details" not in html
    assert 'href="/peluang/35.15"' in html


def test_a_region_without_agreements_is_told_what_to_do(tmp_path: Path) -> None:
    store_of(tmp_path, umbrella_world()).close()
    client = app_of(f"sqlite:{tmp_path / 'world.db'}")
    for url, words in {
        "/daerah/35.15": "Belum tercatat mitra dengan perjanjian yang berlaku",
        "/mitra/kobe-jp": "Belum tercatat mitra dengan perjanjian yang berlaku",
        "/daerah/35": "Kebutuhan dan kelebihan belum tercatat",
    }.items():
        html = main(client.get(url).get_data(as_text=True))
        assert words in html, url
        assert not re.findall(r'<section id="[a-z]+"><h2>[^<]*</h2>\s*</section>', html)
        assert '<ul class="flaws">' in html


def walked(client: FlaskClient, url: str) -> Iterator[str]:
    """The agreements in the tables of a list, page by page."""
    while url:
        html = client.get(url).get_data(as_text=True)
        yield from re.findall(r'<th scope="row"><a href="/perjanjian/([^"]+)"', html)
        following = re.search(r'rel="next" href="([^"]+)"', html)
        url = unescape(following[1]) if following else ""


@pytest.mark.parametrize(
    ("asked", "where"),
    [
        ("pihak=35", {"party": "35"}),
        ("pihak=35&susun=mitra", {"party": "35"}),
        ("negara=jp&status=berlaku", {"country": "jp", "status": IN_FORCE}),
    ],
)
def test_the_whole_timeline_meets_every_agreement_once(asked: str, where: dict[str, Any]) -> None:
    found = list(walked(app_of(shipped_address()), f"/linimasa?{asked}"))
    store = shipped().store
    listed = store.agreements(AgreementFilter(DAY, **where), limit=MAX_PAGE_SIZE)
    assert len(found) == len(set(found)) == listed.total > 10
    assert set(found) == {one.id for one in listed.items}


def test_the_timeline_names_its_groups_and_refuses_others() -> None:
    client = app_of(shipped_address())
    html = main(page("/linimasa?susun=mitra&negara=jp"))
    picture = between(html, '<svg class="picture', "</svg>")
    assert ">Jepang<" in picture
    assert ">Jepang<" not in between(
        main(page("/linimasa?negara=jp")), '<svg class="picture', "</svg>"
    )
    assert client.get("/linimasa?susun=warna").status_code == 400
    assert client.get("/linimasa?pihak=tidak-ada").status_code == 404
    nothing = main(page("/linimasa?pihak=35.15&negara=jp"))
    assert "Belum tercatat perjanjian yang cocok" in nothing
    assert '<svg class="picture' not in nothing


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("linimasa.svg?pihak=35", "Linimasa perjanjian Provinsi Jawa Timur"),
        ("mitra.svg?pihak=35", "mitra terdekat dari"),
        ("profil-sdg.svg?negara=jp", "Tujuan SDG dalam perjanjian: Jepang"),
        ("para-pihak.svg?perjanjian=gks-plus-sump-2022", "12 pihak menandatangani"),
    ],
)
def test_each_picture_is_had_as_a_file_that_stands_alone(address: str, words: str) -> None:
    tree = ET.fromstring(page(f"/unduh/gambar/{address}"))
    said = " ".join(" ".join(one.itertext()) for one in tree)
    assert words in said
    assert not [one for one in tree.iter() if one.tag.endswith("}a")]
    assert "style" not in {name for one in tree.iter() for name in one.attrib}


@pytest.mark.parametrize(
    "address",
    ["linimasa.svg?pihak=35.15&negara=jp", "mitra.svg?pihak=x", "para-pihak.svg?perjanjian=x",
     "profil-sdg.svg?pihak=35.15&negara=jp"],
)  # fmt: skip
def test_a_picture_of_nothing_is_not_found(address: str) -> None:
    assert app_of(shipped_address()).get(f"/unduh/gambar/{address}").status_code == 404
