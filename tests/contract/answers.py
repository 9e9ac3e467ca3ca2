"""Every answer that a store gives to whoever reads it: two stores that hold the same agree."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import product

from graph_loader.errors import Moved, NotFound
from graph_loader.model import Direction
from graph_loader.store.base import AgreementFilter, GraphStore, Order, Scan

DAYS = (date(2005, 6, 1), date(2026, 11, 25))
TEXTS = ("", "kerja", "osaka", "tosa beras")

Answers = dict[str, object]


def answers(store: GraphStore) -> Answers:
    """What the store says to every question of the contract, by question."""
    return dict(_answers(store))


def scanned(scan: Scan) -> Answers:
    """All that a scan gives, list by list."""
    names = (
        "parties", "agreements", "signed", "addresses", "borders", "flows", "background",
        "sources", "loads", "problems", "changes", "statements", "aliases",
    )  # fmt: skip
    return {"version": scan.version} | {name: list(getattr(scan, name)()) for name in names}


def _answers(store: GraphStore) -> Iterator[tuple[str, object]]:
    every = store.scan(scanned)
    yield from ((f"scan {name}", found) for name, found in every.items())
    yield "version", store.version()
    yield "topics", list(store.topics())
    yield "commodities", list(store.commodities())
    yield "sources", list(store.sources())
    yield from _loads(store)
    parties, ids, aliases = store.scan(
        lambda scan: (
            [party.id for party in scan.parties()],
            [row.id for row in scan.agreements()],
            [alias.id for alias in scan.aliases()],
        )
    )
    yield from _of_parties(store, parties)
    yield "by ids", dict(store.by_ids(ids))
    for id in [*ids, *aliases]:
        yield f"party {id}", _or_error(lambda id=id: store.party(id))  # type: ignore[misc]
        yield f"agreement {id}", _or_error(lambda id=id: store.agreement(id))  # type: ignore[misc]
    yield from _lists(store, parties)


def _loads(store: GraphStore) -> Iterator[tuple[str, object]]:
    loads = store.loads(limit=500)
    yield "loads", (list(loads.items), loads.total)
    for load in loads.items:
        problems, changes = store.problems(load.id, limit=500), store.changes(load.id, limit=500)
        yield f"problems {load.id}", (list(problems.items), problems.total)
        yield f"changes {load.id}", (list(changes.items), changes.total)


def _of_parties(store: GraphStore, parties: list[str]) -> Iterator[tuple[str, object]]:
    yield "parties", dict(store.parties(parties))
    for id, day in product(parties, DAYS):
        near = store.neighbourhood(id, day, limit=3)
        yield f"near {id} {day}", (list(near.neighbours), near.total, dict(near.hidden))
    for id in parties:
        yield f"borders {id}", list(store.borders(id))
        yield f"flows {id}", list(store.flows(party=id))
    yield "flows", list(store.flows())
    yield "needs", list(store.flows(direction=Direction.NEED))


def _lists(store: GraphStore, parties: list[str]) -> Iterator[tuple[str, object]]:
    filters = [AgreementFilter(day, text=text) for day, text in product(DAYS, TEXTS)]
    filters += [AgreementFilter(DAYS[1], party=id) for id in parties]
    filters += [AgreementFilter(DAYS[1], source=source.id) for source in store.sources()]
    filters += [AgreementFilter(DAYS[1], topic=topic) for topic in ("2", "2.1", "17")]
    for where in filters:
        yield f"facets {where}", store.facets(where)
        for order in Order:
            page = store.agreements(where, order=order, limit=500)
            yield f"{order} {where}", (list(page.items), page.total)


def _or_error(ask: Callable[[], object]) -> object:
    try:
        return ask()
    except (NotFound, Moved) as error:
        return type(error), error.code, dict(error.params)
