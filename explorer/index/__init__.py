"""The whole network as integer arrays: read from one scan of a store, immutable, shared in files.

Everything that needs the whole network at once reads these arrays, so every store gives the same
answers. Only this room knows their layout. Party and agreement *numbers* are positions in
`parties` and `agreement_ids`, both ordered by id.
"""

from explorer.index.background import Background
from explorer.index.codes import (
    CATEGORIES,
    DISPUTABLE,
    INSTRUMENTS,
    LEVELS,
    STATED,
    STATUSES,
    Bools,
    Ints,
)
from explorer.index.layout import LAYOUT, Array, Arrays, edition
from explorer.index.network import Countries, Index
from explorer.index.parties import Spellings
from explorer.index.texts import Numbers

__all__ = [
    "CATEGORIES",
    "DISPUTABLE",
    "INSTRUMENTS",
    "LAYOUT",
    "LEVELS",
    "STATED",
    "STATUSES",
    "Array",
    "Arrays",
    "Background",
    "Bools",
    "Countries",
    "Index",
    "Ints",
    "Numbers",
    "Spellings",
    "edition",
]
