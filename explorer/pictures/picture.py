"""What a picture is: drawn once, and said in words for whoever does not see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from markupsafe import Markup

from explorer.i18n import say
from graph_loader import Language

_SHAPES: Final = ("region", "province", "foreign", "third")
_CATEGORIES: Final = ("ksdd", "ksdpk", "ksdpl", "ksdll", "sinergi")
_STATUSES: Final = ("lapsed", "exploration")


class Item(NamedTuple):
    """A line of a legend: `kind` is "shape", "category", "status" or "class", `which` one of it."""

    kind: str
    which: str
    words: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, and what it shows in words.

    Units: `size` is (width, height) in px.
    """

    svg: Markup
    size: tuple[float, float]
    title: str
    """what it is a picture of: stands above it on a sheet and in a document"""
    summary: str
    """what it shows, in a sentence, for whoever does not see it"""
    legend: Sequence[Item] = ()
    notes: Sequence[str] = ()
    """its filters, and what was grouped or left out of it"""


def tie_legend(lang: Language) -> list[Item]:
    """The legend of every picture of parties and ties."""
    return [
        *(Item("shape", one, say(lang, f"legend.{one}")) for one in _SHAPES),
        *(Item("category", one, say(lang, f"category.{one}")) for one in _CATEGORIES),
        *(Item("status", one, say(lang, f"status.{one}")) for one in _STATUSES),
    ]


def at_each_width(wide: Markup, narrow: Markup) -> Markup:
    """A picture as a page has it: laid out anew for a telephone; only one of the two is seen."""
    both = Markup('<div class="on-wide">{}</div><div class="on-narrow">{}</div>')
    return both.format(wide, narrow)
