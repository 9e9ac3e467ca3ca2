"""The pages on the shipped rows: what they answer, counted again by other means."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from explorer import create_app
from explorer.settings import Settings
from graph_loader.model import make_party
from tests.explorer.pictures import shipped_address
from tests.worlds import EVERYONE, OSAKA, agreement, batch, store_of

DAY = "2026-11-25"
DATA = Path(__file__).parents[2] / "data"
HOSTILE = "<img src=x onerror=alert(1)>"

PAGES = (
    "/", "/cari", "/cari?q=osaka", "/cari?q=zzzqq", "/daerah/35", "/daerah/35.25",
    "/mitra/osaka-prefecture-jp", "/mitra/taoyuan.tw", "/pihak-ketiga/universitas-airlangga",
    "/negara/au",
    "/negara/au?pihak=35", "/negara/aq", "/perjanjian", "/perjanjian?status=berlaku&urut=ends",
    "/perjanjian/aceh-penang", "/hubungan", "/hubungan?dari=35.25&ke=osaka-prefecture-jp",
    "/hubungan?dari=Malang&ke=Kobe", "/jaringan/statistik",
    "/hubungan?dari=35.25&ke=busan-kr&hindari=35.78&hindari=35&topik=6&lampau=1",
    "/peluang", "/peluang/35.15", "/peluang/35.15?alasan=-",
    "/kebutuhan", "/kebutuhan?daerah=35.78&komoditas=rice", "/kebutuhan?daerah=35.78",
    "/kesenjangan", "/kesenjangan?tabel=target&topik=6", "/peluang?lihat=borders",
    "/topik/2", "/topik/2.1", "/data", "/tentang",
    "/glosarium", "/rapat", "/rapat/35.15", "/rapat/11.01",
)  # fmt: skip


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    """The shipped rows, served on a fixed day."""
    return create_app(Settings(store=shipped_address(), today=DAY)).test_client()


def text(client: FlaskClient, url: str) -> str:
    """The words of a page, one space between them."""
    answer = client.get(url)
    assert answer.status_code == 200, url
    return words(answer.get_data(as_text=True))


def words(html: str) -> str:
    body = html[html.index("<main") : html.index("</main>")]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def lead(client: FlaskClient, url: str) -> str:
    """The sentence that a page opens with, as HTML."""
    html = client.get(url).get_data(as_text=True)
    found = re.search(r'class="lead">(.*?)</p>', html, re.DOTALL)
    assert found, url
    return found.group(1)


def rows() -> dict[str, list[dict[str, str]]]:
    """The shipped rows by agreement."""
    found = defaultdict(list)
    with (DATA / "agreements.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["agreement_key"]].append(row)
    return found


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("url", PAGES)
def test_every_page_opens_with_a_sentence_in_its_language(
    client: FlaskClient, url: str, prefix: str
) -> None:
    address = prefix + url if url != "/" or not prefix else prefix
    html = client.get(address).get_data(as_text=True)
    assert f'<html lang="{prefix[1:] or "id"}"' in html
    assert re.sub(r"<[^>]+>", "", lead(client, address)).strip().endswith((".", "?"))
    assert html.count("<h1") == 1
    assert " style=" not in html
    assert "%(" not in html


def test_the_first_page_counts_what_the_file_holds(client: FlaskClient) -> None:
    agreements = rows()
    parties = {row["party"] for lines in agreements.values() for row in lines}
    said = lead(client, "/")
    assert f"{len(agreements)} perjanjian" in said
    counted = re.search(r"(\d+) pihak", said)
    assert counted
    assert 0 < int(counted.group(1)) <= len(parties)


@pytest.mark.parametrize(
    "url", ["/", "/perjanjian", "/daerah/35", "/negara/au?pihak=35", "/negara/cn"]
)
def test_a_number_leads_to_what_it_counts(client: FlaskClient, url: str) -> None:
    links = re.findall(r'href="([^"#]*status=berlaku[^"]*)">(\d+)', lead(client, url))
    assert links
    for address, number in links:
        page = text(client, unescape(address).split("#")[0])
        assert f"dari {number} " in page + " "


def test_walking_the_register_meets_every_agreement_once(client: FlaskClient) -> None:
    met: list[str] = []
    url = "/perjanjian"
    while url:
        html = client.get(url).get_data(as_text=True)
        met += re.findall(r'<th scope="row"><a href="/perjanjian/([^"]+)"', html)
        following = re.search(r'rel="next" href="([^"]+)"', html)
        url = unescape(following.group(1)) if following else ""
    assert sorted(met) == sorted(rows())


@pytest.mark.parametrize(
    ("country", "names"), [("au", {"Australia"}), ("cn", {"Tiongkok", "China"})]
)
def test_what_jawa_timur_has_with_a_country(
    client: FlaskClient, country: str, names: set[str]
) -> None:
    mine = [
        key for key, lines in rows().items()
        if any(row["party"] == "Provinsi Jawa Timur" for row in lines)
        and any(row["party_country"] in names for row in lines)
    ]  # fmt: skip
    page = client.get(f"/negara/{country}?pihak=35").get_data(as_text=True)
    listed = set(re.findall(r'<th scope="row"><a href="/perjanjian/([^"]+)"', page))
    assert mine
    assert set(mine) <= listed
    assert f"{len(listed)} perjanjian" in lead(client, f"/negara/{country}?pihak=35")


@pytest.mark.parametrize(
    "query", ["Jawa Timur Australia", "kerja sama Jawa Timur dengan Australia", "Australia jatim"]
)
def test_two_names_in_one_query_lead_to_both(client: FlaskClient, query: str) -> None:
    assert "/negara/au?pihak=35" in client.get("/cari", query_string={"q": query}).text


def test_gresik_reaches_osaka_through_its_province(client: FlaskClient) -> None:
    page = text(client, "/hubungan?dari=gresik&ke=Prefektur Osaka")
    assert (
        "Kabupaten Gresik sampai ke Prefektur Osaka dalam 2 langkah, melalui Provinsi Jawa Timur"
        in page
    )
    assert "Provinsi kembar: Provinsi Jawa Timur – Prefektur Osaka" in page


def test_swapping_twice_asks_the_same(client: FlaskClient) -> None:
    url = "/hubungan?dari=35.25&ke=osaka-prefecture-jp"
    for _ in range(2):
        html = client.get(url).get_data(as_text=True)
        swap = re.search(r'<a [^>]*href="(/hubungan\?[^"]*dari=[^"]+)"[^>]*>[^<]*Tukar arah', html)
        assert swap
        url = unescape(swap.group(1))
    assert url == "/hubungan?dari=35.25&ke=osaka-prefecture-jp"


def test_malang_may_be_two_and_is_never_guessed(client: FlaskClient) -> None:
    page = text(client, "/hubungan?dari=Malang&ke=35.25")
    assert "bisa berarti beberapa pihak" in page
    assert "Kota Malang" in page
    assert "Kabupaten Malang" in page
    assert "Jalur 1" not in page


def test_an_unknown_waypoint_is_said_and_not_ignored(client: FlaskClient) -> None:
    page = text(client, "/hubungan?dari=35.25&ke=osaka-prefecture-jp&lewat=qqqxxx")
    assert "“qqqxxx” belum dikenal" in page
    assert "Jalur 1" not in page


def test_sidoarjos_opportunities_have_reasons_and_proof(client: FlaskClient) -> None:
    html = client.get("/peluang/35.15").get_data(as_text=True)
    cards = html.split('<article class="card opportunity">')[1:]
    assert cards
    for card in cards:
        assert "Kabupaten Sidoarjo" in card
        assert "Lihat bukti" in card or "Lihat angka" in card or "berbatasan" in card


def test_a_reason_can_be_switched_off(client: FlaskClient) -> None:
    html = client.get("/peluang/35.15?alasan=umbrella").get_data(as_text=True)
    assert "Provinsi Jawa Timur bekerja sama dengan" in html
    assert set(re.findall(r'class="reason-name">(.*?)<', html)) == {"Payung provinsi"}
    assert "belum terlihat peluang" in text(client, "/peluang/35.15?alasan=-")


def test_who_can_give_surabaya_rice_the_nearest_first(client: FlaskClient) -> None:
    html = client.get("/kebutuhan?daerah=35.78&komoditas=rice").get_data(as_text=True)
    offers = html[html.index('id="cocok"') : html.index("<details")]
    surabaya, *givers = re.findall(r'class="party" href="/daerah/([\d.]+)"', offers)
    spare = re.findall(r">(\d+) km</td>", offers)
    assert surabaya == "35.78"
    assert {"35.21", "35.24", "35.10"} <= set(givers)
    assert givers[-1] == "35"
    assert len(givers) == len(set(givers)) == len(spare) + 1
    assert [int(km) for km in spare] == sorted(int(km) for km in spare)
    assert len(spare) > 8


def test_a_conflict_between_sources_is_shown(client: FlaskClient) -> None:
    disputed = next(
        key for key, lines in rows().items()
        if len({row["signed"] for row in lines if len(row["signed"]) == 10}) > 1
    )  # fmt: skip
    page = text(client, f"/perjanjian/{disputed}")
    assert "tidak sepakat tentang: Ditandatangani" in page
    assert page.count("yang ditampilkan") >= 1


def test_a_wrong_prefix_leads_to_the_right_one(client: FlaskClient) -> None:
    answer = client.get("/daerah/osaka-prefecture-jp")
    assert (answer.status_code, answer.location) == (301, "/mitra/osaka-prefecture-jp")
    assert client.get("/en/negara/35").location == "/en/daerah/35"


def test_an_unknown_party_is_404_with_near_names(client: FlaskClient) -> None:
    answer = client.get("/mitra/osaka-prefectur-jp")
    assert answer.status_code == 404
    assert "Prefektur Osaka" in words(answer.text)


@pytest.mark.parametrize(
    ("url", "field"),
    [
        ("/perjanjian?status=foo", "status"), ("/perjanjian?urut=foo", "urut"),
        ("/perjanjian?hal=x", "hal"), ("/perjanjian?topik=18", "topik"),
        ("/hubungan?dari=35&ke=35", ""), ("/peluang/35.15?alasan=foo", ""),
        ("/peluang/osaka-prefecture-jp", ""),
    ],
)  # fmt: skip
def test_a_bad_value_is_said_and_named(client: FlaskClient, url: str, field: str) -> None:
    answer = client.get(url)
    assert answer.status_code == 400
    assert field in words(answer.text)


@pytest.mark.parametrize("url", ["/perjanjian", "/daerah/35", "/negara/au", "/hubungan"])
def test_foreign_fields_in_the_address_do_no_harm(client: FlaskClient, url: str) -> None:
    hostile = {"id": "3", "lang": "fr", "_external": "1", "endpoint": "x", "hal": "1"}
    html = client.get(url, query_string=hostile).text
    assert "http://localhost" not in html
    assert client.get(url, query_string=hostile).status_code == 200


def test_a_hostile_name_is_inert_everywhere(tmp_path: Path) -> None:
    party = make_party("35.99", HOSTILE, HOSTILE, "kabupaten", "id", "35")
    store = store_of(
        tmp_path, batch([agreement("bad", party, OSAKA, signed="2020")], parties=(*EVERYONE, party))
    )
    store.close()
    settings = Settings(store=f"sqlite:{tmp_path / 'world.db'}", today=DAY)
    hostile = create_app(settings).test_client()
    for url in ("/", "/daerah/35.99", "/perjanjian", "/perjanjian/bad", "/mitra/osaka-jp",
                "/negara/jp", "/hubungan?dari=35.99&ke=osaka-jp", "/peluang/35.99",
                "/cari?q=onerror", f"/cari?q={HOSTILE}", f"/hubungan?dari={HOSTILE}"):  # fmt: skip
        html = hostile.get(url).text
        assert "<img src=x" not in html, url
    assert "&lt;img" in hostile.get("/daerah/35.99").text


def test_an_empty_store_says_so(tmp_path: Path) -> None:
    settings = Settings(store=f"sqlite:{tmp_path / 'empty.db'}", today=DAY)
    empty = create_app(settings).test_client()
    assert "Belum ada perjanjian yang dimuat" in text(empty, "/")
    for url in ("/perjanjian", "/kebutuhan", "/data", "/hubungan", "/peluang", "/cari?q=a"):
        assert empty.get(url).status_code == 200, url
