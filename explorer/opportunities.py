"""Unused paths: whom a region has no agreement in force with, ordered by the reasons for it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Literal

from explorer.index import Index
from explorer.reasons import REASONS, Question, Reason
from graph_loader import FOREIGN_LEVELS, REGION_LEVELS, BadInput, Level, NotFound

ListName = Literal["abroad", "regions", "third_parties"]
LISTS: tuple[ListName, ...] = ("abroad", "regions", "third_parties")


@dataclass(frozen=True, slots=True)
class Opportunity:
    """A party that a region has no agreement in force with, and why it could."""

    party: str
    list: ListName
    reasons: tuple[Reason, ...]


def opportunities(
    index: Index, region: str, day: date, *, codes: Collection[str] | None = None
) -> list[Opportunity]:
    """Every candidate that at least one reason speaks for.

    Returns:
        One line per party, in a transparent order: more kinds of reasons first, then the stronger
        strongest reason, then name and id. One reason per code (need-offer: per commodity).

    Raises:
        NotFound: ("party-unknown", id=…).
        BadInput: ("not-a-region", id=…), ("reason-unknown", value=…).
    """
    if region not in index.number:
        raise NotFound("party-unknown", id=region)
    number = index.number[region]
    if index.parties[number].level not in REGION_LEVELS:
        raise BadInput("not-a-region", id=region, field="daerah")
    for code in codes or ():
        if code not in REASONS:
            raise BadInput("reason-unknown", value=code, field="alasan")
    chosen = tuple(code for code in REASONS if codes is None or code in codes)
    key = ("opportunities", number, day, chosen)
    return index.remember(key, lambda: _all(Question.ask(index, number, day), chosen))


def _all(question: Question, codes: tuple[str, ...]) -> list[Opportunity]:
    index = question.index
    taken = {question.region, question.province, *question.partners.tolist()}
    found: dict[int, dict[tuple[str, object], Reason]] = {}
    for code in codes:
        for candidate, reason in REASONS[code](question):
            if candidate in taken or index.parties[candidate].level is Level.COUNTRY:
                continue
            key = (code, reason.params.get("commodity"))
            kept = found.setdefault(candidate, {}).get(key)
            if kept is None or reason.strength > kept.strength:
                found[candidate][key] = reason
    ranked = sorted(found.items(), key=lambda item: _order(index, *item))
    return [
        Opportunity(question.id(candidate), _list(index, candidate), tuple(reasons.values()))
        for candidate, reasons in ranked
    ]


def _order(
    index: Index, candidate: int, reasons: dict[tuple[str, object], Reason]
) -> tuple[int, float, str, str]:
    kinds = len({code for code, _ in reasons})
    party = index.parties[candidate]
    return (-kinds, -max(r.strength for r in reasons.values()), party.sort_key, party.id)


def _list(index: Index, candidate: int) -> ListName:
    level = index.parties[candidate].level
    if level in FOREIGN_LEVELS:
        return "abroad"
    return "regions" if level in REGION_LEVELS else "third_parties"
