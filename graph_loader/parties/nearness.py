"""Names that differ from a known one by a slip of the pen, found without comparing all of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from rapidfuzz import process
from rapidfuzz.distance import OSA

_ONE_SLIP = 5  # because a slip in a shorter word makes another word ("Pati", "Bali")
_TWO_SLIPS = 9  # because two slips in a shorter word leave too little of it
_PARTS = 3  # because two slips spoil at most two of three parts, so one stays as it was
_NUMBERS = re.compile(r"\S*\d\S*|[ivx]+")  # arabic and roman: "Daop 7", "Pelindo III"

# Because thousands of names hold these, so that they tell none from another.
_COMMON = """
    pt cv universitas university institut politeknik sekolah tinggi akademi negeri islam
    muhammadiyah yayasan koperasi asosiasi bank perusahaan umum daerah perum perumda dinas
    badan kantor kementerian kejaksaan kepolisian resor rumah sakit kota kabupaten provinsi
    prefektur pemerintah city province prefecture regency county district state indonesia jawa
    timur barat tengah selatan utara pertanian pendidikan kesehatan pertanahan pusat balai
    besar cabang ltd limited company foundation international of and dan the
"""
_LISTED = sorted(_COMMON.split())  # in one order, so that two equally near give one answer
COMMON = frozenset(_LISTED)

_Bucket = tuple[tuple[str, ...], int]


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
        self._buckets: dict[_Bucket, list[dict[str, list[str]]]] = {}
        self._whole: dict[tuple[tuple[str, ...], str], str] = {}

    def add(self, name: str) -> None:
        """Make a folded name known."""
        fixed, rest = _apart(name.split())
        if (fixed, rest) in self._whole:
            return
        self._whole[fixed, rest] = name
        parts = self._buckets.setdefault((fixed, len(rest)), [{} for _ in range(_PARTS)])
        for blocks, (start, end) in zip(parts, _cuts(len(rest)), strict=True):
            blocks.setdefault(rest[start:end], []).append(rest)

    def search(self, name: str, whole: Collection[str] = ()) -> list[tuple[int, str]]:
        """Names within the allowed slips, nearest first, then by name; the name itself is none.

        A word in `whole` is right as it stands, and no slip of a common one.

        Cost: some 40 look-ups, and a comparison with each name of the blocks they hit.
        """
        words = [_corrected(word, whole) for word in name.split()]
        fixed, rest = _apart(words)
        most = slips_allowed(len(rest) + 1)
        pool = {other for block in self._blocks(fixed, rest, most) for other in block}
        close = process.extract(
            rest, list(pool), scorer=OSA.distance, score_cutoff=most, limit=None
        )  # fmt: skip
        found = [
            (OSA.distance(name, known), known)
            for other, _, _ in close
            if _is_slip(rest, other) and (known := self._whole[fixed, other]) != name
        ]
        return sorted(found)

    def _blocks(self, fixed: tuple[str, ...], rest: str, most: int) -> Iterator[list[str]]:
        """The blocks in which a name within that many slips stands with some part."""
        size = len(rest)
        for length in range(max(0, size - most), size + most + 1):
            if (parts := self._buckets.get((fixed, length))) is None:
                continue
            longer = size - length
            low, high = -((most - longer) // 2), (most + longer) // 2
            for blocks, (start, end) in zip(parts, _cuts(length), strict=True):
                for shift in range(max(low, -start), min(high, size - end) + 1):
                    if block := blocks.get(rest[start + shift : end + shift]):
                        yield block


def _apart(words: Iterable[str]) -> tuple[tuple[str, ...], str]:
    """Numbers and common words, which must agree; and the rest, which may hold a slip."""
    fixed: list[str] = []
    rest: list[str] = []
    for word in words:
        (fixed if word in COMMON or _NUMBERS.fullmatch(word) else rest).append(word)
    return tuple(fixed), " ".join(rest)


def _corrected(word: str, whole: Collection[str]) -> str:
    """The common word of which a word is a slip: "univeritas"; else the word."""
    most = slips_allowed(len(word) + 1)
    if not most or word in COMMON or word in whole:
        return word
    found = process.extractOne(word, _LISTED, scorer=OSA.distance, score_cutoff=most)
    if found is None or found[1] > slips_allowed(max(len(word), len(found[0]))):
        return word
    return str(found[0])


def _cuts(length: int) -> Iterator[tuple[int, int]]:
    for part in range(_PARTS):
        yield part * length // _PARTS, (part + 1) * length // _PARTS


def _is_slip(name: str, other: str) -> bool:
    """Whether each word is the other's word but for the slips that its length allows."""
    mine, theirs = name.split(), other.split()
    if len(mine) != len(theirs):
        a, b = "".join(mine), "".join(theirs)
        return len(a) >= _TWO_SLIPS and OSA.distance(a, b) <= 1
    return all(a == b or _is_word_slip(a, b) for a, b in zip(mine, theirs, strict=True))


def _is_word_slip(a: str, b: str) -> bool:
    """A slip that keeps the first letter, or swaps it: Suzhou is not a slip of Fuzhou."""
    begins = a[0] == b[0] or a[:2] == b[1::-1]
    return begins and OSA.distance(a, b) <= slips_allowed(max(len(a), len(b)))
