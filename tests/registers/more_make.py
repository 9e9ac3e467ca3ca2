"""Eight more clerks: their registers by name, apart from the first twelve."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from tests.registers import more_texts, more_workbooks
from tests.registers.pen import Register

MORE: Final[Mapping[str, Callable[[Path], Register]]] = {
    maker.__name__: maker
    for maker in (
        more_workbooks.letterhead_in_capitals,
        more_workbooks.pages_that_carry_over,
        more_workbooks.three_rows_of_headings,
        more_workbooks.counting_begins_again,
        more_workbooks.hard_blanks_and_dashes,
        more_texts.excels_separator_line,
        more_texts.returns_only,
        more_texts.sister_list_in_english,
    )
}
