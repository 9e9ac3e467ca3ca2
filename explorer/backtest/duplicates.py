"""Hidden links that are perhaps known under another spelling: what would flatter a backtest."""

from __future__ import annotations

from typing import Final

import numpy as np
from scipy.sparse import csr_array

from explorer.backtest.history import History
from explorer.backtest.splits import Split
from explorer.index import Bools, Ints
from explorer.namesakes import pieces
from explorer.nearby import nearness
from explorer.network import Network

SAME_SPOT: Final = 0.93  # of `nearness`, 3 km: because two towns' centres are farther apart
LIKE: Final = 0.6  # because "Frankfurt" and "Frankfurt am Main" share that much
NEAR_ENOUGH: Final = 0.6  # of `nearness`, 20 km: because two lists geocode one town that far apart


def suspects(places: Network) -> csr_array:
    """Which places may be one: of one country, and at one spot, or near and of one name.

    Where coordinates are not known, the name alone decides.

    Returns: symmetric, 1 where two may be one, and on the diagonal.
    """
    near = nearness(places)
    here = (near >= SAME_SPOT) + (near >= NEAR_ENOUGH).multiply(_alike(places, near))
    unknown = np.isnan(places.lat) | np.isnan(places.lon)
    own = csr_array(
        (np.ones(places.count), (np.arange(places.count),) * 2), shape=(places.count,) * 2
    )
    found = (here + _named(places, np.flatnonzero(unknown).astype(np.int32)) + own) > 0
    return csr_array(found.astype(np.int8))


def is_suspect(history: History, split: Split, same: csr_array) -> Bools:
    """Which pairs are hidden though a known one joins what may be the same two places."""
    found, hidden = np.zeros(history.count, dtype=np.bool_), np.flatnonzero(split.hidden)
    if not len(hidden):
        return found
    known = history.places.with_ties(history.a[split.known], history.b[split.known]).ties
    leak = (same.astype(np.float64) @ known @ same.T.astype(np.float64)).tocsr()
    a, b = history.a[hidden], history.b[hidden]
    found[hidden] = np.asarray(leak[a, b]).ravel() > 0
    return found


def _alike(places: Network, near: csr_array) -> csr_array:
    """Of pairs that lie near each other, those of like names."""
    cut, _ = pieces(places)
    rows, columns = near.nonzero()
    like = np.asarray(cut[rows].multiply(cut[columns]).sum(axis=1)).ravel() >= LIKE
    where = (rows[like], columns[like])
    return csr_array((np.ones(int(like.sum())), where), shape=near.shape)


def _named(places: Network, of: Ints) -> csr_array:
    """Of some places, which have the same name and country as another one."""
    cut, across = pieces(places)
    like = (cut[of] @ across).tocoo()
    rows, columns = of[like.row], like.col
    same = (like.data >= LIKE) & (places.country[rows] == places.country[columns])
    shape = (places.count, places.count)
    found = csr_array((np.ones(int(same.sum())), (rows[same], columns[same])), shape=shape)
    return csr_array(found + found.T)
