"""Unused paths: typed chains from a region to somebody it has no agreement in force with.

A chain's score is the product of what joins each two of it and, for each intermediary, of its
degree^-0.5; the province as an umbrella comes first, then the higher score.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Literal

import numpy as np

from explorer.index import Ints
from explorer.reasons.ground import Known
from explorer.reasons.question import Question
from explorer.ties import Floats

SHOWN = 3  # because three ways in are more than one meeting weighs
BESIDE_WORTH = 0.5  # because regions of one province meet at the governor's, bound by nothing
Kind = Literal["umbrella", "reopen", "introduction", "sibling"]
StepKind = Literal["agreement", "lapsed", "listed", "province", "beside"]
_STEP: dict[Known, StepKind] = {
    Known.AGREEMENT: "agreement",
    Known.LAPSED: "lapsed",
    Known.LISTED: "listed",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One hop: two parties (ids), what joins them, and the agreements that prove it.

    A step over the list of twin towns, into the own province or to a region beside has none.
    """

    a: str
    b: str
    kind: StepKind
    agreements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chain:
    """An unused path of one to three hops. `score` is comparable, and not a probability."""

    kind: Kind
    steps: tuple[Step, ...]
    score: float

    @property
    def parties(self) -> tuple[str, ...]:
        """The ids along it, region first."""
        return (self.steps[0].a, *(step.b for step in self.steps))

    @property
    def renewals(self) -> tuple[str, ...]:
        """The lapsed agreements that would have to be renewed."""
        return tuple(step.agreements[0] for step in self.steps if step.kind == "lapsed")


@dataclass(frozen=True, slots=True)
class Unused:
    """What leads to one candidate: the best chains, and the sum of all chains' scores."""

    chains: tuple[Chain, ...]
    score: float


_Found = tuple[float, Kind, tuple[int, ...]]


def unused_paths(question: Question, candidates: Sequence[int]) -> list[Unused]:
    """The best chains to each candidate, with different first hops, the umbrella first.

    Equal scores: fewer hops first, then by the parties' ids.
    """
    ends = _Ends.of(question, candidates)
    return [_unused(question, ends, candidate) for candidate in candidates]


def _unused(question: Question, ends: _Ends, candidate: int) -> Unused:
    others = [*_umbrella(question, candidate), *_reopen(question, candidate)]
    introductions, total = ends.introductions(candidate)
    siblings, more = _siblings(question, candidate)
    total += more + sum(score for score, *_ in others)
    found = sorted(others + introductions + siblings, key=_order)
    first: dict[int, _Found] = {}
    for one in found:
        first.setdefault(one[2][1], one)
    shown = list(first.values())[:SHOWN]
    return Unused(tuple(_chain(question, one) for one in shown), total)


def _order(found: _Found) -> tuple[bool, float, int, tuple[int, ...]]:
    score, kind, parties = found
    return kind != "umbrella", -score, len(parties), parties


def _umbrella(question: Question, candidate: int) -> Iterator[_Found]:
    base, province = question.ground, question.province
    if province < 0 or question.is_sister(candidate):
        return
    if base.how(province, candidate) in {Known.AGREEMENT, Known.LAPSED}:
        worth = base.worth_of(province, candidate) * float(base.passing[province])
        yield worth, "umbrella", (question.region, province, candidate)


def _reopen(question: Question, candidate: int) -> Iterator[_Found]:
    base = question.ground
    if base.how(question.region, candidate) is Known.LAPSED:
        worth = base.worth_of(question.region, candidate)
        yield worth, "reopen", (question.region, candidate)


def _siblings(question: Question, candidate: int) -> tuple[list[_Found], float]:
    """The best chains over regions beside, and the sum of all of theirs."""
    base = question.ground
    low, high = base.worth.indptr[candidate], base.worth.indptr[candidate + 1]
    near = base.worth.indices[low:high]
    beside = question.is_beside[near]
    sisters = near[beside]
    worth = BESIDE_WORTH * base.worth.data[low:high][beside] * base.passing[sisters]
    best = np.lexsort((sisters, -worth))[:SHOWN]
    found: list[_Found] = [
        (float(worth[n]), "sibling", (question.region, int(sisters[n]), candidate)) for n in best
    ]
    return found, float(worth.sum())


