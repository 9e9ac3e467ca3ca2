"""Notes as DOCX and PDF, pictures as PNG: read back, in both languages, with every kind of name."""

from __future__ import annotations

import hashlib
import json
import re
import struct
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as Paper
from docx.oxml.ns import qn
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from explorer.documents import press
from explorer.documents.note import Drawing, Grid, Heading, Item, Items, Note, Text
from explorer.documents.opportunity_note import opportunity_note, shortlist_note
from explorer.documents.path_note import path_note
from explorer.documents.press import FONTS, LARGEST, LONG, pdf, png
from explorer.documents.region_note import region_note
from explorer.documents.word import docx
from explorer.documents.word_styles import prepare
from explorer.i18n import say
from explorer.opportunities import Case, opportunities
from explorer.paths import Asked
from explorer.sentences import Speaker
from graph_loader import Language
from tests.explorer.pictures import partner, shipped, view_of
from tests.worlds import EAST_JAVA, EVERYONE, GRESIK, agreement, batch

LANGUAGES: tuple[Language, ...] = ("id", "en")
MEGABYTE = 1_000_000  # no tracked file is larger
NAMES = {
    "Japanese": "大阪", "rare Japanese": "釧路", "Korean": "서울", "Chinese": "北京",
    "Taiwanese": "臺北", "Arabic": "العربية", "Vietnamese": "Đà Nẵng", "Cyrillic": "Москва",
    "Greek": "Αθήνα", "Thai": "กรุงเทพ", "Khmer": "ភ្នំពេញ", "Burmese": "ရန်ကုန်", "Hindi": "दिल्ली",
    "mixed": "Jeddah جدة",
}  # fmt: skip
# Markup of typst, of XML and of a field of Word, in a very long name.
HOSTILE = '#panic("x") *b* $x$ <w:t>&amp; @ref `c` {PAGE} = \u202e ' + "Panjang " * 40


def speaker(lang: Language) -> Speaker:
    """Somebody who words the shipped rows."""
    return Speaker(shipped(), lang)


@cache
def best(region: str) -> tuple[Case, ...]:
    """The first of each list of a region's opportunities."""
    ranked = opportunities(shipped().index, region, shipped().day)
    return tuple(ranked.cases(ranked.best()))


@cache
def notes(lang: Language) -> dict[str, Note]:
    """One note of each kind, and those of regions with few and with most agreements."""
    spoken = speaker(lang)
    return {
        "region": region_note(spoken, "35.15"),
        "province": region_note(spoken, "35"),
        "cold region": region_note(spoken, "11.01"),
        **{f"opportunity {n}": opportunity_note(spoken, case)
           for region in ("35.15", "35.25", "35.78") for n, case in enumerate(best(region))},
        "shortlist": shortlist_note(spoken, "35.15", best("35.15")),
        "path": path_note(spoken, Asked("35.25", "osaka-prefecture-jp")),
        "direct": path_note(spoken, Asked("35.78", "busan-kr")),
        "no path": path_note(spoken, Asked("11.01", "osaka-prefecture-jp")),
    }  # fmt: skip


def read(note: Note) -> Paper:
    """The note as somebody gets it who opens the file."""
    return Document(BytesIO(docx(note)))


def styled(paper: Paper, style: str) -> list[str]:
    """The paragraphs of a style."""
    return [one.text for one in paper.paragraphs if one.style and one.style.name == style]


def pages(made: bytes) -> int:
    """How many pages a PDF has."""
    return len(re.findall(rb"/Type\s*/Page\b", made))


def words_of(note: Note) -> list[str]:
    """All that a note says, in order, without its head."""
    said: list[str] = []
    for part in note.parts:
        if isinstance(part, Heading | Text):
            said.append(part.text)
        elif isinstance(part, Items):
            said += [one.text or one.lead for one in part.items]
        elif isinstance(part, Grid):
            said += [cell for row in part.rows for cell in row]
    return said


