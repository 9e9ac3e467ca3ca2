"""Which agreements a filter means, and how many there are of each kind, from the index alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from explorer.index import CATEGORIES, INSTRUMENTS, STATUSES, Bools, Index, Ints
from graph_loader import AgreementFilter, Facets, Lack

_GOALS: Final = range(1, 18)
_LIFTED: Final[dict[str, Any]] = {"status": frozenset(), "category": None, "instrument": None}
_NOTHING: Final[Ints] = np.empty(0, dtype=np.int32)

T = TypeVar("T")


def can_tell(where: AgreementFilter) -> bool:
    """Whether the index knows all that is asked for: it holds no texts and no sources."""
    return not (where.text.strip() or where.source)


def masked(index: Index, where: AgreementFilter) -> Bools:
    """The agreements of a filter that asks for no text and no source, as `AgreementFilter` says."""
    keep = np.ones(len(index.agreement_ids), dtype=np.bool_)
    if where.status:
        keep &= np.isin(index.status(where.day), [STATUSES.index(one) for one in where.status])
    if where.category is not None:
        keep &= (index.category & (1 << CATEGORIES.index(where.category))) > 0
    if where.instrument is not None:
        keep &= index.instrument == INSTRUMENTS.index(where.instrument)
    if where.topic:
        keep &= _only(index, index.topic_ids.get(where.topic, _NOTHING))
    if where.country:
        keep &= _of_country(index, where.country)
    for party in filter(None, (where.party, where.partner)):
        keep &= _only(index, _signed_by(index, party))
    if where.year_from is not None:
        keep &= (index.signed_year > 0) & (index.signed_year >= where.year_from)
    if where.year_to is not None:
        keep &= (index.signed_year > 0) & (index.signed_year <= where.year_to)
    if where.ends_from is not None:
        keep &= index.ends_last >= where.ends_from.toordinal()
    if where.ends_to is not None:
        keep &= (index.ends_last > 0) & (index.ends_last <= where.ends_to.toordinal())
    if where.lacking:
        keep &= np.logical_or.reduce([lacking(index, lack) for lack in sorted(where.lacking)])
    if where.among is not None:
        known = (index.agreement_number.get(id) for id in where.among)
        keep &= _only(index, np.array([n for n in known if n is not None], dtype=np.int32))
    return keep


def lacking(index: Index, lack: Lack) -> Bools:
    """The agreements of which that is not recorded."""
    recorded: dict[Lack, NDArray[Any]] = {
        Lack.SIGNED: index.signed_first,
        Lack.ENDS: index.ends_last,
        Lack.TOPIC: index.goals,
        Lack.SOURCE: index.sourced,
    }
    found: Bools = np.equal(recorded[lack], 0)
    return found


def counted(index: Index, where: AgreementFilter) -> Facets:
    """The counts of a filter that asks for no text and no source, as a store gives them."""

    def without(field: str) -> Bools:
        return masked(index, replace(where, **{field: _LIFTED.get(field, "")}))

    category, goals = index.category[without("category")], index.goals[without("topic")]
    return Facets(
        total=int(masked(index, where).sum()),
        status=_tally(STATUSES, index.status(where.day)[without("status")]),
        category={one: n for bit, one in enumerate(CATEGORIES) if (n := _with(category, bit))},
        instrument=_tally(INSTRUMENTS, index.instrument[without("instrument")]),
        goal={str(goal): n for goal in _GOALS if (n := _with(goals, goal))},
        country=_by_country(index, without("country")),
    )


def _only(index: Index, numbers: Ints) -> Bools:
    keep = np.zeros(len(index.agreement_ids), dtype=np.bool_)
    keep[numbers] = True
    return keep


def _signed_by(index: Index, party: str) -> Ints:
    return index.agreements_of(index.number[party]) if party in index.number else _NOTHING


def _of_country(index: Index, code: str) -> Bools:
    countries = index.countries
    if code not in countries.codes:
        return _only(index, _NOTHING)
    return _only(index, countries.agreement[countries.country == countries.codes.index(code)])


def _by_country(index: Index, keep: Bools) -> dict[str, int]:
    countries = index.countries
    counts = np.bincount(countries.country[keep[countries.agreement]])
    return {countries.codes[n]: int(counts[n]) for n in np.flatnonzero(counts)}


def _tally(values: Sequence[T], codes: NDArray[np.int8]) -> dict[T, int]:
    counts = np.bincount(codes, minlength=len(values))
    return {value: int(n) for value, n in zip(values, counts, strict=True) if n}


def _with(bits: NDArray[np.integer[Any]], bit: int) -> int:
    return int(np.count_nonzero(bits & (1 << bit)))
