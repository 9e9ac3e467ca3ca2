"""Which heading means which field, for each kind of file in the import format."""

from __future__ import annotations

from dataclasses import dataclass

from graph_loader.text import fold


@dataclass(frozen=True, slots=True)
class Layout:
    """The headings of one kind of file: those that must be there and those that may."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()

    @property
    def known(self) -> frozenset[str]:
        """Every heading that the file may have."""
        return frozenset(self.required + self.optional)


AGREEMENTS = Layout(
    required=("agreement_key", "party", "instrument"),
    optional=(
        "party_level", "party_country", "role", "title", "signed", "ends", "status", "topic",
        "goals", "outcome", "source", "stated", "note", "renews", "amends", "implements",
    ),
)  # fmt: skip


def heading(text: str) -> str:
    """A heading as a field name.

    Example:
        >>> heading(" Agreement Key ")
        'agreement_key'
    """
    return fold(text).replace(" ", "_")
