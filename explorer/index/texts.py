"""Texts, and things written as texts, in arrays of bytes: read only when they are asked for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from operator import index as whole
from typing import Any, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

from graph_loader import Party, Place, StoreUnavailable, decode, encode

Bytes = NDArray[np.uint8]
Longs = NDArray[np.int64]

T = TypeVar("T")
Located = TypeVar("Located", Party, Place)


def blob(text: str) -> Bytes:
    """A text as UTF-8 in an array."""
    return np.frombuffer(text.encode(), dtype=np.uint8)


class Texts(Sequence[str]):
    """Texts one after another: `ends` says where each one ends among the bytes.

    Example:
        >>> texts = Texts.of(["Malang", "Kōchi", ""])
        >>> texts[1], len(texts), list(texts)
        ('Kōchi', 3, ['Malang', 'Kōchi', ''])
    """

    def __init__(self, text: Bytes, ends: Longs) -> None:
        self.text, self.ends = text, ends

    @classmethod
    def of(cls, texts: Iterable[str]) -> Texts:
        """These texts, in this order."""
        parts = [text.encode() for text in texts]
        ends = np.cumsum(np.fromiter(map(len, parts), dtype=np.int64, count=len(parts)))
        return cls(np.frombuffer(b"".join(parts), dtype=np.uint8), ends)

    def __len__(self) -> int:
        return len(self.ends)

    @overload
    def __getitem__(self, number: int) -> str: ...
    @overload
    def __getitem__(self, number: slice) -> list[str]: ...
    def __getitem__(self, number: int | slice) -> str | list[str]:
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(len(self)))]
        place = range(len(self))[whole(number)]
        start = self.ends[place - 1] if place else 0
        return self.text[start : self.ends[place]].tobytes().decode()

    def __iter__(self) -> Iterator[str]:
        every, start = self.text.tobytes(), 0
        for end in self.ends.tolist():
            yield every[start:end].decode()
            start = end


class Things(Sequence[T]):
    """Things of the model, kept as the texts that `encode` makes of them; made at the first look.

    Cost: some three microseconds for each, once.
    """

    def __init__(self, kind: str, texts: Sequence[str]) -> None:
        self._kind, self._texts = kind, texts

    @cached_property
    def _made(self) -> list[T]:
        return [decode(self._kind, text) for text in self._texts]

    def __len__(self) -> int:
        return len(self._texts)

    @overload
    def __getitem__(self, number: int) -> T: ...
    @overload
    def __getitem__(self, number: slice) -> list[T]: ...
    def __getitem__(self, number: int | slice) -> T | list[T]:
        return self._made[number]

    def __iter__(self) -> Iterator[T]:
        return iter(self._made)


def written(things: Iterable[object]) -> Texts:
    """What `Things` reads."""
    return Texts.of(map(encode, things))


class Numbers(dict[str, int]):
    """Ids and their numbers; an id that the store knows and this version does not is too new."""

    def __missing__(self, id: str) -> int:
        """Raises: StoreUnavailable ("index-behind")."""
        raise StoreUnavailable("index-behind", id=id)


class Sorted(Mapping[str, int]):
    """Each of many ids that stand in their order, and its number; looked for by halving.

    Example:
        >>> numbers = Sorted(["a", "c"])
        >>> numbers["c"], "b" in numbers, dict(numbers)
        (1, False, {'a': 0, 'c': 1})
    """

    def __init__(self, ids: Sequence[str]) -> None:
        self._ids = ids

    def __getitem__(self, id: str) -> int:
        place = bisect_left(self._ids, id)
        if place == len(self._ids) or self._ids[place] != id:
            raise KeyError(id)
        return place

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)


def located(things: Iterable[Located]) -> list[Located]:
    """Parties or places, whole degrees as the fractions that they are: one store tells `7`."""
    return [
        thing if _is_exact(thing.lat) and _is_exact(thing.lon)
        else replace(thing, lat=_exact(thing.lat), lon=_exact(thing.lon))
        for thing in things
    ]  # fmt: skip


def _is_exact(degrees: float | None) -> bool:
    return degrees is None or type(degrees) is float


def _exact(degrees: float | None) -> float | None:
    return None if degrees is None else float(degrees)


def in_arrays(name: str, texts: Texts) -> dict[str, NDArray[Any]]:
    """Texts under the two names that they have among the arrays of an index."""
    return {f"{name}_text": texts.text, f"{name}_end": texts.ends}


def from_arrays(name: str, arrays: Mapping[str, NDArray[Any]]) -> Texts:
    """The inverse of `in_arrays`."""
    return Texts(arrays[f"{name}_text"], arrays[f"{name}_end"])
