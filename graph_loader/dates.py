"""Dates as documents state them: a year, a month or a day, each a fact of its own."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date known to the year, the month or the day; 2005, 2005-12 and 2005-12-21 differ.

    Comparison is three-valued: `before` answers True, False or None (cannot be told).
    Lists are put in order by `sort_key`, which is total: earliest possible day, then precision.

    Example:
        >>> str(PartialDate.parse("2005-12"))
        '2005-12'
        >>> PartialDate.parse("2005").before(PartialDate.parse("2006-01"))
        True
        >>> PartialDate.parse("2005").before(PartialDate.parse("2005-12")) is None
        True
    """

    year: int
    month: int = 0
    day: int = 0

    def __post_init__(self) -> None:
        if self.day and not self.month:
            raise ValueError("a day needs a month")
        date(self.year, self.month or 1, self.day or 1)

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read YYYY, YYYY-MM or YYYY-MM-DD.

        Raises:
            ValueError: any other form, or a day that no calendar has.
        """
        return _parse(text)

    @property
    def precision(self) -> int:
        """1 for a year, 2 for a month, 3 for a day."""
        return 1 + bool(self.month) + bool(self.day)

    @property
    def first(self) -> date:
        """The earliest day it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The latest day it can mean: "2025" as an end means until 31-12-2025."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    @property
    def sort_key(self) -> tuple[int, int]:
        """Total order: earliest possible day, then the less precise first."""
        return (self.first.toordinal(), self.precision)

    def before(self, other: PartialDate) -> bool | None:
        """Whether this is surely earlier, surely not, or (None) cannot be told."""
        if self.last < other.first:
            return True
        if self.first >= other.last:
            return False
        return None

    def contradicts(self, other: PartialDate) -> bool:
        """Whether the two cannot mean the same day; 1994 and 1994-08-24 agree."""
        return self.last < other.first or other.last < self.first

    def __str__(self) -> str:
        parts = (f"{self.year:04d}", f"{self.month:02d}", f"{self.day:02d}")
        return "-".join(parts[: self.precision])


@lru_cache(maxsize=65_536)
def _parse(text: str) -> PartialDate:
    match = _ISO.match(text)
    if match is None:
        raise ValueError(f"not a date: {text!r}")
    return PartialDate(*(int(part or 0) for part in match.groups()))
