"""The rows that one page has for one agreement, read as one claim."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from graph_loader.dates import PartialDate
from graph_loader.model import Claim, Instrument, TopicTag
from graph_loader.parties.gazetteer import Gazetteer
from graph_loader.parties.identify import Identifier
from graph_loader.reading.clean import says_nothing
from graph_loader.reading.clean_dates import DateRead, read_date, read_end, read_term
from graph_loader.reading.clean_words import (
    instrument_of_title,
    instruments_in,
    is_category,
    near_instrument,
    read_instrument,
    read_status,
)
from graph_loader.reading.columns import words_for
from graph_loader.reading.lines import Line
from graph_loader.reading.notes import Notes
from graph_loader.reading.register import Table
from graph_loader.reading.signing import PartyReader, level_is_known
from graph_loader.text import fold
from graph_loader.topics import Topics

MAX_CELL = 10_000  # characters: because no title or note is longer, and a pasted document is
_AGREED = ("instrument", "signed", "starts", "ends", "duration", "status", "title")
_DATES = frozenset({"signed", "starts", "ends"})
_NO_DATE = DateRead()
_STATUSES = ("exploration", "lapsed", "ended")


@dataclass(frozen=True, slots=True)
class Known:
    """What a reader may look up. `reference` are ids of parties, `codes` those of topics."""

    identifier: Identifier
    countries: Gazetteer
    topics: Topics
    reference: Collection[str] = frozenset()
    codes: Collection[str] = frozenset()


class Told(dict[str, tuple[str, Line]]):
    """What the rows say of their agreement, by field, and which row says it.

    The first row that says anything counts; "-" and the like say nothing.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        for line in lines:
            cells = line.cells
            for name, index in line.view.plain:
                text = cells[index]
                if text and name not in self and not says_nothing(text):
                    self[name] = text, line
            for name in line.view.several:
                text = line.text(name)
                if text and name not in self and not says_nothing(text):
                    self[name] = text, line

    def __missing__(self, name: str) -> tuple[str, Line]:
        return "", self.lines[0]


