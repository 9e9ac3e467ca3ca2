"""Which agreements the address asks for, and what each of its filters may be, with counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import Final, TypeVar

from flask import request

from explorer.disputes import disputed
from explorer.i18n import say
from explorer.index import Bools
from explorer.masks import can_tell, masked
from explorer.service import View
from explorer.web.asked import member, unknown, whole
from graph_loader import (
    IN_FORCE,
    AgreementFilter,
    BadInput,
    Category,
    Facets,
    Instrument,
    Lack,
    Language,
    NotFound,
    Status,
)

BOTH_IN_FORCE: Final = "berlaku"
ENDING: Final = (30, 90, 180, 365)  # days
LACKING: Final = ("any", *Lack, "conflict")
LONGEST: Final = 36_500  # days; because nobody asks for what ends after a century
YEARS: Final = ("sejak", "sampai", "tahun")  # signed since, until, in
FIELDS: Final = ("status", "kategori", "bentuk", "topik", "negara", "akhir", "kurang", *YEARS)
E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter, its words and how many agreements it would leave."""

    value: str
    label: str
    count: int
    chosen: bool


def asked(shown: View, *, party: str = "", country: str = "", topic: str = "") -> AgreementFilter:
    """The filter that the address asks for; what is given here is the page's own.

    Raises: BadInput, naming the field and what it may be.
    """
    since, until = _years()
    days = min(whole("akhir", 0), LONGEST)
    missing, among = _lacking(shown)
    return AgreementFilter(
        day=shown.day,
        party=party,
        status=_status(),
        category=member(Category, "kategori"),
        instrument=member(Instrument, "bentuk"),
        topic=topic or topic_asked(),
        country=country or request.args.get("negara", ""),
        text=request.args.get("q", "")[:200],
        source=request.args.get("sumber", ""),
        year_from=since,
        year_to=until,
        ends_from=shown.day if days else None,
        ends_to=shown.day + timedelta(days=days) if days else None,
        lacking=missing,
        among=among,
    )


def in_force_unless_asked(where: AgreementFilter) -> AgreementFilter:
    """The filter of a picture: agreements in force where no status is asked for."""
    return where if where.status else replace(where, status=frozenset(IN_FORCE))


def pictured(shown: View, where: AgreementFilter) -> Bools:
    """The agreements of a picture with this filter, without its text.

    Raises: NotFound for an unknown party or country.
    """
    for id in filter(None, (where.party, where.country)):
        if id not in shown.index.number:
            raise NotFound("party-unknown", id=id)
    return masked(shown.index, replace(in_force_unless_asked(where), text="", source=""))


def in_words(shown: View, where: AgreementFilter, lang: Language) -> str:
    """What a filter asks for, as it stands below a picture; empty where it asks for nothing."""
    offered = choices(shown, shown.facets(where), lang)
    chosen = [choice.label for values in offered.values() for choice in values if choice.chosen]
    chosen += [f"{name} {year}" for name, year in years_words(where, lang)]
    if where.party:
        chosen.insert(0, shown.party(where.party).name(lang))
    return " · ".join(chosen)


def many(shown: View, where: AgreementFilter) -> int:
    """How many agreements a filter means, from the index where it can tell."""
    if can_tell(where):
        return int(masked(shown.index, where).sum())
    return shown.store.agreements(where, limit=0).total


def years_asked(where: AgreementFilter) -> tuple[str, str]:
    """The years that a filter begins and ends with, as its two fields show them."""
    return str(where.year_from or ""), str(where.year_to or "")


def years_words(where: AgreementFilter, lang: Language) -> list[tuple[str, str]]:
    """The years of a filter in words: (name of the field, year) for each that is asked."""
    fields = zip(("sejak", "sampai"), years_asked(where), strict=True)
    return [(say(lang, f"filter.{name}"), year) for name, year in fields if year]


def topic_asked() -> str:
    """The SDG goal or target that the address asks for. Raises: BadInput."""
    text = request.args.get("topik", "")
    parts = text.split(".")
    if text and not (parts[0].isdecimal() and 1 <= int(parts[0]) <= 17 and len(parts) <= 2):
        raise unknown("topik", text)
    return text


