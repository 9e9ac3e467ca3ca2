"""Where the two places of a row stand: by headings, or by the number of columns."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from graph_loader.text import fold

Pair = tuple[int, int]
"""The positions of one field for both ends of a link."""

_FIELDS: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        ("city", "town", "place", "name", "kota", "tempat", "nama", "sister city", "twin city",
         "twin town", "kota kembar"),
        "city",
    ),
    **dict.fromkeys(("country", "negara"), "country"),
    **dict.fromkeys(("lat", "latitude", "lintang"), "lat"),
    **dict.fromkeys(("lng", "lon", "long", "longitude", "bujur"), "lon"),
    **dict.fromkeys(("year", "tahun", "since", "sejak"), "year"),
}  # fmt: skip
"""The words that a heading may be, its number left aside ("City 1", "city_b", "lat2")."""

_NUMBER: Final = re.compile(r"(?: ?([12])| ([ab]))$")
_NOWHERE: Final = (-1, -1)
_BARE: Final = {4: "", 5: "year"}  # city, country, city, country and perhaps a year
_LAID_OUT: Final = 8  # city, country, lat, lng, city, country, lat, lng, and perhaps a year


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each field stands, -1 where it does not; `headings` as typed, empty without any."""

    city: Pair
    country: Pair
    lat: Pair = _NOWHERE
    lon: Pair = _NOWHERE
    year: int = -1
    headings: tuple[str, ...] = ()

    def heading(self, place: int) -> str:
        """What a person calls a column: its heading, or the letter of a spreadsheet."""
        if place < len(self.headings):
            return self.headings[place]
        return chr(ord("A") + place)


def layout_of(first: Sequence[str]) -> Layout | None:
    """What the first row tells: headings, or a row of a width that is known; else nothing.

    Example:
        >>> layout_of("city1 country1 lat1 lng1 city2 country2 lat2 lng2".split()).lon
        (3, 7)
        >>> layout_of(["Kota", "Negara", "Kota", "Negara", "Tahun"]).country
        (1, 3)
        >>> layout_of(["Varna", "Bulgaria", "Surabaya", "Indonesia", "1996"]).year
        4
    """
    cells = list(first)
    while cells and not cells[-1].strip():
        cells.pop()
    return _by_headings(cells) or _by_width(cells)


def _by_headings(cells: Sequence[str]) -> Layout | None:
    places: dict[str, list[int]] = {}
    numbered: dict[tuple[str, int], int] = {}
    for at, cell in enumerate(cells):
        field, number = _field(cell)
        if field and number:
            numbered.setdefault((field, number), at)
        elif field:
            places.setdefault(field, []).append(at)

    def pair(field: str) -> Pair:
        one, two = (numbered.get((field, number), -1) for number in (1, 2))
        rest = list(places.get(field, ()))
        one = one if one >= 0 else rest.pop(0) if rest else -1
        two = two if two >= 0 else rest.pop(0) if rest else -1
        return (one, two) if min(one, two) >= 0 else _NOWHERE

    city, country = pair("city"), pair("country")
    if _NOWHERE in (city, country):
        return None
    year = places.get("year", [-1])[0]
    return Layout(city, country, pair("lat"), pair("lon"), year, tuple(cells))


def _field(cell: str) -> tuple[str, int]:
    """The field that a heading names, and of which end it says it is (0 where it does not)."""
    folded = fold(cell)
    found = _NUMBER.search(folded)
    word = folded[: found.start()] if found else folded
    number = " 12".index(found[1]) if found and found[1] else 0
    if found and found[2]:
        number = " ab".index(found[2])
    return _FIELDS.get(word, ""), number


def _by_width(cells: Sequence[str]) -> Layout | None:
    if sum(bool(_field(cell)[0]) for cell in cells) > 1:  # headings, but not enough of them
        return None
    if len(cells) in _BARE:
        return Layout((0, 2), (1, 3), year=4 if _BARE[len(cells)] else -1)
    if len(cells) in (_LAID_OUT, _LAID_OUT + 1) and all(map(_is_number, cells[2:4])):
        year = _LAID_OUT if len(cells) > _LAID_OUT else -1
        return Layout((0, 4), (1, 5), (2, 6), (3, 7), year)
    return None


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return not cell.strip()
    return True
