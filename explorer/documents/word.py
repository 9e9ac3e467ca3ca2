"""A note as DOCX, in real styles, so that the office can go on writing in it."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import Final

from docx import Document
from docx.document import Document as Paper
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm
from docx.table import Table
from docx.text.paragraph import Paragraph

from explorer.documents import word_styles as styles
from explorer.documents.note import Drawing, Field, Grid, Heading, Item, Items, Note, Part, Text
from explorer.documents.press import png
from explorer.pictures.marks import cut
from graph_loader import without_controls

TALL: Final = 9.5  # cm; because a taller picture leaves no room for what it proves
_TITLE: Final = 255  # letters; no property of a document holds more
_PX_PER_CM: Final = 96 / 2.54
_PIXELS: Final = 1300  # of a picture's longer side; because across the text that is 200 per inch
_SHADE: Final = "F3EEE5"


def docx(note: Note) -> bytes:
    """A note as DOCX on A4: headings, lists and the table are styles of their own."""
    paper = Document(BytesIO(styles.template(note.language)))
    _properties(paper, note)
    _head(paper, note)
    for part in note.parts:
        _part(paper, part)
    _end(paper, note)
    _page_numbers(paper, note)
    made = BytesIO()
    paper.save(made)
    return made.getvalue()


def _properties(paper: Paper, note: Note) -> None:
    known = paper.core_properties
    known.title = cut(_clean(f"{note.title}: {note.fields[-1].value}"), _TITLE)
    known.author, known.comments, known.language = "Simpul", "", note.language
    known.created = known.modified = dt.datetime.combine(note.day, dt.time())


def _head(paper: Paper, note: Note) -> None:
    paper.add_paragraph(note.letterhead, styles.LETTERHEAD)
    paper.add_paragraph(note.title, "Title")
    for field in note.fields:
        _field(paper, field, styles.FIELD)
    paper.add_paragraph("", styles.RULE)


def _field(paper: Paper, field: Field, style: str) -> None:
    """A label, its colon and its value; where there is none, dots up to the margin."""
    value = _clean(field.value) or "\t"
    paper.add_paragraph(f"{field.label}\t:\t{value}", style)


def _part(paper: Paper, part: Part) -> None:
    if isinstance(part, Heading):
        paper.add_paragraph(_clean(part.text), "Heading 1")
    elif isinstance(part, Text):
        paper.add_paragraph(_clean(part.text), styles.QUIET if part.quiet else "Normal")
    elif isinstance(part, Items):
        for item in part.items:
            _item(paper, item, "List Number" if part.numbered else "List Bullet")
    elif isinstance(part, Drawing):
        _drawing(paper, part)
    else:
        _grid(paper, part)


def _item(paper: Paper, item: Item, style: str) -> None:
    line = paper.add_paragraph("", style)
    if item.lead:
        line.add_run(f"{_clean(item.lead)}{' ' if item.text else ''}").bold = True
    line.add_run(_clean(item.text))
    if item.source:
        line.add_run(f" ({_clean(item.source)})", styles.SOURCE)


def _drawing(paper: Paper, drawing: Drawing) -> None:
    width, height = (side / _PX_PER_CM for side in drawing.size)
    fit = min(1.0, styles.ROOM / width, TALL / height)
    line = paper.add_paragraph("", styles.PICTURE)
    shape = line.add_run().add_picture(
        BytesIO(png(drawing.svg, drawing.size, _PIXELS)), Cm(width * fit), Cm(height * fit)
    )
    shape._inline.docPr.set("descr", _clean(drawing.words))
    paper.add_paragraph(_clean(drawing.caption), "Caption")


def _grid(paper: Paper, grid: Grid) -> None:
    """A table whose headings stand again on every page, and whose rows stay whole."""
    table = paper.add_table(rows=1, cols=len(grid.headings), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for _ in grid.rows:
        table.add_row()
    for n, words in enumerate([grid.headings, *grid.rows]):
        row = table.rows[n]
        rules = row._tr.get_or_add_trPr()
        rules.append(OxmlElement("w:cantSplit"))
        if n == 0:
            rules.append(OxmlElement("w:tblHeader"))
        for cell, text in zip(row.cells, words, strict=True):
            first, *more = text.split("\n")
            line = cell.paragraphs[0]
            line.style = styles.CELL
            line.add_run(_clean(first)).bold = True if n == 0 else None
            for below in more:
                cell.add_paragraph("", styles.CELL).add_run(_clean(below), styles.SOURCE)
            if n == 0:
                cell._tc.get_or_add_tcPr().append(
                    parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="{_SHADE}"/>')
                )
    _widths(table, grid)


def _widths(table: Table, grid: Grid) -> None:
    for column, share in zip(table.columns, grid.shares, strict=True):
        wide = Cm(styles.ROOM * share / sum(grid.shares))
        column.width = wide
        for cell in column.cells:
            cell.width = wide


def _end(paper: Paper, note: Note) -> None:
    paper.add_paragraph(note.closing, styles.CLOSING)
    for field in note.signing:
        _field(paper, field, styles.SIGNING)
    for n, words in enumerate(note.foot):
        paper.add_paragraph(words, styles.FOOT if n else styles.FOOT_FIRST)


def _page_numbers(paper: Paper, note: Note) -> None:
    line = paper.sections[0].footer.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for words, code in zip(note.page, ("PAGE", "NUMPAGES"), strict=True):
        line.add_run(f"{words} " if code == "PAGE" else f" {words} ")
        _computed(line, code)


def _computed(line: Paragraph, code: str) -> None:
    """A field that the word processor works out."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = line.add_run("1")
    field.append(run._r)
    line._p.append(field)


def _clean(text: str) -> str:
    """Without what no XML can hold; a line break inside a name is a space."""
    return " ".join(without_controls(text).split())
