"""Groups of parties that work among themselves more than with others, and what to call them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

import numpy as np
from graspologic_native import leiden  # type: ignore[import-untyped]
from numpy.typing import NDArray
from scipy.sparse import csr_array

from explorer.index import LEVELS, Bools, Index
from graph_loader import FOREIGN_LEVELS, Level

SMALLEST: Final = 3  # parties; because two that share an agreement are a pair, not a group
SEED: Final = 20  # because any will do, if it is always the same
FEWEST: Final = 3  # because what two of a group have in common may be chance
LEAST_SHARE: Final = 1 / 3  # because a name should fit every third of those that it speaks of
_RANDOMNESS: Final = 0.001  # as the library proposes
_GOALS: Final = range(1, 18)
_ABROAD = np.array([level in FOREIGN_LEVELS - {Level.COUNTRY} for level in LEVELS])

Labels = NDArray[np.int64]
Kind = Literal["country", "province", "goal", "party"]
Table = NDArray[np.int64]


class Trait(NamedTuple):
    """What is typical of a group: `having` of its `of` have it, `lift` times as many as overall.

    `id` is a country, a province or a goal; `of` counts the group's parties abroad, its regions, or
    the agreements that name a goal.
    """

    kind: Kind
    id: str
    having: int
    of: int
    lift: float


@dataclass(frozen=True)
class Community:
    """A group: its party numbers, whoever has most ties inside it, what is typical, and its name.

    It is called after `trait`; after its `middle` where nothing is typical, or together with that
    where every typical trait is a larger group's name already. So no two have one name.
    """

    parties: tuple[int, ...]
    ties: int
    middle: int
    traits: tuple[Trait, ...]
    trait: Trait | None
    by_middle: bool


def communities(index: Index, ties: csr_array, counted: Bools) -> tuple[Community, ...]:
    """The groups of at least three parties, the largest first, then by their first party.

    `ties` holds what each tie is worth, so that an accord of thirteen joins them less than a pact
    of two; `counted` says which agreements count for the traits.
    Cost: 2 s for 20,000 parties and 400,000 ties.
    Source: V. Traag, L. Waltman and N. van Eck, From Louvain to Leiden, 2019.
    """
    labels = _labels(ties)
    if not len(labels) or labels.max(initial=-1) < 0:
        return ()
    inside = _inside(ties, labels)
    traits = _traits(index, labels, counted, np.diff(ties.indptr) > 0)
    found, called = [], set()
    for group in range(int(labels.max()) + 1):
        parties, own = np.flatnonzero(labels == group), traits[group]
        free = [trait for trait in own if (trait.kind, trait.id) not in called]
        trait = next(iter(free or own), None)
        if free:
            called.add((free[0].kind, free[0].id))
        middle = int(parties[np.argmax(inside[parties])])
        ties_inside = int(inside[parties].sum()) // 2
        found.append(Community(tuple(parties.tolist()), ties_inside, middle, tuple(own), trait,
                               not free))  # fmt: skip
    return tuple(found)


def _labels(ties: csr_array) -> Labels:
    """Each party's group, the largest being 0; -1 for those in none that is large enough."""
    whole = np.full(ties.shape[0], -1, dtype=np.int64)
    lines = ties.tocoo()
    half = lines.row < lines.col
    if not half.any():
        return whole
    names = [str(number) for number in range(ties.shape[0])]
    a, b, worth = (part[half].tolist() for part in (lines.row, lines.col, lines.data))
    joined = [(names[x], names[y], w) for x, y, w in zip(a, b, worth, strict=True)]
    _, group = leiden(joined, randomness=_RANDOMNESS, seed=SEED)
    for name, number in group.items():
        whole[int(name)] = number
    size = np.bincount(whole[whole >= 0])
    first = np.full(len(size), len(whole))
    np.minimum.at(first, whole[whole >= 0], np.flatnonzero(whole >= 0))
    order = np.lexsort((first, -size))
    place = np.full(len(size) + 1, -1, dtype=np.int64)
    place[order] = np.where(size[order] >= SMALLEST, np.arange(len(size)), -1)
    return place[whole]


def _inside(ties: csr_array, labels: Labels) -> Labels:
    """How many partners of each party are of its own group."""
    lines = ties.tocoo()
    same = labels[lines.row] == labels[lines.col]
    return np.bincount(lines.row[same], minlength=len(labels))


def _traits(index: Index, labels: Labels, counted: Bools, tied: Bools) -> list[list[Trait]]:
    """What is typical of each group among all that have a tie, the most telling first."""
    groups = int(labels.max()) + 1
    found: list[list[Trait]] = [[] for _ in range(groups)]
    abroad = np.where(_ABROAD[index.level], index.country, -1)
    for kind, values in (("country", abroad), ("province", index.province)):
        table = _table(labels, np.where(tied, values, -1), groups, len(index.parties))
        for group, number, count, of, lift in _lifted(table):
            trait = Trait(kind, index.parties[number].id, count, of, lift)  # type: ignore[arg-type]
            found[group].append(trait)
    for group, goal, count, of, lift in _lifted(_by_goal(index, labels, counted, groups)):
        found[group].append(Trait("goal", str(goal), count, of, lift))
    for traits in found:
        traits.sort(key=lambda trait: (-trait.lift, -trait.having, trait.kind, trait.id))
    return found


def _table(labels: Labels, values: NDArray[np.integer], groups: int, span: int) -> Table:
    """How many of each group have each value; the last line counts those of no group."""
    known = values >= 0
    at = np.where(labels[known] >= 0, labels[known], groups) * span + values[known]
    return np.bincount(at, minlength=(groups + 1) * span).reshape(groups + 1, span)


def _by_goal(index: Index, labels: Labels, counted: Bools, groups: int) -> Table:
    """How many agreements within each group name each goal; one across groups is of none."""
    table = np.zeros((groups + 1, len(_GOALS) + 1), dtype=np.int64)
    begin, size = index.members.indptr[:-1], np.diff(index.members.indptr)
    signed = np.flatnonzero(size > 0)
    if not len(signed):
        return table
    of_member = labels[index.members.indices]
    low = np.minimum.reduceat(of_member, begin[signed])
    high = np.maximum.reduceat(of_member, begin[signed])
    some, within = signed[counted[signed]], (low == high) & (low >= 0)
    group = np.where(within, low, groups)[counted[signed]]
    for goal in _GOALS:
        named = (index.goals[some] >> goal) & 1 > 0
        table[:, goal] = np.bincount(group[named], minlength=groups + 1)
    return table


def _lifted(table: Table) -> Iterator[tuple[int, int, int, int, float]]:
    """(group, value, count, of, lift) of every value that is common in a group and rarer outside.

    A lift compares the value's share in the group with its share among all.
    """
    of, everywhere = table.sum(axis=1, keepdims=True), table.sum(axis=0, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = table / of
        lift = share / (everywhere / table.sum())
    telling = (table >= FEWEST) & (share >= LEAST_SHARE) & (lift > 1)
    for group, value in zip(*np.nonzero(telling[:-1]), strict=True):
        yield (
            int(group), int(value), int(table[group, value]), int(of[group, 0]),
            float(lift[group, value]),
        )  # fmt: skip


def typical(traits: Sequence[Trait], kind: Kind) -> Trait | None:
    """The most telling trait of a kind."""
    return next((trait for trait in traits if trait.kind == kind), None)
