"""Sentences in both languages, from one catalogue: for pages, API, command line and documents.

Catalogues are the text files `translations/<lang>/*.po`; all files of a language are one
catalogue. A msgid is a dotted key (`home.search.label`), its msgstr the sentence.
"""

from __future__ import annotations

import datetime as dt
import logging
import warnings
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Final

from babel import Locale
from babel.dates import format_date
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import Translations

from graph_loader import PartialDate

LANGUAGES: Final = ("id", "en")
ROOT: Final = Path(__file__).parent / "translations"
# British, because there the day comes before the month, as it does in Indonesian.
_LOCALES: Final = {"id": Locale("id"), "en": Locale("en", "GB")}
# Babel knows no plural rule of Indonesian, which has one form.
_PLURALS: Final = {"id": "nplurals=1; plural=0;", "en": "nplurals=2; plural=(n != 1);"}
_MONTH_PATTERN: Final = "LLLL y"
_DAY_PATTERN: Final = "d MMMM y"
_log = logging.getLogger(__name__)


class MissingSentence(UserWarning, KeyError):
    """A key that no catalogue of the language holds.

    A warning: tests turn warnings into errors, a running server logs it and shows the key.
    """


def say(lang: str, key: str, **params: object) -> str:
    """The sentence for a key, with dates and numbers written as the language writes them.

    `n` picks the plural form where the sentence has one.
    Warns: MissingSentence when the key is unknown; the key itself is then the answer.

    Example:
        >>> say("en", "unit.agreements", n=1), say("id", "unit.agreements", n=1200)
        ('1 agreement', '1.200 perjanjian')
    """
    sentence = _sentence(lang, key, params.get("n"))
    if sentence is None:
        return _missing(lang, key)
    return sentence % {name: _written(lang, value) for name, value in params.items()}


def has(lang: str, key: str) -> bool:
    """Whether the language has a sentence for this key."""
    message = catalogue(lang).get(key)
    return message is not None and bool(message.string)


def number(lang: str, value: int | float) -> str:
    """A number as the language writes it.

    Example:
        >>> number("id", 1234.5), number("en", 1234.5)
        ('1.234,5', '1,234.5')
    """
    return _decimal(lang, value)


@lru_cache(maxsize=4096, typed=True)  # because a page writes the same small numbers over and over
def _decimal(lang: str, value: int | float) -> str:
    return str(format_decimal(value, locale=_LOCALES[lang]))


def day(lang: str, value: dt.date) -> str:
    """A whole day in words.

    Example:
        >>> day("id", dt.date(2005, 12, 21))
        '21 Desember 2005'
    """
    return str(format_date(value, _DAY_PATTERN, locale=_LOCALES[lang]))


def partial_date(lang: str, iso: str) -> str:
    """A date that is known as far as it is known: a year, a month or a day.

    Example:
        >>> partial_date("id", "2005"), partial_date("en", "2005-12")
        ('2005', 'December 2005')
    """
    parts = [int(part) for part in iso.split("-")]
    if len(parts) == 1:
        return f"{parts[0]:04d}"
    if len(parts) == 2:
        first = dt.date(parts[0], parts[1], 1)
        return str(format_date(first, _MONTH_PATTERN, locale=_LOCALES[lang]))
    return day(lang, dt.date(*parts))


def keys(lang: str) -> Iterator[str]:
    """Every key that the language's catalogue holds, in the order of its files."""
    return (str(_key(message.id)) for message in catalogue(lang) if message.id)


@lru_cache(maxsize=len(LANGUAGES))
def catalogue(lang: str) -> Catalog:
    """All files of a language as one catalogue.

    Raises: ValueError when two files hold the same key.
    """
    merged = Catalog(locale=_LOCALES[lang].language)
    merged.mime_headers = [("Plural-Forms", _PLURALS[lang])]
    for path in sorted((ROOT / lang).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=_LOCALES[lang].language, abort_invalid=True):
                _add(merged, message.id, message.string, path)
    return merged


@lru_cache(maxsize=len(LANGUAGES))
def _translations(lang: str) -> Translations:
    binary = BytesIO()
    write_mo(binary, catalogue(lang))
    binary.seek(0)
    return Translations(binary)


def _add(merged: Catalog, key: object, sentence: object, path: Path) -> None:
    if not key:
        return
    if str(_key(key)) in merged:
        raise ValueError(f"{path.name}: {_key(key)} is in another file too")
    merged.add(key, sentence)  # type: ignore[arg-type]


def _key(message_id: object) -> object:
    return message_id[0] if isinstance(message_id, tuple | list) else message_id


def _sentence(lang: str, key: str, n: object) -> str | None:
    message = catalogue(lang).get(key)
    if message is None or not message.string:
        return None
    if message.pluralizable:
        count = int(n) if isinstance(n, int | float) else 1
        return str(_translations(lang).ungettext(key, key, count))
    return str(_translations(lang).ugettext(key))


def _missing(lang: str, key: str) -> str:
    _log.error("no sentence for %s in %s", key, lang)
    warnings.warn(MissingSentence(f"{lang}: {key}"), stacklevel=3)
    return key


def _written(lang: str, value: object) -> object:
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, dt.date):
        return day(lang, value)
    if isinstance(value, PartialDate):
        return partial_date(lang, str(value))
    if isinstance(value, int | float):
        return number(lang, value)
    return value
