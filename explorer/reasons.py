"""Why a party could become a partner: each reason is a function that finds typed unused paths.

A reason is code, chain and evidence; its sentence is the catalogue entry ``reason.<code>``. Every
function takes the question and yields (candidate, Reason); the chain runs from region to candidate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from explorer.exchange import FIRM, meets
from explorer.index import STATUSES, Index, Ints
from explorer.ties import Ties, ties
from graph_loader import Direction, Status

LONG_BORDER_KM = 100.0  # because no two regions of Jawa Timur share more


@dataclass(frozen=True, slots=True)
class Reason:
    """One named rule that speaks for a candidate, and what it rests on.

    `parties` is the chain of ids, region first, candidate last. `agreements` are the ids that prove
    it, `flows` those of needs and offers. `strength`, 0 to 1, orders reasons of one code only.
    """

    code: str
    parties: tuple[str, ...]
    agreements: tuple[str, ...] = ()
    flows: tuple[str, ...] = ()
    params: Mapping[str, object] = field(default_factory=dict)
    strength: float = 0.0


@dataclass(frozen=True)
class Question:
    """A region, a day, and what all reasons need to know of both."""

    index: Index
    day: date
    region: int
    ties: Ties

    @classmethod
    def ask(cls, index: Index, region: int, day: date) -> Question:
        """The question of one region on one day."""
        return cls(index, day, region, ties(index, day))

    @property
    def partners(self) -> Ints:
        """Those the region has an agreement in force with."""
        return self.ties.of(self.region)

    @property
    def province(self) -> int:
        """The province that the region lies in; -1 for a province itself."""
        province = int(self.index.province[self.region])
        return -1 if province == self.region else province

    def id(self, number: int) -> str:
        """A party's id."""
        return self.index.parties[number].id

    def proof(self, a: int, b: int) -> tuple[str, ...]:
        """The agreements in force between two parties, the one worth most first."""
        return tuple(self.ties.best_agreements(self.index, self.day, a, b))


Finder = Callable[[Question], Iterator[tuple[int, Reason]]]


def umbrella(question: Question) -> Iterator[tuple[int, Reason]]:
    """The region's province works with the candidate, and the region does not use it yet."""
    province = question.province
    if province < 0:
        return
    worths = question.ties.worths_of(province)
    for candidate, worth in zip(question.ties.of(province), worths, strict=True):
        chain = (question.region, province, int(candidate))
        proof = question.proof(province, int(candidate))
        yield int(candidate), _reason("umbrella", question, chain, proof, float(worth))


def common_partner(question: Question) -> Iterator[tuple[int, Reason]]:
    """A partner of the region already works with the candidate."""
    yield from _through(question, "common-partner", question.partners)


def sibling(question: Question) -> Iterator[tuple[int, Reason]]:
    """Another kabupaten or kota of the same province works with the candidate."""
    if question.province < 0:
        return
    same = np.flatnonzero(question.index.province == question.province)
    sisters = same[(same != question.region) & (same != question.province)]
    yield from _through(question, "sibling", sisters.astype(np.int32))


def lapsed(question: Question) -> Iterator[tuple[int, Reason]]:
    """The two had an agreement that has lapsed or ended: it can be taken up again."""
    index = question.index
    gone = [STATUSES.index(Status.LAPSED), STATUSES.index(Status.ENDED)]
    own = index.agreements_of(question.region)
    found: dict[int, list[str]] = {}
    for agreement in own[np.isin(index.status(question.day)[own], gone)]:
        for candidate in index.members_of(int(agreement)):
            found.setdefault(int(candidate), []).append(index.agreement_ids[agreement])
    for candidate, proof in sorted(found.items()):
        chain = (question.region, candidate)
        yield candidate, _reason("lapsed", question, chain, tuple(proof), 1.0)


def border(question: Question) -> Iterator[tuple[int, Reason]]:
    """The two regions touch, and no agreement in force between them is recorded."""
    here = question.id(question.region)
    for line in question.index.borders.get(here, ()):
        other = line.b if line.a == here else line.a
        params = {"kind": line.kind, "km": line.shared_km}
        strength = min(1.0, (line.shared_km or 1.0) / LONG_BORDER_KM)
        reason = Reason("border", (here, other), params=params, strength=strength)
        yield question.index.number[other], reason


def need_offer(question: Question) -> Iterator[tuple[int, Reason]]:
    """One of the two lacks what the other can give: like bases only, with unit and year."""
    flows = question.index.flows
    here = question.id(question.region)
    for own in (flow for flow in flows if flow.party == here):
        for other in flows:
            if other.party == here or not meets(own, other):
                continue
            need, offer = (own, other) if own.direction is Direction.NEED else (other, own)
            params = {"commodity": own.commodity, "needs_here": need is own}
            yield (
                question.index.number[other.party],
                Reason("need-offer", (here, other.party), flows=(need.id, offer.id), params=params,
                       strength=1.0 if (need.basis, offer.basis) in FIRM else 0.5),
            )  # fmt: skip


REASONS: Mapping[str, Finder] = {
    "umbrella": umbrella,
    "lapsed": lapsed,
    "common-partner": common_partner,
    "need-offer": need_offer,
    "sibling": sibling,
    "border": border,
}
"""In the order in which they are told."""


def _through(question: Question, code: str, middles: Ints) -> Iterator[tuple[int, Reason]]:
    """The best two-step chain to each candidate through one of the middles, hubs counting less."""
    best: dict[int, tuple[float, int]] = {}
    count: dict[int, int] = {}
    own = dict(
        zip(question.partners.tolist(), question.ties.worths_of(question.region), strict=True)
    )
    for middle in middles.tolist():
        if not question.ties.may_pass[middle] or middle == question.province:
            continue
        share = own.get(middle, 1.0) * max(int(question.ties.degree[middle]), 1) ** -0.5
        for candidate, worth in zip(
            question.ties.of(middle).tolist(), question.ties.worths_of(middle).tolist(), strict=True
        ):
            count[candidate] = count.get(candidate, 0) + 1
            if (rank := (-share * worth, middle)) < best.get(candidate, (1.0, 0)):
                best[candidate] = rank
    for candidate, (worth, middle) in sorted(best.items()):
        first = question.proof(question.region, middle) if code == "common-partner" else ()
        proof = first[:1] + question.proof(middle, candidate)
        chain = (question.region, middle, candidate)
        yield candidate, _reason(code, question, chain, proof, -worth, n=count[candidate])


def _reason(
    code: str,
    question: Question,
    chain: tuple[int, ...],
    proof: tuple[str, ...],
    strength: float,
    **params: object,
) -> Reason:
    return Reason(code, tuple(map(question.id, chain)), proof, (), params, strength)
