"""The matrix of gaps as a picture: every number of the page's table, and nothing outside it."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from explorer import create_app
from explorer.gaps import gap_matrix
from explorer.gaps.cells import Grade
from explorer.gaps.items import SIGNS
from explorer.pages import gaps
from explorer.settings import Settings
from tests.explorer.pictures import DAY, shipped, shipped_address

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("path", ["/kesenjangan", "/en/kesenjangan?tabel=target&topik=6"])
def test_the_picture_says_what_the_table_says(path: str) -> None:
    app = create_app(Settings(store=shipped_address(), today=DAY.isoformat()))
    page = app.test_client().get(path).get_data(as_text=True)
    table = re.findall(r'<td><a class="gap [^>]*>(.*?)</a></td>', page)
    assert len(table) > 100
    with app.test_request_context(path):
        app.preprocess_request()
        drawn = gaps.picture(shipped(), "en" if path.startswith("/en") else "id")
    tree = ET.fromstring(str(drawn.svg))
    cells = [one.text for one in tree.findall(f"{SVG}text") if one.get("font-weight") == "600"]
    assert cells[: len(table)] == table
    assert cells[len(table) :] == ["2", *(SIGNS[g] for g in (Grade.NEEDED, Grade.SISTERS,
                                                              Grade.NOBODY))]  # fmt: skip
    width, height = drawn.size
    for box in tree.findall(f"{SVG}rect"):
        x, y, wide, tall = (float(box.get(name, 0)) for name in ("x", "y", "width", "height"))
        assert x >= 0
        assert y >= 0
        assert x + wide <= width
        assert y + tall <= height
    assert drawn.summary


def test_a_region_is_told_by_name_and_its_total() -> None:
    matrix = gap_matrix(shipped().index, DAY, "35")
    app = create_app(Settings(store=shipped_address(), today=DAY.isoformat()))
    with app.test_request_context("/kesenjangan?urut=total"):
        app.preprocess_request()
        svg = gaps.picture(shipped(), "id").svg
    totals = [int(n) for n in re.findall(r">(\d+) dari 17<", svg)]
    assert len(totals) == len(matrix.regions)
    assert totals[1:] == sorted(totals[1:], reverse=True)
    assert "Sidoarjo" in svg
