"""Cut the shipped twin towns out of a full list: what lies around the places of Indonesia.

    python data/rebuild_twin_towns.py FULL_LIST.csv [--out data/twin_towns.csv]

The rule: every link of which at least one end is a place in Indonesia or a partner of one. The full
list is the one that data/README.md names, or any that docs/data-format.md describes.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from graph_loader.background import Links, read_links
from graph_loader.model import BackgroundLink, Place
from graph_loader.reference import reference_batch

HERE: Final = Path(__file__).parent
HOME: Final = "id"
COLUMNS: Final = (
    "city1", "country1", "lat1", "lng1", "city2", "country2", "lat2", "lng2",
)  # fmt: skip


def around(links: Links, country: str = HOME) -> list[BackgroundLink]:
    """The links of the places of a country and of their partners, in the order of the list.

    Example:
        >>> pairs = [("bari.it", "varna.bg"), ("bari.it", "corfu.gr"), ("surabaya.id", "varna.bg")]
        >>> places = tuple(Place(id, id, id[-2:]) for id in sorted({i for p in pairs for i in p}))
        >>> [link.a for link in around(Links(places, tuple(BackgroundLink(*p) for p in pairs)))]
        ['bari.it', 'surabaya.id']
    """
    home = {place.id for place in links.places if place.country == country}
    core = home | {
        id
        for link in links.links
        if not home.isdisjoint((link.a, link.b))
        for id in (link.a, link.b)
    }
    return [link for link in links.links if not core.isdisjoint((link.a, link.b))]


def rows(links: Links) -> Iterator[tuple[str, ...]]:
    """A row for each link of the extract, in English."""
    names = {party.id: party.name_en for party in reference_batch().parties}
    places = {place.id: place for place in links.places}
    for link in around(links):
        yield (*_end(places[link.a], names), *_end(places[link.b], names))


def _end(place: Place, names: dict[str, str]) -> tuple[str, ...]:
    lat, lon = ("" if one is None else str(one) for one in (place.lat, place.lon))
    return place.name, names[place.country], lat, lon


def write(links: Links, out: Path) -> int:
    """Write the extract as UTF-8 without a mark, comma, LF; how many links it has."""
    found = list(rows(links))
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(found)
    return len(found)


def main() -> None:
    """Read the command line and cut."""
    parser = argparse.ArgumentParser(description="Cut the shipped twin towns out of a full list.")
    parser.add_argument("full", type=Path, help="the full list")
    parser.add_argument("--out", type=Path, default=HERE / "twin_towns.csv", help="the extract")
    asked = parser.parse_args()
    print(write(read_links(asked.full), asked.out))


if __name__ == "__main__":
    main()
