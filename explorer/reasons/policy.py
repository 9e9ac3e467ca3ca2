"""What policy says for a candidate: the province, its regions, old agreements, needs, borders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import numpy as np

from explorer.exchange import Meeting, exchange
from explorer.index import Index, Ints
from explorer.reasons.ground import DAYS_A_YEAR, Known
from explorer.reasons.question import Question, Ranking
from explorer.reasons.reason import Reason, Row
from explorer.ties import HALF_LIFE_YEARS, UNDATED_AGE_YEARS, Floats

LONG_BORDER_KM = 100.0  # because no two regions of Jawa Timur share more
INDICATIVE = 0.5  # because a requirement is not yet a lack, nor a production something to spare
HALF_WAY_KM = 300.0  # because goods from the far end of a province pay twice the way


def umbrella(question: Question) -> Floats:
    """The region's province works with the candidate, and the region does not use it yet."""
    scores = question.nothing()
    if question.province >= 0:
        ties = question.ground.ties
        scores[ties.of(question.province)] = ties.worths_of(question.province)
        scores[question.sisters] = 0.0  # because they stand below the province themselves
    return scores


def umbrella_told(question: Question, candidate: int) -> Iterator[Reason]:
    """The province's agreements with the candidate."""
    chain = (question.region, question.province, candidate)
    proof = question.ground.proof(question.province, candidate)
    since = question.since(proof)
    yield question.reason(
        "umbrella", chain, proof, form="" if since else "undated", params={"since": since}
    )


def sibling(question: Question) -> Floats:
    """Another kabupaten or kota of the same province works with the candidate."""
    onward = question.ground.onward
    scores = question.nothing()
    for sister in question.sisters.tolist():
        low, high = onward.indptr[sister], onward.indptr[sister + 1]
        scores[onward.indices[low:high]] += onward.data[low:high]
    return scores


def sibling_told(question: Question, candidate: int) -> Iterator[Reason]:
    """The sister region whose tie to the candidate is worth most, and how many there are."""
    base = question.ground
    beside = np.intersect1d(question.sisters, base.near(candidate))
    signed = beside[[base.how(s, candidate) is Known.AGREEMENT for s in beside.tolist()]]
    chosen = signed if len(signed) else beside
    best = _best(question, chosen, candidate)
    chain, proof = (question.region, best, candidate), base.proof(best, candidate)
    form = "" if len(signed) else "listed"
    rows = () if len(signed) else (question.list_row(best, candidate),)
    yield question.reason("sibling", chain, proof, form=form, rows=rows, params={"n": len(chosen)})


def lapsed(question: Question) -> Floats:
    """The two had an agreement that has lapsed or ended: it can be taken up again."""
    base, scores = question.ground, question.nothing()
    low, high = base.worth.indptr[question.region : question.region + 2]
    near, known = base.worth.indices[low:high], base.known.data[low:high]
    for candidate in near[known == Known.LAPSED].tolist():
        ended = _ended(question, base.gone_between(question.region, candidate)[0])
        years = (question.day.toordinal() - ended) / DAYS_A_YEAR if ended else UNDATED_AGE_YEARS
        scores[candidate] = 0.5 ** (max(years, 0.0) / HALF_LIFE_YEARS)
    return scores


def lapsed_told(question: Question, candidate: int) -> Iterator[Reason]:
    """The agreements that the two had, the newest first."""
    proof = question.ground.gone_between(question.region, candidate)
    since = question.since(proof)
    chain = (question.region, candidate)
    yield question.reason(
        "lapsed", chain, proof, form="" if since else "undated", params={"since": since}
    )


def twinned(question: Question) -> Floats:
    """The world list of twin towns names the two together, and no agreement is recorded here."""
    base, scores = question.ground, question.nothing()
    low, high = base.known.indptr[question.region : question.region + 2]
    near, known = base.known.indices[low:high], base.known.data[low:high]
    scores[near[known == Known.LISTED]] = 1.0
    return scores


