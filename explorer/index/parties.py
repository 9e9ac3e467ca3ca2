"""Parties in arrays: as they are, and what is asked of all of them at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

import numpy as np

from explorer.index.codes import LEVELS
from explorer.index.layout import Array, Arrays
from explorer.index.texts import Texts, blob, in_arrays, written
from graph_loader import Level, Party, fold

_LEVEL_CODE: Final = {level: code for code, level in enumerate(LEVELS)}
_LEVEL_WORDS: Final = ("provinsi ", "kabupaten ", "kota ")


class Spellings(NamedTuple):
    """Folded names, and beside each the number of the party that it means.

    `joined` is all of them, each after a line end that stands at its place of `starts`.
    """

    texts: list[str]
    numbers: list[int]
    joined: str
    starts: list[int]


def gather_parties(parties: Sequence[Party], number: Mapping[str, int]) -> dict[str, Array]:
    """Every party, by id."""
    return (
        in_arrays("party", written(parties))
        | in_arrays("party_id", Texts.of(party.id for party in parties))
        | _spellings(parties)
        | {
            "level": np.array([_LEVEL_CODE[party.level] for party in parties], dtype=np.int8),
            "country": _numbers([party.country for party in parties], number),
            "province": _numbers([_province(party) for party in parties], number),
        }
    )


def spellings(arrays: Arrays) -> Spellings:
    """Every spelling of every party, names without their level word among them."""
    joined, numbers = arrays["spelling_text"].tobytes().decode(), arrays["spelling_party"].tolist()
    texts = joined[1:].split("\n") if numbers else []
    starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
    return Spellings(texts, numbers, joined, starts)


def _spellings(parties: Sequence[Party]) -> dict[str, Array]:
    found: dict[tuple[str, int], None] = {}
    for number, party in enumerate(parties):
        for name in (party.name_id, party.name_en, *party.aliases, party.id):
            spelling = fold(name)
            found[spelling, number] = None
            for word in _LEVEL_WORDS:
                if spelling.startswith(word):
                    found[spelling.removeprefix(word), number] = None
    return {
        "spelling_text": blob("\n" + "\n".join(text for text, _ in found)),
        "spelling_party": np.array([number for _, number in found], dtype=np.int32),
    }


def _numbers(ids: Sequence[str], number: Mapping[str, int]) -> Array:
    return np.array([number.get(id, -1) for id in ids], dtype=np.int32)


def _province(party: Party) -> str:
    if party.level is Level.PROVINCE:
        return party.id
    return party.part_of if party.level in {Level.KABUPATEN, Level.KOTA} else ""
