"""Unused paths on a drawn network: who is proposed, why, and on what evidence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from explorer.index import Index
from explorer.opportunities import LISTS, Case, Ranked, opportunities
from explorer.reasons import REASONS, SILENT, Question, Reason
from graph_loader import BadInput, Direction, NotFound
from graph_loader.model import Batch, Flow
from tests.worlds import (
    KOCHI,
    SURABAYA,
    agreement,
    batch,
    index_of,
    store_of,
    topical,
    umbrella_world,
)

DAY = date(2026, 11, 25)


def cases(ranked: Ranked) -> dict[str, Case]:
    found = [case for name in LISTS for case in ranked.cases(ranked.part(name))]
    return {case.opportunity.party: case for case in found}


def reasons(
    folder: Path, region: str, day: date = DAY, world: Batch | None = None
) -> dict[str, dict[str, Reason]]:
    index = index_of(store_of(folder, world or umbrella_world()))
    found = cases(opportunities(index, region, day))
    return {party: {one.code: one for one in case.reasons} for party, case in found.items()}


@pytest.fixture
def index(tmp_path: Path) -> Index:
    return index_of(store_of(tmp_path, umbrella_world()))


def test_the_provinces_partner_is_an_umbrella(tmp_path: Path) -> None:
    reason = reasons(tmp_path, "35.25")["osaka-jp"]["umbrella"]
    assert reason.parties == ("35.25", "35", "osaka-jp")
    assert reason.agreements == ("sister",)


def test_a_partners_partner_is_proposed_with_both_agreements(tmp_path: Path) -> None:
    reason = reasons(tmp_path, "35.25")["kochi-jp"]["common-partner"]
    assert reason.parties == ("35.25", "35.78", "kochi-jp")
    assert reason.agreements == ("twin", "city")


def test_a_sister_regions_partner_is_proposed(tmp_path: Path) -> None:
    reason = reasons(tmp_path, "35.15")["kochi-jp"]["sibling"]
    assert reason.parties == ("35.15", "35.78", "kochi-jp")
    assert reason.agreements == ("city",)


def test_a_lapsed_agreement_can_be_taken_up_again_and_not_before_it_lapsed(tmp_path: Path) -> None:
    assert reasons(tmp_path, "35.15")["kobe-jp"]["lapsed"].agreements == ("old",)
    before = tmp_path / "before"
    before.mkdir()
    assert "kobe-jp" not in reasons(before, "35.15", date(2010, 12, 31))


def test_a_border_without_agreement_is_shown_to_both(tmp_path: Path) -> None:
    assert reasons(tmp_path, "35.15")["35.78"]["border"].params["km"] == 20.0
    other = tmp_path / "other"
    other.mkdir()
    assert "border" in reasons(other, "35.78")["35.15"]


def test_partners_the_own_province_and_countries_are_never_candidates(tmp_path: Path) -> None:
    assert {"35.78", "35.25", "35", "id", "jp"}.isdisjoint(reasons(tmp_path, "35.25"))


def test_need_meets_offer_of_like_basis_only(tmp_path: Path) -> None:
    flows = [
        Flow("n1", "35.78", Direction.NEED, "rice", quantity=15775.0, basis="requirement"),
        Flow("o1", "35.25", Direction.OFFER, "rice", quantity=10.0, basis="surplus"),
        Flow("o2", "35.15", Direction.OFFER, "rice", quantity=10.0, basis="stock"),
        Flow("o3", "35.15", Direction.OFFER, "beef", quantity=10.0, basis="surplus"),
    ]
    ((party, told),) = reasons(tmp_path, "35.78", world=batch([], flows=flows)).items()
    assert (party, set(told), told["need-offer"].flows) == ("35.25", {"need-offer"}, ("n1", "o1"))


def test_every_line_has_a_reason_with_evidence(index: Index) -> None:
    for region in ("35", "35.15", "35.25", "35.78"):
        for case in cases(opportunities(index, region, DAY)).values():
            assert case.reasons
            assert all(one.agreements or one.rows for one in case.reasons)
            assert {one.code for one in case.reasons} == set(case.opportunity.codes)


def test_each_list_is_ordered_by_its_score_and_ranks_count_from_one(index: Index) -> None:
    for region in ("35", "35.15", "35.25", "35.78"):
        ranked = opportunities(index, region, DAY)
        for name in LISTS:
            lines = ranked.part(name)
            assert [line.rank for line in lines] == list(range(1, len(lines) + 1))
            assert [line.score for line in lines] == sorted((o.score for o in lines), reverse=True)
            assert ranked.part(name, 1, 2) == lines[1:3]


def test_the_three_lists_part_everybody_by_what_they_are(index: Index) -> None:
    ranked = opportunities(index, "35.15", DAY)
    assert {line.party for line in ranked.part("regions")} == {"35.25", "35.78"}
    assert {line.party for line in ranked.part("abroad")} == {"osaka-jp", "kobe-jp", "kochi-jp"}
    assert len(ranked) == 5


def test_reasons_can_be_switched_off_and_their_counts_stay(index: Index) -> None:
    everything = opportunities(index, "35.15", DAY)
    only = opportunities(index, "35.15", DAY, codes={"lapsed"})
    assert set(cases(only)) == {"kobe-jp"}
    assert {one.code for case in cases(only).values() for one in case.reasons} == {"lapsed"}
    assert only.counts == everything.counts
    assert everything.counts["lapsed"] == 1
    assert len(opportunities(index, "35.15", DAY, codes=())) == 0


def test_what_is_switched_off_does_not_count_for_the_order(index: Index) -> None:
    both = opportunities(index, "35.15", DAY, codes={"umbrella", "sibling"})
    one = opportunities(index, "35.15", DAY, codes={"umbrella"})
    number = index.number["osaka-jp"]
    assert both.score[index.number["kochi-jp"]] > 0
    assert one.score[index.number["kochi-jp"]] == 0
    assert both.score[number] >= one.score[number] > 0


def test_nearness_alone_proposes_nobody(index: Index) -> None:
    assert SILENT
    assert len(opportunities(index, "35.25", DAY, codes=SILENT)) == 0


def test_a_region_without_agreements_is_served_by_its_neighbourhood(index: Index) -> None:
    ranked = opportunities(index, "35.15", DAY)
    assert ranked.is_cold
    codes = {code for case in cases(ranked).values() for code in case.opportunity.codes}
    assert {"umbrella", "sibling", "border", "country", "lapsed"} <= codes
    assert not {"common-partner", "chain", "shared-topics"} & codes
    assert not opportunities(index, "35.25", DAY).is_cold


def test_a_topic_leaves_those_who_work_on_it(tmp_path: Path) -> None:
    water = topical(agreement("water", SURABAYA, KOCHI, signed="2024"), "6.1")
    world = umbrella_world()
    index = index_of(store_of(tmp_path, batch([*world.agreements, water])))
    for topic in ("6", "6.1"):
        found = opportunities(index, "35.25", DAY, topic=topic)
        assert set(cases(found)) == {"kochi-jp"}
    assert len(opportunities(index, "35.25", DAY, topic="7")) == 0


def test_scores_are_there_for_everybody_and_never_negative(index: Index) -> None:
    question = Question.ask(index, index.number["35.25"], DAY)
    for code, ranking in REASONS.items():
        scores = ranking.score(question)
        assert scores.shape == (question.ground.count,), code
        assert np.isfinite(scores).all(), code
        assert (scores >= 0).all(), code


def test_only_a_region_may_ask(index: Index) -> None:
    with pytest.raises(BadInput):
        opportunities(index, "osaka-jp", DAY)
    with pytest.raises(NotFound):
        opportunities(index, "99.99", DAY)
    with pytest.raises(BadInput):
        opportunities(index, "35", DAY, codes={"magic"})
