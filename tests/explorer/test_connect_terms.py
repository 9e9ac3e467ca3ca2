"""What page, command and API say of a connection: its terms, and what is missing without a path."""

from __future__ import annotations

import json
import re
from datetime import date
from html import unescape

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from explorer import create_app
from explorer.cli import main
from explorer.paths import connect
from explorer.settings import Settings
from explorer.ties import TieFilter
from graph_loader.model import Category
from graph_loader.store.open import open_store
from tests.explorer.pictures import shipped_address
from tests.worlds import index_of

DAY = date(2026, 11, 25)


@pytest.fixture(scope="module")
def address() -> str:
    return shipped_address()


@pytest.fixture(scope="module")
def client(address: str) -> FlaskClient:
    return create_app(Settings(store=address, today=DAY.isoformat())).test_client()


def words_of(html: str) -> str:
    body = html[html.index("<main") : html.index("</main>")]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def test_every_term_stands_in_the_address_as_a_chip_that_takes_it_off(client: FlaskClient) -> None:
    terms = ("kategori=ksdpl", "bentuk=mou", "topik=6", "sejak=1990", "sampai=2025", "lewat=35",
             "hindari=35.78", "hindari=35.73", "lampau=1")  # fmt: skip
    url = "/hubungan?dari=35.25&ke=busan-kr&" + "&".join(terms)
    html = client.get(url).get_data(as_text=True)
    chips = [unescape(link) for link in re.findall(r'class="chip on" href="([^"]*)"', html)]
    assert len(chips) == len(terms)
    for link in chips:
        gone = [term for term in terms if term not in link.partition("?")[2].split("&")]
        assert len(gone) == 1
        assert client.get(link).status_code == 200
    (clear,) = (unescape(link) for link in re.findall(r'class="chip" href="([^"]*)"', html))
    assert clear == "/hubungan?dari=35.25&ke=busan-kr"


def test_a_filter_on_the_page_is_that_of_the_search(client: FlaskClient, address: str) -> None:
    index = index_of(open_store(address))
    keep = TieFilter(category=Category.KSDPL, year_from=1990)
    for goal in ("busan-kr", "osaka-prefecture-jp"):
        paths = connect(index, "35", goal, DAY, k=3, keep=keep).paths
        html = client.get(f"/hubungan?dari=35&ke={goal}&kategori=ksdpl&sejak=1990").get_data(True)
        assert html.count('class="card path"') == len(paths)
        assert ('id="jalur"' in html) == bool(paths)


@pytest.mark.parametrize(
    ("query", "status"),
    [("sejak=2020&sampai=2010", 400), ("sejak=abcd", 400), ("kategori=xyz", 400), ("topik=99", 400),
     ("bentuk=xyz", 400), ("jumlah=0", 200), ("lewat=%20", 200)],
)  # fmt: skip
def test_terms_that_make_no_sense_are_told(client: FlaskClient, query: str, status: int) -> None:
    url = f"/hubungan?dari=35.25&ke=busan-kr&{query}"
    assert client.get(url).status_code == status


def test_no_path_says_what_is_missing_and_links_to_other_terms(client: FlaskClient) -> None:
    html = client.get("/en/hubungan?dari=35.25&ke=busan-kr&hindari=35.78&hindari=35").get_data(True)
    page = words_of(html)
    assert "What is missing" in page
    assert "If it may lead through East Java Province and Surabaya City" in page
    (link,) = re.findall(r'<a href="([^"]*)">Show that path</a>', html)
    assert 'class="card path"' in client.get(unescape(link)).get_data(as_text=True)


def run(address: str, *words: str) -> Result:
    given_to = {"SIMPUL_STORE": address, "SIMPUL_TODAY": DAY.isoformat()}
    return CliRunner(env=given_to).invoke(main, ["--lang", "en", "paths", *words])


def test_the_command_tells_chains_with_their_agreements(address: str) -> None:
    told_ = run(address, "Kabupaten Gresik", "osaka-prefecture-jp", "--k", "1")
    assert told_.exit_code == 0
    assert "1. Gresik Regency → East Java Province → Osaka Prefecture (2 steps)" in told_.output
    assert "[provinsi-jawa-timur-osaka-prefecture-sister-province-1984]" in told_.output
    given_ = json.loads(run(address, "35.25", "osaka-prefecture-jp", "--json").output)
    assert [one["id"] for one in given_["paths"][0]["parties"]] == [
        "35.25", "35", "osaka-prefecture-jp"
    ]  # fmt: skip
    assert given_["bridge"] is None
    assert (given_["as_of"], given_["otherwise"]) == (DAY.isoformat(), [])


def test_no_path_is_an_answer_of_the_command_too(address: str) -> None:
    terms = ("35.25", "busan-kr", "--avoid", "Kota Surabaya", "--avoid", "35")
    told_ = run(address, *terms)
    assert told_.exit_code == 0
    assert "One agreement between" in told_.output
    given_ = json.loads(run(address, *terms, "--json").output)
    assert given_["paths"] == []
    assert given_["bridge"]["sentence"] in told_.output
    assert [line["code"] for line in given_["otherwise"]] == ["not-avoiding"]


def test_the_api_answers_as_the_command_does(client: FlaskClient, address: str) -> None:
    given_ = client.get("/api/v1/paths?lang=en&dari=35.25&ke=busan-kr&hindari=35.78&hindari=35")
    told_ = run(address, "35.25", "busan-kr", "--avoid", "35.78", "--avoid", "35", "--json")
    assert given_.get_json() == json.loads(told_.output)
    unclear = client.get("/api/v1/paths?dari=malang&ke=busan-kr")
    assert (unclear.status_code, unclear.get_json()["error"]["field"]) == (400, "dari")
    assert client.get("/api/v1/paths?dari=35").get_json()["error"]["field"] == "ke"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("malang", "35.25"), "Kota Malang (35.73)"),
        (("qqqxxx", "35.25"), "No party has a name like"),
        (("35.25", "35.25"), "same party"),
        (("35.25", "35", "--topic", "99"), "There is no SDG"),
        (("35.25", "35", "--from-year", "2020", "--to-year", "2010"), "later than the last"),
        (("35.25", "35", "--k", "0"), "1"),
        (("35.25",), "TO"),
    ],
)
def test_what_the_command_cannot_use_is_one_clear_error(
    address: str, words: tuple[str, ...], said: str
) -> None:
    answer = run(address, *words)
    assert answer.exit_code == 2
    assert said.replace("Kota Malang", "Malang City") in answer.output
    assert "Traceback" not in answer.output
