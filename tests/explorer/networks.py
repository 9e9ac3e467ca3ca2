"""Small random networks of places, and slow answers about them to check the fast ones against."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx
import numpy as np
from hypothesis import strategies as st

from explorer.network import Network


@dataclass(frozen=True)
class Small:
    """A network, and the same as networkx has it."""

    network: Network
    graph: nx.Graph[int]


@st.composite
def small(draw: st.DrawFn, most: int = 9) -> Small:
    """Up to nine places in up to three countries, some without coordinates or a name."""
    count = draw(st.integers(2, most))
    pairs = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1))
    ties = [(a, b) for a, b in draw(st.lists(pairs, max_size=18)) if a != b]
    country = draw(st.lists(st.integers(-1, 2), min_size=count, max_size=count))
    group = draw(st.lists(st.integers(-1, 1), min_size=count, max_size=count))
    degrees = st.one_of(st.just(float("nan")), st.integers(-3, 3).map(lambda n: n / 10))
    lat = draw(st.lists(degrees, min_size=count, max_size=count))
    lon = [0.5 if value == value else value for value in lat]
    names = draw(st.lists(st.sampled_from(["", "berat", "bern", "new bern"]),
                          min_size=count, max_size=count))  # fmt: skip
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from(ties)
    a, b = np.array(ties, dtype=np.int32).reshape(-1, 2).T
    network = Network.of_links(
        a, b, count, country=country, group=group, lat=lat, lon=lon, names=names
    )
    return Small(network, graph)
