"""The status of an agreement on a given day, derived and never stored.

Today is a parameter. An end that nobody recorded is *open*: in force as far as anyone can tell,
shown as "open, last stated 2019", and never as plain active.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from graph_loader.dates import PartialDate
from graph_loader.model import CONTACTS, Agreement, Instrument


class Status(StrEnum):
    """Where an agreement stands on a day."""

    ACTIVE = "active"
    OPEN = "open"
    EXPLORATION = "exploration"
    LAPSED = "lapsed"
    ENDED = "ended"
    UNKNOWN = "unknown"

    @property
    def in_force(self) -> bool:
        """Whether it makes a tie: active, or open as far as anyone has recorded."""
        return self in IN_FORCE


IN_FORCE = frozenset({Status.ACTIVE, Status.OPEN})


def status_on(
    day: date,
    instrument: Instrument,
    signed: PartialDate | None,
    ends: PartialDate | None,
    stated_status: str = "",
) -> Status:
    """The status on a day, by the first rule that applies.

    1. a contact, or talks by its page's own word: exploration;
    2. ended by its page's own word: ended;
    3. signed surely after the day: exploration, for nothing is undertaken yet;
    4. signed perhaps after the day ("2026" on a day of 2026): cannot be told;
    5. an end is known: active until its last possible day, lapsed after it;
    6. lapsed by its page's own word: lapsed;
    7. otherwise open.

    Example:
        >>> end = PartialDate.parse("2025")
        >>> str(status_on(date(2025, 12, 31), Instrument.MOU, None, end))
        'active'
        >>> str(status_on(date(2026, 1, 1), Instrument.MOU, None, end))
        'lapsed'
    """
    if instrument in CONTACTS or stated_status == "exploration":
        return Status.EXPLORATION
    if stated_status == "ended":
        return Status.ENDED
    if signed is not None and signed.first > day:
        return Status.EXPLORATION
    if signed is not None and signed.last > day:
        return Status.UNKNOWN
    if ends is not None:
        return Status.ACTIVE if day <= ends.last else Status.LAPSED
    return Status.LAPSED if stated_status == "lapsed" else Status.OPEN


def status_of(agreement: Agreement, day: date) -> Status:
    """`status_on` for an agreement as it is shown."""
    return status_on(
        day, agreement.instrument, agreement.signed, agreement.ends, agreement.stated_status
    )  # fmt: skip
