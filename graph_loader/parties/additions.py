"""What a clerk adds to a party's name: a branch, a city, an address, a person who signs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from graph_loader.text import fold

_BRANCH = frozenset(
    {"cabang", "cab", "kc", "kcp", "kcu", "unit", "witel", "divre", "area", "regional", "wilayah",
     "kantor", "perwakilan", "daop", "up3", "ulp", "uid", "kanwil", "kampus", "psdku", "gedung",
     "jl", "jln", "jalan", "komplek", "kompleks", "lantai", "cq", "indonesia", "office", "branch",
     "persero", "tbk"}
)  # fmt: skip
_PERSON = frozenset(
    {"prof", "dr", "drs", "dra", "ir", "bapak", "ibu", "sdr", "kh", "rektor", "direktur"}
)
_PLACE = frozenset({"kota", "kabupaten", "kab", "provinsi", "prov", "di"})
_MARK = re.compile(r"\s*[,(\[/]|\s[-–—]\s")
_CUT = re.compile(r"(?<=\S)\s+(?=\S)|[,(\[/]")
_SIGNS = " ,-–—/()[]"
_LONGEST_PLACE = (
    4  # words: because "Kota Bandar Lampung" and "Kab. Hulu Sungai Selatan" are none longer
)


def beginnings(name: str, is_place: Callable[[str], bool]) -> Iterator[tuple[str, bool]]:
    """What stands before an addition, the longest first, and whether a mere place follows it.

    `is_place` says whether a text is made of regions' names alone.

    Example:
        >>> at = "Surabaya".__eq__
        >>> list(beginnings("Universitas Airlangga, Surabaya", at))
        [('Universitas Airlangga', True)]
        >>> list(beginnings("PT Telkom Witel Surabaya", at))
        [('PT Telkom Witel', True), ('PT Telkom', False)]
        >>> list(beginnings("PT Pertamina Hulu Energi", at))
        []
    """
    cuts = {found.start() for found in _CUT.finditer(name)}
    for cut in sorted(cuts, reverse=True):
        before, behind = name[:cut].rstrip(_SIGNS), name[cut:].strip(_SIGNS)
        if len(before) < cut or not behind:
            continue
        place = _is_place(behind, is_place)
        if place or _MARK.match(name, cut) or _begins(behind):
            yield before, place


def _begins(behind: str) -> bool:
    first = fold(behind).split()[:1]
    return bool(first) and first[0] in _BRANCH | _PERSON


def _is_place(behind: str, is_place: Callable[[str], bool]) -> bool:
    words = behind.split()
    while len(words) > 1 and fold(words[0]) in _PLACE:
        words = words[1:]
    return len(words) <= _LONGEST_PLACE and is_place(" ".join(words))
