"""The flow picture: its bands add up to what the table beside it says."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from html import unescape
from itertools import pairwise

import pytest
from flask.testing import FlaskClient

from explorer import create_app
from explorer.exchange import Meeting, measure, meetings
from explorer.exchange.strands import Strand, strands
from explorer.pictures.flow import WIDTH, Labels, flow_svg
from explorer.settings import Settings
from tests.explorer.pictures import DAY, shipped, shipped_address

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(Settings(store=shipped_address(), today=DAY.isoformat())).test_client()


def met(commodity: str = "") -> list[Meeting]:
    return meetings(shipped().index, DAY, commodity=commodity)


@pytest.mark.parametrize("commodity", ["", "rice", "clean-water", "cattle", "eggs", "electricity"])
def test_every_need_and_offer_counts_once(commodity: str) -> None:
    found = met(commodity)
    told = strands(found)
    assert sum(one.entries for one in told.needs) == len({one.need.id for one in found})
    assert {one.party for one in told.offers} == {one.offer.party for one in found}
    assert {one.commodity for one in told.offers} == {one.need.commodity for one in found}
    if told.unit is None:
        assert all(one.amount is None for one in (*told.offers, *told.needs))
        return
    needs = {one.need.id: measure(one.need) for one in found}
    assert {(known.kind, known.is_rate) for known in needs.values() if known} == {told.unit}
    total = sum(known.value for known in needs.values() if known)
    assert sum(one.amount or 0 for one in told.needs) == pytest.approx(total)


def test_amounts_are_set_beside_each_other_only_where_all_are_of_one_measure() -> None:
    assert strands(met()).unit is None  # eleven commodities
    assert strands(met("rice")).unit is None  # tonnes, tonnes a year, shares
    assert strands(met("clean-water")).unit == ("water", True)


def labels() -> Labels:
    def hint(one: Strand, is_need: bool) -> str:
        return f"{one.party} {one.commodity} {one.entries} {is_need}"

    return Labels("A", "B", "C", str, str, str, str, hint, lambda own: f" {len(own)}")


@pytest.mark.parametrize("commodity", ["", "clean-water", "rice"])
def test_bands_are_as_wide_as_what_they_say_and_stay_inside(commodity: str) -> None:
    told = strands(met(commodity))
    svg, (width, height) = flow_svg(told, "Title", labels())
    tree = ET.fromstring(str(svg))
    bands = tree.findall(f"{SVG}path")
    assert len(bands) == len(told.offers) + len(told.needs)
    by_hint = {labels().hint(one, side is told.needs): one
               for side in (told.offers, told.needs) for one in side}  # fmt: skip
    widths = []
    for band in bands:
        ends = [float(n) for n in re.findall(r"[\d.]+", band.get("d", ""))]
        top, bottom = ends[7], ends[8]
        assert 0 < top < bottom < height
        one = by_hint[band.findtext(f"{SVG}title", "")]
        if bottom - top > 5:  # a thinner one is drawn wider, and says so
            widths.append((bottom - top) / (one.amount or one.entries))
    assert widths
    assert min(widths) == pytest.approx(max(widths), rel=0.03)  # the file rounds to 0.1 px
    assert width == WIDTH
    spots = [float(one.get("y", 0)) for one in tree.iter(f"{SVG}text")]
    assert all(0 < y < height for y in spots)


def test_labels_of_a_column_do_not_touch() -> None:
    tree = ET.fromstring(str(flow_svg(strands(met()), "Title", labels())[0]))
    columns: dict[str, list[float]] = {}
    for one in tree.iter(f"{SVG}text"):
        columns.setdefault(one.get("text-anchor", ""), []).append(float(one.get("y", 0)))
    assert len(columns) == 3
    for spots in columns.values():
        spots.sort()
        assert all(b - a >= 20 for a, b in pairwise(spots))


def test_the_page_shows_it_beside_its_table_and_as_a_file(client: FlaskClient) -> None:
    page = unescape(client.get("/kebutuhan").get_data(as_text=True))
    lead = re.search(r'class="lead">(.*?)</p>', page, re.DOTALL)
    summary = re.search(r"<figcaption>\s*<p>(.*?)</p>", page, re.DOTALL)
    assert lead
    assert summary
    needs, givers = re.findall(r">(\d+) \w+</a>", lead[1])[:2]
    assert summary[1].startswith(f"{needs} kebutuhan")
    assert f"pasokan dari {givers} pihak" in summary[1]
    assert page.count('class="flow flow-need"') == len(strands(met()).needs)
    assert "banyaknya catatan" in page
    assert "meter kubik setahun" in client.get("/kebutuhan?komoditas=clean-water").text
    assert '<figure class="figure">' not in client.get("/kebutuhan?komoditas=fish").text
