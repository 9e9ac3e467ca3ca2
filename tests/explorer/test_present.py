"""What a page shows of parties, agreements and amounts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from markupsafe import Markup

from explorer import create_app
from explorer.i18n import LANGUAGES
from explorer.present import (
    agreement_row,
    amount,
    joined,
    linked,
    linked_name,
    party_link,
    party_url,
    status_words,
    view,
)
from explorer.settings import Settings
from graph_loader import Agreement, Direction, Flow, Instrument, PartialDate, Signatory
from tests.worlds import store_of, umbrella_world

DAY = date(2026, 11, 25)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    """The umbrella world, served on a fixed day, inside a request."""
    store_of(tmp_path, umbrella_world()).close()
    app = create_app(Settings(store=f"sqlite:{tmp_path / 'world.db'}", today=DAY.isoformat()))
    with app.test_request_context("/"):
        yield app


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(
    ("id", "url"),
    [
        ("35", "/daerah/35"),
        ("35.25", "/daerah/35.25"),
        ("osaka-jp", "/mitra/osaka-jp"),
        ("its", "/pihak-ketiga/its"),
        ("jp", "/negara/jp"),
    ],
)
def test_a_partys_address_follows_its_level(id: str, url: str) -> None:
    assert party_url(id) == url


@pytest.mark.usefixtures("app")
def test_an_agreement_without_title_is_named_by_instrument_and_parties() -> None:
    found = view().store.agreement("sister").agreement
    untitled = agreement_row(view(), replace(found, title=""), "id")
    assert untitled.title == "Nota kesepahaman (MoU): Provinsi Jawa Timur – Prefektur Osaka"


@pytest.mark.usefixtures("app")
def test_a_title_names_three_parties_and_counts_the_rest() -> None:
    parties = tuple(Signatory(id) for id in ("35.25", "35.15", "35.78", "osaka-jp", "kobe-jp"))
    row = agreement_row(view(), Agreement("many", Instrument.FORUM, parties), "en")
    assert row.title == "Forum: Gresik Regency – Sidoarjo Regency – Surabaya City and 2 others"


@pytest.mark.parametrize(
    ("signed", "ends", "stated", "said", "words"),
    [
        ("2020", "2027", "", None, "berlaku sampai 2027"),
        ("2020", "2025-06", "", None, "habis masa pada Juni 2025"),
        ("2015", None, "", "2019", "terbuka, terakhir dinyatakan 2019"),
        (None, None, "", None, "terbuka: tanggal akhirnya belum tercatat"),
        ("2015", None, "lapsed", "2019", "sudah habis masa"),
        ("2015", None, "ended", "2019", "sudah diakhiri"),
        ("2026", None, "", None, "statusnya belum dapat dipastikan"),
        ("2015", None, "exploration", None, "penjajakan, belum menjadi perjanjian yang mengikat"),
    ],
)
def test_a_status_says_what_it_rests_on(
    signed: str | None, ends: str | None, stated: str, said: str | None, words: str
) -> None:
    found = Agreement(
        "a",
        Instrument.MOU,
        (),
        signed=PartialDate.parse(signed) if signed else None,
        ends=PartialDate.parse(ends) if ends else None,
        stated_status=stated,
        last_stated=PartialDate.parse(said) if said else None,
    )
    assert status_words(found, DAY, "id") == words


def test_an_amount_says_year_and_unit_as_far_as_they_are_known() -> None:
    rice = Flow("f", "35.24", Direction.OFFER, "rice", quantity=54738.3, unit="ton", year="2024")
    assert amount(rice, "id") == "54.738,3 ton (2024)"
    assert amount(replace(rice, unit="ton/month"), "en") == "54,738.3 tonnes a month (2024)"
    assert amount(replace(rice, quantity=None, year=""), "id") == (
        "jumlah belum tercatat (belum tercatat)"
    )


def test_links_in_a_sentence_escape_everything() -> None:
    hostile = "<img src=x onerror=alert(1)>"
    made = linked("id", "find.opening.none", {}, query=hostile)
    assert "<img" not in made
    assert "&lt;img" in made
    links = {"parties": (hostile, '/x"y'), "agreements": (hostile, "")}
    made = linked("id", "find.opening", links, query="%(n)s")
    assert "<img" not in made
    assert '"/x&#34;y"' in made
    assert "%(n)s" in made


@pytest.mark.usefixtures("app")
def test_names_in_a_list_stay_links() -> None:
    names = [linked_name(party_link(view(), id, "id")) for id in ("35", "osaka-jp")]
    assert Markup(joined("id", names)).striptags() == "Provinsi Jawa Timur dan Prefektur Osaka"
    assert joined("en", ["A", "B", "C"]) == "A, B and C"


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_party_is_told_with_its_kind_and_place(lang: str) -> None:
    words = {"id": "Kabupaten, Provinsi Jawa Timur", "en": "Regency, East Java Province"}
    assert party_link(view(), "35.25", "en" if lang == "en" else "id").sub == words[lang]
