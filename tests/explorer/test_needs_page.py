"""The page of needs and offers: what it answers to each question, cut lists included."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from explorer import create_app
from explorer.pages.needs import FEW, GIVES, LISTED, NEEDS
from explorer.settings import Settings
from graph_loader.model import Commodity, Direction, Flow, make_party
from tests.worlds import batch, store_of

HERE, GIVER, ALONE = "35.01", "35.02", "35.90"
REGIONS = [f"35.{number:02d}" for number in range(1, 31)]
GOODS = (
    Commodity("rice", "beras", "rice"),
    Commodity("cattle", "sapi", "cattle"),
    Commodity("garlic", "bawang putih", "garlic"),
)


def flow(party: str, direction: Direction, commodity: str, basis: str, **more: object) -> Flow:
    plain = Flow(f"{party}.{direction}.{commodity}.{basis}", party, direction, commodity,
                 quantity=100.0, unit="ton/year", year="2025", basis=basis,
                 page=f"https://example.org/{party}")  # fmt: skip
    return replace(plain, **more)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Thirty regencies lack rice; 35.02, in the east, and five more can give some.

    35.01 also lacks garlic, which nobody has; 35.90 has nothing on record; 35.02 keeps cattle, and
    sixty records of stock tell of more.
    """
    folder = tmp_path_factory.mktemp("needs")
    parties = [make_party("35", "Provinsi Jawa Timur", "East Java", "province", "id", "id")]
    for place, id in enumerate([*REGIONS, ALONE]):
        parties.append(
            make_party(id, f"Kabupaten N{place:02d}", f"N{place:02d} Regency", "kabupaten", "id",
                       "35", "", -7.0, 112.0 + place / 10)
        )  # fmt: skip
    need, offer = Direction.NEED, Direction.OFFER
    flows = [flow(id, need, "rice", "gap") for id in REGIONS if id != GIVER]
    flows += [flow(GIVER, offer, "rice", "surplus", quantity=25.0)]
    flows += [flow(id, offer, "rice", "production", quantity=0.5) for id in REGIONS[10:15]]
    flows += [
        flow(HERE, need, "garlic", "gap"),
        flow(HERE, need, "rice", "trade", unit="billion Rp/year"),
        flow(GIVER, offer, "cattle", "population", unit="ekor"),
    ]
    flows += [
        flow(GIVER, offer, "cattle", "stock", id=f"old.{n}", quantity=float(n)) for n in range(60)
    ]
    world = replace(batch([], parties=parties, flows=flows), commodities=GOODS)
    store_of(folder, world).close()
    address = f"sqlite:{folder / 'world.db'}"
    return create_app(Settings(store=address, today="2026-11-25")).test_client()


