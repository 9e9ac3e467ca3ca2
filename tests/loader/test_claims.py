"""What is shown where sources disagree."""

from __future__ import annotations

from itertools import permutations

from graph_loader.claims import SourcedClaim, conflicts, show
from graph_loader.dates import PartialDate
from graph_loader.model import Claim, Instrument, Level, Signatory

LEVELS = {"35.78": Level.KOTA, "busan-kr": Level.FOREIGN_LOCAL, "35": Level.PROVINCE}


def _claim(row: int, signed: str = "", title: str = "", *parties: str) -> Claim:
    members = tuple(Signatory(party) for party in parties or ("35.78", "busan-kr"))
    date = PartialDate.parse(signed) if signed else None
    return Claim(row, "", members, Instrument.SISTER_CITY, title=title, signed=date)


def test_the_most_precise_date_wins_over_the_newest_load() -> None:
    shown = show("x", [SourcedClaim("b", 9, _claim(2, "1994")),
                       SourcedClaim("a", 1, _claim(2, "1994-11-10"))], LEVELS)  # fmt: skip
    assert str(shown.signed) == "1994-11-10"


def test_among_equally_precise_dates_the_newest_load_wins_then_the_name() -> None:
    old = SourcedClaim("a", 1, _claim(2, "1994-08-24", "old"))
    new = SourcedClaim("c", 2, _claim(2, "1994-08-29", "new"))
    named = SourcedClaim("b", 2, _claim(2, "1994-11-10", "named"))
    assert str(show("x", [old, new], LEVELS).signed) == "1994-08-29"
    assert show("x", [old, new, named], LEVELS).title == "named"


def test_the_order_in_which_claims_come_does_not_matter() -> None:
    claims = [SourcedClaim("a", 1, _claim(2, "1994", "one")),
              SourcedClaim("b", 2, _claim(4, "1994-08-24", "two", "35", "busan-kr")),
              SourcedClaim("b", 2, _claim(6, "1994-08-29"))]  # fmt: skip
    assert len({show("x", order, LEVELS) for order in permutations(claims)}) == 1


def test_a_conflict_is_where_dates_share_no_day() -> None:
    assert conflicts([_claim(2, "1994"), _claim(4, "1994-08-24")]) == frozenset()
    assert conflicts([_claim(2, "1993"), _claim(4, "1994-08-24")]) == {"signed"}
