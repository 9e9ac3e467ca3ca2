"""The network in groups: one point for each country, province and kind, opened where it is asked.

The home province is one point too, in the middle of its map, until it is opened: with its 38
regions drawn one by one hundreds of lines would cross, and nobody could say what is strong.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from explorer.index import Bools, Index, Ints
from explorer.pictures.labels import group_name, hint, labelled, shape_of, short, titled
from explorer.pictures.marks import wrapped
from explorer.pictures.places import Frame, Place, Places, group_of, home_province, places
from explorer.pictures.points import Opened, Point
from explorer.pictures.shelf import shelved
from graph_loader import Language

MEMBERS: Final = 48  # because eight rows of a block still fit a laptop's screen
LETTERS, GROUP_LETTERS = 16, 15  # that fit one line of a label, of a party and of a group


@dataclass(frozen=True, slots=True)
class Gathering:
    """Who stands for whom: `code` of each party is the position in `ids` of its point."""

    ids: list[str]
    code: Ints
    apart: Mapping[str, Sequence[str]]
    """the parties of each opened group that have a point of their own"""
    places: Mapping[str, Place]
    frames: tuple[Frame, ...]
    near: frozenset[str]


def gathering(index: Index, mask: Bools, involved: Ints, opened: Sequence[str]) -> Gathering:
    """The groups of an index, those in `opened` taken apart in that order; others are ignored.

    Of a group with very many parties the MEMBERS with most agreements of the mask stand apart.
    """
    fixed, home = places(index), home_province(index)
    names = index.remember("groups", lambda: _groups(index, fixed, home))
    counts = mask.astype(np.int32) @ index.members
    members: dict[str, list[int]] = defaultdict(list)
    for n in involved.tolist():
        if names[n] in opened and index.parties[n].id != names[n]:
            members[names[n]].append(n)
    apart = {
        group: _strongest(index, members[group], counts)
        for group in dict.fromkeys(opened)
        if members[group]
    }
    own = {id for ids in apart.values() for id in ids}
    point_of = [p.id if p.id in own else name for p, name in zip(index.parties, names, strict=True)]
    ids = sorted(set(point_of))
    code = {id: n for n, id in enumerate(ids)}
    shelf = shelved(fixed, [(group, own) for group, own in apart.items() if group != home])
    spots = {**fixed.group, **shelf.places}
    if home in apart:
        spots |= fixed.home
    return Gathering(
        ids,
        np.array([code[id] for id in point_of], dtype=np.int32),
        apart,
        spots,
        shelf.frames,
        frozenset({home, *fixed.home, *own}),
    )


def _strongest(index: Index, numbers: Sequence[int], counts: Ints) -> list[str]:
    """The ids of the parties with most agreements, MEMBERS at most, in the order of their ids."""
    parties = [(-int(counts[n]), index.parties[n].id) for n in numbers]
    return sorted(id for _, id in sorted(parties)[:MEMBERS])


def _groups(index: Index, fixed: Places, home: str) -> list[str]:
    """The group of every party; all of the home province are one."""
    return [home if p.id in fixed.home else group_of(p, home) for p in index.parties]


def gathered_points(
    index: Index, gathering: Gathering, involved: Ints, lang: Language
) -> tuple[tuple[Point, ...], tuple[Frame, ...], tuple[Opened, ...]]:
    """The points of the parties involved, the grounds behind them, and which groups are open."""
    fixed, home = places(index), home_province(index)
    members: dict[str, list[int]] = defaultdict(list)
    for n in involved.tolist():
        members[gathering.ids[gathering.code[n]]].append(n)
    own = {id for ids in gathering.apart.values() for id in ids}
    points = [
        _party(index, id, gathering.places[id], lang) if id in own
        else _group(index, id, numbers, gathering, lang)
        for id, numbers in sorted(members.items())
    ]  # fmt: skip
    drawn = {point.id for point in points}
    still = {*gathering.apart, *fixed.home} - drawn - ({home} - gathering.apart.keys())
    points += [_quiet(index, id, gathering.places[id], lang) for id in sorted(still)]
    every = (*fixed.frames, *gathering.frames)
    frames = tuple(
        titled(index, frame, lang)
        for frame in every
        if any(_inside(frame, point) for point in points)
    )
    hidden = {point.id: point.hidden for point in points}
    opened = tuple(
        Opened(group, group_name(index, group, lang), len(ids), len(ids) + hidden.get(group, 0))
        for group, ids in gathering.apart.items()
    )
    return tuple(points), frames, opened


def _inside(frame: Frame, point: Point) -> bool:
    across = frame.x <= point.x <= frame.x + frame.width
    return across and frame.y <= point.y <= frame.y + frame.height


def _party(index: Index, id: str, place: Place, lang: Language) -> Point:
    party = index.parties[index.number[id]]
    name = party.name(lang)
    label = "\n".join(wrapped(short(name, party.level), LETTERS, 2))
    return Point(id, label, name, shape_of(party.level), *place)


def _quiet(index: Index, id: str, place: Place, lang: Language) -> Point:
    """A region of the home map without a line of its own, or the place of an opened group."""
    full = index.name(id, lang) if id in index.number else group_name(index, id, lang)
    label = "\n".join(wrapped(group_name(index, id, lang), LETTERS, 2))
    return Point(id, label, full, "quiet", *place, count=0)


def _group(
    index: Index, id: str, numbers: Sequence[int], gathering: Gathering, lang: Language
) -> Point:
    name = group_name(index, id, lang)
    known = id in index.number
    shape = shape_of(index.parties[index.number[id]].level) if known else "country"
    hub = id == home_province(index) and id not in gathering.apart
    members = [index.parties[n] for n in numbers]
    hidden = sum(party.id != id for party in members)
    return Point(
        id, labelled(name, hidden, LETTERS if hub else GROUP_LETTERS), hint(name, members, lang),
        "third" if id.startswith("kind.") else shape, *gathering.places[id], len(numbers), hidden,
        hub,
    )  # fmt: skip
