"""Where the headings of a sheet stand: one row or two, below titles, above the agreements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from graph_loader.reading.columns import MAX_HEADING, PARTY_FIELDS, Column, field_of

_OF_PARTY = frozenset({*PARTY_FIELDS, "country", "level", "role"})
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_A_TABLE = 3  # columns: because a heading or two may well stand there twice
FIRST_ROWS = 60  # because no letterhead is longer


@dataclass(frozen=True, slots=True)
class Headings:
    """The headings of one sheet: `height` rows of it from the row at position `start`."""

    start: int
    height: int
    columns: tuple[Column, ...]

    @property
    def fields(self) -> frozenset[str]:
        """Every field that some heading names."""
        return frozenset(column.field for column in self.columns if column.field)

    @property
    def missing(self) -> tuple[str, ...]:
        """The needed fields that no heading names: who agreed, and what it is."""
        fields, missing = self.fields, []
        if "party" not in fields and len(self._of("region")) + len(self._of("partner")) < 2:
            missing.append("partner" if "region" in fields else "region")
            if not fields & {"region", "partner"}:
                missing = ["party"]
        if not fields & {"title", "instrument", "number", "key", "topic"}:
            missing.append("title")
        return tuple(missing)

    def _of(self, field: str) -> list[Column]:
        return [column for column in self.columns if column.field == field]


def side_by_side(headings: Headings) -> list[Headings]:
    """The headings of each table, where several stand side by side under the same headings."""
    names = [column.heading for column in headings.columns]
    begins = [at for at, name in enumerate(names) if name == names[0]]
    blocks = [
        headings.columns[at:until]
        for at, until in zip(begins, [*begins[1:], len(names)], strict=True)
    ]
    first = [column.heading for column in blocks[0]]
    if len(first) < _A_TABLE or any([c.heading for c in block] != first for block in blocks):
        return [headings]
    return [replace(headings, columns=tuple(block)) for block in blocks]


def recognise(rows: Sequence[Sequence[str]]) -> Headings | None:
    """The headings among the first rows of a sheet; None where no row looks like headings.

    The row that names most fields wins, the first of equals; a second row below it may split its
    columns ("Para Pihak" over "Pihak Pertama", "Pihak Kedua"). A row of column numbers below
    ("1", "2", "3" or "(1)", "(2)") belongs to the headings.
    """
    best, score = None, 1
    for start, row in enumerate(rows[:FIRST_ROWS]):
        found = _headings(rows, start, row)
        if found is not None and len(found.fields) > score:
            best, score = found, len(found.fields)
    return best


def _headings(rows: Sequence[Sequence[str]], start: int, row: Sequence[str]) -> Headings | None:
    columns = [_column(index, text) for index, text in enumerate(row)]
    if sum(1 for column in columns if column.field) < 2:
        return None
    if sum(len(text) > MAX_HEADING for text in row) > 1:
        return None
    height = 1
    below = rows[start + 1] if start + 1 < len(rows) else ()
    if joined := _split_below(columns, below):
        columns, height = joined, 2
    after = rows[start + height] if start + height < len(rows) else ()
    if _counts(after):
        height += 1
    return Headings(start, height, tuple(_settled([c for c in columns if c.heading])))


def _settled(columns: list[Column]) -> Iterator[Column]:
    """A province is a party where no other column names a region, and else only says where."""
    named = {column.field for column in columns}
    for column in columns:
        if column.field != "province":
            yield column
        elif named & {"region", "party"}:
            yield column  # it says where the region lies
        else:
            yield replace(column, field="region", hint="province")


def _column(index: int, text: str) -> Column:
    heading = " ".join(text.split())
    field, hint = field_of(text.strip())
    return Column(index, field, heading, hint)


def _split_below(columns: list[Column], below: Sequence[str]) -> list[Column] | None:
    """The columns with the second row of headings applied; None where there is no such row.

    "Pihak" over "Kesatu" is read together, "Masa Berlaku" over "Mulai" as its lower part.
    """
    joined = list(columns) + [Column(i, "", "") for i in range(len(columns), len(below))]
    split = known = 0
    for parent, index in list(_under(joined, below)):
        text = " ".join(below[index].split())
        field, hint = field_of(f"{parent} {text}")
        if not field:  # "Nama" under "Pihak Pertama"
            field, hint = field_of(f"{text} {parent}")
        if not field:
            field, hint = field_of(text)
            if field_of(parent)[0] in PARTY_FIELDS and field not in _OF_PARTY:
                field = ""  # "Jenis" under "Mitra" is no kind of document
        joined[index] = Column(index, field, text, hint)
        split, known = split + 1, known + bool(field)
    return joined if known >= 2 and 2 * known >= split else None


def _under(columns: Sequence[Column], below: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Each cell of the second row that stands under a heading wider than one column."""
    for group in _groups(columns):
        filled = [index for index in group if index < len(below) and below[index].strip()]
        if len(filled) > 1:
            yield from ((columns[group[0]].heading, index) for index in filled)


def _groups(columns: Sequence[Column]) -> list[list[int]]:
    """Each heading's column, and the columns without heading to its right."""
    groups: list[list[int]] = []
    for column in columns:
        if column.heading:
            groups.append([column.index])
        elif groups:
            groups[-1].append(column.index)
    return groups


def _lettered(texts: list[str]) -> bool:
    """Whether cells count the columns in letters: a, b, c."""
    return "".join(texts).lower() == _LETTERS[: len(texts)]


def _counts(row: Sequence[str]) -> bool:
    """Whether a row only numbers the columns: (1) (2) (3), or a, b, c."""
    numbers = [text.strip("() .") for text in row if text.strip()]
    in_figures = all(text.isdecimal() and int(text) <= len(row) for text in numbers)
    return len(numbers) > 2 and (
        _lettered(numbers) or (in_figures and len(set(numbers)) == len(numbers))
    )


def is_repeated(headings: Headings, row: Sequence[str]) -> bool:
    """Whether a row further down only says the headings again, as after a page break."""
    first = headings.columns[0]
    text = row[first.index] if first.index < len(row) else ""
    if text[:1] != first.heading[:1] or " ".join(text.split()) != first.heading:
        return False
    same = sum(
        1 for column in headings.columns
        if column.index < len(row) and " ".join(row[column.index].split()) == column.heading
    )  # fmt: skip
    return same >= 2 and same >= sum(1 for text in row if text.strip()) - 1
