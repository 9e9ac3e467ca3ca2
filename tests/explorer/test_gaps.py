"""Where work on the SDGs is missing: drawn, counted again by a plain loop, and on shipped rows."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer import create_app
from explorer.cli import main
from explorer.gaps import GOALS, gap_matrix, needs_of, province_matrix
from explorer.gaps.cells import GapMatrix, Grade
from explorer.gaps.needed import NEED_TOPICS, NO_TOPIC, topics_of
from explorer.index import Index
from explorer.settings import Settings
from graph_loader import BadInput, Direction, Flow, GraphStore, NotFound, status_of
from graph_loader.model import Batch, StatedAgreement, TopicTag, make_party
from graph_loader.store.open import open_store
from tests.data.shipped import values
from tests.explorer.pictures import shipped_address
from tests.worlds import EVERYONE, agreement, batch, index_of, store_of

DAY = date(2026, 11, 25)
CENTRAL = make_party("33", "Provinsi Jawa Tengah", "Central Java Province", "province", "id", "id")
SEMARANG = make_party("33.74", "Kota Semarang", "Semarang City", "kota", "id", "33")
PARTIES = (*EVERYONE, CENTRAL, SEMARANG)
REGIONS = ("35", "35.15", "35.25", "35.78", "33", "33.74")


def about(stated: StatedAgreement, *topics: str) -> StatedAgreement:
    """The same agreement, addressing topics."""
    (claim,) = stated.claims
    tags = tuple(TopicTag(topic) for topic in topics)
    return replace(stated, claims=(replace(claim, topics=tags),))


def need(id: str, region: str, commodity: str) -> Flow:
    return Flow(id, region, Direction.NEED, commodity, basis="gap", year="2024")


def drawn_world() -> Batch:
    """What each region has an agreement in force for, and what it needs.

                SDG 2           SDG 6             SDG 9
    East Java   -               sea (Osaka)       -
    Gresik      -, needs rice   pipes (6.1)       -
    Sidoarjo    grain (2.1)     old, lapsed       -, needs coffee
    Surabaya    grain (2.1)     -, needs water    -
    Central Java: rails (9) with Kobe; Semarang: talks on SDG 9
    """
    return batch(
        [
            about(agreement("sea", "35", "osaka-jp", signed="2020"), "6", "14.1"),
            about(agreement("pipes", "35.25", "kobe-jp", signed="2021"), "6.1", "6"),
            about(agreement("grain", "35.15", "35.78", signed="2022"), "2.1"),
            about(agreement("old", "35.15", "kobe-jp", signed="2005", ends="2010"), "6.1"),
            about(agreement("rails", "33", "kobe-jp", signed="2019"), "9"),
            about(agreement("talks", "33.74", "kobe-jp", status="exploration"), "9"),
        ],
        parties=PARTIES,
        flows=[
            need("n1", "35.25", "rice"), need("n2", "35.78", "clean-water"),
            need("n3", "35.78", "raw-water"), need("n4", "35.15", "coffee"),
            Flow("o1", "35.15", Direction.OFFER, "clean-water", basis="surplus"),
        ],
    )  # fmt: skip


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return index_of(store_of(tmp_path_factory.mktemp("gaps"), drawn_world()))


def cell(index: Index, matrix: GapMatrix, region: str, topic: str) -> tuple[str, int, int, int]:
    row = matrix.regions.tolist().index(index.number[region])
    column = matrix.topics.index(topic)
    counts = (int(one[row, column]) for one in (matrix.own, matrix.sisters, matrix.needs))
    return (str(matrix.grade_at(row, column)), *counts)  # type: ignore[return-value]


def test_a_cell_counts_what_is_in_force_and_grades_what_is_missing(drawn: Index) -> None:
    matrix = gap_matrix(drawn, DAY, "35")
    assert cell(drawn, matrix, "35.25", "6") == ("has", 1, 0, 0)
    assert cell(drawn, matrix, "35.25", "2") == ("needed", 0, 2, 1)
    assert cell(drawn, matrix, "35.15", "6") == ("sisters", 0, 1, 0)
    assert cell(drawn, matrix, "35.78", "6") == ("needed", 0, 1, 2)
    assert cell(drawn, matrix, "35.15", "9") == ("nobody", 0, 0, 0)


def test_the_sisters_of_a_province_are_provinces(drawn: Index) -> None:
    matrix = gap_matrix(drawn, DAY, "35")
    assert cell(drawn, matrix, "35", "9") == ("sisters", 0, 1, 0)
    assert cell(drawn, matrix, "35", "2") == ("nobody", 0, 0, 0)


def test_an_agreement_counts_until_it_ends(drawn: Index) -> None:
    assert cell(drawn, gap_matrix(drawn, date(2010, 12, 31), "35"), "35.15", "6")[1] == 1
    assert cell(drawn, gap_matrix(drawn, date(2011, 1, 1), "35"), "35.15", "6")[1] == 0


def test_a_goal_holds_its_targets_and_a_target_not_its_goal(drawn: Index) -> None:
    matrix = province_matrix(drawn, DAY, ["6", "6.1", "14", "14.1"])
    row = matrix.regions.tolist().index(drawn.number["35"])
    assert matrix.own[row].tolist() == [1, 0, 1, 1]
    assert [drawn.parties[n].id for n in matrix.regions] == ["33", "35"]


def test_the_province_stands_first_and_its_regions_by_name(drawn: Index) -> None:
    matrix = gap_matrix(drawn, DAY, "35")
    assert [drawn.parties[n].id for n in matrix.regions] == ["35", "35.25", "35.15", "35.78"]


def test_what_is_needed_is_told_first(drawn: Index) -> None:
    matrix = gap_matrix(drawn, DAY, "35")
    assert GOALS[matrix.most_telling(slice(1, None))] == "6"  # as one need for 2, but more gaps
    assert [flow.id for flow in needs_of(drawn, "35.78", "6")] == ["n2", "n3"]
    assert needs_of(drawn, "35.15", "6") == []


def test_only_a_province_has_a_matrix(drawn: Index) -> None:
    with pytest.raises(BadInput):
        gap_matrix(drawn, DAY, "35.25")
    with pytest.raises(NotFound):
        gap_matrix(drawn, DAY, "99")


def test_every_shipped_commodity_is_judged_once() -> None:
    assert set(NEED_TOPICS) | NO_TOPIC == values("commodities.csv", "id")
    assert not set(NEED_TOPICS) & NO_TOPIC
    targets = values("sdg_targets.csv", "id")
    assert {target for found in NEED_TOPICS.values() for target in found} <= targets
    assert topics_of("a commodity of tomorrow") == ()


topics = st.lists(st.sampled_from(("1", "2", "2.1", "6.1", "6", "17.9")), max_size=3, unique=True)
signed = st.lists(
    st.sampled_from((*REGIONS, "osaka-jp", "its")), min_size=2, max_size=5, unique=True
)
ended = st.sampled_from(("", "", "2010", "2026-11-24", "2026-11-25", "2030"))
agreements = st.lists(st.tuples(signed, ended, topics), max_size=8)
lacks = st.lists(
    st.tuples(st.sampled_from(REGIONS), st.sampled_from(("rice", "clean-water", "tobacco"))),
    max_size=4,
)


@settings(max_examples=25, deadline=None)
@given(agreements, lacks)
def test_the_matrix_agrees_with_a_plain_loop(
    drawn_agreements: list[tuple[list[str], str, list[str]]], drawn_lacks: list[tuple[str, str]]
) -> None:
    stated = [
        about(agreement(f"a{n}", *parties, signed="2001", ends=ends), *codes)
        for n, (parties, ends, codes) in enumerate(drawn_agreements)
    ]
    flows = [need(f"n{n}", region, good) for n, (region, good) in enumerate(drawn_lacks)]
    columns = (*GOALS, "2.1", "6.1", "17.9")
    with TemporaryDirectory() as folder:
        store = store_of(Path(folder), batch(stated, parties=PARTIES, flows=flows))
        index = index_of(store)
        has = plain(store, [one.id for one in stated], columns)
        store.close()
    matrix = gap_matrix(index, DAY, "35", columns)
    wanted = ["35", "35.25", "35.15", "35.78"]
    assert [index.parties[n].id for n in matrix.regions] == wanted
    for row, region in enumerate(wanted):
        sisters = {"33"} if region == "35" else {"35.15", "35.25", "35.78"} - {region}
        for column, topic in enumerate(columns):
            assert matrix.own[row, column] == has[region, topic]
            assert matrix.sisters[row, column] == sum(has[one, topic] > 0 for one in sisters)
            lacked = [good for one, good in drawn_lacks if one == region]
            assert matrix.needs[row, column] == sum(topic in topics_of(good) for good in lacked)


def plain(
    store: GraphStore, ids: list[str], columns: tuple[str, ...]
) -> dict[tuple[str, str], int]:
    """How many agreements in force each region has for each topic, asked one by one."""
    found = {(region, topic): 0 for region in REGIONS for topic in columns}
    for one in store.by_ids(ids).values():
        if status_of(one, DAY).in_force:
            codes = {code for tag in one.topics for code in (tag.topic, tag.topic.split(".")[0])}
            for signatory in one.parties:
                for code in codes:
                    if (signatory.party, code) in found:
                        found[signatory.party, code] += 1
    return found


@pytest.fixture(scope="module")
def shipped() -> str:
    return shipped_address()


@pytest.fixture(scope="module")
def client(shipped: str) -> FlaskClient:
    return create_app(Settings(store=shipped, today=DAY.isoformat())).test_client()


@pytest.fixture(scope="module")
def index(shipped: str) -> Iterator[Index]:
    store = open_store(shipped)
    yield index_of(store)
    store.close()


def test_the_shipped_rows_leave_29_of_38_regions_without_water_and_3_of_them_need_it(
    index: Index,
) -> None:
    matrix = gap_matrix(index, DAY, "35")
    column = GOALS.index("6")
    assert matrix.own.shape == (39, 17)
    assert GOALS[matrix.most_telling(slice(1, None))] == "6"
    assert int(matrix.columns(Grade.HAS, slice(1, None))[column]) == 38 - 29
    assert int(matrix.columns(Grade.NEEDED, slice(1, None))[column]) == 3
    assert int(matrix.covered()[0]) == int(np.count_nonzero(matrix.own[0]))


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/kesenjangan", "Dari 38 daerah di Provinsi Jawa Timur, 29 belum punya perjanjian yang "
         "tercatat untuk SDG 6; 3 di antaranya mencatat kebutuhan air bersih."),
        ("/en/kesenjangan", "Of 38 regions in East Java Province, 29 have no recorded agreement "
         "for SDG 6; 3 of them have recorded a need for clean water."),
        ("/kesenjangan?tabel=target&topik=6", "Provinsi Jawa Timur belum punya perjanjian yang "
         "tercatat untuk 6 dari 8 target SDG 6, dan provinsi lain pun belum."),
        ("/en/kesenjangan?tabel=target&topik=7", "East Java Province has no recorded agreement for "
         "5 of the 5 targets of SDG 7; 1 of these answers its recorded need for natural gas."),
        ("/kesenjangan?tabel=target&topik=1", "Provinsi Jawa Timur belum punya perjanjian yang "
         "tercatat untuk "),
        ("/kesenjangan?provinsi=31", "Dari 6 daerah di Provinsi DKI Jakarta, belum satu pun punya "
         "perjanjian yang tercatat untuk SDG mana pun."),
    ],
)  # fmt: skip
def test_the_page_opens_with_the_answer(client: FlaskClient, address: str, said: str) -> None:
    html = client.get(address).get_data(as_text=True)
    found = re.search(r'class="lead">(.*?)</p>', html, re.DOTALL)
    assert found
    assert unescape(re.sub(r"<[^>]+>", "", found.group(1))).startswith(said)


def cells(html: str) -> list[tuple[str, str, str]]:
    """(grade, address, words) of every cell."""
    found = re.findall(r'<td><a class="gap (\w+)[^"]*" href="([^"]+)"[^>]*>([^<]+)</a></td>', html)
    return [(grade, unescape(address), words) for grade, address, words in found]


def test_every_cell_leads_to_what_it_counts_or_to_who_could_help(client: FlaskClient) -> None:
    every = cells(client.get("/kesenjangan").get_data(as_text=True))
    assert len(every) == 39 * 17
    has = [one for one in every if one[0] == "has"]
    for _, address, words in has[:: len(has) // 8]:
        page = client.get(address.split("#")[0]).get_data(as_text=True)
        assert f"dari {words}<" in page.replace("\n", "") or f"dari {words} " in page, address
    gap = next(one for one in every if one[0] == "needed")
    assert re.fullmatch(r"/peluang/35[.\d]*\?topik=\d+", gap[1])
    assert client.get(gap[1]).status_code == 200
    assert {words for grade, _, words in every if grade == "needed"} == {"!"}


def test_rows_are_sorted_by_name_by_total_and_by_a_column(client: FlaskClient) -> None:
    def names(order: str) -> list[str]:
        html = client.get(f"/kesenjangan?urut={order}").get_data(as_text=True)
        return re.findall(r'<th scope="row"><a href="[^"]+" title="([^"]+)"', html)

    by_name, most, water = names("nama"), names("total"), names("6")
    assert by_name[0] == most[0] == water[0] == "Provinsi Jawa Timur"
    assert by_name[1] == "Kabupaten Bangkalan"
    assert most[1] == "Kabupaten Lamongan"
    assert set(water[1:4]) == {"Kabupaten Pasuruan", "Kota Pasuruan", "Kota Surabaya"}
    assert sorted(by_name) == sorted(most) == sorted(water)


@pytest.mark.parametrize(
    "address",
    ["?urut=zzz", "?tabel=x", "?tabel=target&topik=18", "?provinsi=35.25", "?provinsi=99"],
)
def test_an_address_that_asks_for_nothing_known_is_told(client: FlaskClient, address: str) -> None:
    assert client.get(f"/kesenjangan{address}").status_code in {400, 404}


def test_the_api_gives_the_matrix(client: FlaskClient, index: Index) -> None:
    found = client.get("/api/v1/gaps?province=35&lang=en").get_json()
    assert (found["total"], found["as_of"], found["province"]) == (39, "2026-11-25", "35")
    lamongan = next(one for one in found["items"] if one["region"] == "35.24")
    assert lamongan["name"] == "Lamongan Regency"
    assert lamongan["cells"]["4"] == {"agreements": 9, "sisters": 33, "needs": 0, "grade": "has"}
    targets = client.get("/api/v1/gaps?targets=1").get_json()
    assert (targets["total"], len(targets["topics"])) == (38, 169)


def test_before_the_first_load_the_page_says_so(tmp_path: Path) -> None:
    bare = create_app(Settings(store=f"sqlite:{tmp_path / 'bare.db'}")).test_client()
    assert "belum ada provinsi" in bare.get("/kesenjangan").get_data(as_text=True)
    assert bare.get("/api/v1/gaps").get_json()["items"] == []


def run(store: str, *words: str) -> Result:
    given_to = {"SIMPUL_STORE": store, "SIMPUL_TODAY": DAY.isoformat()}
    return CliRunner(env=given_to).invoke(main, ["--lang", "en", "gaps", *words])


def test_the_command_tells_a_table_json_and_csv(shipped: str, client: FlaskClient) -> None:
    table = run(shipped).stdout.splitlines()
    assert table[0].split() == ["Region", *GOALS]
    assert table[1].split()[:4] == ["East", "Java", "2", "20"]
    said = json.loads(run(shipped, "Jawa Timur", "--json").stdout)
    assert set(said) == {"province", "as_of", "version", "topics", "regions"}
    assert said["regions"] == client.get("/api/v1/gaps?lang=en").get_json()["items"]
    rows = list(csv.DictReader(io.StringIO(run(shipped, "35", "--csv").stdout)))
    surabaya = next(row for row in rows if row["Code"] == "35.78")
    assert (surabaya["SDG 11"], surabaya["SDG 6"], surabaya["Need recorded"]) == ("11", "0", "6")


def test_the_command_tells_the_targets_of_a_province(shipped: str) -> None:
    lines = run(shipped, "--targets").stdout.splitlines()
    assert len(lines) == 1 + 169
    assert next(line for line in lines if line.startswith("6.1 ")).split()[1:] == [
        "2", "0", "0", "has", "one",
    ]  # fmt: skip


def test_a_name_that_a_spreadsheet_would_run_is_harmless(tmp_path: Path) -> None:
    bad = make_party("35", "=1+1", "=1+1", "province", "id", "id")
    store_of(tmp_path, batch([], parties=[EVERYONE[0], bad])).close()
    answer = run(f"sqlite:{tmp_path / 'world.db'}", "--csv")
    assert list(csv.reader(io.StringIO(answer.stdout)))[1][1] == "'=1+1"


def test_the_command_refuses_what_it_does_not_know(shipped: str, tmp_path: Path) -> None:
    for words in (["Atlantis"], ["35.25"], ["--json", "--csv"], ["--province"]):
        answer = run(shipped, *words)
        assert answer.exit_code == 2, words
        assert answer.stderr
        assert not answer.stdout
    empty = run(f"sqlite:{tmp_path / 'none.db'}")
    assert "holds no province" in empty.stderr
    assert not (tmp_path / "none.db").exists()