class ClaimReader:
    """Reads claims; what is doubtful about them is told to `notes`."""

    def __init__(self, known: Known, notes: Notes, today: date) -> None:
        self._known, self._notes, self._today = known, notes, today
        self.parties = PartyReader(notes, known.identifier, known.countries)
        self._without_instrument: list[Table] = []

    def read(self, lines: Sequence[Line]) -> tuple[Claim | None, Told]:
        """The claim, None where any of it is rejected; and what its rows say."""
        first = lines[0]
        told = Told(lines)
        if len(lines) > 1 or first.view.is_doubtful:
            self._compare(told)
        parties = self.parties.read(lines)
        instrument = self._instrument(told)
        signed, ends = self._dates(told)
        title, topic = self._text(told, "title"), self._text(told, "topic")
        status = self._status(told)
        topics = self._topic_tags(told, topic, title)
        outcome, note = self._text(told, "outcome"), self._text(told, "note")
        stated = self._date(told, "stated").date
        if parties is None or instrument is None:
            return None, told
        claim = Claim(
            row=first.number,
            page=told["page"][0],
            parties=parties,
            instrument=instrument,
            title=title,
            signed=signed,
            ends=ends,
            stated_status=status,  # type: ignore[arg-type]  # one of the words that read_status has
            topic_text=topic,
            topics=topics,
            outcome=outcome,
            stated=stated,
            note=note,
            sheet=first.view.table.sheet,
        )
        return claim, told

    def _compare(self, told: Told) -> None:
        """Rows, and columns, of one agreement should say the same; the first that speaks counts."""
        for line in told.lines:
            if not level_is_known(line.text("level")):
                self._notes.tell("level-unknown", line, "level")
            for name in line.view.doubled:
                if name in _DATES and read_date(" ".join(line.texts(name))).date:
                    continue  # day, month and year apart
                for cell in line.others(name):
                    read = line.cell(name)
                    if _agree(name, cell.text, read.text):
                        continue
                    self._notes.tell(
                        "columns-disagree", line, cell.column,
                        other=read.column.heading if read.column else "", text=read.text,
                    )  # fmt: skip
        for name in _AGREED if len(told.lines) > 1 else ():
            said, first = told[name]
            for line in told.lines:
                text = line.text(name)
                meant = _meant(name, text)
                if text != said and meant is not None and meant != _meant(name, said):
                    self._notes.tell("rows-disagree", line, name, first=str(first.number))

    # ---- its fields ----------------------------------------------------------------------------

    def _instrument(self, told: Told) -> Instrument | None:
        text, line = told["instrument"]
        if "instrument" in line.view.several:
            texts = line.texts("instrument")
            both = "; ".join(texts)
            text = both if read_instrument(both) else next(filter(read_instrument, texts), text)
        if not text or is_category(text):
            found = instrument_of_title(told["title"][0])
            if found is None:
                self._tell_missing_instrument(line)
            return found or Instrument.OTHER
        if found := read_instrument(text):
            return found
        near = near_instrument(text)
        code = "instrument-misspelt" if near else "instrument-unknown"
        if len(instruments_in(text)) > 1:
            code = "instrument-several"
        self._notes.tell(code, line, "instrument", rejected=True, candidates=near)
        return None

    def _tell_missing_instrument(self, line: Line) -> None:
        """At its cell; where there is no such column, once for the sheet."""
        table = line.view.table
        if line.view.fields.get("instrument"):
            self._notes.tell("instrument-missing", line, "instrument")
        elif table not in self._without_instrument:
            self._without_instrument.append(table)
            self._notes.tell_headings("instrument-column-missing", table,
                                      headings=words_for("instrument"))  # fmt: skip

    def _status(self, told: Told) -> str:
        if "status" not in told:
            return ""
        text, line = told["status"]
        status = read_status(text)
        if status is None:
            self._notes.tell("status-unknown", line, "status", known=", ".join(_STATUSES))
        return status or ""

    def _dates(self, told: Told) -> tuple[PartialDate | None, PartialDate | None]:
        """When it was signed and when it ends: from dates, a range, or a duration."""
        start, begins = self._date(told, "signed"), self._date(told, "starts")
        end = self._date(told, "ends")
        signed = start.date or begins.date
        ends = end.ends or end.date or start.ends or begins.ends
        if signed and signed.first > self._today:
            self._notes.tell("signed-later", told["signed"][1], "signed")
        if "duration" in told:
            doubted = bool(start.doubts or begins.doubts)
            ends = self._term(told, begins.date or signed, ends, doubted)
            signed = signed or self._term_starts(told)
        if signed and ends and ends.before(signed):
            name = "ends" if told["ends"][0] else "duration"
            name = name if name in told else "signed" if "signed" in told else "starts"
            self._notes.tell("end-before-start", told[name][1], name,
                             signed=str(signed), ends=str(ends))  # fmt: skip
            ends = None
        return signed, ends

    def _term(
        self, told: Told, begins: PartialDate | None, ends: PartialDate | None, doubted: bool
    ) -> PartialDate | None:
        """The end, by the duration where none is stated; a stated end counts more."""
        text, line = told["duration"]
        term = read_term(text, line.view.fields["duration"][0].hint)
        for code in term.doubts:
            self._notes.tell(code, line, "duration", read=str(term.ends or ""))
        computed = term.end_from(begins or term.starts)
        if (term.months or term.days) and not (begins or ends or doubted):
            self._notes.tell("duration-without-start", line, "duration")
        if ends and computed and _contradict(ends, computed):
            self._notes.tell("end-disagrees", line, "duration", ends=str(ends), read=str(computed))
        return ends or computed

    def _term_starts(self, told: Told) -> PartialDate | None:
        """What the duration says of the beginning, where it is a range."""
        text, line = told["duration"]
        return read_term(text, line.view.fields["duration"][0].hint).starts

    def _date(self, told: Told, name: str) -> DateRead:
        if name not in told:
            return _NO_DATE
        text, line = told[name]
        if name in line.view.several:
            text = _most_precise(line.texts(name))
        read = read_end(text) if name == "ends" else read_date(text)
        for code in read.doubts:
            if code == "date-month-first":
                self._notes.month_first(line, name)
            self._notes.tell(code, line, name, read=str(read.date or ""))
        if self._notes.wanted and read.date and not read.ends and text != str(read.date):
            self._correct_days(told, name, text, read.date)
        return read

    def _correct_days(self, told: Told, name: str, text: str, day: PartialDate) -> None:
        """A day is given back as a date; a month or a year stays as it was written."""
        for line in told.lines if day.precision == 3 else ():
            cell = line.cell(name)
            if cell.text == text and cell.column:
                self._notes.correct(line, cell.column.index, day)

    def _text(self, told: Told, name: str) -> str:
        if name not in told:
            return ""
        text, line = told[name]
        if len(text) > MAX_CELL:
            self._notes.tell("cell-too-long", line, name, limit=str(MAX_CELL))
            text = text[:MAX_CELL].rstrip()
            if column := line.cell(name).column:
                self._notes.correct(line, column.index, text)
        return " ".join(text.split()) if name == "title" else text

    def _topic_tags(self, told: Told, topic: str, title: str) -> tuple[TopicTag, ...]:
        if "goals" not in told:
            return self._known.topics.of(f"{topic}; {title}")
        text, line = told["goals"]
        tags, bad = self._known.topics.stated(text)
        codes = self._known.codes
        bad += [tag.topic for tag in tags if codes and tag.topic not in codes]
        for code in bad:
            self._notes.tell("goal-unknown", line, "goals", goal=code)
        tags = tuple(tag for tag in tags if tag.topic not in bad)
        return tags or self._known.topics.of(f"{topic}; {title}")


def _most_precise(texts: list[str]) -> str:
    """Of several columns the one that says most; or all of them, where day and year stand apart."""
    best = max(texts, key=_precision)
    for together in (" ".join(texts), " ".join(reversed(texts))):
        if _precision(together) > _precision(best):
            return str(read_date(together).date)
    return best


def _precision(text: str) -> int:
    found = read_date(text).date
    return found.precision if found else 0


def _meant(name: str, text: str) -> object:
    """What a cell means, so that two spellings of one thing do not disagree."""
    if says_nothing(text):
        return None
    if name in _DATES:
        return read_date(text).date or text
    if name == "instrument":
        return None if is_category(text) else read_instrument(text) or text
    return fold(text)


def _agree(name: str, a: str, b: str) -> bool:
    """Whether two columns of one row can both be right: "2005" beside "21-12-2005"."""
    if name in _DATES:
        one, other = read_date(a).date, read_date(b).date
        if one is not None and other is not None:
            return not one.contradicts(other)
        return any(read_date(text).date for text in (f"{a} {b}", f"{b} {a}"))
    if name == "instrument" and read_instrument(f"{a}; {b}"):
        return True
    meant = {_meant(name, a), _meant(name, b)} - {None}
    return len(meant) < 2


def _contradict(a: PartialDate, b: PartialDate) -> bool:
    """Whether two ends cannot be one; a day less than the anniversary is the same term."""
    return abs((a.last - b.last).days) > 1 and a.contradicts(b)
