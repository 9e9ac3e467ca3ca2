"""The rankings that read the network: each a function whose docstring says what it rests on.

Each takes a network and some places, and gives a row for each of these: how strongly it speaks
for everybody else, 0 where it says nothing. Only the order within a row means something.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import block_array, csr_array, diags_array

from explorer.index import Ints
from explorer.namesakes import alike
from explorer.nearby import kilometres, nearness
from explorer.network import Network
from explorer.ties import Floats

Ranking = Callable[[Network, Ints], Floats]

RESTART = 0.3  # because a walk that strays farther meets everybody
STEPS = 6  # because after six steps a tenth of the walk is left, and the order stands
COUNTRY_TIE = 0.5  # because two in one country are less to each other than two partners
FEW = 5.0  # links: because between two small countries one link more or less is chance
CLOSE_KM = 30.0  # because nobody is nearer than the next town


def common_partner(network: Network, places: Ints) -> Floats:
    """They share partners: the fewer others these partners and the candidate have, the better.

    Source: Adamic, Adar, Friends and neighbors on the web, 2003; over the candidate's degree^0.5.
    """
    return adamic_adar(network, places) * _inverse(network.degree) ** 0.5


def adamic_adar(network: Network, places: Ints) -> Floats:
    """They share partners: the fewer others these have, the better."""
    return _dense(_partners(network, places, _rare(network)) @ network.ties)


def chain(network: Network, places: Ints) -> Floats:
    """A partner's partner is a partner of the candidate, each with few partners besides.

    Source: Kovács et al., Network-based prediction of protein interactions, 2019 (L3).
    """
    weight = _inverse(network.degree) ** 0.5
    two = _partners(network, places, weight) @ network.ties @ diags_array(weight)
    return _dense(two @ network.ties)


def walks(network: Network, places: Ints) -> Floats:
    """Somebody who walks from partner to partner, over countries and neighbours too, meets it.

    Source: Tong, Faloutsos, Pan, Fast random walk with restart, 2006.
    """
    return walks_over(network, places, with_near=True)


def walks_over(network: Network, places: Ints, *, with_near: bool) -> Floats:
    """Walks over ties and countries, and where wanted over neighbours."""
    key = "step" if with_near else "step-without-near"
    step = network.remember(key, lambda: _step(network, with_near))
    start = np.zeros((step.shape[0], len(places)), dtype=np.float32)
    start[places, np.arange(len(places))] = RESTART
    here = start
    for _ in range(STEPS):
        here = np.asarray((1.0 - RESTART) * (step @ here) + start, dtype=np.float32)
    return here[: network.count].T.astype(np.float64)


def country(network: Network, places: Ints) -> Floats:
    """The two countries work together more than their sizes suggest, and the candidate does too."""
    return _lift(network)[network.country[places]][:, network.country] * network.degree**0.5


def neighbours(network: Network, places: Ints) -> Floats:
    """Places near the one work with places near the other."""
    near = nearness(network)
    weight = diags_array(_inverse(network.degree) ** 0.5)
    return _dense(near[places] @ weight @ network.ties @ weight @ near)


def close(network: Network, places: Ints) -> Floats:
    """They lie close to each other, across a border."""
    return np.nan_to_num(1.0 / (CLOSE_KM + kilometres(network, places)))


def namesake(network: Network, places: Ints) -> Floats:
    """They bear the same name, or almost."""
    return alike(network, places)


RANKINGS: Final[Mapping[str, Ranking]] = {
    "common-partner": common_partner,
    "chain": chain,
    "walks": walks,
    "country": country,
    "neighbours": neighbours,
    "close": close,
    "namesake": namesake,
}
"""By the names that they have in `ranking_weights.csv`."""


def _partners(network: Network, places: Ints, weight: Floats) -> csr_array:
    return csr_array(network.ties[places] @ diags_array(weight))


def _dense(scores: csr_array) -> Floats:
    found: Floats = scores.toarray()
    return found


def _rare(network: Network) -> Floats:
    """How much a partner tells: the less, the more partners it has itself."""
    found = np.zeros(network.count)
    many = network.degree > 1
    found[many] = 1.0 / np.log(network.degree[many])
    return found


def _inverse(values: NDArray[np.int32]) -> Floats:
    return np.divide(1.0, values, where=values > 0, out=np.zeros(len(values)))


def _step(network: Network, with_near: bool) -> csr_array:
    """Where one step leads: to partners, to neighbours, to the country and out of it again."""
    own = network.ties
    if with_near:
        near = nearness(network)
        near = diags_array(_inverse_sum(near)) @ near
        own = own + near + near.T
    home = network.in_country * COUNTRY_TIE
    rows: list[list[csr_array | None]] = [[own, home], [home.T.tocsr(), None]]
    graph = csr_array(block_array(rows))
    return csr_array(graph.T @ diags_array(_inverse_sum(graph))).astype(np.float32)


def _inverse_sum(matrix: csr_array) -> Floats:
    sums = matrix.sum(axis=1)
    return np.divide(1.0, sums, where=sums > 0, out=np.zeros(len(sums)))


def _lift(network: Network) -> Floats:
    return network.remember("lift", lambda: _lifts(network))


def _lifts(network: Network) -> Floats:
    """Ties between two countries over what chance gives; a last row and column for no country."""
    home = network.in_country
    between = (home.T @ (network.ties > 0).astype(np.float64) @ home).toarray()
    ends = between.sum(axis=1)
    expected = np.outer(ends, ends) / max(float(ends.sum()), 1.0)
    return np.pad((between + FEW) / (expected + FEW), (0, 1)) * _padded(ends)


def _padded(ends: Floats) -> Floats:
    return np.pad(ends > 0, (0, 1)).astype(np.float64)
