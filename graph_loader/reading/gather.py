"""Which rows belong to one agreement, and which rows are no agreement at all.

row with all its parties      -> stands alone
rows with one party each      -> belong together by key, number or running number
row with nothing but a party  -> one more party of the agreement above it
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from graph_loader.reading.clean import clean_text, is_suspect, ungarbled
from graph_loader.reading.clean_words import document_number
from graph_loader.reading.columns import Column
from graph_loader.reading.lines import Line, View
from graph_loader.reading.notes import SHOWN, Notes
from graph_loader.reading.register import Table
from graph_loader.reading.signing import PartyReader
from graph_loader.store.base import Progress
from graph_loader.text import slug

_STRAY = 2  # cells: because no agreement says less than two things
_COUNT_DIGITS = 4  # because a number of fewer digits only counts the rows
_TELL_EVERY = 5_000  # because a progress bar needs no more than a few steps a second
_WAITING = frozenset({"key", "number"})  # what rows far apart may share
_ERRORS = frozenset(
    {"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
)
_DITTO = frozenset(
    {'"', "\u3003", "\u201d", "\u201c", "''", "sda", "sda.", "s.d.a", "s.d.a.", "SDA", "idem",
     "Idem", "ditto", "ibid"}
)  # fmt: skip
_MARKS = _ERRORS | _DITTO
_FREE = frozenset({"", "title", "topic", "outcome", "note", "page", "role"})
_SAME = ("title", "instrument", "signed", "ends", "duration")


@dataclass(slots=True)
class Group:
    """The rows of one agreement. `key` is the file's own key of it, `number` its document's."""

    lines: list[Line]
    key: str = ""
    number: str = ""


class Gatherer:
    """Groups the rows of a file's tables; tells of those that are no agreement."""

    def __init__(
        self, notes: Notes, parties: PartyReader, progress: Progress | None = None
    ) -> None:
        self._notes, self._parties, self._progress = notes, parties, progress
        self.rows: Counter[str] = Counter()
        """How many rows each file had that speak of an agreement."""

    def groups(self, tables: Iterable[Table]) -> Iterator[Group]:
        """Every group, as soon as no further row can belong to it. Raises: BadFile."""
        waiting: dict[tuple[str, ...], list[Group]] = {}
        for table in tables:
            yield from self._gather(table, waiting)
        for groups in waiting.values():
            yield from groups

    def _gather(self, table: Table, waiting: dict[tuple[str, ...], list[Group]]) -> Iterator[Group]:
        """Groups of neighbouring rows at once; those that any later row may join are `waiting`."""
        last: Group | None = None
        current: Group | None = None
        at: tuple[str, ...] = ()
        count = 0
        for line in self._agreements(table):
            if self._progress and count % _TELL_EVERY == 0:
                self._progress("read", self.rows.total() + count, 0)
            count += 1
            if last is not None and self._continues(line) and self._may_grow(last):
                last.lines.append(line)
                continue
            place, group = self._group(line)
            if current is not None and place == at and _goes_on(current.lines[-1], line):
                current.lines.append(line)
                continue
            if current is not None:
                yield current
                current = None
            if place[0] in _WAITING:
                last = _join(waiting.setdefault(place, []), group)
            else:
                last = current = group
            at = place
        self.rows[table.file] += count
        if current is not None:
            yield current

    def _agreements(self, table: Table) -> Iterator[Line]:
        view = View.of(table)
        gaps = _gaps(table)
        aside = False
        above: Line | None = None
        region = ""
        for row in table.rows():
            line = Line(view, row)
            if not _MARKS.isdisjoint(line.cells):
                self._tell_errors(line)
                self._ditto(line, above)
            self._clean(line)
            above = line
            filled = line.filled
            if not filled:
                continue
            if code := self._aside(table, line):
                self._notes.tell(code, line, value=" ".join(filled)[:SHOWN])
                aside = True
                region = self._parties.region_in(" ".join(filled)) or region
                continue
            line.after_aside, aside = aside, False
            line.above = region
            if not table.region:
                region = line.text("region") or region
            if gaps:
                self._tell_gaps(gaps, line)
            if len(line.cells) > view.width and any(line.cells[view.width :]):
                surplus = " ".join(filter(None, line.cells[view.width :]))
                self._notes.tell("cells-surplus", line, surplus=surplus[:SHOWN])
            yield line

    def _aside(self, table: Table, line: Line) -> str:
        if table.repeats_headings(line.cells):
            return "row-headings"
        return line.aside() or ("row-note" if self._is_stray(line) else "")

    def _clean(self, line: Line) -> None:
        """Take out of each cell what nobody can see, and tell of it."""
        if not is_suspect("\n".join(line.cells)):
            return
        columns = {column.index: column for column in line.view.table.headings.columns}
        for index, typed in enumerate(line.cells):
            text, doubts = clean_text(typed)
            column = columns.get(index)
            if column is not None and column.of is not None:
                doubts = ()  # told at the cell that it comes from
            for code in doubts:
                proposal = ungarbled(text) if code == "text-garbled" else ""
                if code != "text-formula" or column is None or column.field in _FREE:
                    self._notes.tell(code, line, column, proposal=proposal)
            if text != typed:
                self._notes.correct(line, index, text)
            line.clean(index, text)

    def _tell_errors(self, line: Line) -> None:
        """What a formula shows in place of a value is told, and is nothing."""
        for column in line.view.table.headings.columns:
            if line.at(column) in _ERRORS and column.field:
                self._notes.tell("cell-error", line, column)
                line.clean(column.index, "")

    def _tell_gaps(self, gaps: list[int], line: Line) -> None:
        """A column without heading is told once, at its first cell; one that only counts never."""
        for at in [at for at in gaps if line.cells[at]]:
            gaps.remove(at)
            if not (line.cells[at].isdecimal() and len(line.cells[at]) <= _COUNT_DIGITS):
                self._notes.tell("heading-empty", line, Column(at, "", ""), value=line.cells[at])

    def _ditto(self, line: Line, above: Line | None) -> None:
        """A mark that says "as above" is what stands above; told, because rows get sorted."""
        for column in line.view.table.headings.columns:
            text = line.at(column)
            if text in _DITTO and column.field and above is not None and above.at(column):
                self._notes.tell("cell-ditto", line, column, above=above.at(column)[:SHOWN])
                self._notes.correct(line, column.index, above.at(column))
                line.clean(column.index, above.at(column))

    def _continues(self, line: Line) -> bool:
        """Whether a row names nothing but one more party, known or doubtful."""
        if line.tells_of_agreement or line.text("serial"):
            return False
        named = line.own
        if len(named) != 1 or (line.view.is_wide and named[0][0].field != "partner"):
            return False
        return not self._parties.is_nobody(line, *named[0])

    def _may_grow(self, group: Group) -> bool:
        """A row that lacks a party of its own takes none from the row below."""
        first = group.lines[0]
        return not first.view.is_wide or self._parties.count(first) > 1

    def _is_stray(self, line: Line) -> bool:
        """Whether a row of a cell or two is nothing that a register holds: a signature, a place."""
        if len(line.filled) > _STRAY or line.text("key") or line.text("number"):
            return False
        named = line.own
        if not named:
            return not line.tells_of_agreement
        return all(self._parties.is_nobody(line, column, text) for column, text in named)

    def _group(self, line: Line) -> tuple[tuple[str, ...], Group]:
        """Where the row belongs, and the group that it begins if it is the first there."""
        sheet = line.view.table.sheet
        alone = ("row", sheet, str(line.number))
        if line.view.fields.get("key"):
            return self._keyed(line, alone)
        number, serial = self._number(line)
        group = Group([line], number=number)
        if len(line.named()) > 1 or self._parties.count(line) > 1:
            said = [line.text(name) for name in _SAME]
            return (("same", number, *said) if number else alone), group
        if number:
            return ("number", number), group
        if serial and not line.view.is_wide:
            return ("count", sheet, serial), group
        return alone, group

    def _number(self, line: Line) -> tuple[str, str]:
        """The document's number, and the running number; a short "Nomor" only counts the rows."""
        number, serial = "", line.text("serial")
        for text in line.texts("number"):
            found = slug(document_number(text))
            if found.isdecimal() and len(found) <= _COUNT_DIGITS:
                serial = serial or found
            else:
                number = number or found
        return number, serial

    def _keyed(self, line: Line, alone: tuple[str, ...]) -> tuple[tuple[str, ...], Group]:
        text = line.text("key")
        if id := key_of(text):
            return ("key", id), Group([line], key=id)
        self._notes.tell("key-unusable" if text else "key-missing", line, "key", rejected=True)
        return alone, Group([])


