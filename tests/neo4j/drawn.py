"""docs/graph-schema.md as a test reads it: its picture, its tables of properties, its indexes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from tests.neo4j.cookbook import DOCUMENT
from tests.tooling.documents import blocks

NEVER: Final = "–"
_HEADING: Final = re.compile(r"^#### (.+)$", re.MULTILINE)
_NAME: Final = re.compile(r"(?:\(|\[):(\w+)(?:\)|\])")
_TOKEN: Final = re.compile(r"\(:([\w:|]+)\)|-\[:([\w|]+)\]->")

Labels = frozenset[str]


class Property(NamedTuple):
    """What the document says of a property: its type, and whether it may be absent."""

    type: str
    optional: bool


class Line(NamedTuple):
    """A relation of the picture, between points that have at least these labels."""

    start: Labels
    type: str
    end: Labels

    def covers(self, other: Line) -> bool:
        """Whether a relation of the database is one of these."""
        return (
            self.type == other.type and self.start <= other.start and self.end <= other.end
        )  # fmt: skip


def rows(text: str, *columns: str) -> list[list[str]]:
    """The rows of the table with just these headings; none where there is no such table."""
    head = re.escape(f"| {' | '.join(columns)} |\n|{'---|' * len(columns)}\n")
    found = re.search(head + r"((?:\|.*\n)*)", text)
    lines = found[1].splitlines() if found else []
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


def properties(text: str) -> dict[str, dict[str, Property]]:
    """Of each label and relation that has a section: its properties."""
    parts = _HEADING.split(text)
    found: dict[str, dict[str, Property]] = {}
    for heading, body in zip(parts[1::2], parts[2::2], strict=True):
        table = rows(body, "property", "type", "absent when", "meaning")
        assert table, f"{heading}: no properties are described"
        for name in _NAME.findall(heading):
            assert name not in found, f"{name} is described twice"
            found[name] = {
                words(cell)[0]: Property(kind.strip("`"), absent != NEVER)
                for cell, kind, absent, _ in table
            }
    return found


def words(cell: str) -> list[str]:
    """What stands as code in a cell."""
    return re.findall(r"`([^`]+)`", cell)


def picture(text: str) -> list[Line]:
    """Every relation of the drawn graph, alternatives apart."""
    (drawn,) = [one.text for one in blocks(DOCUMENT.name, text) if "-[:SIGNED]->" in one.text
                and one.language == "text"]  # fmt: skip
    return [line for row in drawn.splitlines() for line in _lines(row)]


def _lines(row: str) -> Iterator[Line]:
    tokens = [match.group(1) or match.group(2) for match in _TOKEN.finditer(row)]
    for start, types, end in zip(tokens[::2], tokens[1::2], tokens[2::2], strict=False):
        for type in types.split("|"):
            for one in start.split("|"):
                for other in end.split("|"):
                    yield Line(frozenset(one.split(":")), type, frozenset(other.split(":")))


def labels(text: str) -> set[str]:
    """Every label that is drawn, described or told of a level."""
    drawn = set(re.findall(r"(?<=[(:|])([A-Z]\w+)(?=[)|:])", "\n".join(_pictured(text))))
    levels = {label for row in rows(text, "level", "labels") for label in words(row[1])}
    return drawn | levels | {name for name in properties(text) if not name.isupper()}


def _pictured(text: str) -> Iterator[str]:
    for one in blocks(DOCUMENT.name, text):
        if one.language == "text" and "-[:SIGNED]->" in one.text:
            yield re.sub(r"-\[:[\w|]+\]->", " ", one.text)
