"""Every register: twelve clerks, twelve layouts, none of them the shipped one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from tests.registers import texts, wide, workbooks
from tests.registers.pen import Register

MAKERS: Final[Mapping[str, Callable[[Path], Register]]] = {
    maker.__name__: maker
    for maker in (
        workbooks.titles_and_two_row_header,
        texts.semicolons_cp1252,
        texts.row_per_party,
        workbooks.merged_downwards,
        workbooks.parties_in_one_cell,
        texts.english_utf16_tabs,
        workbooks.sheet_per_year,
        wide.sections_per_category,
        workbooks.sister_cities,
        wide.eleven_columns,
        texts.quoted_newlines,
        texts.short_headings,
    )
}
