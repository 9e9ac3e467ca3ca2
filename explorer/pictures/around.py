"""A party and its partners around it, for paper and for a wall."""

from __future__ import annotations

import re

from explorer.i18n import say
from explorer.pictures.picture import Picture, tie_legend
from explorer.pictures.svg import ego_svg
from explorer.sentences import Speaker
from explorer.ties import ties


def around(speaker: Speaker, id: str) -> Picture:
    """A party in the middle and its partners around it."""
    shown, lang = speaker.shown, speaker.lang
    svg = ego_svg(shown, id, lang, lambda party: "")
    found = re.search(r'width="(\d+)" height="(\d+)"', svg)
    size = (float(found[1]), float(found[2])) if found else (1000.0, 300.0)
    n = len(ties(shown.index, shown.day).of(shown.index.number[id]))
    title = say(lang, "picture.ego", name=speaker.name(id), n=n)
    return Picture(svg, size, title, title, tie_legend(lang))
