"""The many ways to write one name, brought to one form: abbreviations, kinds, compass points."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import dropwhile

from graph_loader.parties.kinds import AFTER, BEFORE, BEFORE_OR_AFTER, UNSPLIT, KindWord
from graph_loader.text import fold

# Because every one of these stands for just one thing in a register of cooperation.
_FULL = {
    "pem": "pemerintah", "kab": "kabupaten", "kot": "kota", "prov": "provinsi", "prop": "provinsi",
    "propinsi": "provinsi", "pemprop": "pemprov", "kep": "kepulauan", "tj": "tanjung",
    "tjg": "tanjung", "sumatra": "sumatera", "univ": "universitas", "govt": "government",
    "walikotamadya": "walikota", "kejari": "kejaksaan negeri", "kejati": "kejaksaan tinggi",
    "polres": "kepolisian resor", "polda": "kepolisian daerah", "kemenag": "kementerian agama",
    "kankemenag": "kantor kementerian agama", "kanwil": "kantor wilayah",
    "poltekkes": "politeknik kesehatan", "poltek": "politeknik", "dinkes": "dinas kesehatan",
    "kemenhub": "kementerian perhubungan", "kemenkes": "kementerian kesehatan",
    "kementan": "kementerian pertanian", "konjen": "konsulat jenderal",
    "kedubes": "kedutaan besar",
}  # fmt: skip
_TOKEN = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_SPACED = re.compile(
    r"\b(wali ?kota madya|wali kota|kota madya|[a-z](?: [a-z])+)\b"
)  # "P.T.", "R.R.T."
_LEGAL = frozenset({"persero", "tbk", "perseroda"})  # because they tell a company's owner only
_STATE_OF = re.compile(r"(?<= )(\w+) (?:ri|republik indonesia)$")  # "Kementerian Perhubungan RI"

_GOVERNMENT = frozenset({
    "daerah tingkat ii", "daerah tingkat i", "dati ii", "dati i", "tingkat ii", "tk ii", "tk i",
    "peoples government of", "pemerintah daerah", "pemerintahan daerah", "pemerintah rakyat",
    "pemerintahan", "pemerintah", "pemda", "local government of", "regional government of",
    "government of", "local government", "regional government", "government", "council of",
    "the", "of",
})  # fmt: skip
_GOVERNMENT_AFTER = frozenset({
    "peoples government", "local government", "metropolitan government", "regional government",
    "city council", "county council", "government", "council", "administration",
})  # fmt: skip
_STARTS = frozenset(text.split()[0] for text in (*_GOVERNMENT, *BEFORE, *BEFORE_OR_AFTER))
_ENDS = frozenset(text.split()[-1] for text in (*_GOVERNMENT_AFTER, *AFTER, *BEFORE_OR_AFTER))
_REMEMBERED = 16_384  # because a cell is read several times, and names recur
_OF_STATE = frozenset({"pemerintah", "pemerintahan", "government", "the", "of", "negara"})
_MOST_WORDS = 4  # because no phrase of these tables has more
_COMPASS = {
    "north": ("utara",), "south": ("selatan",), "east": ("timur",), "west": ("barat",),
    "central": ("tengah", "pusat"), "southeast": ("tenggara",), "southwest": ("barat daya",),
    "northern": ("utara",), "southern": ("selatan",), "eastern": ("timur",),
    "western": ("barat",),
}  # fmt: skip
_JOINING = frozenset({"dan", "and"})


@dataclass(frozen=True, slots=True)
class Reading:
    """A government's bare name, the words that tell its kind, and how much was taken off."""

    words: tuple[str, ...]
    kinds: tuple[KindWord, ...] = ()
    before: int = 0
    after: int = 0

    @property
    def keys(self) -> tuple[str, ...]:
        """The name without gaps, as written and with English compass points in Indonesian."""
        return tuple(_joined(words) for words in (self.words, *_indonesian(self.words)))


@lru_cache(maxsize=_REMEMBERED)
def normal(folded: str) -> str:
    """A folded name with its abbreviations written out and without legal forms.

    Example:
        >>> normal("p t pertamina persero"), normal("kejari kab kediri")
        ('pt pertamina', 'kejaksaan negeri kabupaten kediri')
    """
    joined = _SPACED.sub(lambda found: found[0].replace(" ", ""), folded)
    words = [_FULL.get(word, word) for word in joined.split() if word not in _LEGAL]
    words = words[1:] if words[:1] == ["the"] else words
    return _STATE_OF.sub(r"\1", " ".join(words)) or folded


def spaceless(folded: str) -> str:
    """A name's letters and digits alone: "palangka raya" and "palangkaraya" are one."""
    return _joined(folded.split())


