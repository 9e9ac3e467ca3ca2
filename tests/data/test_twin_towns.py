"""The shipped twin towns are what their rule says, and the rule is what cuts them out."""

from __future__ import annotations

import doctest
import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

from graph_loader.background import match_places, read_links
from graph_loader.reference import reference_batch
from tests.data.shipped import DATA

SCRIPT = DATA / "rebuild_twin_towns.py"
SHIPPED = DATA / "twin_towns.csv"


def module() -> ModuleType:
    """The script as a module."""
    spec = importlib.util.spec_from_file_location("rebuild_twin_towns", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def cut(full: Path, out: Path) -> str:
    """What the command makes of a full list."""
    subprocess.run([sys.executable, SCRIPT, full, "--out", out], check=True, cwd=DATA.parent)
    return out.read_text(encoding="utf-8")


def test_what_is_shipped_is_whole_and_without_problems() -> None:
    links = read_links(SHIPPED)
    assert links.problems == ()
    assert (links.rows, len(links.links)) == (1_031, 1_031)
    assert all(place.lat is not None and place.lon is not None for place in links.places)
    home = {place.id for place in links.places if place.country == "id"}
    assert len(home) == 35
    twinned = {end for link in links.links if {link.a, link.b} & home for end in (link.a, link.b)}
    assert len(twinned - home) == 89
    assert all({link.a, link.b} & twinned for link in links.links)


def test_its_places_in_indonesia_are_known_regions() -> None:
    links = read_links(SHIPPED)
    found = match_places(links.places, reference_batch().parties)
    home = {place.id for place in links.places if place.country == "id"}
    assert home - set(found.party) == {"kota-tua-jakarta.id", "nusantara.id", "sigli.id"}
    assert len(found.party) > 100


def test_cutting_the_extract_again_changes_no_byte(tmp_path: Path) -> None:
    assert cut(SHIPPED, tmp_path / "again.csv") == SHIPPED.read_text(encoding="utf-8")


def test_the_rule_takes_the_links_of_places_at_home_and_of_their_partners(tmp_path: Path) -> None:
    rows = (
        "city,country,city,country", "Varna,Bulgaria,Surabaya,Indonesia",
        "Surabaya,Indonesia,Varna,Bulgaria",
        "Varna,Bulgaria,Bari,Italy", "Bari,Italy,Corfu,Greece", "Corfu,Greece,Bonn,Germany",
    )  # fmt: skip
    full = tmp_path / "full.csv"
    full.write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert cut(full, tmp_path / "cut.csv").splitlines()[1:] == [
        "Bari,Italy,,,Varna,Bulgaria,,", "Surabaya,Indonesia,,,Varna,Bulgaria,,",
    ]  # fmt: skip


def test_the_example_in_the_script_is_true() -> None:
    found = doctest.testmod(module())
    assert (found.failed, found.attempted > 0) == (0, True)