def _join(groups: list[Group], new: Group) -> Group:
    """The group that a row of the same key or number belongs to: the latest that it fits."""
    if new.key:
        fitting = groups[-1:]
    else:
        fitting = [group for group in groups if _fits(group.lines, new.lines[0])][-1:]
    if not fitting:
        groups.append(new)
        return new
    fitting[0].lines += new.lines
    return fitting[0]


def _fits(lines: Sequence[Line], line: Line) -> bool:
    """Whether a row far below speaks of the same agreement: another title *and* date do not."""
    differs = [
        name for name in ("title", "signed")
        if (said := line.text(name))
        and (there := next(filter(None, (one.text(name) for one in lines)), said)) != said
        and slug(there) != slug(said)
    ]  # fmt: skip
    return len(differs) < 2


def _gaps(table: Table) -> list[int]:
    """Columns between others that have no heading."""
    headed = {column.index for column in table.headings.columns}
    return [at for at in range(table.left, table.width) if at not in headed]


def _goes_on(above: Line, line: Line) -> bool:
    """Whether a row of the same number speaks of the same agreement, and does not begin anew."""
    titles = {title for title in (above.text("title"), line.text("title")) if title}
    return not line.after_aside and len(titles) < 2


def key_of(text: str) -> str:
    """A file's own key as an id.

    Example:
        >>> key_of("jatim-osaka.2"), key_of("JATIM / 12")
        ('jatim-osaka.2', 'jatim-12')
    """
    fits = text.isascii() and all(c.islower() or c.isdigit() or c in ".-" for c in text)
    return text if fits else slug(text)
