"""An agreement filter as a search of fixed parts with its values, and the counts of its facets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Final

from graph_loader.store import cypher
from graph_loader.store.base import AgreementFilter, Facets
from graph_loader.store.shown import facets_of
from graph_loader.text import fold

LUCENE_WORDS: Final = 64  # because each is a clause, and the others are looked for one by one
LUCENE_LETTERS: Final = 127  # because the index splits after 255, and some letters count twice
GOALS: Final = frozenset(map(str, range(1, 18)))
COUNTED: Final = frozenset({"status", "category", "instrument", "goal", "target", "country"})
"""The fields that `counted` looks at itself, because each facet lifts its own."""

Values = dict[str, Any]


def searched(
    where: AgreementFilter, without: frozenset[str] = frozenset()
) -> tuple[dict[str, str], Values]:
    """The parts of `cypher` that a filter asks for, and the values that they name.

    Example:
        >>> from datetime import date
        >>> search, values = searched(AgreementFilter(date(2026, 11, 25), party="35", topic="2.1"))
        >>> search["begin"], search["where"] == cypher.WHERE["target"], values["target"]
        ('MATCH (:Party {id: $party})-[:SIGNED]->(a:Agreement)', True, '2.1')
    """
    values = {name: value for name, value in _asked(where).items() if name not in without}
    begin = next((name for name in cypher.BEGIN if name in values), "")
    conditions = [cypher.WHERE[name] for name in values if name != begin or name == "text"]
    if words := values.get("text"):
        looked_for = [f"+{word.strip()[:LUCENE_LETTERS]}*" for word in words[:LUCENE_WORDS]]
        values["lucene"] = " ".join(looked_for)
    parts = {"begin": cypher.BEGIN[begin], "where": " AND ".join(conditions) or "true"}
    return parts, values | {"day": where.day}


def counted(alike: Iterable[Sequence[Any]], where: AgreementFilter) -> Facets:
    """Counts per value, each without its own condition, of the rows of `cypher.ALIKE`."""
    facets = ("status", "category", "instrument", "topic", "country")
    found = {facet: Counter[str]() for facet in facets}
    total = 0
    for status, categories, instrument, topics, countries, n in alike:
        failed = {
            name
            for name, holds in {
                "status": not where.status or status in where.status,
                "category": where.category is None or where.category in (categories or ()),
                "instrument": where.instrument in (None, instrument),
                "topic": not where.topic or where.topic in _with_goals(topics),
                "country": where.country in ("", *countries),
            }.items()
            if not holds
        }
        values = {
            "status": {status},
            "category": set(categories or ()),
            "instrument": {instrument},
            "topic": {topic.split(".")[0] for topic in topics},
            "country": set(countries) - {None},
        }
        for facet, counter in found.items():
            if failed <= {facet}:
                counter.update(dict.fromkeys(values[facet], n))
        total += 0 if failed else n
    return facets_of(total, goal=found.pop("topic"), **found)


def _asked(where: AgreementFilter) -> Values:
    """The fields that are set, as the conditions of `cypher.WHERE` name them."""
    is_goal = where.topic in GOALS
    values = {
        "party": where.party,
        "partner": where.partner,
        "country": where.country,
        "category": where.category and where.category.value,
        "instrument": where.instrument and where.instrument.value,
        "status": [status.value for status in where.status],
        "goal": where.topic if is_goal else "",
        "target": "" if is_goal else where.topic,
        "text": [f" {w}" for w in dict.fromkeys(fold(where.text.replace("\0", " ")).split())],
        "year_from": where.year_from,
        "year_to": where.year_to,
        "source": where.source,
        "ends_from": where.ends_from,
        "ends_to": where.ends_to,
        "lacking": sorted(where.lacking),
        # with an id that nothing has, because an empty list would be no condition
        "among": None if where.among is None else [*sorted(where.among), "-"],
    }
    return {name: value for name, value in values.items() if value not in ("", None, [])}


def _with_goals(topics: Sequence[str]) -> set[str]:
    """Topics as a filter finds them: a goal holds its targets."""
    return {*topics, *(goal for topic in topics if (goal := topic.split(".")[0]) in GOALS)}
