"""The legend of the network that is its filter: what a sign means, how many, and where it leads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class LegendLine:
    """A sign, its words and a count; `url` leaves only these, or all again where `chosen`.

    `sign` is "category", "status", "goal", "shape" or "document", `which` one of that kind; of a
    status how its lines are drawn: solid, dashed or dotted.
    """

    value: str
    words: str
    count: int
    url: str
    chosen: bool
    sign: str
    which: str


@dataclass(frozen=True, slots=True)
class LegendPart:
    """The lines of one filter, by its name in the address; `open` where they are seen at once."""

    name: str
    lines: Sequence[LegendLine]
    open: bool


@dataclass(frozen=True, slots=True)
class YearPart:
    """How many agreements were signed each year, as bars that filter, and the two fields."""

    bars: Markup
    summary: str
    since: str
    until: str
    first: int
    last: int
    kept: Sequence[tuple[str, str]]
    """the rest of the address's state, so that the fields leave it as it is"""


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group of the picture: opened or closed by its `url`; `hidden` parties are behind it."""

    id: str
    name: str
    hidden: int
    url: str
    is_open: bool