def twinned_told(question: Question, candidate: int) -> Iterator[Reason]:
    """The line of the list that names the two."""
    rows = (question.list_row(question.region, candidate),)
    yield question.reason("twinned", (question.region, candidate), rows=rows)


def border(question: Question) -> Floats:
    """The two regions touch, and no agreement in force between them is recorded."""
    scores = question.nothing()
    here = question.id(question.region)
    for line in question.index.borders.get(here, ()):
        other = question.index.number[line.b if line.a == here else line.a]
        scores[other] = min(1.0, (line.shared_km or 1.0) / LONG_BORDER_KM)
    return scores


def border_told(question: Question, candidate: int) -> Iterator[Reason]:
    """The line of the list of borders that says so."""
    here, other = question.id(question.region), question.id(candidate)
    for line in question.index.borders.get(here, ()):
        if other in {line.a, line.b}:
            form = "strait" if "strait" in line.kind else "land"
            rows = (Row("borders.csv", line.row, line.page, line.note),)
            chain = (question.region, candidate)
            yield question.reason(
                "border", chain, form=form, rows=rows, params={"km": line.shared_km}
            )


def need_offer(question: Question) -> Floats:
    """One of the two lacks what the other can give; firm figures and near regions count more."""
    scores = question.nothing()
    for (party, _), meeting in _meetings(question).items():
        scores[question.index.number[party]] += _worth(meeting)
    return scores


def need_offer_told(question: Question, candidate: int) -> Iterator[Reason]:
    """For each commodity the surest pair of a need and an offer."""
    here, other = question.id(question.region), question.id(candidate)
    for (party, _), meeting in sorted(_meetings(question).items()):
        if party == other:
            need, offer = meeting.need, meeting.offer
            rows = tuple(Row("needs_offers.csv", flow.row, flow.page) for flow in (need, offer))
            yield Reason(
                "need-offer",
                (here, other),
                flows=(need.id, offer.id),
                rows=rows,
                params={"commodity": need.commodity, "needs_here": need.party == here},
                form="" if need.commodity == offer.commodity else "kin",
            )


POLICY = {
    "umbrella": Ranking(umbrella, umbrella_told),
    "lapsed": Ranking(lapsed, lapsed_told),
    "twinned": Ranking(twinned, twinned_told),
    "need-offer": Ranking(need_offer, need_offer_told),
    "sibling": Ranking(sibling, sibling_told),
    "border": Ranking(border, border_told),
}


def _meetings(question: Question) -> Mapping[tuple[str, str], Meeting]:
    """(other party, needed commodity) → the surest meeting of the region's need or offer."""
    index, day = question.index, question.day
    key = ("meetings by party", day)
    return index.remember(key, lambda: _by_party(index, day)).get(question.id(question.region), {})


def _by_party(index: Index, day: date) -> dict[str, dict[tuple[str, str], Meeting]]:
    found: dict[str, dict[tuple[str, str], Meeting]] = {}
    for meeting in exchange(index, day).meetings:
        ends = (meeting.need.party, meeting.offer.party)
        for here, other in (ends, ends[::-1]):
            own, named = found.setdefault(here, {}), (other, meeting.need.commodity)
            if named not in own or _worth(meeting) > _worth(own[named]):
                own[named] = meeting
    return found


def _worth(meeting: Meeting) -> float:
    firm = 1.0 if meeting.grade == "firm" else INDICATIVE
    km = HALF_WAY_KM if meeting.km is None else meeting.km
    return firm * float(0.5 ** (km / HALF_WAY_KM))


def _best(question: Question, middles: Ints, candidate: int) -> int:
    """The one through whom the candidate is reached best; of equals the first by id."""
    base = question.ground
    worth = [base.worth_of(m, candidate) * base.passing[m] for m in middles.tolist()]
    return int(middles[int(np.argmax(worth))])


def _ended(question: Question, agreement: str) -> int:
    """The last day on which an agreement was in force, as far as that is known; else 0."""
    index = question.index
    number = index.agreement_number[agreement]
    return int(index.ends_last[number] or index.signed_last[number])
