"""How much of what should be known of agreements is recorded: in all, and for each region."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from explorer.index import Index, Ints
from explorer.masks import lacking
from graph_loader import Lack


@dataclass(frozen=True, slots=True)
class Completeness:
    """Of `regions`, which are party numbers: their agreements, and of how many each is recorded.

    Regions with most agreements come first, then by name; those without any are left out.
    """

    missing: Mapping[Lack, int]
    """of all agreements"""
    regions: Ints
    agreements: Ints
    recorded: Mapping[Lack, Ints]


def completeness(index: Index) -> Completeness:
    """Counted once for each version. Cost: some milliseconds for 100,000 agreements."""
    return index.remember("completeness", lambda: _counted(index), always=True)


def _counted(index: Index) -> Completeness:
    signed = index.of_party
    once = csr_array(
        (np.ones(len(signed.indices), dtype=np.int32), signed.indices, signed.indptr),
        shape=signed.shape,
    )
    total = np.diff(signed.indptr)
    some = np.flatnonzero(index.is_region & (total > 0))
    names = [index.parties[n].sort_key for n in some.tolist()]
    ordered = some[np.lexsort((np.array(names, dtype=object).astype(str), -total[some]))]
    gone = {lack: lacking(index, lack) for lack in Lack}
    return Completeness(
        missing={lack: int(mask.sum()) for lack, mask in gone.items()},
        regions=ordered.astype(np.int32),
        agreements=total[ordered],
        recorded={lack: (once @ (~mask).astype(np.int32))[ordered] for lack, mask in gone.items()},
    )