def choices(
    shown: View, facets: Facets, lang: Language, fixed: Sequence[str] = ()
) -> dict[str, list[Choice]]:
    """What each filter may be, with counts, in a fixed order."""
    goals = {topic.id: topic for topic in shown.topics() if not topic.goal}
    topics = {
        goal: f"{goal}. {goals[goal].name_en if lang == 'en' else goals[goal].name_id}"
        for goal in facets.goal
        if goal in goals
    }
    countries = {
        country: shown.index.name(country, lang)
        for country in facets.country
        if country in shown.index.number and country != "id"
    }
    found = {
        "status": _statuses(facets, lang),
        "kategori": _choices(
            facets.category, {c: say(lang, f"category.{c}") for c in Category}, "kategori"
        ),
        "bentuk": _choices(
            facets.instrument, {i: say(lang, f"instrument.{i}") for i in Instrument}, "bentuk"
        ),
        "topik": _choices(facets.goal, topics, "topik"),
        "negara": _choices(
            facets.country, dict(sorted(countries.items(), key=lambda item: item[1])), "negara"
        ),
    }
    return {name: values for name, values in found.items() if values and name not in fixed}


def more_choices(
    shown: View, where: AgreementFilter, lang: Language
) -> dict[str, Sequence[Choice]]:
    """Ends soon, and what is lacking, with counts; only what is chosen where a text is asked.

    Because each is one more question to the store, where the index does not know the text.
    """
    ending = {str(days): days for days in ENDING}
    if (asked_for := str(whole("akhir", 0) or "")) and asked_for not in ending:
        ending[asked_for] = int(asked_for)
    anew = replace(where, ends_from=shown.day)
    soon = {
        days: replace(anew, ends_to=shown.day + timedelta(days=min(n, LONGEST)))
        for days, n in ending.items()
    }
    bare = replace(where, lacking=frozenset(), among=None)
    named = {str(lack): replace(bare, lacking=frozenset({lack})) for lack in Lack}
    named |= {"any": replace(bare, lacking=frozenset(Lack))}
    named |= {"conflict": replace(bare, among=disputed(shown.index))}
    words = {days: say(lang, "filter.ending", n=n) for days, n in ending.items()}
    found = {
        "akhir": _counted(shown, soon, words, "akhir"),
        "kurang": _counted(
            shown, named, {name: say(lang, f"lacking.{name}") for name in LACKING}, "kurang"
        ),
    }
    return {name: values for name, values in found.items() if values}


def _choices(
    counts: Mapping[E, int] | Mapping[str, int],
    labels: Mapping[E, str] | Mapping[str, str],
    name: str,
) -> list[Choice]:
    chosen = request.args.get(name, "")
    by_name = {str(value): count for value, count in counts.items()}
    return [
        Choice(str(value), label, by_name.get(str(value), 0), str(value) == chosen)
        for value, label in labels.items()
        if by_name.get(str(value)) or str(value) == chosen
    ]


def _counted(
    shown: View, wanted: Mapping[str, AgreementFilter], labels: Mapping[str, str], name: str
) -> list[Choice]:
    chosen = request.args.get(name, "")
    told = {value: where for value, where in wanted.items() if can_tell(where) or value == chosen}
    return _choices({value: many(shown, where) for value, where in told.items()}, labels, name)


def _lacking(shown: View) -> tuple[frozenset[Lack], frozenset[str] | None]:
    """What must be lacking, and among which agreements: the disputed ones. Raises: BadInput."""
    text = request.args.get("kurang", "")
    if text == "conflict":
        return frozenset(), disputed(shown.index)
    if text == "any":
        return frozenset(Lack), None
    lack = member(Lack, "kurang")
    return frozenset({lack} if lack else ()), None


def _years() -> tuple[int | None, int | None]:
    """The years that the address asks for; `tahun` is both at once. Raises: BadInput."""
    year = whole("tahun", 0)
    since, until = whole("sejak", year), whole("sampai", year)
    if since and until and since > until:
        raise BadInput("years-reversed", field="sejak", first=str(since), last=str(until))
    return since or None, until or None


def _status() -> frozenset[Status]:
    if request.args.get("status") == BOTH_IN_FORCE:
        return IN_FORCE
    status = member(Status, "status")
    return frozenset({status} if status else ())


def _statuses(facets: Facets, lang: Language) -> list[Choice]:
    """Every status, after "in force", which is two of them."""
    counts = {str(status): count for status, count in facets.status.items()}
    labels = {str(status): say(lang, f"status.{status}") for status in Status}
    counts[BOTH_IN_FORCE] = sum(facets.status.get(status, 0) for status in IN_FORCE)
    return _choices(counts, {BOTH_IN_FORCE: say(lang, "status.in-force"), **labels}, "status")
