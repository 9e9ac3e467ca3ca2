"""Finding a party by what a person types: folded, by prefix, tolerant of spelling."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from rapidfuzz import fuzz, process

from explorer.index import Index
from graph_loader import Level, Party, fold

FUZZY_CUTOFF = 82  # because "banyuwngi" scores 94 and unrelated place names stay below 80
SHORTEST_FUZZY = 3  # because three letters are like too many names
_EXACT, _PREFIX, _WORD, _FUZZY = range(4)


class Hit(NamedTuple):
    """A party and how well it fits, 100 at best."""

    party: Party
    score: float


def find(
    index: Index,
    text: str,
    lang: str,
    *,
    limit: int = 10,
    levels: Collection[Level] | None = None,
    alike: bool = True,
) -> list[Hit]:
    """The parties that a text may mean: exact, by prefix, by word; if none of these, by likeness.

    With `alike` false a text that is merely like a name finds nothing.

    Among equals: those with more agreements first, then by name. Empty text finds nothing.
    """
    wanted = fold(text)
    if not wanted:
        return []
    names = index.spellings
    best: dict[int, tuple[int, float]] = {}
    for match in re.finditer(f"[\n ]{re.escape(wanted)}", names.joined):
        place = bisect_right(names.starts, match.start()) - 1
        number, rank = names.numbers[place], _rank(names.texts[place], wanted)
        if rank < best.get(number, (_FUZZY, 0.0))[0]:
            best[number] = (rank, 100.0 - 5 * rank)
    if alike and not best and len(wanted) > SHORTEST_FUZZY:
        for _, score, position in process.extract(
            wanted, names.texts, scorer=fuzz.WRatio, score_cutoff=FUZZY_CUTOFF, limit=3 * limit
        ):  # fmt: skip
            best.setdefault(names.numbers[position], (_FUZZY, min(score, 80.0)))
    kept = [n for n in best if levels is None or index.parties[n].level in levels]
    order = _order(index, kept, best)
    last = sorted(order.values())[:limit][-1:]  # of those alike, the names are looked at too
    kept = [n for n in kept if [order[n]] <= last]
    kept.sort(key=lambda n: (order[n], index.name(n, lang)))
    return [Hit(index.parties[n], best[n][1]) for n in kept[:limit]]


def _order(
    index: Index, numbers: Sequence[int], found: Mapping[int, tuple[int, float]]
) -> dict[int, tuple[int, float, int]]:
    """How well each fits, and how many agreements it has: the smaller, the earlier."""
    counts = np.diff(index.of_party.indptr)[list(numbers)].tolist()
    return {
        number: (found[number][0], -found[number][1], -count)
        for number, count in zip(numbers, counts, strict=True)
    }


def _rank(spelling: str, wanted: str) -> int:
    """Of a spelling that holds the beginning of a word."""
    if spelling == wanted:
        return _EXACT
    return _PREFIX if spelling.startswith(wanted) else _WORD
