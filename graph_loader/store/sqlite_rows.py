"""An agreement as the columns of its table; what repeats from one to the next is kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from graph_loader.dates import PartialDate
from graph_loader.model import Agreement, Category, Signatory, TopicTag
from graph_loader.store import codec
from graph_loader.text import fold

CATEGORIES = tuple(Category)
_KEPT = 65_536  # because a century has fewer days, and a register fewer sets of topics


def agreement_row(number: int, agreement: Agreement, folded: str) -> tuple[object, ...]:
    """The row of `sql.INSERT_AGREEMENT`; `folded` is the title as `fold` writes it."""
    signed, first, last, year = _date(agreement.signed)
    ends, _, ends_last, _ = _date(agreement.ends)
    topics, goals = _topics(agreement.topics)
    stated = agreement.last_stated
    return (
        number, agreement.id, agreement.instrument, agreement.title,
        signed, first, last, year, ends, ends_last, agreement.stated_status, agreement.topic_text,
        agreement.outcome, agreement.note, agreement.page,
        signed if stated is agreement.signed else _date(stated)[0],
        _bits(agreement.categories), goals, _parties(agreement.parties), topics,
        _relations(agreement), folded,
    )  # fmt: skip


def agreement_text(agreement: Agreement, folded: str, names: Iterable[str]) -> str:
    """What a free text looks through: title, every name of every party, the topic's own words."""
    return " ".join([folded, *names, fold(agreement.topic_text)])


@lru_cache(maxsize=_KEPT)
def _date(date: PartialDate | None) -> tuple[str, int, int, int]:
    """As text, its first and last day, its year; zeros where it is not known."""
    if date is None:
        return ("", 0, 0, 0)
    return (str(date), date.first.toordinal(), date.last.toordinal(), date.year)


@lru_cache(maxsize=_KEPT)
def _topics(tags: Sequence[TopicTag]) -> tuple[str, int]:
    goals = 0
    for tag in tags:
        goals |= 1 << int(tag.topic.split(".")[0])
    return codec.dump([[tag.topic, *tag.words] for tag in tags]), goals


@lru_cache(maxsize=_KEPT)
def _bits(categories: frozenset[Category]) -> int:
    return sum(1 << CATEGORIES.index(category) for category in categories)


def _parties(parties: Sequence[Signatory]) -> str:
    if any(signatory.role for signatory in parties):
        return codec.dump([[s.party, s.role] for s in parties])
    return "[" + ",".join([f'["{s.party}",""]' for s in parties]) + "]"  # ids need no quoting


def _relations(agreement: Agreement) -> str:
    relations = agreement.relations
    return codec.dump([[r.kind, r.other] for r in relations]) if relations else "[]"
