"""Switches, the shortlist in the address, candidates side by side: as the API says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient

from explorer import create_app
from explorer.pages import note, shortlist
from explorer.reasons import REASONS, SILENT
from explorer.settings import Settings
from explorer.together import apart, goals_of, partners
from tests.explorer.pictures import DAY, shipped, shipped_address

REGION = "35.15"


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(Settings(store=shipped_address(), today=DAY.isoformat())).test_client()


def html(client: FlaskClient, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, url
    return unescape(answer.get_data(as_text=True))


def lines(client: FlaskClient, state: str = "", limit: int = 6) -> list[Mapping[str, Any]]:
    """What the API says of the cards that the page shows first, in their order."""
    found = client.get(f"/api/v1/opportunities/{REGION}?limit={limit}&{state}").get_json()
    return [line for one in found["lists"].values() for line in one]


def cards(page: str) -> list[str]:
    """The ids of the page's cards, in their order."""
    return re.findall(r'<h3 id="calon-([^"]+)">', page)


def switches(page: str) -> dict[str, tuple[str, str]]:
    """Each switch by its address: whether it is on, and what it says."""
    found = re.findall(r'<a class="chip( on)?" href="([^"]+)"[^>]*>(.*?)</a>', page, re.DOTALL)
    return {url: (on, " ".join(re.sub(r"<[^>]+>", "", words).split())) for on, url, words in found}


def test_a_switch_changes_the_list_as_it_does_through_the_api(client: FlaskClient) -> None:
    page = html(client, f"/peluang/{REGION}")
    assert cards(page) == [line["party"] for line in lines(client)]
    found = switches(page)
    assert len(found) == len(REASONS)
    assert all(on for on, _ in found.values())
    for url in list(found)[:2]:
        state = url.partition("?")[2]
        switched = html(client, url)
        assert cards(switched) == [line["party"] for line in lines(client, state)]
        assert sorted(on for on, _ in switches(switched).values())[0] == ""
        assert "Nyalakan semua" in switched


def test_a_switch_says_how_many_it_speaks_for(client: FlaskClient) -> None:
    words = [
        said for _, said in switches(html(client, f"/peluang/{REGION}?alasan=umbrella")).values()
    ]
    api = client.get(f"/api/v1/opportunities/{REGION}?limit=1&alasan=umbrella").get_json()
    assert f"✓ Payung provinsi · {sum(api['totals'].values())}" in words
    silent = [said for said in words if "·" not in said]
    assert len(silent) == len(SILENT)


def test_the_shortlist_survives_switches_pages_and_its_own_links(client: FlaskClient) -> None:
    page = html(client, f"/peluang/{REGION}")
    assert 'class="shortlist"' not in page
    first, second = cards(page)[:2]
    (url,) = re.findall(rf'class="pick" href="([^"]+)#calon-{re.escape(first)}"', page)
    page = html(client, url)
    (url,) = re.findall(rf'class="pick" href="([^"]+)#calon-{re.escape(second)}"', page)
    page = html(client, url)
    assert f"pilih={first},{second}" in url
    kept = [link for link in switches(page) if link]
    kept += re.findall(r'rel="next" href="([^"]+)"', page)
    assert len(kept) > len(REASONS)
    for link in kept:
        assert f"pilih={first},{second}" in link, link
    assert page.count('class="pick on"') == 2
    (bar,) = re.findall(r'<aside class="shortlist".*?</aside>', page, re.DOTALL)
    assert "2 dari paling banyak 5" in bar
    without = re.findall(r'href="(/peluang/[^"]+)" aria-label="Keluarkan', bar)
    assert [link.partition("pilih=")[2] for link in without] == [second, first]
    note_links = re.findall(r'href="(/unduh/nota[^"]+)"', bar)
    assert len(note_links) == 2
    assert client.get(note_links[0]).status_code == 200


def test_a_full_shortlist_takes_no_more_and_is_what_a_note_takes(client: FlaskClient) -> None:
    ids = [line["party"] for line in lines(client)]
    full = html(client, f"/peluang/{REGION}?pilih={','.join(ids[:5])}")
    assert shortlist.MOST == note.MOST == 5
    assert full.count('class="pick on"') == 5
    assert 'class="pick"' not in full
    assert "Dilewati karena tidak dikenal: nobody" in html(
        client, f"/peluang/{REGION}?pilih=nobody,{ids[0]}"
    )


