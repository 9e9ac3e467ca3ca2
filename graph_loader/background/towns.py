"""Where a town lies of which a list tells no more than name and country."""

from __future__ import annotations

import csv
import gzip
from functools import cache

from graph_loader.reference import data_folder
from graph_loader.text import fold


def whereabouts(name: str, country: str) -> tuple[float, float] | None:
    """Latitude and longitude of the largest town of that name in a country, in degrees.

    Towns of 5,000 inhabitants and more are known; a guess that is good enough to tell what lies
    near what, and too weak to tell whether two of one name are the same place.

    Source: GeoNames, `data/towns.csv.gz`.
    Cost: 0.1 s the first time.

    Example:
        >>> whereabouts("Kōchi", "jp"), whereabouts("Nowhere at all", "jp")
        ((33.55, 133.53), None)
    """
    return _towns().get((fold(name), country))


@cache
def _towns() -> dict[tuple[str, str], tuple[float, float]]:
    path = data_folder() / "towns.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        return {(name, country): (float(lat), float(lon)) for name, country, lat, lon in rows}
