"""A list of agreements on a page: filters from the address, counts, order, paging."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from flask import request, url_for

from explorer.disputes import disputed
from explorer.i18n import say
from explorer.masks import can_tell, masked
from explorer.present import AgreementRow, rows
from explorer.service import View
from graph_loader import (
    IN_FORCE,
    AgreementFilter,
    BadInput,
    Category,
    Facets,
    Instrument,
    Lack,
    Language,
    Order,
    Status,
)

BOTH_IN_FORCE = "berlaku"
COLUMNS = (
    "agreement", "id", "parties", "category", "instrument", "signed", "ends", "status", "goals",
    "topic", "source", "address",
)  # fmt: skip
"""What a table of agreements may show, in its order; the first always stands."""
ENDING = (30, 90, 180, 365)  # days
LACKING = ("any", *Lack, "conflict")
ROWS = 25  # because a page of them still prints on two sheets
SIZES = (ROWS, 50, 100)  # because more is no page but a file
LONGEST = 36_500  # days; because nobody asks for what ends after a century
YEARS = ("sejak", "sampai", "tahun")  # signed since, until, in
FIELDS = ("status", "kategori", "bentuk", "topik", "negara", "akhir", "kurang", *YEARS)
TAKEN = (*FIELDS, "q", "sumber", "urut", "kolom")  # that a download understands too
E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter, its words and how many agreements it would leave."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of a list: `filters` by address field; the urls are empty at the ends."""

    rows: Sequence[AgreementRow]
    total: int
    first: int
    last: int
    previous_url: str
    next_url: str
    first_url: str
    last_url: str
    sizes: Sequence[tuple[int, str]]
    """(rows on a page, the address of the list in such pages, empty for this size)"""
    order: str
    filters: Mapping[str, Sequence[Choice]]
    years: tuple[str, str]
    """signed since, until; empty where it is not asked"""
    text: str
    filtered: bool
    kept: Mapping[str, str]
    clear_url: str
    take_away: Mapping[str, str]
    """where the whole list, not only this page of it, is had as a file; by its kind"""


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
        category=_enum(Category, "kategori"),
        instrument=_enum(Instrument, "bentuk"),
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


