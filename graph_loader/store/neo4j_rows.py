"""Between things and the properties of the graph: what is empty is not there."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from graph_loader.dates import PartialDate
from graph_loader.model import (
    Agreement,
    Category,
    Flow,
    Instrument,
    Level,
    Load,
    Party,
    Place,
    Problem,
    Relation,
    RelationKind,
    Signatory,
    TopicTag,
    make_party,
)
from graph_loader.store.base import ScanRow, Unfinished
from graph_loader.text import fold

Properties = dict[str, Any]
_KEPT = 65_536  # because a century has fewer days

LABELS: Mapping[Level, tuple[str, ...]] = {
    Level.PROVINCE: ("Region", "Province"),
    Level.KABUPATEN: ("Region", "Regency"),
    Level.KOTA: ("Region", "Regency"),
    Level.FOREIGN_LOCAL: ("ForeignPartner",),
    Level.FOREIGN_INSTITUTION: ("ForeignPartner",),
    Level.THIRD_PARTY: ("ThirdParty",),
    Level.CENTRAL_AGENCY: ("ThirdParty", "CentralAgency"),
    Level.COUNTRY: ("Country",),
}
"""The labels of a party beside Party: a closed list, for a label cannot be a parameter."""


# from the graph --------------------------------------------------------------------------------


def party_of(row: Sequence[Any]) -> Party:
    """The party of a list of its fields, as `cypher.PARTY` returns it."""
    *fields, aliases = row
    id, name_id, name_en, level, *more, lat, lon = fields
    country, part_of, kind = (text or "" for text in more)
    named = (id, name_id or "", name_en or "", level)
    return make_party(*named, country, part_of, kind, lat, lon, tuple(aliases or ()))


def agreement_of(row: Sequence[Any]) -> Agreement:
    """The agreement of a row of `cypher.AGREEMENT`."""
    signed = partial(row[3], row[4])
    return Agreement(
        id=row[0],
        instrument=Instrument(row[1]),
        parties=tuple(Signatory(party, role or "") for _, party, role in _in_order(row[14])),
        title=row[2] or "",
        signed=signed,
        ends=partial(row[5], row[6]),
        stated_status=row[7] or "",
        topic_text=row[8] or "",
        topics=tuple(TopicTag(topic, tuple(words or ())) for topic, words in _in_order(row[15])),
        outcome=row[9] or "",
        note=row[10] or "",
        page=row[11] or "",
        last_stated=PartialDate.parse(row[12]) if row[12] else signed,
        categories=frozenset(map(Category, row[13] or ())),
        relations=tuple(
            Relation(RelationKind(kind.lower()), other) for _, kind, other in _in_order(row[16])
        ),
    )


def place_of(row: Sequence[Any]) -> Place:
    """The place of a list of its fields, as `cypher.SCAN_PLACES` returns it."""
    id, name, country, *where = row
    lat, lon = (None if one is None else float(one) for one in where)
    return Place(id, name or "", country or "", lat, lon)


def scan_row(row: Sequence[Any]) -> ScanRow:
    """An agreement of `cypher.SCAN_AGREEMENTS`."""
    id, instrument, stated, first, last, ends, sourced = row
    days = _ordinal(first), _ordinal(last), _ordinal(ends)
    return ScanRow(id, instrument, stated or "", *days, sourced)


def load_of(row: Sequence[Any]) -> Load:
    """A row of the fields of a load."""
    id, source, file, started, finished, *counts = row
    return Load(id, source, file, _moment(started), _moment(finished), *counts)


def unfinished_of(row: Sequence[Any]) -> Unfinished:
    """The fields of a load that is marked as going on."""
    id, source, file, started, done, total = row
    return Unfinished(id, source, file, _moment(started), done, total)


def problem_of(row: Sequence[Any]) -> Problem:
    """A row of the fields of a problem."""
    params = tuple((name, value) for name, value in json.loads(row[-1]))
    return Problem(*(*row[:-1], params))


@lru_cache(maxsize=_KEPT)
def _partial(first: date, last: date) -> PartialDate:
    if first == last:
        return PartialDate(first.year, first.month, first.day)
    if first.month == last.month:
        return PartialDate(first.year, first.month)
    return PartialDate(first.year)


def partial(first: Any, last: Any) -> PartialDate | None:
    """The partial date that covers just these days, of the driver's own kind of date.

    Example:
        >>> from neo4j.time import Date
        >>> str(partial(Date(2005, 12, 1), Date(2005, 12, 31)))
        '2005-12'
    """
    return _partial(first.to_native(), last.to_native()) if first is not None else None


@lru_cache(maxsize=_KEPT)
def _ordinal(day: str | None) -> int:
    return date.fromisoformat(day).toordinal() if day else 0


def _moment(value: Any) -> datetime:
    moment: datetime = value.to_native()
    return moment.astimezone(UTC)


def _in_order(lines: Iterable[Sequence[Any]]) -> list[Sequence[Any]]:
    """By the first value of each, which none has twice."""
    return sorted(lines, key=lambda values: values[0])


# to the graph ----------------------------------------------------------------------------------


def party_properties(party: Party) -> Properties:
    """What a party's point holds; `text` is all its names as a free text meets them."""
    return _filled(
        id=party.id,
        name_id=party.name_id,
        name_en=party.name_en,
        level=party.level.value,
        country=party.country,
        part_of=party.part_of,
        kind=party.kind,
        lat=party.lat,
        lon=party.lon,
        aliases=list(party.aliases),
    ) | {
        "sort_key": party.sort_key,
        "text": fold(" ".join([party.name_id, party.name_en, *party.aliases])),
    }


