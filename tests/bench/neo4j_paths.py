"""The same question to a real Neo4j server: `SHORTEST k` over the agreements, by hops alone.

Neo4j counts hops and cannot weigh an agreement by its age, its members, or a hub's partners in
this form; so it is asked for less than `explorer/paths/best.py` answers.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import closing
from statistics import median
from typing import Final

from neo4j import Driver, Query

from explorer.index import Index
from explorer.ties import ties
from graph_loader.store.access import Access
from graph_loader.store.open import open_store
from tests.bench import paths as ours
from tests.bench.heavy import Heavy
from tests.neo4j.server import LASTING, Server

HEAP: Final = "2g"
MEMORY: Final = {"server.memory.pagecache.size": "512m"}  # as docker-compose.yml gives it
WARM: Final = 4  # pairs before the first that is measured, so that the plan is there
ASKED: Final = 20
PATIENCE: Final = 30  # seconds for one pair; because it is a comparison, not a test of nerves
SHORTEST: Final = f"""
MATCH path = SHORTEST {ours.K} (:Party {{id: $a}})
  (()-[:SIGNED]->(:Agreement)<-[:SIGNED]-()){{1,4}} (:Party {{id: $b}})
RETURN [party IN nodes(path) WHERE party:Party | party.id] AS parties, length(path) / 2 AS hops"""
Row = tuple[str, str, str]


def run() -> list[Row]:
    """Milliseconds of Neo4j and of ours for the same pairs of the same agreements."""
    network = Heavy.made(ours.PARTIES, ours.AGREEMENTS)
    with Server.start(heap=HEAP, options=LASTING, conf=MEMORY) as server:
        address = server.address
        with closing(open_store(address.uri, Access(address.user, address.password))) as store:
            store.write(network.batch())
            index = store.scan(Index.build)
        pairs = ours.drawn_pairs(index, ties(index, ours.DAY))
        half = ours.ASKED // 2  # the first half is drawn evenly, the second by degree
        pairs = [*pairs[: ASKED // 2], *pairs[half : half + ASKED // 2], *pairs[-WARM:]]
        with address.driver() as driver:
            theirs = _asked(driver, [*pairs[-WARM:], *pairs[:-WARM]])[WARM:]
    own = ours.timed(ours.asking(index, pairs[:-WARM]))
    late = sum(one >= PATIENCE * 1000 for one in theirs)
    size = f"{ours.AGREEMENTS:,} agreements"
    told = f", {late} of {ASKED} given up after {PATIENCE} s" if late else ""
    return [
        (
            f"neo4j: SHORTEST {ours.K} by hops, {size}, median",
            f"{median(theirs):,.0f} ms{told}",
            "",
        ),
        ("neo4j: the same pairs by explorer/paths/best.py, median", f"{median(own):.1f} ms", ""),
    ]


def _asked(driver: Driver, pairs: Sequence[ours.Pair]) -> list[float]:
    """Milliseconds of each pair; one that is given up counts as long as it was waited for."""
    from neo4j.exceptions import Neo4jError

    times = []
    for a, b in pairs:
        start = time.perf_counter()
        try:
            with driver.session() as session:
                session.run(Query(SHORTEST, timeout=PATIENCE), a=a, b=b).consume()
        except Neo4jError as error:
            if "Timed" not in (error.code or ""):
                raise
        times.append((time.perf_counter() - start) * 1000)
    return times
