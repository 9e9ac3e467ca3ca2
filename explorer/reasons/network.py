"""What the network says for a candidate: common partners, introductions, countries, nearness."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np

from explorer.index import Bools
from explorer.rankings import RANKINGS
from explorer.reasons.ground import Known
from explorer.reasons.question import Question, Ranking, Score
from explorer.reasons.reason import Reason, Row
from explorer.ties import Floats

NAMED = 3  # because a sentence that names more partners is not read out


def common_partner_told(question: Question, candidate: int) -> Iterator[Reason]:
    """The partner who could introduce the two best, and how many there are."""
    base = question.ground
    first, share = question.introducers
    near, worth = base.living_row(candidate)
    middles, here, there = np.intersect1d(first, near, assume_unique=True, return_indices=True)
    best = int(middles[int(np.argmax(share[here] * worth[there]))])
    chain = (question.region, best, candidate)
    yield _introduction(question, "common-partner", chain, {"n": len(middles)})


def has_common_partner(question: Question) -> Bools:
    """Whom a partner of the region knows too."""
    reached = np.zeros(question.ground.count)
    reached[question.introducers[0]] = 1.0
    found: Bools = (question.ground.living @ reached) > 0
    return found


def chain_told(question: Question, candidate: int) -> Iterator[Reason]:
    """The best way through two others, each of whom knows the next."""
    base, known = question.ground, question.known_by_introducers
    first, share = question.introducers
    share = np.where(first == candidate, 0.0, share)
    near, worth = base.living_row(candidate)
    ends = worth * base.passing[near] * (near != question.province) * (near != question.region)
    best, through = 0.0, (-1, -1)
    for last, end in zip(near.tolist(), ends.tolist(), strict=True):
        low, high = known.indptr[last], known.indptr[last + 1]
        if low < high:
            rows = known.indices[low:high]
            scores = share[rows] * known.data[low:high]
            row = int(scores.argmax())
            if scores[row] * end > best:
                best, through = float(scores[row] * end), (int(first[rows[row]]), last)
    if best:
        yield _introduction(question, "chain", (question.region, *through, candidate))


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
