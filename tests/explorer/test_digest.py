"""The small overview: every part of the picture once, with the agreements that it stands for."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

from explorer.pictures.digest import digest_svg, parts
from explorer.pictures.places import home_province, places
from tests.explorer.pictures import DAY, shipped, view_of
from tests.worlds import EAST_JAVA, GRESIK, KOBE, OSAKA, SURABAYA, agreement, batch


def test_an_agreement_counts_once_for_each_part(tmp_path: Path) -> None:
    world = batch([agreement("a", GRESIK, SURABAYA, OSAKA, KOBE), agreement("b", EAST_JAVA, OSAKA)])
    shown = view_of(tmp_path, world)
    (east_asia,) = parts(shown, shown.index.in_force(DAY), "en").values()
    assert (east_asia.title, east_asia.agreements, east_asia.parties) == ("East Asia", 2, 2)


def test_every_partner_of_the_home_province_is_in_one_part() -> None:
    shown = shipped()
    index = shown.index
    home = [index.number[id] for id in places(index).home]
    signed = index.in_force(DAY) & (np.asarray(index.members[:, home].sum(axis=1)) > 0)
    partners = np.flatnonzero(np.asarray(index.members[signed].sum(axis=0)))
    found = parts(shown, signed, "id")
    assert sum(part.parties for part in found.values()) == len(set(partners) - set(home))
    assert max(part.agreements for part in found.values()) <= int(signed.sum())
    assert home_province(index) not in found


def test_each_part_leads_to_its_ground_in_the_large_picture() -> None:
    drawn = digest_svg(shipped(), shipped().index.in_force(DAY), "id")
    looks = re.findall(r'<a href="#gambar" data-look="([^"]+)">', drawn)
    assert {"Asia Timur", "Eropa", "Pihak ketiga dan instansi pusat", "Jawa Timur"} <= set(looks)
    assert len(looks) == len(set(looks))
    assert "16 perjanjian" in drawn


def test_without_the_home_province_there_is_no_small_overview(tmp_path: Path) -> None:
    shown = view_of(tmp_path, batch([agreement("a", OSAKA, KOBE), agreement("b", GRESIK, OSAKA)]))
    mask = np.array([id.endswith("a") for id in shown.index.agreement_ids], dtype=np.bool_)
    assert digest_svg(shown, mask, "id") == ""
