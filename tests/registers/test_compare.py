"""The judge itself: it lets nothing planted go unsaid and nothing invented go by."""

from __future__ import annotations

from typing import Any

import pytest

from tests.registers.compare import doubted, judge
from tests.registers.pen import DOUBTFUL, EITHER, REJECTED, Planted

MALANG = Planted("Data", 7, "Mitra", REJECTED, "bare Malang", "Malang")
OPEN = Planted("Data", 8, "Berakhir", EITHER, "end before start", also=("Mulai",))
TOTALS = Planted("Data", 9, "", DOUBTFUL, "a totals line")
NOTE = Planted("Rekap", 0, "", DOUBTFUL, "no register", optional=True)


def _told(**changed: Any) -> dict[str, Any]:
    return {"sheet": "Data", "row": 7, "column": "Mitra", "value": "Malang", "code": "ambiguous",
            "severity": REJECTED, **changed}  # fmt: skip


ENDS = _told(row=8, column="Tanggal Mulai", value="2019", code="ends", severity=DOUBTFUL)
SUM = _told(row=9, column="", value="Jumlah", code="totals", severity=DOUBTFUL)


def test_what_was_planted_and_told_is_no_fault() -> None:
    faults, pairs = judge([MALANG, OPEN, TOTALS, NOTE], [SUM, ENDS, _told()])
    assert faults == []
    assert doubted(pairs) == 1


@pytest.mark.parametrize(
    "wrong",
    [{"row": 8}, {"sheet": "Rekap"}, {"column": "Daerah"}, {"value": "Batu"},
     {"severity": DOUBTFUL}],
)  # fmt: skip
def test_a_problem_in_another_place_is_missing_and_invented(wrong: dict[str, Any]) -> None:
    faults, _ = judge([MALANG], [_told(**wrong)])
    assert [fault.split(":")[0] for fault in faults] == ["not told", "invented"]


def test_a_cell_may_be_wrong_in_two_ways_but_not_twice_in_one() -> None:
    assert judge([MALANG], [_told(), _told(code="country")])[0] == []
    assert len(judge([MALANG], [_told(), _told()])[0]) == 1
    assert len(judge([TOTALS], [SUM, {**SUM, "code": "missing"}])[0]) == 1


def test_an_optional_one_is_told_once_at_most() -> None:
    note = _told(sheet="Rekap", row=1, column="", severity=DOUBTFUL)
    assert judge([NOTE], [])[0] == []
    assert judge([NOTE], [note])[0] == []
    assert len(judge([NOTE], [note, {**note, "row": 2}])[0]) == 1
