"""The network in miniature, for the first page: whom the home province's regions work with.

Every group stands where the network page has it: the world above, provinces on either side,
third parties below. What a group is made of, the network page shows.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np
from markupsafe import Markup

from explorer.i18n import number, say
from explorer.index import Ints
from explorer.pictures.labels import short
from explorer.pictures.marks import frame, mark, stroke, text, wrapped
from explorer.pictures.pairs import STATUS_ORDER, Pairs, category_name, pairs
from explorer.pictures.picture import Picture
from explorer.pictures.places import KINDS, WORLD, band_of, group_of, home_province
from explorer.view import View
from graph_loader import Language, Party

SIZE: Final = (470, 448)  # because a telephone then still shows its words at 11 px
MIDDLE: Final = (235.0, 232.0)
LETTERS: Final = 12
NAMED: Final = 3  # because a summary that names more is read by nobody
_HOME_SIZE: Final = 26.0
_LEAST, _MOST = 8.0, 17.0
_LINE, _WORDS = 16, 15  # px: a line of words, their size
_STATE: Final = frozenset(("agency", "prosecutor", "ministry", "police", "land_office", "audit"))
_BUSINESS: Final = frozenset(("bank", "insurer", "cooperative", "company", "soe"))
_BUCKETS: Final[Mapping[str, str]] = {
    f"kind.{kind}": "state" if kind in _STATE else "business" if kind in _BUSINESS
    else "campus" if kind == "university" else "society"
    for kind in KINDS
}  # fmt: skip
_REGION_OF: Final[Mapping[str, str]] = {
    code: region for region, columns in WORLD.items() for code in " ".join(columns).split()
}
_SPOTS: Final[Mapping[str, tuple[float, float]]] = {
    "americas": (50, 154), "europe": (112, 74), "africa": (172, 122), "west-asia": (235, 62),
    "south-east-asia": (300, 122), "east-asia": (362, 74), "oceania": (420, 154),
    "west": (48, 232), "east": (422, 232),
    "business": (62, 340), "campus": (178, 372), "state": (292, 372), "society": (408, 340),
}  # fmt: skip
"""Where each group stands, px; in the order that a list of them has."""


def miniature(shown: View, lang: Language) -> Picture | None:
    """All agreements in force of the home province and its regions, by group; None without any."""
    index, home = shown.index, home_province(shown.index)
    found = _counted(shown, home) if home else {}
    if not found:
        return None
    name = short(index.name(home, lang), index.parties[index.number[home]].level)
    most = max(agreements for agreements, *_ in found.values())
    ordered = sorted(found, key=lambda group: (-found[group][0], list(_SPOTS).index(group)))
    listed = [f"{_name(group, lang)} {number(lang, found[group][0])}" for group in ordered]
    summary = say(lang, "home.mini.summary", home=name, list=", ".join(listed[:NAMED]))
    parts = [stroke(MIDDLE, _SPOTS[group], category, status, agreements, 0.55)
             for group, (agreements, category, status) in found.items()]  # fmt: skip
    parts += [mark("province", *MIDDLE, _HOME_SIZE)]
    parts += [text(MIDDLE[0], MIDDLE[1] + _HOME_SIZE + 22, "middle", name, "strong", 17)]
    for group, (agreements, *_) in found.items():
        parts += _drawn(group, agreements, most, lang)
    whole = say(lang, "home.mini.whole", home=name, list=", ".join(listed))
    return Picture(frame((0, 0, *SIZE), whole, parts), SIZE, name, summary)


def _drawn(group: str, agreements: int, most: int, lang: Language) -> Iterator[Markup]:
    """A group's sign, its name and its number; away from the middle, so that no tie crosses."""
    x, y = _SPOTS[group]
    size = _LEAST + (_MOST - _LEAST) * math.sqrt(agreements / most)
    shape = "foreign" if group in WORLD else "region" if group in {"west", "east"} else "third"
    yield mark(shape, x, y, size)
    lines = [*wrapped(_name(group, lang), LETTERS, 2), number(lang, agreements)]
    top = y - size - 8 - _LINE * (len(lines) - 1) if group in WORLD else y + size + _LINE
    for n, words in enumerate(lines):
        kind = "quiet" if n == len(lines) - 1 else "label"
        yield text(x, top + _LINE * n, "middle", words, kind, _WORDS)


def _name(group: str, lang: Language) -> str:
    return say(lang, f"home.mini.{group}")


def _counted(shown: View, home: str) -> dict[str, tuple[int, str, str]]:
    """(agreements, commonest category, best status) with each group that has any, in order."""
    index = shown.index
    groups = ["home", *_SPOTS]

    def group_codes() -> Ints:
        known = {group: code for code, group in enumerate(groups)}
        return np.array([known[_bucket(party, home)] for party in index.parties], dtype=np.int32)

    def count() -> Pairs:
        codes = index.remember("miniature", group_codes)
        return pairs(index, shown.day, index.in_force(shown.day), codes)

    found: Pairs = index.remember(("miniature", shown.day), count)
    return {
        groups[found.b[n]]: (int(found.agreements[n]), category_name(int(found.category[n])),
                             str(STATUS_ORDER[found.status[n]]))
        for n in np.flatnonzero(found.a == 0).tolist()
    }  # fmt: skip


def _bucket(one: Party, home: str) -> str:
    if home in {one.id, one.part_of}:
        return "home"
    group = group_of(one, home)
    if group in _REGION_OF:
        return _REGION_OF[group]
    return _BUCKETS.get(group, "society") if band_of(group) == "kinds" else band_of(group)
