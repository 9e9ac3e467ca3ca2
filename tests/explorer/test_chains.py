"""Unused paths: counted again by plain loops on drawn and random networks."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings

from explorer.reasons import Question
from explorer.reasons.chains import BESIDE_WORTH, SHOWN, Unused, unused_paths
from graph_loader import status_of
from graph_loader.model import Batch, Instrument
from tests.explorer.unused_oracle import DAY, HERE, Plain, Typed, ask, worlds
from tests.worlds import agreement, batch, index_of, store_of
from tests.worlds import umbrella_world as drawn


def every_chain(plain: Plain, candidate: str) -> list[Typed]:
    """(kind, score, parties) of all typed chains from HERE."""
    joined = plain.joined
    found: list[Typed] = []
    umbrella = joined.get(("35", candidate), ("", 0.0))
    if umbrella[0] in {"agreement", "lapsed"} and not candidate.startswith("35."):
        found.append(("umbrella", umbrella[1] * plain.passing("35"), (HERE, "35", candidate)))
    direct = joined.get((HERE, candidate), ("", 0.0))
    if direct[0] == "lapsed":
        found.append(("reopen", direct[1], (HERE, candidate)))
    for sister in ("35.02", "35.03", "35.04"):
        far = joined.get((sister, candidate), ("", 0.0))[1]
        if sister != candidate and joined.get((HERE, sister), ("",))[0] != "agreement":
            found.append(
                ("sibling", BESIDE_WORTH * far * plain.passing(sister), (HERE, sister, candidate))
            )
    others = sorted({a for a, _ in joined} - {HERE, candidate, "35"})
    for inside in itertools.chain(((one,) for one in others), itertools.permutations(others, 2)):
        chain = (HERE, *inside, candidate)
        hops = [joined.get(pair, ("", 0.0)) for pair in itertools.pairwise(chain)]
        score = 1.0
        for _, worth in hops:
            score *= worth
        for party in inside:
            score *= plain.passing(party)
        if sum(kind == "lapsed" for kind, _ in hops) <= 1:
            found.append(("introduction", score, chain))
    return [one for one in found if one[1] > 0]


def agrees(found: Unused, expected: list[Typed]) -> None:
    assert found.score == pytest.approx(sum(score for _, score, _ in expected))
    by_first: dict[str, float] = {}
    for kind, score, chain in expected:
        if kind != "umbrella":
            by_first[chain[1]] = max(by_first.get(chain[1], 0.0), score)
    umbrella = [one for one in expected if one[0] == "umbrella"]
    scores = [score for _, score, _ in umbrella] + sorted(
        (score for first, score in by_first.items() if not umbrella or first != "35"), reverse=True
    )
    assert [chain.score for chain in found.chains] == pytest.approx(scores[:SHOWN])
    assert len({chain.parties[1] for chain in found.chains}) == len(found.chains)
    known = {(kind, parties): score for kind, score, parties in expected}
    for shown in found.chains:
        assert shown.score == pytest.approx(known[shown.kind, shown.parties])


@settings(max_examples=60, deadline=None)
@given(worlds())
def test_unused_paths_are_those_that_plain_loops_find(world: Batch) -> None:
    index, agreements = ask(world)
    plain = Plain.of(agreements, world.background)
    question = Question.ask(index, index.number[HERE], DAY)
    candidates = [n for n in range(question.ground.count) if question.is_candidate[n]]
    for number, found in zip(candidates, unused_paths(question, candidates), strict=True):
        agrees(found, every_chain(plain, question.id(number)))


@settings(max_examples=30, deadline=None)
@given(worlds())
def test_every_step_is_proven_by_what_it_says(world: Batch) -> None:
    index, agreements = ask(world)
    question = Question.ask(index, index.number[HERE], DAY)
    candidates = [n for n in range(question.ground.count) if question.is_candidate[n]]
    for found in unused_paths(question, candidates):
        for step in (step for chain in found.chains for step in chain.steps):
            assert bool(step.agreements) == (step.kind in {"agreement", "lapsed"})
            for id in step.agreements:
                signing = {signatory.party for signatory in agreements[id].parties}
                assert {step.a, step.b} <= signing
                assert status_of(agreements[id], DAY).in_force == (step.kind == "agreement")


def test_the_province_comes_first_though_an_introduction_scores_more(tmp_path: Path) -> None:
    """35.25 --twin-- 35.78 --new-- osaka-jp --sister-- 35: the umbrella is the older agreement."""
    world = drawn()
    more = agreement("new", "35.78", "osaka-jp", signed="2026-01-01")
    index = index_of(store_of(tmp_path, batch([*world.agreements, more])))
    question = Question.ask(index, index.number["35.25"], DAY)
    (found,) = unused_paths(question, [index.number["osaka-jp"]])
    assert [chain.kind for chain in found.chains] == ["umbrella", "introduction"]
    assert found.chains[0].score < found.chains[1].score
    assert [step.agreements for step in found.chains[0].steps] == [(), ("sister",)]


def test_what_would_have_to_be_renewed_is_named(tmp_path: Path) -> None:
    index = index_of(store_of(tmp_path, drawn()))
    question = Question.ask(index, index.number["35.15"], DAY)
    (found,) = unused_paths(question, [index.number["kobe-jp"]])
    assert [chain.kind for chain in found.chains] == ["reopen"]
    assert found.chains[0].renewals == ("old",)


def test_no_path_is_no_path(tmp_path: Path) -> None:
    index = index_of(store_of(tmp_path, batch([agreement("one", "35.25", "its")])))
    question = Question.ask(index, index.number["35.25"], DAY)
    (found,) = unused_paths(question, [index.number["osaka-jp"]])
    assert (found.chains, found.score) == ((), 0.0)


def test_contacts_are_no_path(tmp_path: Path) -> None:
    talks = agreement("talks", "35.25", "35.78", instrument=Instrument.LOI)
    index = index_of(store_of(tmp_path, batch([talks, agreement("city", "35.78", "kochi-jp")])))
    question = Question.ask(index, index.number["35.25"], DAY)
    (found,) = unused_paths(question, [index.number["kochi-jp"]])
    assert [chain.kind for chain in found.chains] == ["sibling"]
