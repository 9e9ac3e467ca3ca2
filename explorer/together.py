"""Two parties at one table: what they share, what the one has, what would open most for both."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from scipy.sparse import csr_array

from explorer.exchange import Meeting, exchange
from explorer.gaps import GOALS
from explorer.index import Bools, Index, Ints
from explorer.nearby import EARTH_KM, kilometres
from explorer.network import network_of
from explorer.ties import Ties, ties
from graph_loader import legal

HOPS: Final = 2  # because one introduction is what a region can ask of a partner


@dataclass(frozen=True, slots=True)
class Joint:
    """An agreement that two parties sign together, with a third or alone, and what it opens.

    `for_a` and `for_b` count the parties that come within `HOPS` hops of each, and were not before;
    states are not counted.
    """

    party: int
    """the third party's number; -1: the two alone"""
    for_a: int
    for_b: int

    @property
    def least(self) -> int:
        """What it opens for the one of the two for whom it opens less."""
        return min(self.for_a, self.for_b)


@dataclass(frozen=True, slots=True)
class Opening:
    """What a joint agreement would open: of the two alone, and with each third party.

    `alone` is None where the two share an agreement already. `best` holds those that open something
    for both and more than the two alone: most for the one with less first, then most for both
    together, then by name and id.
    """

    alone: Joint | None
    best: Sequence[Joint]


def partners(index: Index, day: date, party: int) -> Ints:
    """Those that a party shares an agreement in force with, by name, then id."""
    found = ties(index, day).of(party).tolist()
    parties = index.parties
    found.sort(key=lambda number: (parties[number].sort_key, parties[number].id))
    return np.array(found, dtype=np.int32)


def in_force_between(index: Index, day: date, a: int, b: int) -> int:
    """How many agreements in force two parties share."""
    shared = index.between(a, b)
    return int(index.in_force(day)[shared].sum())


def goals_of(index: Index, day: date, party: int) -> Sequence[int]:
    """How many agreements in force a party has on each of the 17 SDGs."""
    signed = index.agreements_of(party)
    signed = signed[index.in_force(day)[signed]]
    none = np.empty(0, dtype=np.int32)
    return [len(np.intersect1d(signed, index.topic_ids.get(goal, none))) for goal in GOALS]


def exchanged(index: Index, day: date, a: str, b: str) -> list[Meeting]:
    """The needs of each of two parties that the other can meet; needs of the first come first."""
    ends = {a, b}
    found = [
        met for met in exchange(index, day).meetings if {met.need.party, met.offer.party} == ends
    ]
    return sorted(found, key=lambda met: met.need.party != a)


def apart(index: Index, day: date, a: int, b: int) -> float | None:
    """The great-circle distance of two parties or places in km; None where one is not known."""
    chord = float(kilometres(network_of(index, day), np.array([a], dtype=np.int32))[0][b])
    return None if math.isnan(chord) else 2 * EARTH_KM * math.asin(min(1.0, chord / 2 / EARTH_KM))


def opening(index: Index, day: date, a: int, b: int) -> Opening:
    """Which agreement that both sign would open most for both.

    Nobody is asked to sign that is a state, or that lies in a country without diplomatic relations.

    Cost: one pass over the ties.
    """
    found = ties(index, day)
    links = _links(found)
    beyond_a, beyond_b = _beyond(found, links, a), _beyond(found, links, b)
    by_b, by_a = _brought(links, beyond_a, b), _brought(links, beyond_b, a)
    alone = Joint(-1, int(by_b.sum()), int(by_a.sum()))
    for_a, for_b = _opened(links, beyond_a & ~by_b), _opened(links, beyond_b & ~by_a)
    may = found.may_pass & ~_barred(index)
    may[[a, b]] = False
    gains = np.minimum(alone.for_a + for_a, alone.for_b + for_b)
    may &= (for_a + for_b > 0) & (gains > 0)
    joint = [
        Joint(n, alone.for_a + int(for_a[n]), alone.for_b + int(for_b[n]))
        for n in np.flatnonzero(may).tolist()
    ]
    parties = index.parties
    joint.sort(
        key=lambda one: (
            -one.least, -one.for_a - one.for_b, parties[one.party].sort_key, parties[one.party].id
        )
    )  # fmt: skip
    return Opening(None if links[[a]][:, [b]].nnz else alone, joint)


def _links(found: Ties) -> csr_array:
    """Who is tied to whom: 1 for each pair."""
    ones = np.ones(len(found.partner), dtype=np.int32)
    count = len(found.degree)
    return csr_array((ones, found.partner, found.start), shape=(count, count))


def _beyond(found: Ties, links: csr_array, party: int) -> Bools:
    """Who is no state and more than `HOPS` hops away; nobody is reached through a state."""
    near = np.zeros(len(found.degree), dtype=np.int32)
    near[found.of(party)] = 1
    reached: Bools = (near > 0) | (links @ (near * found.may_pass) > 0)
    reached[party] = True
    return ~reached & found.may_pass


def _brought(links: csr_array, beyond: Bools, other: int) -> Bools:
    """Whom a tie to another brings near: the other and its partners."""
    brought = np.zeros(len(beyond), dtype=np.bool_)
    brought[[other, *links.indices[links.indptr[other] : links.indptr[other + 1]].tolist()]] = True
    return brought & beyond


def _opened(links: csr_array, beyond: Bools) -> Ints:
    """How many a tie to each party would bring near: itself and its partners."""
    far = beyond.astype(np.int32)
    opened: Ints = links @ far + far
    return opened


def _barred(index: Index) -> Bools:
    without = legal.no_relations()
    return np.array([party.country in without for party in index.parties], dtype=np.bool_)
