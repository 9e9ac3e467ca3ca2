"""Reading the shipped rows, for the tests of this folder."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from datetime import date
from functools import cache
from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "data"
FILES = sorted(path.name for path in DATA.glob("*.csv"))
ID = re.compile(r"[a-z0-9.-]+")
PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")

Row = dict[str, str]


@cache
def rows(name: str) -> list[Row]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def values(name: str, column: str) -> set[str]:
    return {row[column] for row in rows(name)}


@cache
def parties() -> dict[tuple[str, str, str], set[str]]:
    """Ids by (level, English name of the country or nothing, name)."""
    english = {row["id"]: row["name_en"] for row in rows("countries.csv")}
    found: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    for row in rows("regions.csv"):
        found[row["level"], "", row["name_id"]].add(row["code"])
    for row in rows("partners.csv"):
        country = "" if row["country"] in ("", "id") else english[row["country"]]
        for name in (row["name_id"], row["name_en"]):
            found[row["level"], country, name].add(row["id"])
    for row in rows("countries.csv"):
        found["country", row["name_en"], row["name_en"]].add(row["id"])
    return found


def resolved(row: Row) -> set[str]:
    return parties().get((row["party_level"], row["party_country"], row["party"]), set())


def is_date(text: str) -> bool:
    match = PARTIAL_DATE.fullmatch(text)
    if not match:
        return False
    year, month, day = (int(part or 1) for part in match.groups())
    return 1900 < year < 2100 and date(year, month, day).year == year
