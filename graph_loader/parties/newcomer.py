"""What kind of party a name that nobody knows belongs to, and the party it becomes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from graph_loader.model import FOREIGN_LEVELS, REGION_LEVELS, Level, Party, make_party
from graph_loader.parties.bodies import body_names, home_names, world_body
from graph_loader.parties.cells import HOME, WORLD, Cell, qualified
from graph_loader.parties.foreign import is_a_place
from graph_loader.parties.kinds import DIRECTIONS, HOME_KINDS, UNSPLIT, KindWord, means, native
from graph_loader.parties.posts import speaks_of_a_person
from graph_loader.parties.spelling import Reading, normal, original, readings
from graph_loader.parties.telling import FOREIGN_FORMS, told, told_abroad
from graph_loader.text import fold, slug

ASSUMED = "party-level-assumed"
UNKNOWN = "party-unknown"
NO_COUNTRY = "country-missing"
_KIND_WORDS = frozenset(
    {"kota", "kabupaten", "provinsi", "prefektur", "city", "province", "prefecture", "county"}
)
_GOVERNMENT_WORDS = _KIND_WORDS | {"pemda", "pemkab", "pemkot", "pemprov", "pemerintah", "regency"}
_HOME_LEVELS = frozenset({Level.THIRD_PARTY, Level.CENTRAL_AGENCY})


@dataclass(frozen=True, slots=True)
class Sort:
    """What the words of a name tell; without a level no party can be made of it.

    `told`: a word of the name or a column tells it, so that it is no mere slip of a known name.
    """

    level: Level | None
    kind: str = ""
    country: str = HOME
    doubt: str = ""
    told: bool = True
    way: Reading | None = None


def sort_of(cell: Cell, mentioned: Callable[[Cell], str]) -> Sort:
    """What kind of party a cell names; `mentioned` gives a foreign country that stands in it."""
    if cell.level is not None:
        return _stated(cell, cell.level)
    words = normal(fold(cell.name))
    if words.replace(" ", "").isdigit():
        return Sort(None, doubt=UNKNOWN)
    first = told(words)
    if first is not None and first.level is Level.FOREIGN_INSTITUTION:
        country = cell.where if cell.abroad else mentioned(cell)
        return Sort(first.level, first.kind, country) if country else Sort(None, doubt=NO_COUNTRY)
    if first is not None and first.home:
        odd = cell.abroad and cell.certain
        return Sort(first.level, first.kind, doubt=ASSUMED if odd else "")
    if body := world_body(words):
        kind = "international" if body == WORLD else "agency"
        return Sort(Level.FOREIGN_INSTITUTION, kind, body)
    return _abroad(cell, words) if cell.abroad else _at_home(cell, words, mentioned)


def _stated(cell: Cell, level: Level) -> Sort:
    if level in REGION_LEVELS or level is Level.COUNTRY:
        return Sort(None, doubt=UNKNOWN)
    words = normal(fold(cell.name))
    first = told(words)
    if level in _HOME_LEVELS:
        return Sort(level, first.kind if first is not None and first.level is level else "")
    if not cell.abroad:
        return Sort(None, doubt=NO_COUNTRY)
    if level is Level.FOREIGN_LOCAL:
        return Sort(level, "", cell.where, way=_government(cell.name, cell.where))
    return Sort(level, _institution(cell, words), cell.where)


def _abroad(cell: Cell, words: str) -> Sort:
    way = _government(cell.name, cell.where)
    if way is not None and not told_abroad(" ".join(way.words)):
        if not _KIND_WORDS.isdisjoint(way.words):
            return Sort(None, doubt=UNKNOWN)  # two governments in one cell
        return Sort(Level.FOREIGN_LOCAL, "", cell.where, way=way)
    if kind := UNSPLIT.get(words, ""):
        return Sort(Level.FOREIGN_LOCAL, kind, cell.where)
    if cell.where == WORLD:
        return Sort(Level.FOREIGN_INSTITUTION, "international", cell.where)
    if kind := told_abroad(words):
        doubt = "" if cell.certain or told(words) is None else ASSUMED
        return Sort(Level.FOREIGN_INSTITUTION, kind, cell.where, doubt)
    return Sort(Level.FOREIGN_LOCAL, "", cell.where, ASSUMED, told=False)


def _at_home(cell: Cell, words: str, mentioned: Callable[[Cell], str]) -> Sort:
    first = told(words)
    if first is not None:
        return Sort(first.level, first.kind)
    parts = set(words.split())
    way = next((way for way in readings(cell.name) if way.kinds), None)
    kind = told_abroad(words)
    if kind and (way is None or told_abroad(" ".join(way.words))):
        if country := mentioned(cell):
            return Sort(Level.FOREIGN_INSTITUTION, kind, country, ASSUMED)
        if not parts & FOREIGN_FORMS and (
            cell.where == HOME or parts & {"indonesia", "indonesian"}
        ):
            return Sort(Level.THIRD_PARTY, kind, doubt=ASSUMED)
        return Sort(None, doubt=NO_COUNTRY)
    if way is not None:
        at_home = any(word.means & HOME_KINDS for word in way.kinds)
        return Sort(None, doubt=UNKNOWN if at_home or cell.where else NO_COUNTRY)
    if not _GOVERNMENT_WORDS.isdisjoint(words.split()):
        return Sort(None, doubt=UNKNOWN)
    foreign = not cell.where and (is_a_place(cell.name) or mentioned(cell))
    if foreign or speaks_of_a_person(words):
        return Sort(None, doubt=UNKNOWN)
    if cell.expects == "party" or (cell.expects == "partner" and cell.where):
        return Sort(Level.THIRD_PARTY, "", HOME, ASSUMED, told=False)
    return Sort(None, doubt=UNKNOWN)


def _institution(cell: Cell, words: str) -> str:
    return "international" if cell.where == WORLD else told_abroad(words)


def _government(name: str, country: str) -> Reading | None:
    """The reading that takes most off a name, if its kind words are used in that country."""
    first, _ = qualified(name)
    ways = [
        way for way in readings(first or name)
        if way.kinds and all(means(word, country) for word in way.kinds)
    ]  # fmt: skip
    return ways[-1] if ways else None


def make(cell: Cell, sort: Sort, level: Level) -> Party:
    """The new party; its id follows from its name and its country alone."""
    if level not in FOREIGN_LEVELS:
        name, *short = home_names(fold(cell.name)) or (cell.name,)
        return make_party(
            slug(name), name, name, level, HOME, "", sort.kind, aliases=tuple(short)
        )  # fmt: skip
    country = "" if sort.country == WORLD else sort.country
    name_id, name_en, kind = cell.name, cell.name, sort.kind
    aliases: tuple[str, ...] = ()
    if sort.country == WORLD and (names := body_names(normal(fold(cell.name)))):
        name_id, name_en, aliases = names[0], names[1], names[2:]
    if sort.way is not None:
        word = native(_plainest(sort.way), country)
        name_id, name_en, kind = *_named(cell.name, sort.way, word), word.kind
    id = f"{slug(name_en)}-{sort.country}"
    return make_party(
        id, name_id, name_en, level, country, country, kind, aliases=aliases
    )  # fmt: skip


def _plainest(way: Reading) -> KindWord:
    """The word that can mean the least: in "Gubernur Prefektur Osaka" the second."""
    return min(way.kinds, key=lambda word: len(word.means))


def _named(text: str, way: Reading, word: KindWord) -> tuple[str, str]:
    first, behind = qualified(text)
    bare = original(first or text, way.words)
    if fold(bare) in DIRECTIONS:
        return text, text
    behind = f", {behind}" if behind else ""
    if fold(bare) in UNSPLIT:
        return f"{bare}{behind}", f"{bare}{behind}"
    return f"{word.name_id} {bare}{behind}", f"{bare} {word.name_en}{behind}"
