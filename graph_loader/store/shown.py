"""What both stores must agree on before anything is shown: who is heard, and who must be there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from graph_loader.claims import SourcedClaim
from graph_loader.model import Border, Category, Flow, Instrument
from graph_loader.status import Status
from graph_loader.store.base import Facets
from graph_loader.store.codec import decode_claims

Counts = Mapping[str, int]


def precedence(source: str, load: int) -> tuple[bool, int, str]:
    """The key by which the least of several statements about one subject is shown.

    The reference data first, then the newest load, then the source's name; agreements aside, whose
    claims are all heard.

    Example:
        >>> said = [("bureau", 3), ("reference", 1), ("bureau", 2)]
        >>> min(said, key=lambda one: precedence(*one))
        ('reference', 1)
    """
    return (source != "reference", -load, source)


def bounds(limit: int, offset: int) -> dict[str, int]:
    """Which part of a list is asked for, as parameters; never less than nothing.

    Example:
        >>> bounds(50, -1)
        {'limit': 50, 'offset': 0}
    """
    return {"limit": max(0, limit), "offset": max(0, offset)}


def named_parties(thing: object) -> tuple[str, ...]:
    """The parties that a border, a need or an offer rests on."""
    if isinstance(thing, Border):
        return (thing.a, thing.b)
    return (thing.party,) if isinstance(thing, Flow) else ()


def contested_of(rows: Iterable[Sequence[Any]]) -> dict[str, list[SourcedClaim]]:
    """The claims of those agreements that have several, as ranked.

    Of rows (agreement, source, load, body), all of one agreement together.
    """
    found: dict[str, list[SourcedClaim]] = {}
    for id, source, load, body in rows:
        said = [SourcedClaim(source, load, claim) for claim in decode_claims(body)]
        found.setdefault(id, []).extend(said)
    return {
        id: sorted(claims, key=lambda claim: claim.rank)
        for id, claims in found.items()
        if len(claims) > 1
    }


def facets_of(
    total: int, *, status: Counts, category: Counts, instrument: Counts, goal: Counts,
    country: Counts,
) -> Facets:  # fmt: skip
    """Counts as they came, by value, in the order that every store gives them.

    Example:
        >>> found = facets_of(3, status={}, category={}, instrument={}, goal={"10": 1, "2": 3},
        ...                   country={"jp": 2, "au": 1})
        >>> list(found.goal), list(found.country)
        (['2', '10'], ['au', 'jp'])
    """
    return Facets(
        total,
        {value: status[value] for value in Status if value in status},
        {value: category[value] for value in Category if value in category},
        {value: instrument[value] for value in Instrument if value in instrument},
        dict(sorted(goal.items(), key=lambda item: int(item[0]))),
        dict(sorted(country.items())),
    )
