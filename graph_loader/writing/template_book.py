"""How the template for clerks looks: three sheets, drawn with XlsxWriter."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import zip_longest
from typing import Any, Final

from graph_loader.writing.spreadsheet import HEADING, LINE, MAX_ROWS, height, write_cell
from graph_loader.writing.template import FIELDS, Template

WIDTHS: Final = {
    "number": 20, "region": 24, "partner": 34, "country": 16, "title": 36, "instrument": 26,
    "signed": 18, "duration": 14, "ends": 16, "topic": 26, "goals": 10, "status": 18, "page": 26,
    "note": 26,
}  # fmt: skip
"""Characters; because the longest example of each column should be seen whole."""
_NEEDED: Final = ("region", "partner", "title", "instrument")
_ADVISED: Final = ("number", "country", "signed", "page")
_COLUMNS: Final = {"heading": 26, "need": 14, "help": 60, "example": 30, "allowed": 44}
_RULES: Final = ("one-row", "several", "empty", "example", "check")
_BODY: Final = {"text_wrap": True, "valign": "top"}
# Text, because as a date Excel takes the year 2005 for a day of 1905, the target 4.10 for 4.1, and
# turns day and month around where the computer speaks American.
_AS_TYPED: Final = {"num_format": "@"}
_EXAMPLE: Final = {"italic": True, "font_color": "#6B6B6B", "bg_color": "#F2F0EC"}
_MARKED: Final = {**HEADING, "font_color": "#FFE08A"}  # a needed heading; its name says so as well
_TITLE: Final = {"bold": True, "font_size": 16, "font_color": HEADING["bg_color"]}


def draw(book: Any, template: Template) -> None:
    """Draw the sheets of a template into an empty workbook."""
    agreements = book.add_worksheet(template.sheets.agreements)
    _agreements(book, agreements, template)
    _instructions(book, book.add_worksheet(template.sheets.instructions), template)
    _choices(book.add_worksheet(template.sheets.choices), template)
    agreements.activate()


def _agreements(book: Any, sheet: Any, template: Template) -> None:
    as_typed = book.add_format({**_BODY, **_AS_TYPED})
    example = book.add_format({**_BODY, **_AS_TYPED, **_EXAMPLE})
    needed, other = book.add_format(_MARKED), book.add_format(HEADING)
    sheet.set_row(0, 2 * LINE)
    sheet.set_row(1, height([template.example.get(field, "") for field in FIELDS], WIDTHS.values()))
    for column, field in enumerate(FIELDS):
        sheet.set_column(column, column, WIDTHS[field], as_typed)
        heading = template.say(f"template.heading.{field}")
        write_cell(sheet, 0, column, heading, needed if field in _NEEDED else other)
        sheet.data_validation(1, column, MAX_ROWS - 1, column, _validation(field, template))
    for column, field in enumerate(FIELDS):
        sheet.write_string(1, column, template.example.get(field, ""), example)
    sheet.freeze_panes(1, 1)
    _printed(sheet)


def _validation(field: str, template: Template) -> Mapping[str, object]:
    """What Excel shows in a cell of the column; a list warns and does not forbid."""
    say = template.say
    shown = {
        "input_title": say(f"template.heading.{field}"),
        "input_message": say(f"template.help.{field}"),
    }
    if field not in template.choices:
        return {"validate": "any", **shown}
    letter = "ABCDEFG"[list(template.choices).index(field)]
    area = f"${letter}$1:${letter}${len(template.choices[field])}"
    return {
        "validate": "list",
        "source": f"='{template.sheets.choices}'!{area}",
        "error_type": "warning",
        "error_title": say("template.not-in-list"),
        "error_message": say("template.not-in-list.why"),
        **shown,
    }


def _instructions(book: Any, sheet: Any, template: Template) -> None:
    say = template.say
    body, title = book.add_format(_BODY), book.add_format(_TITLE)
    for column, width in enumerate(_COLUMNS.values()):
        sheet.set_column(column, column, width)
    sheet.set_row(0, 2 * LINE)
    sheet.write_string(0, 0, say("template.title"), title)
    for row, rule in enumerate(_RULES, start=1):
        text = say(f"template.rule.{rule}")
        sheet.set_row(row, height([text], [sum(_COLUMNS.values())]))
        sheet.merge_range(row, 0, row, len(_COLUMNS) - 1, text, body)
    _fields(book, sheet, template, len(_RULES) + 1)
    sheet.hide_gridlines(2)  # on the screen and in print
    _printed(sheet)


def _fields(book: Any, sheet: Any, template: Template, first: int) -> None:
    """The table of the columns, from row `first` on."""
    body, head = book.add_format({**_BODY, **_AS_TYPED}), book.add_format(HEADING)
    bold = book.add_format({**_BODY, "bold": True})
    for column, name in enumerate(_COLUMNS):
        write_cell(sheet, first, column, template.say(f"template.column.{name}"), head)
    for row, field in enumerate(FIELDS, start=first + 1):
        heading, texts = template.say(f"template.heading.{field}"), _explained(field, template)
        sheet.set_row(row, height([heading, *texts], _COLUMNS.values()))
        write_cell(sheet, row, 0, heading, bold)
        for column, text in enumerate(texts, start=1):
            write_cell(sheet, row, column, text, body)


def _explained(field: str, template: Template) -> tuple[str, str, str, str]:
    """Whether it is needed, what to write, an example, and what is allowed."""
    say = template.say
    need = "yes" if field in _NEEDED else "advised" if field in _ADVISED else "no"
    words = template.choices.get(field, ())
    few = len(words) <= 20  # because a longer list is better looked at in the cell itself
    allowed = "; ".join(words) if few else say("template.allowed.list", n=len(words))
    example = (
        template.example.get(field, "") if field != "number" else say("template.example.number")
    )
    return say(f"template.need.{need}"), say(f"template.help.{field}"), example, allowed


def _choices(sheet: Any, template: Template) -> None:
    """One list in each column, without headings: nobody should take it for a register."""
    for row, words in enumerate(zip_longest(*template.choices.values(), fillvalue="")):
        for column, word in enumerate(words):
            write_cell(sheet, row, column, word, None)
    sheet.hide()


def _printed(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