@pytest.mark.parametrize(
    ("kind", "lang"),
    [("region", "id"), ("opportunity 0", "en"), ("shortlist", "id"), ("path", "en"),
     ("no path", "id")],
)  # fmt: skip
def test_a_word_processor_finds_real_styles_and_all_that_is_said(kind: str, lang: Language) -> None:
    note = notes(lang)[kind]
    paper = read(note)
    said = [part.text for part in note.parts if isinstance(part, Heading)]
    assert styled(paper, "Heading 1") == said
    assert styled(paper, "Title") == [say(lang, "note.title")]
    assert [one.split("\t")[0] for one in styled(paper, "Nota Isian")] == [
        field.label for field in note.fields
    ]
    text = "\n".join(one.text for one in paper.paragraphs)
    tables = [part for part in note.parts if isinstance(part, Grid)]
    assert len(paper.tables) == len(tables)
    for made, asked in zip(paper.tables, tables, strict=True):
        assert [[cell.text for cell in row.cells] for row in made.rows] == [
            list(asked.headings), *map(list, asked.rows),
        ]  # fmt: skip
        assert made.rows[0]._tr.findall(f".//{qn('w:tblHeader')}")
        assert all(row._tr.findall(f".//{qn('w:cantSplit')}") for row in made.rows)
    for words in words_of(note):
        assert words in text or any(words in row for one in tables for row in one.rows), words
    drawn = [part for part in note.parts if isinstance(part, Drawing)]
    assert len(paper.inline_shapes) == len(drawn)
    assert [shape._inline.docPr.get("descr") for shape in paper.inline_shapes] == [
        one.words for one in drawn
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_is_a4_numbered_and_says_what_it_rests_on(lang: Language) -> None:
    made = docx(notes(lang)["path"])
    paper = Document(BytesIO(made))
    section = paper.sections[0]
    width, height = section.page_width, section.page_height
    assert width is not None
    assert height is not None
    assert (round(width.cm, 1), round(height.cm, 1)) == (21.0, 29.7)
    footer = ZipFile(BytesIO(made)).read("word/footer1.xml").decode()
    assert 'w:instr="PAGE"' in footer
    assert 'w:instr="NUMPAGES"' in footer
    foot = styled(paper, "Nota Kaki 1")[0]
    assert {"id": "25 November 2026", "en": "25 November 2026"}[lang] in foot
    assert "GeoNames" in styled(paper, "Nota Kaki")[0]
    blank = [one for one in styled(paper, "Nota Isian") if one.endswith("\t:\t\t")]
    assert len(blank) == len(notes(lang)["path"].fields) - 1, "the office fills in all but one"


def test_the_tab_of_an_empty_field_is_dotted() -> None:
    paper = Document()
    prepare(paper, "id")
    stops = list(paper.styles["Nota Isian"].paragraph_format.tab_stops)
    assert [str(stop.leader) for stop in stops][-1].startswith("DOTS")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_proof_has_its_row_and_every_row_is_spoken_of(lang: Language) -> None:
    for kind in ("opportunity 0", "opportunity 1", "shortlist", "path"):
        note = notes(lang)[kind]
        (table,) = (part for part in note.parts if isinstance(part, Grid))
        cited = {
            int(number)
            for words in words_of(note)
            for found in re.findall(r"\[(?:bukti|evidence) ([\d, ]+)\]", words)
            for number in found.split(",")
        }
        assert cited == set(range(1, len(table.rows) + 1)), kind
        assert all("\n" in row[1] for row in table.rows), "each names its source"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_not_known_is_told_last_and_by_row(lang: Language) -> None:
    note = notes(lang)["region"]
    at = max(n for n, part in enumerate(note.parts) if isinstance(part, Heading))
    heading, listed = note.parts[at], note.parts[at + 1]
    assert heading == Heading(say(lang, "note.part.unknown"))
    assert isinstance(listed, Items)
    (table,) = (part for part in note.parts if isinstance(part, Grid))
    undated = [row[0] for row in table.rows if row[3] == say(lang, "date.none")]
    assert undated
    told = say(lang, "note.unknown.signed", n=len(undated), rows=", ".join(undated))
    assert told in [one.text for one in listed.items]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_note_is_short_and_the_same_each_time(lang: Language) -> None:
    for kind, note in notes(lang).items():
        made = pdf(note)
        assert made.startswith(b"%PDF")
        most = 2 if kind.startswith("opportunity") else 3
        assert 1 <= pages(made) <= most, (kind, lang)
    assert pdf(notes(lang)["path"]) == pdf(notes(lang)["path"])


def test_a_name_is_never_read_as_markup(tmp_path: Path) -> None:
    named = partner("osaka-jp", "jp", HOSTILE)
    parties = [named if one.id == named.id else one for one in EVERYONE]
    stated = [agreement("one", GRESIK, EAST_JAVA), agreement("two", EAST_JAVA, named)]
    shown = view_of(tmp_path, batch(stated, parties=parties))
    note = path_note(Speaker(shown, "id"), Asked("35.25", "osaka-jp"))
    text = "\n".join(one.text for one in read(note).paragraphs)
    assert " ".join(HOSTILE.split()) in text
    assert pages(pdf(note)) >= 1
    worse = "\x00\x07\ufffe" + HOSTILE
    note = replace(note, parts=[Heading(worse), Items([Item(worse, worse, worse)])])
    assert styled(read(note), "Heading 1") == [" ".join(HOSTILE.split())]
    pdf(note)
    (body,) = json.loads(press._compiler("note.typ").query("heading", field="body"))
    assert body == {"func": "text", "text": worse}


def svg(words: str, width: float = 200) -> str:
    """A label of a picture, 30 px high."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="30"'
        f' viewBox="0 0 {width} 30" font-family="Plus Jakarta Sans">'
        f'<text x="5" y="20" font-size="14">{words}</text></svg>'
    )


@cache
def signs() -> frozenset[int]:
    """Every sign that a font of documents holds."""
    found: set[int] = set()
    for path in FONTS.glob("*.ttf"):
        with TTFont(path) as font:
            found |= font.getBestCmap().keys()
    return frozenset(found)


@pytest.mark.parametrize("script", NAMES)
def test_a_name_of_every_script_is_drawn(script: str) -> None:
    """Unlike what is drawn where no font has the sign; letters that join are one sign or more."""
    name = NAMES[script]
    assert {ord(one) for one in name} <= signs()
    unknown = "".join(one if one == " " else "\U000f0000" for one in name)
    assert png(svg(name), (200, 30)) != png(svg(unknown), (200, 30))
    for one in name if script in {"Japanese", "Korean", "Chinese", "Taiwanese", "Cyrillic"} else ():
        assert png(svg(one), (200, 30)) != png(svg("\U000f0000"), (200, 30)), one


def test_every_sign_of_the_shipped_names_has_a_glyph() -> None:
    index = shipped().index
    said = "".join(party.name(lang) for party in index.parties for lang in LANGUAGES)
    said += "".join(place.name for place in index.background.places)
    assert {one for one in said if ord(one) not in signs()} == set()


def test_the_fonts_are_those_of_the_manifest_small_and_free() -> None:
    stated = json.loads((FONTS / "manifest.json").read_text())
    digests = {name: digest for package in stated for name, digest in package["sha256"].items()}
    held = {path.name: path for path in FONTS.iterdir() if path.suffix in {".ttf", ".LICENSE"}}
    assert digests == {
        name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in held.items()
    }
    assert max(path.stat().st_size for path in held.values()) < MEGABYTE
    assert sum(path.stat().st_size for path in held.values()) < 8 * MEGABYTE
    for package in stated:
        assert package["licence"] == "OFL-1.1"
        assert re.fullmatch(r"\d+\.\d+\.\d+", package["version"])
        assert any(name.endswith(".LICENSE") for name in package["sha256"])


@pytest.mark.parametrize(("width", "across"), [(200, 200 * LARGEST), (4000, LONG)])
def test_a_png_is_large_enough_for_print_and_never_larger(width: float, across: float) -> None:
    made = png(svg("Gresik", width), (width, 30))
    assert made == png(svg("Gresik", width), (width, 30))
    assert made.startswith(b"\x89PNG")
    assert struct.unpack(">II", made[16:24]) == pytest.approx((across, across * 30 / width), abs=1)
