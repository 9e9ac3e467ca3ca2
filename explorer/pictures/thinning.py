"""Which labels of a map have room, and from how near on: no two ever touch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

LEVELS: Final = (1, 2, 4, 8)  # times that the map is enlarged
LETTER: Final = 7.3  # px of a letter of 13 px, and rather too much
HEIGHT: Final = 15.0  # px of a line of 13 px
_GAP: Final = 4.0  # px between a sign and its label

_Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Wanted:
    """A label that a sign would like to have; `reach` is the sign's own size (px)."""

    x: float
    y: float
    reach: float
    words: str


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a label stands beside its sign (px), and from which level on."""

    dx: float
    dy: float
    anchor: str
    level: int


def thinned(
    wanted: Sequence[Wanted],
    signs: Sequence[Wanted],
    box: tuple[float, float],
    levels: Sequence[int] = LEVELS,
    *,
    once: bool = False,
) -> list[Placed | None]:
    """A place for each label, the first ones first; None for one that never has room.

    With `once`, words that several signs would like to have are written beside one of them.
    Signs and labels keep their size while the map grows, so what has room stays where it is.
    `signs` are what no label may hide; `box` is the map's (width, height).
    """
    found: list[Placed | None] = [None] * len(wanted)
    taken = {level: [_sign(sign, level) for sign in signs] for level in levels}
    for level in levels:
        written: set[str] = set()
        for n, label in enumerate(wanted):
            if found[n] or (once and label.words in written):
                continue
            spot = _free(label, level, taken, box)
            if spot is None:
                continue
            found[n] = spot
            written.add(label.words)
            for deeper in levels:
                if deeper >= level:
                    taken[deeper].append(_box(label, spot, deeper))
    return found


def _free(
    label: Wanted, level: int, taken: Mapping[int, Sequence[_Box]], box: tuple[float, float]
) -> Placed | None:
    """The first place beside a sign that is free from this level on: signs move apart unevenly."""
    for spot in _candidates(label, level):
        if _inside(_box(label, spot, level), box) and all(
            not _touches(_box(label, spot, deeper), others)
            for deeper, others in taken.items()
            if deeper >= level
        ):
            return spot
    return None


def _candidates(label: Wanted, level: int) -> list[Placed]:
    away = label.reach + _GAP
    return [
        Placed(away, 4.5, "start", level),
        Placed(-away, 4.5, "end", level),
        Placed(0.0, away + 10.0, "middle", level),
        Placed(0.0, -away, "middle", level),
        Placed(away * 0.75, -away * 0.6, "start", level),
        Placed(away * 0.75, away * 0.6 + 9.0, "start", level),
        Placed(-away * 0.75, -away * 0.6, "end", level),
        Placed(-away * 0.75, away * 0.6 + 9.0, "end", level),
    ]


def _sign(sign: Wanted, level: int) -> _Box:
    reach = sign.reach / level
    return sign.x - reach, sign.y - reach, sign.x + reach, sign.y + reach


def _box(label: Wanted, spot: Placed, level: int) -> _Box:
    width = LETTER * len(label.words)
    left = spot.dx - {"start": 0.0, "middle": width / 2, "end": width}[spot.anchor]
    top = spot.dy - HEIGHT * 0.8
    corners = left, top, left + width, top + HEIGHT
    return (
        label.x + corners[0] / level,
        label.y + corners[1] / level,
        label.x + corners[2] / level,
        label.y + corners[3] / level,
    )


def _inside(one: _Box, box: tuple[float, float]) -> bool:
    return one[0] >= 0 and one[1] >= 0 and one[2] <= box[0] and one[3] <= box[1]


def _touches(one: _Box, others: Sequence[_Box]) -> bool:
    left, top, right, bottom = one
    # Plain numbers: for a hundred boxes an array takes longer.
    return any(x0 < right and x1 > left and y0 < bottom and y1 > top for x0, y0, x1, y1 in others)
