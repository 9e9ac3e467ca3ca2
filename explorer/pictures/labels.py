"""What a picture writes beside a party, and which sign it draws for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from explorer.i18n import say
from explorer.index import Index
from explorer.pictures.marks import cut, wrapped
from explorer.pictures.places import BOLD, Frame
from graph_loader import FOREIGN_LEVELS, Language, Level, Party

CODE = 2  # letters of a country that the store does not hold
NAMED = 8  # because a hint with more names is read by nobody


def labelled(name: str, hidden: int, letters: int) -> str:
    r"""A name in two lines, with the number of parties hidden behind it; never cut from it.

    Example:
        >>> labelled("Lembaga masyarakat", 3, 13), labelled("Jepang", 14, 13)
        ('Lembaga\nmasyarakat +3', 'Jepang +14')
    """
    tail = f" +{hidden}" if hidden else ""
    lines = wrapped(name + tail, letters, 2)
    if tail and not lines[-1].endswith(tail.strip()):
        lines = wrapped(name, letters, 2)
        lines[-1] = cut(lines[-1], letters - len(tail)) + tail
    return "\n".join(lines)


def hint(name: str, members: Sequence[Party], lang: Language) -> str:
    """Who is in a group: "Australia: Perth, Queensland dan 9 lainnya"."""
    names = [party.name(lang) for party in members]
    if names == [name] or len(names) == 1:
        return names[0]
    listed = ", ".join(names[:NAMED])
    if len(names) > NAMED:
        listed = say(lang, "network.and-more", list=listed, n=len(names) - NAMED)
    return f"{name} ({len(names)}): {listed}"


def titled(index: Index, frame: Frame, lang: Language) -> Frame:
    """A ground whose title is written out, no longer than the ground is wide."""
    if not frame.title:
        return frame
    title = group_name(index, frame.title, lang)
    return replace(frame, title=cut(title, int((frame.width - 16) / BOLD)))


def group_name(index: Index, id: str, lang: Language) -> str:
    """The name of a group as a picture writes it: "Jepang", "Jawa Tengah", "Perguruan tinggi"."""
    if id in index.number:
        party = index.parties[index.number[id]]
        return short(party.name(lang), party.level)
    if len(id) == CODE:
        return id.upper()
    return say(lang, id if "." in id else f"kind.{id}")


def short(name: str, level: Level) -> str:
    """A label for a picture: "Gresik", "Kota Malang", "Jawa Timur".

    Example:
        >>> short("Kabupaten Gresik", Level.KABUPATEN), short("Kota Malang", Level.KOTA)
        ('Gresik', 'Kota Malang')
    """
    if level is Level.KABUPATEN:
        return name.removeprefix("Kabupaten ").removesuffix(" Regency")
    if level is Level.PROVINCE:
        name = name.removeprefix("Provinsi ").removesuffix(" Province")
        return name.removeprefix("Special Region of ").removesuffix(" Special Capital Region")
    return name


def shape_of(level: Level) -> str:
    """The sign of a party: region, province, foreign, country or third."""
    if level is Level.PROVINCE:
        return "province"
    if level is Level.COUNTRY:
        return "country"
    if level in FOREIGN_LEVELS:
        return "foreign"
    return "region" if level in {Level.KABUPATEN, Level.KOTA} else "third"
