"""Where parties stand when they are drawn one by one: each group a titled block, in fixed order.

The home province keeps its place and every region in it; around it the blocks stand where their
groups stand in the overview (`places`), and close up over the groups that are not shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from explorer.index import Index
from explorer.pictures.places import (
    BOTTOM,
    GAP,
    TOP,
    WIDTH,
    Frame,
    Place,
    band_of,
    group_of,
    group_order,
    home_province,
    places,
)  # fmt: skip

CELL, ROW, HEAD = 150.0, 66.0, 30.0  # because a name of two lines of 16 letters takes that much
BLOCK_COLUMNS = 6  # because a wider block is read as a row, not as a group
PAD, SPACE = 4.0, 14.0  # px inside a block, and between two
# So many parties, and how many times wider they then stand; because in the width of a screen
# some hundreds make a column that nobody can look at whole.
SPREAD = ((150, 1), (600, 2), (1_500, 3))
MOST_SPREAD = 5


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Places by party id, the grounds behind them, and the home regions shown only as a map."""

    places: dict[str, Place]
    frames: tuple[Frame, ...]
    quiet: tuple[str, ...]


def arrange(index: Index, numbers: Iterable[int]) -> Arrangement:
    """The places of the parties with these numbers, and of the home province if one is in it."""
    home = home_province(index)
    fixed = places(index)
    groups: dict[str, list[str]] = defaultdict(list)
    numbers = list(numbers)
    times = next((times for most, times in SPREAD if len(numbers) <= most), MOST_SPREAD)
    for number in numbers:
        party = index.parties[number]
        groups["" if party.id in fixed.home else group_of(party, home)].append(party.id)
    at_home = groups.pop("", [])
    bands: dict[str, list[tuple[str, list[str]]]] = defaultdict(list)
    for group in sorted(groups, key=group_order):
        bands[band_of(group)].append((group, sorted(groups[group])))
    if not at_home:
        return _alone(bands, times)
    ground = next(frame for frame in fixed.frames if frame.title == home)
    return _around(ground, fixed.home, bands, set(at_home), times)


_Bands = dict[str, list[tuple[str, list[str]]]]


def _around(
    ground: Frame, regions: Mapping[str, Place], bands: _Bands, shown: set[str], times: int
) -> Arrangement:
    """The blocks on the four sides of the home province."""
    wide = WIDTH * times
    side = ground.x - GAP + wide / 2
    east = ground.x + ground.width + GAP
    parts = [
        _flow(bands["west"], -wide / 2, TOP, side, times),
        _flow(bands["east"], east, TOP, wide / 2 - east, times),
    ]
    low = max([BOTTOM, *(part.bottom for part in parts)])
    world = _flow(bands["world"], -wide / 2, 0.0, wide, times)
    parts.append(world.moved(TOP - GAP - world.bottom))
    parts.append(_flow(bands["kinds"], -wide / 2, low + GAP, wide, times))
    found = dict(regions)
    for part in parts:
        found |= part.places
    frames = (ground, *(frame for part in parts for frame in part.frames))
    return Arrangement(found, frames, tuple(sorted(set(regions) - shown)))


def _alone(bands: _Bands, times: int) -> Arrangement:
    """The blocks below one another, where no party of the home province is among them."""
    found: dict[str, Place] = {}
    frames: list[Frame] = []
    top = 0.0
    for groups in (bands["world"], bands["west"] + bands["east"], bands["kinds"]):
        part = _flow(groups, -WIDTH * times / 2, top, WIDTH * times, times)
        found |= part.places
        frames += part.frames
        top = part.bottom + (GAP if groups else 0.0)
    return Arrangement(found, tuple(frames), ())


@dataclass(frozen=True, slots=True)
class _Part:
    places: dict[str, Place]
    frames: tuple[Frame, ...]
    bottom: float

    def moved(self, down: float) -> _Part:
        places = {id: (x, y + down) for id, (x, y) in self.places.items()}
        frames = tuple(replace(frame, y=frame.y + down) for frame in self.frames)
        return _Part(places, frames, self.bottom + down)


def _flow(
    groups: Sequence[tuple[str, Sequence[str]]], left: float, top: float, width: float,
    times: int = 1,
) -> _Part:  # fmt: skip
    """Blocks from left to right, in lines, each line in the middle of its width."""
    most = max(1, min(BLOCK_COLUMNS * times, int((width - 2 * PAD) // CELL)))
    lines: list[list[tuple[str, Sequence[str], int]]] = []
    used = width + 1
    for group, members in groups:
        columns = min(most, len(members))
        if used + _wide(columns) > width:
            lines.append([])
            used = 0.0
        lines[-1].append((group, members, columns))
        used += _wide(columns) + SPACE
    found: dict[str, Place] = {}
    frames: list[Frame] = []
    for line in lines:
        x = left + (width - sum(_wide(columns) + SPACE for *_, columns in line) + SPACE) / 2
        rows = max(-(-len(members) // columns) for _, members, columns in line)
        for group, members, columns in line:
            title = "" if list(members) == [group] else group  # because its label says it already
            frames.append(Frame(title, x, top, _wide(columns), HEAD + rows * ROW))
            for n, id in enumerate(members):
                row, column = divmod(n, columns)
                found[id] = (x + PAD + CELL * (column + 0.5), top + HEAD + 14 + ROW * row)
            x += _wide(columns) + SPACE
        top += HEAD + rows * ROW + SPACE
    return _Part(found, tuple(frames), top - SPACE if lines else top)


def _wide(columns: int) -> float:
    return columns * CELL + 2 * PAD
