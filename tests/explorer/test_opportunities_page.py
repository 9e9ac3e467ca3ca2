"""Opportunities as a planner meets them: the page, the API and the command line say the same."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from explorer import create_app
from explorer.cli import main
from explorer.i18n import say
from explorer.opportunities import LISTS
from explorer.reasons import REASONS, SILENT
from explorer.settings import Settings
from graph_loader import BackgroundLink, legal
from graph_loader.model import Batch, Place, Source
from tests.explorer.pictures import DAY, partner, shipped, shipped_address
from tests.worlds import EVERYONE, agreement, batch, store_of

LINE = {"rank", "party", "name", "country", "reasons", "paths", "law", "next_step"}


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(Settings(store=shipped_address(), today=DAY.isoformat())).test_client()


def html(client: FlaskClient, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return unescape(answer.get_data(as_text=True))


def lead(page: str) -> str:
    found = re.search(r'class="lead">(.*?)</p>', page, re.DOTALL)
    assert found
    return " ".join(re.sub(r"<[^>]+>", "", found[1]).split())


def run(*words: str, store: str = "", lang: str = "id") -> Result:
    given = {"SIMPUL_STORE": store or shipped_address(), "SIMPUL_TODAY": DAY.isoformat()}
    return CliRunner(env=given).invoke(main, ["--lang", lang, "opportunities", *words])


def answer(*words: str) -> Mapping[str, Any]:
    done = run(*words, "--json")
    assert done.exit_code == 0, done.output
    found: Mapping[str, Any] = json.loads(done.stdout)
    return found


def test_the_json_has_the_documented_shape() -> None:
    found = answer("35.15")
    assert (found["region"], found["as_of"]) == ("35.15", DAY.isoformat())
    assert found["version"] == shipped().version
    assert tuple(found["lists"]) == LISTS
    for name, lines in found["lists"].items():
        assert [line["rank"] for line in lines] == list(range(1, len(lines) + 1))
        assert 0 < len(lines) <= 20
        assert found["totals"][name] >= len(lines)
        for line in lines:
            assert set(line) >= LINE
            assert line["reasons"]
            for reason in line["reasons"]:
                assert set(reason) == {"code", "sentence", "evidence"}
                assert reason["code"] in REASONS.keys() - SILENT
                assert reason["evidence"]
            assert line["next_step"]["sentence"].endswith(".")
            assert line["next_step"]["article"]
            assert len(line["paths"]) <= 3


def test_evidence_is_agreements_that_exist_or_rows_of_a_file() -> None:
    found = answer("35.15", "--limit", "40")
    ids, rows = set(), []
    for lines in found["lists"].values():
        for line in lines:
            for one in (one for reason in line["reasons"] for one in reason["evidence"]):
                if isinstance(one, str):
                    ids.add(one)
                else:
                    rows.append(one)
    assert ids
    assert len(shipped().store.by_ids(sorted(ids))) == len(ids)
    assert rows
    assert all(row["file"].endswith(".csv") and ("row" in row or "note" in row) for row in rows)


def test_the_api_says_what_the_command_says(client: FlaskClient) -> None:
    said = client.get("/api/v1/opportunities/35.15").get_json()
    assert said == answer("35.15")
    english = client.get("/api/v1/opportunities/35.15?lang=en&limit=2").get_json()
    done = run("35.15", "--limit", "2", "--json", lang="en")
    assert english == json.loads(done.stdout)


def test_a_region_is_found_by_name_and_one_list_can_be_asked_for() -> None:
    found = answer("Kabupaten Sidoarjo", "--list", "regions", "--limit", "3")
    assert found["region"] == "35.15"
    assert list(found["lists"]) == ["regions"]
    assert len(found["lists"]["regions"]) == 3


@pytest.mark.parametrize(
    ("text", "said"),
    [("Malang", "Kota Malang (35.73), Kabupaten Malang (35.07)"),
     ("banyuwngi", "Kabupaten Banyuwangi (35.10)"),
     ("zzzqqq", "Tidak ada daerah bernama “zzzqqq”"),
     ("osaka-prefecture-jp", "bukan daerah")],
)  # fmt: skip
def test_an_unclear_region_is_one_error_with_what_to_do(text: str, said: str) -> None:
    done = run(text)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 2


def test_without_a_store_it_says_what_to_do(tmp_path: Path) -> None:
    done = run("35.15", store=f"sqlite:{tmp_path / 'none.db'}")
    assert done.exit_code == 2
    assert "simpul load" in done.stderr


def test_the_command_reads_like_the_page(client: FlaskClient) -> None:
    done = run("35.15", "--limit", "6")
    assert done.exit_code == 0, done.output
    page = html(client, "/peluang/35.15")
    for lines in answer("35.15", "--limit", "6")["lists"].values():
        for line in lines:
            assert line["name"] in page
            for reason in line["reasons"]:
                assert reason["sentence"] in page
                assert reason["sentence"] in done.stdout
            for path in line["paths"]:
                assert path["sentence"] in done.stdout


def test_both_languages_open_with_a_sentence_that_counts(client: FlaskClient) -> None:
    totals = answer("35.15")["totals"]
    for prefix, words in (("", "mitra luar negeri"), ("/en", "partners abroad")):
        opening = lead(html(client, f"{prefix}/peluang/35.15"))
        assert f"{totals['abroad']} {words}" in opening
        assert str(totals["third_parties"]) in opening


def test_a_goal_leaves_those_who_work_on_it_and_there_is_a_way_back(client: FlaskClient) -> None:
    page = html(client, "/peluang/35.15?topik=6")
    assert "SDG 6 (Air Bersih dan Sanitasi Layak)" in lead(page)
    assert 'href="/peluang/35.15">Lihat semua peluang' in page
    on_water = set(shipped().index.topic_ids["6"].tolist())
    index = shipped().index
    lines = client.get("/api/v1/opportunities/35.15?topik=6&limit=200").get_json()["lists"]
    for line in (line for lines in lines.values() for line in lines):
        assert on_water & set(index.agreements_of(index.number[line["party"]]).tolist())
    target = client.get("/api/v1/opportunities/35.15?topik=6.1&limit=200").get_json()
    assert 0 < sum(target["totals"].values()) < sum(map(len, lines.values()))
    assert client.get("/peluang/35.15?topik=99").status_code == 400


def test_every_reason_is_a_switch_that_keeps_the_rest_of_the_address(client: FlaskClient) -> None:
    page = html(client, "/peluang/35.15?topik=6")
    for code in REASONS:
        name = say("id", f"reason-name.{code}")
        found = re.search(rf'href="([^"]+)"[^>]*>✓ {re.escape(name)}', page)
        assert found, code
        assert "topik=6" in found[1]
        switched = html(client, found[1])
        assert f"○ {name}" in switched
        assert f'reason-name">{name}<' not in switched


def test_a_page_behind_the_end_is_the_last_one(client: FlaskClient) -> None:
    total = answer("35.15", "--list", "regions", "--limit", "1")["totals"]["regions"]
    last = html(client, f"/peluang/35.15?hal-daerah={-(-total // 6)}")
    assert f"dari {total}" in last
    assert html(client, "/peluang/35.15?hal-daerah=9999").count('class="rank"') == last.count(
        'class="rank"'
    )
    assert f"–{total} dari {total}" in html(client, "/peluang/35.15?hal-daerah=9999")


def test_the_page_leads_to_what_its_order_is_worth(client: FlaskClient) -> None:
    found = re.search(r'href="([^"]+)">Seberapa baik urutan ini', html(client, "/peluang/35.15"))
    assert found
    assert client.get(found[1]).status_code == 200


def test_switched_off_in_the_api_too(client: FlaskClient) -> None:
    found = client.get("/api/v1/opportunities/35.15?alasan=umbrella").get_json()
    codes = {
        reason["code"]
        for lines in found["lists"].values() for line in lines for reason in line["reasons"]
    }  # fmt: skip
    assert codes == {"umbrella"}
    assert client.get("/api/v1/opportunities/35.15?alasan=magic").status_code == 400
    assert client.get("/api/v1/opportunities/99.99").status_code == 404


def test_a_region_without_agreements_is_told_so_everywhere(client: FlaskClient) -> None:
    said = "belum tercatat punya perjanjian yang berlaku"
    assert said in html(client, "/peluang/12.01")
    found = answer("12.01")
    assert found["is_cold"]
    assert said in found["note"]
    assert said in run("12.01").stdout
    assert sum(found["totals"].values()) > 0
    assert answer("35.15")["note"] is None


def test_whom_the_law_bars_comes_last_with_the_rule(client: FlaskClient) -> None:
    lines = answer("35.15", "--list", "abroad", "--limit", "100000")["lists"]["abroad"]
    barred = [line["law"]["blocked"] for line in lines]
    assert any(barred)
    assert barred == sorted(barred)
    countries = {line["country"] for line in lines if line["law"]["blocked"]}
    assert "tw" in countries
    assert countries <= legal.no_relations()
    assert not legal.no_relations() & {line["country"] for line in lines[: barred.index(True)]}
    last = (len(lines) - 1) // 6 + 1
    page = html(client, f"/peluang/35.15?hal-luar={last}")
    assert "is-blocked" in page
    assert "belum punya hubungan diplomatik" in page or "PP 28/2018 Pasal 27" in page


def test_who_should_ask_the_province_to_sign_is_told() -> None:
    lines = answer("35.78", "--list", "abroad", "--limit", "60")["lists"]["abroad"]
    routed = [line for line in lines if line["law"]["route"]]
    assert routed
    for line in routed:
        assert line["law"]["route"] == "Provinsi Jawa Timur"
        assert line["law"]["findings"][0]["effect"] == "re-routes"
        assert line["law"]["findings"][0]["article"]


def test_a_place_that_no_agreement_names_is_proposed_by_the_list_alone(tmp_path: Path) -> None:
    """Surabaya --city-- Kochi - - list - - Ueda, which nobody has an agreement with."""
    links = Batch(
        Source("twins", "Twins"), "twins.csv",
        places=(Place("ueda.jp", "Ueda", "jp"), Place("kochi.jp", "Kochi", "jp")),
        background=(BackgroundLink("kochi-jp", "ueda.jp"),),
    )  # fmt: skip
    store = store_of(tmp_path, batch([agreement("city", "35.78", "kochi-jp")]), links)
    store.close()
    address = f"sqlite:{tmp_path / 'world.db'}"
    done = run("35.78", "--list", "abroad", "--json", store=address)
    lines = {line["party"]: line for line in json.loads(done.stdout)["lists"]["abroad"]}
    reason = next(r for r in lines["ueda.jp"]["reasons"] if r["code"] == "common-partner")
    assert reason["evidence"][0] == "city"
    assert reason["evidence"][1]["file"] == "twin_towns.csv"
    assert "1 dari 2 hubungan itu berasal dari daftar kota kembar dunia" in reason["sentence"]
    steps = lines["ueda.jp"]["paths"][0]["steps"]
    assert [(step["by"], step["agreements"]) for step in steps] == [
        ("agreement", ["city"]), ("listed", []),
    ]  # fmt: skip
    app = create_app(Settings(store=address, today=DAY.isoformat()))
    page = html(app.test_client(), "/peluang/35.78")
    assert 'href="/mitra/ueda.jp"' in page
    assert "ke=ueda.jp" not in page


def test_a_hostile_name_stays_words(tmp_path: Path) -> None:
    bad = partner("bad-jp", "jp", "<img src=x onerror=alert(1)>")
    world = batch(
        [agreement("a", "35", "bad-jp"), agreement("b", "35.78", "kochi-jp")],
        parties=[*EVERYONE, bad],
    )
    store_of(tmp_path, world).close()
    app = create_app(Settings(store=f"sqlite:{tmp_path / 'world.db'}", today=DAY.isoformat()))
    text = app.test_client().get("/peluang/35.78").get_data(as_text=True)
    assert "<img src=x" not in text
    assert "&lt;img src=x" in text
