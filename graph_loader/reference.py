"""The shipped data: what every store knows (regions, countries, topics) and the seed register."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from graph_loader.model import (
    Batch,
    Border,
    Commodity,
    Direction,
    Flow,
    Level,
    Party,
    Source,
    Topic,
    make_party,
)
from graph_loader.parties.gazetteer import Gazetteer
from graph_loader.text import fold
from graph_loader.topics import Topics

REFERENCE = Source(
    "reference", "Data acuan Simpul / Simpul reference data", "ODbL; CC BY 4.0; data/README.md"
)
SEED = Source("simpul", "Daftar awal Simpul / Simpul seed register", "data/README.md")
_HERE = Path(__file__).parent


def data_folder() -> Path:
    """`data/` of the checkout, or the copy inside the installed package."""
    packaged = _HERE / "data"
    return packaged if packaged.is_dir() else _HERE.parent / "data"


def reference_batch() -> Batch:
    """Regions, countries, partners, topics, commodities and borders: a complete load."""
    return Batch(
        REFERENCE,
        "data/",
        parties=tuple(_parties()),
        topics=tuple(_topics()),
        commodities=tuple(_commodities()),
        borders=tuple(_borders()),
    )


def countries() -> Gazetteer:
    """Countries by any common name, in either language, or by ISO code."""
    return Gazetteer(_countries())


def topics() -> Topics:
    """The shipped keywords, and the goals by their names."""
    keywords = {
        fold(row["keyword"]): row["target"] or row["goal"] for row in _rows("topic_keywords.csv")
    }
    goals = _rows("sdg_goals.csv")
    names = {fold(row[name]): row["id"] for row in goals for name in ("name_id", "name_en")}
    return Topics(keywords, names)


def seed_flows() -> tuple[Flow, ...]:
    """The shipped needs and offers; ids follow from what they say, not from their line."""
    seen: dict[str, int] = {}
    found = []
    for line, row in enumerate(_rows("needs_offers.csv"), start=2):
        stem = ".".join([row["region"], row["direction"], row["commodity"], row["year"] or "x"])
        seen[stem] = seen.get(stem, 0) + 1
        found.append(_flow(f"{stem}.{seen[stem]}", line, row))
    return tuple(found)


def _flow(id: str, line: int, row: Mapping[str, str]) -> Flow:
    return Flow(
        id, row["region"], Direction(row["direction"]), row["commodity"], row["commodity_text"],
        float(row["quantity"]) if row["quantity"] else None, row["unit"], row["year"],
        row["basis"], row["source"], row["note"], line,
    )  # fmt: skip


def _parties() -> Iterator[Party]:
    places = {row["id"]: (float(row["lat"]), float(row["lon"])) for row in _rows("coordinates.csv")}
    yield from _countries()
    for row in _rows("regions.csv"):
        lat, lon = places.get(row["code"], (None, None))
        yield make_party(
            row["code"], row["name_id"], row["name_en"], row["level"], "id",
            row["province"] or "id", "", lat, lon, _split(row["aliases"]),
        )  # fmt: skip
    for row in _rows("partners.csv"):
        lat, lon = places.get(row["id"], (None, None))
        home = Level(row["level"]) in {Level.THIRD_PARTY, Level.CENTRAL_AGENCY}
        country = row["country"] or ("id" if home else "")
        yield make_party(
            row["id"], row["name_id"], row["name_en"], row["level"], country,
            row["part_of"] or country, row["kind"], lat, lon, _split(row["aliases"]),
        )  # fmt: skip


def _countries() -> Iterator[Party]:
    for row in _rows("countries.csv"):
        lat, lon = (float(row[name]) if row[name] else None for name in ("lat", "lon"))
        yield make_party(
            row["id"], row["name_id"], row["name_en"], "country", row["id"], "", "", lat, lon,
            (*_split(row["aliases"]), row["iso3"]),
        )  # fmt: skip


def _topics() -> Iterator[Topic]:
    for row in _rows("sdg_goals.csv"):
        yield Topic(
            row["id"], "", row["name_id"], row["name_en"], row["title_en"], "", row["colour"]
        )
    for row in _rows("sdg_targets.csv"):
        yield Topic(row["id"], row["goal"], row["id"], row["id"], row["text_en"], row["text_id"])


def _commodities() -> Iterator[Commodity]:
    for row in _rows("commodities.csv"):
        yield Commodity(
            row["id"], row["name_id"], row["name_en"], row["group_id"], row["group_en"],
            _split(row["aliases"]),
        )  # fmt: skip


def _borders() -> Iterator[Border]:
    for line, row in enumerate(_rows("borders.csv"), start=2):
        a, b = sorted((row["a"], row["b"]))
        km = float(row["shared_km"]) if row["shared_km"] else None
        yield Border(a, b, row["kind"], km, row["source"], row["note"], line)


@cache
def _rows(name: str) -> list[dict[str, str]]:
    with (data_folder() / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())
