"""One party as a clerk typed it: without numbering and role, and its country apart."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from graph_loader.model import Level
from graph_loader.parties.kinds import BEFORE_OR_AFTER, DIRECTIONS
from graph_loader.parties.posts import house
from graph_loader.parties.spelling import governed_state, readings
from graph_loader.text import fold

WORLD = "int"  # what a row states for a body that lies in no country
HOME = "id"
_ORDINAL = r"(?:pertama|kesatu|kedua|ketiga|keempat|kelima|i{1,3}v?|[1-9])"
_ROLE = re.compile(
    rf"^\s*(?:\(?\d{{1,2}}[.)]\s+|\(?[a-h][.)]\s+|[IVX]{{1,4}}[.)]\s+|[-•*–]\s+"
    rf"|pihak\s+{_ORDINAL}\b\s*[:\-–]?\s*)+",
    re.IGNORECASE,
)
_ROLE_AFTER = re.compile(
    rf"[\s,]*(?:selanjutnya disebut|sebagai)?\s*[(\"“]*\s*\bpihak\s+{_ORDINAL}\b\W*$", re.IGNORECASE
)
_BRACKETS = re.compile(r"^(?P<name>.*\S)\s*[(\[]\s*(?P<inside>[^()\[\]]+?)\s*[)\]]\s*$")
_COMMA = re.compile(r"^(?P<name>.*\S)\s*(?:[,;/]|\s[-–—])\s*(?P<inside>[^,;/]+?)\s*$")
_EITHER = re.compile(
    r"^(?:pemerintah\s+)?(?:pem)?(?:kab(?:upaten)?\.?\s*/\s*(?:pem)?kota?\.?"
    r"|kota?\.?\s*/\s*(?:pem)?kab(?:upaten)?\.?)\s+(?P<name>[^/]+)$",
    re.IGNORECASE,
)
_BOTH = re.compile(
    r"^(?:(?:pem)?kota?\.?\s+(?P<name>[^/]+?)\s*/\s*(?:pem)?kab(?:upaten)?\.?"
    r"|(?:pem)?kab(?:upaten)?\.?\s+(?P<name2>[^/]+?)\s*/\s*(?:pem)?kota?\.?)"
    r"\s+(?(name)(?P=name)|(?P=name2))$",
    re.IGNORECASE,
)
_CODED = re.compile(r"^(?P<inside>\d\d(?:\.\d\d)?|\d{4})[\s.:–-]+(?P<name>\D.*)$")  # a code first
EVERYDAY = frozenset(
    {"as", "usa", "us", "uk", "uae", "uea", "rrt", "rrc", "prc", "rok", "png", "prk"}
)
"""Short forms of a country that nobody means otherwise; "(UMI)" is a university, not an island."""
LONGEST = 300  # because no party has a longer name; a cell may hold a whole document
_SHORTEST_NAME = 4  # because "Oman" and "Peru" are the shortest names
_SMALL = DIRECTIONS | {"of", "the", "and", "dan", "de", "la", "el"}  # no name by themselves
_TAIL = 3  # because "Papua New Guinea" has three words

CountryOf = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Cell:
    """A name, where it lies as far as that is said, and what the row says beside it.

    `where` is a country's id, WORLD, or "" where nothing is said; `own`: the name itself says it;
    `clash`: the name says another country than the row; `post`: a post stood before the name.
    """

    whole: str
    name: str
    expects: str
    level: Level | None
    where: str
    own: bool
    clash: bool
    post: bool = False

    @property
    def abroad(self) -> bool:
        """Whether it is said to lie in another country than Indonesia, or in none."""
        return self.where not in ("", HOME)

    @property
    def certain(self) -> bool:
        """Whether the country is surely this party's, and not its partner's."""
        return self.own or self.expects == "partner"

    @classmethod
    def read(
        cls, text: str, expects: str, level: Level | None, stated: str, country_of: CountryOf
    ) -> Cell:
        """Take a cell apart; `country_of` says which country a text names."""
        if len(text) > LONGEST:
            return cls(text, text, expects, level, stated, False, False)
        text = " ".join(text.split())
        whole, post = house(_ROLE_AFTER.sub("", _ROLE.sub("", text)).strip(" .,;:"))
        name, own = split_country(whole, country_of, stated)
        if expects == "region":
            stated = ""
        clash = bool(own and stated) and own != stated and stated != WORLD
        if own == HOME and expects != "partner":
            clash = False
        return cls(whole, name, expects, level, own or stated, bool(own), clash, post)


def split_country(text: str, country_of: CountryOf, stated: str = "") -> tuple[str, str]:
    """A name without the country at its end, and that country's id; "" where there is none.

    Example:
        >>> split_country("Kota Kobe, Jepang", {"Jepang": "jp"}.get)
        ('Kota Kobe', 'jp')
    """
    if country_of(text) or country_of(governed_state(text)):
        return text, ""
    for pattern in (_BRACKETS, _COMMA):
        found = pattern.match(text)
        if found and (id := _country(found["inside"], country_of, stated)):
            return found["name"].rstrip(" ,;-"), id
    words = text.split()
    for size in range(min(_TAIL, len(words) - 1), 0, -1):
        rest, tail = " ".join(words[:-size]), " ".join(words[-size:])
        if (id := _country(tail, country_of, "")) and _is_government(rest):
            return rest.rstrip(" ,;-"), id
    return text, ""


def either(name: str) -> tuple[str, str] | None:
    """ "Kabupaten X" and "Kota X", where both kinds are said of one name, as a form does.

    Example:
        >>> either("Pemerintah Kab./Kota Malang")
        ('Kabupaten Malang', 'Kota Malang')
        >>> either("Kota Malang/Kabupaten Malang"), either("Kota Malang/Kab. Gresik")
        (('Kabupaten Malang', 'Kota Malang'), None)
    """
    found = _EITHER.match(name) or _BOTH.match(name)
    if found is None:
        return None
    bare = next(filter(None, found.groupdict().values()))
    return f"Kabupaten {bare}", f"Kota {bare}"


def qualified(name: str) -> tuple[str, str]:
    """What stands before and in the last brackets, or before and after the last comma.

    Example:
        >>> qualified("Universitas Airlangga (Unair)"), qualified("Gresik")
        (('Universitas Airlangga', 'Unair'), ('', ''))
    """
    found = _CODED.match(name) or _BRACKETS.match(name) or _COMMA.match(name)
    return (found["name"], found["inside"]) if found else ("", "")


def _country(text: str, country_of: CountryOf, stated: str) -> str:
    folded = fold(text)
    id = country_of(text) or ""
    plain = len(folded) >= _SHORTEST_NAME or folded in EVERYDAY
    return id if plain or (id and id == stated) else ""


def _is_government(text: str) -> bool:
    if fold(text) in BEFORE_OR_AFTER:  # "Wilayah Administratif Khusus" and no name
        return False
    ways = readings(text)
    return any(way.kinds and not _SMALL.issuperset(way.words) for way in ways)
