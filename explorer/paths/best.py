"""The best paths between two parties, and what each of their ties rests on.

A path's score is the product of its ties' worths (`explorer/ties.py`) and, for each intermediary,
of its number of partners to the power -0.5: a hub that everyone signs with explains little. The
search is exact; it adds up costs, which are -log(score).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from explorer.index import Index
from explorer.paths.nearest_bridge import Bridge, nearest_bridge
from explorer.paths.search import LONGEST, Chain, Question, best_chains, one_hop_more
from explorer.ties import UNIT, TieFilter, Ties, ties
from graph_loader import BadInput, NotFound

MAX_HOPS = LONGEST  # because nobody in a meeting follows a chain of five introductions
MAX_PATHS = 50  # because nobody reads more, and a longer list would have to be cut somewhere


@dataclass(frozen=True, slots=True)
class Hop:
    """One tie in a path, and the ids of the agreements it rests on, the best first."""

    a: str
    b: str
    agreements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Path:
    """A chain of parties (ids). `score` is between 0 and 1, comparable, and not a probability."""

    parties: tuple[str, ...]
    hops: tuple[Hop, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Connection:
    """The best paths, best first; where there is none, the nearest bridge if there is one."""

    paths: tuple[Path, ...]
    bridge: Bridge | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: both ends, which agreements count, whom to go through, whom to avoid."""

    start: str
    goal: str
    keep: TieFilter = field(default_factory=TieFilter)
    through: str = ""
    avoiding: tuple[str, ...] = ()

    def question(self, index: Index) -> Question:
        """The same in numbers.

        Raises:
            NotFound: ("party-unknown", id=…).
            BadInput: ("same-party") both ends are one party.
        """
        start, goal = _number(index, self.start), _number(index, self.goal)
        if start == goal:
            raise BadInput("same-party", field="ke")
        through = _number(index, self.through) if self.through else -1
        return Question(start, goal, through, tuple(_number(index, id) for id in self.avoiding))


def connect(
    index: Index,
    a: str,
    b: str,
    day: date,
    *,
    k: int = 5,
    max_hops: int = MAX_HOPS,
    keep: TieFilter | None = None,
    through: str = "",
    avoiding: frozenset[str] = frozenset(),
) -> Connection:
    """The k best paths of at most `max_hops` hops from a to b.

    Equal scores (to a billionth of their logarithm): fewer hops first, then by the parties' ids.
    A direct tie is a path of one hop.

    Raises:
        NotFound: ("party-unknown", id=…).
        BadInput: ("same-party") both ends are one party.
    """
    asked = Asked(a, b, keep or TieFilter(), through, tuple(sorted(avoiding)))
    paths = best_paths(index, asked, day, k=k, max_hops=max_hops)
    return Connection(paths, None if paths else bridge(index, asked, day))


def best_paths(
    index: Index, asked: Asked, day: date, *, k: int = 5, max_hops: int = MAX_HOPS
) -> tuple[Path, ...]:
    """The paths of `connect`, and nothing where there is none."""
    question, found = asked.question(index), ties(index, day, asked.keep)
    chains = best_chains(found, question, min(k, MAX_PATHS), min(max_hops, MAX_HOPS))
    return _paths(index, day, found, chains)


def farther_path(index: Index, asked: Asked, day: date) -> Path | None:
    """The best path with one hop too many, to be asked for where no shorter one is."""
    found = ties(index, day, asked.keep)
    chain = one_hop_more(found, asked.question(index))
    return _paths(index, day, found, [chain])[0] if chain else None


def bridge(index: Index, asked: Asked, day: date) -> Bridge | None:
    """What would join both ends; or, with a party to go through, the half that is missing."""
    question, found = asked.question(index), ties(index, day, asked.keep)
    for start, goal in _legs(question):
        leg = Question(start, goal, -1, question.avoiding)
        if question.through < 0 or not best_chains(found, leg, 1, MAX_HOPS):
            return nearest_bridge(index, found, leg)
    return Bridge("too-long", asked.start, asked.start, asked.goal, asked.goal, asked.through)


def _legs(question: Question) -> list[tuple[int, int]]:
    stops = [question.start, question.through, question.goal]
    return list(pairwise(stop for stop in dict.fromkeys(stops) if stop >= 0))


def _paths(index: Index, day: date, found: Ties, chains: list[Chain]) -> tuple[Path, ...]:
    known: dict[tuple[int, int], Hop] = {}
    for _, _, chain in chains:
        for a, b in pairwise(chain):
            if (a, b) not in known:
                proof = tuple(found.best_agreements(index, day, a, b))
                known[a, b] = Hop(_id(index, a), _id(index, b), proof)
    return tuple(
        Path(
            tuple(_id(index, party) for party in chain),
            tuple(known[hop] for hop in pairwise(chain)),
            math.exp(-cost * UNIT),
        )
        for cost, _, chain in chains
    )


def _number(index: Index, id: str) -> int:
    if id not in index.number:
        raise NotFound("party-unknown", id=id)
    return index.number[id]


def _id(index: Index, number: int) -> str:
    return index.parties[number].id
