"""From one scan of a store to the arrays of an index."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

import numpy as np
from scipy.sparse import csr_array

from explorer.index.background import gather_background
from explorer.index.codes import (
    COUNTERPART_BIT,
    DISPUTABLE,
    INSTRUMENT_CODE,
    IS_REGION,
    KSDD_BIT,
    STATED_CODE,
    Ints,
)
from explorer.index.layout import Array, Arrays, frozen
from explorer.index.parties import gather_parties
from explorer.index.texts import Texts, in_arrays, located, written
from graph_loader import Party, Scan, conflicts

_EPOCH: Final = date(1970, 1, 1).toordinal()
_ROW: Final = np.dtype([(name, np.int32) for name in (
    "instrument", "stated", "signed_first", "signed_last", "ends_last", "sourced")])  # fmt: skip
_PAIR: Final = np.dtype([("agreement", np.int32), ("other", np.int32)])

Numbered = Mapping[str, int]


def gather(scan: Scan) -> Arrays:
    """Read one scan to its end, each list once.

    Cost: a second for 100,000 agreements, of which most is the store's own reading.
    """
    parties = located(scan.parties())
    number = {party.id: position for position, party in enumerate(parties)}
    of_parties = gather_parties(parties, number)
    ids, columns = _agreements(scan)
    agreement = {id: position for position, id in enumerate(ids)}
    members = _members(scan, agreement, number)
    return frozen(
        {"version": np.array([scan.version], dtype=np.int64)}
        | of_parties
        | in_arrays("agreement", Texts.of(ids))
        | columns
        | _signed(members, of_parties["level"])
        | {"disputed": _disputed(scan, agreement)}
        | _topics(scan, agreement)
        | _countries(members, parties)
        | in_arrays("border", written(scan.borders()))
        | in_arrays("flow", written(scan.flows()))
        | gather_background(scan, parties, number)
    )


def _agreements(scan: Scan) -> tuple[list[str], dict[str, Array]]:
    ids: list[str] = []

    def each() -> Iterator[tuple[int, ...]]:
        for id, instrument, stated, *days in scan.agreements():
            ids.append(id)
            yield (INSTRUMENT_CODE[instrument], STATED_CODE[stated], *days)

    rows = np.fromiter(each(), dtype=_ROW)
    days = {name: rows[name].copy() for name in ("signed_first", "signed_last", "ends_last")}
    codes = {name: rows[name].astype(np.int8) for name in ("instrument", "stated", "sourced")}
    return ids, codes | days | {"signed_year": _years(days["signed_first"])}


def _disputed(scan: Scan, agreement: Numbered) -> Array:
    """Of each agreement the fields that its claims dispute, a bit for each of `DISPUTABLE`."""
    found = np.zeros(len(agreement), dtype=np.int8)
    for id, claims in scan.contested():
        fields = conflicts([one.claim for one in claims])
        if id in agreement:  # a store that moves meanwhile is read anew
            found[agreement[id]] = sum(1 << DISPUTABLE.index(field) for field in fields)
    return found


def _years(days: Ints) -> Array:
    """The year of each day, 0 where it is not known."""
    since = (days - _EPOCH).astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64)
    return np.where(days > 0, since + 1970, 0).astype(np.int16)


def _members(scan: Scan, agreement: Numbered, number: Numbered) -> csr_array:
    pairs = np.fromiter(((agreement[a], number[p]) for a, p in scan.signed()), dtype=_PAIR)
    times = np.ones(len(pairs), dtype=np.int8)
    shape = (len(agreement), len(number))
    matrix = csr_array((times, (pairs["agreement"], pairs["other"])), shape=shape)
    matrix.sort_indices()
    return matrix


def _signed(members: csr_array, level: Array) -> dict[str, Array]:
    of_party = members.T.tocsr()
    return {
        "size": np.diff(members.indptr).astype(np.int32),
        "category": _categories(members, level),
    } | {
        f"{name}{part}": array.astype(kind)
        for name, matrix in (("members", members), ("of_party", of_party))
        for part, array, kind in (("_start", matrix.indptr, np.int32),
                                  ("", matrix.indices, np.int32),
                                  ("_times", matrix.data, np.int8))
    }  # fmt: skip


def _categories(members: csr_array, level: Array) -> Array:
    """As `graph_loader.claims.categories`, for all agreements at once."""
    times = members.astype(np.int32)
    regions = times @ IS_REGION[level].astype(np.int32)
    found = np.where(regions > 1, KSDD_BIT, 0)
    for bit in np.unique(COUNTERPART_BIT[COUNTERPART_BIT > 0]):
        found |= np.where(times @ (COUNTERPART_BIT[level] == bit).astype(np.int32) > 0, bit, 0)
    return np.where(regions > 0, found, 0).astype(np.int16)


def _topics(scan: Scan, agreement: Numbered) -> dict[str, Array]:
    """Agreements by topic, topics in their order as texts; a goal's include its targets'."""
    code: dict[str, int] = {}
    pairs = np.fromiter(
        ((agreement[a], code.setdefault(t, len(code))) for a, t in scan.addresses()), dtype=_PAIR
    )
    goal_of = {topic: topic.partition(".")[0] for topic in code}
    topics = sorted({*code, *goal_of.values()})
    place = {topic: position for position, topic in enumerate(topics)}
    own = np.array([place[topic] for topic in code], dtype=np.int64)
    goal = np.array([place[goal_of[topic]] for topic in code], dtype=np.int64)
    topic, numbers = _each_once(
        np.concatenate([own[pairs["other"]], goal[pairs["other"]]]),
        np.concatenate([pairs["agreement"], pairs["agreement"]]),
        len(agreement),
    )
    return in_arrays("topic", Texts.of(topics)) | {
        "topic_start": np.searchsorted(topic, np.arange(len(topics) + 1)).astype(np.int64),
        "topic": numbers,
        "goals": _goals(topics, topic, numbers, len(agreement)),
    }


def _goals(topics: Sequence[str], topic: Ints, numbers: Ints, count: int) -> Ints:
    """Of each agreement the goals, a bit for each."""
    bit = np.array([0 if "." in one else 1 << int(one) for one in topics], dtype=np.int32)
    goals = np.zeros(count, dtype=np.int32)
    np.bitwise_or.at(goals, numbers, bit[topic])
    return goals


def _countries(members: csr_array, parties: Sequence[Party]) -> dict[str, Array]:
    """Agreements by the countries of their parties, whether a country is a party or not."""
    codes = sorted({party.country for party in parties} - {""})
    code = {country: position for position, country in enumerate(codes)}
    of_party = np.array([code.get(party.country, -1) for party in parties], dtype=np.int64)
    agreement = np.repeat(np.arange(members.shape[0]), np.diff(members.indptr))
    country = of_party[members.indices]
    known = country >= 0
    signed, by = _each_once(agreement[known], country[known], len(codes))
    return in_arrays("code", Texts.of(codes)) | {"coded": signed, "coded_by": by}


def _each_once(first: Array, second: Array, span: int) -> tuple[Ints, Ints]:
    """Pairs of numbers in their order, each once; the second ones are below `span`."""
    span = max(span, 1)
    keys = np.unique(first.astype(np.int64) * span + second)
    return (keys // span).astype(np.int32), (keys % span).astype(np.int32)
