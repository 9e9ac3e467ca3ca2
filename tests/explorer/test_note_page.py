"""What the addresses of notes and meetings answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from io import BytesIO

import pytest
from docx import Document
from flask.testing import FlaskClient

from explorer import create_app
from explorer.present import note_files
from explorer.settings import Settings
from tests.explorer.pictures import DAY, shipped_address

ABOUT = {
    "daerah=35.15": "kabupaten-sidoarjo",
    "daerah=35.15&mitra=perth-au": "kabupaten-sidoarjo-perth",
    "daerah=35.15&pilih=perth-au,busan-kr": "kabupaten-sidoarjo-pilihan",
    "dari=35.25&ke=osaka-prefecture-jp": "kabupaten-gresik-prefektur-osaka",
}
WRONG = [
    ("", 400, "belum menyebut tentang apa"),
    ("daerah=99.99", 404, ""),
    ("daerah=osaka-prefecture-jp", 400, ""),
    ("daerah=35.15&mitra=nowhere", 404, ""),
    ("daerah=35.15&pilih=a,b,c,d,e,f", 400, "paling banyak 5"),
    ("daerah=35.78&pilih=busan-kr", 400, "sudah bermitra dengan Kota Surabaya"),
    ("dari=35.25", 404, ""),
    ("dari=35.25&ke=35.25", 400, ""),
]


@pytest.fixture(scope="module")
def client() -> Iterator[FlaskClient]:
    app = create_app(Settings(store=shipped_address(), today=DAY.isoformat()))
    with app.test_client() as made:
        yield made


def text(client: FlaskClient, url: str) -> str:
    """The words of a page, one space between them."""
    page = client.get(url).get_data(as_text=True)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


@pytest.mark.parametrize("query", ABOUT)
def test_a_note_is_had_as_a_file_that_says_what_it_is_about(
    client: FlaskClient, query: str
) -> None:
    answer = client.get(f"/unduh/nota.pdf?{query}")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.data.startswith(b"%PDF")
    named = f"nota-dinas-{ABOUT[query]}-{DAY}-v"
    assert f"filename={named}" in answer.headers["Content-Disposition"]


def test_a_note_speaks_the_language_of_its_address(client: FlaskClient) -> None:
    query = "daerah=35.15&mitra=perth-au"
    for prefix, title in (("", "NOTA DINAS"), ("/en", "BRIEFING NOTE")):
        answer = client.get(f"{prefix}/unduh/nota.docx?{query}")
        assert str(answer.mimetype).endswith("wordprocessingml.document")
        said = [one.text for one in Document(BytesIO(answer.data)).paragraphs]
        assert title in said
        assert any("Perth" in words for words in said)


def test_a_candidate_that_is_a_partner_already_gets_the_note_of_a_path(client: FlaskClient) -> None:
    answer = client.get("/unduh/nota.docx?daerah=35.78&mitra=busan-kr")
    said = " ".join(one.text for one in Document(BytesIO(answer.data)).paragraphs)
    assert "sudah bermitra langsung" in said


def test_a_shortlist_says_whom_it_leaves_out(client: FlaskClient) -> None:
    answer = client.get("/en/unduh/nota.docx?daerah=35.78&pilih=busan-kr,perth-au,35.07,35.15")
    said = " ".join(one.text for one in Document(BytesIO(answer.data)).paragraphs)
    assert re.search(r"Left out, being partners already[^.]*Busan", said)


@pytest.mark.parametrize(("query", "status", "words"), WRONG)
def test_what_no_note_can_be_made_of_is_said(
    client: FlaskClient, query: str, status: int, words: str
) -> None:
    answer = client.get(f"/unduh/nota.pdf?{query}")
    assert answer.status_code == status
    assert words in answer.text


def test_the_links_of_a_note_leave_out_what_is_empty(client: FlaskClient) -> None:
    with client.application.test_request_context("/"):
        files = note_files(daerah="35.15", mitra="")
    assert files == {
        "docx": "/unduh/nota.docx?daerah=35.15",
        "pdf": "/unduh/nota.pdf?daerah=35.15",
    }


def test_a_picture_is_had_as_png(client: FlaskClient) -> None:
    answer = client.get("/unduh/gambar/jaringan.png?negara=au")
    assert (answer.status_code, answer.mimetype) == (200, "image/png")
    assert answer.data.startswith(b"\x89PNG")
    assert "simpul-jaringan-2026-11-25" in answer.headers["Content-Disposition"]
    assert client.get("/unduh/gambar/jaringan.gif").status_code == 404


@pytest.mark.parametrize(
    ("prefix", "words"),
    [("", ("3 peluang untuk diputuskan", "Bukti:", "Langkah pertama", "8 perjanjian")),
     ("/en", ("3 opportunities to decide on", "Proof:", "First step", "8 agreements"))],
)  # fmt: skip
def test_a_meeting_sees_three_sentences_and_three_opportunities(
    client: FlaskClient, prefix: str, words: tuple[str, ...]
) -> None:
    page = client.get(f"{prefix}/rapat/35.15").text
    said = text(client, f"{prefix}/rapat/35.15")
    for one in words:
        assert one in said, one
    assert len(re.findall(r'<p class="lead">[^<]+\.</p>', page)) == 3
    cards = re.findall(r'<li class="card">(.*?)</li>\s', page, re.DOTALL)
    assert len(cards) == 3
    for card in cards:
        assert 'class="meeting-proof"' in card
        assert re.search(r'<p class="meeting-step">.*PP 28/2018', card, re.DOTALL)
        links = [unescape(link) for link in re.findall(r'href="([^"]*nota\.pdf[^"]*)"', card)]
        assert len(links) == 1
        assert "daerah=35.15&mitra=" in links[0]
    assert re.search(rf'href="{prefix}/unduh/nota\.docx\?daerah=35\.15"', page)
    assert '<svg class="picture"' in page


def test_a_meeting_about_a_region_without_agreements_says_so(client: FlaskClient) -> None:
    said = text(client, "/rapat/11.01")
    assert "belum tercatat punya perjanjian yang berlaku" in said
    assert '<svg class="picture"' not in client.get("/rapat/11.01").text


def test_a_meeting_is_about_a_region(client: FlaskClient) -> None:
    assert client.get("/rapat/osaka-prefecture-jp").status_code == 400
    assert client.get("/rapat/99.99").status_code == 404
    page = client.get("/rapat").text
    assert len(re.findall(r'href="/rapat/35[^"]*"', page)) == 39, "the province and its 38"
