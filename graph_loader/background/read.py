"""A CSV or XLSX list of twin towns to places and the links between them, each once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Final, NamedTuple

from graph_loader.background.columns import Layout, layout_of
from graph_loader.background.countries import Countries
from graph_loader.background.places import NEAR_KM, Sightings, Spot, by_id, place_id
from graph_loader.background.told import Told
from graph_loader.errors import BadFile
from graph_loader.model import BackgroundLink, Place, Problem
from graph_loader.reading.read import Row, open_sheets
from graph_loader.reference import reference_batch
from graph_loader.text import fold

LONGEST: Final = 200  # characters: because no town's name has more, and a sentence has
# because no town's name has any: signs of a formula, of markup, of a file read in a wrong encoding
_NO_NAME: Final = re.compile(r"[<>=‹›“”„†‡•…‰™|{}\\@#$%^*_~\x00-\x1f\x7f-\x9f\ufffd]")
_YEAR: Final = re.compile(r"\b(?:1[5-9]|20)\d\d\b")  # because no town had a twin before


@dataclass(frozen=True, slots=True)
class Links:
    """What a list of twin towns amounts to: every place and every link once, in the order of ids.

    `years` has the year of each link, 0 where the list tells none; `lines` the row where a place
    is met first. `rows` counts all rows, `problems` are in the order of the file.
    """

    places: tuple[Place, ...] = ()
    links: tuple[BackgroundLink, ...] = ()
    years: tuple[int, ...] = ()
    problems: tuple[Problem, ...] = ()
    rows: int = 0
    lines: Mapping[str, int] = field(default_factory=dict)


def read_links(path: Path) -> Links:
    """Read a list, the first visible sheet that is one: each link once, whatever its direction.

    Two mentions are one place where the plain name and the country are the same. Rows that cannot
    be read are left out and told as problems.

    Raises: BadFile, as for any register; ("twin-columns") where no two places stand in a row.
    Cost: 0.7 s for 26,000 rows.
    """
    for sheet in open_sheets(path):
        rows = sheet.rows(0)
        first = None if sheet.hidden else next(rows, None)
        layout = layout_of(first.cells) if first else None
        if first is not None and layout is not None:
            reading = _Reading(layout, Told(path.name, sheet.name, layout))
            return reading.run(rows if layout.headings else chain([first], rows))
    raise BadFile("twin-columns", file=path.name)


@cache
def _countries() -> Countries:
    return Countries(reference_batch().parties)


class _End(NamedTuple):
    """One of the two places of a row."""

    id: str
    name: str
    country: str
    spot: Spot | None


class _Reading:
    """One list, row by row; used once."""

    def __init__(self, layout: Layout, told: Told) -> None:
        self._layout, self._told, self._countries = layout, told, _countries()
        self._seen: dict[str, Sightings] = {}
        self._years: dict[tuple[str, str], int] = {}
        self._ids: dict[tuple[str, str], str] = {}
        self._rows = 0

    def run(self, rows: Iterable[Row]) -> Links:
        """Every row, and what they amount to."""
        for row in rows:
            self._read(row)
        return self._finish()

    def _read(self, row: Row) -> None:
        """One row: two places and, where it tells one, the year of their link."""
        self._rows += 1
        one, two = (self._end(row, which) for which in (0, 1))
        if one is None or two is None:
            return
        if one.id == two.id:
            self._told.doubt("twin-of-itself", row, self._layout.city[1])
            return
        for end in (one, two):
            if end.id not in self._seen:
                self._seen[end.id] = Sightings(end.id, end.country, row.line)
            self._seen[end.id].see(end.name, end.spot)
        link = (min(one.id, two.id), max(one.id, two.id))
        known = [year for year in (self._years.get(link, 0), self._year(row)) if year]
        self._years[link] = min(known, default=0)

    def _finish(self) -> Links:
        seen = by_id(self._seen.values())
        for one in seen:
            if (km := one.spread_km()) > NEAR_KM:
                place = one.place()
                self._told.spots(one.line, place, km)
        links = sorted(self._years)
        return Links(
            tuple(one.place() for one in seen),
            tuple(BackgroundLink(*link) for link in links),
            tuple(self._years[link] for link in links),
            self._told.in_order(),
            self._rows,
            {one.id: one.line for one in seen},
        )

    def _end(self, row: Row, which: int) -> _End | None:
        at, at_country = self._layout.city[which], self._layout.country[which]
        name, country = _cell(row, at), _cell(row, at_country)
        if not country and "," in name:  # "Varna, Bulgaria" in one cell
            name, country = (part.strip() for part in name.rsplit(",", 1))
        if not name:
            self._told.reject("twin-cell-empty", row, at)
            return None
        code = self._countries.find(country or name)
        if not code:
            self._told.country(row, at_country, country, self._countries.like(country))
            return None
        if len(name) > LONGEST or not fold(name) or _NO_NAME.search(name):
            self._told.reject("twin-name-unusable", row, at)
            return None
        return _End(self._id(name, code), name, code, self._spot(row, which))

    def _id(self, name: str, country: str) -> str:
        if (name, country) not in self._ids:
            self._ids[name, country] = place_id(name, country)
        return self._ids[name, country]

    def _spot(self, row: Row, which: int) -> Spot | None:
        places = self._layout.lat[which], self._layout.lon[which]
        texts = [_cell(row, at) for at in places]
        if not any(texts):
            return None
        lat, lon = map(_number, texts)
        if lat is None or lon is None or abs(lat) > 90 or abs(lon) > 180:
            self._told.doubt("twin-coordinates", row, places[0], ", ".join(texts))
            return None
        return lat, lon

    def _year(self, row: Row) -> int:
        text = _cell(row, self._layout.year)
        found = _YEAR.search(text)
        if text and not found:
            self._told.doubt("twin-year", row, self._layout.year)
        return int(found[0]) if found else 0


def _cell(row: Row, at: int) -> str:
    return row.cells[at].strip() if 0 <= at < len(row.cells) else ""


def _number(text: str) -> float | None:
    """A number with a decimal point or comma; nothing where it is none."""
    try:
        found = float(text.replace(",", "."))
    except ValueError:
        return None
    return found if found == found else None
