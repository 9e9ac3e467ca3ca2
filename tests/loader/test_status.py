"""The status of an agreement at the edges of its days."""

from __future__ import annotations

from datetime import date

import pytest

from graph_loader.dates import PartialDate
from graph_loader.model import Instrument
from graph_loader.status import Status, status_on


@pytest.mark.parametrize(
    ("day", "signed", "ends", "stated", "expected"),
    [
        ("2025-12-31", "2020", "2025", "", Status.ACTIVE),
        ("2026-01-01", "2020", "2025", "", Status.LAPSED),
        ("2024-02-29", "2020", "2024-02", "", Status.ACTIVE),
        ("2024-03-01", "2020", "2024-02", "", Status.LAPSED),
        ("2026-06-01", "2020", "", "", Status.OPEN),
        ("2026-06-01", "2020", "", "lapsed", Status.LAPSED),
        ("2026-06-01", "2020", "2030", "ended", Status.ENDED),
        ("2026-06-01", "2020", "2030", "exploration", Status.EXPLORATION),
        ("2026-06-01", "2027", "", "", Status.EXPLORATION),
        ("2026-06-01", "2026", "2030", "", Status.UNKNOWN),
        ("2026-06-01", "2026-06-01", "2030", "", Status.ACTIVE),
    ],
)
def test_status(day: str, signed: str, ends: str, stated: str, expected: Status) -> None:
    end = PartialDate.parse(ends) if ends else None
    found = status_on(
        date.fromisoformat(day), Instrument.MOU, PartialDate.parse(signed), end, stated
    )
    assert found is expected


def test_a_letter_of_intent_is_never_in_force() -> None:
    status = status_on(date(2026, 1, 1), Instrument.LOI, None, PartialDate.parse("2030"))
    assert status is Status.EXPLORATION
    assert not status.in_force
