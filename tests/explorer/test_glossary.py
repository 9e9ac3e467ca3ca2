"""The glossary, the help beside things, and what a search offers where it finds nothing."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from explorer import create_app
from explorer.i18n import LANGUAGES, say
from explorer.pages.glossary import DOCUMENTS, GROUPS, RULES
from explorer.settings import Settings
from graph_loader import AgreementFilter, legal
from tests.explorer.pictures import DAY, shipped, shipped_address

TERMS = [term for terms in GROUPS.values() for term in terms]
TEMPLATES = Path(__file__).parents[2] / "templates"


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(Settings(store=shipped_address(), today=DAY.isoformat())).test_client()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_term_stands_in_both_languages_with_its_anchor(
    client: FlaskClient, lang: str
) -> None:
    page = client.get("/glosarium" if lang == "id" else "/en/glosarium").text
    ids = re.findall(r'<div id="([\w-]+)">', page)
    assert ids == TERMS
    assert len(set(TERMS)) == len(TERMS)
    plain = unescape(page)
    for term in TERMS:
        for either in LANGUAGES:
            assert say(either, f"term.{term}") in plain
            assert say(either, f"term.{term}.text") in plain
    assert f"{len(TERMS)} " in page
    for rule in RULES.values():
        assert legal.rules()[rule].citation.text("en" if lang == "en" else "id") in plain
    stages = {stage.name_id for stage in legal.stages()}
    assert set(DOCUMENTS.values()) <= stages


def test_help_speaks_only_of_terms_that_the_glossary_has() -> None:
    asked = {
        term
        for path in TEMPLATES.glob("*.html")
        for call in re.findall(r"\bhelp\(\(([^)]*)\)", path.read_text(encoding="utf-8"))
        for term in re.findall(r'"([\w-]+)"', call)
    }
    assert {"open", "ksdpl", "reason", "gap"} <= asked <= set(TERMS)


def test_help_stands_beside_what_it_explains(client: FlaskClient) -> None:
    for page, term in (("/perjanjian", "ksdpl"), ("/perjanjian", "open"), ("/data", "conflict"),
                       ("/peluang/35.15", "reason"), ("/kesenjangan", "gap")):  # fmt: skip
        text = client.get(page).text
        assert f'href="/glosarium#{term}"' in text, page
        assert say("id", f"term.{term}.text") in unescape(text)
    assert 'href="/en/glosarium"' in client.get("/en/tentang").text


def test_the_four_questions_are_answered_from_the_page_about(client: FlaskClient) -> None:
    page = client.get("/en/tentang").text
    links = re.findall(r'class="next"><a href="([^"]+)"', page)
    assert len(links) == 4
    for link in links:
        assert client.get(unescape(link)).status_code == 200


def test_a_search_is_walked_to_its_end(client: FlaskClient) -> None:
    total = shipped().store.agreements(AgreementFilter(DAY, text="kota"), limit=0).total
    url, seen = "/cari?q=kota", 0
    while url:
        page = client.get(url).text
        seen += page.count('<th scope="row">')
        following = re.search(r'rel="next" href="([^"]+)"', page)
        url = unescape(following[1]).replace("hal=2", f"hal={-(-total // 10)}") if following else ""
    assert total > 100
    assert seen == 10 + (total % 10 or 10)
    everyone = client.get("/cari?q=kota&pihak=semua").text
    assert everyone.count('class="party"') > client.get("/cari?q=kota").text.count('class="party"')


def test_a_search_that_finds_nothing_offers_its_words_alone(client: FlaskClient) -> None:
    page = client.get("/cari?q=pelabuhan zzqqx osaka").text
    told = re.findall(r'<a href="/cari\?q=(\w+)">\w+</a> <small>(\d+) perjanjian', page)
    assert {word for word, _ in told} == {"pelabuhan", "osaka"}
    for word, count in told:
        found = shipped().store.agreements(AgreementFilter(DAY, text=word), limit=0)
        assert int(count) == found.total
