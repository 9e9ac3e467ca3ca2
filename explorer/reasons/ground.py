"""What every region's question rests on, once a day: who knows whom, by what, and who is a hub.

Three things join two parties here: an agreement in force, one that has lapsed, and a line of the
world list of twin towns (the background), which scores and is never taken for an agreement.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from explorer.index import STATUSES, Ints
from explorer.reasons.roster import Roster
from explorer.ties import Floats, Ties, agreement_worth
from graph_loader import Status

LISTED_WORTH = 0.2  # because a list says that two were twinned once, not that they still meet
REOPENED_WORTH = 0.3  # because it has to be renewed first; the same as in `ties.WORTH`
DAYS_A_YEAR = 365.25
GONE = [STATUSES.index(Status.LAPSED), STATUSES.index(Status.ENDED)]


class Known(IntEnum):
    """By what two parties know each other; the smaller is the better proof."""

    AGREEMENT = 1
    LAPSED = 2
    LISTED = 3


@dataclass(frozen=True)
class Ground(Roster):
    """Everybody on the roster, and what joins them.

    `worth` says what the best that joins two of them is worth, `known` what that is; both have
    the same structure, symmetric. `degree` counts those joined by more than a lapsed agreement.
    """

    ties: Ties
    worth: csr_array
    known: csr_array
    degree: Ints

    @cached_property
    def passing(self) -> Floats:
        """What standing inside a path leaves of it: degree^-0.5; countries never stand there.

        Who has lapsed agreements alone would have one partner once the first of them is renewed.
        """
        inside = np.maximum(self.degree, 1) ** -0.5
        inside[np.diff(self.worth.indptr) == 0] = 0.0
        inside[: self.parties][~self.ties.may_pass] = 0.0
        return inside

    @cached_property
    def living(self) -> csr_array:
        """`worth` without what has lapsed."""
        found = self.worth.copy()
        found.data = np.where(self.known.data == Known.LAPSED, 0.0, found.data)
        found.eliminate_zeros()
        return found

    @cached_property
    def onward(self) -> csr_array:
        """`living`, each row times what passing through its party leaves."""
        found = self.living.copy()
        found.data = found.data * np.repeat(self.passing, np.diff(found.indptr))
        return found

    def how(self, a: int, b: int) -> Known | None:
        """What joins two of them, if anything does."""
        position = self._position(a, b)
        return None if position < 0 else Known(int(self.known.data[position]))

    def worth_of(self, a: int, b: int) -> float:
        """What the best that joins two of them is worth; 0 where nothing does."""
        position = self._position(a, b)
        return 0.0 if position < 0 else float(self.worth.data[position])

    def _position(self, a: int, b: int) -> int:
        """Where the two stand in the matrices, -1 where nothing joins them."""
        low, high = self.known.indptr[a : a + 2].tolist()
        position = low + int(self.known.indices[low:high].searchsorted(b))
        return position if position < high and self.known.indices[position] == b else -1

    def near(self, number: int, *, living: bool = True) -> Ints:
        """Those joined to one of them, ascending."""
        matrix = self.living if living else self.worth
        found: Ints = matrix.indices[matrix.indptr[number] : matrix.indptr[number + 1]]
        return found

    def living_row(self, number: int) -> tuple[Ints, Floats]:
        """Those joined to one of them by more than what has lapsed, and what that is worth."""
        low, high = self.living.indptr[number], self.living.indptr[number + 1]
        return self.living.indices[low:high], self.living.data[low:high]

    def proof(self, a: int, b: int) -> tuple[str, ...]:
        """The agreements that join two, the one worth most first; lapsed ones where no other is."""
        if max(a, b) >= self.parties:
            return ()
        shared = self._shared(a, b)
        held = shared[self.ties.counted[shared]]
        if not len(held):
            return self.gone_between(a, b)
        return self._ids(held, -self._worths[held])

    def gone_between(self, a: int, b: int) -> tuple[str, ...]:
        """The agreements of two that have lapsed or ended, the newest first."""
        shared = self._shared(a, b)
        gone = shared[np.isin(self._statuses[shared], GONE)]
        return self._ids(gone, -self.index.signed_first[gone])

    def _shared(self, a: int, b: int) -> Ints:
        """What both signed; `Index.between` for many small questions."""
        few, many = sorted((self.index.agreements_of(a), self.index.agreements_of(b)), key=len)
        if not len(few):
            return few
        at = np.minimum(np.searchsorted(many, few), len(many) - 1)
        both: Ints = few[many[at] == few]
        return both

    def _ids(self, numbers: Ints, order: NDArray[np.float64] | Ints) -> tuple[str, ...]:
        sorted_numbers = numbers[np.lexsort((numbers, order))] if len(numbers) > 1 else numbers
        return tuple(self.index.agreement_ids[number] for number in sorted_numbers.tolist())

    @cached_property
    def _worths(self) -> Floats:
        return agreement_worth(self.index, self.day)

    @cached_property
    def _statuses(self) -> NDArray[np.int8]:
        return self.index.status(self.day)
