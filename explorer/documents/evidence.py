"""Agreements as the rows of a table that proves something, and what of them is not known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from explorer.documents.note import Grid, Item, Items, Part, Text
from explorer.i18n import partial_date, say
from explorer.present import amount, joined, status_words, title
from explorer.reasons import Reason
from explorer.sentences import Speaker
from graph_loader import Agreement, Language, Status, conflicts, status_of

COLUMNS: Final = ("number", "document", "parties", "signed", "status")
SHARES: Final = (11, 68, 43, 22, 29)
NAMED: Final = 3  # parties of one row; because the others stand on the page of the agreement
_CHECKED: Final = ("signed", "ends", "unknown", "source", "conflict")


@dataclass(frozen=True, slots=True)
class Proofs:
    """The agreements of a note's table, in its order, and in which row each stands."""

    agreements: Sequence[Agreement]
    rows: Mapping[str, int]

    @classmethod
    def of(cls, speaker: Speaker, ids: Iterable[str]) -> Proofs:
        """Each agreement once, in the order in which it is named first."""
        found = speaker.shown.documents(list(dict.fromkeys(ids)))
        speaker.shown.meet(one.party for agreement in found for one in agreement.parties)
        return cls(found, {one.id: n for n, one in enumerate(found, start=1)})

    def cited(self, lang: Language, ids: Iterable[str]) -> str:
        """Which rows prove a sentence: " (bukti 1, 3)"; empty where none does."""
        rows = sorted({self.rows[id] for id in ids if id in self.rows})
        return f" {say(lang, 'note.cited', rows=', '.join(map(str, rows)))}" if rows else ""


def table(speaker: Speaker, agreements: Sequence[Agreement]) -> Grid:
    """The agreements in the order given, one row each."""
    headings = [say(speaker.lang, f"note.column.{name}") for name in COLUMNS]
    rows = [_row(speaker, n, one) for n, one in enumerate(agreements, start=1)]
    return Grid(headings, rows, SHARES)


def beside(speaker: Speaker, reasons: Iterable[Reason]) -> list[Item]:
    """What proves reasons beside agreements: needs and offers, lines of reference files."""
    found: dict[Item, None] = {}
    for reason in reasons:
        for flow in speaker.flows(reason):
            name = speaker.name(flow.party)
            words = f"{name}: {speaker.commodity(flow.commodity)}, {amount(flow, speaker.lang)}"
            found[Item(words, flow.page)] = None
        if not reason.flows:
            found |= {Item(speaker.row(row), row.page): None for row in reason.rows}
    return list(found)


def unknown(speaker: Speaker, agreements: Sequence[Agreement], more: Iterable[str] = ()) -> Part:
    """What is not known of these agreements, by number of their row; and what else is not."""
    found: dict[str, list[str]] = {name: [] for name in _CHECKED}
    for n, one in enumerate(agreements, start=1):
        for name in _missing(speaker, one):
            found[name].append(str(n))
    lines = [
        say(speaker.lang, f"note.unknown.{name}", n=len(rows), rows=", ".join(rows))
        for name, rows in found.items()
        if rows
    ]
    items = [Item(words) for words in (*lines, *more)]
    return Items(items) if items else Text(say(speaker.lang, "note.unknown.nothing"))


def _row(speaker: Speaker, number: int, agreement: Agreement) -> list[str]:
    lang = speaker.lang
    names = {one.party: speaker.shown.party(one.party).name(lang) for one in agreement.parties}
    listed = list(names.values())
    parties = joined(lang, listed)
    if len(listed) > NAMED:
        rest = len(listed) - NAMED
        parties = say(lang, "agreement.and-others", list=", ".join(listed[:NAMED]), n=rest)
    signed = partial_date(lang, str(agreement.signed)) if agreement.signed else ""
    return [
        str(number),
        f"{one_line(title(agreement, names, lang))}\n{_source(agreement, lang)}",
        parties,
        signed or say(lang, "date.none"),
        status_words(agreement, speaker.shown.day, lang),
    ]


def _source(agreement: Agreement, lang: Language) -> str:
    return one_line(agreement.page) or say(lang, "note.source.none")


def one_line(text: str) -> str:
    """A text of a source on one line."""
    return " ".join(text.split())


def _missing(speaker: Speaker, agreement: Agreement) -> Iterator[str]:
    status = status_of(agreement, speaker.shown.day)
    if agreement.signed is None:
        yield "signed"
    if status is Status.OPEN:
        yield "ends"
    if status is Status.UNKNOWN:
        yield "unknown"
    if not agreement.page:
        yield "source"
    record = speaker.shown.store.agreement(agreement.id)
    if conflicts([sourced.claim for sourced in record.claims]):
        yield "conflict"
