"""Dates that say only what they know, held to every day they may mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_loader.dates import PartialDate

_DAYS = st.dates()


def _partial(precision: int, iso: str) -> PartialDate:
    return PartialDate.parse(iso[: (4, 7, 10)[precision - 1]])


PARTIAL = st.builds(_partial, st.integers(1, 3), _DAYS.map(lambda day: day.isoformat()))


@given(PARTIAL)
def test_what_is_printed_is_read_again(date: PartialDate) -> None:
    assert PartialDate.parse(str(date)) == date
    assert date.first <= date.last


@given(PARTIAL, PARTIAL)
def test_before_holds_for_every_pair_of_days_or_says_none(a: PartialDate, b: PartialDate) -> None:
    extremes = {one < other for one in (a.first, a.last) for other in (b.first, b.last)}
    expected = extremes.pop() if len(extremes) == 1 else None
    assert a.before(b) is expected
    if a.before(b):
        assert b.before(a) is False


@given(st.lists(PARTIAL))
def test_the_order_of_lists_is_total_and_never_against_before(dates: list[PartialDate]) -> None:
    ordered = sorted(dates, key=lambda date: date.sort_key)
    for position, earlier in enumerate(ordered):
        for later in ordered[position + 1 :]:
            assert later.before(earlier) is not True
            assert (earlier.sort_key == later.sort_key) == (earlier == later)


@given(PARTIAL, PARTIAL)
def test_dates_contradict_where_they_share_no_day(a: PartialDate, b: PartialDate) -> None:
    shared = max(a.first, b.first) <= min(a.last, b.last)
    assert a.contradicts(b) is not shared


@pytest.mark.parametrize("text", ["", "2005-13", "2005-02-30", "21-12-2005", "2005-1", " 2005"])
def test_other_forms_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"date|month|day"):
        PartialDate.parse(text)
