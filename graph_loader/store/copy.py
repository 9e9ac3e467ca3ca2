"""A whole store into another: taken over, then compared by counts and by a checksum."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing
from dataclasses import fields
from datetime import UTC, datetime
from hashlib import blake2b
from itertools import islice
from typing import Any, NamedTuple

from graph_loader.errors import BadInput, NotFound, StoreRefused
from graph_loader.model import Load
from graph_loader.store.access import Access
from graph_loader.store.base import GraphStore, Progress, Scan
from graph_loader.store.codec import dump, encode
from graph_loader.store.open import existing_store, open_store

_ROWS_AT_ONCE = 5_000  # because so many rows are some megabytes, and progress is told between


class Content(NamedTuple):
    """How much a store holds of each kind, and a checksum over all that it states and shows.

    Stores that hold the same have the same content, whatever their kind.
    """

    version: int
    parties: int
    agreements: int
    statements: int
    loads: int
    problems: int
    changes: int
    sources: int
    aliases: int
    checksum: str


def content_checksum(scan: Scan, progress: Progress | None = None) -> Content:
    """The content of a store, which store it is left aside. `progress` is told in statements.

    Cost: reads everything once, and keeps none of it.
    """
    told = progress or _silent
    total = blake2b(f"{scan.version}\n".encode(), digest_size=16)
    counts: dict[str, int] = {}
    for kind, write in _LISTS.items():
        rows: Iterator[str] = map(write, getattr(scan, kind)())
        total.update(f"{kind}\n".encode())
        counts[kind] = 0
        while chunk := list(islice(rows, _ROWS_AT_ONCE)):
            total.update("".join(f"{row}\n" for row in chunk).encode())
            counts[kind] += len(chunk)
            if kind == "statements":
                told("compare", counts[kind], 0)
    counted = {name: count for name, count in counts.items() if name in Content._fields}
    return Content(scan.version, **counted, checksum=total.hexdigest())


def copy_store(source: GraphStore, target: GraphStore, progress: Progress | None = None) -> Content:
    """Take over all that a store holds into an empty one, and make sure that it is the same.

    Raises:
        BadInput: ("copy-not-empty") the target holds something.
        StoreRefused: ("copy-differs", what=…) the copy does not hold what the original held.
        LoadBusy: a load is writing to the target.
    """
    tell = progress or _silent
    state = target.state()
    if state.version and state.unfinished is None:  # told at once, not after a long count
        raise BadInput("copy-not-empty")
    taken: list[Content] = []

    def take(scan: Scan) -> Content:
        if not taken:  # a scan that moves after its copy was confirmed is read anew for nothing
            content = content_checksum(scan, tell)
            target.restore(scan, _of(content.statements, tell))
            taken.append(content)
        return taken[0]

    original = source.scan(take)
    tell_of = _of(original.statements, tell)
    copy = target.scan(lambda scan: content_checksum(scan, tell_of))
    if copy != original:
        raise StoreRefused("copy-differs", what=_difference(original, copy))
    return original


def copy_between(
    origin: str, target: str, access: Access, progress: Progress | None = None
) -> Content:
    """`copy_store` between two addresses; both ends are asked with the same access.

    Raises: as `copy_store` and `open_store` do;
        NotFound: ("copy-nothing-there", address=…) there is no store to copy.
        BadInput: ("copy-onto-itself") both addresses are of one store.
    """
    with ExitStack() as stack:
        source = existing_store(origin, access)
        if source is None:
            raise NotFound("copy-nothing-there", address=origin)
        stack.enter_context(closing(source))
        empty = stack.enter_context(closing(open_store(target, access)))
        if source.identity().uuid == empty.identity().uuid:
            raise BadInput("copy-onto-itself")
        return copy_store(source, empty, progress)


def _load(load: Load) -> str:
    values = [getattr(load, one.name) for one in fields(Load)]
    return dump([_moment(value) if isinstance(value, datetime) else value for value in values])


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


_LISTS: Mapping[str, Callable[[Any], str]] = {
    "parties": encode,
    "agreements": dump,
    "signed": dump,
    "addresses": dump,
    "borders": encode,
    "flows": encode,
    "places": encode,
    "background": encode,
    "sources": encode,
    "loads": _load,
    "problems": lambda found: dump([found[0], encode(found[1])]),
    "changes": dump,
    "statements": dump,
    "aliases": dump,
}
"""Each list of a scan, and its rows as text that two rows share only if they are the same."""


def _difference(original: Content, copy: Content) -> str:
    """The counts that differ, each as (original, copy); the checksum alone where they agree.

    Example:
        >>> one = Content(1, 10, 5, 15, 1, 0, 5, 1, 0, "aa")
        >>> _difference(one, one._replace(agreements=4, checksum="bb"))
        'agreements 5/4'
    """
    pairs = zip(Content._fields, original, copy, strict=True)
    differing = [f"{name} {one}/{other}" for name, one, other in pairs if one != other]
    return ", ".join(differing[:-1] or differing)


def _of(total: int, tell: Progress) -> Progress:
    """Progress of something whose length is known by now."""

    def told(stage: str, done: int, unknown: int) -> None:
        tell(stage, done, unknown or total)

    return told


def _silent(stage: str, done: int, total: int) -> None:
    """Nobody is looking."""