def agreement_properties(agreement: Agreement, names: Iterable[str]) -> Properties:
    """What an agreement's point holds; its parties and topics are ties. `names` are folded."""
    title = fold(agreement.title)
    signed, ends = agreement.signed, agreement.ends
    stated = agreement.last_stated
    return _filled(
        id=agreement.id,
        instrument=agreement.instrument.value,
        title=agreement.title,
        signed_first=signed.first if signed else None,
        signed_last=signed.last if signed else None,
        ends_first=ends.first if ends else None,
        ends_last=ends.last if ends else None,
        stated_status=agreement.stated_status,
        topic_text=agreement.topic_text,
        outcome=agreement.outcome,
        note=agreement.note,
        page=agreement.page,
        last_stated=None if stated == signed else str(stated),
        categories=sorted(category.value for category in agreement.categories),
        text=" " + " ".join([title, *names, fold(agreement.topic_text)]),
    ) | {"sort_key": title}


def thing_properties(thing: Any, body: str, without: Sequence[str] = ()) -> Properties:
    """Every field of a topic, a commodity or a border, and how its source put it."""
    values = {one.name: getattr(thing, one.name) for one in fields(thing)}
    values |= {name: list(value) for name, value in values.items() if isinstance(value, tuple)}
    return _filled(**{n: v for n, v in values.items() if n not in without}, body=body)


def place_properties(place: Place) -> Properties:
    """What the point of a place of the background holds."""
    return _filled(
        id=place.id, name=place.name, country=place.country, lat=place.lat, lon=place.lon
    )


def flow_properties(flow: Flow, body: str) -> Properties:
    """What the line from a party to a commodity holds."""
    return thing_properties(flow, body, ("party", "direction", "commodity"))


def load_properties(load: Load) -> Properties:
    """What a load's point holds."""
    return {
        "id": load.id, "source": load.source, "file": load.file, "started": load.started,
        "finished": load.finished, "version": load.version, "complete": load.complete,
        "rows": load.rows, "accepted": load.accepted, "added": load.added,
        "changed": load.changed, "unchanged": load.unchanged, "retired": load.retired,
        "problems": load.problems,
    }  # fmt: skip


def problem_properties(load: int, number: int, problem: Problem) -> Properties:
    """What a problem's point holds."""
    return {
        "load": load, "n": number, "code": problem.code, "severity": problem.severity,
        "file": problem.file, "sheet": problem.sheet, "row": problem.row,
        "column": problem.column, "value": problem.value, "params": json.dumps(problem.params),
    }  # fmt: skip


def _filled(**values: Any) -> Properties:
    """Without what is empty: it takes memory in every load, and tells an analyst nothing.

    What lists are sorted by is always there, because what is not there is sorted last.
    """
    return {name: value for name, value in values.items() if value not in ("", None, [])}
