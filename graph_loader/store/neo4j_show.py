"""What is shown, as rows for the statements of `cypher`: one call for each kind of thing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple, TypeVar

from graph_loader.model import (
    Agreement,
    BackgroundLink,
    Border,
    Commodity,
    Direction,
    Flow,
    Party,
    Place,
    Topic,
)
from graph_loader.store import cypher
from graph_loader.store.codec import digest, row_of
from graph_loader.store.neo4j import Row, Transaction
from graph_loader.store.neo4j_rows import (
    LABELS,
    Properties,
    agreement_properties,
    flow_properties,
    party_properties,
    place_properties,
    thing_properties,
)

T = TypeVar("T")


class Shown(NamedTuple):
    """A thing to show, and how its source put it."""

    subject: str
    body: str
    thing: object


def show_things(transaction: Transaction, kind: str, shown: Sequence[Shown]) -> None:
    """Topics, commodities, parties, borders, flows, places or background links, new or changed."""
    if shown:
        _SHOW[kind](transaction, shown)


def hide_things(transaction: Transaction, kind: str, subjects: Sequence[str]) -> None:
    """What no source states any more; parties are not hidden but dropped when unused."""
    for statement in cypher.HIDE.get(kind, ()) if subjects else ():
        transaction.put(statement, list(subjects))


def statement(kind: str, source: str, load: int, said: Shown) -> Row:
    """What a source says of anything but an agreement, for `cypher.STATE_OF`."""
    point = said.subject
    if isinstance(said.thing, Border):
        point = said.thing.a
    elif isinstance(said.thing, Flow):
        point = said.thing.party
    hash = digest(said.body).hex()
    return [source, point, said.subject, load, hash, said.body]


def agreement_statement(id: str, source: str, load: int, body: str) -> Row:
    """What a source says of an agreement, for `cypher.STATE_AGREEMENTS`."""
    return [source, id, load, row_of(body), digest(body).hex(), body]


class AgreementRows(NamedTuple):
    """Agreements as the statements take them."""

    agreements: list[Properties]
    signed: list[Row]
    addresses: list[Row]
    relations: list[tuple[str, Row]]

    @classmethod
    def of(cls, agreements: Iterable[Agreement], names: Mapping[str, str]) -> AgreementRows:
        """`names` has the folded names of every party that signs."""
        found = cls([], [], [], [])
        for one in agreements:
            signers = [names[s.party] for s in one.parties]
            found.agreements.append(agreement_properties(one, signers))
            found.signed.extend(
                [one.id, s.party, n, s.role or None] for n, s in enumerate(one.parties)
            )
            found.addresses.extend([one.id, t.topic, list(t.words) or None] for t in one.topics)
            found.relations.extend(
                (r.kind.value, [one.id, r.other, n]) for n, r in enumerate(one.relations)
            )
        return found

    def show(self, transaction: Transaction) -> None:
        """Show them, where nothing of an earlier state is left."""
        ids = [properties["id"] for properties in self.agreements]
        transaction.put(cypher.REVIVE, ids)
        transaction.put(cypher.SHOW_AGREEMENTS, self.agreements)
        transaction.put(cypher.SHOW_SIGNED, self.signed)
        transaction.put(cypher.SHOW_ADDRESSES, self.addresses)
        self._relate(transaction)

    def _relate(self, transaction: Transaction) -> None:
        """What they refer to; where that is not there (yet), it is only mentioned."""
        if not self.relations:
            return
        transaction.put(cypher.MENTION, [row[1] for _, row in self.relations])
        for kind, rows in _by(self.relations, lambda pair: pair[0]):
            transaction.put(cypher.SHOW_RELATIONS[kind], [row for _, row in rows])


def _show_parties(transaction: Transaction, shown: Sequence[Shown]) -> None:
    parties = [one.thing for one in shown if isinstance(one.thing, Party)]
    for labels, mine in _by(parties, lambda party: ":".join(LABELS[party.level])):
        rows = [party_properties(party) for party in mine]
        transaction.put(cypher.show_parties(labels), rows)
    ids = [party.id for party in parties]
    transaction.put(cypher.UNLINK_PARTIES, ids)
    for statement in cypher.LINK_PARTIES:
        transaction.put(statement, ids)


def _show_topics(transaction: Transaction, shown: Sequence[Shown]) -> None:
    for goals in (True, False):
        rows = [
            thing_properties(one.thing, one.body)
            for one in shown
            if isinstance(one.thing, Topic) and (not one.thing.goal) == goals
        ]
        transaction.put(cypher.SHOW_GOALS if goals else cypher.SHOW_TARGETS, rows)


def _show_commodities(transaction: Transaction, shown: Sequence[Shown]) -> None:
    rows = [
        thing_properties(one.thing, one.body) for one in shown if isinstance(one.thing, Commodity)
    ]
    transaction.put(cypher.SHOW_COMMODITIES, rows)


def _show_borders(transaction: Transaction, shown: Sequence[Shown]) -> None:
    rows: list[Row] = [
        [one.thing.a, one.thing.b, thing_properties(one.thing, one.body, without=("a", "b"))]
        for one in shown
        if isinstance(one.thing, Border)
    ]
    transaction.put(cypher.SHOW_BORDERS, rows)


def _show_flows(transaction: Transaction, shown: Sequence[Shown]) -> None:
    for statement in cypher.HIDE_FLOWS:
        transaction.put(statement, [one.subject for one in shown])
    for direction, type in ((Direction.NEED, "NEEDS"), (Direction.OFFER, "OFFERS")):
        rows: list[Row] = [
            [flow.party, flow.commodity, flow_properties(flow, one.body)]
            for one in shown
            if isinstance(flow := one.thing, Flow) and flow.direction is direction
        ]
        transaction.put(cypher.SHOW_FLOWS[type], rows)


def _show_places(transaction: Transaction, shown: Sequence[Shown]) -> None:
    rows = [place_properties(one.thing) for one in shown if isinstance(one.thing, Place)]
    transaction.put(cypher.SHOW_PLACES, rows)


def _show_background(transaction: Transaction, shown: Sequence[Shown]) -> None:
    rows: list[Row] = [
        [one.subject, one.thing.a, one.thing.b]
        for one in shown
        if isinstance(one.thing, BackgroundLink)
    ]
    transaction.put(cypher.SHOW_TWIN_TOWNS, rows)


_SHOW = {
    "topic": _show_topics,
    "commodity": _show_commodities,
    "party": _show_parties,
    "border": _show_borders,
    "flow": _show_flows,
    "place": _show_places,
    "background": _show_background,
}


def _by(things: Iterable[T], key: Any) -> Iterator[tuple[str, list[T]]]:
    for value, found in groupby(sorted(things, key=key), key=key):
        yield value, list(found)
