"""What the map writes beside a spot, and what it says of it when one points at it."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.i18n import say
from explorer.index import Index
from explorer.pictures.labels import NAMED, short
from explorer.pictures.map_scene import MapPoint
from explorer.pictures.marks import cut
from graph_loader import Language, Level

LETTERS = 26  # that a label has at most
_COUNTED = {"mitra": "count.partners", "sdg": "map.goals"}


def label(point: MapPoint, index: Index, lang: Language) -> str:
    """The name of who stands there, and how many more share the spot: "Fuzhou +4"."""
    party = index.parties[point.named]
    name = cut(short(party.name(lang), party.level), LETTERS)
    more = len(point.members) - 1
    # A province stands for all that is in it: that needs no number.
    return f"{name} +{more}" if more and party.level is not Level.PROVINCE else name


def country(point: MapPoint, index: Index, lang: Language) -> str:
    """The country of a spot abroad; empty at home."""
    code = index.parties[point.named].country
    abroad = code in index.number and code != "id" and code != index.parties[point.named].id
    return cut(index.name(code, lang), LETTERS) if abroad else ""


def hint(point: MapPoint, kind: str, index: Index, lang: Language) -> str:
    """Who stands there, where, and how much: "Fuzhou +4, Tiongkok (Xiamen …): 9 perjanjian".

    What is written beside the spot is part of it, so that who reads it and who hears it agree.
    """
    party = index.parties[point.named]
    others = [index.name(n, lang) for n in point.members if n != point.named]
    alone = not others or party.level is Level.PROVINCE
    name = party.name(lang) if alone else label(point, index, lang)
    where = country(point, index, lang)
    head = f"{name}, {where}" if where else name
    counts = [say(lang, "count.agreements", n=point.agreements)]
    if point.number is not None and kind in _COUNTED:
        counts.insert(0, say(lang, _COUNTED[kind], n=point.number))
    return f"{head}{_listed(others, lang)}: {', '.join(counts)}"


def _listed(names: Sequence[str], lang: Language) -> str:
    if not names:
        return ""
    listed = ", ".join(names[:NAMED])
    if len(names) > NAMED:
        listed = say(lang, "network.and-more", list=listed, n=len(names) - NAMED)
    return f" ({listed})"
