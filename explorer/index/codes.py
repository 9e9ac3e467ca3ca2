"""What the small numbers in an index mean: positions in these lists."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from graph_loader import CONTACTS, COUNTERPARTS, REGION_LEVELS, Category, Instrument, Level, Status

Ints = NDArray[np.int32]
Bools = NDArray[np.bool_]

STATUSES = tuple(Status)
INSTRUMENTS = tuple(Instrument)
CATEGORIES = tuple(Category)
LEVELS = tuple(Level)
DISPUTABLE = ("signed", "ends", "instrument")
"""The fields that `graph_loader.conflicts` tells of."""
STATED = ("", "exploration", "lapsed", "ended")

INSTRUMENT_CODE: Final = {str(instrument): code for code, instrument in enumerate(INSTRUMENTS)}
STATED_CODE: Final = {stated: code for code, stated in enumerate(STATED)}
IN_FORCE: Final = [STATUSES.index(status) for status in STATUSES if status.in_force]
IS_CONTACT: Final = np.array([instrument in CONTACTS for instrument in INSTRUMENTS])
IS_REGION: Final = np.array([level in REGION_LEVELS for level in LEVELS])
COUNTERPART_BIT: Final = np.array(
    [1 << CATEGORIES.index(COUNTERPARTS[level]) if level in COUNTERPARTS else 0 for level in LEVELS]
)
KSDD_BIT: Final = 1 << CATEGORIES.index(Category.KSDD)
NOTHING: Final[Ints] = np.empty(0, dtype=np.int32)
