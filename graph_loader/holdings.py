"""What a store holds, in numbers, for whoever watches over it."""

from __future__ import annotations

from typing import NamedTuple

from graph_loader.background.load import is_background
from graph_loader.model import Load
from graph_loader.store.base import GraphStore, Scan, Unfinished


def holdings(store: GraphStore, unfinished: Unfinished | None) -> dict[str, object]:
    """Its version, counts, sources and last loads, and the large load that is unfinished.

    While one is, all counts are None: there is no version to count. `background` counts places and
    the links between them, and names the lists that they come from.
    """
    version, counts = (
        (store.version(), _Counts())
        if unfinished
        else store.scan(lambda s: (s.version, _counted(s)))
    )
    return {
        "version": version,
        "parties": counts.parties,
        "agreements": counts.agreements,
        "background": {
            "places": counts.places,
            "links": counts.links,
            "sources": [source.id for source in store.sources() if is_background(source)],
        },
        "unfinished": _unfinished(unfinished) if unfinished else None,
        "sources": [{"id": source.id, "name": source.name} for source in store.sources()],
        "loads": [_load(load) for load in store.loads().items],
    }


class _Counts(NamedTuple):
    """How much there is of each kind, where it can be counted."""

    parties: int | None = None
    agreements: int | None = None
    places: int | None = None
    links: int | None = None


def _counted(scan: Scan) -> _Counts:
    kinds = (scan.parties, scan.agreements, scan.places, scan.background)
    return _Counts(*(sum(1 for _ in kind()) for kind in kinds))


def _unfinished(load: Unfinished) -> dict[str, object]:
    started = load.started.isoformat(timespec="seconds")
    return {"load": load.load, "source": load.source, "file": load.file, "started": started,
            "done": load.done, "total": load.total}  # fmt: skip


def _load(load: Load) -> dict[str, object]:
    finished = load.finished.isoformat(timespec="seconds")
    return {"id": load.id, "source": load.source, "file": load.file, "finished": finished,
            "accepted": load.accepted, "problems": load.problems}  # fmt: skip
