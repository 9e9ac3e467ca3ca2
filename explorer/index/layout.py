"""Which arrays an index is made of, and of what type: the same in memory and in files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from explorer.index.codes import (
    CATEGORIES,
    DISPUTABLE,
    INSTRUMENTS,
    LEVELS,
    STATED,
    STATUSES,
)

Array = NDArray[Any]
Arrays = Mapping[str, Array]

LAYOUT: Final[Mapping[str, type[np.generic]]] = {
    "version": np.int64,
    # parties: as `encode` writes them, and what is asked of all of them at once
    "party_text": np.uint8, "party_end": np.int64,
    "party_id_text": np.uint8, "party_id_end": np.int64,
    "level": np.int8, "country": np.int32, "province": np.int32,
    "spelling_text": np.uint8, "spelling_party": np.int32,
    # agreements
    "agreement_text": np.uint8, "agreement_end": np.int64,
    "instrument": np.int8, "stated": np.int8, "signed_first": np.int32, "signed_last": np.int32,
    "ends_last": np.int32, "signed_year": np.int16, "category": np.int16, "goals": np.int32,
    "size": np.int32, "sourced": np.int8, "disputed": np.int8,
    # agreement by party, and its transpose
    "members_start": np.int32, "members": np.int32, "members_times": np.int8,
    "of_party_start": np.int32, "of_party": np.int32, "of_party_times": np.int8,
    # agreements by topic, and by the countries of their parties
    "topic_text": np.uint8, "topic_end": np.int64, "topic_start": np.int64, "topic": np.int32,
    "code_text": np.uint8, "code_end": np.int64, "coded": np.int32, "coded_by": np.int32,
    # as `encode` writes them
    "border_text": np.uint8, "border_end": np.int64,
    "flow_text": np.uint8, "flow_end": np.int64,
    # the background
    "place_text": np.uint8, "place_end": np.int64, "place_party": np.int32,
    "link_a": np.int32, "link_b": np.int32,
}  # fmt: skip


def frozen(arrays: Mapping[str, Array]) -> dict[str, Array]:
    """The arrays of an index, which nobody may change. Raises: ValueError where they are none."""
    if arrays.keys() != LAYOUT.keys():
        raise ValueError("other arrays than those of an index")
    for name, array in arrays.items():
        if array.dtype != np.dtype(LAYOUT[name]) or array.ndim != 1:
            raise ValueError(f"{name} is of another kind")
        array.setflags(write=False)
    return dict(arrays)


@cache
def edition() -> str:
    """What arrays of the same content depend on: the layout, and the code that fills it.

    So an index that another version of Simpul saved is never taken for one of this version.
    """
    known = blake2b(
        repr((LAYOUT, STATUSES, INSTRUMENTS, CATEGORIES, LEVELS, STATED, DISPUTABLE)).encode()
    )
    for package in ("explorer.index", "graph_loader"):
        for name, code in sorted(_code(files(package), package)):
            known.update(name.encode() + code)
    return known.hexdigest()[:16]


def _code(folder: Traversable, name: str) -> Iterator[tuple[str, bytes]]:
    for one in folder.iterdir():
        if one.is_dir():
            yield from _code(one, f"{name}/{one.name}")
        elif one.name.endswith(".py"):
            yield f"{name}/{one.name}", one.read_bytes()
