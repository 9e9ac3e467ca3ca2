"""What a store holds, in numbers, for whoever watches over it."""

from __future__ import annotations

from graph_loader.model import Load
from graph_loader.store.base import GraphStore, Scan, Unfinished


def holdings(store: GraphStore, unfinished: Unfinished | None) -> dict[str, object]:
    """Its version, counts, sources and last loads, and the large load that is unfinished.

    While one is, `parties` and `agreements` are None: there is no version to count.
    """
    version, parties, agreements = (
        (store.version(), None, None) if unfinished else store.scan(_counted)
    )
    return {
        "version": version,
        "parties": parties,
        "agreements": agreements,
        "unfinished": _unfinished(unfinished) if unfinished else None,
        "sources": [{"id": source.id, "name": source.name} for source in store.sources()],
        "loads": [_load(load) for load in store.loads().items],
    }


def _counted(scan: Scan) -> tuple[int, int | None, int | None]:
    return scan.version, sum(1 for _ in scan.parties()), sum(1 for _ in scan.agreements())


def _unfinished(load: Unfinished) -> dict[str, object]:
    started = load.started.isoformat(timespec="seconds")
    return {"load": load.load, "source": load.source, "file": load.file, "started": started,
            "done": load.done, "total": load.total}  # fmt: skip


def _load(load: Load) -> dict[str, object]:
    finished = load.finished.isoformat(timespec="seconds")
    return {"id": load.id, "source": load.source, "file": load.file, "finished": finished,
            "accepted": load.accepted, "problems": load.problems}  # fmt: skip
