"""Which places of one country lie near each other, or else in one province."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.spatial import cKDTree

from explorer.index import Ints
from explorer.network import Network
from explorer.ties import Floats

EARTH_KM = 6371.0  # its mean radius
NEAREST = 10  # because more than that adds time to every walk and nothing to what it finds
FADES_KM = 40.0  # because that is about from one seat of a regency to the next
GROUPED = 0.1  # because of two in one province one knows only that they may be near


def nearness(network: Network) -> csr_array:
    """Places by places of the same country: 1 at the same spot, less with every kilometre.

    Each has the few nearest; where coordinates are not known, those of its province.
    """
    return network.remember("nearness", lambda: _nearness(network), of_places=True)


def kilometres(network: Network, places: Ints) -> Floats:
    """From each of the places to everybody, through the earth; NaN where one is not known."""
    spots = network.remember("spots", lambda: _spots(network), of_places=True)
    inside = np.clip(spots[places] @ spots.T, -1.0, 1.0)
    found: Floats = EARTH_KM * np.sqrt(2.0 - 2.0 * inside)
    return found


def _spots(network: Network) -> NDArray[np.float32]:
    """Each place as a point on a ball of radius 1."""
    lat, lon = np.radians(network.lat), np.radians(network.lon)
    spots = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)
    return spots.astype(np.float32)


def _nearness(network: Network) -> csr_array:
    spots = _spots(network).astype(np.float64) * EARTH_KM
    known = ~np.isnan(spots[:, 0])
    parts = [_of_country(spots, of) for of in _by(network.country, known)]
    parts += [_of_group(of) for of in _by(network.group, ~known)]
    rows, columns, values = (np.concatenate(one) for one in zip(_NOBODY, *parts, strict=True))
    shape = (network.count, network.count)
    found = csr_array((values, (rows, columns)), shape=shape)
    return found.maximum(found.T).tocsr()


_Part = tuple[NDArray[np.int64], NDArray[np.int64], Floats]
_NOBODY: _Part = (np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64), np.empty(0))


def _by(label: Ints, some: NDArray[np.bool_]) -> list[NDArray[np.int64]]:
    """Some of the places, those with one label together; none without a label or alone."""
    chosen = np.flatnonzero(some & (label >= 0))
    chosen = chosen[np.argsort(label[chosen], kind="stable")]
    cuts = np.flatnonzero(np.diff(label[chosen])) + 1
    return [part for part in np.split(chosen, cuts) if len(part) > 1]


def _of_country(spots: Floats, of: NDArray[np.int64]) -> _Part:
    """The nearest of each place; itself is the first of them, and left out."""
    count = min(NEAREST + 1, len(of))
    km, near = cKDTree(spots[of]).query(spots[of], count)
    rows, columns = np.repeat(of, count), of[np.asarray(near).ravel()]
    other = rows != columns
    return rows[other], columns[other], np.exp(-np.asarray(km).ravel()[other] / FADES_KM)


def _of_group(of: NDArray[np.int64]) -> _Part:
    rows, columns = np.repeat(of, len(of)), np.tile(of, len(of))
    other = rows != columns
    return rows[other], columns[other], np.full(int(other.sum()), GROUPED)
