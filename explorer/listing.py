"""A list of agreements on a page: its order, its columns, its pages, and the list as a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from flask import request, url_for

from explorer.filters import FIELDS, Choice, choices, more_choices, years_asked
from explorer.present import AgreementRow, rows
from explorer.service import View
from explorer.web.asked import here, member, unknown, whole
from graph_loader import AgreementFilter, Language, Order

COLUMNS: Final = (
    "agreement", "id", "parties", "category", "instrument", "signed", "ends", "status", "goals",
    "topic", "source", "address",
)  # fmt: skip
"""What a table of agreements may show, in its order; the first always stands."""
ROWS: Final = 25  # because a page of them still prints on two sheets
SIZES: Final = (ROWS, 50, 100)  # because more is no page but a file
TAKEN: Final = (*FIELDS, "q", "sumber", "urut", "kolom")  # that a download understands too


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


def columns_asked() -> tuple[str, ...]:
    """The columns that the address asks for, in their order; empty where it asks for none.

    Raises: BadInput.
    """
    names = {name for text in request.args.getlist("kolom") for name in text.split(",") if name}
    for name in sorted(names - set(COLUMNS)):
        raise unknown("kolom", name)
    return tuple(name for name in COLUMNS if name in {*names, COLUMNS[0]}) if names else ()


def size_asked() -> int:
    """How many rows a page has. Raises: BadInput."""
    size = whole("baris", ROWS)
    if size not in SIZES:
        raise unknown("baris", str(size))
    return size


def order_asked() -> Order:
    """The order that the address asks for; the newest first where it does not. Raises: BadInput."""
    return member(Order, "urut") or Order.NEWEST


def taken_away(
    endpoint: str, kinds: Sequence[str], where: AgreementFilter, **changed: str
) -> dict[str, str]:
    """Where all that the address asks for is had as a file, by the file's kind."""
    own = {"pihak": where.party, "negara": where.country, "topik": where.topic} | changed
    kept = {name: request.args.get(name, "") for name in TAKEN} | own
    state = urlencode({name: value for name, value in kept.items() if value}, safe=",")
    files = {kind: url_for(endpoint, kind=kind) for kind in kinds}
    return {kind: f"{file}?{state}" if state else file for kind, file in files.items()}


def _sizes(size: int, total: int) -> list[tuple[int, str]]:
    if total <= ROWS:
        return []
    return [
        (n, "" if n == size else here(baris="" if n == ROWS else str(n), hal="")) for n in SIZES
    ]