def rows(page: str) -> Mapping[str, Sequence[str]]:
    """The table's cells as words, by their row's heading."""
    (table,) = re.findall(r"<tbody>(.*?)</tbody>", page, re.DOTALL)
    found = {}
    for row in re.findall(r"<tr><th scope=\"row\">(.*?)</tr>", table, re.DOTALL):
        head, *cells = re.split(r"</th><td>|</td><td>|</td>", row)
        words = [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in cells[:-1]]
        found[head] = words
    return found


def test_cells_agree_with_the_cards_of_the_list(client: FlaskClient) -> None:
    of_list = lines(client)
    chosen = [of_list[0], of_list[4], of_list[7], of_list[13]]
    ids = [line["party"] for line in chosen]
    page = html(client, f"/peluang/{REGION}/banding?pilih={','.join(ids)}")
    table = rows(page)
    api = client.get(f"/api/v1/opportunities/{REGION}?limit=6").get_json()
    total_of = {
        line["party"]: api["totals"][name] for name, some in api["lists"].items() for line in some
    }
    index = shipped().index
    here = index.number[REGION]
    told = {reason["code"] for line in chosen for reason in line["reasons"]}
    names = [f"reason-name.{code}" for code in REASONS if code in told]
    assert len(table) == len(names) + 9
    for column, line in enumerate(chosen):
        number = index.number[line["party"]]
        assert table["Peringkat"][column].startswith(
            f"{line['rank']} dari {total_of[line['party']]} "
        )
        assert line["next_step"]["sentence"] in table["Langkah berikutnya:"][column]
        body = " ".join(cells[column] for cells in table.values())
        for reason in line["reasons"]:
            assert " ".join(reason["sentence"].split()) in body
        for path in line["paths"]:
            assert path["sentence"].split(". ")[0] in body
        shared = [a and b for a, b in zip(goals_of(index, DAY, here), goals_of(index, DAY, number),
                                          strict=True)]  # fmt: skip
        goals = re.findall(r"SDG (\d+)", table["SDG bersama"][column])
        assert [int(goal) for goal in goals] == [n for n, some in enumerate(shared, 1) if some]
        km = apart(index, DAY, here, number)
        assert (km is None) is ("km" not in table["Jarak"][column])
        near = [index.name(n, "id") for n in partners(index, DAY, number).tolist()]
        assert all(name in table["Mitranya sekarang"][column] for name in near[:5])
        assert ("lainnya" in table["Mitranya sekarang"][column]) is (len(near) > 5)


def test_distances_are_great_circles() -> None:
    """Sidoarjo to Perth: 2,740 km by any atlas, within what a seat of government is apart."""
    index = shipped().index
    km = apart(index, DAY, index.number[REGION], index.number["perth-au"])
    assert km == pytest.approx(2740, abs=30)
    assert apart(index, DAY, index.number[REGION], index.number[REGION]) == pytest.approx(0, abs=1)


def test_what_cannot_be_compared_is_told_kindly(client: FlaskClient) -> None:
    base = f"/peluang/{REGION}/banding"
    assert "Pilih dua sampai empat calon" in html(client, base)
    one = html(client, f"{base}?pilih=perth-au")
    assert "Tambahkan paling sedikit satu lagi" in one
    assert rows(one)
    ids = [line["party"] for line in lines(client)][:5]
    five = html(client, f"{base}?pilih={','.join(ids)}")
    assert "paling banyak 4 calon muat berdampingan" in five
    assert all(len(cells) == 4 for cells in rows(five).values())
    partner = html(client, f"{base}?pilih=perth-au,35.25,{REGION},nobody")
    assert "sudah menjadi mitra" in partner
    assert "belum ada yang mengusulkan" in partner
    assert "Dilewati karena tidak dikenal: nobody" in partner
    assert all(len(cells) == 1 for cells in rows(partner).values())
    html(client, "/peluang/99.99/banding?pilih=perth-au", 404)
    html(client, f"{base}?pilih=perth-au&alasan=magic", 400)
    assert "side by side" in html(client, f"/en{base}?pilih=perth-au,tianjin-cn")
