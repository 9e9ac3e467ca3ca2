"""The world list as it is written: countries by their words, as others have measured it."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Final

from graph_loader import BackgroundLink, Links, Place, fold

UNITED: Final = frozenset({"England", "Scotland", "Wales", "Northern Ireland"})


def links_as_written(path: Path) -> Links:
    """One place for each plain name and country's words, one link for both directions.

    A country is what stands after the last comma; the parts of the United Kingdom are one. So
    "Ireland" and "Republic of Ireland" stay two, and some links are met twice. `read_links`, which
    knows countries, is what Simpul itself uses.
    """
    places: dict[str, Place] = {}
    links: set[tuple[str, str]] = set()
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            one, other = (_place(row, end) for end in "12")
            if one.id != other.id:
                places.setdefault(one.id, one)
                places.setdefault(other.id, other)
                links.add((min(one.id, other.id), max(one.id, other.id)))
    ordered = tuple(BackgroundLink(*pair) for pair in sorted(links))
    known = tuple(places[id] for id in sorted(places))
    return Links(known, ordered, (0,) * len(ordered), rows=len(ordered))


def _place(row: dict[str, str], end: str) -> Place:
    name, words = row["city" + end].strip(), row["country" + end].rsplit(", ", 1)[-1].strip()
    country = fold("United Kingdom" if words in UNITED else words)
    spot = (float(row["lat" + end]), float(row["lng" + end])) if row["lat" + end] else (None, None)
    return Place(f"{fold(name)}|{country}", name, country, *spot)