def listing(shown: View, where: AgreementFilter, lang: Language, *fixed: str) -> Listing:
    """The page of the list that the address asks for; no filter is offered for fixed fields."""
    order, size = order_asked(), size_asked()
    page = max(1, whole("hal", 1))
    found = shown.store.agreements(where, order=order, limit=size, offset=(page - 1) * size)
    pages = -(-found.total // size)
    if page > pages > 0:  # a link from before the list grew shorter
        page = pages
        found = shown.store.agreements(where, order=order, limit=size, offset=(page - 1) * size)
    last = min(page * size, found.total)
    offered = choices(shown, shown.facets(where), lang, fixed) | more_choices(shown, where, lang)
    return Listing(
        rows=rows(shown, found.items, lang),
        total=found.total,
        first=(page - 1) * size + 1 if found.items else 0,
        last=last if found.items else 0,
        previous_url=here(hal=str(page - 1)) if page > 1 else "",
        next_url=here(hal=str(page + 1)) if last < found.total else "",
        first_url=here(hal="") if page > 1 else "",
        last_url=here(hal=str(pages)) if page < pages else "",
        sizes=_sizes(size, found.total),
        order=order,
        filters=offered,
        years=years_asked(where),
        text=where.text,
        filtered=any(request.args.get(name) for name in (*FIELDS, "q")),
        kept={k: v for k, v in request.args.items() if k not in {*FIELDS, "q", "hal", "urut"}},
        clear_url=here(**dict.fromkeys((*FIELDS, "q", "hal"), "")),
        take_away=taken_away("download.register", ("xlsx", "csv"), where),
    )


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


def columns_asked() -> tuple[str, ...]:
    """The columns that the address asks for, in their order; empty where it asks for none.

    Raises: BadInput.
    """
    names = {name for text in request.args.getlist("kolom") for name in text.split(",") if name}
    for name in sorted(names - set(COLUMNS)):
        raise BadInput("value-unknown", field="kolom", value=name[:50])
    return tuple(name for name in COLUMNS if name in {*names, COLUMNS[0]}) if names else ()


def size_asked() -> int:
    """How many rows a page has. Raises: BadInput."""
    size = whole("baris", ROWS)
    if size not in SIZES:
        raise BadInput("value-unknown", field="baris", value=str(size))
    return size


def order_asked() -> Order:
    """The order that the address asks for; the newest first where it does not. Raises: BadInput."""
    return _enum(Order, "urut") or Order.NEWEST


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


def taken_away(
    endpoint: str, kinds: Sequence[str], where: AgreementFilter, **changed: str
) -> dict[str, str]:
    """Where all that the address asks for is had as a file, by the file's kind."""
    own = {"pihak": where.party, "negara": where.country, "topik": where.topic} | changed
    kept = {name: request.args.get(name, "") for name in TAKEN} | own
    state = urlencode({name: value for name, value in kept.items() if value}, safe=",")
    files = {kind: url_for(endpoint, kind=kind) for kind in kinds}
    return {kind: f"{file}?{state}" if state else file for kind, file in files.items()}


def here(**changed: str) -> str:
    """This page's address with some of its state changed; empty values are left out."""
    state = {**request.args.to_dict(), **changed}
    kept = urlencode({name: value for name, value in state.items() if value}, safe=",")
    address = url_for(request.endpoint or "home.home", **(request.view_args or {}))
    return f"{address}?{kept}" if kept else address


def whole(name: str, default: int) -> int:
    """A whole number from the address. Raises: BadInput."""
    text = request.args.get(name, "")
    if not text:
        return default
    if not text.isdecimal() or len(text) > 6:
        raise BadInput("value-unknown", field=name, value=text[:50])
    return int(text)


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


def _enum(kind: type[E], name: str) -> E | None:
    text = request.args.get(name, "")
    if not text:
        return None
    try:
        return kind(text)
    except ValueError:
        raise BadInput("value-unknown", field=name, value=text[:50]) from None


def _counted(
    shown: View, wanted: Mapping[str, AgreementFilter], labels: Mapping[str, str], name: str
) -> list[Choice]:
    chosen = request.args.get(name, "")
    told = {value: where for value, where in wanted.items() if can_tell(where) or value == chosen}
    return _choices({value: many(shown, where) for value, where in told.items()}, labels, name)


def _sizes(size: int, total: int) -> list[tuple[int, str]]:
    if total <= ROWS:
        return []
    return [
        (n, "" if n == size else here(baris="" if n == ROWS else str(n), hal="")) for n in SIZES
    ]


def _lacking(shown: View) -> tuple[frozenset[Lack], frozenset[str] | None]:
    """What must be lacking, and among which agreements: the disputed ones. Raises: BadInput."""
    text = request.args.get("kurang", "")
    if text == "conflict":
        return frozenset(), disputed(shown.index)
    if text == "any":
        return frozenset(Lack), None
    lack = _enum(Lack, "kurang")
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
    status = _enum(Status, "status")
    return frozenset({status} if status else ())


def _statuses(facets: Facets, lang: Language) -> list[Choice]:
    """Every status, after "in force", which is two of them."""
    counts = {str(status): count for status, count in facets.status.items()}
    labels = {str(status): say(lang, f"status.{status}") for status in Status}
    counts[BOTH_IN_FORCE] = sum(facets.status.get(status, 0) for status in IN_FORCE)
    return _choices(counts, {BOTH_IN_FORCE: say(lang, "status.in-force"), **labels}, "status")


def topic_asked() -> str:
    """The SDG goal or target that the address asks for. Raises: BadInput."""
    text = request.args.get("topik", "")
    parts = text.split(".")
    if text and not (parts[0].isdecimal() and 1 <= int(parts[0]) <= 17 and len(parts) <= 2):
        raise BadInput("value-unknown", field="topik", value=text[:50])
    return text
