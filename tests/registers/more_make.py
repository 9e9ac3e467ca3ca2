"""Eight more clerks and their registers, and the traps, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from tests.registers import more_texts, more_traps, more_traps_cells, more_workbooks
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
TRAPS: Final[Mapping[str, Callable[[Path], Register]]] = {
    maker.__name__: maker
    for maker in (
        more_traps.tables_side_by_side,
        more_traps.the_region_in_the_title,
        more_traps.number_and_date_in_one_cell,
        more_traps.signed_and_beginning_later,
        more_traps.titles_that_a_mark_tells_apart,
        more_traps.sheets_that_count_alike,
        more_traps.a_doubtful_party_below,
        more_traps.a_region_left_out_below_itself,
        more_traps.a_column_without_a_heading,
        more_traps.a_year_beside_the_day,
        more_traps.groups_over_the_names,
        more_traps.a_sheet_of_any_name,
        more_traps_cells.days_as_they_are_typed,
        more_traps_cells.terms_that_are_no_whole_years,
        more_traps_cells.names_broken_by_lines,
        more_traps_cells.the_post_beside_the_body,
        more_traps_cells.an_addendum_by_its_full_name,
        more_traps_cells.formulas_that_gave_nothing,
        more_traps_cells.cells_in_error,
        more_traps_cells.days_counted_from_1904,
    )
}