@dataclass(frozen=True)
class _Ends:
    """What stands next to the region, and what stands next to each candidate.

    `worth` and `lapses` hold, for each first intermediary (row), what joins it to each last one
    (column, those of all candidates behind one another), and whether only a lapsed agreement does.
    """

    question: Question
    first: Ints
    first_worth: Floats
    first_lapses: Ints
    last: dict[int, tuple[slice, Ints, Floats, Ints]]
    worth: Floats
    lapses: Ints

    @classmethod
    def of(cls, question: Question, candidates: Sequence[int]) -> _Ends:
        """Everything that three hops need, read from the matrices at once."""
        first, worth, lapses = question.neighbours(question.region)
        last, start = {}, 0
        for candidate in candidates:
            ends, end_worth, end_lapses = question.neighbours(candidate)
            last[candidate] = (slice(start, start + len(ends)), ends, end_worth, end_lapses)
            start += len(ends)
        columns = np.concatenate([ends for _, ends, _, _ in last.values()] or [first[:0]])
        between, known = (matrix[:, columns].toarray() for matrix in question.beyond)
        lapsed = (known == Known.LAPSED).astype(np.int32)
        return cls(question, first, worth, lapses, last, between, lapsed)

    def introductions(self, candidate: int) -> tuple[list[_Found], float]:
        """The best chains of two or three hops with different first ones, and all chains' sum.

        At most one hop of each may have lapsed: what needs two renewals is a wish.
        """
        region, (at, ends, end_worth, end_lapses) = self.question.region, self.last[candidate]
        short = self._through_one(ends, end_worth, end_lapses)
        score = self.first_worth[:, None] * self.worth[:, at] * end_worth[None, :]
        lapses = self.first_lapses[:, None] + self.lapses[:, at] + end_lapses[None, :]
        score[(lapses > 1) | (self.first == candidate)[:, None] | (ends == region)[None, :]] = 0.0
        total = float(short.sum() + score.sum())
        if not total:
            return [], total
        column = score.argmax(axis=1) if len(ends) else np.zeros(len(self.first), dtype=np.int64)
        long = score[np.arange(len(self.first)), column] if len(ends) else np.zeros_like(short)
        best = np.maximum(short, long)
        found: list[_Found] = []
        for row in np.lexsort((self.first, long > short, -best))[:SHOWN].tolist():
            inside = [int(self.first[row])]
            inside += [int(ends[column[row]])] if long[row] > short[row] else []
            if best[row] > 0:
                found.append((float(best[row]), "introduction", (region, *inside, candidate)))
        return found, total

    def _through_one(self, ends: Ints, end_worth: Floats, end_lapses: Ints) -> Floats:
        """For each first intermediary the score of the chain where it knows the candidate too.

        Both its neighbours' shares hold what passing through it leaves, which counts once.
        """
        scores = np.zeros(len(self.first))
        _, here, there = np.intersect1d(self.first, ends, assume_unique=True, return_indices=True)
        lapses = self.first_lapses[here] + end_lapses[there]
        passing = self.question.ground.passing[self.first[here]]
        worth = self.first_worth[here] * end_worth[there] / passing
        scores[here] = np.where(lapses <= 1, worth, 0.0)
        return scores


def _chain(question: Question, found: _Found) -> Chain:
    score, kind, parties = found
    steps = tuple(_step(question, kind, a, b) for a, b in pairwise(parties))
    return Chain(kind, steps, score)


def _step(question: Question, kind: Kind, a: int, b: int) -> Step:
    step = partial(Step, question.id(a), question.id(b))
    if a == question.region and kind == "umbrella":
        return step("province")
    if a == question.region and kind == "sibling":
        return step("beside")
    known = question.ground.how(a, b)
    assert known is not None
    return step(_STEP[known], question.ground.proof(a, b))
