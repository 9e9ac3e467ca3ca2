"""What a store takes in: one alphabet of ids, and text that can be written down.

The loader makes no other; this is for whoever hands a store a batch of their own. So no store
ever meets an id that its indexes, its keys of two ids or an address cannot hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from graph_loader.errors import BadInput
from graph_loader.model import Batch, Claim

MAX_ID: Final = 500  # because Neo4j indexes up to some 8,000 bytes, a tie two ids; ours have 100
_ID: Final = re.compile(rf"[a-z0-9.-]{{1,{MAX_ID}}}")
_TOPIC: Final = re.compile(r"(?:[1-9]|1[0-7])(?:\.[a-z0-9]{1,9})?")
_SHOWN: Final = 60  # because an error is a sentence


def require_sound(batch: Batch) -> None:
    """See that a store can take a batch in, but for the texts that are hashed in any case.

    Raises: BadInput ("id-unusable", "text-unusable") for the first that it cannot.
    Cost: 0.1 s for 100,000 agreements.
    """
    _require(_ID, _ids(batch))
    _require(_TOPIC, _topics(batch))
    with writable():
        for text in _beside(batch):
            text.encode()


@contextmanager
def writable() -> Iterator[None]:
    """Half of a character (a lone surrogate) has no bytes. Raises: BadInput ("text-unusable")."""
    try:
        yield
    except UnicodeEncodeError as error:
        said = error.object[max(0, error.start - _SHOWN) : error.end]
        raise BadInput("text-unusable", value=askable(said)) from error


def askable(value: Any) -> Any:
    """A value that a store may be asked for: a text that cannot be written down is in no store.

    Example:
        >>> askable("35.25"), askable(["35" + chr(0xD800)]), askable(7)
        ('35.25', ['35?'], 7)
    """
    if isinstance(value, list):
        return [askable(one) for one in value]
    if not isinstance(value, str) or value.isascii():
        return value
    return value.encode(errors="replace").decode()


def _require(form: re.Pattern[str], ids: Iterable[str]) -> None:
    for id in ids:
        if not form.fullmatch(id):
            raise BadInput("id-unusable", id=askable(id[:_SHOWN]))


def _ids(batch: Batch) -> Iterator[str]:
    """Of all that is not named by an id that is checked already."""
    yield batch.source.id
    for party in batch.parties:
        yield party.id
        yield from filter(None, {party.country, party.part_of})
    for stated in batch.agreements:
        yield stated.id
        yield from stated.aliases
    yield from {relation.other for claim in _claims(batch) for relation in claim.relations}
    yield from (commodity.id for commodity in batch.commodities)
    for flow in batch.flows:
        yield from (flow.id, flow.commodity)
    for place in batch.places:
        yield from filter(None, (place.id, place.country))
    for link in batch.background:
        yield from (link.a, link.b)


def _beside(batch: Batch) -> Iterator[str]:
    """Texts that a store keeps of a load, beside what its source states."""
    source = batch.source
    yield from (source.name, source.licence, source.page, batch.file)
    for problem in batch.problems:
        yield from (problem.code, problem.file, problem.sheet, problem.column, problem.value)


def _topics(batch: Batch) -> Iterator[str]:
    for topic in batch.topics:
        yield topic.id
        yield from filter(None, (topic.goal,))
    yield from {tag.topic for claim in _claims(batch) for tag in claim.topics}


def _claims(batch: Batch) -> Iterator[Claim]:
    return (claim for stated in batch.agreements for claim in stated.claims)
