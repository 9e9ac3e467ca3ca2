"""What some agreements amount to: how many serve each goal, and how complete their records are."""

from __future__ import annotations

from datetime import date
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from explorer.index import STATUSES, Index
from graph_loader import Status

GOALS: Final = range(1, 18)
_TALK: Final = (Status.EXPLORATION, Status.UNKNOWN)
_IS_TALK: Final = np.array([status in _TALK for status in STATUSES])
_IS_IN_FORCE: Final = np.array([status.in_force for status in STATUSES])

Numbers = NDArray[np.integer[Any]]


class GoalCount(NamedTuple):
    """Agreements that serve a goal: in force, in talks or not to be told, and over."""

    goal: int
    in_force: int
    talks: int
    past: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.in_force + self.talks + self.past


class Completeness(NamedTuple):
    """Of some agreements: how many are dated to the day, less closely, not at all; and what lacks.

    Contacts have no end to be recorded, so `endless` counts undertakings alone.
    """

    total: int
    to_the_day: int
    less_closely: int
    undated: int
    undertakings: int
    endless: int
    topicless: int
    sourceless: int
    disputed: int


def goal_counts(index: Index, day: date, numbers: Numbers) -> list[GoalCount]:
    """For each goal, 1 to 17; those that no agreement serves among them."""
    goals, codes = index.goals[numbers], index.status(day)[numbers]
    in_force, talks = _IS_IN_FORCE[codes], _IS_TALK[codes]
    found = []
    for goal in GOALS:
        serves = (goals & (1 << goal)) > 0
        kinds = (serves & in_force, serves & talks, serves & ~in_force & ~talks)
        found.append(GoalCount(goal, *(int(kind.sum()) for kind in kinds)))
    return found


def completeness(index: Index, day: date, numbers: Numbers) -> Completeness:
    """How complete the records of some agreements are."""
    first, last = index.signed_first[numbers], index.signed_last[numbers]
    dated = first > 0
    contact = index.status(day)[numbers] == STATUSES.index(Status.EXPLORATION)
    return Completeness(
        total=len(numbers),
        to_the_day=int((dated & (first == last)).sum()),
        less_closely=int((dated & (first < last)).sum()),
        undated=int((~dated).sum()),
        undertakings=int((~contact).sum()),
        endless=int((~contact & (index.ends_last[numbers] == 0)).sum()),
        topicless=int((index.goals[numbers] == 0).sum()),
        sourceless=int((index.sourced[numbers] == 0).sum()),
        disputed=int((index.disputed[numbers] > 0).sum()),
    )
