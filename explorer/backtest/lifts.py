"""What each reason is worth: how much more often pairs that have it are partners than any pair.

A pair's own tie never counts as its reason: it is taken out before one looks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from explorer.index import Bools, Ints
from explorer.namesakes import alike
from explorer.nearby import kilometres, nearness
from explorer.network import Network
from explorer.ties import Floats

ENOUGH: Final = 100  # partnerships: because on fewer a few pairs more or less turn a lift over
ENOUGH_OF_ONE: Final = 10  # partnerships with a reason: because below that its lift is chance
ASKED: Final = 4_000_000  # pairs: because as many tell a lift well, in about a second
SMALL: Final = 10  # partners: because who has more brings no two of them together
LIKE: Final = 0.6  # of their letters: because "Frankfurt" and "Frankfurt am Main" share that
CLOSE_KM: Final = 100.0  # because one can be there and back in a day
_AT_ONCE: Final = 128


@dataclass(frozen=True, slots=True)
class Lift:
    """A reason, how many pairs have it, how many of these are partners, and what that is worth.

    `times` is None where there is too little to tell.
    """

    reason: str
    pairs: int
    partners: int
    times: float | None


@dataclass(frozen=True)
class Lifts:
    """All reasons, the strongest first; and how many pairs were looked at, and are partners."""

    reasons: tuple[Lift, ...]
    pairs: int
    partners: int

    @property
    def is_enough(self) -> bool:
        """Whether there are enough partnerships to tell anything."""
        return self.partners >= ENOUGH


@dataclass(frozen=True, eq=False)
class _Rows:
    """Some places and what joins each to everybody; `tied` is their own ties."""

    network: Network
    places: Ints
    tied: Floats

    def common(self) -> Floats:
        """How many partners each pair shares."""
        found: Floats = (_plain(self.network)[self.places] @ _plain(self.network)).toarray()
        return found

    def common_small(self) -> Floats:
        """How many of these have few partners themselves."""
        few = (self.network.degree <= SMALL).astype(np.float64)
        own = _plain(self.network)[self.places].multiply(few[None, :]).tocsr()
        found: Floats = (own @ _plain(self.network)).toarray()
        return found

    def chains(self) -> Floats:
        """How many chains of three ties join each pair, its own tie not among them."""
        ties, degree = _plain(self.network), self.network.degree.astype(np.float64)
        found: Floats = (ties[self.places] @ ties @ ties).toarray()
        return found - self.tied * (degree[self.places][:, None] + degree[None, :] - 1.0)


def two_common(rows: _Rows) -> Bools:
    """Two common partners or more."""
    found: Bools = rows.common() >= 2
    return found


def one_small_common(rows: _Rows) -> Bools:
    """One common partner, who has few."""
    found: Bools = (rows.common() == 1) & (rows.common_small() == 1)
    return found


def one_common(rows: _Rows) -> Bools:
    """One common partner, who has many."""
    found: Bools = (rows.common() == 1) & (rows.common_small() == 0)
    return found


def a_chain(rows: _Rows) -> Bools:
    """No common partner, but partners who are partners of each other."""
    found: Bools = (rows.common() == 0) & (rows.chains() > 0.5)
    return found


def near_works_there(rows: _Rows) -> Bools:
    """Somebody near the one works with the other."""
    near = (nearness(rows.network) > 0).astype(np.float64)[rows.places]
    found: Bools = (near @ _plain(rows.network)).toarray() > 0
    return found


def near_works_near(rows: _Rows) -> Bools:
    """Somebody near the one works with somebody near the other."""
    near = (nearness(rows.network) > 0).astype(np.float64)
    found: Bools = (near[rows.places] @ _plain(rows.network) @ near).toarray() > 0
    return found


def same_country(rows: _Rows) -> Bools:
    """The one has another partner in the other's country."""
    home = rows.network.in_country
    known = (_plain(rows.network)[rows.places] @ home @ home.T).toarray()
    found: Bools = known - rows.tied > 0.5
    return found


def like_names(rows: _Rows) -> Bools:
    """They bear the same name, or almost."""
    return alike(rows.network, rows.places) >= LIKE


def across_border(rows: _Rows) -> Bools:
    """They lie close to each other."""
    return kilometres(rows.network, rows.places) <= CLOSE_KM


REASONS: Final[Mapping[str, Callable[[_Rows], Bools]]] = {
    "two-common": two_common,
    "one-small-common": one_small_common,
    "one-common": one_common,
    "chain": a_chain,
    "near-there": near_works_there,
    "near-near": near_works_near,
    "same-country": same_country,
    "like-names": like_names,
    "across-border": across_border,
}


def lifts(network: Network) -> Lifts:
    """The lift of each reason between places of different countries.

    Cost: about a second; of more than `ASKED` pairs, those of every second, third, … place.
    """
    counts = {name: np.zeros(2, dtype=np.int64) for name in REASONS}
    total = np.zeros(2, dtype=np.int64)
    for rows, pairs in _batches(network):
        partner = pairs & (rows.tied > 0)
        total += (int(pairs.sum()), int(partner.sum()))
        for name, holds in REASONS.items():
            having = holds(rows)
            counts[name] += (int((having & pairs).sum()), int((having & partner).sum()))
    chance = total[1] / total[0] if total[0] else 0.0
    is_enough = bool(total[1] >= ENOUGH)
    found = [_lift(name, counts[name], chance, is_enough) for name in REASONS]
    order = sorted(found, key=lambda lift: -(lift.times or 0.0))
    return Lifts(tuple(order), int(total[0]), int(total[1]))


def _lift(name: str, counts: NDArray[np.int64], chance: float, is_enough: bool) -> Lift:
    pairs, partners = counts.tolist()
    told = is_enough and partners >= ENOUGH_OF_ONE
    return Lift(name, pairs, partners, partners / pairs / chance if told else None)


def _batches(network: Network) -> Iterator[tuple[_Rows, Bools]]:
    """Places that have a partner, and the pairs that each is looked at in: every pair once."""
    tied = np.flatnonzero(network.degree > 0).astype(np.int32)
    step = max(-(-len(tied) * network.count // (2 * ASKED)), 1)
    asked = tied[::step]
    everybody, has_partner = np.arange(network.count), network.degree > 0
    for first in range(0, len(asked), _AT_ONCE):
        places = asked[first : first + _AT_ONCE]
        pairs = network.is_foreign(places) & has_partner & (everybody > places[:, None])
        yield _Rows(network, places, _plain(network)[places].toarray()), pairs


def _plain(network: Network) -> csr_array:
    """The ties, each counting one."""
    return network.remember("plain", lambda: csr_array((network.ties > 0).astype(np.float64)))
