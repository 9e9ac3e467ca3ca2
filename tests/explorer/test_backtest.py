"""A backtest hides, asks and counts as it says; on a list and on a store."""

from __future__ import annotations

import csv
import json
import math
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.backtest import Kind, Plan, as_json_dict, history_of_file, measure, plan_for
from explorer.backtest import __main__ as tables
from explorer.backtest.duplicates import is_suspect, suspects
from explorer.backtest.history import History, history_of_links
from explorer.backtest.learning import Examples, learnt
from explorer.backtest.measures import figures, interval, standing
from explorer.backtest.run import SHIPPED, candidates, hidden_partners, look, scored
from explorer.backtest.splits import at_random, by_year
from explorer.backtest.written import links_as_written
from explorer.cli import main
from explorer.fusion import table
from explorer.rankings import RANKINGS
from graph_loader import data_folder

COUNTRIES = ("Japan", "Indonesia", "Australia", "Germany")


def _list(path: Path, rows: int = 220, years: bool = True) -> Path:
    """Towns of four countries that prefer some countries, drawn with a fixed seed."""
    drawn = np.random.default_rng(3)
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["city1", "country1", "city2", "country2", *(["year"] if years else [])])
        for _ in range(rows):
            one, two = drawn.choice(4, 2, replace=False, p=[0.4, 0.3, 0.2, 0.1])
            a, b = (int(drawn.exponential(6)) for _ in range(2))
            row = [f"Town {a}", COUNTRIES[one], f"Town {b}", COUNTRIES[two]]
            out.writerow([*row, *([int(drawn.integers(1990, 2020))] if years else [])])
    return path


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> History:
    return history_of_file(_list(tmp_path_factory.mktemp("list") / "towns.csv"))[0]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.booleans(), st.integers(0, 2)), min_size=1, max_size=9
    ),
    st.data(),
)
def test_a_standing_is_counted_one_by_one(
    rows: list[tuple[int, bool, int]], data: st.DataObject
) -> None:
    target = data.draw(st.integers(0, len(rows) - 1))
    rows[target] = (rows[target][0], True, rows[target][2])
    scores = np.array([score for score, _, _ in rows], dtype=np.float64)
    free = np.array([is_free for _, is_free, _ in rows])
    degree = np.array([many for _, _, many in rows], dtype=np.int32)
    found = standing(scores, free, target, degree)
    others = [n for n in range(len(rows)) if free[n] and n != target]
    places = sorted([*others, target], key=lambda n: -scores[n])
    equal = [place for place, n in enumerate(places, 1) if scores[n] == scores[target]]
    assert found.rank == pytest.approx(sum(equal) / len(equal))
    for share, some in (
        (found.uniform, others),
        (found.matched, [n for n in others if degree[n] == degree[target]]),
    ):
        won = [(scores[target] > scores[n]) + 0.5 * (scores[target] == scores[n]) for n in some]
        assert math.isnan(share) if not some else share == pytest.approx(sum(won) / len(won))


def test_an_interval_draws_documents_and_holds_the_mean() -> None:
    values, documents = np.array([1.0, 0, 0, 1, 1, 0, 0, 0]), np.array([1, 1, 2, 2, 3, 4, 5, 6])
    low, high = interval(values, documents)
    assert low < values.mean() < high
    alone = interval(values, np.zeros(8, dtype=np.int32))
    assert alone == pytest.approx((values.mean(), values.mean()))


def test_no_rows_have_no_figures() -> None:
    nothing = np.empty(0)
    assert math.isnan(figures(nothing, nothing, nothing, np.empty(0, dtype=np.int32)).mrr)


def test_by_year_the_past_is_known_the_rest_hidden_and_the_undated_neither(
    history: History,
) -> None:
    undated = replace(history, year=np.where(np.arange(history.count) % 5, history.year, 0))
    split = by_year(undated, 2010)
    assert not (split.known & split.hidden).any()
    assert (undated.year[split.known] < 2010).all()
    assert (undated.year[split.hidden] >= 2010).all()
    assert not (split.known | split.hidden)[undated.year == 0].any()