def governed_state(text: str) -> str:
    """What is governed, where nothing but "Pemerintah" stands before it; else nothing.

    Example:
        >>> governed_state("Pemerintah Negara Jepang"), governed_state("Pemerintah Kota Kobe")
        ('jepang', 'kota kobe')
        >>> governed_state("Kota Kobe")
        ''
    """
    words = normal(fold(text)).split()
    rest = list(dropwhile(_OF_STATE.__contains__, words))
    if len(rest) == len(words):
        rest = words[:-1] if words[-1:] == ["government"] else []
    return " ".join(rest)


def original(text: str, words: Sequence[str]) -> str:
    """The part of a text that was read as these words, as it was typed but for capitals.

    Example:
        >>> original("Pemerintah Kota SÃO PAULO", ("sao", "paulo"))
        'São Paulo'
    """
    text, target = unicodedata.normalize("NFC", text), " ".join(words)
    tokens = [(found.start(), found.end()) for found in _TOKEN.finditer(text)]
    for start, _ in tokens:
        for _, end in tokens:
            if start < end and normal(fold(part := text[start:end])) == target:
                return part.title() if part.isupper() or part.islower() else part
    return target.title()


@lru_cache(maxsize=_REMEMBERED)
def readings(text: str) -> tuple[Reading, ...]:
    """Every way to read a spelling as a government, the most cautious first.

    Example:
        >>> [(r.words, [k.kind for k in r.kinds]) for r in readings("Pemkab. Gresik")]
        [(('gresik',), ['county'])]
        >>> [r.words for r in readings("Gresik, Kab.")]
        [('gresik', 'kabupaten'), ('gresik',)]
    """
    words = tuple(normal(fold(text)).split())
    first = _front(words)
    found = [first]
    if " ".join(first.words) not in UNSPLIT:
        found += _backs(first)
    return tuple(reading for reading in found if reading.words) or (Reading(()),)


def _front(words: tuple[str, ...]) -> Reading:
    kinds: tuple[KindWord, ...] = ()
    at, tables = 0, (BEFORE, BEFORE_OR_AFTER)
    while len(words) - at > 1 and words[at] in _STARTS and " ".join(words[at:]) not in UNSPLIT:
        size, word = _phrase(words[at:-1], tables)
        if word is not None and not _agrees(word, kinds):
            break
        size = max(size, _government(words[at:-1], _GOVERNMENT))
        if not size:
            break
        kinds += (word,) if word is not None else ()
        at += size
    return Reading(words[at:], kinds, at)


def _backs(first: Reading) -> Iterator[Reading]:
    """What is left where words are taken off the end, one after another."""
    words, kinds = first.words, first.kinds
    reverse = words[::-1]
    while len(words) > 1 and words[-1] in _ENDS:
        size, word = _phrase(reverse[:-1], (AFTER, BEFORE_OR_AFTER), backwards=True)
        if word is not None and not _agrees(word, kinds):
            return
        size = max(size, _government(words[1:], _GOVERNMENT_AFTER, backwards=True))
        if not size:
            return
        kinds += (word,) if word is not None else ()
        words, reverse = words[:-size], reverse[size:]
        yield Reading(words, kinds, first.before, len(first.words) - len(words))


def _agrees(word: KindWord, kinds: Sequence[KindWord]) -> bool:
    """Whether the word says nothing else than those before: not "Kabupaten" and "Kota"."""
    return all(word.means & kind.means for kind in kinds)


def _phrase(
    words: Sequence[str], tables: Sequence[Mapping[str, KindWord]], backwards: bool = False
) -> tuple[int, KindWord | None]:
    """The longest phrase of the tables at the beginning, and its number of words."""
    for size in range(min(_MOST_WORDS, len(words)), 0, -1):
        part = words[:size][::-1] if backwards else words[:size]
        phrase = " ".join(part)
        for table in tables:
            if phrase in table:
                return size, table[phrase]
    return 0, None


def _government(words: Sequence[str], phrases: frozenset[str], backwards: bool = False) -> int:
    """How many words at that end say "government" and no more."""
    for size in range(min(_MOST_WORDS, len(words)), 0, -1):
        if " ".join(words[-size:] if backwards else words[:size]) in phrases:
            return size
    return 0


def _indonesian(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """ "South Aceh" as "Aceh Selatan", "Seribu Islands" as "Kepulauan Seribu"."""
    for point in _COMPASS.get(words[0], ()) if len(words) > 1 else ():
        yield (*words[1:], *point.split())
    if len(words) > 1 and words[-1] == "islands":
        yield ("kepulauan", *words[:-1])


def _joined(words: Sequence[str]) -> str:
    return "".join(word for word in words if word not in _JOINING)