def main(client: FlaskClient, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    html = answer.get_data(as_text=True)
    return html[html.index("<main") : html.index("</main>")]


def lead(client: FlaskClient, url: str) -> str:
    found = re.search(r'class="lead">(.*?)</p>', main(client, url), re.DOTALL)
    assert found
    return unescape(re.sub(r"<[^>]+>", "", found[1]))


@pytest.mark.parametrize(
    ("query", "indonesian", "english"),
    [
        (
            "",
            "29 kebutuhan dapat dipertemukan dengan pasokan dari 6 daerah. "
            "Untuk 1 kebutuhan belum tercatat siapa yang dapat memenuhi.",
            "29 needs can be met by offers from 6 regions. "
            "Nobody is on record who could meet 1 need.",
        ),
        (
            "komoditas=rice",
            "Untuk beras, 29 kebutuhan dapat dipertemukan dengan pasokan dari 6 daerah.",
            "For rice, 29 needs can be met by offers from 6 regions.",
        ),
        (
            f"daerah={HERE}",
            "Kabupaten N00 memiliki 1 kebutuhan yang dapat dipenuhi sebagian atau seluruhnya oleh "
            "6 daerah lain. Untuk 1 kebutuhan Kabupaten N00 belum tercatat siapa yang dapat "
            "memenuhi.",
            "N00 Regency has 1 need that 6 regions could meet in part or in whole. "
            "Nobody is on record who could meet 1 need of N00 Regency.",
        ),
        (
            f"daerah={GIVER}",
            "Kabupaten N01 sendiri tercatat dapat memberi kepada 29 daerah.",
            "N01 Regency itself could give to 29 regions.",
        ),
        (
            f"daerah={HERE}&komoditas=garlic",
            "Untuk 1 kebutuhan Kabupaten N00 akan bawang putih belum tercatat siapa yang dapat "
            "memenuhi.",
            "Nobody is on record who could meet 1 need of N00 Regency for garlic.",
        ),
        (
            f"daerah={ALONE}&komoditas=cattle",
            "Belum tercatat bahwa Kabupaten N30 memerlukan sapi; 1 daerah tercatat dapat "
            "memberinya, yang terdekat dahulu.",
            "No need of N30 Regency for cattle is on record; 1 region on record could give it, "
            "the nearest first.",
        ),
        (
            f"daerah={ALONE}",
            "Kebutuhan dan pasokan Kabupaten N30 yang dapat dipertemukan belum tercatat.",
            "No need and no offer of N30 Regency that could meet another is on record.",
        ),
        (
            "komoditas=cattle",
            "Kebutuhan akan sapi yang dapat dipertemukan belum tercatat.",
            "No need for cattle that could be met is on record.",
        ),
    ],
)
def test_the_opening_answers(
    client: FlaskClient, query: str, indonesian: str, english: str
) -> None:
    assert lead(client, f"/kebutuhan?{query}") == indonesian
    assert lead(client, f"/en/kebutuhan?{query}") == english


def test_needs_come_in_pages_and_say_how_many_there_are(client: FlaskClient) -> None:
    def needing(url: str) -> list[str]:
        heads = re.findall(r'<tr class="shown need">.*?</tr>', main(client, url), re.DOTALL)
        return [re.findall(r"/daerah/([\d.]+)", head)[0] for head in heads]

    pages = [needing(f"/kebutuhan?hal={number}") for number in (1, 2, 3)]
    assert [len(found) for found in pages] == [NEEDS, NEEDS, 29 - 2 * NEEDS]
    assert [id for found in pages for id in found] == [id for id in REGIONS if id != GIVER]
    assert f"1–{NEEDS} dari 29" in main(client, "/kebutuhan")
    assert "melewati akhir" in main(client, "/kebutuhan?hal=9")


def test_a_cut_list_says_so_and_leads_to_all_of_it(client: FlaskClient) -> None:
    few = main(client, "/kebutuhan?komoditas=rice")
    assert f"{FEW} dari 6 ditampilkan" in few
    assert f'href="/kebutuhan?daerah={HERE}&amp;komoditas=rice"' in few
    assert main(client, f"/kebutuhan?daerah={HERE}&komoditas=rice").count("Lihat peluang") == 6
    gives = main(client, f"/kebutuhan?daerah={GIVER}")
    assert f"{GIVES} dari 29 ditampilkan" in gives
    assert f"{LISTED} dari 61 ditampilkan" in gives
    every = main(client, f"/kebutuhan?daerah={GIVER}&semua=1")
    assert every.count("Lihat peluang") == 29
    assert "ditampilkan" not in every


def test_a_pair_shows_grade_share_distance_source_and_where_to_go(client: FlaskClient) -> None:
    page = main(client, f"/kebutuhan?daerah={HERE}&komoditas=rice")
    first = re.findall(r"<tbody>.*?</tr>\s*<tr>(.*?)</tr>", page, re.DOTALL)[0]
    words = " ".join(unescape(re.sub(r"<[^>]+>", " ", first)).split())
    assert words.startswith("Kabupaten N01 25 ton setahun (2025) surplus 25% Kuat 11 km")
    assert f"/hubungan?dari={HERE}&amp;ke={GIVER}" in first
    assert f"/peluang/{HERE}" in first
    assert f"https://example.org/{GIVER}" in first
    assert "kurang dari 1%" in page
    assert page.count("Indikatif</span>") == 5


def test_what_does_not_meet_is_kept_apart(client: FlaskClient) -> None:
    page = main(client, f"/kebutuhan?daerah={HERE}")
    unmet = page[page.index('id="belum"') : page.index('id="lain"')]
    assert "bawang putih" in unmet
    assert "Itu tidak berarti tidak ada." in unmet
    assert "100 miliar rupiah setahun (2025)" in page[page.index('id="lain"') :]


@pytest.mark.parametrize("query", ["daerah=99.99", "komoditas=gold", "daerah=35.01&hal=x"])
def test_what_nobody_knows_is_an_error_in_words(client: FlaskClient, query: str) -> None:
    assert client.get(f"/kebutuhan?{query}").status_code in {400, 404}


def test_an_empty_store_says_that_nothing_is_recorded(tmp_path: Path) -> None:
    store_of(tmp_path, batch([])).close()
    settings = Settings(store=f"sqlite:{tmp_path / 'world.db'}", today="2026-11-25")
    empty = create_app(settings).test_client()
    assert lead(empty, "/kebutuhan") == "Kebutuhan dan pasokan belum tercatat."
