"""A reason as what it rests on; its words are the catalogues'."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from graph_loader import PartialDate


@dataclass(frozen=True, slots=True)
class Reason:
    """One named rule that speaks for a candidate, and what it rests on.

    `parties` is the chain of ids, region first, candidate last. The evidence: `agreements` are ids,
    `flows` ids of needs and offers, `rows` the lines of reference files (borders, twin towns).
    `form` picks the sentence where a code has several.
    """

    code: str
    parties: tuple[str, ...]
    agreements: tuple[str, ...] = ()
    flows: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    params: Mapping[str, object] = field(default_factory=dict)
    form: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a reference file that proves something: which file, and the page that it cites."""

    file: str
    row: int
    page: str
    note: str = ""


def known_between(first: int, last: int) -> PartialDate:
    """The date that a first and a last possible day stand for: a year, a month or a day.

    Example:
        >>> start = date(1984, 1, 1).toordinal()
        >>> str(known_between(start, start + 365)), str(known_between(start, start))
        ('1984', '1984-01-01')
    """
    day = date.fromordinal(first)
    if first == last:
        return PartialDate(day.year, day.month, day.day)
    month = PartialDate(day.year, day.month)
    return month if month.last.toordinal() == last else PartialDate(day.year)
