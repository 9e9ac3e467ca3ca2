"""Rankings to measure against: well-known ones, and the plain fusion of four without learning."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from explorer.index import Ints
from explorer.network import Network
from explorer.rankings import Ranking, adamic_adar, chain, country, walks_over
from explorer.ties import Floats


def preferential_attachment(network: Network, places: Ints) -> Floats:
    """Who has many partners gets more."""
    return np.repeat(network.degree.astype(np.float64)[None, :], len(places), axis=0)


def by_chance(network: Network, places: Ints) -> Floats:
    """Drawn at random, the same for a place every time."""
    rows = [np.random.default_rng(int(place)).random(network.count) for place in places]
    return np.stack(rows) if rows else np.empty((0, network.count))


def walks_by_country(network: Network, places: Ints) -> Floats:
    """Somebody who walks from partner to partner, and over countries, meets it."""
    return walks_over(network, places, with_near=False)


REFERENCES: Final[Mapping[str, Ranking]] = {
    "random": by_chance,
    "preferential-attachment": preferential_attachment,
    "adamic-adar": adamic_adar,
    "walks-by-country": walks_by_country,
}
"""Beside the rankings that are shipped."""

PLAIN: Final[Mapping[str, Ranking]] = {
    "adamic-adar": adamic_adar,
    "chain": chain,
    "walks-by-country": walks_by_country,
    "country": country,
}
"""The four whose plain fusion the shipped ranking is measured against."""
