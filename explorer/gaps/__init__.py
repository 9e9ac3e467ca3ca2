"""What counts as a gap in the SDGs, for whom, and which needs ask for which goal."""

from explorer.gaps.matrix import (
    GOALS,
    gap_matrix,
    needs_of,
    province_matrix,
    regions_of,
)

__all__ = [
    "GOALS",
    "gap_matrix",
    "needs_of",
    "province_matrix",
    "regions_of",
]
