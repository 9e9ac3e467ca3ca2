"""Finding a party by what a person types: folded, by prefix, tolerant of spelling."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

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
) -> list[Hit]:
    """The parties that a text may mean: exact, by prefix, by word; by likeness if none of these.

    Among equals: those with more agreements first, then by name. Empty text finds nothing.
    """
    wanted = fold(text)
    if not wanted:
        return []
    names = index.spellings
    best: dict[int, tuple[int, float]] = {}
    for spelling, number in zip(names.texts, names.numbers, strict=True):
        rank = _rank(spelling, wanted)
        if rank is not None and rank < best.get(number, (_FUZZY, 0.0))[0]:
            best[number] = (rank, 100.0 - 5 * rank)
    if not best and len(wanted) > SHORTEST_FUZZY:
        for _, score, position in process.extract(
            wanted, names.texts, scorer=fuzz.WRatio, score_cutoff=FUZZY_CUTOFF, limit=3 * limit
        ):  # fmt: skip
            best.setdefault(names.numbers[position], (_FUZZY, min(score, 80.0)))
    kept = [n for n in best if levels is None or index.parties[n].level in levels]
    kept.sort(key=lambda n: (*_order(index, n, best[n]), index.name(n, lang)))
    return [Hit(index.parties[n], best[n][1]) for n in kept[:limit]]


def _order(index: Index, number: int, found: tuple[int, float]) -> tuple[int, float, int]:
    rank, score = found
    return (rank, -score, -len(index.agreements_of(number)))


def _rank(spelling: str, wanted: str) -> int | None:
    if spelling == wanted:
        return _EXACT
    if spelling.startswith(wanted):
        return _PREFIX
    if f" {wanted}" in spelling:
        return _WORD
    return None
