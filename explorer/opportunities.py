"""Unused paths: whom a region has no agreement in force with, ranked, in three lists.

Each named ranking puts the candidates of a list in its own order; reciprocal rank fusion joins
those that the planner has not switched off. Listed is whom at least one of them has words for.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, cast

import numpy as np

from explorer.fusion import joined, joined_plainly
from explorer.index import Bools, Index, Ints
from explorer.law import Advice, advice
from explorer.network import network_of
from explorer.reasons import REASONS, Question
from explorer.reasons.chains import Unused, unused_paths
from explorer.reasons.reason import Reason
from explorer.ties import Floats
from graph_loader import REGION_LEVELS, BadInput, NotFound

ListName = Literal["abroad", "regions", "third_parties"]
LISTS: tuple[ListName, ...] = ("abroad", "regions", "third_parties")


@dataclass(frozen=True, slots=True)
class Opportunity:
    """A party (or place) that a region has no agreement in force with, and who speaks for it.

    `rank` counts from 1 within its list; `codes` are the rankings that have words for it.
    """

    party: str
    number: int
    list: ListName
    rank: int
    score: float
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """All that is to be said of one opportunity: reasons with evidence, and what leads there."""

    region: str
    opportunity: Opportunity
    reasons: tuple[Reason, ...]
    unused: Unused
    advice: Advice


@dataclass(frozen=True)
class Ranked:
    """A region's opportunities: `lists` holds the candidates' numbers, the best first."""

    question: Question
    lists: Mapping[ListName, Ints]
    score: Floats
    worded: Mapping[str, Bools]
    """chosen code → for whom it has words"""
    counts: Mapping[str, int]
    """code, chosen or not → how many candidates it has words for"""
    topic: str = ""

    def __len__(self) -> int:
        return sum(map(len, self.lists.values()))

    @property
    def is_cold(self) -> bool:
        """Whether the region has no agreement in force, so that nothing of its own speaks."""
        return not len(self.question.partners)

    def part(self, name: ListName, first: int = 0, count: int | None = None) -> list[Opportunity]:
        """Some of a list, from its place `first` (0 is the best)."""
        numbers = self.lists[name][first : None if count is None else first + count]
        return [self._one(name, first + n, int(c)) for n, c in enumerate(numbers, start=1)]

    def best(self) -> list[Opportunity]:
        """The first of each list that is not empty."""
        return [one for name in LISTS for one in self.part(name, 0, 1)]

    def cases(self, lines: Sequence[Opportunity]) -> list[Case]:
        """The reasons and unused paths of some of them.

        Cost: about 0.3 ms for each.
        """
        unused = unused_paths(self.question, [line.number for line in lines])
        return [self._case(line, paths) for line, paths in zip(lines, unused, strict=True)]

    def _case(self, line: Opportunity, paths: Unused) -> Case:
        reasons = tuple(self._reasons(line))
        topics = [self.topic] if self.topic else _topics_of(reasons)
        question = self.question
        here, party = question.id(question.region), question.ground.party(line.number)
        told = advice(question.index, here, party, question.day, topics)
        return Case(here, line, reasons, paths, told)

    def _reasons(self, line: Opportunity) -> list[Reason]:
        return [
            reason
            for code in line.codes
            for reason in REASONS[code].tell(self.question, line.number)
        ]

    def _one(self, name: ListName, rank: int, number: int) -> Opportunity:
        codes = tuple(code for code, worded in self.worded.items() if worded[number])
        score = float(self.score[number])
        return Opportunity(self.question.id(number), number, name, rank, score, codes)


@dataclass(frozen=True)
class _Spoken:
    """What every ranking says to one question; which are chosen, and a topic, come later."""

    question: Question
    scores: Mapping[str, Floats]
    worded: Mapping[str, Bools]
    members: Mapping[ListName, Ints] = field(default_factory=dict)


def opportunities(
    index: Index, region: str, day: date, *, codes: Collection[str] | None = None, topic: str = ""
) -> Ranked:
    """Everybody for whom at least one chosen ranking has words; with a topic, who works on it.

    Whom the law bars comes last. Equal scores: by name, then id. A region without agreements is
    ranked by what else speaks.

    Raises:
        NotFound: ("party-unknown", id=…).
        BadInput: ("not-a-region", id=…), ("reason-unknown", value=…).
    """
    number = _region(index, region)
    for code in codes or ():
        if code not in REASONS:
            raise BadInput("reason-unknown", value=code, field="alasan")
    chosen = tuple(code for code in REASONS if codes is None or code in codes)
    key = ("opportunities", number, day, chosen, topic)
    return index.remember(key, lambda: _ranked(spoken(index, number, day), chosen, topic))


def spoken(index: Index, number: int, day: date) -> _Spoken:
    """What every ranking says to a region's question; kept with the index.

    Cost: about 3 ms for 600 parties.
    """
    return index.remember(
        ("spoken", number, day), lambda: _spoken(Question.ask(index, number, day))
    )


def _spoken(question: Question) -> _Spoken:
    free = question.is_candidate
    scores = {
        code: np.where(free, ranking.score(question), 0.0) for code, ranking in REASONS.items()
    }
    worded = {
        code: scores[code] > 0 if ranking.worded is None else free & ranking.worded(question)
        for code, ranking in REASONS.items()
    }
    base = question.ground
    of_list = {"abroad": base.is_abroad, "regions": base.is_region, "third_parties": base.is_third}
    members = {name: np.flatnonzero(free & of_list[name]).astype(np.int32) for name in LISTS}
    return _Spoken(question, scores, worded, members)


def _ranked(said: _Spoken, chosen: tuple[str, ...], topic: str) -> Ranked:
    base = said.question.ground
    works = base.works_on(topic) if topic else np.ones(base.count, dtype=np.bool_)
    worded = {code: said.worded[code] for code in chosen}
    some = np.logical_or.reduce([*worded.values(), np.zeros(base.count, dtype=np.bool_)]) & works
    score, lists = said.question.nothing(), {}
    for name in LISTS:
        members = said.members[name]
        scores = {code: said.scores[code][members] for code in chosen}
        score[members] = _fused(said.question, name, scores) if scores else 0.0
        shown = members[some[members]]
        order = (base.by_name[shown], -score[shown], base.is_barred[shown])
        lists[name] = shown[np.lexsort(order)]
    counts = {code: int((mask & works).sum()) for code, mask in said.worded.items()}
    return Ranked(said.question, lists, score, worded, counts, topic)


def _fused(question: Question, name: ListName, scores: Mapping[str, Floats]) -> Floats:
    """The rankings joined; at home plainly, because the weights were learnt between countries."""
    if name == "abroad":
        return joined(network_of(question.index, question.day), scores)
    return joined_plainly(scores)


def _topics_of(reasons: Sequence[Reason]) -> list[str]:
    """The SDG topics that the two share by what was found."""
    return [str(t) for one in reasons for t in cast(Sequence[str], one.params.get("topics", ()))]


def _region(index: Index, id: str) -> int:
    if id not in index.number:
        raise NotFound("party-unknown", id=id)
    if index.parties[index.number[id]].level not in REGION_LEVELS:
        raise BadInput("not-a-region", id=id, field="daerah")
    return index.number[id]
