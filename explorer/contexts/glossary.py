"""What the words mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from graph_loader import Language


@dataclass(frozen=True, slots=True)
class GlossaryTerm:
    """A term in the page's language and in the other one; `citation` is empty where law is not."""

    anchor: str
    name: str
    text: str
    other_name: str
    other_text: str
    other_lang: Language
    citation: str


@dataclass(frozen=True, slots=True)
class GlossaryGroup:
    """Terms that belong together."""

    anchor: str
    name: str
    terms: Sequence[GlossaryTerm]


@dataclass(frozen=True, slots=True)
class GlossaryContext:
    """Every term, by group."""

    opening: Markup
    groups: Sequence[GlossaryGroup]