def test_at_random_the_seed_decides_and_documents_stay_whole(history: History) -> None:
    paired = replace(history, document=np.arange(history.count, dtype=np.int32) // 3)
    split, again = at_random(paired, 0.1, 4), at_random(paired, 0.1, 4)
    assert (split.hidden == again.hidden).all()
    assert (split.hidden != at_random(paired, 0.1, 5).hidden).any()
    assert split.hidden.sum() == pytest.approx(0.1 * paired.count, abs=3)
    for document in np.unique(paired.document):
        assert len({bool(one) for one in split.known[paired.document == document]}) == 1


def test_what_is_hidden_leaves_no_trace_in_what_is_known(history: History) -> None:
    split = at_random(history, 0.2, 1)
    listed = replace(history, listed=(history.a.copy(), history.b.copy()), listed_worth=0.2)
    for one in (history, listed):
        network = one.network(split.known, split.hidden)
        hidden = network.ties[one.a[split.hidden], one.b[split.hidden]]
        assert not np.asarray(hidden).any()
        assert network.ties.nnz == 2 * int(split.known.sum())


def test_candidates_are_foreign_and_no_partner_known_or_undated(history: History) -> None:
    undated = replace(history, year=np.where(np.arange(history.count) % 5, history.year, 0))
    split = by_year(undated, 2010)
    network = undated.network(split.known, split.hidden)
    places = np.arange(network.count, dtype=np.int32)
    free = candidates(undated, split, network, places)
    settled = {
        pair
        for a, b in zip(undated.a[~split.hidden], undated.b[~split.hidden], strict=True)
        for pair in ((int(a), int(b)), (int(b), int(a)))
    }
    country = network.country
    for a in range(network.count):
        for b in range(network.count):
            assert free[a, b] == (country[a] != country[b] and (a, b) not in settled)


def test_every_hidden_partner_is_looked_for_from_both_ends_and_stands_where_it_should(
    history: History,
) -> None:
    plan = Plan(Kind.YEAR, 2012)
    looked, split = look(history, plan), by_year(history, 2012)
    assert len(looked.place) == 2 * int(split.hidden.sum()) == len(hidden_partners(history, split))
    network = history.network(split.known, split.hidden)
    row = 7
    place, target = int(looked.place[row]), int(looked.target[row])
    here = np.array([place], dtype=np.int32)
    free = candidates(history, split, network, here)[0]
    for name, scores in scored(network, here).items():
        expected = standing(scores[0], free, target, network.degree)
        assert looked.standings[name][row, 0] == expected.rank, name
    assert (looked.is_warm == (network.degree[looked.place] > 0)).all()


def test_a_ranking_that_knows_the_answer_has_it_first(
    history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = history.network(np.ones(history.count, bool), np.zeros(history.count, bool))
    told = {"oracle": lambda network, places: full.ties[places].toarray()}
    monkeypatch.setattr("explorer.backtest.run.REFERENCES", told)
    monkeypatch.setattr("explorer.backtest.run.PLAIN", {"chain": RANKINGS["chain"]})
    looked = look(history, Plan(Kind.YEAR, 2014))
    best = looked.figures("oracle", looked.is_warm)
    assert best.auc == pytest.approx(1.0, abs=0.03)
    assert best.mrr > looked.figures(SHIPPED, looked.is_warm).mrr


def test_without_knowledge_random_and_degree_are_worth_what_chance_is(history: History) -> None:
    report = measure(history, Plan(Kind.RANDOM, 0.3, 2))
    assert report.warm.rankings["preferential-attachment"].auc_degree == pytest.approx(0.5)
    assert report.warm.rankings["random"].auc == pytest.approx(0.5, abs=0.08)
    assert report.warm.n + report.cold.n == 2 * report.hidden


def test_a_link_that_is_known_under_another_spelling_is_suspected(tmp_path: Path) -> None:
    path = tmp_path / "spelt.csv"
    path.write_text(
        "city1,country1,lat1,lng1,city2,country2,lat2,lng2\n"
        "Frankfurt,Germany,50.11,8.68,Osaka,Japan,34.69,135.50\n"
        "Frankfurt am Main,Germany,50.12,8.68,Osaka,Japan,34.69,135.50\n"
        "Berlin,Germany,52.52,13.40,Osaka,Japan,34.69,135.50\n"
    )
    history, _ = history_of_file(path)
    split = at_random(history, 0.9, 0)
    for hidden in range(3):
        split = replace(split, hidden=np.arange(3) == hidden, known=np.arange(3) != hidden)
        town = {history.ids[history.a[hidden]], history.ids[history.b[hidden]]}
        expected = any("frankfurt" in id for id in town)
        assert is_suspect(history, split, suspects(history.places))[hidden] == expected


def test_weights_are_found_again(history: History) -> None:
    drawn = np.random.default_rng(0)
    voices = drawn.exponential(1.0, (4000, 30, 4)).astype(np.float32)
    power = voices @ np.array([2.0, 0.5, 1.0, 0.0]) + drawn.gumbel(size=(4000, 30))
    best = power.argmax(axis=1)
    rows = np.arange(4000)
    voices[rows, best], voices[rows, 0] = voices[rows, 0].copy(), voices[rows, best].copy()
    found = learnt(Examples(("strong", "weak"), voices, np.zeros(30)))
    assert found["strong"] == pytest.approx((2.0, 1.0), abs=0.2)
    assert found["weak"] == pytest.approx((0.5, 0.0), abs=0.15)


def test_a_plan_is_by_year_where_most_are_dated(history: History) -> None:
    assert plan_for(history).kind is Kind.YEAR
    undated = replace(history, year=np.zeros(history.count, dtype=np.int32))
    assert plan_for(undated).kind is Kind.ONE_BY_ONE


def _simpul(*args: str, store: Path) -> Result:
    env = {"SIMPUL_STORE": f"sqlite:{store}", "SIMPUL_TODAY": date(2026, 6, 1).isoformat()}
    return CliRunner().invoke(main, list(args), env=env)


def test_the_command_prints_the_documented_shape(tmp_path: Path) -> None:
    path = _list(tmp_path / "towns.csv")
    answer = _simpul(
        "backtest", str(path), "--split-year", "2010", "--json", store=tmp_path / "s.db"
    )
    found = json.loads(answer.stdout)
    assert found["n"] > 50
    names = {*RANKINGS, "random", "preferential-attachment", "plain-fusion", "simpul"}
    assert names <= set(found["rankings"])
    for row in found["rankings"].values():
        assert {"hits@10", "hits@50", "mrr", "auc_degree"} <= set(row)
    history, _ = history_of_file(path)
    assert found == json.loads(json.dumps(as_json_dict(measure(history, Plan(Kind.YEAR, 2010)))))
    assert not found["split"]["optimistic"]


def test_the_command_tells_a_table_a_csv_and_a_picture(tmp_path: Path) -> None:
    path, chart = _list(tmp_path / "towns.csv", years=False), tmp_path / "chart.svg"
    asked = ("backtest", str(path), "--random", "0.1", "--seed", "3", "--lang", "en")
    shown = _simpul(*asked, "--chart", str(chart), store=tmp_path / "s.db")
    assert shown.exit_code == 0
    assert "optimistic" in shown.stdout
    assert "Of 100 partnerships" in shown.stdout
    assert chart.read_text().startswith("<svg")
    rows = list(
        csv.DictReader(_simpul(*asked, "--csv", store=tmp_path / "s.db").stdout.splitlines())
    )
    assert {row["part"] for row in rows} == {"warm", "cold", "unsuspected"}


def test_the_command_refuses_what_cannot_be_measured(tmp_path: Path) -> None:
    path = _list(tmp_path / "towns.csv", rows=9)
    for args, said in (
        (("--split-year", "2000", "--random", "0.1"), "--one-by-one"),
        (("--json", "--csv"), "--json"),
        (("--random", "2"), "--random"),
    ):
        answer = _simpul("backtest", str(path), *args, store=tmp_path / "s.db")
        assert answer.exit_code == 2
        assert said in answer.stderr
    assert _simpul("backtest", store=tmp_path / "none.db").exit_code == 2
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    for name in ("none.csv", "other.csv"):
        answer = _simpul("backtest", str(tmp_path / name), store=tmp_path / "s.db")
        assert (answer.exit_code, name in answer.stderr) == (2, True)
    nowhere = str(tmp_path / "none" / "chart.svg")
    answer = _simpul("backtest", str(path), "--chart", nowhere, store=tmp_path / "s.db")
    assert (answer.exit_code, "chart.svg" in answer.stderr) == (2, True)
    late = _simpul("backtest", str(path), "--split-year", "2100", store=tmp_path / "s.db")
    assert late.exit_code == 0
    assert "Tidak ada yang tersembunyi" in late.stdout


def test_the_tables_of_the_note_are_made_by_their_commands(
    history: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    shutil.copy(data_folder() / "ranking_weights.csv", tmp_path)
    monkeypatch.setattr(tables, "data_folder", lambda: tmp_path)
    monkeypatch.setattr(tables, "REPORTED", (1, 2))
    monkeypatch.setattr(tables, "LEARNT_ON", (101,))
    for command in (tables.learn, tables.target, tables.ablation, tables.robust,
                    tables.written):  # fmt: skip
        command(history)
    with (tmp_path / "ranking_weights.csv").open(encoding="utf-8", newline="") as file:
        weights = {row["ranking"]: row for row in csv.DictReader(file)}
    assert list(weights)[: len(RANKINGS)] == list(RANKINGS)
    assert set(weights) == set(table())
    assert weights["umbrella"]["because"] == table()["umbrella"].because
    with (tmp_path / "ranking_figures.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["ranking"]: row for row in csv.DictReader(file)}
    means = [
        looked.figures("adamic-adar", looked.is_warm).hits_10
        for looked in (look(history, Plan(Kind.RANDOM, 0.1, seed)) for seed in (1, 2))
    ]
    assert float(rows["adamic-adar"]["hits@10"]) == pytest.approx(np.mean(means), abs=1e-4)
    printed = capsys.readouterr().out
    for said in (
        "| without chain |",
        "learnt inside each split over plain-fusion",
        "a random half",
        "coordinates by name alone",
    ):
        assert said in printed


def test_a_list_as_it_is_written_keeps_two_words_for_one_country_apart(tmp_path: Path) -> None:
    path = tmp_path / "towns.csv"
    path.write_text(
        "city1,country1,lat1,lng1,city2,country2,lat2,lng2\n"
        "Cork,Ireland,51.9,-8.5,Coventry,England,52.4,-1.5\n"
        'Coventry,"England, United Kingdom",52.4,-1.5,Cork,Ireland,51.9,-8.5\n'
        "Cork,Republic of Ireland,51.9,-8.5,Coventry,United Kingdom,,\n"
        "Cork,Ireland,51.9,-8.5,Cork,Ireland,51.9,-8.5\n",
        encoding="utf-8",
    )
    found = history_of_links(links_as_written(path))
    assert (found.places.count, found.count) == (3, 2)
    assert found.places.degree.sum() == 0
    assert len(set(found.places.country.tolist())) == 3
    assert history_of_file(path)[0].count == 1
