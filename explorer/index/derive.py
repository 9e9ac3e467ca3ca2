"""What is worked out of the arrays of an index: statuses on a day, and pairs of parties."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from explorer.index.codes import IS_CONTACT, NOTHING, STATED, STATUSES, Bools, Ints
from explorer.index.layout import Arrays
from graph_loader import Status


def statuses_on(day: date, arrays: Arrays) -> NDArray[np.int8]:
    """Each agreement's status on a day, as positions in `STATUSES`; equals `status_on`."""
    on, stated = day.toordinal(), arrays["stated"]
    first, last, end = arrays["signed_first"], arrays["signed_last"], arrays["ends_last"]
    contact = IS_CONTACT[arrays["instrument"]] | (stated == STATED.index("exploration"))
    rules: list[tuple[Bools, Status]] = [
        (contact, Status.EXPLORATION),
        (stated == STATED.index("ended"), Status.ENDED),
        (first > on, Status.EXPLORATION),
        (last > on, Status.UNKNOWN),
        ((end > 0) & (end >= on), Status.ACTIVE),
        (end > 0, Status.LAPSED),
        (stated == STATED.index("lapsed"), Status.LAPSED),
    ]
    found = np.select(
        [rule for rule, _ in rules],
        [STATUSES.index(status) for _, status in rules],
        default=STATUSES.index(Status.OPEN),
    )
    return found.astype(np.int8)


def pairs_in(chosen: NDArray[np.intp], size: Ints, members: csr_array) -> tuple[Ints, Ints, Ints]:
    """Every pair of parties in every agreement chosen.

    Returns:
        (a, b, agreement), a < b, one row per pair per agreement, by agreement.
    """
    parts = [
        _pairs_of_size(int(one), chosen[size[chosen] == one], members)
        for one in np.unique(size[chosen])
        if one > 1
    ]
    if not parts:
        return (NOTHING, NOTHING, NOTHING)
    a, b, agreement = np.concatenate(parts, axis=1).astype(np.int32)
    order = np.lexsort((b, a, agreement))
    return a[order], b[order], agreement[order]


def _pairs_of_size(size: int, numbers: NDArray[np.intp], members: csr_array) -> NDArray[np.intp]:
    """Of agreements that each have so many members: a, b and agreement, a row for each."""
    matrix = members.indices[members.indptr[numbers][:, None] + np.arange(size)]
    left, right = np.triu_indices(size, 1)
    agreement = np.repeat(numbers, len(left))
    return np.stack([matrix[:, left].ravel(), matrix[:, right].ravel(), agreement])
