"""Names that differ from a known one by a slip of the pen, found without comparing all of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from rapidfuzz import process
from rapidfuzz.distance import OSA

_ONE_SLIP = 5  # because a slip in a shorter word makes another word ("Pati", "Bali")
_TWO_SLIPS = 9  # because two slips in a shorter word leave too little of it
_PARTS = 3  # because two slips spoil at most two of three parts, so one stays as it was
_NUMBERS = re.compile(r"\S*\d\S*|\b[ivx]+\b")  # arabic and roman: "Daop 7", "Pelindo III"

_Block = tuple[str, int, int, str]


def slips_allowed(length: int) -> int:
    """How many letters may be wrong, missing, superfluous or swapped in a word of that length."""
    return (length >= _ONE_SLIP) + (length >= _TWO_SLIPS)


class Nearness:
    """Known names in blocks: names share one if a part of them stands at about the same place.

    Example:
        >>> near = Nearness()
        >>> near.add("sidoarjo"); near.add("daop 7 madiun")
        >>> near.search("sidorjo"), near.search("daop 8 madiun")
        ([(1, 'sidoarjo')], [])
    """

    def __init__(self) -> None:
        self._blocks: dict[_Block, list[str]] = {}
        self._known: set[str] = set()

    def add(self, name: str) -> None:
        """Make a folded name known."""
        if name in self._known or len(name) < _ONE_SLIP - 1:
            return
        self._known.add(name)
        numbers = _numbers(name)
        for part, (start, end) in enumerate(_cuts(len(name))):
            block = (numbers, len(name), part, name[start:end])
            self._blocks.setdefault(block, []).append(name)

    def search(self, name: str, whole: Collection[str] = ()) -> list[tuple[int, str]]:
        """Names within the allowed slips, nearest first, then by name; the name itself is none.

        A word in `whole` is right as it stands: "Universitas Negeri Padang" is no slip.

        Cost: some 75 look-ups, and a comparison with each name of the blocks they hit.
        """
        most = slips_allowed(len(name) + 1)
        if not most:
            return []
        pool = {other for block in _asked(name, most) for other in self._blocks.get(block, ())}
        pool.discard(name)
        close = process.extract(
            name, list(pool), scorer=OSA.distance, score_cutoff=most, limit=None
        )  # fmt: skip
        fit = [(int(slips), other) for other, slips, _ in close if _is_slip(name, other, whole)]
        return sorted(fit)


def _asked(name: str, most: int) -> Iterator[_Block]:
    numbers, length = _numbers(name), len(name)
    for other in range(max(1, length - most), length + most + 1):
        for part, (start, end) in enumerate(_cuts(other)):
            for shift in range(-most, most + 1):
                if start + shift >= 0 and end + shift <= length:
                    yield numbers, other, part, name[start + shift : end + shift]


def _cuts(length: int) -> Iterator[tuple[int, int]]:
    for part in range(_PARTS):
        yield part * length // _PARTS, (part + 1) * length // _PARTS


def _numbers(name: str) -> str:
    return " ".join(_NUMBERS.findall(name))


def _is_slip(name: str, other: str, whole: Collection[str]) -> bool:
    """Whether each word is the other's word but for the slips that its length allows."""
    mine, theirs = name.split(), other.split()
    if len(mine) != len(theirs):
        a, b = "".join(mine), "".join(theirs)
        return len(a) >= _TWO_SLIPS and OSA.distance(a, b) <= 1
    return all(
        a == b
        or (a not in whole and OSA.distance(a, b) <= slips_allowed(max(len(a), len(b))))
        for a, b in zip(mine, theirs, strict=True)
    )  # fmt: skip
