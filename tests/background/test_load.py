"""A list of twin towns in a store: whole or not at all, beside the registers, never among them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from explorer.cli import main
from explorer.i18n import LANGUAGES, has, say
from graph_loader.background.load import (
    SHIPPED,
    background_source,
    check_background,
    is_background,
    load_background,
    load_shipped_background,
    shipped_list,
)
from graph_loader.errors import BadInput
from graph_loader.load import is_bare, load_files, load_reference, source_named
from graph_loader.model import BackgroundLink
from graph_loader.report import problem_dict
from graph_loader.store.base import GraphStore
from graph_loader.store.open import open_store

WHYS = ("far", "namesake", "level", "alike")
ROOT = Path(__file__).parents[2]
LIST = "city,country,city,country\nVarna,Bulgaria,Malang,Indonesia\nUeda,Japan,Varna,Bulgaria\n"
REGISTER = "agreement_key,party,instrument\na,Kota Surabaya,mou\na,Kabupaten Gresik,mou\n"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[GraphStore]:
    """An empty store in a file."""
    with closing(open_store(f"sqlite:{tmp_path / 'store.db'}")) as found:
        yield found


def listed(tmp_path: Path, text: str = LIST) -> Path:
    path = tmp_path / "kembar.csv"
    path.write_text(text, encoding="utf-8")
    return path


def held(store: GraphStore) -> tuple[list[str], list[BackgroundLink]]:
    """The ids of places, and the links."""
    return store.scan(lambda scan: ([one.id for one in scan.places()], list(scan.background())))


def test_a_newer_list_replaces_the_older_one_of_its_source_alone(
    store: GraphStore, tmp_path: Path
) -> None:
    load_shipped_background(store)
    shipped = held(store)
    mine = background_source("Daftar kami")
    checked, done = load_background(store, listed(tmp_path), mine)
    assert done is not None
    assert done.changed_anything
    assert checked.batch.source.id == "twins.daftar-kami"
    assert BackgroundLink("ueda.jp", "varna.bg") in held(store)[1]
    load_background(store, listed(tmp_path, LIST.replace("Ueda", "Ueno")), mine)
    places, links = held(store)
    assert "ueda.jp" not in places
    assert BackgroundLink("ueno.jp", "varna.bg") in links
    assert set(shipped[1]) < set(links)


def test_the_same_list_again_changes_nothing(store: GraphStore, tmp_path: Path) -> None:
    for _ in range(2):
        _, done = load_background(store, listed(tmp_path), background_source(None))
        load_shipped_background(store)
    assert done is not None
    assert not done.changed_anything
    assert [load.source for load in store.loads().items] == [
        "twins.list",
        "twins.simpul",
        "twins.list",
    ]


def test_a_list_is_no_register_and_neither_retires_the_other(
    store: GraphStore, tmp_path: Path
) -> None:
    load_reference(store)
    load_background(store, listed(tmp_path), background_source("Biro"))
    assert is_bare(store)
    parties = store.scan(lambda scan: [party.id for party in scan.parties()])
    register = tmp_path / "r.csv"
    register.write_text(REGISTER)
    load_files(store, [register], source_named("Biro"), complete=True)
    assert not is_bare(store)
    load_background(store, listed(tmp_path), background_source("Biro"))
    assert len(held(store)[1]) == 2
    assert store.scan(lambda scan: [one.id for one in scan.agreements()]) == ["a"]
    assert store.scan(lambda scan: [party.id for party in scan.parties()]) == parties


def test_nothing_is_written_of_a_file_that_is_no_list(store: GraphStore, tmp_path: Path) -> None:
    load_background(store, listed(tmp_path), background_source(None))
    before = held(store), store.state()
    for text in ("", "a,b\n1,2\n", "city,country,city,country\nOz,Atlantis,Varna,Bulgaria\n"):
        checked, done = load_background(store, listed(tmp_path, text), background_source(None))
        assert done is None
        assert [one.severity for one in checked.problems] == ["rejected"]
    assert (held(store), store.state()) == before


def test_doubtful_matches_are_listed_where_the_place_stands(tmp_path: Path) -> None:
    text = LIST + "Osaka,Japan,Varna,Bulgaria\n"
    checked = check_background(listed(tmp_path, text), background_source(None), None)
    told = [(one.code, one.row, one.value, dict(one.params)) for one in checked.problems]
    assert told == [
        ("twin-namesake", 2, "Malang", {"name": "Kota Malang / Malang City",
                                        "others": "Kabupaten Malang / Malang Regency"}),
        ("twin-level", 4, "Osaka", {"name": "Prefektur Osaka / Osaka Prefecture", "others": ""}),
    ]  # fmt: skip
    assert checked.matches.party == {"malang.id": "35.73", "varna.bg": "varna-bg"}


def test_the_shipped_list_is_read_without_a_rejected_row() -> None:
    checked = check_background(shipped_list(), SHIPPED, None)
    assert {one.severity for one in checked.problems} == {"doubtful"}
    assert {one.code for one in checked.problems} <= {
        "twin-far",
        "twin-namesake",
        "twin-level",
        "twin-alike",
    }
    assert len(checked.links.links) == 1_031


def test_a_source_needs_a_name_that_can_be_written() -> None:
    with pytest.raises(BadInput, match="source-unusable"):
        background_source("???")
    assert is_background(background_source("Daftar dunia"))
    assert not is_background(source_named("twins simpul"))


# sentences ---------------------------------------------------------------------------------


def codes() -> set[str]:
    """Every problem that a list may have."""
    room = ROOT / "graph_loader" / "background"
    texts = "\n".join(path.read_text() for path in room.glob("*.py"))
    found = set(re.findall(r'"(twin-[a-z-]+)"', texts))
    return found | {f"twin-{why}" for why in WHYS}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_problem_of_a_list_has_a_sentence_and_a_remedy(lang: str) -> None:
    assert len(codes()) == 14
    keys = {f"problem.{code}{part}" for code in codes() for part in ("", ".fix")}
    assert sorted(key for key in keys if not has(lang, key)) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_problems_of_a_bad_list_are_worded(lang: str, tmp_path: Path) -> None:
    text = (
        "city1,country1,lat1,lng1,city2,country2,lat2,lng2,year\n"
        "A,Grece,,,Malang,Indonesia,,,\nB,Oz,,,Malang,Indonesia,,,\nC,Oz,,,Malang,Indonesia,,,\n"
        ",Japan,,,Malang,Indonesia,,,\nD,,,,Malang,Indonesia,,,\n!,Japan,,,Malang,Indonesia,,,\n"
        "Malang,Indonesia,,,MALANG,Indonesia,,,\nLeon,Spain,42,-5,Malang,Indonesia,x,1,soon\n"
        "Leon,Spain,40,-1,Surabaya,Indonesia,-1,116,\nKotchi,Japan,33.56,133.53,Osaka,Japan,,,\n"
    )
    checked = check_background(listed(tmp_path, text), background_source(None), None)
    assert codes() - {one.code for one in checked.problems} == {"twin-columns"}
    for problem in checked.problems:
        told = problem_dict(problem, lambda key, **params: say(lang, key, **params))
        assert problem.value in str(told["why"]) or not problem.value
        assert "%(" not in f"{told['why']}{told['fix']}"


# the command -------------------------------------------------------------------------------


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """Commands with a store of their own."""
    monkeypatch.setenv("SIMPUL_STORE", f"sqlite:{tmp_path / 'store.db'}")
    monkeypatch.setenv("SIMPUL_LANG", "en")
    return CliRunner()


def ask(run: CliRunner, *words: str) -> Result:
    return run.invoke(main, ["load", "--background", *words])


def test_a_list_is_loaded_and_told(run: CliRunner, tmp_path: Path) -> None:
    ran = ask(run, str(listed(tmp_path)), "--source", "World list")
    assert ran.exit_code == 0, ran.output
    assert "Places: 3, of which 2 are known" in ran.stdout
    assert "They are not agreements" in ran.stdout
    assert "nothing has changed" in ask(run, str(listed(tmp_path)), "--source", "World list").stdout
    status = run.invoke(main, ["status"]).stdout
    assert "Background: 2 links between 3 twin towns (twins.world-list)." in status
    assert "kembar.csv: 2 rows" in status


def test_a_list_as_json_with_rows_left_out(run: CliRunner, tmp_path: Path) -> None:
    path = listed(tmp_path, LIST + "Oz,Atlantis,Varna,Bulgaria\n")
    ran = ask(run, str(path), "--json")
    facts = json.loads(ran.stdout)
    assert ran.exit_code == 1
    assert facts.keys() == {
        "source", "file", "rows", "places", "links", "known", "rejected", "doubtful", "version",
        "changed", "problems",
    }  # fmt: skip
    assert (facts["rows"], facts["places"], facts["links"], facts["known"]) == (3, 3, 2, 2)
    assert [one["code"] for one in facts["problems"]] == ["twin-namesake", "twin-country-unknown"]


def test_a_list_is_only_looked_at(run: CliRunner, tmp_path: Path) -> None:
    ran = ask(run, str(listed(tmp_path)), "--dry-run")
    assert ran.exit_code == 0
    assert "nothing has been stored" in ran.stdout
    assert not (tmp_path / "store.db").exists()


def test_without_a_file_the_shipped_list_is_loaded(run: CliRunner) -> None:
    assert json.loads(ask(run, "--json").stdout)["source"] == "twins.simpul"


def test_bad_input_says_what_to_do(run: CliRunner, tmp_path: Path) -> None:
    one, other = listed(tmp_path), tmp_path / "other.csv"
    other.write_text("a,b,c\n1,2,3\n")
    several = ask(run, str(one), str(other))
    assert (several.exit_code, "one by one" in several.stderr) == (2, True)
    wrong = ask(run, str(other))
    assert (wrong.exit_code, "city1, country1" in wrong.stderr) == (2, True)
    nowhere = ask(run, str(tmp_path / "absent.csv"))
    assert (nowhere.exit_code, "absent.csv" in nowhere.stderr) == (2, True)
