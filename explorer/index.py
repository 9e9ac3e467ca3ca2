"""The whole network as integer arrays: built from one scan of a store, immutable, in memory.

Everything that needs the whole network at once reads these arrays, so every store gives the same
answers. Only this module knows their layout. Party and agreement *numbers* are positions in
`parties` and `agreement_ids`, both ordered by id.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import accumulate
from threading import Lock
from typing import NamedTuple, TypeVar, cast

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from graph_loader import (
    CONTACTS,
    COUNTERPARTS,
    Border,
    Category,
    Flow,
    Instrument,
    Level,
    Party,
    Scan,
    ScanRow,
    Status,
    StoreUnavailable,
    fold,
)

Ints = NDArray[np.int32]
Bools = NDArray[np.bool_]

STATUSES = tuple(Status)
INSTRUMENTS = tuple(Instrument)
CATEGORIES = tuple(Category)
LEVELS = tuple(Level)
STATED = ("", "exploration", "lapsed", "ended")

_REGIONS = np.array([level in {Level.PROVINCE, Level.KABUPATEN, Level.KOTA} for level in LEVELS])
_KEPT = 32  # because readers look at today and at a handful of filters and other days

T = TypeVar("T")


_LEVEL_WORDS = ("provinsi ", "kabupaten ", "kota ")


class Numbers(dict[str, int]):
    """Ids and their numbers; an id that the store knows and this version does not is too new."""

    def __missing__(self, id: str) -> int:
        """Raises: StoreUnavailable ("index-behind")."""
        raise StoreUnavailable("index-behind", id=id)


class Spellings(NamedTuple):
    """Folded names, and beside each the number of the party that it means.

    `joined` is all of them, each after a line end that stands at its place of `starts`.
    """

    texts: list[str]
    numbers: list[int]
    joined: str
    starts: list[int]


class Countries(NamedTuple):
    """Which agreements a party of each country signed: pairs of numbers, each pair once.

    `codes` are sorted ISO codes, of which `country` holds positions.
    """

    codes: list[str]
    agreement: Ints
    country: Ints


@dataclass(frozen=True, eq=False)
class Index:
    """One version of the network.

    `members` is agreement by party and `of_party` its transpose, both CSR; `topic_ids` maps
    a topic to the sorted agreement numbers that address it (a goal's include its targets').
    """

    version: int
    parties: Sequence[Party]
    number: Mapping[str, int]
    level: NDArray[np.int8]
    country: Ints
    province: Ints
    agreement_ids: Sequence[str]
    agreement_number: Mapping[str, int]
    instrument: NDArray[np.int8]
    stated: NDArray[np.int8]
    signed_first: Ints
    signed_last: Ints
    ends_last: Ints
    signed_year: NDArray[np.int16]
    members: csr_array
    of_party: csr_array
    size: Ints
    category: NDArray[np.int16]
    goals: Ints
    topic_ids: Mapping[str, Ints]
    borders: Mapping[str, Sequence[Border]]
    flows: Sequence[Flow]
    _lock: Lock = field(default_factory=Lock, repr=False)
    _kept: OrderedDict[object, object] = field(default_factory=OrderedDict, repr=False)
    _always: dict[object, object] = field(default_factory=dict, repr=False)

    @classmethod
    def build(cls, scan: Scan) -> Index:
        """Read one scan to its end.

        Cost: about a second for 100,000 agreements; the arrays then hold some 60 bytes for each.
        """
        parties = list(scan.parties())
        number = Numbers((party.id, position) for position, party in enumerate(parties))
        rows = list(scan.agreements())
        agreement_number = {row.id: position for position, row in enumerate(rows)}
        members = _members(scan, agreement_number, number)
        level = np.array([LEVELS.index(party.level) for party in parties], dtype=np.int8)
        topic_ids = _topics(scan, agreement_number)
        days = np.array([row[3:] for row in rows], dtype=np.int32).reshape(-1, 3)
        borders: dict[str, list[Border]] = {}
        for border in scan.borders():
            for region in (border.a, border.b):
                borders.setdefault(region, []).append(border)
        return cls(
            version=scan.version,
            parties=parties,
            number=number,
            level=level,
            country=_country(parties, number),
            province=_province(parties, number),
            agreement_ids=[row.id for row in rows],
            agreement_number=agreement_number,
            instrument=np.array([_INSTRUMENT_CODE[row.instrument] for row in rows], dtype=np.int8),
            stated=np.array([STATED.index(row.stated_status) for row in rows], dtype=np.int8),
            signed_first=days[:, 0],
            signed_last=days[:, 1],
            ends_last=days[:, 2],
            signed_year=_years(rows),
            members=members,
            of_party=members.T.tocsr(),
            size=np.diff(members.indptr).astype(np.int32),
            category=_categories(members, level),
            goals=_goals(topic_ids, len(rows)),
            topic_ids=topic_ids,
            borders=borders,
            flows=list(scan.flows()),
        )

    def status(self, day: date) -> NDArray[np.int8]:
        """Each agreement's status on a day, as positions in `STATUSES`; equals `status_on`."""
        return self.remember(("status", day), lambda: self._status_on(day.toordinal()))

    def remember(self, key: Hashable, make: Callable[[], T], *, always: bool = False) -> T:
        """What `make` makes, made once per key and kept while it is among the last ones used.

        With `always`, kept as long as the index: for the few things that it is no use without.
        """
        with self._lock:
            if key in self._always:
                return cast(T, self._always[key])
            if key in self._kept:
                self._kept.move_to_end(key)
                return cast(T, self._kept[key])
        made = make()
        with self._lock:
            (self._always if always else self._kept)[key] = made
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return made

    def in_force(self, day: date) -> Bools:
        """Which agreements make ties on a day; to be read, not to be changed."""
        return self.remember(("in force", day), lambda: self._in_force_on(day))

    def _in_force_on(self, day: date) -> Bools:
        found = np.isin(self.status(day), _IN_FORCE)
        found.setflags(write=False)
        return found

    def _status_on(self, day: int) -> NDArray[np.int8]:
        contact = _CONTACT[self.instrument] | (self.stated == STATED.index("exploration"))
        rules: list[tuple[Bools, Status]] = [
            (contact, Status.EXPLORATION),
            (self.stated == STATED.index("ended"), Status.ENDED),
            (self.signed_first > day, Status.EXPLORATION),
            (self.signed_last > day, Status.UNKNOWN),
            ((self.ends_last > 0) & (self.ends_last >= day), Status.ACTIVE),
            (self.ends_last > 0, Status.LAPSED),
            (self.stated == STATED.index("lapsed"), Status.LAPSED),
        ]
        found = np.select(
            [rule for rule, _ in rules],
            [STATUSES.index(status) for _, status in rules],
            default=STATUSES.index(Status.OPEN),
        )
        return found.astype(np.int8)

    def agreements_of(self, party: int) -> Ints:
        """The numbers of the agreements that a party signed, ascending."""
        return _row(self.of_party, party)

    def members_of(self, agreement: int) -> Ints:
        """The numbers of the parties that signed an agreement, ascending."""
        return _row(self.members, agreement)

    def between(self, a: int, b: int) -> Ints:
        """The numbers of the agreements that both parties signed, ascending."""
        return np.intersect1d(self.agreements_of(a), self.agreements_of(b), assume_unique=True)

    def tie_pairs(self, day: date, mask: Bools | None = None) -> tuple[Ints, Ints, Ints]:
        """Every pair of parties in every agreement of the mask (by default: those in force).

        Returns:
            (a, b, agreement), a < b, one row per pair per agreement, by agreement.
        """
        chosen = np.flatnonzero(self.in_force(day) if mask is None else mask)
        parts: list[NDArray[np.int32]] = []
        for size in np.unique(self.size[chosen]):
            if size < 2:
                continue
            numbers = chosen[self.size[chosen] == size]
            columns = self.members.indptr[numbers][:, None] + np.arange(size)
            matrix = self.members.indices[columns]
            left, right = np.triu_indices(int(size), 1)
            agreement = np.repeat(numbers, len(left))
            parts.append(
                np.stack([matrix[:, left].ravel(), matrix[:, right].ravel(), agreement])
            )  # fmt: skip
        if not parts:
            return (_NOTHING, _NOTHING, _NOTHING)
        a, b, agreement = np.concatenate(parts, axis=1).astype(np.int32)
        order = np.lexsort((b, a, agreement))
        return a[order], b[order], agreement[order]

    @cached_property
    def is_region(self) -> Bools:
        """Which parties are regions."""
        return _REGIONS[self.level]

    @cached_property
    def countries(self) -> Countries:
        """Agreements by the countries of their parties, whether a country is a party or not."""
        codes = sorted({party.country for party in self.parties} - {""})
        code = {country: number for number, country in enumerate(codes)}
        of_party = np.array([code.get(party.country, -1) for party in self.parties], dtype=np.int64)
        agreement = np.repeat(np.arange(len(self.size)), self.size)
        country = of_party[self.members.indices]
        known = country >= 0
        span = max(len(codes), 1)
        keys = np.unique(agreement[known] * span + country[known])
        return Countries(codes, (keys // span).astype(np.int32), (keys % span).astype(np.int32))

    @cached_property
    def spellings(self) -> Spellings:
        """Every spelling of every party, names without their level word among them."""
        found: dict[tuple[str, int], None] = {}
        for number, party in enumerate(self.parties):
            for name in (party.name_id, party.name_en, *party.aliases, party.id):
                spelling = fold(name)
                found[spelling, number] = None
                for word in _LEVEL_WORDS:
                    if spelling.startswith(word):
                        found[spelling.removeprefix(word), number] = None
        texts = [text for text, _ in found]
        starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
        return Spellings(texts, [n for _, n in found], "\n" + "\n".join(texts), starts)

    def name(self, party: int | str, lang: str) -> str:
        """The name of a party, by number or id, as a page in that language writes it."""
        found = self.parties[self.number[party] if isinstance(party, str) else party]
        return found.name("en" if lang == "en" else "id")


_IN_FORCE = [STATUSES.index(status) for status in STATUSES if status.in_force]
_NOTHING: Ints = np.empty(0, dtype=np.int32)
_INSTRUMENT_CODE = {str(instrument): code for code, instrument in enumerate(INSTRUMENTS)}
_CONTACT = np.array([instrument in CONTACTS for instrument in INSTRUMENTS])
_COUNTERPART_BIT = np.array(
    [1 << CATEGORIES.index(COUNTERPARTS[level]) if level in COUNTERPARTS else 0 for level in LEVELS]
)


def _row(matrix: csr_array, number: int) -> Ints:
    return matrix.indices[matrix.indptr[number] : matrix.indptr[number + 1]]


def _members(
    scan: Scan, agreement_number: Mapping[str, int], number: Mapping[str, int]
) -> csr_array:
    pairs = [(agreement_number[agreement], number[party]) for agreement, party in scan.signed()]
    rows, columns = np.array(pairs, dtype=np.int32).reshape(-1, 2).T
    shape = (len(agreement_number), len(number))
    matrix = csr_array((np.ones(len(rows), dtype=np.int8), (rows, columns)), shape=shape)
    matrix.sort_indices()
    return matrix


def _topics(scan: Scan, agreement_number: Mapping[str, int]) -> dict[str, Ints]:
    found: dict[str, set[int]] = {}
    for agreement, topic in scan.addresses():
        for code in {topic, topic.split(".")[0]}:
            found.setdefault(code, set()).add(agreement_number[agreement])
    return {topic: np.array(sorted(numbers), dtype=np.int32) for topic, numbers in found.items()}


def _goals(topic_ids: Mapping[str, Ints], count: int) -> Ints:
    goals = np.zeros(count, dtype=np.int32)
    for topic, numbers in topic_ids.items():
        if "." not in topic:
            goals[numbers] |= 1 << int(topic)
    return goals


def _country(parties: Sequence[Party], number: Mapping[str, int]) -> Ints:
    return np.array([number.get(party.country, -1) for party in parties], dtype=np.int32)


def _province(parties: Sequence[Party], number: Mapping[str, int]) -> Ints:
    codes = [
        party.id if party.level is Level.PROVINCE
        else party.part_of if party.level in {Level.KABUPATEN, Level.KOTA} else ""
        for party in parties
    ]  # fmt: skip
    return np.array([number.get(code, -1) for code in codes], dtype=np.int32)


def _years(rows: Sequence[ScanRow]) -> NDArray[np.int16]:
    years = [date.fromordinal(row.signed_first).year if row.signed_first else 0 for row in rows]
    return np.array(years, dtype=np.int16)


def _categories(members: csr_array, level: NDArray[np.int8]) -> NDArray[np.int16]:
    """As `graph_loader.claims.categories`, for all agreements at once."""
    region = _REGIONS[level].astype(np.int32)
    regions = members.astype(np.int32) @ region
    found = np.zeros(members.shape[0], dtype=np.int16)
    for bit in np.unique(_COUNTERPART_BIT[_COUNTERPART_BIT > 0]):
        has = (members.astype(np.int32) @ (_COUNTERPART_BIT[level] == bit).astype(np.int32)) > 0
        found |= np.where(has, bit, 0).astype(np.int16)
    found |= np.where(regions > 1, 1 << CATEGORIES.index(Category.KSDD), 0).astype(np.int16)
    return np.where(regions > 0, found, 0).astype(np.int16)
