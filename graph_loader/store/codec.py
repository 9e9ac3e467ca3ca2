"""What a source states, as compact JSON and back: the bodies of statements, and their hashes.

Both stores keep the same bodies, so a load compares by hash and a copy between them is exact.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import cache, lru_cache
from hashlib import blake2b
from operator import attrgetter
from typing import Any

from graph_loader.dates import PartialDate
from graph_loader.model import (
    BackgroundLink,
    Batch,
    Border,
    Claim,
    Commodity,
    Direction,
    Flow,
    Instrument,
    Party,
    Place,
    Relation,
    RelationKind,
    Signatory,
    Topic,
    TopicTag,
    make_party,
)

Body = str
dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_quote = json.encoder.encode_basestring


def digest(body: Body) -> bytes:
    """Sixteen bytes that two bodies share only if they are the same."""
    return blake2b(body.encode(), digest_size=16).digest()


def encode_claims(claims: tuple[Claim, ...]) -> Body:
    """All that one source says of one agreement."""
    return "[" + ",".join([_claim_body(claim) for claim in claims]) + "]"


def decode_claims(body: Body) -> tuple[Claim, ...]:
    """The inverse of `encode_claims`."""
    return tuple(_claim(row) for row in json.loads(body))


def row_of(claims: Body) -> int:
    """The row of its file that the first of some encoded claims cites.

    Example:
        >>> row_of('[[12,"p",[]]]')
        12
    """
    return int(claims[2 : claims.index(",")])


def encode(thing: object) -> Body:
    """Any other thing of the model, its fields in order."""
    return dump(_fields(type(thing))(thing))  # type: ignore[arg-type]  # classes are hashable


def decode(kind: str, body: Body) -> Any:
    """The thing that a body of this kind of statement holds."""
    return _DECODERS[kind](json.loads(body))


def subjects(batch: Batch) -> Mapping[str, dict[str, object]]:
    """Everything but agreements in a batch, by kind and subject, in the order of writing."""
    return {
        "topic": {topic.id: topic for topic in batch.topics},
        "commodity": {commodity.id: commodity for commodity in batch.commodities},
        "party": {party.id: party for party in batch.parties},
        "border": {f"{border.a}|{border.b}": border for border in batch.borders},
        "flow": {flow.id: flow for flow in batch.flows},
        "place": {place.id: place for place in batch.places},
        "background": {f"{link.a}|{link.b}": link for link in batch.background},
    }


@cache
def _fields(kind: type[Any]) -> attrgetter[tuple[object, ...]]:
    return attrgetter(*(one.name for one in fields(kind)))


def _claim_body(claim: Claim) -> str:
    """Written out, because a load has a hundred thousand of them; `_claim` reads it back."""
    parties = ",".join([f"[{_quote(s.party)},{_quote(s.role)}]" for s in claim.parties])
    relations = dump([[r.kind, r.other] for r in claim.relations]) if claim.relations else "[]"
    sheet = f",{_quote(claim.sheet)}" if claim.sheet else ""  # a CSV file has none
    return (
        f"[{claim.row},{_quote(claim.page)},[{parties}],{_quote(claim.instrument)},"
        f'{_quote(claim.title)},"{_text(claim.signed)}","{_text(claim.ends)}",'
        f"{_quote(claim.stated_status)},{_quote(claim.topic_text)},{_tags(claim.topics)},"
        f'{_quote(claim.outcome)},"{_text(claim.stated)}",{_quote(claim.note)},{relations}{sheet}]'
    )


@lru_cache(maxsize=65_536)  # because a register has few sets of topics
def _tags(tags: tuple[TopicTag, ...]) -> str:
    return dump([[tag.topic, *tag.words] for tag in tags])


def _claim(row: list[Any]) -> Claim:
    return Claim(
        row=row[0],
        page=row[1],
        parties=tuple(Signatory(party, role) for party, role in row[2]),
        instrument=Instrument(row[3]),
        title=row[4],
        signed=_date(row[5]),
        ends=_date(row[6]),
        stated_status=row[7],
        topic_text=row[8],
        topics=tuple(TopicTag(topic, tuple(words)) for topic, *words in row[9]),
        outcome=row[10],
        stated=_date(row[11]),
        note=row[12],
        relations=tuple(Relation(RelationKind(kind), other) for kind, other in row[13]),
        sheet=row[14] if len(row) > 14 else "",
    )


@lru_cache(maxsize=65_536)  # because a century has fewer days
def _text(date: PartialDate | None) -> str:
    return str(date or "")


def _date(text: str) -> PartialDate | None:
    return PartialDate.parse(text) if text else None


def _party(row: list[Any]) -> Party:
    return make_party(*(*row[:-1], tuple(row[-1])))


def _flow(row: list[Any]) -> Flow:
    return Flow(row[0], row[1], Direction(row[2]), *row[3:])


def _commodity(row: list[Any]) -> Commodity:
    return Commodity(*(*row[:-1], tuple(row[-1])))


_DECODERS: Mapping[str, Callable[[list[Any]], object]] = {
    "topic": lambda row: Topic(*row),
    "commodity": _commodity,
    "party": _party,
    "border": lambda row: Border(*row),
    "flow": _flow,
    "place": lambda row: Place(*row),
    "background": lambda row: BackgroundLink(*row),
}
