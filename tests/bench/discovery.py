"""How fast whom to work with is found among 17,254 places, and told.

python -m tests.bench.discovery             what `make bench` shows of it
python -m tests.bench.discovery --million   an index of a million agreements beside it
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from statistics import median
from typing import Final

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from explorer.answers import SHOWN, line
from explorer.explain import gather
from explorer.fusion import joined
from explorer.index import Index
from explorer.network import Network, network_of
from explorer.opportunities import Ranked, opportunities
from explorer.rankings import RANKINGS, common_partner
from explorer.reasons.groundwork import ground
from explorer.sentences import Speaker
from explorer.service import View
from graph_loader import GraphStore
from graph_loader.load import load_shipped
from graph_loader.store.open import open_store
from tests.bench.growth import million
from tests.bench.growth import run as growth
from tests.bench.twins import made

Row = tuple[str, str, str]
Numbers = NDArray[np.int32]
DAY: Final = date(2026, 11, 25)
ASKED: Final = 60  # regions; because a median of so many stands still
AT_ONCE: Final = 69  # regions in a block: an eighth of all, whose rows then fill 76 MB
BEST: Final = 50  # of each region are kept, because nobody reads more
SAMPLE: Final = 40_000  # pairs given to networkx, because all 9.5 million would take it an hour
SEED: Final = 7
ONE_MS, TOLD_MS, ALL_SECONDS, RATIO = 10, 10, 5, 100


def run() -> list[Row]:
    """Rankings of one region and of all, the ratio to networkx, words, and the index as it grows.

    In a store of the shipped rows with a made list of twin towns as large as the real one.
    """
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(open_store(f"sqlite:{Path(folder, 'twins.db')}")) as store,
    ):
        load_shipped(store)
        store.write(made())
        index = store.scan(Index.build)
        network, regions, rows = _prepared(index)
        few = np.random.default_rng(SEED).choice(regions, ASKED, replace=False)
        rows += [*_of_one(index, network, few), *_of_all(network, regions)]
        rows += _told(store, index, few)
    return [*rows, *growth()]


def _prepared(index: Index) -> tuple[Network, Numbers, list[Row]]:
    """The network with all that is worked out once for everybody."""
    began = time.perf_counter()
    network = network_of(index, DAY)
    regions = np.flatnonzero(index.is_region).astype(np.int32)
    _fused(network, regions[:1])
    opportunities(index, index.parties[int(regions[0])].id, DAY)
    took = time.perf_counter() - began
    size = f"{network.count:,} places, {network.ties.nnz // 2:,} ties"
    return network, regions, [(f"rankings: made ready once for {size}", f"{took:.1f} s", "")]


def _fused(network: Network, places: Numbers) -> NDArray[np.float64]:
    """What all rankings together say to some places, about everybody."""
    said = {name: ranking(network, places) for name, ranking in RANKINGS.items()}
    return joined(network, said)


def timed(calls: Sequence[Callable[[], object]]) -> list[float]:
    """Milliseconds of each call."""
    times = []
    for call in calls:
        began = time.perf_counter()
        call()
        times.append((time.perf_counter() - began) * 1000)
    return times


def told(what: str, times: Sequence[float], bound: int) -> Row:
    """A line of the table: the median, and beside it what one of twenty exceeds."""
    slow = float(np.percentile(times, 95))
    return what, f"{median(times):.1f} ms (p95 {slow:.1f})", f"<= {bound} ms"


# rankings -------------------------------------------------------------------------------------


def _of_one(index: Index, network: Network, few: Numbers) -> list[Row]:
    here = [few[n : n + 1] for n in range(len(few))]
    fused = timed([lambda one=one: _fused(network, one) for one in here])  # type: ignore[misc]
    ids = [index.parties[int(number)].id for number in few]
    listed = timed([lambda id=id: opportunities(index, id, DAY) for id in ids])  # type: ignore[misc]
    size = f"one region among {network.count:,}"
    return [
        told(f"rankings: {size}, all {len(RANKINGS)} of the network, fused", fused, ONE_MS),
        told(f"rankings: {size}, policy too, in three lists", listed, ONE_MS),
    ]


def _of_all(network: Network, regions: Numbers) -> list[Row]:
    blocks = [regions[first : first + AT_ONCE] for first in range(0, len(regions), AT_ONCE)]
    began = time.perf_counter()
    for block in blocks:
        np.argpartition(-_fused(network, block), BEST, axis=1)[:, :BEST]
    everything = time.perf_counter() - began
    began = time.perf_counter()
    for block in blocks:
        common_partner(network, block)
    partners = time.perf_counter() - began
    theirs = _networkx(network, regions)
    many = f"all {len(regions)} regions at once"
    peer = "networkx's resource allocation + Adamic-Adar"
    return [
        (f"rankings: {many}, all rankings, fused", f"{everything:.1f} s", f"<= {ALL_SECONDS} s"),
        (f"rankings: {peer}, the same pairs (from {SAMPLE:,} of them)", f"{theirs:,.0f} s", ""),
        ("rankings: ratio to it of all rankings, fused", f"{theirs / everything:,.0f}", ""),
        ("rankings: ratio to it of common partners", f"{theirs / partners:,.0f}", f">= {RATIO}"),
    ]


def _networkx(network: Network, regions: Numbers) -> float:
    """Seconds for every region with everybody else, from a sample drawn evenly of these pairs."""
    random = np.random.default_rng(SEED)
    graph: nx.Graph[int] = nx.from_scipy_sparse_array(network.ties)
    other = random.integers(0, network.count, SAMPLE)
    pairs = [
        (int(a), int(b)) for a, b in zip(random.choice(regions, SAMPLE), other, strict=True)
        if a != b
    ]  # fmt: skip
    began = time.perf_counter()
    for _ in nx.resource_allocation_index(graph, pairs):
        pass
    for _ in nx.adamic_adar_index(graph, pairs):
        pass
    took = time.perf_counter() - began
    return took / len(pairs) * len(regions) * (network.count - 1)


# words ----------------------------------------------------------------------------------------


def _told(store: GraphStore, index: Index, few: Numbers) -> list[Row]:
    """The first list of each region: what speaks for each line, in words; and with its evidence."""
    ground(index, DAY)
    lists = [opportunities(index, index.parties[int(number)].id, DAY) for number in few]
    _words(store, index, lists[0])
    full = [one for one in lists if len(one.lists["abroad"]) >= SHOWN]
    found, worded = [], []
    for ranked in full:
        a, b = _words(store, index, ranked)
        found.append(a)
        worded.append(b)
    both = [a + b for a, b in zip(found, worded, strict=True)]
    name = f"explanation of {SHOWN} lines"
    return [
        told(f"{name}: reasons, paths and law", found, TOLD_MS),
        told(f"{name}: the same, in words", both, TOLD_MS),
    ]


def _words(store: GraphStore, index: Index, ranked: Ranked) -> tuple[float, float]:
    """Milliseconds to find what speaks for the first lines, and to word it."""
    speaker = Speaker(View(store, index, DAY), "id")
    began = time.perf_counter()
    cases = ranked.cases(ranked.part("abroad", 0, SHOWN))
    found = time.perf_counter()
    gather(speaker.shown, cases)
    read = time.perf_counter()
    for case in cases:
        line(speaker, case)
    return (found - began) * 1000, (time.perf_counter() - read) * 1000


def main(words: Sequence[str]) -> None:
    """Print the table, or with `--million` that of the large index."""
    rows = million() if "--million" in words else run()
    for row in [("what", "measured", "bound"), *rows]:
        print(" | ".join(row), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
