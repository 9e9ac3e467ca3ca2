"""Every page in both languages: no word of the other one, but in what says that it is of it."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser
from typing import Final

import pytest
from flask.testing import FlaskClient

from explorer import create_app
from explorer.pages.patterns import LONG
from explorer.settings import Settings
from graph_loader import MAX_PAGE_SIZE, AgreementFilter
from tests.browser.every_page import PAGES, address
from tests.explorer.pictures import DAY, shipped, shipped_address

# Words of sentences and labels. Names, titles and topics are as their sources write them.
WRONG: Final = {
    "id": """about above according active agreement agreements all also already among and any are
        because been before below between both but can cannot choose chosen click close column
        connect connection could days download each either empty ending ends every field file filter
        find first found from goal goals has have held here how in-force its known lapsed last left
        less list loaded meets missing more most need needs network next no nobody none not nothing
        number offers only opportunities or other our page partner partners path paths press
        provinces reason regencies region regions row rows search see share show shown shows signed
        since some source sources status-of still table than that their them then there these they
        this those three through ties today together too topic two undated unknown until unused use
        used version was were what when where which while who whom whose why will with without year
        years yet you your""",
    "en": """ada adalah agar akan alasan anda antara apa atau bagaimana bagi baris belum berakhir
        berapa berkas berlaku bila bisa buka bukan buku cari dalam dan dapat dari dengan
        di diketahui dipakai ditandatangani dua halaman hanya harus hubungan ini itu
        jalur jaringan jika juga kebutuhan kepada kesenjangan ketika kolom kosong lagi
        lain lainnya lalu lebih lewat lihat mana masih masing-masing mitra mohon namun
        oleh pada padahal paling peluang penawaran perjanjian perlu pihak pilih saja
        saling sama sampai saringan satu sebab sebelum sedang sejak sekarang selesai
        semua sesudah setiap sudah sumber supaya tahun tanpa telah tempat tentang
        terbuka tercatat terhadap tersebut tertulis tetapi tiap tidak tiga unduh untuk
        wilayah yang""",
}
VOID: Final = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "use"}
SAID: Final = ("aria-label", "title", "placeholder", "data-label", "alt")


class Said(HTMLParser):
    """What a page says in its own language: texts and labels outside any element of another."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.open: list[tuple[str, bool]] = [("", True)]
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        own = self.open[-1][1] and tag not in {"script", "style"}
        if "lang" in named:
            own = named["lang"] == self.language
        if own:
            self.words += [text for name in SAID if (text := named.get(name))]
        if tag not in VOID:
            self.open.append((tag, own))

    def handle_endtag(self, tag: str) -> None:
        while len(self.open) > 1:
            if self.open.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        if self.open[-1][1]:
            self.words.append(data)


@cache
def as_written() -> list[str]:
    """What sources write themselves: names, titles, topics; the longest first."""
    shown = shipped()
    found = {LONG.lower()}
    for party in shown.index.parties:
        found |= {party.name("id").lower(), party.name("en").lower()}
    for offset in range(0, len(shown.index.agreement_ids), MAX_PAGE_SIZE):
        where = AgreementFilter(DAY)
        for one in shown.store.agreements(where, limit=MAX_PAGE_SIZE, offset=offset).items:
            found |= {one.title.lower(), one.topic_text.lower()}
    found |= {source.name.lower() for source in shown.store.sources()}
    return sorted(filter(None, found), key=len, reverse=True)


@cache
def written() -> re.Pattern[str]:
    """Any of it."""
    return re.compile("|".join(map(re.escape, as_written())))


def is_cut_name(text: str) -> bool:
    """Whether a picture's label is the beginning of a name: "Badan Kerja Sama…"."""
    start = text.lower().removesuffix("…")
    return start != text.lower() and any(name.startswith(start) for name in as_written())


def strangers(html: str, language: str) -> dict[str, str]:
    """The words of the other language that a page says, each with where it stands first."""
    said = Said(language)
    said.feed(html)
    wrong = set(WRONG[language].split())
    found: dict[str, str] = {}
    for text in said.words:
        own = "" if is_cut_name(text) else written().sub(" ", " ".join(text.lower().split()))
        for word in re.findall(r"(?<![\w./-])[a-z-]+(?![\w/-]|\.\w)", own):
            if word in wrong:
                found.setdefault(word, " ".join(text.split())[:120])
    return found


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(Settings(store=shipped_address(), today="2026-11-25")).test_client()


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_speaks_one_language(client: FlaskClient, name: str, language: str) -> None:
    assert strangers(client.get(address(PAGES[name], language)).text, language) == {}


def test_a_stranger_is_found_where_it_is_said() -> None:
    page = '<p>Semua <b lang="en">all of them</b> <a title="download it">tautan</a><br>nothing</p>'
    assert set(strangers(page, "id")) == {"download", "nothing"}
    assert set(strangers(page, "en")) == {"semua"}
