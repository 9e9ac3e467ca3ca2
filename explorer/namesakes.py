"""Which places bear the same name, or almost: "Berat" and "Bérat", "Richmond" and "Richmond"."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array, diags_array

from explorer.index import Ints
from explorer.network import Network
from explorer.ties import Floats

PIECE = 3  # letters: because shorter pieces stand in every name
ALIKE = 0.35  # because below that share of its pieces a name only sounds alike by chance


def alike(network: Network, places: Ints) -> Floats:
    """How alike names are, 0 to 1, by pieces of three letters, rare pieces counting more."""
    cut, across = pieces(network)
    found = cut[places] @ across
    found.data[found.data < ALIKE] = 0.0
    dense: Floats = found.toarray()
    return dense


def pieces(network: Network) -> tuple[csr_array, csr_array]:
    """Places by pieces of their names, each row of length 1, and its transpose."""
    return network.remember("pieces", lambda: _pieces(network), of_places=True)


def _pieces(network: Network) -> tuple[csr_array, csr_array]:
    numbers: dict[str, int] = {}
    rows: list[int] = []
    columns: list[int] = []
    for place, name in enumerate(network.names):
        for piece in _cut(name):
            rows.append(place)
            columns.append(numbers.setdefault(piece, len(numbers)))
    shape = (network.count, len(numbers))
    found = csr_array((np.ones(len(rows)), (rows, columns)), shape=shape)
    rare = np.log(network.count / np.maximum(found.sum(axis=0), 1.0))
    found = (found @ diags_array(rare)).tocsr()
    length = np.sqrt((found**2).sum(axis=1))
    found = (diags_array(np.divide(1.0, length, where=length > 0, out=length)) @ found).tocsr()
    return found, found.T.tocsr()


def _cut(name: str) -> set[str]:
    """The pieces of a name; the gap before and after it belongs to it."""
    text = f" {name} "
    return {text[at : at + PIECE] for at in range(len(text) - PIECE + 1)} if name else set()
