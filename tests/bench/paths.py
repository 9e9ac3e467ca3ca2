"""The ten best paths between two parties: how fast, beside networkx and Neo4j, and as it grows.

python -m tests.bench.paths            what `make bench` shows of it
python -m tests.bench.paths million    the same at a million agreements, alone
"""

from __future__ import annotations

import itertools
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from statistics import median
from typing import Any, Final

import networkx as nx
import numpy as np

from explorer.index import Index
from explorer.paths import connect
from explorer.ties import FAR, Ties, ties
from tests.bench.apart import apart
from tests.bench.heavy import Heavy

PARTIES: Final = 20_000
AGREEMENTS: Final = 100_000
SHARE: Final = 5  # agreements to a party, as in 20,000 and 100,000
GROWTH: Final = (1_000, 10_000, 100_000)
MILLION: Final = 1_000_000
K: Final = 10
ASKED: Final = 300  # pairs; half drawn evenly, half by degree, so that hubs are asked for too
HUBS: Final = 8  # every two of so many are asked for as well
AGAINST: Final = 6  # pairs given to networkx, because each takes it seconds
BOUND_MS, MILLION_BOUND_MS, RATIO_BOUND = 20, 100, 50
DAY: Final = date(2026, 11, 25)
SEED: Final = 5
Row = tuple[str, str, str]
Pair = tuple[str, str]


def run() -> list[Row]:
    """Median and 95th percentile, the ratio to networkx on the same pairs, growth, and Neo4j."""
    from tests.bench.neo4j_paths import run as on_neo4j

    rows = [*_compared(), *(row for size in GROWTH for row in _grown(size))]
    return [*rows, *on_neo4j()]


def million() -> list[Row]:
    """A million agreements among 200,000 parties, and among 20,000."""
    return [*_grown(MILLION), *_grown(MILLION, PARTIES)]


def drawn_pairs(index: Index, found: Ties, count: int = ASKED) -> list[Pair]:
    """Pairs of parties that have ties, the same for the same network; then all pairs of hubs."""
    random = np.random.default_rng(SEED)
    some = np.flatnonzero(found.degree)
    weight = found.degree[some] / found.degree[some].sum()
    even = random.choice(some, (count // 2, 2))
    heavy = random.choice(some, (count - count // 2, 2), p=weight)
    hubs = np.argsort(-found.degree, kind="stable")[:HUBS]
    numbers = [*even.tolist(), *heavy.tolist(), *itertools.combinations(hubs.tolist(), 2)]
    return [(index.parties[a].id, index.parties[b].id) for a, b in numbers if a != b]


def timed(
    calls: Sequence[Callable[[], object]], clock: Callable[[], float] = time.perf_counter
) -> list[float]:
    """Milliseconds of each call; by `time.thread_time` those in which the processor was its own."""
    times = []
    for call in calls:
        start = clock()
        call()
        times.append((clock() - start) * 1000)
    return times


def asking(index: Index, pairs: Sequence[Pair]) -> list[Callable[[], object]]:
    """One call for each pair."""
    return [partial(connect, index, a, b, DAY, k=K) for a, b in pairs]


def p95(times: Sequence[float]) -> float:
    """The 95th percentile."""
    return float(np.percentile(times, 95))


# beside networkx ------------------------------------------------------------------------------


def _compared() -> list[Row]:
    index = Index.build(Heavy.made(PARTIES, AGREEMENTS))
    found = ties(index, DAY)
    pairs = drawn_pairs(index, found)
    connect(index, *pairs[0], DAY, k=K)  # costs are worked out once for all
    times = timed(asking(index, pairs))
    alone = timed(asking(index, pairs), time.thread_time)
    graph = _graph(found)
    few = [(index.number[a], index.number[b]) for a, b in pairs[: AGAINST // 2]]
    few += [(index.number[a], index.number[b]) for a, b in pairs[ASKED // 2 :][: AGAINST // 2]]
    theirs = timed([partial(_networkx, graph, a, b) for a, b in few])
    own = [(index.parties[a].id, index.parties[b].id) for a, b in few]
    ours = timed(asking(index, own))
    ratios = [their / our for their, our in zip(theirs, ours, strict=True)]
    name = f"paths: {K} best, {PARTIES:,} parties, {AGREEMENTS:,} agreements"
    return [
        (f"{name}, p95", f"{p95(times):.1f} ms (median {median(times):.1f})", f"<= {BOUND_MS} ms"),
        ("paths: the same in processor time, p95", f"{p95(alone):.1f} ms", ""),
        ("paths: the slowest of all, hubs among them", f"{max(times):.1f} ms", ""),
        ("paths: networkx shortest_simple_paths, median", f"{median(theirs):,.0f} ms", ""),
        (
            "paths: ratio to it, median (least)", f"{median(ratios):,.0f} ({min(ratios):,.0f})",
            f">= {RATIO_BOUND}",
        ),
    ]  # fmt: skip


def _graph(found: Ties) -> nx.Graph[int]:
    """The same ties with the same weights; those that may not be passed are left out."""
    graph: nx.Graph[int] = nx.Graph()
    row = np.repeat(np.arange(len(found.degree)), found.degree)
    half = (row < found.partner) & (found.inside[row] < FAR) & (found.inside[found.partner] < FAR)
    weight = 2 * found.cost + found.inside[row] + found.inside[found.partner]
    graph.add_weighted_edges_from(
        zip(row[half].tolist(), found.partner[half].tolist(), weight[half].tolist(), strict=True)
    )
    return graph


def _networkx(graph: nx.Graph[int], a: int, b: int) -> list[Any]:
    """The first ten, however long: those over the hop limit it would have to drop and go on."""
    return list(itertools.islice(nx.shortest_simple_paths(graph, a, b, weight="weight"), K))


# growth ---------------------------------------------------------------------------------------


def _grown(agreements: int, parties: int = 0) -> list[Row]:
    parties = parties or agreements // SHARE
    cost = apart(measure_here, str(parties), str(agreements), environment={})
    size = f"paths: {agreements:,} agreements, {parties:,} parties"
    bound = f"<= {MILLION_BOUND_MS if agreements == MILLION else BOUND_MS} ms"
    return [(f"{size}, p95 (whole process {cost.megabytes:,.0f} MB)",
             f"{cost.seconds * 1000:.1f} ms", bound)]  # fmt: skip


def measure_here(parties: str, agreements: str) -> None:
    """Build a network, ask for its pairs, and print the 95th percentile in seconds."""
    from tests.bench.apart import say

    began = time.perf_counter()
    scan = Heavy.made(int(parties), int(agreements))
    made = time.perf_counter()
    index = Index.build(scan)
    built = time.perf_counter()
    found = ties(index, DAY)
    pairs = drawn_pairs(index, found)
    connect(index, *pairs[0], DAY, k=K)
    tied = time.perf_counter()
    times = timed(asking(index, pairs))
    alone = timed(asking(index, pairs), time.thread_time)
    print(
        f"{agreements} agreements: drawn {made - began:.1f} s, index {built - made:.1f} s, "
        f"ties {tied - built:.2f} s, {len(found.partner) // 2:,} of them, "
        f"largest {found.degree.max():,}; median {median(times):.2f} ms, slowest {max(times):.1f}, "
        f"in processor time p95 {p95(alone):.1f}",
        file=sys.stderr,
    )
    say(p95(times) / 1000)


if __name__ == "__main__":
    from tests.bench import paths as bench  # because another process finds it by this name

    for row in bench.million() if sys.argv[1:] == ["million"] else bench.run():
        print("  ".join(row), flush=True)
