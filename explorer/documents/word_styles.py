"""The styles of a note as DOCX, and its A4 page: what an office changes once and has everywhere."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import Final

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import CharacterStyle, ParagraphStyle

FONT: Final = "Arial"  # because every office machine has it, as the rules of official letters ask
LETTERHEAD, FIELD, RULE = "Nota Kop", "Nota Isian", "Nota Garis"
QUIET, SOURCE, PICTURE, CELL = "Nota Catatan", "Nota Sumber", "Nota Gambar", "Nota Sel"
CLOSING, SIGNING, FOOT_FIRST, FOOT = "Nota Penutup", "Nota Tanda Tangan", "Nota Kaki 1", "Nota Kaki"
PAGE: Final = (21.0, 29.7)  # cm, A4
LEFT, RIGHT, TOP, BOTTOM = 2.5, 2.0, 2.0, 2.0  # cm, as letters of an office have them
ROOM: Final = PAGE[0] - LEFT - RIGHT  # cm of text on a line
_COLON, _VALUE, _SIGN = 2.8, 3.2, 9.0  # cm from the left: a colon, a value, whoever signs
_INK, _QUIET, _ACCENT = RGBColor(0x26, 0x21, 0x1B), RGBColor(0x64, 0x5B, 0x4E), RGBColor(15, 92, 92)
_KEPT: Final = frozenset({
    "Normal", "Title", "Title Char", "Heading 1", "Heading 1 Char", "List Bullet", "List Number",
    "Caption", "Footer", "Footer Char", "Header", "Header Char", "Default Paragraph Font",
    "Normal Table", "Table Grid", "No List",
})  # fmt: skip
_LOCALES: Final = {"id": "id-ID", "en": "en-GB"}


@cache
def template(language: str) -> bytes:
    """An empty document with page, language and styles, as a file."""
    paper, made = docx.Document(), BytesIO()
    prepare(paper, language)
    paper.save(made)
    return made.getvalue()


def prepare(paper: Document, language: str) -> None:
    """Set page, language and styles of an empty document."""
    for one in list(paper.styles):
        if one.name not in _KEPT:  # nobody looks for her style among a hundred others
            one.delete()
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(PAGE[0]), Cm(PAGE[1])
    section.left_margin, section.right_margin = Cm(LEFT), Cm(RIGHT)
    section.top_margin, section.bottom_margin = Cm(TOP), Cm(BOTTOM)
    _own(paper, "Normal", 10.5, after=6)
    _own(paper, "Title", 14, bold=True, after=8, align=WD_ALIGN_PARAGRAPH.CENTER)
    _own(paper, "Heading 1", 11.5, bold=True, colour=_ACCENT, before=12, after=4)
    _own(paper, "List Bullet", 10.5, after=3)
    _own(paper, "List Number", 10.5, after=3)
    _own(paper, "Caption", 9, colour=_QUIET, after=8, align=WD_ALIGN_PARAGRAPH.CENTER)
    _own(paper, LETTERHEAD, 9, colour=_QUIET, after=14, align=WD_ALIGN_PARAGRAPH.CENTER)
    _own(paper, RULE, 4, after=8)
    _own(paper, QUIET, 9, colour=_QUIET, after=6)
    _own(paper, PICTURE, 10.5, before=6, after=2, align=WD_ALIGN_PARAGRAPH.CENTER)
    _own(paper, CELL, 8.5, after=0)
    _own(paper, CLOSING, 10.5, before=12, after=10)
    _own(paper, FOOT, 8, colour=_QUIET, after=2)
    _own(paper, FOOT_FIRST, 8, colour=_QUIET, before=18, after=2)
    _own(paper, FIELD, 10.5, after=3)
    _own(paper, SIGNING, 10.5, after=8)
    source = paper.styles.add_style(SOURCE, WD_STYLE_TYPE.CHARACTER)
    if isinstance(source, CharacterStyle):
        source.font.size, source.font.color.rgb = Pt(8), _QUIET
    _tabs(paper, FIELD, 0.0, ROOM)
    _tabs(paper, SIGNING, _SIGN, ROOM)
    style(paper, PICTURE).paragraph_format.keep_with_next = True
    style(paper, CLOSING).paragraph_format.keep_with_next = True
    style(paper, SIGNING).paragraph_format.keep_with_next = True
    _line_below(paper, LETTERHEAD)
    _line_below(paper, RULE)
    _speaks(paper, _LOCALES[language])


def style(paper: Document, name: str) -> ParagraphStyle:
    """A paragraph style by its name; made where there is none."""
    known = {one.name: one for one in paper.styles}
    found = known.get(name) or paper.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if not isinstance(found, ParagraphStyle):
        raise TypeError(f"{name} is no style of paragraphs")
    return found


def _own(
    paper: Document, name: str, size: float, *, bold: bool = False, colour: RGBColor = _INK,
    before: float = 0, after: float = 0, align: WD_ALIGN_PARAGRAPH | None = None,
) -> None:  # fmt: skip
    found = style(paper, name)
    found.font.name, found.font.size, found.font.bold = FONT, Pt(size), bold
    found.font.italic, found.font.color.rgb = False, colour
    properties = found.element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    for kind in ("ascii", "hAnsi", "eastAsia", "cs"):  # a theme's font would go before its name
        fonts.attrib.pop(qn(f"w:{kind}Theme"), None)
    fonts.set(qn("w:cs"), FONT)
    for border in found.element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)
    shape = found.paragraph_format
    shape.space_before, shape.space_after, shape.alignment = Pt(before), Pt(after), align


def _tabs(paper: Document, name: str, left: float, right: float) -> None:
    """A label, a colon, a value that hangs below itself, and dots where it is left open."""
    shape = style(paper, name).paragraph_format
    shape.left_indent, shape.first_line_indent = Cm(left + _VALUE), Cm(-_VALUE)
    shape.tab_stops.add_tab_stop(Cm(left + _COLON))
    shape.tab_stops.add_tab_stop(Cm(left + _VALUE))
    shape.tab_stops.add_tab_stop(Cm(right), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _line_below(paper: Document, name: str) -> None:
    properties = style(paper, name).element.get_or_add_pPr()
    properties.insert_element_before(
        parse_xml(
            f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="8" w:space="4"'
            ' w:color="26211B"/></w:pBdr>'
        ),
        "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr",
    )  # fmt: skip


def _speaks(paper: Document, locale: str) -> None:
    """In which language a word processor is to check the spelling."""
    properties = style(paper, "Normal").element.get_or_add_rPr()
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), locale)
    properties.append(spoken)
