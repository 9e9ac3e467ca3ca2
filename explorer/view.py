"""What one request looks at: one version of the data, and what is asked of the store beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from explorer.index import Index
from explorer.masks import can_tell, counted
from graph_loader import (
    Agreement,
    AgreementFilter,
    Commodity,
    Facets,
    GraphStore,
    NotFound,
    Party,
    Topic,
    Unfinished,
)


@dataclass(frozen=True, slots=True)
class View:
    """What one request looks at: a store, the index of one version of it, and a day.

    `stale` says that the store did not answer when it was asked; `behind`, that it holds something
    newer, which is being read; `unfinished` is the large load that the index does not hold yet.
    `stamp` names the content that the index was built from, and is empty where it has no name.
    """

    store: GraphStore
    index: Index
    day: date
    stale: bool = False
    unfinished: Unfinished | None = None
    behind: bool = False
    stamp: str = ""
    _newcomers: dict[str, Party] = field(default_factory=dict, repr=False, compare=False)
    _documents: dict[str, Agreement | None] = field(default_factory=dict, repr=False, compare=False)

    @property
    def version(self) -> int:
        """The version that the index was built from."""
        return self.index.version

    @property
    def is_settled(self) -> bool:
        """Whether the store holds just what the index does, so that a page of it may be kept."""
        return bool(self.stamp) and not (self.stale or self.unfinished or self.behind)

    def topics(self) -> Sequence[Topic]:
        """Goals and targets, as the store has them in their order; kept with the index."""
        return self.index.remember("topics", self.store.topics, always=True)

    def commodities(self) -> Mapping[str, Commodity]:
        """Everything that is lacked or given, by id, in the store's order; kept with the index."""

        def ask() -> Mapping[str, Commodity]:
            return {commodity.id: commodity for commodity in self.store.commodities()}

        return self.index.remember("commodities", ask, always=True)

    def gather(self, ids: Iterable[str]) -> None:
        """Ask the store, all at once, for agreements that a page is going to show."""
        if new := set(ids) - self._documents.keys():
            found = self.store.by_ids(sorted(new))
            self._documents.update((id, found.get(id)) for id in new)

    def hold(self, agreement: Agreement) -> None:
        """Keep an agreement that the store has given, so that it is not asked for it again."""
        self._documents[agreement.id] = agreement

    def documents(self, ids: Sequence[str]) -> list[Agreement]:
        """Those of the agreements that the store has, in the order given."""
        self.gather(ids)
        return [found for id in ids if (found := self._documents[id]) is not None]

    def meet(self, ids: Iterable[str]) -> None:
        """Ask the store, all at once, for those parties that came after the index was read."""
        if new := {id for id in ids if id not in self.index.number} - self._newcomers.keys():
            self._newcomers.update(self.store.parties(sorted(new)))

    def party(self, id: str) -> Party:
        """A party of the index, or of the store where it came after. Raises: NotFound."""
        number = self.index.number.get(id)
        if number is not None:
            return self.index.parties[number]
        self.meet([id])
        if id not in self._newcomers:
            raise NotFound("party-unknown", id=id)
        return self._newcomers[id]

    def facets(self, where: AgreementFilter) -> Facets:
        """Counts of a filter, kept with the index while it is among the last ones asked for."""
        if can_tell(where):
            return self.index.remember(("facets", where), lambda: counted(self.index, where))
        return self.index.remember(("facets", where), lambda: self.store.facets(where))
