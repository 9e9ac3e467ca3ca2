"""How names are compared and put in order: one fold for both stores, the index and the loader."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SPECIAL = str.maketrans(
    {"đ": "d", "Đ": "d", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "ß": "ss", "æ": "ae", "Æ": "ae"}
    | {
        "œ": "oe",
        "Œ": "oe",
        "\u0131": "i",  # the dotless i
        "ð": "d",
        "Ð": "d",
        "þ": "th",
        "Þ": "th",
    }
    | dict.fromkeys("\u2018\u2019`", "'")  # typographic apostrophes
)
_GAPS = re.compile(r"[\W_]+")
_ASCII = bytes(ord(chr(code).lower()) if chr(code).isalnum() else 32 for code in range(128)) * 2


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Lower-case words without accents or punctuation, single spaces between them.

    Example:
        >>> fold("Đà Nẵng"), fold("Ðong Ha"), fold("Xi'an")
        ('da nang', 'dong ha', 'xian')
    """
    if text.isascii():  # most names are, and then only case and gaps differ
        return " ".join(text.encode().translate(_ASCII, b"'`").decode().split())
    plain = unicodedata.normalize("NFKD", text.translate(_SPECIAL)).casefold()
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return _GAPS.sub(" ", letters.replace("'", "")).strip()


def slug(text: str) -> str:
    """An ASCII id out of a name; empty where nothing of it is ASCII.

    Example:
        >>> slug("Osaka Prefecture")
        'osaka-prefecture'
    """
    words = fold(text)
    if not words.isascii():
        words = " ".join(words.encode("ascii", "ignore").decode().split())
    return words.replace(" ", "-")


def natural(id: str) -> list[tuple[bool, int, str]]:
    """A key that puts 1.2 before 1.10, and numbers before letters.

    Example:
        >>> sorted(["1.10", "1.a", "1.2"], key=natural)
        ['1.2', '1.10', '1.a']
    """
    return [
        (not part.isdigit(), int(part) if part.isdigit() else 0, part) for part in id.split(".")
    ]
