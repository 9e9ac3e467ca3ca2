"""Unused paths on a drawn network: who is proposed, why, and on what evidence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from explorer.opportunities import opportunities
from explorer.reasons import Reason
from graph_loader import BadInput, Direction, NotFound
from graph_loader.model import Flow
from tests.worlds import agreement, batch, index_of, store_of, umbrella_world

DAY = date(2026, 11, 25)


def _reasons(folder: Path, region: str, day: date = DAY) -> dict[str, dict[str, Reason]]:
    index = index_of(store_of(folder, umbrella_world()))
    found = opportunities(index, region, day)
    return {line.party: {reason.code: reason for reason in line.reasons} for line in found}


def test_the_provinces_partner_is_an_umbrella(tmp_path: Path) -> None:
    reason = _reasons(tmp_path, "35.25")["osaka-jp"]["umbrella"]
    assert reason.parties == ("35.25", "35", "osaka-jp")
    assert reason.agreements == ("sister",)


def test_a_partners_partner_is_proposed_with_both_agreements(tmp_path: Path) -> None:
    reason = _reasons(tmp_path, "35.25")["kochi-jp"]["common-partner"]
    assert reason.parties == ("35.25", "35.78", "kochi-jp")
    assert reason.agreements == ("twin", "city")


def test_a_sister_regions_partner_is_proposed(tmp_path: Path) -> None:
    reason = _reasons(tmp_path, "35.15")["kochi-jp"]["sibling"]
    assert reason.parties == ("35.15", "35.78", "kochi-jp")
    assert reason.agreements == ("city",)


def test_a_lapsed_agreement_can_be_taken_up_again_and_not_before_it_lapsed(tmp_path: Path) -> None:
    assert _reasons(tmp_path, "35.15")["kobe-jp"]["lapsed"].agreements == ("old",)
    before = tmp_path / "before"
    before.mkdir()
    assert "kobe-jp" not in _reasons(before, "35.15", date(2010, 12, 31))


def test_a_border_without_agreement_is_shown_to_both(tmp_path: Path) -> None:
    assert _reasons(tmp_path, "35.15")["35.78"]["border"].params["km"] == 20.0
    other = tmp_path / "other"
    other.mkdir()
    assert "border" in _reasons(other, "35.78")["35.15"]


def test_partners_provinces_and_countries_are_never_candidates(tmp_path: Path) -> None:
    assert {"35.78", "35.25", "35", "id", "jp"}.isdisjoint(_reasons(tmp_path, "35.25"))


def test_need_meets_offer_of_like_basis_only(tmp_path: Path) -> None:
    flows = [
        Flow("n1", "35.78", Direction.NEED, "rice", quantity=15775.0, basis="requirement"),
        Flow("o1", "35.25", Direction.OFFER, "rice", quantity=10.0, basis="surplus"),
        Flow("o2", "35.15", Direction.OFFER, "rice", quantity=10.0, basis="stock"),
        Flow("o3", "35.15", Direction.OFFER, "beef", quantity=10.0, basis="surplus"),
    ]
    index = index_of(store_of(tmp_path, batch([], flows=flows)))
    (line,) = opportunities(index, "35.78", DAY)
    assert (line.party, line.reasons[0].code, line.reasons[0].flows) == (
        "35.25", "need-offer", ("n1", "o1"),
    )  # fmt: skip


def test_reasons_can_be_switched_off_and_more_reasons_come_first(tmp_path: Path) -> None:
    index = index_of(store_of(tmp_path, umbrella_world()))
    everything = opportunities(index, "35.15", DAY)
    counts = [len({reason.code for reason in line.reasons}) for line in everything]
    assert counts == sorted(counts, reverse=True)
    only = opportunities(index, "35.15", DAY, codes={"lapsed"})
    assert {reason.code for line in only for reason in line.reasons} == {"lapsed"}


def test_only_a_region_may_ask(tmp_path: Path) -> None:
    index = index_of(store_of(tmp_path, batch([agreement("a", "35", "osaka-jp")])))
    with pytest.raises(BadInput):
        opportunities(index, "osaka-jp", DAY)
    with pytest.raises(NotFound):
        opportunities(index, "99.99", DAY)
    with pytest.raises(BadInput):
        opportunities(index, "35", DAY, codes={"magic"})
