"""What the network says for a candidate: common partners, introductions, countries, nearness."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np

from explorer.index import Bools, Ints
from explorer.rankings import RANKINGS
from explorer.reasons.ground import Known
from explorer.reasons.question import Question, Ranking, Reason, Row, Score
from explorer.ties import Floats

NAMED = 3  # because a sentence that names more partners is not read out
MANY = 200  # because past that many on either side the best introduction is among those


def common_partner_told(question: Question, candidate: int) -> Iterator[Reason]:
    """The partner who could introduce the two best, and how many there are."""
    base = question.ground
    near = _introducing(question, question.region)
    middles = np.intersect1d(near, base.near(candidate), assume_unique=True)
    worth = base.row(question.region)[middles] * base.row(candidate)[middles]
    best = int(middles[int(np.argmax(worth * base.passing[middles]))])
    chain = (question.region, best, candidate)
    yield _introduction(question, "common-partner", chain, {"n": len(middles)})


def has_common_partner(question: Question) -> Bools:
    """Whom a partner of the region knows too."""
    reached = np.zeros(question.ground.count)
    reached[_introducing(question, question.region)] = 1.0
    found: Bools = (question.ground.living @ reached) > 0
    return found


def chain_told(question: Question, candidate: int) -> Iterator[Reason]:
    """The best way through two others, each of whom knows the next."""
    base = question.ground
    ends = (question.region, candidate)
    first, last = (_best_of(question, np.setdiff1d(_introducing(question, n), ends)) for n in ends)
    between = base.living[first][:, last].toarray()
    score = (base.row(question.region) * base.passing)[first][:, None] * between
    score = score * (base.row(candidate) * base.passing)[last][None, :]
    if not score.any():
        return
    row, column = np.unravel_index(int(np.argmax(score)), score.shape)
    chain = (question.region, int(first[row]), int(last[column]), candidate)
    yield _introduction(question, "chain", chain)


def needs_two(question: Question) -> Bools:
    """Whom two introductions reach, and no common partner."""
    one = has_common_partner(question)
    inside = one & (question.ground.passing > 0)
    inside[[question.region, question.province]] = False
    two: Bools = (question.ground.living @ inside.astype(np.float64)) > 0
    return two & ~one


def country_told(question: Question, candidate: int) -> Iterator[Reason]:
    """The partners that the region, or else its province's others, have in that country."""
    base = question.ground
    country = int(base.country[candidate])
    for form, by_country in question.circles:
        known = {p: side for p, side in by_country.get(country, {}).items() if p != candidate}
        if known:
            named = list(known.items())[:NAMED]
            proof = tuple(id for partner, side in named for id in base.proof(side, partner)[:1])
            params = {
                "n": len(known),
                "named": tuple(base.id(partner) for partner, _ in named),
                "country": base.countries[country],
            }
            chain, shown = (question.region, candidate), tuple(dict.fromkeys(proof))
            yield question.reason("country", chain, shown, form=form, params=params)
            return


def has_country(question: Question) -> Bools:
    """Who lies in a country abroad where the region or its province's others have another."""
    base = question.ground
    count = np.zeros(len(base.countries) + 1, dtype=np.int32)
    known = np.zeros(base.count, dtype=np.int32)
    for _, by_country in question.circles:
        for country, partners in by_country.items():
            numbers = list(partners)
            new = [number for number in numbers if not known[number]]
            known[new] = 1
            count[country] += len(new)
    return base.is_abroad & (base.country >= 0) & (count[base.country] - known > 0)


def nobody(question: Question) -> Bools:
    """A ranking that has no words of its own proposes nobody alone."""
    return np.zeros(question.ground.count, dtype=np.bool_)


def silent(question: Question, candidate: int) -> Iterator[Reason]:
    """Nearness in the network has no sentence of its own that could be read out."""
    return iter(())


def _introduction(
    question: Question, code: str, chain: Sequence[int], params: Mapping[str, object] | None = None
) -> Reason:
    """A reason over other parties, each step with its agreement or its line of the list."""
    base, steps = question.ground, list(pairwise(chain))
    listed = [(a, b) for a, b in steps if base.how(a, b) is Known.LISTED]
    proof = tuple(dict.fromkeys(id for a, b in steps for id in base.proof(a, b)[:1]))
    rows: tuple[Row, ...] = tuple(question.list_row(a, b) for a, b in listed)
    form = "listed" if listed else ""
    return question.reason(code, chain, proof, rows=rows, form=form, params=params)


def _introducing(question: Question, number: int) -> Ints:
    """Those next to somebody who may introduce: not the own province, no country."""
    near = question.ground.near(number)
    some: Ints = near[(question.ground.passing[near] > 0) & (near != question.province)]
    return some


def _best_of(question: Question, near: Ints) -> Ints:
    if len(near) <= MANY:
        return near
    order = np.argsort(-question.ground.passing[near], kind="stable")
    return np.sort(near[order[:MANY]])


def _scored(name: str) -> Score:
    """A ranking of `explorer.rankings`; between countries where it is of countries."""

    def score(question: Question) -> Floats:
        scores = question.by_network[name]
        return scores * question.ground.is_abroad if name == "country" else scores

    return score


NETWORK: Mapping[str, Ranking] = {
    "common-partner": Ranking(_scored("common-partner"), common_partner_told, has_common_partner),
    "country": Ranking(_scored("country"), country_told, has_country),
    "chain": Ranking(_scored("chain"), chain_told, needs_two),
} | {
    name: Ranking(_scored(name), silent, nobody)
    for name in RANKINGS
    if name not in {"common-partner", "country", "chain"}
}
