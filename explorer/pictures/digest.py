"""The overview for a telephone: the home province, and around it each part of the picture once."""

from __future__ import annotations

from collections import defaultdict
from typing import Final, NamedTuple

import numpy as np
from markupsafe import Markup

from explorer.i18n import say
from explorer.index import Bools, Index
from explorer.pictures.labels import group_name
from explorer.pictures.marks import frame, mark, stroke, text, wrapped
from explorer.pictures.pairs import STATUS_ORDER, category_name, pairs
from explorer.pictures.places import WORLD, Place, band_of, group_of, home_province, places
from explorer.service import View
from graph_loader import Language

_BOX: Final = (0.0, 0.0, 360.0, 452.0)
_HUB: Final = (180.0, 262.0)
# As on the large picture: the world above, other provinces beside, third parties below.
_PLACES: Final[dict[str, Place]] = {
    "americas": (46, 70), "europe": (136, 34), "africa": (226, 34), "west-asia": (316, 70),
    "south-east-asia": (46, 162), "east-asia": (316, 162), "oceania": (180, 118),
    "west": (46, 278), "east": (316, 278), "kinds": (180, 384),
}  # fmt: skip
_SIGNS: Final = {"west": "province", "east": "province", "kinds": "third"}
_LETTERS: Final = 14  # of a line of a label, at 13 px
_ALONE: Final = 24  # where nothing stands beside it


class Part(NamedTuple):
    """What the home province has with one part of the picture; `title` is the part's ground's."""

    title: str
    agreements: int
    parties: int
    category: str
    status: str


def parts(shown: View, mask: Bools, lang: Language) -> dict[str, Part]:
    """Each part of the picture that the home province shares agreements with, by its key."""
    index = shown.index
    home = home_province(index)
    keys = index.remember("parts", lambda: _part_of_each(index))
    ids = sorted(set(keys))
    code = {id: n for n, id in enumerate(ids)}
    found = pairs(index, shown.day, mask, np.array([code[key] for key in keys], dtype=np.int32))
    every = pairs(index, shown.day, mask)
    parties: dict[str, int] = defaultdict(int)
    for n in np.union1d(every.a, every.b).tolist():
        parties[keys[n]] += 1
    shared = {}
    for n in range(len(found)):
        ends = {ids[found.a[n]], ids[found.b[n]]}
        if home in ends:
            (other,) = ends - {home}
            shared[other] = Part(
                say(lang, f"network.frame.{other}"), int(found.agreements[n]), parties[other],
                category_name(int(found.category[n])), str(STATUS_ORDER[found.status[n]]),
            )  # fmt: skip
    return shared


def digest_svg(shown: View, mask: Bools, lang: Language) -> Markup:
    """The parts around the home province; the wider a line, the more agreements. Each part and
    the province is a link to `#gambar` whose `data-look` is the title of its ground.

    Empty where no agreement of the home province is left.
    """
    index = shown.index
    home = home_province(index)
    shared = parts(shown, mask, lang)
    if not shared:
        return Markup()
    name = group_name(index, home, lang)
    lines = [
        stroke(_PLACES[key], _HUB, part.category, part.status, part.agreements, 0.7)
        for key, part in shared.items()
    ]
    points = [_part(key, part, lang) for key, part in sorted(shared.items())]
    hub = mark("province", *_HUB, 22) + text(_HUB[0], _HUB[1] + 44, "middle", name, "strong", 16)
    points.append(_link(name, hub))
    return frame(_BOX, say(lang, "network.digest", home=name), lines + points)


def _part(key: str, part: Part, lang: Language) -> Markup:
    x, y = _PLACES[key]
    drawn = mark(_SIGNS.get(key, "country"), x, y, 9)
    words = wrapped(part.title, _ALONE if key == "kinds" else _LETTERS, 2)
    for n, line in enumerate(words):
        drawn += text(x, y + 25 + 15 * n, "middle", line, "label", 13)
    count = say(lang, "count.agreements", n=part.agreements)
    return _link(
        part.title, drawn + text(x, y + 25 + 15 * len(words), "middle", count, "quiet", 12)
    )


def _link(title: str, drawn: Markup) -> Markup:
    return Markup('<a href="#gambar" data-look="{}">{}</a>').format(title, drawn)


def _part_of_each(index: Index) -> list[str]:
    """The part of the picture that each party stands in."""
    home, fixed = home_province(index), places(index)
    world = {
        code: region for region, columns in WORLD.items() for c in columns for code in c.split()
    }
    found = []
    for party in index.parties:
        group = group_of(party, home)
        found.append(home if party.id in fixed.home else world.get(group, band_of(group)))
    return found
