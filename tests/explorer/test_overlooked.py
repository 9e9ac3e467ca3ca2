"""What a province overlooks: drawn, and the figures of the shipped rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from explorer import create_app, service
from explorer.borders import BorderGrade, about_border, borders_without
from explorer.index import Index
from explorer.overlooked import Revival, not_used_below, to_be_revived
from explorer.settings import Settings
from graph_loader import BadInput, Border, Direction, Flow, Instrument, NotFound
from graph_loader.model import Batch, StatedAgreement, TopicTag
from graph_loader.store.open import open_store
from tests.explorer.fickle import FickleStore
from tests.explorer.pictures import shipped_address
from tests.worlds import agreement, batch, index_of, store_of

DAY = date(2026, 11, 25)


def about(stated: StatedAgreement, *topics: str) -> StatedAgreement:
    (claim,) = stated.claims
    return replace(stated, claims=(replace(claim, topics=tuple(map(TopicTag, topics))),))


def need(id: str, region: str, year: str) -> Flow:
    return Flow(id, region, Direction.NEED, "rice", basis="gap", year=year)


def overlooked_world() -> Batch:
    """East Java works with Osaka, Kobe and ITS; Surabaya uses Kobe; the rest has run out.

    East Java --sister (4)-- Osaka       East Java --port-- Kobe --port-- Surabaya
    Gresik --school (4)-- ITS            Sidoarjo --school (4)-- ITS, --campus (4)-- ITS
    Sidoarjo --old, to 2010-- Kobe       Surabaya --gone, no date-- ITS
    Gresik --pact, to 2015-- Surabaya    five of them --large, to 2015-- Kochi
    """
    return batch(
        [
            about(agreement("sister", "35", "osaka-jp", signed="1984"), "4"),
            agreement("port", "35", "35.78", "kobe-jp", signed="2020-05-01"),
            about(agreement("school", "35.15", "35.25", "its", signed="2021"), "4.1"),
            about(agreement("campus", "35.15", "its", signed="2022"), "4"),
            agreement("old", "35.15", "kobe-jp", signed="2005", ends="2010"),
            agreement("gone", "35.78", "its", signed="2001", status="ended"),
            agreement("pact", "35.25", "35.78", signed="2012", ends="2015-06-30"),
            agreement("large", "35", "35.15", "35.25", "35.78", "kochi-jp", ends="2015"),
        ],
        flows=[need("n1", "35.15", "2009"), need("n2", "35.15", "2024")],
    )


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return index_of(store_of(tmp_path_factory.mktemp("overlooked"), overlooked_world()))


def test_a_partner_of_the_province_alone_is_not_used_below(drawn: Index) -> None:
    (line,) = not_used_below(drawn, "35", DAY)
    assert (line.partner, line.agreements, line.goals) == ("osaka-jp", ("sister",), ("4",))
    assert (line.nearest, line.alike) == ("35.15", 2)


def test_it_is_used_as_soon_as_one_regency_works_with_it(tmp_path: Path) -> None:
    world = overlooked_world()
    joint = agreement("joint", "35.25", "osaka-jp", signed="2024-03-01")
    index = index_of(store_of(tmp_path, replace(world, agreements=(*world.agreements, joint))))
    assert not_used_below(index, "35", DAY) == []
    assert [line.partner for line in not_used_below(index, "35", date(2024, 2, 29))] == ["osaka-jp"]


def revived(index: Index, day: date = DAY) -> dict[tuple[str, str], Revival]:
    return {(line.region, line.party): line for line in to_be_revived(index, day, "35")}


def test_what_ran_out_is_shown_with_what_is_new_since(drawn: Index) -> None:
    line = revived(drawn)["35.15", "kobe-jp"]
    assert (line.agreements, line.ended) == (("old",), date(2010, 12, 31))
    assert line.since == ("port",)
    assert line.needs == ("n2",)
    assert line.goals == ()


def test_without_a_day_nothing_is_said_to_be_new(drawn: Index) -> None:
    line = revived(drawn)["35.78", "its"]
    assert (line.agreements, line.ended, line.since, line.needs) == (("gone",), None, (), ())


def test_a_pair_with_something_in_force_is_not_to_be_revived(drawn: Index) -> None:
    assert ("35.15", "kobe-jp") not in revived(drawn, date(2010, 12, 31))
    assert ("35.78", "kobe-jp") not in revived(drawn)


def test_two_regions_are_a_pair_once_and_only_in_a_small_accord(drawn: Index) -> None:
    pairs = [pair for pair in revived(drawn) if pair[1].startswith("35")]
    assert pairs == [("35.25", "35.78")]


def test_what_has_most_news_comes_first(drawn: Index) -> None:
    news = [line.news for line in to_be_revived(drawn, DAY, "35")]
    assert news == sorted(news, reverse=True)
    assert news[0] == 2


def bordering_world(title: str = "") -> Batch:
    """Three regions that touch one another, and the city of Kediri in none of their accords.

    Gresik =own, small= Surabaya      Sidoarjo ~large accord~ Gresik
    Surabaya ..talks.. Sidoarjo       Sidoarjo | strait | East Java's Osaka: no border
    """
    large = agreement("large", "35.15", "35.25", "kobe-jp", "its", signed="2020")
    (claim,) = large.claims
    return batch(
        [
            agreement("own", "35.25", "35.78", signed="2020"),
            replace(large, claims=(replace(claim, title=title),)) if title else large,
            agreement("talks", "35.15", "35.78", instrument=Instrument.BERITA_ACARA, signed="2021"),
        ],
        borders=[
            Border("35.25", "35.78", shared_km=10.0), Border("35.15", "35.25", shared_km=30.0),
            Border("35.15", "35.78", shared_km=20.0), Border("35", "35.78", "strait"),
        ],
    )  # fmt: skip


def test_a_border_is_graded_by_how_little_is_recorded(tmp_path: Path) -> None:
    index = index_of(store_of(tmp_path, bordering_world()))
    found = borders_without(index, "35", DAY)
    assert [(line.border.a, line.border.b, str(line.grade), line.agreements) for line in found] == [
        ("35", "35.78", "none", ()),
        ("35.15", "35.25", "large", ("large",)),
        ("35.15", "35.78", "talks", ("talks",)),
    ]


@pytest.mark.parametrize(
    ("title", "is_own"),
    [("Kesepakatan kawasan perbatasan", True), ("Boundary accord", True), ("Pariwisata", False)],
)
def test_a_large_accord_about_the_border_is_their_own(
    tmp_path: Path, title: str, is_own: bool
) -> None:
    store = store_of(tmp_path, bordering_world(title))
    index = index_of(store)
    own = about_border(store.by_ids(["large"]).values())
    found = borders_without(index, "35", DAY, about_border=own)
    assert (("35.15", "35.25") not in {(x.border.a, x.border.b) for x in found}) is is_own


def test_only_a_province_is_looked_over(drawn: Index) -> None:
    with pytest.raises(BadInput):
        not_used_below(drawn, "35.25", DAY)
    with pytest.raises(NotFound):
        borders_without(drawn, "99", DAY)


@pytest.fixture(scope="module")
def shipped() -> str:
    return shipped_address()


@pytest.fixture(scope="module")
def index(shipped: str) -> Iterator[Index]:
    store = open_store(shipped)
    yield index_of(store)
    store.close()


@pytest.fixture(scope="module")
def client(shipped: str) -> FlaskClient:
    return create_app(Settings(store=shipped, today=DAY.isoformat())).test_client()


def test_of_69_borders_on_land_11_have_nothing_and_48_no_small_accord(index: Index) -> None:
    lines = {(b.a, b.b) for all_of in index.borders.values() for b in all_of if b.kind == "land"}
    found = [line for line in borders_without(index, "35", DAY) if line.border.kind == "land"]
    grades = Counter(line.grade for line in found)
    assert len(lines) == 69
    assert grades[BorderGrade.NONE] == 11
    assert grades[BorderGrade.NONE] + grades[BorderGrade.LARGE] == 48


def test_the_evidence_of_the_shipped_rows_bears_out_every_line(index: Index) -> None:
    in_force = index.in_force(DAY)
    below = [n for n, party in enumerate(index.parties) if party.part_of == "35"]
    for unused in not_used_below(index, "35", DAY):
        partner = index.number[unused.partner]
        assert unused.agreements
        assert not any(in_force[index.between(n, partner)].any() for n in below)
    for line in to_be_revived(index, DAY, "35"):
        a, b = index.number[line.region], index.number[line.party]
        assert not in_force[index.between(a, b)].any()
        assert set(line.agreements) <= {index.agreement_ids[n] for n in index.between(a, b)}


def words(html: str) -> str:
    body = html[html.index("<main") : html.index("</main>")]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


@pytest.mark.parametrize(
    ("prefix", "said"),
    [
        ("", "Provinsi Jawa Timur punya 4 mitra di luar negeri yang belum dipakai kabupaten atau "
         "kota di bawahnya, 40 pasangan dengan perjanjian yang sudah berakhir"),
        ("/en", "East Java Province has 4 partners abroad that no regency or city below it works "
         "with, 40 pairs whose agreements have run out"),
    ],
)  # fmt: skip
def test_the_page_opens_with_three_numbers(client: FlaskClient, prefix: str, said: str) -> None:
    shown = words(client.get(f"{prefix}/peluang").get_data(as_text=True))
    assert said in re.sub(r" ,", ",", shown)


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize(("section", "total"), [("unused", 4), ("lapsed", 40), ("borders", 67)])
def test_a_section_is_cut_and_can_be_seen_whole(
    client: FlaskClient, prefix: str, section: str, total: int
) -> None:
    of = f"of {total}" if prefix else f"dari {total}"
    few = client.get(f"{prefix}/peluang").get_data(as_text=True)
    assert few.count('<article class="card">') == 9
    assert f"3 {of}" in few
    whole = client.get(f"{prefix}/peluang?lihat={section}").get_data(as_text=True)
    assert whole.count('<article class="card">') == 6 + total
    assert f"{total} {of}" in whole
    assert "%(" not in whole
    assert "None" not in words(whole)


SENTENCES = {
    "/peluang?lihat=borders": (
        "Kabupaten Tulungagung dan Kabupaten Blitar berbatasan sepanjang sekitar 58 km; belum "
        "tercatat satu pun perjanjian di antara keduanya.",
        "sama-sama anggota",
        "belum ada perjanjian di antara keduanya sendiri yang berlaku.",
        "dipisahkan selat",
    ),
    "/en/peluang?lihat=lapsed": (
        "ran out on 31 December 2022, 3 years ago.",
        "when is not recorded.",
        "has made 2 new agreements in this province.",
        "has recorded a need for rice.",
        "Both now work on SDG 4 and 11, each with others.",
        "Nothing new is recorded since.",
    ),
    "/en/peluang": ("Lamongan Regency works most on the same SDGs (4), with 9 agreements.",),
}


@pytest.mark.parametrize("address", SENTENCES)
def test_each_kind_of_sentence_can_be_read_out(client: FlaskClient, address: str) -> None:
    shown = words(client.get(address).get_data(as_text=True))
    assert [part for part in SENTENCES[address] if part not in shown] == []


def test_every_line_leads_to_its_evidence_the_connection_and_opportunities(
    client: FlaskClient,
) -> None:
    html = client.get("/peluang").get_data(as_text=True)
    (first, *_) = re.findall(r'<article class="card">.*?</article>', html, re.DOTALL)
    links = [unescape(link) for link in re.findall(r'href="([^"#]+)"', first)]
    kinds = {link.split("/")[1].split("?")[0] for link in links}
    assert kinds == {"mitra", "perjanjian", "hubungan", "peluang"}
    assert [client.get(link).status_code for link in links] == [200] * len(links)


@pytest.mark.parametrize("address", ["?lihat=x", "?provinsi=99", "?provinsi=35.25"])
def test_an_unknown_section_or_province_is_told(client: FlaskClient, address: str) -> None:
    assert client.get(f"/peluang{address}").status_code in {400, 404}


def test_before_the_first_load_the_page_says_so(tmp_path: Path) -> None:
    bare = create_app(Settings(store=f"sqlite:{tmp_path / 'bare.db'}")).test_client()
    assert "belum ada daerah" in bare.get("/peluang").get_data(as_text=True)


def test_while_the_store_is_away_the_lines_stand_without_their_titles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(FickleStore(tmp_path / "world.db")) as store:
        lapsed = [one for one in overlooked_world().agreements if one.id == "gone"]
        world = bordering_world()
        store.write(replace(world, agreements=(*world.agreements, *lapsed)))
        monkeypatch.setattr(service, "open_store", lambda address, access: store)
        client = create_app(Settings(today=DAY.isoformat())).test_client()
        there = words(client.get("/en/peluang").get_data(as_text=True))
        store.away = True
        away = words(client.get("/en/peluang").get_data(as_text=True))
    assert "are both in Large" in there
    assert "are both in 1 accord of many parties" in away
    assert "have recorded only 1 document;" in away
    assert "The agreement of Surabaya City with ITS has run out; when is not recorded." in away


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/en/peluang?provinsi=33", "Central Java Province has 2 partners abroad that no regency "
         "or city below it works with. No agreement is recorded that ran out and was not replaced. "
         "On 8 borders there is no agreement of the neighbours' own in force, on 5 of them nothing "
         "is recorded at all."),
        ("/peluang?provinsi=11", "Provinsi Aceh tidak punya mitra luar negeri yang belum dipakai "
         "daerahnya. Belum tercatat perjanjian yang berakhir tanpa pengganti. Batas antardaerahnya "
         "belum dimuat."),
    ],
)  # fmt: skip
def test_a_province_that_overlooks_nothing_is_told_in_words(
    client: FlaskClient, address: str, said: str
) -> None:
    html = client.get(address).get_data(as_text=True)
    found = re.search(r'class="lead">(.*?)</p>', html, re.DOTALL)
    assert found
    assert unescape(re.sub(r"<[^>]+>", "", found[1])) == said
