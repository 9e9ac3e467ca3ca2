"""One version of the network as integer arrays: what is asked of it, and what is kept beside it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from explorer.index.background import Background, background
from explorer.index.codes import IN_FORCE, IS_REGION, Bools, Ints
from explorer.index.derive import pairs_in, statuses_on
from explorer.index.gather import gather
from explorer.index.kept import Kept
from explorer.index.layout import Array, Arrays, frozen
from explorer.index.parties import Spellings, spellings
from explorer.index.texts import Numbers, Sorted, Things, from_arrays
from graph_loader import Border, Flow, Party, Scan

T = TypeVar("T")


class Countries(NamedTuple):
    """Which agreements a party of each country signed: pairs of numbers, each pair once.

    `codes` are sorted ISO codes, of which `country` holds positions.
    """

    codes: list[str]
    agreement: Ints
    country: Ints


@dataclass(frozen=True, eq=False)
class Index:
    """One version of the network; nobody may change an array of it.

    `members` is agreement by party and `of_party` its transpose, both CSR; `topic_ids` maps
    a topic to the sorted agreement numbers that address it (a goal's include its targets').
    """

    arrays: Arrays = field(repr=False)
    """All that it is made of, by name: what a shelf keeps."""
    version: int
    parties: Sequence[Party]
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
    sourced: NDArray[np.int8]
    disputed: NDArray[np.int8]
    signed_year: NDArray[np.int16]
    members: csr_array
    of_party: csr_array
    size: Ints
    category: NDArray[np.int16]
    goals: Ints
    topic_ids: Mapping[str, Ints]
    flows: Sequence[Flow]
    background: Background
    _kept: Kept = field(init=False, default_factory=Kept, repr=False)

    @classmethod
    def build(cls, scan: Scan) -> Index:
        """Read one scan to its end.

        Cost: about a second for 100,000 agreements; the arrays then hold some 100 bytes for each.
        """
        return cls.of(gather(scan))

    @classmethod
    def of(cls, arrays: Arrays) -> Index:
        """The index that these arrays hold; texts in them are read when they are asked for.

        Raises: ValueError where they are not those of an index.
        """
        own = frozen(arrays)
        ids = from_arrays("agreement", own)
        shape = (len(ids), len(own["level"]))
        return cls(
            arrays=own,
            version=int(own["version"][0]),
            parties=Things[Party]("party", from_arrays("party", own)),
            agreement_ids=ids,
            agreement_number=Sorted(ids),
            members=_matrix(own, "members", shape),
            of_party=_matrix(own, "of_party", shape[::-1]),
            topic_ids=_topics(own),
            flows=Things[Flow]("flow", from_arrays("flow", own)),
            background=background(own),
            **{name: own[name] for name in _PLAIN},
        )

    @cached_property
    def number(self) -> Mapping[str, int]:
        """The number of each party by its id; one that came later raises `index-behind`."""
        ids = from_arrays("party_id", self.arrays)
        return Numbers((id, position) for position, id in enumerate(ids))

    @cached_property
    def borders(self) -> Mapping[str, Sequence[Border]]:
        """The borders of each region that has some recorded."""
        found: dict[str, list[Border]] = {}
        for border in Things[Border]("border", from_arrays("border", self.arrays)):
            for region in (border.a, border.b):
                found.setdefault(region, []).append(border)
        return found

    @cached_property
    def is_region(self) -> Bools:
        """Which parties are regions."""
        return IS_REGION[self.level]

    @cached_property
    def countries(self) -> Countries:
        """Agreements by the countries of their parties, whether a country is a party or not."""
        codes = list(from_arrays("code", self.arrays))
        return Countries(codes, self.arrays["coded"], self.arrays["coded_by"])

    @cached_property
    def spellings(self) -> Spellings:
        """Every spelling of every party, names without their level word among them."""
        return spellings(self.arrays)

    def status(self, day: date) -> NDArray[np.int8]:
        """Each agreement's status on a day, as positions in `STATUSES`; equals `status_on`."""
        return self.remember(("status", day), lambda: statuses_on(day, self.arrays))

    def remember(self, key: Hashable, make: Callable[[], T], *, always: bool = False) -> T:
        """What `make` makes, made once per key and kept while it is among the last ones used.

        With `always`, kept as long as the index: for the few things that it is no use without.
        """
        return self._kept.remember(key, make, always=always)

    def in_force(self, day: date) -> Bools:
        """Which agreements make ties on a day; to be read, not to be changed."""
        return self.remember(("in force", day), lambda: self._in_force_on(day))

    def _in_force_on(self, day: date) -> Bools:
        found = np.isin(self.status(day), IN_FORCE)
        found.setflags(write=False)
        return found

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
        return pairs_in(chosen, self.size, self.members)

    def name(self, party: int | str, lang: str) -> str:
        """The name of a party, by number or id, as a page in that language writes it."""
        found = self.parties[self.number[party] if isinstance(party, str) else party]
        return found.name("en" if lang == "en" else "id")


# arrays that an index has under their own names
_PLAIN: Final = (
    "level", "country", "province", "instrument", "stated", "signed_first", "signed_last",
    "ends_last", "sourced", "disputed", "signed_year", "size", "category", "goals",
)  # fmt: skip


def _row(matrix: csr_array, number: int) -> Ints:
    return matrix.indices[matrix.indptr[number] : matrix.indptr[number + 1]]


def _matrix(arrays: Arrays, name: str, shape: tuple[int, int]) -> csr_array:
    """Rows in order, each column once: said, because to look would mean to change it."""
    parts = (arrays[f"{name}_times"], arrays[name], arrays[f"{name}_start"])
    matrix = csr_array(parts, shape=shape, copy=False)
    matrix.has_sorted_indices = matrix.has_canonical_format = True
    return matrix


def _topics(arrays: Arrays) -> dict[str, Ints]:
    starts: Array = arrays["topic_start"]
    return {
        topic: arrays["topic"][start:end]
        for topic, start, end in zip(
            from_arrays("topic", arrays), starts[:-1].tolist(), starts[1:].tolist(), strict=True
        )
    }
