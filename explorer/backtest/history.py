"""Who became partners, when and in which agreement: what a backtest hides and looks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from explorer.index import Bools, Ints
from explorer.network import Network, plain_name, spots
from explorer.ties import Floats
from graph_loader import Links, read_links

NO_LIST: Final = -1
"""Of the list of a place that nobody is ranked in: countries, the own nation's agencies."""


@dataclass(frozen=True, eq=False)
class History:
    """Pairs of places that became partners, each once, by the first document between them.

    `year` is 0 where unknown. Pairs of one `document` stay on one side of every split; renewals
    are no pairs of their own, so they stay with the first. `worth` is what a tie is worth, 1 at
    most. `of_list` says in which list a place is ranked, `asks` whose new partners are looked
    for; `lists` names the lists, of which those in `plainly` are joined without learnt weights, as
    `explorer.opportunities` does at home. `listed` are background links, which are known on both
    sides of a split.
    """

    places: Network
    ids: Sequence[str]
    a: Ints
    b: Ints
    year: Ints
    document: Ints
    worth: Floats
    of_list: Ints
    asks: Bools
    only_abroad: bool
    lists: Sequence[str] = ("abroad",)
    plainly: frozenset[int] = frozenset()
    listed: tuple[Ints, Ints] = field(default=(np.empty(0, np.int32), np.empty(0, np.int32)))
    listed_worth: float = 0.0

    @property
    def count(self) -> int:
        """How many pairs there are."""
        return len(self.a)

    @property
    def is_tested(self) -> Bools:
        """Which pairs a backtest may hide: those that somebody's list would show."""
        asked: Bools = (self.asks[self.a] & (self.of_list[self.b] != NO_LIST)) | (
            self.asks[self.b] & (self.of_list[self.a] != NO_LIST)
        )
        if self.only_abroad:
            country = self.places.country
            own, other = country[self.a], country[self.b]
            asked &= (own != other) & (own >= 0) & (other >= 0)
        return asked

    def everything(self) -> Network:
        """All that is known of all pairs."""
        nothing = np.zeros(self.count, dtype=np.bool_)
        return self.network(~nothing, nothing)

    def network(self, known: Bools, hidden: Bools) -> Network:
        """What was known: some of the pairs, and the background without those that are hidden."""
        count = self.places.count
        a, b = self.listed
        gone = set(_keys(self.a[hidden], self.b[hidden], count).tolist())
        keep = np.array([key not in gone for key in _keys(a, b, count).tolist()], dtype=np.bool_)
        worth = np.full(int(keep.sum()), self.listed_worth)
        return self.places.with_ties(
            np.concatenate([self.a[known], a[keep]]),
            np.concatenate([self.b[known], b[keep]]),
            np.concatenate([self.worth[known], worth]),
        )


def _keys(a: Ints, b: Ints, count: int) -> NDArray[np.int64]:
    low, high = np.minimum(a, b).astype(np.int64), np.maximum(a, b)
    return low * count + high


def history_of_file(path: Path) -> tuple[History, Links]:
    """A list of twin towns, every link a document of its own; and all that its reading told.

    Raises: as `read_links`.
    """
    links = read_links(path)
    return history_of_links(links), links


def history_of_links(links: Links) -> History:
    """The links of a list, every one a document of its own."""
    number = {place.id: position for position, place in enumerate(links.places)}
    a = np.array([number[link.a] for link in links.links], dtype=np.int32)
    b = np.array([number[link.b] for link in links.links], dtype=np.int32)
    codes = np.array([place.country for place in links.places], dtype=str)
    _, country = np.unique(codes, return_inverse=True)
    count = len(links.places)
    lat, lon = spots(links.places)
    places = Network.of_links(
        [], [], count,
        country=np.where(codes == "", -1, country),
        lat=lat,
        lon=lon,
        names=[plain_name(place.name) for place in links.places],
    )  # fmt: skip
    return History(
        places, [place.id for place in links.places], a, b,
        year=np.array(links.years, dtype=np.int32),
        document=np.arange(len(a), dtype=np.int32),
        worth=np.ones(len(a)),
        of_list=np.zeros(count, dtype=np.int32),
        asks=np.ones(count, dtype=np.bool_),
        only_abroad=True,
    )  # fmt: skip
