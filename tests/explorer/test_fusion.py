"""Ranks, voices and their sum, against slow answers."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import rankdata

from explorer.fusion import (
    FIRST_NEAR,
    FOREMOST,
    NEAR,
    PLAIN_NEAR,
    THIN,
    Heard,
    foremost,
    fuse,
    joined,
    joined_plainly,
    ranks_of,
    table,
    usual,
)
from explorer.network import Network
from explorer.rankings import RANKINGS
from explorer.reasons import REASONS

scores_of = st.lists(st.sampled_from([0.0, 0.25, 0.5, 1.0, 3.0, 1e-9]), max_size=12)


@settings(max_examples=100, deadline=None)
@given(st.lists(scores_of, min_size=1, max_size=3))
def test_ranks_are_scipys_where_a_ranking_speaks_and_infinite_elsewhere(
    rows: list[list[float]],
) -> None:
    width = max(map(len, rows))
    scores = np.array([row + [0.0] * (width - len(row)) for row in rows])
    found = ranks_of(scores)
    assert found.shape == scores.shape
    for row, ranks in zip(scores, found, strict=True):
        assert ranks[row > 0] == pytest.approx(rankdata(-row[row > 0]))
        assert np.isinf(ranks[row == 0]).all()


def test_a_ranking_without_weight_or_without_a_word_adds_nothing() -> None:
    ranks = {"a": np.array([1.0, 2.0, np.inf]), "b": np.array([np.inf, 1.0, 2.0])}
    assert fuse(ranks, {"a": 2.0, "b": 1.0}, 60.0) == pytest.approx(
        [2 / 61, 2 / 62 + 1 / 61, 1 / 62]
    )
    assert fuse(ranks, {"b": 1.0}, 60.0) == pytest.approx([0, 1 / 61, 1 / 62])
    assert fuse({}, {}, 60.0).size == 0


def _ring(count: int) -> Network:
    near = np.arange(count)
    return Network.of_links(near, (near + 1) % count, count, country=near % 3)


def test_where_ties_are_few_ranks_are_joined_plainly() -> None:
    thin, scores = (
        _ring(20),
        {"chain": np.array([0.0, 2.0, 1.0]), "umbrella": np.array([1.0, 0, 0])},
    )
    assert joined(thin, scores) == pytest.approx(joined_plainly(scores))
    assert joined_plainly(scores) == pytest.approx(
        [1 / (PLAIN_NEAR + 1), 1 / (PLAIN_NEAR + 1), 1 / (PLAIN_NEAR + 2)]
    )


def test_elsewhere_scores_speak_as_loudly_as_they_are_unusual_and_policy_by_rank() -> None:
    thick, own = _ring(THIN), table()
    scores = {"chain": np.array([0.0, 2.0, 1.0]), "umbrella": np.array([1.0, 0, 0])}
    loud = [math.log1p(score / usual(thick)["chain"]) for score in (0.0, 2.0, 1.0)]
    first = [0.0, FIRST_NEAR / (FIRST_NEAR + 1), FIRST_NEAR / (FIRST_NEAR + 2)]
    weight = own["chain"].learnt
    expected = [weight.voice * a + weight.first * b for a, b in zip(loud, first, strict=True)]
    expected[0] += own["umbrella"].learnt.voice * NEAR / (NEAR + 1)
    assert weight.first > 0
    assert joined(thick, scores) == pytest.approx(expected)
    only = {"umbrella": Heard(1.0)}
    assert joined(thick, scores, only) == pytest.approx([NEAR / (NEAR + 1), 0, 0])


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 3 * FOREMOST), st.sampled_from([3, 50, 10_000]))
def test_the_foremost_are_those_of_the_first_ranks_equals_in_or_out_together(
    seed: int, count: int, kinds: int
) -> None:
    scores = np.random.default_rng(seed).integers(0, kinds, (2, count)) / kinds
    found = foremost(scores)
    for row, near in zip(scores, found, strict=True):
        ranks = rankdata(-row, method="average")
        last = rankdata(-row, method="max")
        own = np.where((row > 0) & (last <= FOREMOST), FIRST_NEAR / (FIRST_NEAR + ranks), 0.0)
        assert near == pytest.approx(own)


def test_what_a_ranking_usually_says_is_the_median_of_what_it_says() -> None:
    network = _ring(30)
    for name, ranking in RANKINGS.items():
        said = ranking(network, np.arange(30, dtype=np.int32))
        expected = np.median(said[said > 0]) if (said > 0).any() else 1.0
        assert usual(network)[name] == pytest.approx(float(expected))


def test_every_ranking_has_a_weight_and_a_because_and_no_other_has() -> None:
    assert set(table()) == set(RANKINGS) | set(REASONS)
    for one in table().values():
        assert min(one.learnt) >= 0
        assert one.because
    assert [name for name in RANKINGS if table()[name].plain] == [
        "common-partner", "chain", "walks", "country",
    ]  # fmt: skip
