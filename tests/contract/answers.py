"""Every answer that a store gives to whoever reads it: two stores that hold the same agree."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import cycle, pairwise, product

from explorer.index import Index
from graph_loader.errors import Moved, NotFound
from graph_loader.model import Category, Direction, Instrument, Party
from graph_loader.status import Status
from graph_loader.store.base import AgreementFilter, GraphStore, Order, Page, Scan

DAYS = (date(2005, 6, 1), date(2026, 11, 25))
TEXTS = ("", "kerja", "osaka", "tosa beras")
YEARS = ((None, 1990), (2005, None), (2005, 2005))
PAGES = ((3, 0), (2, 3), (0, 0), (500, 90))  # limit and offset

Answers = dict[str, object]


def answers(store: GraphStore, few: int = 1_000, *, crossed: bool = False) -> Answers:
    """What the store says to every question of the contract, by question.

    `few` is how many parties at most are asked about one by one, and agreements in proportion.
    Lists come for each filter in one order in turn; `crossed` asks for each filter in each order.
    """
    return dict(_answers(store, few, crossed))


def scanned(scan: Scan) -> Answers:
    """All that a scan gives, list by list."""
    names = (
        "parties", "agreements", "signed", "addresses", "borders", "flows", "places",
        "background", "sources", "loads", "problems", "changes", "statements", "aliases",
    )  # fmt: skip
    return {"version": scan.version} | {name: list(getattr(scan, name)()) for name in names}


def searched(
    store: GraphStore,
    texts: Sequence[str],
    topics: Sequence[str],
    *,
    few: int,
    part: slice = slice(None),
) -> Answers:
    """What the store says to searches of every kind: pages of lists, their lengths, and counts.

    `few` is how many parties are asked about, from among all; `part` which of the searches.
    """
    everyone = store.scan(lambda scan: list(scan.parties()))
    asked = everyone[:: max(1, len(everyone) // few)]
    filters = list(_filters(asked, texts, topics))[part]
    found: Answers = {}
    for where, order in zip(filters, cycle(Order)):
        page = store.agreements(where, order=order, limit=7)
        found[f"{order} {where}"] = (list(page.items), page.total)
        found[f"facets {where}"] = store.facets(where)
    for (limit, offset), order in product(PAGES, Order):
        page = store.agreements(AgreementFilter(DAYS[1]), order=order, limit=limit, offset=offset)
        found[f"{order} {limit} {offset}"] = (list(page.items), page.total)
    for party, limit in product(asked, (0, 2)):
        near = store.neighbourhood(party.id, DAYS[1], limit=limit)
        found[f"near {party.id} {limit}"] = (list(near.neighbours), near.total, dict(near.hidden))
    return found | dict(_some_flows(store, asked)) | dict(_some_of_loads(store))


def indexed(store: GraphStore) -> Answers:
    """Every array that the index of the store is made of: its type, its shape and its bytes."""
    arrays = store.scan(Index.build).arrays
    return {
        f"index {name}": (array.dtype.str, array.shape, array.tobytes())
        for name, array in arrays.items()
    }


def _answers(store: GraphStore, few: int, crossed: bool) -> Iterator[tuple[str, object]]:
    every = store.scan(scanned)
    yield from ((f"scan {name}", found) for name, found in every.items())
    yield "version", store.version()
    yield "is stamped", bool(store.state().stamp)
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
    yield "parties", dict(store.parties(parties))
    parties = parties[:: 1 + len(parties) // few]
    yield from _of_parties(store, parties)
    yield "by ids", dict(store.by_ids(ids))
    for id in [*ids[:: 1 + len(ids) // (10 * few)], *aliases]:
        yield f"party {id}", _or_error(lambda id=id: store.party(id))  # type: ignore[misc]
        yield f"agreement {id}", _or_error(lambda id=id: store.agreement(id))  # type: ignore[misc]
    yield from _lists(store, parties, crossed)


def _loads(store: GraphStore) -> Iterator[tuple[str, object]]:
    loads = store.loads(limit=500)
    yield "loads", (list(loads.items), loads.total)
    for load in loads.items:
        problems, changes = store.problems(load.id, limit=500), store.changes(load.id, limit=500)
        yield f"problems {load.id}", (list(problems.items), problems.total)
        yield f"changes {load.id}", (list(changes.items), changes.total)


def _of_parties(store: GraphStore, parties: list[str]) -> Iterator[tuple[str, object]]:
    for id, day in product(parties, DAYS):
        near = store.neighbourhood(id, day, limit=3)
        yield f"near {id} {day}", (list(near.neighbours), near.total, dict(near.hidden))
    for id in parties:
        yield f"borders {id}", list(store.borders(id))
        yield f"flows {id}", list(store.flows(party=id))
    yield "flows", list(store.flows())
    yield "needs", list(store.flows(direction=Direction.NEED))


def _lists(store: GraphStore, parties: list[str], crossed: bool) -> Iterator[tuple[str, object]]:
    filters = [AgreementFilter(day, text=text) for day, text in product(DAYS, TEXTS)]
    filters += [AgreementFilter(DAYS[1], party=id) for id in parties]
    filters += [AgreementFilter(DAYS[1], source=source.id) for source in store.sources()]
    filters += [AgreementFilter(DAYS[1], topic=topic) for topic in ("2", "2.1", "17")]
    for where in filters:
        yield f"facets {where}", store.facets(where)
    in_turn = [*product(filters[:1], Order), *zip(filters[1:], cycle(Order))]
    for where, order in product(filters, Order) if crossed else in_turn:
        page = store.agreements(where, order=order, limit=100)
        yield f"{order} {where}", (list(page.items), page.total)


def _filters(
    asked: Sequence[Party], texts: Sequence[str], topics: Sequence[str]
) -> Iterator[AgreementFilter]:
    every = AgreementFilter(DAYS[1])
    yield from (replace(every, text=text) for text in texts)
    yield from (replace(every, topic=topic) for topic in topics)
    yield from (replace(every, category=category) for category in Category)
    yield from (replace(every, instrument=instrument) for instrument in Instrument)
    yield from (AgreementFilter(day, status=frozenset({s})) for day, s in product(DAYS, Status))
    yield from (replace(every, year_from=first, year_to=last) for first, last in YEARS)
    for country in sorted({party.country for party in asked}):
        yield replace(every, country=country, status=frozenset({Status.ACTIVE, Status.OPEN}))
    for one, other in pairwise(asked):
        yield replace(every, party=one.id, partner=other.id)
        yield replace(every, partner=one.id, country=other.country, year_from=1990)
        yield replace(every, party=one.id, text=texts[-1], topic=topics[0])


def _some_flows(store: GraphStore, asked: Sequence[Party]) -> Iterator[tuple[str, object]]:
    goods = sorted({flow.commodity for flow in store.flows()})
    parties = ["", *(party.id for party in asked)]
    for commodity, party, direction in product(["", *goods], parties, (None, *Direction)):
        found = store.flows(party=party, commodity=commodity, direction=direction)
        yield f"flows {commodity} {party} {direction}", list(found)


def _some_of_loads(store: GraphStore) -> Iterator[tuple[str, object]]:
    for limit, offset in PAGES:
        loads = store.loads(limit=limit, offset=offset)
        yield f"loads {limit} {offset}", ([load.id for load in loads.items], loads.total)
        for load in loads.items:
            for ask in (store.problems, store.changes):
                page: Page[object] = ask(load.id, limit=limit, offset=offset)  # type: ignore[assignment]
                yield f"{ask.__name__} {load.id} {limit} {offset}", (list(page.items), page.total)
    yield "problems of no load", _or_error(lambda: store.problems(999))
    yield "changes of no load", _or_error(lambda: store.changes(0))


def _or_error(ask: Callable[[], object]) -> object:
    try:
        return ask()
    except (NotFound, Moved) as error:
        return type(error), error.code, dict(error.params)
