"""Which agreements a timeline shows, in what order, and in what words: from the index's arrays."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from explorer.i18n import partial_date, say
from explorer.index import CATEGORIES, INSTRUMENTS, STATUSES, Bools, Index
from explorer.pictures.labels import short
from explorer.pictures.timeline import Bar, Group
from explorer.service import View
from graph_loader import FOREIGN_LEVELS, REGION_LEVELS, Agreement, Category, Language, Status, fold

Grouping = Literal["status", "mitra"]
GROUPINGS: Final[tuple[Grouping, ...]] = ("status", "mitra")
_STATUS_GROUP: Final = {
    Status.ACTIVE: 0, Status.OPEN: 0, Status.EXPLORATION: 1, Status.LAPSED: 2, Status.ENDED: 2,
    Status.UNKNOWN: 3,
}  # fmt: skip
_STATUS_HEADS: Final = ("in-force", "exploration", "past", "unknown")
_GROUP_OF: Final = np.array([_STATUS_GROUP[status] for status in STATUSES])
# What an agreement is taken for that is of several categories: whoever is farthest away.
_FARTHEST: Final = (
    Category.KSDPL, Category.KSDLL, Category.SINERGI, Category.KSDPK, Category.KSDD,
)  # fmt: skip
_NAMED: Final = 2  # because a label of three names says no more than its first
_MONTH: Final = 31  # days, because a date known to the month spans no more
_AHEAD: Final = 0.05  # of the whole time, so that what is open can run out beyond today
_LEAST: Final = 5 * 365  # days that a timeline covers, because a bar of one year says too little

Whole = NDArray[np.integer[Any]]


@dataclass(frozen=True, eq=False)
class Spans:
    """Agreements in a timeline's order: by group, the newest first, undated ones last of all.

    `reach` is the first and the last day that the whole timeline covers, whatever is shown of it.
    """

    numbers: Whole
    group: Whole
    headings: Sequence[str]
    dated: int
    reach: tuple[int, int]

    def __len__(self) -> int:
        return len(self.numbers)


def spans(shown: View, chosen: Bools, lang: Language, grouping: Grouping = "status") -> Spans:
    """The agreements of a mask as a timeline has them.

    Cost: a few milliseconds for 100,000 agreements.
    """
    index = shown.index
    numbers = np.flatnonzero(chosen)
    if grouping == "status":
        group = _GROUP_OF[index.status(shown.day)[numbers]]
        headings = [say(lang, f"timeline.group.{head}") for head in _STATUS_HEADS]
    else:
        group, headings = _by_partner(index, chosen, lang)
    known = np.maximum(index.signed_first[numbers], 0)
    undated = (known == 0) & (index.ends_last[numbers] == 0)
    order = np.lexsort((numbers, -known, group, undated))
    numbers, group = numbers[order], group[order]
    dated = len(numbers) - int(undated.sum())
    return Spans(numbers, group, headings, dated, _reach(index, numbers[:dated], shown.day))


def _reach(index: Index, numbers: Whole, today: date) -> tuple[int, int]:
    """From the first year that is named to the last end, and in any case a little past today."""
    days = np.concatenate([index.signed_first[numbers], index.ends_last[numbers]])
    days = days[days > 0]
    now = today.toordinal()
    first = min(int(days.min(initial=now)), now - _LEAST)
    first = date(date.fromordinal(first).year, 1, 1).toordinal()
    last = max(int(days.max(initial=now)), now + int(_AHEAD * (now - first)))
    return first, last


def _by_partner(index: Index, chosen: Bools, lang: Language) -> tuple[Whole, list[str]]:
    """Beside each agreement chosen the country abroad that it is with, or else its category."""
    countries = index.countries
    codes = countries.codes
    abroad = np.array([code != "id" for code in codes], dtype=np.bool_)
    pairs = chosen[countries.agreement] & abroad[countries.country]
    agreement, country = countries.agreement[pairs], countries.country[pairs]
    names = [index.name(code, lang) if code in index.number else code.upper() for code in codes]
    places = sorted(range(len(codes)), key=lambda n: (fold(names[n]), codes[n]))
    place = np.empty(len(codes), dtype=np.int64)
    place[places] = np.arange(len(codes))
    group = len(codes) + 1 + category_of(index)
    several = np.bincount(agreement, minlength=len(group)) > 1
    group[agreement] = place[country]
    group[several] = len(codes)
    heads = [names[n] for n in places] + [say(lang, "timeline.group.countries")]
    heads += [say(lang, f"category.{one}") for one in _FARTHEST]
    heads.append(say(lang, "timeline.group.none"))
    return group[chosen], heads


def category_of(index: Index) -> Whole:
    """Beside each agreement the place of its category in `_FARTHEST`, or the one after the last."""

    def make() -> Whole:
        bits = [1 << CATEGORIES.index(one) for one in _FARTHEST]
        rules = [(index.category & bit) > 0 for bit in bits]
        return np.select(rules, list(range(len(bits))), default=len(bits))

    return index.remember("farthest category", make, always=True)


def category_name(index: Index, number: int) -> str:
    """The category of an agreement as pictures colour it; "none" where no region signs."""
    place = int(category_of(index)[number])
    return str(_FARTHEST[place]) if place < len(_FARTHEST) else "none"


def a_few(found: Spans, count: int) -> list[int]:
    """Places of some of the dated ones: of every group its newest, so that each is seen.

    What is in force, or whatever comes first, has twice the share of any other group.
    """
    sizes = np.bincount(found.group[: found.dated], minlength=len(found.headings))
    taken = np.zeros_like(sizes)
    weights = [2 if n == 0 else 1 for n in range(len(sizes))]
    while taken.sum() < min(count, found.dated):
        for n, weight in enumerate(weights):
            room = min(weight, int(sizes[n] - taken[n]), count - int(taken.sum()))
            taken[n] += max(room, 0)
    firsts = np.cumsum(sizes) - sizes
    return [int(first) + k for first, n in zip(firsts, taken, strict=True) for k in range(n)]


def groups(
    shown: View, found: Spans, at: Sequence[int], lang: Language, href: Callable[[str], str],
    own: str = "", *, asking: bool = True,
) -> list[Group]:  # fmt: skip
    """Those at some places as bars, where they are dated; `own` is the party whose page it is.

    Cost: one question to the store, for what sources last stated, unless not `asking`.
    """
    at = [n for n in at if n < found.dated]
    sizes = np.bincount(found.group[: found.dated], minlength=len(found.headings))
    ids = [shown.index.agreement_ids[found.numbers[n]] for n in at]
    known = {agreement.id: agreement for agreement in shown.documents(ids)} if asking else {}
    result: list[tuple[int, list[Bar]]] = []
    for n, id in zip(at, ids, strict=True):
        bar = bar_of(shown, int(found.numbers[n]), known.get(id), lang, href, own)
        if not result or result[-1][0] != found.group[n]:
            result.append((int(found.group[n]), []))
        result[-1][1].append(bar)
    return [
        Group(_heading(found.headings[head], len(bars), int(sizes[head]), lang), bars)
        for head, bars in result
    ]


def _heading(words: str, shown: int, total: int, lang: Language) -> str:
    """ "Penjajakan (4 dari 46)"."""
    if shown == total:
        return words
    return say(lang, "timeline.group.some", group=words, shown=shown, n=total)


def bar_of(
    shown: View, number: int, document: Agreement | None, lang: Language,
    href: Callable[[str], str], own: str = "",
) -> Bar:  # fmt: skip
    """One agreement as a bar."""
    index = shown.index
    status = STATUSES[index.status(shown.day)[number]]
    label = label_of(index, number, lang, own)
    instrument = say(lang, f"instrument.{INSTRUMENTS[index.instrument[number]]}")
    words = _words(index, number, status, document, lang)
    stated = document.last_stated if document else None
    return Bar(
        url=href(index.agreement_ids[number]),
        label=label,
        document=instrument,
        words=words,
        brief=_words(index, number, status, document, lang, ".brief"),
        hint=f"{label} · {instrument}: {_signed(index, number, lang)}; {words}",
        category=category_name(index, number),
        status=status,
        first=int(index.signed_first[number]),
        last=int(index.signed_last[number]),
        end=int(index.ends_last[number]),
        sure=stated.last.toordinal() if stated else 0,
    )


def label_of(index: Index, number: int, lang: Language, own: str = "") -> str:
    """With whom: "Surabaya – Busan dan 3 lainnya"; the party `own` goes unnamed."""
    members = [n for n in index.members_of(number).tolist() if index.parties[n].id != own]
    members.sort(key=lambda n: _far(index, n))
    if not own:  # a region first, as it is the one that asks
        members.sort(key=lambda n: index.parties[n].level not in REGION_LEVELS)
    named = members[: _NAMED - bool(own)] if len(members) > _NAMED - bool(own) else members
    names = [short(index.name(n, lang), index.parties[n].level) for n in named]
    listed = " – ".join(names)
    if len(named) < len(members):
        listed = say(lang, "agreement.and-others", list=listed, n=len(members) - len(named))
    return listed


def _far(index: Index, number: int) -> tuple[int, tuple[str, str]]:
    party = index.parties[number]
    far = 0 if party.level in FOREIGN_LEVELS else 2 if party.level in REGION_LEVELS else 1
    return far, (party.sort_key, party.id)


def _words(
    index: Index, number: int, status: Status, document: Agreement | None, lang: Language,
    form: str = "",
) -> str:  # fmt: skip
    """What is known of its end, in few words: "terbuka, disebut 2019"; `.brief` in fewer."""
    key = f"timeline.{status}"
    day = document.ends if document else None
    if status is Status.OPEN:
        day = document.last_stated if document else None
    if status in {Status.EXPLORATION, Status.UNKNOWN, Status.ENDED}:
        day = document.signed if document and status is not Status.ENDED else day
    year = day.year if day else 0
    if not year and index.ends_last[number]:
        year = date.fromordinal(int(index.ends_last[number])).year
    return say(lang, f"{key}.dated{form}", year=str(year)) if year else say(lang, f"{key}{form}")


def _signed(index: Index, number: int, lang: Language) -> str:
    first, last = (int(days[number]) for days in (index.signed_first, index.signed_last))
    if not first:
        return say(lang, "timeline.unsigned")
    day = date.fromordinal(first)
    parts = 3 if first == last else 2 if last - first < _MONTH else 1
    iso = "-".join(day.isoformat().split("-")[:parts])
    return say(lang, "timeline.signed", date=partial_date(lang, iso))


def counts_of(shown: View, numbers: Whole) -> Mapping[str, int]:
    """How many of some agreements are in force, in talks, past, and not to be told."""
    group = _GROUP_OF[shown.index.status(shown.day)[numbers]]
    tally = np.bincount(group, minlength=len(_STATUS_HEADS))
    return {head: int(n) for head, n in zip(_STATUS_HEADS, tally, strict=True)}
