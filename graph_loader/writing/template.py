"""The register that a clerk fills in: headings, lists to choose from, an example, instructions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from graph_loader import reference
from graph_loader.errors import BadInput
from graph_loader.model import REGION_LEVELS, Instrument, Language, Level
from graph_loader.report import Say
from graph_loader.writing.spreadsheet import new_workbook, replacing

SUFFIX: Final = ".xlsx"
FIELDS: Final = (
    "number", "region", "partner", "country", "title", "instrument", "signed", "duration", "ends",
    "topic", "goals", "status", "page", "note",
)  # fmt: skip
"""What the columns mean, in their order; their headings are ``template.heading.<field>``."""
STATUSES: Final = ("active", "exploration", "lapsed", "ended")


_WORDED: Final = ("region", "partner", "country", "title", "signed", "duration", "topic", "page",
                  "note")  # fmt: skip


class SheetNames(NamedTuple):
    """What the three sheets are called: for agreements, instructions and lists."""

    agreements: str
    instructions: str
    choices: str


SHEETS: Final[Mapping[Language, SheetNames]] = {
    "id": SheetNames("Perjanjian", "Petunjuk", "Daftar Pilihan"),
    "en": SheetNames("Agreements", "Instructions", "Choices"),
}
TEMPLATE_SHEETS: Final = frozenset(
    name for names in SHEETS.values() for name in (names.instructions, names.choices)
)
"""The sheets of a template that hold no agreements, in both languages: readers pass them over."""
EXAMPLES: Final[Mapping[Language, str]] = {"id": "CONTOH", "en": "EXAMPLE"}
"""What stands as the number of the example row, which is not loaded."""


@dataclass(frozen=True, slots=True)
class Template:
    """All that a template says, in one language."""

    sheets: SheetNames
    example: Mapping[str, str]
    choices: Mapping[str, Sequence[str]]
    """The values to choose from, for the fields that have a list."""
    say: Say


def write_template(path: Path, lang: Language, say: Say, *, inputs: Iterable[Path] = ()) -> None:
    """Write an empty register to a .xlsx file, in a language.

    Raises: BadInput: output-format, output-is-input, output-unwritable.
    """
    from graph_loader.writing.template_book import (
        draw,  # here, because a reader needs the names alone
    )

    if path.suffix.lower() != SUFFIX:
        raise BadInput("output-format", file=path.name, known=SUFFIX)
    with replacing(path, inputs=inputs) as beside, new_workbook(beside) as book:
        draw(book, template(lang, say))


def template(lang: Language, say: Say) -> Template:
    """What the template of a language says."""
    lists = choices(lang, say)
    example = {field: say(f"template.example.{field}") for field in _WORDED}
    example |= {
        "number": EXAMPLES[lang],
        "instrument": say("instrument.mou"),
        "status": say("template.status.active"),
        "goals": "4; 9",
    }
    return Template(SHEETS[lang], example, lists, say)


def choices(lang: Language, say: Say) -> Mapping[str, Sequence[str]]:
    """The lists: regions by code, countries by name (world bodies first), kinds, status words.

    Regions bear their official, Indonesian name in both languages, because documents do.
    """
    parties = reference.reference_batch().parties
    regions = sorted((p for p in parties if p.level in REGION_LEVELS), key=lambda party: party.id)
    countries = sorted(party.name(lang) for party in parties if party.level is Level.COUNTRY)
    return {
        "region": [region.name_id for region in regions],
        "country": [say("template.international"), *countries],
        "instrument": [say(f"instrument.{one.value}") for one in Instrument],
        "status": [say(f"template.status.{status}") for status in STATUSES],
    }
