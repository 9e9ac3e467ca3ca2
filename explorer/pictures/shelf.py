"""Where the parties of an opened group stand: in a block of their own, outside the fixed places.

A country's block stands above the world, any other one below the third parties, as near to the
group's own place as is free. Whatever was opened before keeps its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from explorer.pictures.arrange import BLOCK_COLUMNS, CELL, HEAD, PAD, ROW, SPACE
from explorer.pictures.places import GAP, WIDTH, Frame, Place, Places, band_of

_FIRST: Final = 14.0  # px from a block's heading down to its first sign


class Shelf(NamedTuple):
    """Places by party id, and the grounds behind them."""

    places: dict[str, Place]
    frames: tuple[Frame, ...]


def shelved(fixed: Places, opened: Sequence[tuple[str, Sequence[str]]]) -> Shelf:
    """The blocks of groups, each with its parties, in the order in which they were opened.

    Units: px, as in `places`.
    """
    above = min(frame.y for frame in fixed.frames) - GAP
    below = max(frame.y + frame.height for frame in fixed.frames) + GAP
    found: dict[str, Place] = {}
    frames: dict[bool, list[Frame]] = {True: [], False: []}
    for group, members in opened:
        up = band_of(group) == "world"
        columns = min(BLOCK_COLUMNS, len(members))
        wide, high = columns * CELL + 2 * PAD, HEAD + -(-len(members) // columns) * ROW
        left = min(max(fixed.group[group][0] - wide / 2, -WIDTH / 2), WIDTH / 2 - wide)
        beside = [
            f for f in frames[up] if f.x < left + wide + SPACE and left < f.x + f.width + SPACE
        ]
        if up:
            top = min([above, *(f.y - SPACE for f in beside)]) - high
        else:
            top = max([below, *(f.y + f.height + SPACE for f in beside)])
        frames[up].append(Frame(group, left, top, wide, high))
        for n, id in enumerate(members):
            row, column = divmod(n, columns)
            found[id] = (left + PAD + CELL * (column + 0.5), top + HEAD + _FIRST + ROW * row)
    return Shelf(found, (*frames[True], *frames[False]))
