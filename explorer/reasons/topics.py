"""Who works on the same SDG goals and targets, the rarer ones counting more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
from scipy.sparse import csr_array

from explorer.index import Index, Ints
from explorer.reasons.question import Question, Ranking
from explorer.reasons.reason import Reason
from explorer.ties import Floats

COMMON_SHARE = 0.25  # because what more than a quarter of all parties work on sets nobody apart
NAMED_TOPICS = 3  # because a sentence that lists more is not read out
_PROOFS = 2  # of each side and topic; because more prove no better


@dataclass(frozen=True)
class Topics:
    """Parties by topics, from agreements in force; `rarity` is log(parties / those who work on it).

    Topics that are too common have a rarity of 0. A goal's parties include its targets'.
    """

    codes: list[str]
    worked: csr_array
    rarity: Floats
    weighed: csr_array
    """`worked` times `rarity`, each row of length 1"""


def topics(index: Index, day: date) -> Topics:
    """Who works on what, kept with the index."""
    return index.remember(("topics", day), lambda: _topics(index, day))


def shared_topics(question: Question) -> Floats:
    """Both work on the same SDG goals or targets; those that few work on count more.

    The cosine of the two parties' topics, each weighed by its rarity (TF-IDF with presence alone).
    """
    known = topics(question.index, question.day)
    scores = question.nothing()
    alike = known.weighed @ known.weighed[[question.region]].toarray()[0]
    scores[: len(alike)] = alike
    return scores


def shared_topics_told(question: Question, candidate: int) -> Iterator[Reason]:
    """The rarest shared topics, and both sides' agreements on them."""
    shared = _shared(question, candidate)
    if not shared:
        return
    sides = (question.region, candidate)
    proof = [id for code in shared for side in sides for id in _on(question, side, code)]
    params = {"topics": tuple(shared)}
    yield question.reason("shared-topics", sides, tuple(dict.fromkeys(proof)), params=params)


TOPICS = {"shared-topics": Ranking(shared_topics, shared_topics_told)}


def _topics(index: Index, day: date) -> Topics:
    codes = sorted(index.topic_ids)
    in_force = index.in_force(day)
    numbers = [index.topic_ids[code][in_force[index.topic_ids[code]]] for code in codes]
    columns = np.repeat(np.arange(len(codes)), [len(some) for some in numbers])
    rows = np.concatenate([*numbers, np.empty(0, dtype=np.int32)])
    shape = (len(index.agreement_ids), len(codes))
    addresses = csr_array((np.ones(len(rows)), (rows, columns)), shape=shape)
    worked = csr_array(index.of_party.astype(np.float64) @ addresses)
    worked.data[:] = 1.0
    count = np.bincount(worked.indices, minlength=len(codes))
    everyone = max(int((np.diff(worked.indptr) > 0).sum()), 1)
    rarity = np.log(everyone / np.maximum(count, 1))
    rarity[count > COMMON_SHARE * everyone] = 0.0
    weighed = csr_array(worked.multiply(rarity[None, :]))
    size = np.sqrt(weighed.multiply(weighed).sum(axis=1))
    weighed.data /= np.repeat(np.where(size > 0, size, 1.0), np.diff(weighed.indptr))
    return Topics(codes, worked, rarity, weighed)


def _shared(question: Question, candidate: int) -> list[str]:
    """The codes that both work on, the rarest first; a goal is left out beside its own target."""
    known = topics(question.index, question.day)
    if candidate >= known.worked.shape[0]:
        return []
    own, other = (_row(known.worked, number) for number in (question.region, candidate))
    both = [n for n in np.intersect1d(own, other).tolist() if known.rarity[n] > 0]
    both.sort(key=lambda n: (-known.rarity[n], known.codes[n]))
    codes = [known.codes[n] for n in both]
    goals = {code.split(".")[0] for code in codes if "." in code}
    return [code for code in codes if code not in goals][:NAMED_TOPICS]


def _on(question: Question, party: int, code: str) -> list[str]:
    """A party's agreements in force on a topic, the newest first."""
    index = question.index
    own = np.intersect1d(index.agreements_of(party), index.topic_ids[code], assume_unique=True)
    own = own[index.in_force(question.day)[own]]
    newest = np.lexsort((own, -index.signed_first[own]))[:_PROOFS]
    return [index.agreement_ids[number] for number in own[newest]]


def _row(matrix: csr_array, number: int) -> Ints:
    found: Ints = matrix.indices[matrix.indptr[number] : matrix.indptr[number + 1]]
    return found
