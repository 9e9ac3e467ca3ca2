"""Text as a clerk typed it: what nobody can see is taken out, and what is doubtful has a code."""

from __future__ import annotations

import re
from functools import lru_cache

from graph_loader.text import fold

_NOTHING = frozenset(
    {"", "tidak ada", "belum ada", "nihil", "n a", "na", "none", "nil", "null", "kosong",
     "tidak diketahui", "unknown", "tanpa tanggal", "td"}
)  # fmt: skip
_BEGINS = frozenset("".join(word[:1] + word[:1].upper() for word in _NOTHING))
_LONG = max(map(len, _NOTHING)) + 4  # characters: because dots and brackets may stand around it
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control characters
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # which turn the direction of what follows
    "\u200b-\u200d\u2060\ufeff\ufff9-\ufffb]"  # of no width
)
_SPACES = str.maketrans(dict.fromkeys("\xa0\u2002\u2003\u2007\u2009\u202f\u3000", " "))
_SUSPECT = re.compile(
    _UNSEEN.pattern
    + "|[\xa0\u2002\u2003\u2007\u2009\u202f\u3000\ufffd\xc3\xc2\xe2]"
    + r"|^=\S|^[+@-][A-Za-z_.]+\(|</?[a-zA-Z!]",
    re.MULTILINE,
)
_HARMLESS = bytes({*range(32, 127), 9, 10} - set(b"<=+@"))
_GARBLED = re.compile("\ufffd|[\xc3\xc2][\x80-\xbf\u0152-\u203a]|\xe2[\u20ac\u201a][\\S]")
_MARKUP = re.compile(r"</?[a-zA-Z!][^<>]*>")
_FORMULA = re.compile(r"=\S|[+@-][A-Za-z_.]+\(")


def is_suspect(text: str) -> bool:
    """Whether `clean_text` may find anything in it: one quick look, also at many lines."""
    if text.isascii() and text[:1] != "-" and "\n-" not in text:  # as most rows are
        rest = text.encode().translate(None, _HARMLESS)
        if not rest:
            return False
    return _SUSPECT.search(text) is not None


def clean_text(text: str) -> tuple[str, tuple[str, ...]]:
    r"""A cell without what nobody can see, and the codes of what is doubtful about it.

    Example:
        >>> clean_text("Kerja\u202esama\x07")
        ('Kerjasama', ('text-cleaned',))
    """
    if not is_suspect(text):
        return text, ()
    seen = _UNSEEN.sub("", text)
    doubts = ["text-cleaned"] if seen != text else []
    seen = seen.translate(_SPACES).strip()
    if _GARBLED.search(seen):
        doubts.append("text-garbled")
    if _FORMULA.match(seen):
        doubts.append("text-formula")
    if _MARKUP.search(seen):
        doubts.append("text-markup")
    return seen, tuple(doubts)


def ungarbled(text: str) -> str:
    """What UTF-8 that was read as cp1252 said before; empty where that is not to be had.

    Example:
        >>> ungarbled("KÅ\x8dchi"), ungarbled("PenangÃ©")
        ('', 'Penangé')
    """
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return ""


def says_nothing(text: str) -> bool:
    """Whether a cell only says that there is nothing to say: "-", "n/a", "tidak ada"."""
    if not text:
        return True
    if len(text) > _LONG or (text[0].isalnum() and text[0] not in _BEGINS):
        return False
    return _says_nothing(text)


@lru_cache(maxsize=65_536)
def _says_nothing(text: str) -> bool:
    return fold(text) in _NOTHING
