"""Each ranking's scores and words, counted again by plain loops on random networks."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.index import Index
from explorer.reasons import REASONS, SILENT, Question
from explorer.reasons.topics import COMMON_SHARE
from graph_loader import Agreement, status_of
from graph_loader.model import Batch, TopicTag
from tests.explorer.unused_oracle import DAY, HERE, Plain, ask, worlds

SISTERS = ("35.02", "35.03", "35.04")
COUNTRIES = {"id", "jp"}
TOPICS = st.sampled_from(("6", "6.1", "6.2", "17", "4"))


def scored(question: Question, code: str) -> dict[str, float]:
    scores = REASONS[code].score(question)
    return {question.id(n): float(scores[n]) for n in np.flatnonzero(scores).tolist()}


def worded(question: Question, code: str) -> set[str]:
    ranking = REASONS[code]
    found = ranking.score(question) > 0 if ranking.worded is None else ranking.worded(question)
    return {question.id(n) for n in np.flatnonzero(found & question.is_candidate).tolist()}


def living(plain: Plain, a: str) -> set[str]:
    return {b for (one, b), (kind, _) in plain.joined.items() if one == a and kind != "lapsed"}


def candidates(plain: Plain) -> set[str]:
    """Who may be proposed to HERE at all, of those that anything joins to anybody."""
    partners = {b for (a, b), (kind, _) in plain.joined.items() if (a, kind) == (HERE, "agreement")}
    return {a for a, _ in plain.joined} - partners - COUNTRIES - {HERE, "35"}


def introducing(plain: Plain, end: str) -> set[str]:
    return living(plain, end) - COUNTRIES - {"35"}


@settings(max_examples=40, deadline=None)
@given(worlds())
def test_scores_of_policy_are_those_of_plain_loops(world: Batch) -> None:
    index, agreements = ask(world)
    plain, question = Plain.of(agreements, world.background), Question.ask(index, _here(index), DAY)
    joined = plain.joined
    umbrella = {
        b: worth for (a, b), (kind, worth) in joined.items()
        if (a, kind) == ("35", "agreement") and b not in SISTERS
    }  # fmt: skip
    assert scored(question, "umbrella") == pytest.approx(umbrella)
    sibling: dict[str, float] = {}
    for (a, b), (kind, worth) in joined.items():
        if a in SISTERS and kind != "lapsed":
            sibling[b] = sibling.get(b, 0.0) + worth * plain.passing(a)
    assert scored(question, "sibling") == pytest.approx(sibling)
    twins = {b for (a, b), (kind, _) in joined.items() if (a, kind) == (HERE, "listed")}
    assert set(scored(question, "twinned")) == twins
    gone = {b for (a, b), (kind, _) in joined.items() if (a, kind) == (HERE, "lapsed")}
    assert set(scored(question, "lapsed")) == gone


@settings(max_examples=40, deadline=None)
@given(worlds())
def test_whom_others_can_introduce_is_what_plain_loops_find(world: Batch) -> None:
    index, agreements = ask(world)
    plain, question = Plain.of(agreements, world.background), Question.ask(index, _here(index), DAY)
    first = introducing(plain, HERE)
    common = {c for c in candidates(plain) if first & living(plain, c)}
    assert worded(question, "common-partner") == common
    anybody = {c for c, _ in plain.joined if first & living(plain, c)} - COUNTRIES - {HERE, "35"}
    two = {c for c in candidates(plain) if anybody & living(plain, c)} - common
    assert worded(question, "chain") == two


@settings(max_examples=40, deadline=None)
@given(worlds())
def test_whoever_a_ranking_has_words_for_gets_them_with_evidence(world: Batch) -> None:
    index, agreements = ask(world)
    plain, question = Plain.of(agreements, world.background), Question.ask(index, _here(index), DAY)
    for code in REASONS.keys() - SILENT:
        for id in worded(question, code):
            told = list(REASONS[code].tell(question, question.ground.number_of(id)))
            direct = plain.joined.get((HERE, id), ("", 0.0))[0] == "listed"
            assert told or (code == "chain" and direct), (code, id)
            for reason in told:
                assert (reason.parties[0], reason.parties[-1]) == (HERE, id)
                assert reason.agreements or reason.rows
                assert set(reason.agreements) <= agreements.keys()


@settings(max_examples=40, deadline=None)
@given(
    worlds(), st.lists(st.sampled_from(("6", "6.1", "6.2", "17", "4")), min_size=14, max_size=14)
)
def test_shared_topics_are_the_cosine_of_what_is_rare(world: Batch, codes: list[str]) -> None:
    stated = [
        replace(one, claims=tuple(replace(c, topics=(TopicTag(code),)) for c in one.claims))
        for one, code in zip(world.agreements, codes, strict=False)
    ]
    index, agreements = ask(replace(world, agreements=tuple(stated)))
    question = Question.ask(index, _here(index), DAY)
    worked = _worked(agreements)
    found = scored(question, "shared-topics")
    expected = {p: score for p in worked if (score := _cosine(worked, HERE, p)) > 0}
    assert found == pytest.approx(expected)


def _worked(agreements: Mapping[str, Agreement]) -> dict[str, set[str]]:
    worked: dict[str, set[str]] = {}
    for one in agreements.values():
        if status_of(one, DAY).in_force:
            codes = {tag.topic for tag in one.topics}
            codes |= {code.split(".")[0] for code in codes}
            for signatory in one.parties:
                worked.setdefault(signatory.party, set()).update(codes)
    return {party: codes for party, codes in worked.items() if codes}


def _cosine(worked: Mapping[str, set[str]], a: str, b: str) -> float:
    def rarity(code: str) -> float:
        count = sum(code in codes for codes in worked.values())
        return 0.0 if count > COMMON_SHARE * len(worked) else math.log(len(worked) / count)

    def size(party: str) -> float:
        return math.sqrt(sum(rarity(code) ** 2 for code in worked.get(party, ())))

    both = worked.get(a, set()) & worked.get(b, set())
    shared = sum(rarity(code) ** 2 for code in both)
    return shared / (size(a) * size(b)) if shared else 0.0


def _here(index: Index) -> int:
    return index.number[HERE]
