"""The shipped lists are complete, consistent with one another, and as data/README.md says."""

from __future__ import annotations

import csv
import gzip
import re
from collections import Counter, defaultdict

import pytest

from graph_loader.text import fold
from tests.data.shipped import DATA, FILES, ID, is_date, rows, values

README = (DATA / "README.md").read_text(encoding="utf-8")
KEYED = {
    "regions.csv": "code",
    "countries.csv": "id",
    "partners.csv": "id",
    "commodities.csv": "id",
    "sdg_goals.csv": "id",
    "sdg_targets.csv": "id",
    "coordinates.csv": "id",
    "coordinates_missing.csv": "id",
    "no_relations.csv": "country",
}
BASES = {
    "gap", "requirement", "surplus", "production", "stock", "trade", "shipment", "capacity",
    "allocation", "availability", "share", "plan", "generation", "population", "quota", "import",
    "forecast",
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_bytes_are_plain(name: str) -> None:
    content = (DATA / name).read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    assert content.endswith(b"\n")
    assert not re.search(r"[\x00-\x09\x0b-\x1f]", content.decode("utf-8"))


@pytest.mark.parametrize(("name", "column"), sorted(KEYED.items()))
def test_ids_are_well_formed_and_unique(name: str, column: str) -> None:
    ids = [row[column] for row in rows(name)]
    assert len(set(ids)) == len(ids)
    assert [i for i in ids if not ID.fullmatch(i)] == []


def test_counts_of_the_world() -> None:
    levels = Counter(row["level"] for row in rows("regions.csv"))
    assert levels["province"] == 38
    assert levels["kabupaten"] + levels["kota"] == 514
    assert len(rows("sdg_goals.csv")) == 17
    assert len(rows("sdg_targets.csv")) == 169


def test_every_regency_lies_in_the_province_of_its_code() -> None:
    for row in rows("regions.csv"):
        expected = "" if row["level"] == "province" else row["code"][:2]
        assert row["province"] == expected, row


def test_partners_refer_to_countries_and_parties() -> None:
    known = values("partners.csv", "id") | values("regions.csv", "code")
    for row in rows("partners.csv"):
        assert not row["part_of"] or row["part_of"] in known, row
        assert row["part_of"] != row["id"]
        if row["country"]:
            assert row["country"] in values("countries.csv", "id"), row
        else:
            assert row["kind"] == "international", row


def test_no_name_or_alias_means_two_partners_of_one_level_and_country() -> None:
    meant: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    for row in rows("partners.csv"):
        spellings = [row["name_id"], row["name_en"], *row["aliases"].split(";")]
        for name in filter(None, spellings):
            meant[row["level"], row["country"], name.casefold()].add(row["id"])
    assert {name: ids for name, ids in meant.items() if len(ids) > 1} == {}


def test_no_alias_of_a_region_or_country_means_two() -> None:
    for name, key in (("regions.csv", "code"), ("countries.csv", "id")):
        meant: defaultdict[str, set[str]] = defaultdict(set)
        for row in rows(name):
            for spelling in filter(None, [row["name_id"], *row["aliases"].split(";")]):
                meant[spelling.casefold()].add(row[key])
        assert {text: ids for text, ids in meant.items() if len(ids) > 1} == {}


def test_no_place_abroad_bears_the_name_of_a_region() -> None:
    regions = {row["name_id"].split(" ", 1)[1].casefold() for row in rows("regions.csv")}
    assert values("foreign_places.csv", "name") & regions == set()


def test_places_abroad_lie_in_countries_abroad() -> None:
    countries = values("countries.csv", "id") - {"id"}
    for row in rows("foreign_places.csv"):
        assert set(row["countries"].split(";")) <= countries, row


def test_needs_and_offers_refer_to_regions_and_commodities() -> None:
    names = {row["code"]: row["name_id"] for row in rows("regions.csv")}
    for row in rows("needs_offers.csv"):
        assert names[row["region"]] == row["region_name"]
        assert row["direction"] in ("need", "offer")
        assert row["commodity"] in values("commodities.csv", "id"), row
        assert row["basis"] in BASES, row
        assert not row["quantity"] or float(row["quantity"]) > 0
        assert bool(row["quantity"]) == bool(row["unit"]), row
        assert is_date(row["year"]), row


def test_borders_join_two_regions_once() -> None:
    codes = values("regions.csv", "code")
    pairs = [(row["a"], row["b"]) for row in rows("borders.csv")]
    assert len(set(pairs)) == len(pairs)
    assert all(a < b and {a, b} <= codes for a, b in pairs)


def test_targets_belong_to_goals_and_keywords_to_both() -> None:
    targets = {row["id"]: row["goal"] for row in rows("sdg_targets.csv")}
    assert set(targets.values()) == values("sdg_goals.csv", "id")
    assert all(target.split(".")[0] == goal for target, goal in targets.items())
    for row in rows("topic_keywords.csv"):
        assert row["lang"] in ("id", "en")
        assert row["goal"] in values("sdg_goals.csv", "id"), row
        assert not row["target"] or targets[row["target"]] == row["goal"], row
    keywords = Counter((row["keyword"].lower(), row["lang"]) for row in rows("topic_keywords.csv"))
    assert max(keywords.values()) == 1


def test_every_region_and_foreign_place_is_located_or_listed_as_missing() -> None:
    located, missing = values("coordinates.csv", "id"), values("coordinates_missing.csv", "id")
    places = {row["id"] for row in rows("partners.csv") if row["level"] == "foreign_local"}
    assert located & missing == set()
    assert located | missing == values("regions.csv", "code") | places
    assert all(row["why"] for row in rows("coordinates_missing.csv"))


def test_all_of_jawa_timur_is_located_within_its_bounds() -> None:
    jatim = [row for row in rows("coordinates.csv") if row["id"].startswith("35.")]
    assert len(jatim) == 38
    for row in jatim:  # the mainland and Madura
        assert -8.8 < float(row["lat"]) < -6.7, row
        assert 110.8 < float(row["lon"]) < 114.7, row


def test_countries_without_relations_are_countries() -> None:
    assert values("no_relations.csv", "country") <= values("countries.csv", "id")
    assert all(row["source"] for row in rows("no_relations.csv"))


def readme_table() -> dict[str, tuple[str, str]]:
    """Columns and count of each file, as the table in data/README.md says."""
    lines = re.findall(r"^\| `([\w.]+\.csv)` \|(.*)\|$", README, re.MULTILINE)
    cells = {name: [cell.strip() for cell in rest.split("|")] for name, rest in lines}
    return {name: (cell[-2], cell[-1]) for name, cell in cells.items()}


def test_readme_lists_every_file() -> None:
    assert sorted(readme_table()) == FILES


@pytest.mark.parametrize("name", FILES)
def test_readme_states_columns_and_count(name: str) -> None:
    columns, count = readme_table()[name]
    assert columns.split(", ") == list(rows(name)[0])
    assert int(count) == len(rows(name))


def test_towns_lie_in_known_countries_each_name_once_and_are_counted() -> None:
    with gzip.open(DATA / "towns.csv.gz", "rt", encoding="utf-8", newline="") as file:
        towns = list(csv.DictReader(file))
    line = re.search(r"^\| `towns\.csv\.gz` \|.*\| ([^|]*) \| (\d+) \|$", README, re.MULTILINE)
    assert line is not None
    assert line[1].split(", ") == list(towns[0])
    assert int(line[2]) == len(towns) == len({(row["name"], row["country"]) for row in towns})
    assert {row["country"] for row in towns} <= values("countries.csv", "id")
    assert all(-90 <= float(row["lat"]) <= 90 for row in towns)
    assert all(-180 <= float(row["lon"]) <= 180 for row in towns)
    assert all(row["name"] == fold(row["name"]) for row in towns)
